"""Who may read, change and own a canvas."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from .document import Document

if TYPE_CHECKING:
    from ..model import File
    from ..store import Workspace


class Access(StrEnum):
    READ = "read"
    WRITE = "write"
    OWNER = "owner"


_ORDER = (None, Access.READ, Access.WRITE, Access.OWNER)


@dataclass
class Canvas:
    """What makes a file a canvas.

    `own_of` is the channel whose own canvas it is: then access is that channel's. Otherwise
    `channels` and `people` hold what was granted, `sent_to` who was sent it directly.
    """

    document: Document
    own_of: str = ""
    channels: dict[str, Access] = field(default_factory=dict)
    people: dict[str, Access] = field(default_factory=dict)
    sent_to: set[str] = field(default_factory=set)


def canvas_of(file: File) -> Canvas:
    """Raises: ValueError for a file that is none."""
    if file.canvas is None:
        raise ValueError(f"{file.id} is not a canvas")
    return file.canvas


def access_of(workspace: Workspace, user: str, file: File) -> Access | None:
    """The most that this person or the bot may do, None when the canvas is not for them."""
    canvas = file.canvas
    if canvas is None:
        return None
    if file.user == user:
        return Access.OWNER
    if canvas.own_of:
        return _through_channel(workspace, user, canvas.own_of, Access.WRITE)
    granted = [canvas.people.get(user)]
    for channel_id, access in canvas.channels.items():
        granted.append(_through_channel(workspace, user, channel_id, access))
    return max(granted, key=_ORDER.index)


def _through_channel(
    workspace: Workspace, user: str, channel_id: str, access: Access
) -> Access | None:
    """Members have what the channel has; who could join a public one may read, the app may not."""
    channel, person = workspace.channels[channel_id], workspace.users[user]
    if user in channel.members:
        return access
    if channel.is_private or person.is_restricted or person.is_bot:
        return None
    return Access.READ
