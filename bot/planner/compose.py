"""What was said of a list and one of its entries go in; the request for that one comes out."""

import re

from bot.domain.catalog import Task
from bot.planner.formats import Role, format_ending, singular
from bot.planner.hints import take_count, take_number

_FLAGS = re.IGNORECASE
_CONNECTED = re.compile(
    r"\s+(?P<connector>for|of|showing|featuring|depicting|about|with|announcing|promoting|in|on)\b",
    _FLAGS,
)
_LIST_WORDS = re.compile(
    r"(?:an?|the|some|my|our|these|those)?\s*(?:new\s+|small\s+|whole\s+|complete\s+|matching\s+)*"
    r"(?:set|series|batch|collection|bunch|range|group|pack|list)\s+of\s+",
    _FLAGS,
)
_DETERMINER = re.compile(
    r"(?:an?|the|some|my|our|these|those|following|several|different|distinct|separate|unique"
    r"|individual|new|each|all)\s+",
    _FLAGS,
)
_GENERIC = re.compile(
    r"\s*\b(?:for|of|showing|about|with)\s+(?:the\s+following|these|those|each|every(?:\s+one)?"
    r"|the\s+list\s+below|all)\b.*$",
    _FLAGS,
)
_OPENS = re.compile(r"(?:an?|the|our|my|his|her|their|some|two|three|four|\d+)\s", _FLAGS)
_NAMED_SO = frozenset({"sticker", "emoji", "slack emoji", "avatar", "mascot"})
"""What is called by what it shows, as logos are: "happy cat sticker"."""
_MOST_NAME_WORDS = 3


def single_of(text: str) -> str:
    """One of what a text asks for in the plural: "two versions of a banner" -> "a banner"."""
    text = text.strip()
    count, rest = take_count(text)
    rest = _LIST_WORDS.sub("", rest.strip(), count=1)
    if count is None:
        _, rest = take_number(rest)
    if not rest.strip():
        found, _ = format_ending(re.findall(r"[\w'’-]+", text))
        return f"{_article(found.words)} {found.words}" if found else ""
    bare = rest
    while _DETERMINER.match(bare):
        bare = _DETERMINER.sub("", bare, count=1)
    head, tail = _parted(bare)
    words = head.split()
    found, length = format_ending(re.findall(r"[\w'’-]+", head))
    if found and singular(words[-1].lower()) != words[-1].lower():
        head = " ".join([*words[:-length], found.words])
        return f"{_article(head)} {head}{tail}".strip()
    return rest.strip()


def composed(header: str, entry: str, *, connector: str = "") -> str:
    """The request for one entry: "icons for a bank app", "home" -> "home icon for a bank app"."""
    own, _ = format_ending(_head_words(entry))
    header = _GENERIC.sub("", header.strip(" :,;–—-"))
    base = single_of(header) if header else ""
    head, tail = _parted(base)
    head = _DETERMINER.sub("", head, count=1)
    found, length = format_ending(re.findall(r"[\w'’-]+", head))
    if own or found is None:
        is_open = not _CONNECTED.search(entry) and own is not None
        return f"{entry}{tail}" if is_open and tail else entry
    words = head.split()
    before, name = " ".join(words[:-length]), found.words
    is_short = len(entry.split()) <= _MOST_NAME_WORDS and not _OPENS.match(entry)
    is_mark = found.format.task is Task.LOGO or found.words in _NAMED_SO
    if is_mark and is_short and not connector:
        return f"{before} {entry} {name}{tail}".strip()
    if found.format.role is Role.DROPPED:
        of = "about" if connector == "about" else "of"
        tail = "" if tail.lower().startswith(" for ") else tail
        return f"{before} {name} {of} {entry}{tail}".strip()
    if connector and tail:
        return f"{before} {name}{tail} {connector} {entry}".strip()
    usual = "for" if is_short and found.format.role is Role.KEPT else "of"
    return f"{before} {name} {connector or usual} {entry}{tail}".strip()


def _parted(text: str) -> tuple[str, str]:
    """What is asked for, and what the text says of it: "a logo", " for a bakery"."""
    connected = _CONNECTED.search(text)
    return (text[: connected.start()], text[connected.start() :]) if connected else (text, "")


def _head_words(text: str) -> list[str]:
    return re.findall(r"[\w'’-]+", _parted(text)[0][:80])


def _article(phrase: str) -> str:
    return "an" if phrase[:1].lower() in set("aeiou") else "a"
