"""A prompt in, a brief out: what to draw, in which surroundings, colours and words."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.studio.sketch import lexicon
from bot.studio.sketch.colour import Colour
from bot.studio.sketch.lexicon import Subject
from bot.studio.sketch.palette import COLOURS, MOOD_WORDS


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
TITLE_CHARACTERS = 80

_QUOTED = re.compile(
    r"[\"“”„«»]([^\"“”„«»\n]{1,200})[\"“”„«»]|(?<!\w)['‘]([^'‘’\n]{2,200})['’](?!\w)"
)
_WORD = re.compile(r"[a-z0-9][a-z0-9'-]*|[.,;:!?\n()]")
_NEGATION = frozenset(["no", "not", "without", "never", "avoid", "exclude", "excluding", "minus"])
_ENDS = frozenset(".;:!?\n()") | {"but", "with", "only", "just", "on", "in", "at"}
_NAMED = re.compile(
    r"\b(?:called|named|titled|entitled|saying|says|reads?|reading|text|words|headline|title)\b"
    r"[:\s]+([A-Z0-9][\w&'’.-]*(?:\s+(?:[A-Z0-9&][\w&'’.-]*|of|the|and|in|for|to))*)"
)
_FOR = re.compile(
    r"\b(?:for|about|of|announcing|advertising|promoting)\s+([^.,;:!?\n()]{2,60})", re.I
)
_TITLE_STOPS = frozenset(
    [
        "with",
        "in",
        "on",
        "at",
        "using",
        "featuring",
        "showing",
        "that",
        "which",
        "by",
        "from",
        "under",
        "over",
        "against",
        "and",
        "style",
        "bold",
        "minimal",
        "minimalist",
        "modern",
        "vintage",
        "retro",
    ]
)
_SMALL = frozenset(
    ["a", "an", "the", "of", "in", "on", "at", "and", "or", "for", "to", "with", "by"]
)
_BACKDROP = frozenset(
    ["background", "backdrop", "ground", "wall", "surface", "backgrounds", "setting"]
)
_PATTERN = (
    "pattern",
    "seamless",
    "wallpaper",
    "repeating",
    "textile",
    "wrapping paper",
    "tileable",
)
_BLUR = frozenset(["blurred", "blurry", "blur", "bokeh", "out-of-focus"])
_NO_STEAM = frozenset(("steam", "smoke"))


def read(prompt: str, *, style: str, title: str = "") -> Brief:
    """Understand a prompt of any length; the first 4,000 characters count."""
    text = prompt[:READ_CHARACTERS]
    quoted = [_tidy(a or b) for a, b in _QUOTED.findall(text)]
    plain = _QUOTED.sub(" , ", text)
    tokens = _WORD.findall(plain.lower().replace("’", "'"))
    wanted, unwanted = _split_negated(tokens)
    found = _subjects(wanted)
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
        heading, caption = _heading(
            plain,
            quoted=quoted,
            title=title,
            guessed=archetype in (Archetype.LOGO, Archetype.WORDS)
            or (archetype is Archetype.POSTER and not found),
        )
    own, ground = _colours(wanted, found)
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
    if words & {"logo", "logotype", "wordmark", "monogram", "emblem"}:
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


def _split_negated(tokens: list[str]) -> tuple[list[str], set[str]]:
    """The words that are wanted, and those that follow a negation within its clause."""
    wanted: list[str] = []
    unwanted: set[str] = set()
    negated = False
    for at, token in enumerate(tokens):
        if token in _NEGATION or token in ("don't", "free"):
            if token == "free" and wanted:
                unwanted.add(wanted.pop())
                continue
            negated = True
        elif negated and (
            token in _ENDS
            or (token == "," and at + 1 < len(tokens) and tokens[at + 1] not in ("or", "nor"))
        ):
            negated = False
        if negated:
            unwanted.add(token)
        else:
            wanted.append(token)
    return wanted, unwanted


def _subjects(tokens: list[str]) -> list[tuple[Subject, int, int]]:
    """Subjects in reading order with the range of their words; a noun before another yields."""
    found: list[tuple[Subject, int, int]] = []
    at = 0
    while at < len(tokens):
        for length in range(min(lexicon.LONGEST_PHRASE, len(tokens) - at), 0, -1):
            subject = lexicon.look_up(" ".join(tokens[at : at + length]))
            if subject is None or _is_false_friend(tokens, at, length):
                continue
            if found and found[-1][2] == at and found[-1][0].kind != "place":
                found.pop()
            found.append((subject, at, at + length))
            at += length - 1
            break
        at += 1
    return found


def _is_false_friend(tokens: list[str], at: int, length: int) -> bool:
    """A colour, a verb or a figure of speech that is spelt like a thing."""
    if length > 1:
        return False
    word = tokens[at]
    before = tokens[at - 1] if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    if word in COLOURS and after.isalpha() and lexicon.look_up(after):
        return True
    return (
        (
            word in ("can", "watch", "fish", "duck", "bear", "ring", "sail", "cap", "box", "spring")
            and before in ("you", "i", "we", "to", "it", "that", "they", "please", "people", "who")
        )
        or (word == "can" and (not before or after in ("you", "we", "i", "be", "see")))
        or (word == "key" and after in ("visual", "art", "message", "visuals", "light"))
        or (word == "shot" or (word == "light" and after != "bulb"))
        or (word == "star" and after in ("rating", "product"))
        or (
            word == "cream"
            and (
                (after.isalpha() and lexicon.look_up(after) is not None)
                or after in _BACKDROP
                or before in ("in", "and", "a", "on")
            )
        )
        or (word == "seat" and before == "the")
        or (word == "apple" and after in ("watch", "store", "style"))
        or (word == "box" and before in ("text", "search"))
        or (word == "glass" and after in ("effect", "morphism"))
        or (word == "rose" and before in ("in", "dusty"))
        or (word == "field" and before == "of" and after == "view")
    )


def _colours(
    tokens: list[str], found: list[tuple[Subject, int, int]]
) -> tuple[Colour | None, Colour | None]:
    """The colour asked for the subject, and for the ground."""
    starts = [start for _, start, _ in found]
    own: Colour | None = None
    ground: Colour | None = None
    for at, token in enumerate(tokens):
        if token not in COLOURS:
            continue
        if any(start <= at < end for _, start, end in found):
            continue
        colour = COLOURS[token]
        following = tokens[at + 1 : at + 4]
        if any(word in _BACKDROP for word in following):
            ground = ground or colour
        elif (starts and 0 < starts[0] - at <= 4) or (
            starts and at > starts[0] and tokens[at - 1] in ("in", "coloured", "colored")
        ):
            own = own or colour
        else:
            ground = ground or colour
    return own, ground


def _heading(plain: str, *, quoted: list[str], title: str, guessed: bool) -> tuple[str, str]:
    """Title and caption: quoted words first, then what the prompt names, then what it is for.

    A title is `guessed` only where words are what there is to show.
    """
    texts = [text for text in (_tidy(title), *quoted) if text]
    if not texts and (named := _NAMED.search(plain)):
        texts = [_tidy(named.group(1))]
    if not texts and guessed:
        purpose = _FOR.search(plain)
        guess = _name_from(purpose.group(1)) if purpose else ""
        guess = guess or _name_from(_without_request(plain))
        texts = [guess] if guess else []
    if not texts:
        return "", ""
    return texts[0][:TITLE_CHARACTERS], (texts[1][:TITLE_CHARACTERS] if len(texts) > 1 else "")


def _name_from(phrase: str) -> str:
    """A title of at most six words from the start of a phrase."""
    words: list[str] = []
    for word in phrase.strip(" \t\n.,:;-–—'\"").split():
        if (word.lower().strip(".,") in _TITLE_STOPS and words) or len(words) == 6:
            if word.lower() in ("in", "at", "on", "and", "of") and len(words) < 4:
                words.append(word.lower())
                continue
            break
        if not words and word.lower() in ("a", "an", "our", "my", "the", "new", "your", "some"):
            continue
        words.append(word)
    while words and words[-1].lower() in _SMALL:
        words.pop()
    return " ".join(
        word if (at and word.lower() in _SMALL) or not word.islower() else word.capitalize()
        for at, word in enumerate(words)
    )


def _without_request(text: str) -> str:
    """The prompt without "please create an image of"."""
    return re.sub(
        r"^\W*(?:please\s+|can you\s+|could you\s+)?(?:create|make|draw|generate|design|render|"
        r"paint|show|give me|i need|i want|produce)?\s*(?:me\s+|us\s+)?(?:an?\s+|the\s+|some\s+)?"
        r"(?:\w+\s+)?(?:image|picture|photo|illustration|logo|drawing|render|visual|graphic|shot|"
        r"wordmark|card)?\s*(?:of|for|showing|about|with)?\s*",
        "",
        text.strip(),
        count=1,
        flags=re.IGNORECASE,
    )


def _first(words: set[str], **meanings: str) -> str:
    return next((name for name, hints in meanings.items() if words & set(hints.split())), "")


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:")
