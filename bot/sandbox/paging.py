"""A page of a conversation: the newest messages, those before or after a moment, or around it."""

from bisect import bisect_left, bisect_right

from .errors import Refused
from .model import Channel, Message
from .store import Workspace
from .wire import Json

PAGE = 100
MOST = 1000
_MOST_DIGITS = 18


def page(workspace: Workspace, channel: Channel, args: Json) -> Json:
    """Messages of a channel without replies, or a whole thread; oldest first.

    `args` may hold `thread_ts`, or one of `before_ts`, `after_ts` and `around_ts`, and a `limit`
    of at most `MOST`. `has_older` and `has_newer` say what lies beyond.

    Raises: Refused `invalid_number`.
    """
    if args.get("thread_ts"):
        return _answer(workspace, workspace.thread(channel, args["thread_ts"]), older=False)
    limit = min(number(args, "limit", PAGE), MOST)
    everything = list(workspace.top_level(channel))[::-1]
    moments = [message.ts for message in everything]
    start, end = _between(moments, args, limit)
    return _answer(workspace, everything[start:end], older=start > 0, newer=end < len(everything))


def _between(moments: list[str], args: Json, limit: int) -> tuple[int, int]:
    if args.get("after_ts"):
        start = bisect_right(moments, args["after_ts"])
        return start, min(start + limit, len(moments))
    if args.get("around_ts"):
        middle = bisect_left(moments, args["around_ts"])
        end = min(middle + (limit + 1) // 2, len(moments))
        return max(end - limit, 0), end
    end = bisect_left(moments, args["before_ts"]) if args.get("before_ts") else len(moments)
    return max(end - limit, 0), end


def _answer(
    workspace: Workspace, found: list[Message], *, older: bool, newer: bool = False
) -> Json:
    return {
        "messages": [workspace.shown(message) for message in found],
        "has_older": older,
        "has_newer": newer,
    }


def number(args: Json, name: str, default: int) -> int:
    """Raises: Refused `invalid_number`."""
    text = str(args.get(name) or default)
    if not text.isdecimal() or len(text) > _MOST_DIGITS:
        raise Refused("invalid_number", f"{name} is a whole number", status=400)
    return int(text)
