"""What people do with canvases in the client; refusals are a code and a sentence."""

import contextlib
from collections.abc import Iterator

from .. import acts
from ..errors import Refused
from ..model import Channel, File, User
from ..store import Workspace
from ..wire import Json
from ..world import World
from . import deeds
from .access import Access, access_of, canvas_of
from .document import Misplaced, SectionMissing, place_of
from .shown import canvas_shown

_SENTENCES = {
    "canvas_too_large": "a canvas holds no more than 1 MiB",
    "channel_canvas_already_exists": "the channel has a canvas already",
    "free_team_canvas_tab_already_exists": "on a free plan a channel has one canvas",
    "free_teams_cannot_create_standalone_canvases": "on a free plan canvases belong to a channel",
    "free_teams_cannot_edit_standalone_canvases": "on a free plan only channels' canvases change",
    "restricted_action": "this person may not do that with this canvas",
}


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except Refused as refusal:
        detail = str(refusal.details.get("detail", "")).rpartition("' error: ")[2]
        words = f"{detail[:1].upper()}{detail[1:]}" or _SENTENCES.get(refusal.code)
        status = 403 if refusal.code == "restricted_action" else 400
        if words is None:
            raise
        raise Refused(refusal.code, words, status=status) from None


def seen(workspace: Workspace, user: User, canvas_id: str) -> File:
    """A canvas that this person may read.

    Raises: Refused `canvas_not_found`.
    """
    file = workspace.files.get(canvas_id)
    if file is None or file.deleted or access_of(workspace, user.id, file) is None:
        raise Refused("canvas_not_found", f"no canvas {canvas_id} for {user.name}", status=404)
    return file


def write(
    world: World, user: User, *, title: str, markdown: str, channel: Channel | None = None
) -> File:
    """A new canvas: the channel's own where it has none, else a tab of it, or none of a channel's.

    Raises: Refused.
    """
    if channel is not None and user.id not in channel.members:
        raise Refused("not_in_channel", f"{user.name} is not in #{channel.name}", status=403)
    with _in_words():
        return deeds.create(
            world.workspace,
            user.id,
            title=title,
            markdown=markdown,
            channel=channel,
            own=channel is not None and not channel.canvas and not channel.canvas_tabs,
        )


def edit(
    world: World,
    user: User,
    canvas_id: str,
    *,
    operation: str,
    section_id: str = "",
    markdown: str = "",
    after: str = "",
) -> File:
    """One change, by the names of `canvases.edit`, or `move` a section after another.

    Raises: Refused `section_changed` when the section is no more as this person saw it, and others.
    """
    workspace = world.workspace
    file = seen(workspace, user, canvas_id)
    if operation not in (*deeds.OPERATIONS, "move"):
        raise Refused("invalid_operation", f"there is no operation {operation!r}", status=400)
    _still_there(file, section_id, after)
    with _in_words():
        if operation == "move":
            deeds.move(workspace, user.id, file, section_id=section_id, after=after)
        else:
            deeds.change(
                workspace,
                user.id,
                file,
                operation=operation,
                section_id=section_id,
                markdown=markdown,
            )
    return file


def _still_there(file: File, *section_ids: str) -> None:
    for section_id in filter(None, section_ids):
        try:
            place_of(canvas_of(file).document, section_id)
        except Misplaced:
            continue
        except SectionMissing:
            words = "somebody changed or removed this part in the meantime"
            raise Refused("section_changed", words, status=409) from None


def share(world: World, user: User, canvas_id: str, *, to: str, access: str = "read") -> None:
    """Post the link in a channel (or to the app, `dm`) with this access, or give it to a person.

    Raises: Refused.
    """
    workspace = world.workspace
    file = seen(workspace, user, canvas_id)
    if access not in (Access.READ, Access.WRITE):
        raise Refused("invalid_access", "access is read or write", status=400)
    mine = access_of(workspace, user.id, file)
    if mine is Access.READ and access == Access.WRITE:
        raise Refused("restricted_action", "who only reads it cannot let others write", status=403)
    canvas = canvas_of(file)
    person = workspace.person_named(to)
    if person is not None and not person.is_bot:
        canvas.people[person.id] = Access(access)
        canvas.sent_to.add(person.id)
        deeds.told(workspace, file)
        return
    channel = acts.place(workspace, user, person.id if person else to)
    acts.say(world, user, channel, canvas_shown(workspace, file, user.id)["permalink"])
    if mine is not Access.READ and not canvas.own_of:
        bot = workspace.install.bot_user
        if channel.id in canvas.channels:
            canvas.channels[channel.id] = Access(access)
        elif bot in channel.members:
            canvas.people[bot] = Access(access)
        deeds.told(workspace, file)


def delete(world: World, user: User, canvas_id: str) -> None:
    """Raises: Refused `canvas_not_found`, `restricted_action`."""
    file = seen(world.workspace, user, canvas_id)
    with _in_words():
        deeds.delete(world.workspace, user.id, file)


def readable(workspace: Workspace, user: User, channel: Channel | None = None) -> list[Json]:
    """The canvases this person may read, of one channel or all, without what is in them."""
    shown = []
    for file in workspace.files.values():
        if file.canvas is None or file.deleted or access_of(workspace, user.id, file) is None:
            continue
        if channel is None or channel.id in file.shares or channel.id in file.canvas.channels:
            shown.append(canvas_shown(workspace, file, user.id) | {"sections": []})
    return shown
