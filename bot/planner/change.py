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
_REMOVE_ALL = re.compile(
    r"(?:remove|drop|delete|skip|cancel)\s+(?:all|everything|them|all\s+of\s+(?:them|it)|both)\W*",
    _FLAGS,
)
_TAKES_IT = re.compile(
    r"(?:make|turn|have|set|keep|draw|paint|render|put|let|give|change)\s*$", _FLAGS
)
_LOOSE_END = re.compile(r"\s+(?:from|of|in|on|for|to|with)$", _FLAGS)
_NOTHING = re.compile(r"\s*(?:please|instead|then|too|as\s+well|images?)?\W*$", _FLAGS)


def removal(said: Said, total: int) -> tuple[tuple[int, ...], str]:
    """The rows to be removed, and what is said of the others; rows are numbered from 1.

    "remove the third" takes that one out, "only the first" every other one.
    """
    words = _joined(said)
    if not said.rows:
        is_all = _REMOVE_ALL.fullmatch(words) is not None and total > 1
        return (tuple(range(1, total + 1)), "") if is_all else ((), words)
    if not words:
        return tuple(row for row in range(1, total + 1) if row not in said.rows), ""
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


def _joined(said: Said) -> str:
    """What is said of rows, with "it" in their place where a verb needs it."""
    takes_it = _TAKES_IT.search(said.before) and not said.after.lower().startswith("the ")
    if takes_it and said.rows:
        return f"{said.before} it {said.after}".strip()
    words = f"{said.before} {said.after}".strip()
    return _LOOSE_END.sub("", words) if said.rows and not said.after else words
