"""reactions.*: the app's emoji on messages."""

import re

from ..emoji import is_standard
from ..errors import Refused
from ..model import Change, Channel, Message
from ..shown import file_shown
from ..store import Workspace
from ..wire import Json
from .call import Call

MOST_EMOJI = 23


def add(call: Call) -> Json:
    channel, message = _target(call)
    if channel.is_archived:
        raise Refused("is_archived")
    react(call.workspace, channel, message, user=call.bot, name=call.args["name"])
    return {}


def get(call: Call) -> Json:
    """The message, or the file, with its reactions."""
    if call.args.get("file"):
        file = call.workspace.files.get(call.args["file"])
        if file is None or file.deleted or not call.workspace.may_see(call.bot, file):
            raise Refused("file_not_found")
        return {"type": "file", "file": file_shown(call.workspace, file)}
    channel, message = _target(call)
    link = f"{call.workspace.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    shown = call.workspace.shown(message) | {"permalink": link}
    return {"type": "message", "channel": channel.id, "message": shown}


def emoji_list(call: Call) -> Json:
    """Only what people added: the standard ones are not listed."""
    return {
        "emoji": dict(call.workspace.emoji),
        "cache_ts": f"{call.world.clock.now():.6f}",
    }


def remove(call: Call) -> Json:
    channel, message = _target(call)
    name = call.args["name"]
    _known(call.workspace, name)
    users = message.reactions.get(name, [])
    if call.bot not in users:
        raise Refused("no_reaction")
    unreact(call.workspace, channel, message, user=call.bot, name=name)
    return {}


def react(
    workspace: Workspace, channel: Channel, message: Message, *, user: str, name: str
) -> None:
    """Raises: Refused `invalid_name`, `already_reacted`, `too_many_emoji`."""
    _known(workspace, name)
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


def _known(workspace: Workspace, name: str) -> None:
    """Raises: Refused `invalid_name`."""
    if not is_standard(name) and name not in workspace.emoji:
        raise Refused("invalid_name")


def _tell(
    workspace: Workspace, kind: str, channel: Channel, message: Message, *, user: str, name: str
) -> None:
    data: Json = {"name": name}
    workspace.tell(
        Change(kind, workspace.id, message=message, channel=channel, user=user, data=data)
    )


def _target(call: Call) -> tuple[Channel, Message]:
    if not call.args.get("channel") or not call.args.get("timestamp"):
        raise Refused("no_item_specified")
    channel = call.channel(call.args["channel"])
    if not re.fullmatch(r"\d+\.\d+", call.args["timestamp"]):
        raise Refused("bad_timestamp")
    return channel, call.message(channel, call.args["timestamp"])
