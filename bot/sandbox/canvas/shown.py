"""A canvas as it is seen: Slack's HTML, its file object, the page's sections."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from ..wire import Json
from .access import Access, access_of, canvas_of
from .blocks import ITEMS, BlockKind, written
from .document import Document, Section
from .embeds import embed_of
from .inline import Piece, pieces

if TYPE_CHECKING:
    from ..model import File
    from ..store import Workspace

_LIST_STYLES = {BlockKind.BULLET: "5", BlockKind.NUMBER: "6", BlockKind.TASK: "7"}
_STYLES = (("bold", "b"), ("italic", "i"), ("strike", "del"), ("code", "code"))


def html_of(workspace: Workspace, document: Document) -> str:
    """What a download of a canvas gives."""
    title = _Html(workspace).words(document.title)
    parts = [f'<h1 id="{document.title_id}">{title}</h1>'] if document.title else []
    for is_list, group in groupby(document.sections, key=lambda s: s.block.kind in ITEMS):
        sections = list(group)
        one = _Html(workspace)
        parts += [one.items(sections)] if is_list else [one.section(s) for s in sections]
    return f'<div class="quip-canvas-content">{"".join(parts)}</div>'


class _Html:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def section(self, section: Section) -> str:
        block, marks = section.block, f'id="{section.id}"'
        match block.kind:
            case BlockKind.DIVIDER:
                return "<hr>"
            case BlockKind.CODE:
                return f"<pre {marks}>{escape(block.text, quote=False)}</pre>"
            case BlockKind.QUOTE:
                return f"<blockquote {marks}>{self.words(block.text)}</blockquote>"
            case BlockKind.TABLE:
                return f"<table>{''.join(map(self._row, block.rows, section.cells))}</table>"
            case BlockKind.TEXT:
                return (
                    self._card(section) or f'<p {marks} class="line">{self.words(block.text)}</p>'
                )
            case heading:
                return f"<{heading} {marks}>{self.words(block.text)}</{heading}>"

    def items(self, sections: list[Section]) -> str:
        """A run of list items; every change of kind or depth is a list of its own."""
        text, open_at = "", -1
        for section in sections:
            block = section.block
            while open_at > block.depth:
                text, open_at = f"{text}</ul></div>", open_at - 1
            while open_at < block.depth:
                style = _LIST_STYLES[block.kind]
                text, open_at = f'{text}<div data-section-style="{style}"><ul>', open_at + 1
            checked = "checked" if block.done else ""
            words = f'<span id="{section.id}">{self.words(block.text)}</span><br/>'
            text += f'<li id="{section.id}" class="{checked}" value="1">{words}</li>'
        return text + "</ul></div>" * (open_at + 1)

    def _row(self, row: tuple[str, ...], ids: tuple[str, ...]) -> str:
        cells = (
            f'<td><p id="{cell_id}" class="line">{self.words(cell)}</p></td>'
            for cell, cell_id in zip(row, ids, strict=True)
        )
        return f"<tr>{''.join(cells)}</tr>"

    def _card(self, section: Section) -> str:
        """A reference that stands alone."""
        found = pieces(section.block.text)
        embed = embed_of(self._workspace, found[0].embed) if len(found) == 1 else None
        if embed is None or embed.kind not in ("file", "canvas"):
            return ""
        words = f"File ID: {embed.id}, File URL: {embed.url}"
        return f'<p id="{section.id}" class="embedded-file">{escape(words, quote=False)}</p>'

    def words(self, text: str) -> str:
        return "".join(map(self._piece, pieces(text)))

    def _piece(self, piece: Piece) -> str:
        if piece.line_break:
            return "<br/>"
        if piece.embed:
            return self._embed(piece)
        text = escape(piece.text, quote=False)
        for name, tag in _STYLES:
            if getattr(piece, name):
                text = f"<{tag}>{text}</{tag}>"
        return f'<lnk href="{escape(piece.href)}">{text}</lnk>' if piece.href else text

    def _embed(self, piece: Piece) -> str:
        embed = embed_of(self._workspace, piece.embed)
        if embed is not None and embed.kind in ("user", "channel"):
            mark = "@" if embed.kind == "user" else "#"
            return f'<control data-remapped="true"><a>{mark}{embed.id}</a></control>'
        if embed is not None and embed.kind in ("message", "canvas"):
            return f'<control data-remapped="true"><a href="{escape(embed.url)}"></a></control>'
        return f'<img src="{escape(piece.embed)}" alt="{escape(piece.text)}">'


def file_fields(workspace: Workspace, file: File) -> Json:
    """Where a canvas's file object is other than an uploaded file's."""
    canvas = canvas_of(file)
    document = canvas.document
    private = f"{workspace.base_url}/files-pri/{workspace.id}-{file.id}"
    title = document.title or "Untitled"
    granted = [
        {"user_id": user, "access": access.value}
        for user, access in canvas.people.items()
        if user != file.user
    ]
    return {
        "name": title.replace(" ", "_"),
        "title": title,
        "pretty_type": "Canvas",
        "mode": "quip",
        "editable": True,
        "size": len(document.markdown.encode()),
        "url_private": f"{private}/canvas",
        "url_private_download": f"{private}/download/canvas",
        "permalink": f"{workspace.base_url}/docs/{workspace.id}/{file.id}",
        "has_more_shares": False,
        "canvas_creator_id": file.user,
        "dm_mpdm_users_with_file_access": granted,
        "org_or_workspace_access": "none",
    }


def shares_of(file: File, channel_id: str) -> list[Json]:
    """A file's posts in a channel; those of a canvas say what its members may do with it."""
    canvas, posts = file.canvas, file.shares[channel_id]
    if canvas is None:
        return posts
    access = Access.WRITE if canvas.own_of == channel_id else canvas.channels.get(channel_id)
    return [{**post, "access": access.value if access else "none"} for post in posts]


