"""Enumerations go in, their entries come out: lines, bullets, "a, b and c", "the four seasons"."""

import re
from typing import NamedTuple

from bot.planner.courtesy import is_chat
from bot.planner.formats import format_ending

_FLAGS = re.IGNORECASE
_NUMBERED = re.compile(r"\s*\(?(?:\d{1,2}|[a-h])[.):]\s+(?=\S)")
_BULLETED = re.compile(r"\s*(?:[-•*–—‣◦▪]|☐|\[\s?\])\s+(?=\S)")
_INLINE_NUMBER = re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2})[.)]\s+(?=\S)", re.MULTILINE)
_PLURAL = re.compile(
    r"\b(?:images|pictures|pics|photos|illustrations|posters|logos|icons|banners|visuals|stickers"
    r"|graphics|drawings|artworks|heroes|covers|headers|thumbnails|designs|patterns|portraits"
    r"|sketches|paintings|wallpapers|flyers|cards|following|these|ones|renders|avatars|stories"
    r"|badges|shots|concepts|assets)\b",
    _FLAGS,
)
_OPENS_ITEM = re.compile(r"(?:an?|the|one|our|my|two|three|four|\d+)\s", _FLAGS)
_LABEL = re.compile(
    r"(?P<label>[^\W\d_][\w'’&/ -]{0,40}?)\s*(?::|\s[–—-]\s)\s*(?P<rest>\S.*)", re.DOTALL
)
_LAST_AND = re.compile(r"\s+(?:and|&|plus|as\s+well\s+as)\s+(?:also\s+)?", _FLAGS)
_COMMAS = re.compile(r"\s*,\s*(?:and\s+|&\s*|plus\s+)?(?=\S)", _FLAGS)
_SEMICOLONS = re.compile(r"\s*;\s*(?:and\s+)?(?=\S)", _FLAGS)
_MOST_ENTRIES = 60
"""More are told apart no further: they are too many anyway."""

_SETS: dict[str, tuple[str, ...]] = {
    name: tuple(members.split("|"))
    for name, members in {
        "season": "spring|summer|autumn|winter",
        "day of the week": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
        "weekday": "Monday|Tuesday|Wednesday|Thursday|Friday",
        "month": "January|February|March|April|May|June|July|August|September|October|November"
        "|December",
        "element": "earth|water|fire|air",
        "planet": "Mercury|Venus|Earth|Mars|Jupiter|Saturn|Uranus|Neptune",
        "zodiac sign": "Aries|Taurus|Gemini|Cancer|Leo|Virgo|Libra|Scorpio|Sagittarius|Capricorn"
        "|Aquarius|Pisces",
        "continent": "Africa|Antarctica|Asia|Europe|North America|Oceania|South America",
        "suit": "spades|hearts|diamonds|clubs",
    }.items()
}
_KNOWN_SET = re.compile(
    r"(?:each|every|all|the|all\s+the)\s+(?:one\s+)?(?:of\s+)?(?:the\s+)?"
    r"(?:two|three|four|five|seven|eight|twelve|\d{1,2})?\s*"
    r"(?P<set>days?\s+of\s+the\s+week|weekdays?|seasons?|months?|elements?|planets?|zodiac\s+signs?"
    r"|signs?\s+of\s+the\s+zodiac|continents?|suits?)(?:\s+of\s+the\s+year)?\b",
    _FLAGS,
)


class Lines(NamedTuple):
    """A brief in lines: what stands before, each entry, and what stands after."""

    header: str
    entries: tuple[str, ...]
    footer: str


def in_lines(text: str) -> str:
    """The text with "1) a desk 2) a chair" broken into lines, where the numbers count up."""
    numbers = [int(found[1]) for found in _INLINE_NUMBER.finditer(text)]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return text
    return _INLINE_NUMBER.sub(lambda found: f"\n{found[1]}. ", text).strip()


