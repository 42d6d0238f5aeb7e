"""What is said of rows goes in; which of them are to go, and what else is said, comes out."""

import re

from bot.planner.rows import Said

_FLAGS = re.IGNORECASE
_REMOVE = re.compile(
    r"(?:^|.*\b)(?:remove|drop|delete|skip|leave\s+out|take\s+out|cut|exclude|get\s+rid\s+of|lose"
    r"|without|not|omit|cancel|minus|no)\s*$",
    _FLAGS | re.DOTALL,
)
_OUT = re.compile(r"\s*(?:out|away|can\s+go|is\s+not\s+needed|go(?:es)?\s+out)\W*$", _FLAGS)
_ONLY_BEFORE = re.compile(
    r"(?:^|.*\b)(?:only|just|keep|keep\s+only|only\s+keep|nothing\s+but|only\s+make|make\s+only"
    r"|make\s+just|just\s+make|i\s+only\s+want)\s*$",
    _FLAGS | re.DOTALL,
)
_ONLY_AFTER = re.compile(r"\s*(?:only|alone|(?:is|are)\s+enough|and\s+nothing\s+else)\W*$", _FLAGS)
_NOTHING = re.compile(r"\s*(?:please|instead|then|too|as\s+well|images?)?\W*$", _FLAGS)


def removal(said: Said, total: int) -> tuple[tuple[int, ...], str]:
    """The rows to be removed, and what is said of the others; rows are numbered from 1.

    "remove the third" takes that one out, "only the first" every other one.
    """
    words = f"{said.before} {said.after}".strip()
    if not said.rows:
        return (), words
    if _REMOVE.match(said.before) and _NOTHING.fullmatch(said.after):
        return said.rows, ""
    if _OUT.fullmatch(said.after) and re.search(
        r"\b(?:leave|take|cut)\s*$|^$", said.before, _FLAGS
    ):
        return said.rows, ""
    others = tuple(row for row in range(1, total + 1) if row not in said.rows)
    if _ONLY_AFTER.fullmatch(said.after) and not _REMOVE.match(said.before):
        return others, ""
    if others and _ONLY_BEFORE.match(said.before) and _NOTHING.fullmatch(said.after):
        return others, ""
    return (), words
