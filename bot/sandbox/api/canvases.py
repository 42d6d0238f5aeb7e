"""canvases.* and conversations.canvases.create: Slack's documents, as apps make and change them.

Source: https://docs.slack.dev/reference/methods?query=canvas (2026)
"""

from typing import Any

from ..canvas import deeds
from ..canvas.access import Access, access_of, canvas_of
from ..canvas.document import found
from ..canvas.shown import html_of
from ..errors import Refused
from ..model import Channel, File, Kind
from ..wire import Json
from .call import Call

MOST_GRANTS = 20
_SECTION_TYPES = frozenset({"h1", "h2", "h3", "any_header"})
_CHANGE_FIELDS = frozenset({"operation", "section_id", "document_content", "title_content"})


def create(call: Call) -> Json:
    """On its own, or as a tab of `channel_id` whose members may write."""
    args = call.args
    channel = _channel(call, args["channel_id"]) if args.get("channel_id") else None
    return _created(call, channel, own=False)


def create_in_channel(call: Call) -> Json:
    """The channel's own canvas, of which there is one."""
    return _created(call, _channel(call, call.args["channel_id"]), own=True)


def _created(call: Call, channel: Channel | None, *, own: bool) -> Json:
    markdown = ""
    if call.args.get("document_content") is not None:
        markdown = _markdown(call.args["document_content"], "document_content")
    file = deeds.create(
        call.workspace,
        call.bot,
        title=call.args.get("title") or "",
        markdown=markdown,
        channel=channel,
        own=own,
    )
    return {"canvas_id": file.id}


def edit(call: Call) -> Json:
    """Exactly one change a call."""
    file = _canvas(call)
    changes = call.args["changes"]
    if not isinstance(changes, list) or len(changes) != 1 or not isinstance(changes[0], dict):
        raise Refused("invalid_arguments", "changes must hold exactly one change")
    change = changes[0]
    if set(change) - _CHANGE_FIELDS:
        raise Refused("invalid_arguments", f"unsupported: {sorted(set(change) - _CHANGE_FIELDS)}")
    operation = str(change.get("operation"))
    if operation not in deeds.OPERATIONS:
        raise Refused("invalid_arguments", f"no such operation: {operation}")
    takes_section, takes_content = deeds.OPERATIONS[operation]
    section_id = change.get("section_id")
    if takes_section is not None and bool(section_id) is not takes_section:
        needs = "needs" if takes_section else "takes no"
        raise Refused("invalid_arguments", f"{operation} {needs} section_id")
    if section_id is not None and not isinstance(section_id, str):
        raise Refused("invalid_arguments", "section_id must be a string")
    name = "title_content" if operation == "rename" else "document_content"
    other = "document_content" if operation == "rename" else "title_content"
    if other in change or (operation == "delete" and name in change):
        raise Refused(
            "invalid_arguments", f"{operation} takes no {other if other in change else name}"
        )
    needed = takes_content or operation == "rename"
    markdown = _markdown(change.get(name), name) if needed else ""
    deeds.change(
        call.workspace,
        call.bot,
        file,
        operation=operation,
        section_id=section_id or "",
        markdown=markdown,
    )
    return {}


def _markdown(content: Any, name: str) -> str:
    """Raises: Refused `invalid_arguments` unless it is `{type: markdown, markdown: …}`."""
    if (
        not isinstance(content, dict)
        or set(content) != {"type", "markdown"}
        or content["type"] != "markdown"
        or not isinstance(content["markdown"], str)
    ):
        raise Refused("invalid_arguments", f"{name} must have type markdown and markdown")
    return str(content["markdown"])


def delete(call: Call) -> Json:
    deeds.delete(call.workspace, call.bot, _canvas(call))
    return {}


def get_content(call: Call) -> Json:
    """The whole canvas in one string."""
    file = _canvas(call)
    kind = call.args.get("content_type") or "markdown"
    if kind not in ("markdown", "html"):
        raise Refused("invalid_arguments", "content_type is markdown or html")
    document = canvas_of(file).document
    is_html = kind == "html"
    return {"content": html_of(call.workspace, document) if is_html else document.markdown}


