"""Markdown as Slack takes it for canvases becomes blocks; what it cannot take is refused by line.

Source: https://docs.slack.dev/surfaces/canvases (2026)
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .blocks import Block, BlockKind
from .inline import pieces

MOST_CELLS = 300

Embed = Callable[[str], str | None]
"""What is wrong with an `![…](address)`, if anything."""

_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)(.*)")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])(?:[ \t]+(.*)|$)")
_TASK = re.compile(r"\[([ xX])\](?:[ \t]+|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_DELIMITERS = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_DEFINITION = re.compile(r" {0,3}\[([^\[\]]+)\]:[ \t]*(\S+)[ \t]*$")
_INDENTED = re.compile(r"(?: {4}|\t)")
_FULL_REFERENCE = re.compile(r"(?<![\\!])\[([^\[\]\n]+)\](?:\[([^\[\]\n]*)\])?(?![(\[:])")


class Unsupported(Exception):
    """Slack does not take this; `line` counts from 1."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(f"line {line}: {words}")


@dataclass
class _Reader:
    lines: list[str]
    embed: Embed
    links: dict[str, str]
    blocks: list[Block]
    at: int = 0

    @property
    def line(self) -> str:
        return self.lines[self.at]

    @property
    def more(self) -> bool:
        return self.at < len(self.lines)


def parse(markdown: str, embed: Embed = lambda address: None) -> list[Block]:
    """The blocks of a document.

    Raises: Unsupported for the first thing that a canvas cannot hold.
    """
    lines = markdown.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
    links = {m[1].strip().casefold(): m[2] for m in map(_DEFINITION.match, lines) if m}
    reader = _Reader(lines, embed, links, [])
    while reader.more:
        _block(reader)
    return reader.blocks


def _block(reader: _Reader) -> None:
    line = reader.line
    heading = _HEADING.match(line)
    if not line.strip() or _DEFINITION.match(line):
        reader.at += 1
    elif heading:
        _heading(reader, len(heading[1]), heading[2].strip())
    elif _RULE.match(line):
        reader.at += 1
        reader.blocks.append(Block(BlockKind.DIVIDER))
    elif _FENCE.match(line):
        _fenced(reader)
    elif _QUOTE.match(line):
        _quote(reader)
    elif _is_table(reader, reader.at):
        _table(reader)
    elif (item := _ITEM.match(line)) and len(item[1].expandtabs(4)) < 4:
        _items(reader)
    elif _INDENTED.match(line):
        _indented(reader)
    else:
        _paragraph(reader)


def _starts(reader: _Reader, at: int) -> str:
    """The kind of block, other than a paragraph, that would begin on this line; Slack's word."""
    line = reader.lines[at]
    if _HEADING.match(line):
        return "Heading"
    if _RULE.match(line):
        return "ThematicBreak"
    if _FENCE.match(line):
        return "CodeBlock"
    if _QUOTE.match(line):
        return "BlockQuote"
    if _is_table(reader, at):
        return "Table"
    item = _ITEM.match(line)
    if item and len(item[1].expandtabs(4)) < 4 and (item[3] or "").strip():
        return "List"
    return ""


def _heading(reader: _Reader, depth: int, text: str) -> None:
    line = reader.at + 1
    if depth > 3:
        raise Unsupported(line, f"Unsupported heading depth ({depth})")
    reader.at += 1
    open_text = text.rstrip("#")
    if open_text != text and open_text[-1:] in ("", " ", "\t"):
        text = open_text.rstrip()
    reader.blocks.append(Block(BlockKind(f"h{depth}"), _checked(reader, text, line)))


def _fenced(reader: _Reader) -> None:
    opening = _FENCE.match(reader.line)
    fence = opening[1] if opening else ""
    reader.at += 1
    code: list[str] = []
    closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
    while reader.more and not closing.match(reader.line):
        code.append(reader.line)
        reader.at += 1
    reader.at += 1
    reader.blocks.append(Block(BlockKind.CODE, "\n".join(code)))


def _indented(reader: _Reader) -> None:
    code: list[str] = []
    while reader.more and (_INDENTED.match(reader.line) or not reader.line.strip()):
        code.append(_INDENTED.sub("", reader.line, count=1))
        reader.at += 1
    reader.blocks.append(Block(BlockKind.CODE, "\n".join(code).strip("\n")))


def _quote(reader: _Reader) -> None:
    """Quoted lines, of which a paragraph's may go on without the mark."""
    first = reader.at
    inner: list[str] = []
    while reader.more:
        quoted = _QUOTE.match(reader.line)
        lazy = inner and inner[-1].strip() and reader.line.strip()
        if quoted is None and (not lazy or _starts(reader, reader.at)):
            break
        inner.append(reader.line[quoted.end() :] if quoted else reader.line)
        reader.at += 1
    quote = _Reader(inner, reader.embed, reader.links, [])
    for at, line in enumerate(inner):
        kind = _starts(quote, at)
        if not kind and _INDENTED.match(line) and (at == 0 or not inner[at - 1].strip()):
            kind = "CodeBlock"
        if kind and line.strip():
            words = f"Unsupported block type ({kind}) within block quote"
            raise Unsupported(first + at + 1, words)
    text = "\n".join(line.strip() for line in inner).strip("\n")
    reader.blocks.append(Block(BlockKind.QUOTE, _checked(reader, text, first + 1)))


