"""What must stay word for word is put away while a text is read, and put back afterwards."""

import re

_FIRST_MARK = 0xFDD0
_MOST_MARKS = 32
_MOST_QUOTES = 28
"""A few marks are left for the middles of long texts."""
_LONG = 1200
_HEAD = 900
_TAIL = 300
_QUOTED = re.compile(
    r"\"[^\"\n]{1,300}\"|“[^”“\n]{1,300}[”“]|„[^“”„\n]{1,300}[“”]|«[^»\n]{1,300}»"
    r"|(?<![\w'])'[^'\n]{1,200}'(?!\w)|(?<!\w)‘[^’\n]{1,200}’(?!\w)"
)
_MARK = re.compile("[\ufdd0-\ufdef]")


def masked(text: str) -> tuple[str, list[str]]:
    """The text with one mark (a noncharacter) for each part put away, and those parts in order.

    Quotations are put away, so that nothing in them is taken for a hint; and the middle of a long
    text: what is asked for stands at its beginning or its end, and reading it all takes long.
    """
    hidden, kept = quoted(text)
    return shortened(hidden, kept), kept


def quoted(text: str) -> tuple[str, list[str]]:
    """The text with a mark for each quotation, and the quotations."""
    kept: list[str] = []

    def put_away(found: re.Match[str]) -> str:
        if len(kept) == _MOST_QUOTES:
            return found[0]
        kept.append(found[0])
        return chr(_FIRST_MARK + len(kept) - 1)

    return _QUOTED.sub(put_away, text), kept


def shortened(hidden: str, kept: list[str]) -> str:
    """The text with its middle put away into `kept`, where it is long."""
    if len(hidden) <= _LONG or len(kept) >= _MOST_MARKS:
        return hidden
    kept.append(hidden[_HEAD:-_TAIL])
    return f"{hidden[:_HEAD]}{chr(_FIRST_MARK + len(kept) - 1)}{hidden[-_TAIL:]}"


def unmasked(text: str, kept: list[str]) -> str:
    """The text with what was put away in its place again, letter for letter."""
    for _ in range(2):
        text = _MARK.sub(lambda mark: kept[ord(mark[0]) - _FIRST_MARK], text)
    return text
