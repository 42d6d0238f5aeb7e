"""A subject and its style go in; the finished prompt and title come out."""

import re

from bot.domain.catalog import MAX_PROMPT_CHARS
from bot.planner.formats import Role
from bot.planner.subject import Subject, without_article
from bot.planner.text import defused

_FLAGS = re.IGNORECASE
MAX_TITLE_CHARS = 80

_LIGHT = re.compile(
    r"\b(?:\w*light(?:s|ing|ed)?|lit|sun\w*|shadows?|dark|bright|neon|moody|glow\w*|dawn|dusk"
    r"|night|backlit|candle\w*|golden\s+hour|foggy|misty|silhouette)\b",
    _FLAGS,
)
_PLACE = re.compile(
    r"\b(?:on|in|at|against|inside|beside|near|under|over|among|floating|background|backdrop"
    r"|surrounded|held|holding|next\s+to|in\s+front|being|plinth|podium|pedestal)\b",
    _FLAGS,
)
_TEXT = re.compile(
    r"\b(?:text|words?|title|headline|letter\w*|typo\w*|says?|saying|reading|reads|caption"
    r"|slogan|label\w*|called|named|quote|tagline|name|logo|sign)\b|[\"“”„«\ufdd0-\ufdef]",
    _FLAGS,
)
_NAMED = re.compile(r"\b(?:for|called|named|say(?:s|ing)|letters?)\b|[\"“\ufdd0-\ufdef]", _FLAGS)
"""A logo that is of nobody gets no further words: an engine could set them in type."""
_COLOUR = re.compile(
    r"\b(?:red|blue|green|yellow|orange|purple|pink|black|white|gr[ae]y|brown|gold\w*|silver"
    r"|teal|pastel\w*|colou?r\w*|monochrome|palette|beige|navy|turquoise)\b",
    _FLAGS,
)
_FOREIGN = re.compile(
    r"[\u0370-\u1fff\u2e80-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe]"
    r"|^(?:eine?|einen|der|die|das|une?|les?|la|des|el|los|las|una|uno|het|een|il|um|uma)\s",
    _FLAGS,
)
"""Signs that a text is not English, so that no English is put to it."""
_OURS = re.compile(r"^(?:our|my)\s+(?=\S)", _FLAGS)
_BRAND_NAMES = {
    name.lower(): name
    for name in ("YouTube", "Instagram", "LinkedIn", "TikTok", "Facebook", "Pinterest", "Zoom")
}
_BRANDS = re.compile(rf"\b(?:{'|'.join(_BRAND_NAMES)})\b", _FLAGS)
_DANGLING = r"(?:and|with|in|as|at|by|for|using|of|the|a|an|or|but|please|on|to)"

_MENDS = (
    (re.compile(r"[ \t]{2,}|\t"), " "),
    (re.compile(r"\(\s*\)|\[\s*\]"), ""),
    (re.compile(r" +(?=[,.;:!?](?:\s|$))"), ""),
    (re.compile(r"([,;:–—-])(?:\s*[,;])+"), r"\1"),
    (re.compile(rf"(?:[,;]\s*|\s)\b{_DANGLING}(?=\s*[,.;!?](?:\s|$))", _FLAGS), ""),
    (re.compile(r"[,;:]\s*(?=[.!?])"), ""),
)
_LOOSE_END = re.compile(rf"(?:[\s,;]+{_DANGLING})+$", _FLAGS)
_LOOSE_START = re.compile(r"^(?:and|with|in|for|of|that|by|to)\s+(?=\S)", _FLAGS)


def prompt_of(subject: Subject, *, details: list[str], style_id: str, style_name: str) -> str:
    """The prompt: the subject, a few words of craft, then what further sentences said.

    It is at most MAX_PROMPT_CHARS long; the craft goes where there is no room for it.
    """
    body = mended(subject.body)
    name = subject.found.words if subject.found else "image"
    own_style = subject.found.format.style_id if subject.found else None
    says_nothing = body.lower() == name and style_id not in {own_style, "illustration"}
    if not body or says_nothing:
        body = f"{style_name} {name}" if style_name.lower() not in name else name
    said = " ".join([body, *details])
    place, craft = _craft(said, subject=subject, style_id=style_id)
    first, *clauses = _split_clause(body)
    opening = f"{first}{place}{''.join(clauses)}"
    further = [_sentence(detail) for detail in map(mended, details) if detail]
    full = " ".join([_sentence(", ".join([opening, *craft])), *further])
    if len(full) > MAX_PROMPT_CHARS:
        full = " ".join([_sentence(body), *further])
    return defused(full)