def channel_properties(workspace: Workspace, own: str, tabs: list[str]) -> Json:
    """`properties` of a channel with its own canvas and canvases as tabs; empty without either."""
    properties: Json = {}
    if own:
        document = canvas_of(workspace.files[own]).document
        properties["canvas"] = {
            "file_id": own,
            "is_empty": not document.sections,
            "quip_thread_id": document.tag * 3,
        }
    every = [own, *tabs] if own else tabs
    if every:
        properties["tabs"] = [
            {"id": f"Ct{i[1:]}", "type": "canvas", "label": "", "data": {"file_id": i}}
            for i in every
        ]
    return properties


def canvas_shown(workspace: Workspace, file: File, user: str) -> Json:
    """A canvas as the page shows it to a person: sections with their words already read."""
    canvas = canvas_of(file)
    document = canvas.document
    access = access_of(workspace, user, file)
    places = [canvas.own_of] if canvas.own_of else list(canvas.channels)
    return {
        "id": file.id,
        "title": document.title,
        "permalink": f"{workspace.base_url}/docs/{workspace.id}/{file.id}",
        "owner": file.user,
        "access": access.value if access else None,
        "own_of": canvas.own_of,
        "channels": places,
        "updated": file.updated,
        "sections": [_section_shown(workspace, section) for section in document.sections],
    }


def _section_shown(workspace: Workspace, section: Section) -> Json:
    block = section.block
    shown: Json = {
        "id": section.id,
        "kind": block.kind.value,
        "markdown": written([replace(block, depth=0)]),
        "depth": block.depth,
        "done": block.done,
    }
    if block.kind is BlockKind.CODE:
        shown["text"] = block.text
    elif block.kind is BlockKind.TABLE:
        shown["rows"] = [[_words_shown(workspace, cell) for cell in row] for row in block.rows]
    else:
        shown["words"] = _words_shown(workspace, block.text)
    return shown


def _words_shown(workspace: Workspace, text: str) -> list[Json]:
    return [_piece_shown(workspace, piece) for piece in pieces(text)]


def _piece_shown(workspace: Workspace, piece: Piece) -> Json:
    if piece.line_break:
        return {"text": "\n"}
    shown: Json = {"text": piece.text}
    shown |= {name: True for name, _ in _STYLES if getattr(piece, name)}
    if piece.href:
        shown["href"] = piece.href
    if piece.embed:
        embed = embed_of(workspace, piece.embed)
        kind, found = ("web", "") if embed is None else (embed.kind, embed.id)
        shown["embed"] = {"kind": kind, "id": found, "url": piece.embed}
    return shown
