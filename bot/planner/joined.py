"""A request goes in; the distinct images that it joins ("a logo and a banner") come out."""

import re
from itertools import pairwise

from bot.planner.compose import single_of
from bot.planner.formats import Role, format_ending
from bot.planner.hints import style_of, take_number
from bot.planner.lists import entries_of
from bot.planner.parts import Batch, Concepts, Entry
from bot.planner.subject import without_article

_FLAGS = re.IGNORECASE
_ONE_STARTS = re.compile(
    r"(?:\b(?:and|or|then)\s+)?\b(?:one|another|the\s+other|the\s+(?:second|third|fourth))\s+"
    r"(?=(?:of|with|in|for|showing|as|at|on|by|without|from)\b)",
    _FLAGS,
)
_ONE_LOOK = re.compile(
    r"(?:\b(?:and|or)\s+)?\bone\s+(?!of\b|day\b|by\b)(?=[\w-]+\s*(?:$|,|\band\b))", _FLAGS
)
_TAIL = re.compile(r"\s(?:for|about|announcing|advertising|promoting)\s+\S", _FLAGS)
_JOINT = re.compile(
    r"\s*(?:,\s*and|,|\band\b|\bplus\b|&|\+|\bas\s+well\s+as\b)\s+(?:also\s+)?"
    r"(?=(?:an?|another|one|our|my|the)\s+)",
    _FLAGS,
)
_CONNECTOR = re.compile(
    r"\b(?:of|for|showing|with|that|in|on|featuring|holding|wearing|beside|behind|under|over|at"
    r"|from|about|says|saying|and|by)\b",
    _FLAGS,
)
_PHRASE_END = re.compile(r"[.;:!?\n]|\s(?:of|for|showing|with|in|on|about)\s", _FLAGS)
_RATIO = (
    r"(?:\d{1,2}\s?:\s?\d{1,2}|square|portrait|landscape|vertical|horizontal|wide|story|banner)"
)
_RATIOS = re.compile(
    rf"(?:,\s*)?\b(?:in|as|at|for)\s+(?:both\s+)?(?P<list>{_RATIO}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*[&+]\s*)"
    rf"{_RATIO})+)(?:\s+(?:versions?|formats?|ratios?|aspect\s+ratios?|sizes?))?(?=\s*(?:$|[.,;!?\n]))",
    _FLAGS,
)
_STYLES = re.compile(
    r"(?:,\s*)?\b(?:in|as)\s+(?:(?P<number>two|three|four|five|six|\d|several|a\s+few)\s+)?"
    r"(?:different\s+)?(?P<styles>styles\s*:?\s*)?(?P<list>[^.!?\n]*)$",
    _FLAGS,
)


def one_and_one(wanted: str) -> Batch | None:
    """ "two versions of a banner, one with a dog and one with a cat"."""
    starts = list(_ONE_STARTS.finditer(wanted))
    if len(starts) < 2:
        starts = list(_ONE_LOOK.finditer(wanted))
        if len(starts) < 2 or not re.search(r"[,:;–—-]\s*$", wanted[: starts[0].start()]):
            return None
    base = single_of(wanted[: starts[0].start()].rstrip(" ,:;–—-"))
    ends = [start.start() for start in starts[1:]] + [len(wanted)]
    chunks = [
        wanted[start.end() : end].strip(" ,;.") for start, end in zip(starts, ends, strict=True)
    ]
    chunks = [re.sub(r"[\s,]+and$", "", chunk) for chunk in chunks]
    if not base:
        return Batch(tuple(Entry(re.sub(r"^(?:of|showing)\s+", "", chunk)) for chunk in chunks))
    if _CONNECTOR.match(chunks[0]):
        return Batch(tuple(Entry(f"{base} {chunk}") for chunk in chunks))
    name = without_article(base)
    return Batch(tuple(Entry(f"{base}, {chunk}", f"{name}, {chunk}") for chunk in chunks))


def joined(wanted: str) -> Batch | None:
    """ "a logo and a banner for my bakery": two things to be made, with what is said of both."""
    phrase = _PHRASE_END.split(wanted[:200])[0]
    plain = entries_of(phrase)
    if len(plain) > 1 and all(_is_format(part) for part in plain):
        tail = wanted[len(phrase) :]
        return Batch(tuple(Entry(f"{part}{tail}") for part in plain))
    pieces = _JOINT.split(wanted)
    if len(pieces) < 2 or not any(_are_two(*pair) for pair in pairwise(pieces)):
        return None
    merged = [pieces[0]]
    for piece in pieces[1:]:
        if format_ending(re.findall(r"[\w'’+]+", _CONNECTOR.split(piece)[0]))[0]:
            merged.append(piece)
        else:
            merged[-1] = f"{merged[-1]} and {piece}"
    said_of_both = _TAIL.search(merged[-1])
    shared = merged[-1][said_of_both.start() :] if said_of_both else ""
    return Batch(
        tuple(Entry(one if _CONNECTOR.search(one) else f"{one}{shared}") for one in merged)
    )


def _are_two(first: str, second: str) -> bool:
    """Whether two joined phrases are two things to be made rather than one thing with another."""
    heads = [_CONNECTOR.split(part) for part in (first, second)]
    if not format_ending(re.findall(r"[\w'’+]+", heads[1][0]))[0]:
        return False
    is_format = format_ending(re.findall(r"[\w'’+]+", heads[0][0]))[0] is not None
    if is_format and len(heads[0]) == 1:
        return True
    is_described = re.match(r"[^.,;:!?\n]*?\b(?:of|for)\b", first, _FLAGS) is not None
    if is_format and is_described and len(heads[1]) > 1:
        return re.search(r"\bwith\b", first, _FLAGS) is None
    return False


def _is_format(words: str) -> bool:
    found, _ = format_ending(re.findall(r"[\w'’+]+", words))
    return found is not None and found.format.role is not Role.DROPPED


def by_aspect(wanted: str) -> Batch | None:
    """ "a poster in square, 9:16 and 16:9": one for each."""
    found = _RATIOS.search(wanted)
    if not found:
        return None
    ratios = re.findall(_RATIO, found["list"], _FLAGS)
    base = f"{wanted[: found.start()]}{wanted[found.end() :]}".strip()
    return Batch(tuple(Entry(f"{base}, {ratio.replace(' ', '')} format") for ratio in ratios))


def by_style(wanted: str) -> Batch | Concepts | None:
    """ "a fox in watercolor, line art and 3d": one in each."""
    found = _STYLES.search(wanted)
    if not found:
        return None
    base = wanted[: found.start()].strip()
    entries = entries_of(found["list"])
    if len(entries) > 1 and all(style_of(entry.removesuffix(" style")) for entry in entries):
        return Batch(
            tuple(Entry(f"{base}, {entry.removesuffix(' style')} style") for entry in entries)
        )
    if found["styles"] and found["number"] and not found["list"].strip():
        number, _ = take_number(f"{found['number']} x")
        return Concepts(number or 3, base, by_style=True)
    return None