def title_of(subject: Subject) -> str:
    """A few words that name the image."""
    title = _OURS.sub("", defused(mended(subject.title)).replace("\n", " "))
    title = _BRANDS.sub(lambda word: _BRAND_NAMES[word[0].lower()], title)
    title = title[:1].lower() + title[1:] if _is_plain_word(title) else title
    return title[:MAX_TITLE_CHARS].strip() or "image"


def mended(text: str) -> str:
    """The text without what taking words out left behind: loose commas, connectors, blanks."""
    for pattern, instead in _MENDS:
        text = pattern.sub(instead, text)
    for _ in range(4):
        before = text
        text = text.strip(" ,;:–—-\n\t")
        text = f"{text[:-120]}{_LOOSE_END.sub('', text[-120:])}"
        text = _LOOSE_START.sub("", text)
        if text == before:
            break
    return text


def _craft(said: str, *, subject: Subject, style_id: str) -> tuple[str, list[str]]:
    """Where to put a product that stands nowhere, and a few words of craft that were left open."""
    light = not _LIGHT.search(said)
    colour = not _COLOUR.search(said)
    text = not _TEXT.search(said)
    own_style = subject.found.format.style_id if subject.found else None
    if style_id in {"minimal", "flat"} and own_style in {"logo", "pattern"}:
        style_id = own_style
    words: list[str] = []
    place = ""
    if _FOREIGN.search(said):
        return place, words
    if style_id == "product-photo":
        place = "" if _PLACE.search(said) else " on a plain plinth"
        words += ["soft window light from the left"] * light + ["no text"] * text
    elif style_id == "photo":
        words += ["natural light"] * light
        if subject.found and "hero" in subject.found.words:
            words += ["a calm empty area on one side"] * text
    elif style_id == "cinematic":
        words += ["dramatic light"] * light + ["blurred background"]
    elif style_id == "illustration":
        words += ["clear shapes"] + ["soft light"] * light
    elif style_id == "flat":
        words += ["clean flat shapes"] + ["few colours"] * colour
    elif style_id == "line-art":
        words += ["even lines", "no shading"]
    elif style_id == "watercolor":
        words += ["soft washes of colour"] * colour + ["loose edges"]
    elif style_id == "3d":
        words += ["soft studio light"] * light + ["smooth rounded forms"]
    elif style_id == "minimal":
        words += ["plenty of room around it"]
    elif style_id == "poster":
        words += ["strong simple composition"]
    elif style_id == "logo":
        words += ["simple solid shapes"] * (_NAMED.search(said) is not None)
    elif style_id == "pattern":
        words += ["seamless repeat"] * ("seamless" not in said.lower())
    if subject.found and subject.found.format.role is Role.PLACE and subject.body:
        words += ["a calm empty area on one side"] * (text and " artwork" in f" {subject.body}")
    return place, words


def _split_clause(body: str) -> list[str]:
    """The first clause of a body, and the rest with its comma."""
    split = re.match(r"[^,.;:!?\n\ufdd0-\ufdef]+", body)
    if not split or split.end() == len(body):
        return [body]
    return [body[: split.end()].rstrip(), body[len(body[: split.end()].rstrip()) :]]


def _sentence(text: str) -> str:
    """The text with a capital at its start and a mark at its end."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:] if not text[0].isupper() else text
    return text if text.endswith((".", "!", "?", "…", "。", "！", "？")) else f"{text}."


def _is_plain_word(title: str) -> bool:
    """Whether the first word is an ordinary one whose capital came from the sentence."""
    first = without_article(title).split(" ")[0]
    return first[:1].isupper() and first[1:].islower() and first.lower() in _COMMON


_COMMON = frozenset(
    {
        "product",
        "poster",
        "logo",
        "pattern",
        "portrait",
        "image",
        "banner",
        "icon",
        "a",
        "an",
        "the",
    }
)
