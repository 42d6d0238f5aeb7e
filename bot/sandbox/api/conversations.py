"""conversations.*: channels, who is in them and what was said."""

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from ..errors import Refused
from ..model import Change, Channel, Kind, Message
from ..shown import channel_shown
from ..wire import Json, new_id
from .call import READ_SCOPE, Call

T = TypeVar("T")

MOST_OTHERS = 8
MOST_FOR_COMMERCIAL_APPS = 15

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


def open_conversation(call: Call) -> Json:
    """With one person a direct message, with several a group; what is there is opened again."""
    given = call.args.get("users")
    before = set(call.workspace.channels)
    if call.args.get("channel"):
        channel = call.channel(call.args["channel"])
        if channel.kind not in (Kind.IM, Kind.MPIM):
            raise Refused("method_not_supported_for_channel_type")
    elif not given:
        raise Refused("users_list_not_supplied")
    else:
        channel = _with(call, list(dict.fromkeys(given)))
    answer: Json = {"channel": {"id": channel.id}}
    if call.args.get("return_im"):
        shown = channel_shown(call.workspace, channel, viewer=call.bot)
        answer = {"channel": shown}
    if channel.id in before:
        answer |= {"no_op": True, "already_open": True}
    return answer


def _with(call: Call, users: list[str]) -> Channel:
    """The conversation with these people.

    Raises: Refused `missing_scope`, `user_not_found`, `user_disabled`, `too_many_users`,
    `invalid_user_combination`, and `channel_not_found` where none is to be made.
    """
    workspace = call.workspace
    call.require_scope("mpim:write" if len(users) > 1 else "im:write")
    people = [call.user(user) for user in users]
    if any(person.id == call.bot for person in people):
        raise Refused("invalid_user_combination")
    if any(person.deleted for person in people):
        raise Refused("user_disabled")
    if len(users) > MOST_OTHERS:
        raise Refused("too_many_users")
    kind = Kind.MPIM if len(users) > 1 else Kind.IM
    members = {*users, call.bot}
    for channel in workspace.channels.values():
        if channel.kind is kind and set(channel.members) == members:
            return channel
    if call.args.get("prevent_creation"):
        raise Refused("channel_not_found")
    if kind is Kind.IM:
        return workspace.dm(users[0])
    names = "--".join(sorted([person.name for person in people] + [workspace.bot.name]))
    channel = Channel(new_id("C"), f"mpdm-{names}-1", kind, [*users, call.bot])
    channel.creator = call.bot
    return workspace.add_channel(channel)


def list_all(call: Call) -> Json:
    return _channels_page(call, _of_types(call))


def of_user(call: Call) -> Json:
    """What a member is in; of others than the bot, only what the bot may know of."""
    user = call.user(call.args.get("user") or call.bot)
    return _channels_page(call, [c for c in _of_types(call) if user.id in c.members])


def _of_types(call: Call) -> list[Channel]:
    """Raises: Refused `invalid_types`, `missing_scope`."""
    names = (call.args.get("types") or "public_channel").split(",")
    kinds = set()
    for name in names:
        if name.strip() not in _TYPES:
            raise Refused("invalid_types")
        kind = _TYPES[name.strip()]
        call.require_scope(READ_SCOPE[kind])
        kinds.add(kind)
    return [
        c
        for c in call.workspace.channels.values()
        if c.kind in kinds and (not c.is_private or call.bot in c.members)
        if not (call.args.get("exclude_archived") and c.is_archived)
    ]


def _channels_page(call: Call, found: list[Channel]) -> Json:
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
    answer: Json = {}
    if call.bot in channel.members:
        answer = {
            "warning": "already_in_channel",
            "response_metadata": {"warnings": ["already_in_channel"]},
        }
    else:
        channel.members.append(call.bot)
        joined = Change("member_joined_channel", call.workspace.id, channel=channel, user=call.bot)
        call.workspace.tell(joined)
    shown = channel_shown(call.workspace, channel, viewer=call.bot)
    return {"channel": shown, **answer}


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
    most = MOST_FOR_COMMERCIAL_APPS if call.world.settings.commercial else 1000
    page, cursor = paged(call, messages, default=min(100, most), most=most)
    more = bool(cursor["response_metadata"]["next_cursor"])
    shown = []
    for message in page:
        body = call.workspace.shown(message)
        if not call.args.get("include_all_metadata"):
            body.pop("metadata", None)
        shown.append(body)
    return {"messages": shown, "has_more": more, "pin_count": 0, **cursor}


def paged(call: Call, items: list[T], *, default: int, most: int = 1000) -> tuple[list[T], Json]:
    """One page by `cursor` and `limit`, no longer than `most`, and where the next begins.

    Raises: Refused `invalid_cursor`, `invalid_limit`.
    """
    limit = call.args.get("limit") or default
    if not 1 <= limit <= 1000:
        raise Refused("invalid_limit")
    cursor = call.args.get("cursor") or "next:0"
    start = cursor.removeprefix("next:")
    if not cursor.startswith("next:") or not start.isdigit() or int(start) > len(items):
        raise Refused("invalid_cursor")
    end = int(start) + min(limit, most)
    page = list(islice(items, int(start), end))
    return page, {"response_metadata": {"next_cursor": f"next:{end}" if end < len(items) else ""}}
