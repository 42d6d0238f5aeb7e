"""assistant.threads.* and agents.sessions.*: status, title and suggested prompts."""

from typing import Any

from ..errors import Refused
from ..model import Change, Channel
from ..wire import Json
from .call import Call

MOST_PROMPTS = 4
MOST_LOADING_MESSAGES = 10
MOST_TITLE = 200
STATUSES = ("processing", "active", "suspended", "closed")


def set_status(call: Call) -> Json:
    channel, thread_ts = _thread(call)
    messages = call.args.get("loading_messages")
    if messages is not None and (
        not isinstance(messages, list) or len(messages) > MOST_LOADING_MESSAGES
    ):
        raise Refused("invalid_arguments", "no more than 10 loading_messages allowed")
    tell_status(call, channel, thread_ts, call.args.get("status", ""))
    return {}


def set_title(call: Call) -> Json:
    channel, thread_ts = _thread(call)
    session = call.workspace.sessions.setdefault((channel.id, thread_ts), {"status": "active"})
    session["title"] = call.args["title"]
    return {}


def set_suggested_prompts(call: Call) -> Json:
    channel = _channel(call)
    if call.args.get("thread_ts"):
        _thread(call)
    prompts = _prompts(call.args["prompts"])
    shown: Json = {"title": call.args.get("title", ""), "prompts": prompts}
    call.workspace.prompts[channel.id] = shown
    call.workspace.tell(Change("suggested_prompts", call.workspace.id, channel=channel, data=shown))
    return {}


def session_set_status(call: Call) -> Json:
    """Only an app declared as an agent has sessions."""
    agents_only(call)
    channel, thread_ts = _thread(call)
    status = call.args["status"]
    if status not in STATUSES:
        raise Refused("invalid_arguments", f"must be one of: {', '.join(STATUSES)}: status")
    title = call.args.get("title")
    if title is not None and len(title) > MOST_TITLE:
        raise Refused("invalid_arguments", "must be less than 201 characters: title")
    key = (channel.id, thread_ts)
    known = call.workspace.sessions.get(key)
    session = known or {"title": title or ""}
    session["status"] = status
    call.workspace.sessions[key] = session
    tell_status(call, channel, thread_ts, "Working…" if status == "processing" else "")
    answer: Json = {"session": {"channel_id": channel.id, "thread_ts": thread_ts, **session}}
    if status == "processing" and "agent_session_stopped" not in call.world.app.events:
        answer["warning"] = "missing_agent_session_stopped_event_subscription"
    return answer


def session_rename(call: Call) -> Json:
    agents_only(call)
    channel, thread_ts = _thread(call)
    if len(call.args["title"]) > MOST_TITLE:
        raise Refused("invalid_arguments", "must be less than 201 characters: title")
    session = call.workspace.sessions.get((channel.id, thread_ts))
    if session is None:
        raise Refused("session_not_found")
    session["title"] = call.args["title"]
    return {}


def agents_only(call: Call) -> None:
    if not call.world.app.is_agent:
        raise Refused("not_allowed", "the app is not declared as an agent")


def tell_status(call: Call, channel: Channel, thread_ts: str, status: str) -> None:
    data: Json = {"thread_ts": thread_ts, "status": status}
    call.workspace.tell(Change("status", call.workspace.id, channel=channel, data=data))


def _channel(call: Call) -> Channel:
    channel = call.channel(call.args["channel_id"])
    if call.bot not in channel.members:
        raise Refused("channel_not_found")
    return channel


def _thread(call: Call) -> tuple[Channel, str]:
    channel = _channel(call)
    thread_ts = call.args.get("thread_ts", "")
    if thread_ts not in channel.messages:
        raise Refused("invalid_thread_ts")
    return channel, thread_ts


def _prompts(prompts: Any) -> list[Json]:
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS:
        raise Refused("invalid_arguments", "prompts must hold one to four items")
    for prompt in prompts:
        if not isinstance(prompt, dict) or set(prompt) != {"title", "message"}:
            raise Refused("invalid_arguments", "a prompt has a title and a message")
    return prompts