def _items(reader: _Reader) -> None:
    """A list, flat: each item knows how deep it stands."""
    content: list[int] = []
    blank = False
    while reader.more:
        line = reader.line
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        match = None if _RULE.match(line) else _ITEM.match(line)
        if not line.strip():
            blank = True
            reader.at += 1
            continue
        if match:
            if content and indent >= content[-1] + 4:
                raise Unsupported(reader.at + 1, "Unsupported block type (CodeBlock) within list")
            while content and indent < content[-1]:
                content.pop()
            if not content and indent > 3:
                return
            reader.blocks.append(_item(reader, match, depth=len(content)))
            content.append(indent + len(match[2]) + 1)
        elif indent < content[0] and (blank or _starts(reader, reader.at)):
            return
        else:
            _goes_on(reader)
        blank = False


def _item(reader: _Reader, match: "re.Match[str]", *, depth: int) -> Block:
    line = reader.at + 1
    text = (match[3] or "").strip()
    kind = BlockKind.NUMBER if match[2][0].isdigit() else BlockKind.BULLET
    task = _TASK.match(text)
    if task:
        kind, text = BlockKind.TASK, text[task.end() :]
    _within_list(_Reader([text], reader.embed, {}, []), line)
    reader.at += 1
    done = bool(task and task[1] != " ")
    return Block(kind, _checked(reader, text, line), depth=depth, done=done)


def _goes_on(reader: _Reader) -> None:
    """A further line of the last item, which may stand under it without being indented."""
    line = reader.at + 1
    here = [text.strip() for text in reader.lines[reader.at : reader.at + 2]]
    _within_list(_Reader(here, reader.embed, {}, []), line)
    last = reader.blocks[-1]
    text = _checked(reader, here[0], line)
    joined = f"{last.text}\n{text}" if last.text else text
    reader.blocks[-1] = Block(last.kind, joined, depth=last.depth, done=last.done)
    reader.at += 1


def _within_list(lines: _Reader, line: int) -> None:
    kind = _starts(lines, 0)
    if kind and kind != "List":
        raise Unsupported(line, f"Unsupported block type ({kind}) within list")


def _is_table(reader: _Reader, at: int) -> bool:
    lines = reader.lines
    if "|" not in lines[at] or at + 1 >= len(lines) or _ITEM.match(lines[at]):
        return False
    below = lines[at + 1]
    if "|" not in below or _ITEM.match(below) or not _DELIMITERS.match(below):
        return False
    return len(_cells(lines[at])) == len(_cells(lines[at + 1]))


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)]


def _table(reader: _Reader) -> None:
    first = reader.at
    width = len(_cells(reader.line))
    rows: list[tuple[str, ...]] = []
    while reader.more and reader.line.strip():
        if reader.at > first and not _is_table(reader, reader.at) and _ends_table(reader):
            break
        if reader.at != first + 1:
            cells = (_cells(reader.line) + [""] * width)[:width]
            rows.append(tuple(_checked(reader, c, reader.at + 1, in_table=True) for c in cells))
        reader.at += 1
    if width * len(rows) > MOST_CELLS:
        words = f"Table has {width * len(rows)} cells, which is over the limit of {MOST_CELLS}"
        raise Unsupported(first + 1, words)
    reader.blocks.append(Block(BlockKind.TABLE, rows=tuple(rows)))


def _ends_table(reader: _Reader) -> bool:
    return _starts(reader, reader.at) not in ("", "Table")


def _paragraph(reader: _Reader) -> None:
    first = reader.at
    lines: list[str] = []
    while reader.more and reader.line.strip():
        underline = _UNDERLINE.match(reader.line) if lines else None
        if underline:
            text = _checked(reader, "\n".join(lines).strip(), first + 1)
            reader.at += 1
            kind = BlockKind.H1 if underline[1][0] == "=" else BlockKind.H2
            reader.blocks.append(Block(kind, " ".join(text.split("\n"))))
            return
        if lines and _starts(reader, reader.at):
            break
        lines.append(reader.line.lstrip())
        reader.at += 1
    text = "\n".join(lines).rstrip()
    reader.blocks.append(Block(BlockKind.TEXT, _checked(reader, text, first + 1)))


def _checked(reader: _Reader, text: str, line: int, *, in_table: bool = False) -> str:
    """The text with its link references resolved, if a canvas can hold all of it."""
    if reader.links:
        text = _FULL_REFERENCE.sub(lambda match: _resolved(reader, match), text)
    for piece in pieces(text):
        here = line + text.count("\n", 0, piece.at)
        if piece.raw or (piece.line_break and text.startswith("<br", piece.at) and not in_table):
            raise Unsupported(here, f"Unsupported input ({piece.text or '<br>'})")
        problem = reader.embed(piece.embed) if piece.embed else None
        if problem:
            raise Unsupported(here, problem)
    return text


def _resolved(reader: _Reader, match: "re.Match[str]") -> str:
    url = reader.links.get((match[2] or match[1]).strip().casefold())
    return match[0] if url is None else f"[{match[1]}]({url})"
