"""What a person enters into an element, checked as Slack's client does, becomes its state."""

import re
from datetime import date
from typing import Any

from .blockkit.state import chosen
from .errors import Refused
from .model import File, User
from .payload import Container, message_values
from .shown import file_shown
from .store import Workspace
from .wire import Json

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")


def put_value(
    workspace: Workspace, user: User, where: Container, block: Json, element: Json, value: Any
) -> Json:
    """Keep what a person entered, in the view's or the message's state.

    Raises: Refused `invalid_value` for what the client would not let them enter.
    """
    key = (where.key, user.id, block["block_id"], element["action_id"])
    if element["type"] == "file_input":
        value = _files(workspace, user, element, value or [])
    state = chosen(element, value, offered=workspace.offered.get(key))
    _check(workspace, user, state)
    if where.view is not None:
        values = where.view.values
        mine = values.get(block["block_id"], {}) | {element["action_id"]: state}
        where.view.values = values | {block["block_id"]: mine}
    elif where.message is not None:
        values = message_values(where.message, user)
        mine = values.get(block["block_id"], {}) | {element["action_id"]: state}
        where.message.state[user.id] = values | {block["block_id"]: mine}
    return state


def _check(workspace: Workspace, user: User, state: Json) -> None:
    """People and places must be there for this person to pick; dates must be dates."""
    for name, value in state.items():
        for picked in value if isinstance(value, list) else [value]:
            if picked is None or name == "type":
                continue
            if name in ("selected_user", "selected_users"):
                known = picked in workspace.users
            elif name in ("selected_channel", "selected_channels"):
                known = _is_visible(workspace, user, picked) and not picked.startswith("D")
            elif name in ("selected_conversation", "selected_conversations"):
                known = _is_visible(workspace, user, picked)
            elif name in ("selected_date", "selected_time"):
                known = _is_day(picked) if name == "selected_date" else bool(_TIME.match(picked))
            else:
                known = True
            if not known:
                raise Refused("invalid_value", f"{picked!r} cannot be picked", status=400)


def _is_visible(workspace: Workspace, user: User, channel_id: str) -> bool:
    channel = workspace.channels.get(channel_id)
    return channel is not None and channel.is_open_to(user)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _files(workspace: Workspace, user: User, element: Json, file_ids: Any) -> list[Json]:
    """The objects of files this person uploaded, as many and of such types as the input takes."""
    if not isinstance(file_ids, list):
        raise Refused("invalid_value", "a list is expected", status=400)
    if len(file_ids) > element.get("max_files", 10):
        raise Refused("invalid_value", f"no more than {element.get('max_files', 10)}", status=400)
    return [file_shown(workspace, _file(workspace, user, element, one)) for one in file_ids]


def _file(workspace: Workspace, user: User, element: Json, file_id: Any) -> File:
    file = workspace.files.get(str(file_id))
    if file is None or file.user != user.id:
        raise Refused("invalid_value", f"{user.name} has no file {file_id}", status=400)
    kinds = element.get("filetypes")
    if kinds and file.filetype not in kinds:
        raise Refused("invalid_value", f"{file.filetype} is not one of {kinds}", status=400)
    file.completed = file.handed_to_app = True
    return file
