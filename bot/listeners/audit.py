"""The audit log in a modal, for admins: leafed through, filtered by month, exported."""

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View

from blocks import audit as log
from bot import log_export, settings
from bot.domain.people import Person
from bot.listeners.views import opener, updater
from bot.listeners.who import Json, pressed
from bot.services import Services
from storage import audit


async def open_log(
    ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Open the log at its newest entries."""
    person = await _admin(body, context, services)
    await opener(services, body)(await _modal(services, person, page=0, month=""))
    await ack()


async def turn(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Show another page, or another month."""
    person = await _admin(body, context, services)
    await ack()
    page, month = log.unpack(pressed(action))
    await _update(body, services, await _modal(services, person, page=page, month=month))


async def choose_month(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Show the newest entries of one month, or of all."""
    person = await _admin(body, context, services)
    await ack()
    chosen = pressed(action)
    month = chosen if log.is_month(chosen) else ""
    await _update(body, services, await _modal(services, person, page=0, month=month))


async def export(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Upload the log as CSV to the admin's direct messages."""
    person = await _admin(body, context, services)
    await ack()
    _, month = log.unpack(pressed(action))
    await log_export.send(services, person, month=month)
    note = "✓ The CSV file is in our direct messages."
    await _update(body, services, await _modal(services, person, page=0, month=month, note=note))


async def _admin(body: Json, context: AsyncBoltContext, services: Services) -> Person:
    team_id = str(context.team_id or body["team"]["id"])
    return await settings.admin(services, str(body["user"]["id"]), team_id=team_id)


async def _modal(
    services: Services, person: Person, *, page: int, month: str, note: str = ""
) -> View:
    found = await services.store.read(
        audit.newest, team_id=person.team_id, limit=(page + 1) * log.PAGE + 1, month=month
    )
    start = page * log.PAGE
    return log.modal(
        [entry for _, entry in found[start : start + log.PAGE]],
        page=page,
        has_more=len(found) > start + log.PAGE,
        months=await _months(services, person.team_id),
        month=month,
        note=note,
    )


async def _months(services: Services, team_id: str) -> list[str]:
    """From this month back to the first entry's."""
    first = await services.store.read(audit.first_at, team_id=team_id)
    if first is None:
        return []
    now = services.now()
    return [
        f"{number // 12:04d}-{number % 12 + 1:02d}"
        for number in range(now.year * 12 + now.month - 1, first.year * 12 + first.month - 2, -1)
    ]


async def _update(body: Json, services: Services, view: View) -> None:
    shown = body["view"]
    await updater(services, str(shown["id"]), str(shown["hash"]))(view)