def lines_of(text: str) -> Lines | None:
    """The entries of a brief that asks for an image a line; None where it is none.

    Lines that continue one picture ("an image:\\n- a bicycle\\n- morning light") are no entries.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return None
    for pattern, needs_plural in ((_NUMBERED, False), (_BULLETED, True)):
        at = [number for number, line in enumerate(lines) if pattern.match(line)]
        if len(at) < 2:
            continue
        header = " ".join(lines[: at[0]])
        entries = _continued(lines[at[0] :], pattern)
        footer = entries.pop() if entries and not pattern.match(entries[-1]) else ""
        bare = tuple(pattern.sub("", entry, count=1) for entry in entries)
        is_brief = not needs_plural or _PLURAL.search(header) or _are_images(bare, header)
        return Lines(header, bare, footer) if is_brief else None
    header = lines[0]
    if header.endswith(":") and _PLURAL.search(header) and len(lines) > 2:
        body, footer = lines[1:], ""
        if is_for_all(body[-1]) or is_chat(body[-1]):
            footer = body.pop()
        return Lines(header, tuple(body), footer) if len(body) > 1 else None
    return None


_FOR_ALL = re.compile(
    r"(?:please\s+)?(?:(?:make|do|keep|draw|create|render)\s+)?(?:all|each|both|every|everything|they"
    r"|them)\b"
    r"|(?:use|with|in|style|same|no|without)\b",
    _FLAGS,
)


def is_for_all(line: str) -> bool:
    """Whether a line says something about every image of a brief: "all in watercolour"."""
    return _FOR_ALL.match(line) is not None


def labelled(entry: str) -> tuple[str, str]:
    """The title that an entry gives itself and what it should show: "Hero: a desk at sunrise"."""
    found = _LABEL.match(entry)
    if not found or len(found["label"].split()) > 5:
        return "", entry
    return found["label"].strip(), found["rest"].strip()


def entries_of(text: str, *, number: int | None = None) -> tuple[str, ...]:
    """The entries of "a, b and c"; of several ways to read it, the one with `number` entries."""
    text = text.strip(" .,;:!?")
    for pattern in (_SEMICOLONS, _COMMAS):
        parts = [part for part in pattern.split(text, maxsplit=_MOST_ENTRIES) if part.strip()]
        if len(parts) < 2:
            continue
        split = _LAST_AND.split(parts[-1], maxsplit=1)
        has_oxford = re.search(r"[,;]\s*(?:and|&|plus)\s", text, _FLAGS) is not None
        if len(split) == 2 and not has_oxford and number != len(parts):
            parts[-1:] = split
        return tuple(part.strip() for part in parts)
    halves = _LAST_AND.split(text, maxsplit=_MOST_ENTRIES)
    return tuple(half.strip() for half in halves if half.strip())


def known_set(text: str) -> tuple[tuple[str, ...], re.Match[str] | None]:
    """The members of a set that everybody knows ("each season"), and where it was named."""
    found = _KNOWN_SET.search(text)
    if not found:
        return (), None
    name = re.sub(r"\s+", " ", found["set"].lower())
    name = "zodiac sign" if "zodiac" in name else re.sub(r"s\b", "", name, count=1)
    return _SETS.get(name, ()), found


def _continued(lines: list[str], pattern: re.Pattern[str]) -> list[str]:
    """The entries, with lines that go on with one; the last may be said of all."""
    entries: list[str] = []
    for line in lines:
        if (
            pattern.match(line)
            or not entries
            or is_for_all(line)
            or is_chat(line)
            or not pattern.match(entries[-1])
        ):
            entries.append(line)
        else:
            entries[-1] = f"{entries[-1]}, {line}"
    merged: list[str] = []
    for entry in entries:
        if merged and not pattern.match(entry) and not pattern.match(merged[-1]):
            merged[-1] = f"{merged[-1]} {entry}"
        else:
            merged.append(entry)
    return merged


def _are_images(entries: tuple[str, ...], header: str) -> bool:
    """Whether every entry of a list without a telling header is an image of its own."""
    if re.search(r"\b(?:image|picture|photo|poster|logo|illustration|banner)\b", header, _FLAGS):
        return False
    return all(
        _OPENS_ITEM.match(entry) or format_ending(re.findall(r"[\w'’]+", entry))[0]
        for entry in entries
    )
