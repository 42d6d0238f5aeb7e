"""A prompt in, a brief out: what to draw, in which surroundings, colours and words."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.studio.sketch.colour import Colour
from bot.studio.sketch.headline import find_heading, tidy
from bot.studio.sketch.lexicon import Subject
from bot.studio.sketch.palette import MOOD_WORDS
from bot.studio.sketch.phrases import find_colours, find_subjects, split_negated


class Archetype(StrEnum):
    """The composition a brief asks for."""

    PRODUCT = "product"
    SCENE = "scene"
    POSTER = "poster"
    LOGO = "logo"
    PATTERN = "pattern"
    WORDS = "words"


@dataclass(frozen=True)
class Brief:
    """What a prompt was understood to ask for."""

    archetype: Archetype
    subject: Subject | None
    others: tuple[Subject, ...]
    place: Subject | None
    title: str
    caption: str
    moods: tuple[str, ...]
    subject_colour: Colour | None
    ground_colour: Colour | None
    time: str
    """day, dusk or night."""
    weather: str
    """clear, rain, snow or fog."""
    steam: bool
    bare: bool
    """A plain ground was asked for."""
    blurred: bool
    """What is behind the subject is to be out of focus."""

    @property
    def is_outdoors(self) -> bool:
        """Whether a landscape is drawn rather than an object."""
        return self.place is not None or (self.subject is not None and self.subject.is_open)

    @property
    def setting(self) -> str:
        """Place, time and weather as words that follow what is there: `by the sea at night`."""
        words = []
        if self.place is not None:
            words.append(PLACES[self.place.art])
        if self.time != "day":
            words.append(f"at {self.time}")
        if self.weather != "clear":
            words.append(f"in {'the fog' if self.weather == 'fog' else self.weather}")
        return " ".join(words)


STYLES = (
    "photo",
    "product-photo",
    "illustration",
    "flat",
    "line-art",
    "watercolor",
    "cinematic",
    "poster",
    "logo",
    "pattern",
    "minimal",
    "3d",
)
PLACES = {
    "mountains": "before mountains",
    "forest": "in a forest",
    "sea": "by the sea",
    "desert": "in a desert",
    "city": "before a city skyline",
    "space": "in space",
    "field": "in a meadow",
    "snow": "among snowy hills",
    "sky": "under a wide sky",
}
READ_CHARACTERS = 4000
"""How much of a prompt is read: more says nothing that a picture of one subject can show."""

_QUOTED = re.compile(
    r"[\"“”„«»]([^\"“”„«»\n]{1,200})[\"“”„«»]|(?<!\w)['‘]([^'‘’\n]{2,200})['’](?!\w)"
)
_WORD = re.compile(r"[a-z0-9][a-z0-9'-]*|[.,;:!?\n()]")
_PATTERN = (
    "pattern",
    "seamless",
    "wallpaper",
    "repeating",
    "textile",
    "wrapping paper",
    "tileable",
)
_OF_WORDS = (Archetype.LOGO, Archetype.WORDS)
_BLUR = frozenset(["blurred", "blurry", "blur", "bokeh", "out-of-focus"])
_NO_STEAM = frozenset(("steam", "smoke"))


def read(prompt: str, *, style: str, title: str = "") -> Brief:
    """Understand a prompt of any length; the first 4,000 characters count."""
    text = prompt[:READ_CHARACTERS]
    quoted = [tidy(a or b) for a, b in _QUOTED.findall(text)]
    plain = _QUOTED.sub(" , ", text)
    tokens = _WORD.findall(plain.lower().replace("’", "'"))
    wanted, unwanted = split_negated(tokens)
    found = find_subjects(wanted)
    subjects = [subject for subject, _, _ in found if subject.kind != "place"]
    places = [subject for subject, _, _ in found if subject.kind == "place"]
    subject = subjects[0] if subjects else None
    words = set(wanted)
    said = " ".join(wanted)
    wordless = bool(unwanted & {"text", "words", "word", "lettering", "letters", "type", "title"})
    archetype = _archetype(style, said=said, subject=subject, places=places)
    if wordless and archetype is not Archetype.LOGO:
        heading, caption = "", ""
    else:
        heading, caption = find_heading(
            plain,
            quoted=quoted,
            title=title,
            of_purpose=archetype in _OF_WORDS or (archetype is Archetype.POSTER and not found),
            # A mark that shows something needs no name, and none is made up for it.
            of_prompt=archetype in _OF_WORDS and (subject is None or archetype is Archetype.WORDS),
        )
    own, ground = find_colours(wanted, found)
    return Brief(
        archetype=archetype,
        subject=subject,
        others=tuple(dict.fromkeys(s for s in subjects[1:] if s != subject))[:2],
        place=min(places, key=lambda place: place.art == "sky") if places else None,
        title=heading,
        caption=caption,
        moods=tuple(dict.fromkeys(MOOD_WORDS[word] for word in wanted if word in MOOD_WORDS)),
        subject_colour=own,
        ground_colour=ground,
        time=_first(
            words,
            night="night midnight moonlit moonlight starry stars nocturnal aurora "
            "galaxy space moon nebula",
            dusk="sunset sunrise dusk dawn golden twilight evening sundown",
        )
        or "day",
        weather=_first(
            words,
            rain="rain rainy storm stormy",
            snow="snow snowy snowing snowfall blizzard",
            fog="fog foggy mist misty haze hazy",
        )
        or "clear",
        steam=not unwanted & _NO_STEAM,
        bare=bool(words & {"plain", "isolated", "cutout"}) or "white background" in said,
        blurred=bool(words & _BLUR) and not unwanted & _BLUR,
    )


def _archetype(
    style: str, *, said: str, subject: Subject | None, places: list[Subject]
) -> Archetype:
    if style in ("logo", "pattern", "poster"):
        return Archetype(style)
    words = set(said.split())
    is_icon = "app icon" in said or "favicon" in words
    if is_icon or words & {"logo", "logotype", "wordmark", "monogram", "emblem"}:
        return Archetype.LOGO
    if any(term in said for term in _PATTERN):
        return Archetype.PATTERN
    if words & {"poster", "flyer", "flier", "banner", "invitation", "billboard"}:
        return Archetype.POSTER
    if subject is None:
        return Archetype.SCENE if places and style != "product-photo" else Archetype.WORDS
    if style == "product-photo":
        return Archetype.PRODUCT
    return (
        Archetype.PRODUCT
        if not subject.is_open and not _outdoors(said, places)
        else Archetype.SCENE
    )


def _outdoors(said: str, places: list[Subject]) -> bool:
    return bool(places) and any(f" {word} " in f" {said} " for word in ("landscape", "scenery"))


def _first(words: set[str], **meanings: str) -> str:
    return next((name for name, hints in meanings.items() if words & set(hints.split())), "")
