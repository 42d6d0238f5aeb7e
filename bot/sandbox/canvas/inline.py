"""The words of a canvas's block: Markdown in, styled pieces, links and references out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

# What stands between two marks is short; the bound of 2000 keeps long unclosed runs cheap.
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>(?<!`)`+(?!`))(?P<code>.{1,2000}?)(?<!`)(?P=ticks)(?!`)"
    r"|(?P<bang>!?)\[(?P<label>(?:[^\[\]\\]|\\.){0,2000})\]"
    r"\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"\n]*\")?\)"
    r"|(?P<break><br\s*/?>)"
    r"|(?P<raw></?[A-Za-z][^<>]{0,2000}>|<!--|<[@#!][A-Za-z0-9^_]+(?:\|[^<>\n]*)?>)"
    r"|(?P<strong>\*\*|(?<!\w)__)(?=\S)(?P<bold>.{1,2000}?)(?<=\S)(?P=strong)"
    r"|(?P<tilde>~~?)(?=[^\s~])(?P<strike>.{1,2000}?)(?<=[^\s~])(?P=tilde)(?!~)"
    r"|(?P<mark>\*|(?<!\w)_)(?=[^\s*_])(?P<italic>.{1,2000}?)(?<=[^\s*_])(?P=mark)(?![*\w])"
    r"|(?P<bare>(?<![\w/])https?://[^\s<>|\"'`*\\\])]+[^\s<>|\"'`*_~\\\]).,;:!?])"
    r"|(?P<hard>(?:(?<! ) {2,}|\\)\n)",
    re.DOTALL,
)
_DEEPEST = 16


@dataclass(frozen=True)
class Piece:
    """A run of text in one style; `embed` is what an `![alt](embed)` names, its text the alt."""

    text: str
    at: int
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    href: str = ""
    embed: str = ""
    raw: bool = False
    line_break: bool = False


def pieces(text: str) -> list[Piece]:
    """What a block's text consists of, in order; `at` is where each begins in `text`."""
    return list(_read(text, Piece("", 0), depth=0))


def plain(text: str) -> str:
    """The words a reader sees."""
    return "".join("\n" if piece.line_break else piece.text for piece in pieces(text))


def _read(text: str, style: Piece, *, depth: int) -> Iterator[Piece]:
    at = 0
    for match in _INLINE.finditer(text) if depth < _DEEPEST else ():
        yield from _words(text[at : match.start()], replace(style, at=style.at + at))
        at = match.end()
        here = replace(style, at=style.at + match.start())
        if match["escaped"] is not None:
            yield replace(here, text=match["escaped"])
        elif match["ticks"]:
            yield replace(here, text=_unpadded(match["code"]), code=True)
        elif match["url"] is not None:
            yield from _reference(match, here, depth=depth)
        elif match["break"] or match["hard"]:
            yield replace(here, line_break=True)
        elif match["raw"]:
            yield replace(here, text=match["raw"], raw=True)
        elif match["bare"]:
            yield replace(here, text=match["bare"], href=here.href or match["bare"])
        elif match["strong"]:
            yield from _inner(match, "bold", replace(here, bold=True), depth=depth)
        elif match["tilde"]:
            yield from _inner(match, "strike", replace(here, strike=True), depth=depth)
        else:
            yield from _inner(match, "italic", replace(here, italic=True), depth=depth)
    yield from _words(text[at:], replace(style, at=style.at + at))


def _inner(match: "re.Match[str]", group: str, style: Piece, *, depth: int) -> Iterator[Piece]:
    offset = match.start(group) - match.start()
    yield from _read(match[group], replace(style, at=style.at + offset), depth=depth + 1)


def _reference(match: "re.Match[str]", here: Piece, *, depth: int) -> Iterator[Piece]:
    label, url = match["label"], match["url"]
    if match["bang"]:
        yield replace(here, text=plain(label), embed=url or "about:blank")
    elif url:
        offset = match.start("label") - match.start()
        style = replace(here, href=url, at=here.at + offset)
        yield from _read(label or url, style, depth=depth + 1)
    else:
        yield replace(here, text=match[0])


def _words(text: str, style: Piece) -> Iterator[Piece]:
    if text:
        yield replace(style, text=text)


def _unpadded(code: str) -> str:
    """One space on both sides only keeps ticks apart."""
    if len(code) > 2 and code[0] == code[-1] == " " and code.strip():
        return code[1:-1]
    return code
