"""A canvas's content as it stands: a title and sections with ids, changed by plain functions.

An id names a section as it was: a section that is edited gets another id, and whoever still holds
the old one is refused. Slack promises no more, and calls the ids temporary.
"""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .blocks import HEADINGS, ITEMS, Block, BlockKind, written
from .inline import plain

_HEX = "0123456789abcdef"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_random = random.Random()


class SectionMissing(LookupError):
    """No section of the document has this id (any more)."""


class Misplaced(ValueError):
    """The section is of a kind to which this cannot be done."""


@dataclass(frozen=True)
class Section:
    """A block with its id; the cells of a table are sections too."""

    id: str
    block: Block
    cells: tuple[tuple[str, ...], ...] = ()


@dataclass
class Document:
    title: str = ""
    sections: list[Section] = field(default_factory=list)
    tag: str = field(default_factory=lambda: "".join(_random.choices(_LETTERS, k=3)))
    title_id: str = ""

    def __post_init__(self) -> None:
        self.title_id = self.title_id or self.new_id()

    def new_id(self) -> str:
        """Such as `temp:C:eBa219af721c664422cb90a52fac`: three letters are the canvas's own."""
        return f"temp:C:{self.tag}{''.join(_random.choices(_HEX, k=25))}"

    @property
    def blocks(self) -> list[Block]:
        return [section.block for section in self.sections]

    @property
    def markdown(self) -> str:
        """The whole of it, the title as its first heading."""
        body = written(self.blocks)
        title = f"# {self.title}" if self.title else ""
        return "\n\n".join(part for part in (title, body) if part)


def section_of(document: Document, block: Block) -> Section:
    cells = tuple(tuple(document.new_id() for _ in row) for row in block.rows)
    return Section(document.new_id(), block, cells)


def place_of(document: Document, section_id: str) -> int:
    """Where a section stands.

    Raises: SectionMissing, or Misplaced for the title and a table's cell.
    """
    for index, section in enumerate(document.sections):
        if section.id == section_id:
            return index
        if any(section_id in row for row in section.cells):
            raise Misplaced(f"Section {section_id} is a table cell")
    if section_id == document.title_id and document.title:
        raise Misplaced(f"Section {section_id} is the title")
    raise SectionMissing(f"Section {section_id} was not found")


def insert(document: Document, blocks: Iterable[Block], *, at: int, depth: int = 0) -> None:
    """Put blocks in before the section number `at`; items of a list join it at `depth`."""
    fitted = [replace(b, depth=b.depth + depth) if b.kind in ITEMS else b for b in blocks]
    document.sections[at:at] = [section_of(document, block) for block in fitted]
    _settle(document)


def insert_beside(document: Document, blocks: list[Block], *, section_id: str, after: bool) -> None:
    """Raises: SectionMissing, Misplaced for a table's cell and before the title."""
    if section_id == document.title_id and document.title and after:
        insert(document, blocks, at=0)
        return
    at = place_of(document, section_id)
    insert(document, blocks, at=at + after, depth=document.sections[at].block.depth)


def replace_all(document: Document, blocks: Iterable[Block]) -> None:
    document.sections = [section_of(document, block) for block in blocks]


def replace_section(document: Document, blocks: list[Block], *, section_id: str) -> None:
    """New blocks where a section was; a table's cell takes one paragraph.

    Raises: SectionMissing, Misplaced.
    """
    if _replace_cell(document, blocks, section_id=section_id):
        return
    at = place_of(document, section_id)
    depth = document.sections[at].block.depth
    del document.sections[at]
    insert(document, blocks, at=at, depth=depth)


def _replace_cell(document: Document, blocks: list[Block], *, section_id: str) -> bool:
    for index, section in enumerate(document.sections):
        for row, ids in enumerate(section.cells):
            if section_id not in ids:
                continue
            if len(blocks) != 1 or blocks[0].kind is not BlockKind.TEXT:
                raise Misplaced(f"Section {section_id} is a table cell and takes one paragraph")
            column = ids.index(section_id)
            text = re.sub(r"(?<!\\)\|", r"\|", blocks[0].text).replace("\n", "<br>")
            table = _with_cell(section.block.rows, row, column, text)
            cells = _with_cell(section.cells, row, column, document.new_id())
            block = replace(section.block, rows=table)
            document.sections[index] = Section(document.new_id(), block, cells)
            return True
    return False


def _with_cell(
    rows: tuple[tuple[str, ...], ...], row: int, column: int, text: str
) -> tuple[tuple[str, ...], ...]:
    changed = (*rows[row][:column], text, *rows[row][column + 1 :])
    return (*rows[:row], changed, *rows[row + 1 :])


def delete_section(document: Document, *, section_id: str) -> None:
    """Raises: SectionMissing, Misplaced."""
    del document.sections[place_of(document, section_id)]
    _settle(document)


def move_section(document: Document, *, section_id: str, after: str) -> None:
    """Put a section after another, or at the start when `after` is empty; ids stay.

    Raises: SectionMissing, Misplaced.
    """
    moved = document.sections[place_of(document, section_id)]
    if after == section_id:
        return
    if after:
        place_of(document, after)
    document.sections.remove(moved)
    document.sections.insert(place_of(document, after) + 1 if after else 0, moved)
    _settle(document)


def found(document: Document, *, kinds: Iterable[str], text: str) -> list[str]:
    """The ids of sections of these kinds (any, without) that contain this text as it is written.

    `any_header` means every heading; the title is one of the first kind.
    """
    wanted = set(kinds)
    if "any_header" in wanted:
        wanted |= set(HEADINGS)

    def matches(kind: str, words: str) -> bool:
        return (not wanted or kind in wanted) and text in words

    ids = []
    if document.title and matches(BlockKind.H1, plain(document.title)):
        ids.append(document.title_id)
    for section in document.sections:
        block = section.block
        if block.kind is BlockKind.TABLE:
            for row, row_ids in zip(block.rows, section.cells, strict=True):
                pairs = zip(row, row_ids, strict=True)
                ids += [cell_id for cell, cell_id in pairs if matches("cell", plain(cell))]
        else:
            words = block.text if block.kind is BlockKind.CODE else plain(block.text)
            if matches(block.kind, words):
                ids.append(section.id)
    return ids


def _settle(document: Document) -> None:
    """No item of a list stands deeper than one below what comes before it."""
    deepest = 0
    for index, section in enumerate(document.sections):
        block = section.block
        if block.kind in ITEMS and block.depth > deepest:
            document.sections[index] = replace(section, block=replace(block, depth=deepest))
        deepest = document.sections[index].block.depth + 1 if block.kind in ITEMS else 0
