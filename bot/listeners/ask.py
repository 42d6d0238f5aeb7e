"""Messages, mentions, replies, the command: recorded, acknowledged, answered."""

import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from blocks import notices, replies
from blocks.message import Message, to_json
from bot import asks, goahead, refusals
from bot.answers.lists import look_up
from bot.channels import Hearing, hears
from bot.domain.ids import new_id
from bot.domain.requests import (
    Attachment,
    IgnorePlan,
    ReplyPlan,
    Request,
    RequestState,
    Source,
)
from bot.errors import NotAllowed, SlackError
from bot.listeners import settings
from bot.listeners.who import Json, actor, forged, pressed
from bot.services import Services
from bot.tools.imports import is_picture, title_of
from storage import requests, sightings

_SPOKEN = frozenset({None, "file_share", "thread_broadcast"})
"""Subtypes of what a person says; edits, deletions and joins are others."""

_POSTING = _SPOKEN | {"bot_message"}
"""Subtypes of messages whose pictures people may mean."""


async def take(
    body: Json,
    event: Json,
    context: AsyncBoltContext,
    services: Services,
    next_: Callable[[], Awaitable[None]],
) -> BoltResponse | None:
    """Record what was said to us before it is acknowledged; the rest goes no further.

    The same message as `message` and as `app_mention`, retried, or over two sockets, is one.
    """
    await _notice(body, event, services)
    request = _request(body, event, services)
    if request is None or not await _is_ours(request, services):
        return BoltResponse(status=200)
    hearing = await _hearing(request, services)
    if hearing is Hearing.IGNORE:
        return BoltResponse(status=200)
    if hearing is Hearing.SAY_OFF:
        request = request.model_copy(update={"state": RequestState.IGNORED})
    is_new = await services.store.note(requests.record, request, event_id=str(body["event_id"]))
    if not is_new:
        return BoltResponse(status=200)
    if hearing is Hearing.SAY_OFF:
        await _say_off(request, services)
        return BoltResponse(status=200)
    context["asked"] = request
    await next_()
    return None


async def _hearing(request: Request, services: Services) -> Hearing:
    """What becomes of a message; of one that was not said to us, its words are not even kept."""
    rules = await services.rules(request.team_id)
    hearing = hears(rules, channel_id=request.channel_id, source=request.source)
    if hearing is Hearing.ANSWER_CLEAR and isinstance(
        await asks.understand(services, request), IgnorePlan
    ):
        return Hearing.IGNORE
    return hearing


async def _say_off(request: Request, services: Services) -> None:
    error = NotAllowed(notices.CHANNEL_OFF, is_for_admins=True)
    words = await refusals.in_full(services, error, team_id=request.team_id)
    with contextlib.suppress(SlackError):
        await services.slack.whisper(
            request.channel_id, request.user_id, words, thread_ts=request.thread_ts
        )


async def _notice(body: Json, event: Json, services: Services) -> None:
    """Remember which pictures people posted where, by their ids, until they are taken back."""
    team_id, channel_id = str(body["team_id"]), str(event["channel"])
    if event.get("subtype") == "message_deleted":
        ts = str(event.get("deleted_ts") or "")
        await services.store.note(
            sightings.forget_message, team_id=team_id, channel_id=channel_id, ts=ts
        )
        return
    poster = event.get("user") or event.get("bot_id")
    if event.get("subtype") not in _POSTING or not poster or poster == services.bot_user_id:
        return
    ts = str(event["ts"])
    seen = [
        sightings.Sighting(
            team_id=team_id,
            channel_id=channel_id,
            ts=ts,
            position=position,
            thread_ts=str(event.get("thread_ts") or ts),
            file_id=picture.file_id,
            user_id=str(poster),
            title=picture.title,
            seen_at=services.now(),
        )
        for position, picture in enumerate(_pictures(event), start=1)
    ]
    if seen:
        await services.store.note(sightings.note, seen)


