"""Whatever a listener raises, answered: its class's words to the person, the rest to the log."""

import asyncio
import contextlib
import json
import secrets

import structlog
from slack_bolt import BoltResponse
from slack_bolt.context.ack.async_ack import AsyncAck

from blocks import replies
from blocks.message import Message
from blocks.text import flat, mentioned
from bot import refusals
from bot.errors import SlackError, StorageError, UserError
from bot.listeners.who import Json
from bot.services import Services

_log = structlog.stdlib.get_logger()


async def tell(
    error: Exception,
    body: Json,
    services: Services,
    ack: AsyncAck,
    response: BoltResponse | None,
) -> BoltResponse | None:
    """Tell the person what happened; the payload itself is acknowledged with 200.

    An event that could not be stored is not acknowledged, so that Slack sends it again. Without a
    `response` the payload was acknowledged before: a form is closed, and cannot say anything.
    """
    acknowledged = ack.response
    answered = await _tell(error, body, services, is_open=response is not None)
    if response is not None:
        return answered
    # Bolt drops an acknowledgement that it has not sent yet once the listener has failed.
    asyncio.get_running_loop().call_soon(setattr, ack, "response", acknowledged)
    return None


async def _tell(error: Exception, body: Json, services: Services, *, is_open: bool) -> BoltResponse:
    if isinstance(error, StorageError) and body.get("type") == "event_callback":
        _log.warning("event_not_stored", reason=error.reason)
        return BoltResponse(status=503)
    message = await _words(error, body, services)
    field = _first_input(body) if is_open else None
    if field is not None:
        # In the form itself, so that what was typed stays there.
        words = await _flat(message.text, services, team_id=str(body["team"]["id"]))
        errors = {"response_action": "errors", "errors": {field: words}}
        return BoltResponse(status=200, body=json.dumps(errors))
    user_id = _user(body)
    channel_id, thread_ts = _place(body)
    if user_id is not None:
        try:
            if channel_id is None:
                # In a modal or the Home there is nobody else: our direct messages are the place.
                await services.slack.post(await services.slack.open_dm(user_id), message)
            else:
                await services.slack.whisper(channel_id, user_id, message, thread_ts=thread_ts)
        except SlackError as refusal:
            _log.warning("not_told", method=refusal.method, code=refusal.code)
    return BoltResponse(status=200)


async def _words(error: Exception, body: Json, services: Services) -> Message:
    if isinstance(error, UserError):
        return await refusals.in_full(services, error, team_id=_team(body))
    if isinstance(error, StorageError):
        _log.warning("not_stored", reason=error.reason)
        return replies.said(
            f"{error.reason}, so nothing was changed or charged. Please try again in a minute."
        )
    reference = secrets.token_hex(4)
    _log.error("listener_failed", reference=reference, kind=body.get("type"), exc_info=error)
    return replies.oops(reference)


async def _flat(text: str, services: Services, *, team_id: str) -> str:
    """The words without mrkdwn, which a form's errors do not know."""
    names = {}
    for user_id in mentioned(text):
        with contextlib.suppress(SlackError):
            names[user_id] = (await services.slack.person(user_id, team_id=team_id)).name
    return flat(text, names)


def _first_input(body: Json) -> str | None:
    """The block of a submitted form under which something can be said."""
    if body.get("type") != "view_submission":
        return None
    inputs = (block for block in body["view"]["blocks"] if block["type"] == "input")
    return next((str(block["block_id"]) for block in inputs), None)


def _team(body: Json) -> str:
    team = body.get("team")
    return str(team["id"] if isinstance(team, dict) else body.get("team_id") or "")


def _user(body: Json) -> str | None:
    user = body.get("user")
    if isinstance(user, dict):
        return str(user["id"])
    event = body.get("event") or {}
    found = body.get("user_id") or event.get("user")
    return None if found is None else str(found)


def _place(body: Json) -> tuple[str | None, str | None]:
    """Where the person was: the channel and, in a thread, its first message."""
    container = body.get("container") or {}
    event = body.get("event") or {}
    channel = (body.get("channel") or {}) if isinstance(body.get("channel"), dict) else {}
    channel_id = (
        container.get("channel_id")
        or channel.get("id")
        or body.get("channel_id")
        or event.get("channel")
    )
    return channel_id, container.get("thread_ts") or event.get("thread_ts")