def lookup(call: Call) -> Json:
    """Only ids come back, and only for as long as nobody edits those sections."""
    file = _canvas(call, code="canvas_deleted")
    criteria = call.args["criteria"]
    if not isinstance(criteria, dict) or set(criteria) - {"section_types", "contains_text"}:
        raise Refused("invalid_arguments", "criteria has section_types and contains_text")
    kinds, text = criteria.get("section_types"), criteria.get("contains_text")
    if kinds is None and not text:
        raise Refused("invalid_arguments", "criteria must not be empty")
    if kinds is not None:
        sound = isinstance(kinds, list) and 1 <= len(kinds) <= 3
        if not sound or not all(isinstance(k, str) and k in _SECTION_TYPES for k in kinds):
            words = "section_types holds one to three of h1, h2, h3, any_header"
            raise Refused("invalid_arguments", words)
    if text is not None and not isinstance(text, str):
        raise Refused("invalid_arguments", "contains_text must be a string")
    ids = found(canvas_of(file).document, kinds=kinds or (), text=text or "")
    return {"sections": [{"id": section_id} for section_id in ids]}


def set_access(call: Call) -> Json:
    """People must have been sent the canvas first; a channel's own canvas has its channel's."""
    args, workspace = call.args, call.workspace
    if args["access_level"] not in tuple(Access):
        raise Refused("invalid_arguments", "access_level is read, write or owner")
    level = Access(args["access_level"])
    file = _grantable(call)
    channels, users = args.get("channel_ids"), args.get("user_ids")
    if bool(channels) is bool(users):
        raise Refused("invalid_parameters")
    if level is Access.OWNER:
        return _hand_over(call, file, users)
    canvas = canvas_of(file)
    for channel_id in _few(channels):
        canvas.channels[_regular(call, channel_id).id] = level
    granted = [call.user(user_id) for user_id in _few(users)]
    if any(user.id not in canvas.sent_to and user.id not in canvas.people for user in granted):
        raise Refused("failed_to_update_user_ids")
    canvas.people |= {user.id: level for user in granted}
    deeds.told(workspace, file)
    return {}


def _hand_over(call: Call, file: File, users: list[str] | None) -> Json:
    if not users or len(users) != 1:
        raise Refused("invalid_arguments", "one user can be the owner")
    if access_of(call.workspace, call.bot, file) is not Access.OWNER:
        raise Refused("restricted_action")
    user = call.user(users[0])
    canvas = canvas_of(file)
    if user.id not in canvas.sent_to and user.id not in canvas.people:
        raise Refused("failed_to_update_user_ids")
    canvas.people[file.user] = Access.WRITE
    file.user = user.id
    deeds.told(call.workspace, file)
    return {}


def delete_access(call: Call) -> Json:
    """What came with a channel cannot be taken from one person."""
    file = _grantable(call)
    channels, users = call.args.get("channel_ids"), call.args.get("user_ids")
    if not channels and not users:
        raise Refused("invalid_parameters")
    canvas = canvas_of(file)
    places = [_regular(call, channel_id).id for channel_id in _few(channels)]
    people = [call.user(user_id).id for user_id in _few(users)]
    if any(place not in canvas.channels for place in places):
        raise Refused("channel_not_found")
    if any(person not in canvas.people for person in people):
        raise Refused("user_not_found")
    for place in places:
        del canvas.channels[place]
    for person in people:
        del canvas.people[person]
    deeds.told(call.workspace, file)
    return {}


def _few(ids: list[str] | None) -> list[str]:
    if len(ids or ()) > MOST_GRANTS:
        raise Refused("invalid_arguments", f"no more than {MOST_GRANTS} ids")
    return ids or []


def _canvas(call: Call, *, code: str = "canvas_not_found") -> File:
    """A canvas that the bot may read.

    Raises: Refused `canvas_not_found`, or `code` for a deleted one.
    """
    file = call.workspace.files.get(call.args["canvas_id"])
    if file is None or access_of(call.workspace, call.bot, file) is None:
        raise Refused("canvas_not_found")
    if file.deleted:
        raise Refused(code)
    return file


def _grantable(call: Call) -> File:
    """A canvas whose access the bot may set.

    Raises: Refused `canvas_not_found`, also for a channel's own; `restricted_action`.
    """
    file = _canvas(call)
    if canvas_of(file).own_of:
        raise Refused("canvas_not_found")
    if access_of(call.workspace, call.bot, file) is Access.READ:
        raise Refused("restricted_action")
    return file


def _channel(call: Call, channel_id: str) -> Channel:
    """A channel in which the bot may put a canvas.

    Raises: Refused `channel_not_found`, `no_permission` for one it is not in, `is_archived`.
    """
    channel = call.channel(channel_id)
    if call.bot not in channel.members:
        raise Refused("no_permission")
    if channel.is_archived:
        raise Refused("is_archived")
    return channel


def _regular(call: Call, channel_id: str) -> Channel:
    channel = _channel(call, channel_id)
    if channel.kind in (Kind.IM, Kind.MPIM):
        raise Refused("channel_not_found")
    return channel
