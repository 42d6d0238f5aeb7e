"""chat.*Stream: a message that grows while the app writes it.

Source: https://docs.slack.dev/reference/methods/chat.startStream (2026)
"""

from dataclasses import replace
from typing import Any

from ..blockkit.size import too_long
from ..blockkit.state import complete
from ..blockkit.surfaces import MOST_BLOCKS
from ..blockkit.tasks import STATUSES, source
from ..blockkit.walk import Path, Walk, anything, each, one_of, shape, string, typed
from ..errors import Refused
from ..model import Channel, Kind, Message
from ..store import Workspace
from ..streamed import Streamed
from ..wire import Json
from .agents import STATUSES as SESSION_STATUSES
from .agents import agents_only, tell_status
from .call import Call
from .compose import MOST_MARKDOWN, MOST_TEXT, by_app, checked_blocks, checked_metadata

DISPLAYS = ("timeline", "plan", "dense")
LIVES_SECONDS = 300.0
"""Measured by others, as 306 s from the start however often it is written to; not documented."""

_title = string(256, shortest=1)
_chunk = typed(
    {
        "markdown_text": shape(
            {"type": one_of("markdown_text"), "text": string(10**9, shortest=1)},
        ),
        "task_update": shape(
            {
                "type": one_of("task_update"),
                "id": string(255, shortest=1),
                "title": _title,
                "status": one_of(*STATUSES),
            },
            {
                "details": string(MOST_MARKDOWN),
                "output": string(MOST_MARKDOWN),
                "sources": each(source, most=100),
            },
        ),
        "plan_update": shape({"type": one_of("plan_update"), "title": _title}),
        "blocks": shape({"type": one_of("blocks"), "blocks": anything}),
    }
)
_chunks = each(_chunk, most=1000)


def start(call: Call) -> Json:
    args, workspace = call.args, call.workspace
    if any(args.get(name) is not None for name in ("username", "icon_emoji", "icon_url")):
        call.require_scope("chat:write.customize")
    channel = call.channel_for_posting(args["channel"])
    parent = channel.messages.get(args.get("thread_ts") or "")
    if parent is None or parent.thread_ts not in (None, parent.ts):
        raise Refused("invalid_thread_ts")
    if channel.kind is not Kind.IM:
        _recipient(call)
    display = args.get("task_display_mode")
    if display is not None and display not in DISPLAYS:
        words = f"must be one of: {', '.join(DISPLAYS)} [json-pointer:/task_display_mode]"
        raise Refused("invalid_arguments", words)
    streamed = Streamed(display or DISPLAYS[0], mode="chunks" if display else None)
    _write(call, streamed)
    message = Message(
        channel.id, workspace.new_ts(), call.bot, {}, thread_ts=parent.ts, by_app=True
    )
    message.streamed = streamed
    message.body = _body(call, message)
    workspace.post(message)
    call.world.clock.call_later(LIVES_SECONDS, lambda: end(workspace, message))
    return {"channel": channel.id, "ts": message.ts}


def append(call: Call) -> Json:
    channel, message, streamed = _open_stream(call, appending=True)
    if not _given(call):
        raise Refused("no_text")
    _write(call, streamed)
    message.body = _body(call, message)
    call.workspace.grow(message)
    return {"channel": channel.id, "ts": message.ts}


def stop(call: Call) -> Json:
    """The last words, then blocks of its own below what was written."""
    args, workspace = call.args, call.workspace
    channel, message, streamed = _open_stream(call)
    status = args.get("session_status")
    if status is not None:
        agents_only(call)
        if status not in SESSION_STATUSES:
            words = f"must be one of: {', '.join(SESSION_STATUSES)}: session_status"
            raise Refused("invalid_arguments", words)
    last: list[Json] = []
    if args.get("blocks"):
        last = checked_blocks(workspace, args["blocks"])
        if too_long(last):
            raise Refused("msg_blocks_too_long")
    metadata = checked_metadata(args["metadata"]) if args.get("metadata") is not None else None
    if not (_given(call) or streamed.parts or last):
        raise Refused("no_text")
    _write(call, streamed)
    streamed.close()
    body = _body(call, message)
    body["blocks"] = body.get("blocks", []) + last
    if metadata is not None:
        body["metadata"] = metadata
    workspace.edit(message, body)
    _end_session(call, channel, str(message.thread_ts), status or "active")
    return {"channel": channel.id, "ts": message.ts, "message": workspace.shown(message)}


