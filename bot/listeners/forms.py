"""What forms and buttons that lead to a new card have in common: opened, recorded, answered."""

from collections.abc import Awaitable

from slack_sdk.models.views import View

from bot import refusals
from bot.domain.ids import new_id
from bot.domain.people import Person
from bot.domain.requests import Request, Source
from bot.errors import UserError
from bot.listeners.who import Json
from bot.services import Services
from storage import requests

ANSWERED = "This was answered before; the card is in this thread. Nothing more was done."


async def open_on_top(services: Services, body: Json, view: View) -> None:
    """Open a form, on top of the one in which the button was."""
    trigger_id = str(body["trigger_id"])
    if (body.get("view") or {}).get("type") == "modal":
        await services.slack.push_view(trigger_id, view)
    else:
        await services.slack.open_view(trigger_id, view)


async def record(
    services: Services, person: Person, *, channel_id: str, thread_ts: str | None, ts: str
) -> Request | None:
    """A request that was pressed rather than said; None where it was recorded before."""
    request = Request(
        id=new_id("req"),
        team_id=person.team_id,
        user_id=person.id,
        channel_id=channel_id,
        ts=ts,
        thread_ts=thread_ts,
        text="",
        source=Source.ACTION,
        created_at=services.now(),
    )
    is_new = await services.store.note(requests.record, request, event_id=None)
    return request if is_new else None


async def telling(
    services: Services,
    person: Person,
    channel_id: str,
    thread_ts: str | None,
    work: Awaitable[object],
) -> None:
    """Do what a form asked for after it was closed, and tell the person why it cannot be done."""
    try:
        await work
    except UserError as error:
        message = await refusals.in_full(services, error, team_id=person.team_id)
        await services.slack.whisper(channel_id, person.id, message, thread_ts=thread_ts)
