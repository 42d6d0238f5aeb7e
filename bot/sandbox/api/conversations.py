"""conversations.*: channels, who is in them and what was said."""

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from ..errors import Refused
from ..model import Kind, Message
from ..shown import channel_shown
from ..wire import Json
from .call import READ_SCOPE, Call

T = TypeVar("T")

_TYPES = {
    "public_channel": Kind.CHANNEL,
    "private_channel": Kind.GROUP,
    "im": Kind.IM,
    "mpim": Kind.MPIM,
}


def info(call: Call) -> Json:
    channel = call.channel(call.args["channel"])
    call.require_scope(READ_SCOPE[channel.kind])
    shown = channel_shown(call.workspace, channel, viewer=call.bot)
    if not call.args.get("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def open_dm(call: Call) -> Json:
    users = call.args.get("users")
    if call.args.get("channel"):
        channel = call.channel(call.args["channel"])
        if channel.kind is not Kind.IM:
            raise Refused("method_not_supported_for_channel_type")
    elif not users:
        raise Refused("users_list_not_supplied")
    elif len(users) > 1:
        call.require_scope("mpim:write")
        raise Refused("not_implemented", "the sandbox has no group conversations")
    else:
        call.require_scope("im:write")
        person = call.user(users[0])
        if person.id == call.bot:
            raise Refused("invalid_user_combination")
        if person.deleted:
            raise Refused("user_disabled")
        channel = call.workspace.dm(person.id)
    if call.args.get("return_im"):
        return {"channel": channel_shown(call.workspace, channel, viewer=call.bot)}
    return {"channel": {"id": channel.id}}


def list_all(call: Call) -> Json:
    names = (call.args.get("types") or "public_channel").split(",")
    kinds = set()
    for name in names:
        if name.strip() not in _TYPES:
            raise Refused("invalid_types")
        kind = _TYPES[name.strip()]
        call.require_scope(READ_SCOPE[kind])
        kinds.add(kind)
    found = [
        c
        for c in call.workspace.channels.values()
        if c.kind in kinds and (not c.is_private or call.bot in c.members)
        if not (call.args.get("exclude_archived") and c.is_archived)
    ]
    page, cursor = paged(call, found, default=100)
    shown = [channel_shown(call.workspace, c, viewer=call.bot) for c in page]
    return {"channels": shown, **cursor}


def members(call: Call) -> Json:
    channel = call.channel(call.args["channel"])
    call.require_scope(READ_SCOPE[channel.kind])
    page, cursor = paged(call, channel.members, default=100)
    return {"members": page, **cursor}


def join(call: Call) -> Json:
    channel = call.channel(call.args["channel"])
    if channel.kind is not Kind.CHANNEL:
        raise Refused("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refused("is_archived")
    if call.bot not in channel.members:
        channel.members.append(call.bot)
    return {"channel": channel_shown(call.workspace, channel, viewer=call.bot)}


def history(call: Call) -> Json:
    channel = call.channel_with_history(call.args["channel"])
    wanted = _between(call, call.workspace.top_level(channel))
    return _messages_page(call, wanted)


def replies(call: Call) -> Json:
    """The parent always comes first, as Slack does."""
    channel = call.channel_with_history(call.args["channel"])
    ts = call.args["ts"]
    found = channel.messages.get(ts)
    if found is not None and found.thread_ts and found.thread_ts != ts:
        thread = [found]
    else:
        thread = call.workspace.thread(channel, ts)
    if not thread:
        raise Refused("thread_not_found")
    return _messages_page(call, [thread[0], *_between(call, thread[1:])])


def _between(call: Call, messages: Iterable[Message]) -> list[Message]:
    """Messages newer than `oldest` and older than `latest`."""
    oldest, latest = _ts(call, "oldest", "0"), _ts(call, "latest", "inf")
    inclusive = bool(call.args.get("inclusive"))
    found = []
    for message in messages:
        at = float(message.ts)
        if oldest < at < latest or (inclusive and at in (oldest, latest)):
            found.append(message)
    return found


def _ts(call: Call, name: str, default: str) -> float:
    try:
        return float(call.args.get(name) or default)
    except ValueError:
        raise Refused(f"invalid_ts_{name}") from None


def _messages_page(call: Call, messages: list[Message]) -> Json:
    page, cursor = paged(call, messages, default=100)
    more = bool(cursor["response_metadata"]["next_cursor"])
    shown = []
    for message in page:
        body = call.workspace.shown(message)
        if not call.args.get("include_all_metadata"):
            body.pop("metadata", None)
        shown.append(body)
    return {"messages": shown, "has_more": more, "pin_count": 0, **cursor}


def paged(call: Call, items: list[T], *, default: int) -> tuple[list[T], Json]:
    """One page by `cursor` and `limit`, and where the next begins.

    Raises: Refused `invalid_cursor`, `invalid_limit`.
    """
    limit = call.args.get("limit") or default
    if not 1 <= limit <= 1000:
        raise Refused("invalid_limit")
    cursor = call.args.get("cursor") or "next:0"
    start = cursor.removeprefix("next:")
    if not cursor.startswith("next:") or not start.isdigit() or int(start) > len(items):
        raise Refused("invalid_cursor")
    end = int(start) + limit
    page = list(islice(items, int(start), end))
    return page, {"response_metadata": {"next_cursor": f"next:{end}" if end < len(items) else ""}}
