"""A text about a batch goes in; which rows it speaks of, and what it says of each, comes out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.planner.pictures import Kind, references
from bot.planner.words import word_set

_FLAGS = re.IGNORECASE
_JOINED = re.compile(r"\s*(?:,|\band\b|&|\+|\bplus\b)*\s*", _FLAGS)
_GAP = re.compile(
    r"(?P<before>.*?)(?:\s*(?:[,;.]|\band\b|\bbut\b|\bthen\b)\s*)+(?P<after>[^,;.]*)$",
    _FLAGS | re.DOTALL,
)
_ROW_NOUN = re.compile(
    r"\s+(?:one|image|picture|row|item|version|photo|illustration|logo|poster|icon|banner)\b",
    _FLAGS,
)
_SMALL = word_set("a an the of for in on at with and or to by from our my your this that image one")


class Said(NamedTuple):
    """What a text says of some rows."""

    rows: tuple[int, ...]
    """Their positions, from 1; empty for all rows."""
    before: str
    """What stands before the rows are named: the verb, mostly."""
    after: str
    missing: tuple[int, ...] = ()
    """Positions that were named and are not there."""


class _Named(NamedTuple):
    start: int
    end: int
    rows: tuple[int, ...]
    missing: tuple[int, ...] = ()


def rows_said(text: str, titles: Sequence[str]) -> list[Said]:
    """What a text says of the rows with these titles; one entry for all where it names none."""
    named = _named(text, titles) if len(titles) > 1 else []
    if all(len(one.rows) == len(titles) and not one.missing for one in named):
        return [Said((), "", text)]
    said = []
    before = text[: named[0].start]
    for at, one in enumerate(named):
        gap = text[one.end : named[at + 1].start if at + 1 < len(named) else len(text)]
        parted = _GAP.match(gap) if at + 1 < len(named) else None
        after = parted["before"] if parted else gap
        said.append(Said(one.rows, before.strip(), after.strip(), one.missing))
        before = parted["after"] if parted else ""
    return said


def names_rows(text: str, titles: Sequence[str]) -> bool:
    """Whether a text about a batch picks certain rows."""
    return len(titles) > 1 and any(len(one.rows) < len(titles) for one in _named(text, titles))


def _named(text: str, titles: Sequence[str]) -> list[_Named]:
    """Where rows are named, by number or title; neighbours joined by "and" are one."""
    found = [*_by_number(text, len(titles)), *_by_title(text, titles)]
    found.sort(key=lambda one: (one.start, -one.end))
    merged: list[_Named] = []
    for one in found:
        if merged and one.start < merged[-1].end:
            continue
        if merged and _JOINED.fullmatch(text[merged[-1].end : one.start]):
            last = merged[-1]
            rows = tuple(dict.fromkeys((*last.rows, *one.rows)))
            merged[-1] = _Named(last.start, one.end, rows, (*last.missing, *one.missing))
        else:
            merged.append(one)
    return merged


def _by_number(text: str, rows: int) -> list[_Named]:
    named = []
    for reference in references(text):
        if reference.who:
            continue
        match reference.kind:
            case Kind.NUMBERS:
                meant = reference.numbers
            case Kind.LAST:
                last = range(rows - (reference.count or 1) + 1, rows + 1)
                meant = (*reference.numbers, *last)
            case Kind.ALL:
                meant = tuple(range(1, rows + 1))
            case _:
                continue
        inside = tuple(row for row in meant if 1 <= row <= rows)
        missing = tuple(row for row in meant if row > rows)
        named.append(_Named(reference.start, reference.end, inside, missing))
    return named


def _by_title(text: str, titles: Sequence[str]) -> list[_Named]:
    """Rows called by a word that only their title has: "the dog one", "the banner".

    Where a noun for pictures ends the words, they are the row's name and no part of what is said.
    """
    own = [word_set(title.lower()) - _SMALL for title in titles]
    row_of = {word: at for at, words in enumerate(own, start=1) for word in words}
    shared = {word for word in row_of if sum(word in words for words in own) > 1}
    tokens = list(re.finditer(r"[\w'’+-]+", text))
    named = []
    for at, token in enumerate(tokens):
        if token[0].lower() not in {"the", "that"}:
            continue
        for follower in tokens[at + 1 : at + 4]:
            row = row_of.get(follower[0].lower())
            if row is None or follower[0].lower() in shared:
                continue
            noun = _ROW_NOUN.match(text, follower.end())
            is_noun = _ROW_NOUN.match(f" {follower[0]}") is not None
            end = noun.end() if noun else follower.end() if is_noun else token.start()
            named.append(_Named(token.start(), end, (row,)))
            break
    return named
