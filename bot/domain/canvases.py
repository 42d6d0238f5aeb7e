"""A canvas's Markdown in, its blocks and headings out; a picture with its caption as Markdown.

What Slack's canvases hold: https://docs.slack.dev/surfaces/canvases (2026-11).
"""

import hashlib
import re
from collections.abc import Sequence
from enum import StrEnum

from bot.domain.base import Value
from bot.domain.canvas_words import escaped, plain

MAX_BODY_CHARS = 1500
"""How much of a section's text is kept; a prompt needs no more."""

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that read like another."""
_LINK = re.compile(r"https?://[^\s/<>|]+/(?:docs/[A-Z0-9]+|canvas)/(?P<id>F[A-Z0-9]{8,})(?![\w-])")
_FILE_ID = re.compile(r"/(F[A-Z0-9]{8,})(?=[/?#]|$)")

_HEADING = re.compile(r" {0,3}(#{1,3})(?:[ \t]+(.*)|[ \t]*$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_PICTURE = re.compile(
    r"!\[((?:[^\[\]\\]|\\.)*)\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s]*)*)>?\s*\)"
)
_STARTS_ANOTHER = re.compile(r"[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|>|\||(?: {4}|\t))")
_MARKS = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


class BlockKind(StrEnum):
    """What a block is to us."""

    HEADING = "heading"
    PICTURE = "picture"
    TEXT = "text"
    CODE = "code"


class Block(Value):
    """One block of a canvas: its words as read; of a picture its alt text and address."""

    kind: BlockKind
    text: str = ""
    level: int = 0
    """Of a heading, 1 to 3."""
    address: str = ""

    @property
    def file_id(self) -> str | None:
        """The Slack file that a picture shows."""
        found = _FILE_ID.search(self.address)
        return found[1] if found else None


class CanvasRef(Value):
    """A canvas that can be picked."""

    id: str
    title: str
    url: str


class Heading(Value):
    """A heading of a canvas, found again by its level, its words and its occurrence."""

    level: int
    text: str
    """Its words, without marks, mentions and emoji names; may be empty."""
    occurrence: int
    """Which of the headings of this level with these words it is, from 1."""
    body: str
    """The words under it, down to the next heading of its level or a higher one."""


class CanvasText(Value):
    """A canvas as it was read."""

    id: str
    title: str
    url: str
    markdown: str

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Its headings in order, without the title."""
        found = outline(self.markdown)
        is_titled = bool(found) and found[0].level == 1 and found[0].text == plain(self.title)
        return found[1:] if is_titled else found


def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a canvas in their order; lists, quotes and tables are text by the line."""
    lines = markdown.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found: list[Block] = []
    paragraph: list[str] = []

    def end() -> None:
        if paragraph:
            found.append(_paragraph(paragraph))
            paragraph.clear()

    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        heading = _HEADING.match(line)
        underline = _UNDERLINE.match(line) if paragraph else None
        fence = _FENCE.match(line)
        if not line.strip():
            end()
        elif heading:
            end()
            text = re.sub(r"(?:^|[ \t]+)#+[ \t]*$", "", heading[2] or "")
            found.append(Block(kind=BlockKind.HEADING, level=len(heading[1]), text=plain(text)))
        elif underline:
            level = 1 if underline[1][0] == "=" else 2
            found.append(
                Block(kind=BlockKind.HEADING, level=level, text=plain(" ".join(paragraph)))
            )
            paragraph.clear()
        elif _RULE.match(line):
            end()
        elif fence:
            end()
            at = _end_of_code(lines, at, fence[1])
            found.append(Block(kind=BlockKind.CODE))
        elif _is_marked(line):
            end()
            text = _without_marks(line)
            if text:
                found.append(Block(kind=BlockKind.TEXT, text=text))
        else:
            paragraph.append(line.strip())
    end()
    return tuple(found)


def outline(markdown: str) -> tuple[Heading, ...]:
    """Every heading in order, the title included where the canvas has one."""
    every = blocks(markdown)
    seen: dict[tuple[int, str], int] = {}
    found = []
    for at, block in enumerate(every):
        if block.kind is not BlockKind.HEADING:
            continue
        key = (block.level, block.text)
        seen[key] = seen.get(key, 0) + 1
        found.append(
            Heading(
                level=block.level,
                text=block.text,
                occurrence=seen[key],
                body=_body(every[at + 1 :], block.level),
            )
        )
    return tuple(found)


def main_sections(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """The headings that part the document: those of its highest level that stand there twice.

    Where no level does, all of them; headings without words are left out.
    """
    worded = tuple(heading for heading in headings if heading.text)
    for level in (1, 2, 3):
        parts = tuple(heading for heading in worded if heading.level == level)
        if len(parts) > 1:
            return parts
    return worded


def find_canvas_id(text: str) -> str | None:
    """The canvas to which the first link in a message leads."""
    found = _LINK.search(text)
    return found["id"] if found else None


def reference(insertion_id: str) -> str:
    """A short sign that is always the same for an id, such as `A-7F3KQ`: it marks an insertion."""
    number = int.from_bytes(hashlib.sha256(insertion_id.encode()).digest()[:8])
    signs = []
    for _ in range(5):
        number, rest = divmod(number, len(_LETTERS))
        signs.append(_LETTERS[rest])
    return f"A-{''.join(signs)}"


def caption(title: str, marker: str) -> str:
    """The line under an inserted picture, by which it is found again."""
    words = " ".join(re.sub(r":([\w+'-]+):", r"\1", title).split())
    return f"Image: {words} · {marker}"


def picture_markdown(permalink: str, *, alt: str, caption: str) -> str:
    """A picture as a block of its own, and its caption as the next."""
    address = permalink.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"![{escaped(alt)}]({address})\n\n{escaped(caption)}"


def file_id_of(permalink: str) -> str:
    """The id of the file to which a permalink leads.

    Raises: ValueError for another address.
    """
    found = _FILE_ID.search(permalink)
    if found is None:
        raise ValueError("not the permalink of a file")
    return found[1]


def _paragraph(lines: Sequence[str]) -> Block:
    text = "\n".join(lines)
    picture = _PICTURE.fullmatch(text.strip())
    if picture and picture[2][:1] not in ("@", "#"):
        return Block(kind=BlockKind.PICTURE, text=plain(picture[1]), address=picture[2])
    return Block(kind=BlockKind.TEXT, text=plain(" ".join(lines)))


def _is_marked(line: str) -> bool:
    """Whether a line is of a list, a quote, a table or indented code."""
    return _STARTS_ANOTHER.match(line) is not None


def _without_marks(line: str) -> str:
    if _TABLE_RULE.match(line) and "|" in line:
        return ""
    text = line[_MARKS.match(line).end() :]  # type: ignore[union-attr]  # it may be empty
    if text.startswith("|"):
        text = " ".join(cell.strip() for cell in re.split(r"(?<!\\)\|", text)).strip()
    return plain(text)


def _end_of_code(lines: Sequence[str], at: int, fence: str) -> int:
    closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
    while at < len(lines) and not closing.match(lines[at]):
        at += 1
    return at + 1


def _body(rest: Sequence[Block], level: int) -> str:
    words: list[str] = []
    for block in rest:
        if block.kind is BlockKind.HEADING and block.level <= level:
            break
        if block.text and block.kind in (BlockKind.TEXT, BlockKind.HEADING):
            words.append(block.text)
    text = "\n".join(words)
    if len(text) <= MAX_BODY_CHARS:
        return text
    return text[: MAX_BODY_CHARS - 1].rsplit(maxsplit=1)[0] + "…"