def end(workspace: Workspace, message: Message, *, by_user: bool = False) -> None:
    """The stream ends without the app: it has run too long, or a person has stopped it."""
    there = workspace.channels[message.channel].messages.get(message.ts) is message
    if not there or message.streamed is None or not message.streamed.is_open:
        return
    message.streamed.stopped_by_user = by_user
    message.streamed.close()
    message.body = message.body | _written(message.streamed)
    workspace.grow(message)


def _recipient(call: Call) -> None:
    user, team = call.args.get("recipient_user_id"), call.args.get("recipient_team_id")
    if not user:
        raise Refused("missing_recipient_user_id")
    if not team:
        raise Refused("missing_recipient_team_id")
    call.user(user)
    if team != call.workspace.id:
        raise Refused("team_not_found")


def _open_stream(call: Call, *, appending: bool = False) -> tuple[Channel, Message, Streamed]:
    """Raises: Refused `message_not_found`, `message_not_owned_by_app`, `stopped_by_user` and
    `message_not_in_streaming_state`.
    """
    channel = call.channel_for_posting(call.args["channel"])
    message = call.message(channel, call.args["ts"])
    if not message.by_app:
        raise Refused("message_not_owned_by_app")
    streamed = message.streamed
    if streamed is None or not streamed.is_open:
        stopped = appending and streamed is not None and streamed.stopped_by_user
        raise Refused("stopped_by_user" if stopped else "message_not_in_streaming_state")
    return channel, message, streamed


def _given(call: Call) -> bool:
    return bool(call.args.get("markdown_text") or call.args.get("chunks"))


def _write(call: Call, streamed: Streamed) -> None:
    """What the arguments add, all of it or nothing.

    Raises: Refused `streaming_mode_mismatch`, `invalid_chunks`, `msg_too_long`,
    `msg_blocks_too_many`, `msg_blocks_too_long` and what `checked_blocks` raises.
    """
    modes = [name for name in ("markdown_text", "chunks") if call.args.get(name)]
    if not modes:
        return
    if len(modes) > 1 or streamed.mode not in (None, modes[0]):
        raise Refused("streaming_mode_mismatch")
    added = _added(call)
    trial = replace(streamed, parts=[dict(part) for part in streamed.parts])
    for chunk in added:
        trial.take(chunk)
    blocks = trial.blocks()
    if len(blocks) > MOST_BLOCKS["message"]:
        raise Refused("msg_blocks_too_many")
    if too_long(blocks):
        raise Refused("msg_blocks_too_long")
    streamed.parts, streamed.title, streamed.mode = trial.parts, trial.title, modes[0]


def _added(call: Call) -> list[Json]:
    if call.args.get("markdown_text"):
        chunks: Any = [{"type": "markdown_text", "text": call.args["markdown_text"]}]
    else:
        chunks = call.args["chunks"]
    walk = Walk("message", lambda reference: False)
    root: Path = (None, "chunks")
    _chunks(chunks, walk, root)
    if walk.errors:
        raise Refused("invalid_chunks", *walk.errors, errors=walk.errors)
    for chunk in chunks:
        if chunk["type"] == "blocks":
            chunk["blocks"] = checked_blocks(call.workspace, chunk["blocks"])
        elif len(chunk.get("text", "")) > MOST_MARKDOWN:
            raise Refused("msg_too_long")
    written: list[Json] = chunks
    return written


def _body(call: Call, message: Message) -> Json:
    written = _written(message.streamed) if message.streamed else {}
    body = by_app(call.workspace, written)
    username = call.args.get("username") or message.body.get("username")
    return body | {"username": username} if username else body


def _written(streamed: Streamed) -> Json:
    blocks = streamed.blocks()
    complete(blocks)
    return {
        "text": streamed.text[:MOST_TEXT],
        "blocks": blocks,
        "streaming_state": "in_progress" if streamed.is_open else "completed",
    }


def _end_session(call: Call, channel: Channel, thread_ts: str, status: str) -> None:
    """A thread with a session gets the status that the app said, or is active again."""
    session = call.workspace.sessions.get((channel.id, thread_ts))
    if session is not None:
        session["status"] = status
        working = "Working…" if status == "processing" else ""
        tell_status(call, channel, thread_ts, working)
