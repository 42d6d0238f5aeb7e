"""What the app and people do to canvases: make, change, share and delete them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..errors import Refused
from ..model import Change, Channel, File, Kind
from ..wire import new_id
from . import document as doc
from .access import Access, Canvas, access_of, canvas_of
from .blocks import Block, BlockKind
from .document import Document
from .embeds import problem_with
from .inline import pieces
from .parse import Unsupported, parse

if TYPE_CHECKING:
    from ..store import Workspace

MOST_MARKDOWN_BYTES = 1 << 20
OPERATIONS = {
    "insert_after": (True, True),
    "insert_before": (True, True),
    "insert_at_start": (False, True),
    "insert_at_end": (False, True),
    "replace": (None, True),
    "delete": (True, False),
    "rename": (False, False),
}
"""Whether each takes a section (None: it may) and content."""


def read_content(
    workspace: Workspace, user: str, markdown: str, *, code: str, where: str = "content"
) -> list[Block]:
    """Blocks of what `user` wrote.

    Raises: Refused with this code and a `detail`, or `canvas_too_large`.
    """
    if len(markdown.encode()) > MOST_MARKDOWN_BYTES:
        raise Refused("canvas_too_large")
    try:
        return parse(markdown, lambda address: problem_with(workspace, user, address))
    except Unsupported as problem:
        raise Refused(code, details={"detail": f"'{where}' error: {problem}"}) from None


def create(
    workspace: Workspace,
    user: str,
    *,
    title: str = "",
    markdown: str = "",
    channel: Channel | None = None,
    own: bool = False,
) -> File:
    """A new canvas: alone, as a tab of a channel, or as the channel's `own`.

    Raises: Refused `free_teams_cannot_create_standalone_canvases`, `channel_canvas_already_exists`,
    `free_team_canvas_tab_already_exists`, `canvas_creation_failed`, `canvas_too_large`.
    """
    if channel is None and workspace.free_plan:
        raise Refused("free_teams_cannot_create_standalone_canvases")
    if channel is not None and own and channel.canvas:
        raise Refused("channel_canvas_already_exists")
    if channel is not None and workspace.free_plan and (channel.canvas or channel.canvas_tabs):
        raise Refused("free_team_canvas_tab_already_exists")
    blocks = read_content(workspace, user, markdown, code="canvas_creation_failed")
    canvas = Canvas(Document(" ".join(title.split())))
    doc.insert(canvas.document, blocks, at=0)
    now = int(workspace.clock.now())
    file = File(new_id("F"), title, title, user, now, 0, canvas=canvas, updated=now)
    file.mimetype, file.filetype = "application/vnd.slack-docs", "quip"
    file.uploaded = file.completed = file.processed = True
    workspace.files[file.id] = file
    if channel is not None:
        _put_into(workspace, file, channel, own=own)
    told(workspace, file)
    return file


def _put_into(workspace: Workspace, file: File, channel: Channel, *, own: bool) -> None:
    canvas = canvas_of(file)
    if own:
        channel.canvas = file.id
        canvas.own_of = channel.id
    else:
        channel.canvas_tabs.append(file.id)
        canvas.channels[channel.id] = Access.WRITE
    file.shares[channel.id] = [
        {
            "ts": workspace.new_ts(),
            "channel_name": channel.name,
            "team_id": workspace.id,
            "access": Access.WRITE.value,
            "share_user_id": file.user,
            "source": "CHANNEL_TAB",
            "is_silent_share": True,
        }
    ]
    workspace.tell(Change("channel", workspace.id, channel=channel))


def change(
    workspace: Workspace,
    user: str,
    file: File,
    *,
    operation: str,
    section_id: str = "",
    markdown: str = "",
) -> None:
    """One change, as `canvases.edit` names it; for `rename` the Markdown is the title.

    Raises: Refused `canvas_editing_failed` with a `detail`, `canvas_too_large`,
    `free_teams_cannot_edit_standalone_canvases`, `restricted_action`.
    """
    canvas = canvas_of(file)
    if access_of(workspace, user, file) not in (Access.WRITE, Access.OWNER):
        raise Refused("restricted_action")
    if workspace.free_plan and not (canvas.own_of or canvas.channels):
        raise Refused("free_teams_cannot_edit_standalone_canvases")
    where = "title_content" if operation == "rename" else "content"
    blocks = read_content(workspace, user, markdown, code="canvas_editing_failed", where=where)
    document = canvas.document
    if operation == "rename":
        document.title = _title(blocks)
    elif not blocks and operation != "delete" and (section_id or operation != "replace"):
        raise _failed("'content' error: line 1: there is no content")
    else:
        kept = list(document.sections)
        _apply(document, operation, blocks, section_id=section_id)
        if len(document.markdown.encode()) > MOST_MARKDOWN_BYTES:
            document.sections = kept
            raise Refused("canvas_too_large")
    told(workspace, file)


def _apply(document: Document, operation: str, blocks: list[Block], *, section_id: str) -> None:
    deeds: dict[str, Callable[[], None]] = {
        "insert_at_start": lambda: doc.insert(document, blocks, at=0),
        "insert_at_end": lambda: doc.insert(document, blocks, at=len(document.sections)),
        "insert_after": lambda: doc.insert_beside(
            document, blocks, section_id=section_id, after=True
        ),
        "insert_before": lambda: doc.insert_beside(
            document, blocks, section_id=section_id, after=False
        ),
        "delete": lambda: doc.delete_section(document, section_id=section_id),
        "replace": lambda: (
            doc.replace_section(document, blocks, section_id=section_id)
            if section_id
            else doc.replace_all(document, blocks)
        ),
    }
    try:
        deeds[operation]()
    except (doc.SectionMissing, doc.Misplaced) as problem:
        raise _failed(str(problem)) from None


def _title(blocks: list[Block]) -> str:
    plain = len(blocks) == 1 and blocks[0].kind is BlockKind.TEXT
    if not plain or any(piece.embed for piece in pieces(blocks[0].text)):
        raise _failed("'title_content' error: line 1: a title is one line of text")
    return " ".join(blocks[0].text.split())


def _failed(detail: str) -> Refused:
    return Refused("canvas_editing_failed", details={"detail": detail})


def move(workspace: Workspace, user: str, file: File, *, section_id: str, after: str) -> None:
    """A person drags a section elsewhere; apps cannot.

    Raises: Refused `restricted_action`, `canvas_editing_failed`.
    """
    if access_of(workspace, user, file) not in (Access.WRITE, Access.OWNER):
        raise Refused("restricted_action")
    try:
        doc.move_section(canvas_of(file).document, section_id=section_id, after=after)
    except (doc.SectionMissing, doc.Misplaced) as problem:
        raise _failed(str(problem)) from None
    told(workspace, file)


def delete(workspace: Workspace, user: str, file: File) -> None:
    """For good; its channel may have another one then.

    Raises: Refused `restricted_action` for anybody but its owner.
    """
    if access_of(workspace, user, file) is not Access.OWNER:
        raise Refused("restricted_action")
    file.deleted = True
    for channel in workspace.channels.values():
        if file.id == channel.canvas or file.id in channel.canvas_tabs:
            channel.canvas = "" if file.id == channel.canvas else channel.canvas
            channel.canvas_tabs = [tab for tab in channel.canvas_tabs if tab != file.id]
            workspace.tell(Change("channel", workspace.id, channel=channel))
    told(workspace, file)


def linked(workspace: Workspace, user: str, channel: Channel, said: Any) -> tuple[str, ...]:
    """The canvases to which a message that is about to be posted links; they are shared by it.

    Who may read one shows it; who may change it lets the others read it.
    """
    pattern = re.compile(rf"{re.escape(workspace.base_url)}/docs/{workspace.id}/(F[A-Z0-9]+)")
    ids = dict.fromkeys(pattern.findall(str(said)))
    shown = []
    for file_id in ids:
        file = workspace.files.get(file_id)
        access = access_of(workspace, user, file) if file is not None else None
        if file is None or file.deleted or access is None:
            continue
        shown.append(file_id)
        canvas = canvas_of(file)
        if access is Access.READ or canvas.own_of:
            continue
        if channel.kind in (Kind.IM, Kind.MPIM):
            for member in channel.members:
                canvas.sent_to.add(member)
                canvas.people.setdefault(member, Access.READ)
        else:
            canvas.channels.setdefault(channel.id, Access.READ)
        told(workspace, file)
    return tuple(shown)


def told(workspace: Workspace, file: File) -> None:
    """Let the app and everybody's client know that a canvas is other than it was."""
    file.updated = int(workspace.clock.now())
    workspace.tell(Change("canvas_changed", workspace.id, file=file))
    workspace.tell(Change("file_changed", workspace.id, file=file))
