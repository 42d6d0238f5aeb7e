"""reactions.*: the app's emoji on messages."""

import re

from ..errors import Refused
from ..model import Change, Channel, Message
from ..store import Workspace
from ..wire import Json
from .call import Call

MOST_EMOJI = 23
_NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")


def add(call: Call) -> Json:
    channel, message = _target(call)
    react(call.workspace, channel, message, user=call.bot, name=call.args["name"])
    return {}


def remove(call: Call) -> Json:
    channel, message = _target(call)
    name = call.args["name"]
    users = message.reactions.get(name, [])
    if call.bot not in users:
        raise Refused("no_reaction")
    unreact(call.workspace, channel, message, user=call.bot, name=name)
    return {}


def react(
    workspace: Workspace, channel: Channel, message: Message, *, user: str, name: str
) -> None:
    """Raises: Refused `invalid_name`, `already_reacted`, `too_many_emoji`."""
    if not _NAME.fullmatch(name):
        raise Refused("invalid_name")
    users = message.reactions.get(name, [])
    if user in users:
        raise Refused("already_reacted")
    if name not in message.reactions and len(message.reactions) >= MOST_EMOJI:
        raise Refused("too_many_emoji")
    message.reactions[name] = [*users, user]
    _tell(workspace, "reaction_added", channel, message, user=user, name=name)


def unreact(
    workspace: Workspace, channel: Channel, message: Message, *, user: str, name: str
) -> None:
    left = [u for u in message.reactions.get(name, []) if u != user]
    if left:
        message.reactions[name] = left
    else:
        message.reactions.pop(name, None)
    _tell(workspace, "reaction_removed", channel, message, user=user, name=name)


def _tell(
    workspace: Workspace, kind: str, channel: Channel, message: Message, *, user: str, name: str
) -> None:
    data: Json = {"name": name}
    workspace.tell(
        Change(kind, workspace.id, message=message, channel=channel, user=user, data=data)
    )


def _target(call: Call) -> tuple[Channel, Message]:
    channel = call.channel(call.args["channel"])
    if channel.is_archived:
        raise Refused("is_archived")
    if not re.fullmatch(r"\d+\.\d+", call.args["timestamp"]):
        raise Refused("bad_timestamp")
    return channel, call.message(channel, call.args["timestamp"])