def _pictures(event: Json) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            file_id=str(file["id"]),
            mime=str(file.get("mimetype") or ""),
            title=title_of(file),
        )
        for file in event.get("files") or ()
        if is_picture(file)
    )


async def answer(asked: Request, services: Services) -> None:
    """Answer what was recorded."""
    await asks.answer(services, asked)


async def command(ack: AsyncAck, respond: AsyncRespond, command: Json, services: Services) -> None:
    """`/studio …`: words are answered to the asker alone, a proposal goes into the channel."""
    if await settings.take(ack, command, services):
        return
    request = Request(
        id=new_id("req"),
        team_id=str(command["team_id"]),
        user_id=str(command["user_id"]),
        channel_id=str(command["channel_id"]),
        ts=f"command:{command['trigger_id']}",
        thread_ts=None,
        text=str(command.get("text") or ""),
        source=Source.COMMAND,
        created_at=services.now(),
    )
    rules = await services.rules(request.team_id)
    hearing = hears(rules, channel_id=request.channel_id, source=Source.COMMAND)
    if hearing is Hearing.SAY_OFF:
        raise NotAllowed(notices.CHANNEL_OFF, is_for_admins=True)
    understood = await asks.understand(services, request)
    is_asking = await goahead.to_ask(services, request, understood) is not None
    if isinstance(understood, ReplyPlan) and not is_asking:
        person = await services.slack.person(request.user_id, team_id=request.team_id)
        message = await look_up(services, person, understood)
        await ack(**_ephemeral(message))
        return
    await services.store.note(requests.record, request, event_id=None)
    await ack()

    async def tell(message: Message) -> object:
        return await respond(**_ephemeral(message))

    await asks.answer(services, request, tell=tell)


async def example(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """A button that asks for an example, as if the person had typed it."""
    person = await actor(body, context, services)
    key = pressed(action)
    try:
        text = replies.example(key)
    except ValueError as error:
        raise forged() from error
    container = body["container"]
    message_ts = str(container["message_ts"])
    request = Request(
        id=new_id("req"),
        team_id=person.team_id,
        user_id=person.id,
        channel_id=str(container["channel_id"]),
        ts=f"example:{message_ts}:{key}:{person.id}",
        thread_ts=container.get("thread_ts"),
        text=text,
        source=Source.COMMAND,
        created_at=services.now(),
    )
    is_new = await services.store.note(requests.record, request, event_id=None)
    await ack()
    if is_new:
        await asks.answer(services, request)


def _request(body: Json, event: Json, services: Services) -> Request | None:
    """The request in an event, if a person said something that may be for us."""
    is_mention = event["type"] == "app_mention"
    if event.get("subtype") not in _SPOKEN or event.get("bot_id") or "user" not in event:
        return None
    if event["user"] == services.bot_user_id:
        return None
    text = str(event.get("text") or "")
    ts = str(event["ts"])
    thread_ts = event.get("thread_ts")
    if is_mention or f"<@{services.bot_user_id}>" in text:
        source = Source.MENTION
    elif event.get("channel_type") == "im":
        source = Source.DM
    elif thread_ts:
        source = Source.THREAD
    else:
        source = Source.OVERHEARD
    return Request(
        id=new_id("req"),
        team_id=str(body["team_id"]),
        user_id=str(event["user"]),
        channel_id=str(event["channel"]),
        ts=ts,
        thread_ts=str(thread_ts or ts),
        text=text,
        source=source,
        attachments=_pictures(event),
        created_at=services.now(),
    )


async def _is_ours(request: Request, services: Services) -> bool:
    """A reply that does not name us counts where we already work for this person."""
    if request.source is not Source.THREAD or request.thread_ts is None:
        return True
    return await services.store.read(
        requests.works_in_thread,
        team_id=request.team_id,
        channel_id=request.channel_id,
        thread_ts=request.thread_ts,
        user_id=request.user_id,
    )


def _ephemeral(message: Message) -> dict[str, Any]:
    return {
        "text": message.text,
        "blocks": to_json(message.blocks),
        "response_type": "ephemeral",
    }
