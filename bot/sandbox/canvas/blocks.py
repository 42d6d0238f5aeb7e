"""The blocks that a canvas is made of, and how they are written as Markdown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    H1 = "h1"
    H2 = "h2"
    H3 = "h3"
    TEXT = "text"
    BULLET = "bullet"
    NUMBER = "number"
    TASK = "task"
    QUOTE = "quote"
    CODE = "code"
    TABLE = "table"
    DIVIDER = "divider"


HEADINGS = (BlockKind.H1, BlockKind.H2, BlockKind.H3)
ITEMS = frozenset({BlockKind.BULLET, BlockKind.NUMBER, BlockKind.TASK})

_BEGINS_A_BLOCK = re.compile(
    r"(?=(?P<mark>#{1,6}(?=\s|$)|>|`{3}|~{3}|[-*+](?=\s|$)|[-*_=](?=[-*_=\s]*$)|[-:|](?=[-:|\s]*$)))"
    r"|(?P<number>\d{1,9})(?=[.)](?:\s|$))"
)


@dataclass(frozen=True)
class Block:
    """One block: `text` is inline Markdown (code as it is), `rows` are a table's cells."""

    kind: BlockKind
    text: str = ""
    depth: int = 0
    done: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


def written(blocks: Iterable[Block]) -> str:
    """The Markdown that reads back as these blocks."""
    text = ""
    counts: list[int] = []
    before: Block | None = None
    for block in blocks:
        if before is not None:
            text += "\n" if block.kind in ITEMS and before.kind in ITEMS else "\n\n"
        counts = _counted(counts, block)
        text += _one(block, number=counts[-1] if counts else 0)
        before = block
    return text


def _counted(counts: list[int], block: Block) -> list[int]:
    """The running numbers of the lists this block stands in, outermost first."""
    if block.kind not in ITEMS:
        return []
    kept = counts[: block.depth + 1]
    kept += [0] * (block.depth + 1 - len(kept))
    kept[-1] = kept[-1] + 1 if block.kind is BlockKind.NUMBER else 0
    return kept


def _one(block: Block, *, number: int) -> str:
    if block.kind in HEADINGS:
        text = re.sub(r"(^|\s)(#+)$", r"\1\\\2", block.text)
        return f"{'#' * int(block.kind[1])} {text}".rstrip()
    if block.kind is BlockKind.DIVIDER:
        return "---"
    if block.kind is BlockKind.CODE:
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", block.text)), default=0))
        return f"{fence}\n{block.text}\n{fence}" if block.text else f"{fence}\n{fence}"
    if block.kind is BlockKind.TABLE:
        lines = ["| " + " | ".join(row) + " |" for row in block.rows]
        return "\n".join([lines[0], "|" + " --- |" * len(block.rows[0]), *lines[1:]])
    if block.kind is BlockKind.QUOTE:
        return "\n".join(f"> {line}".rstrip() for line in guarded(block.text).split("\n"))
    if block.kind in ITEMS:
        mark = {BlockKind.BULLET: "-", BlockKind.NUMBER: f"{max(number, 1)}."}.get(
            block.kind, "- [x]" if block.done else "- [ ]"
        )
        indent = " " * 4 * block.depth
        first, *rest = guarded(block.text).split("\n")
        return "\n".join([f"{indent}{mark} {first}", *(f"{indent}  {line}" for line in rest)])
    return guarded(block.text)


def guarded(text: str) -> str:
    """Text whose lines do not begin a block of another kind when they are read again."""
    return "\n".join(_guarded(line) for line in text.split("\n"))


def _guarded(line: str) -> str:
    match = _BEGINS_A_BLOCK.match(line)
    if match is None or line.startswith(("**", "__")):
        return line
    at = match.end("number") if match["number"] else 0
    return f"{line[:at]}\\{line[at:]}"
