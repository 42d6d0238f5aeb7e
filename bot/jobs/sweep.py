"""What is looked for again and again: stranded jobs, expired proposals, cards that are behind."""

import asyncio
from datetime import timedelta

import sqlalchemy as sa
import structlog

from bot import asks, decisions, goahead
from bot.domain.proposals import Item
from bot.domain.requests import RequestState
from bot.errors import SlackError, SlackUnavailable, StudioError
from bot.gallery.retention import delete_overdue
from bot.jobs.make import abandon
from bot.public import learn
from bot.services import Services
from bot.slack import cards
from storage import cards as placed
from storage import jobs, requests, sightings

MAX_RUNS = 20
"""How many runs an item gets before it counts as one that can only fail."""

_GRACE = timedelta(seconds=10)
"""How long a request or a fresh card is left to the listener that took it."""

_PATIENCE = timedelta(hours=1)
"""After which an answer would surprise more than help."""

_KEEP_EVENTS = timedelta(days=2)
"""Slack delivers nothing older than a day."""

_KEEP_SIGHTINGS = timedelta(days=30)
"""How long somebody may still mean a picture in a thread without showing it again."""

_log = structlog.stdlib.get_logger()


async def sweep_forever(services: Services) -> None:
    """Sweep until cancelled; what fails once is tried again with the next sweep."""
    while True:
        try:
            await sweep(services)
        except StudioError as error:
            _log.warning("sweep_failed", reason=str(error))
        except Exception:
            _log.exception("sweep_failed")
        await asyncio.sleep(services.settings.sweep_seconds)


async def sweep(services: Services, *, at_start: bool = False) -> None:
    """Do once all that is to be looked for; right after a start nothing is left to anybody."""
    before = services.now() - (timedelta(0) if at_start else _GRACE)
    await rescue_jobs(services)
    await decisions.expire(services)
    for request in await services.store.read(requests.left_open, before=before):
        if request.allowed_by is None and request.created_at < services.now() - _PATIENCE:
            await services.store.note(requests.close, request.id, RequestState.IGNORED)
        else:
            await asks.answer(services, request)
    for request in await services.store.read(requests.asked):
        tool = await asks.tool_of(services, request)
        if tool is not None:
            await goahead.lapse(services, request, tool)
    await learn(services)
    await delete_overdue(services)
    for proposal_id, team_id in await services.store.read(placed.behind, before=before):
        await _show(services, proposal_id, team_id=team_id)
    await services.store.run(requests.forget_events, before=services.now() - _KEEP_EVENTS)
    await services.store.run(sightings.forget, before=services.now() - _KEEP_SIGHTINGS)


async def _show(services: Services, proposal_id: str, *, team_id: str) -> None:
    try:
        await cards.show(services, proposal_id, team_id=team_id, look=True)
    except SlackUnavailable as error:
        _log.info("card_still_behind", proposal=proposal_id, code=error.code)
    except SlackError as error:
        # The channel or the message is gone: asking again and again would not bring it back.
        _log.warning("card_given_up", proposal=proposal_id, code=error.code)
        await services.store.note(placed.give_up, proposal_id)


async def rescue_jobs(services: Services) -> None:
    """Give every item that is open and has no live run a new one.

    Our rows are the truth: this rebuilds the queue even where the engine's tables were lost.
    """
    for item, run in await services.store.read(jobs.open_work):
        if await services.engine.is_alive(item.id, run):
            continue
        if run >= MAX_RUNS:
            await abandon(services, item.id)
        elif await services.store.run(restart, item, run, services=services):
            _log.warning("job_rescued", job=item.id, run=run + 1)


def restart(tx: sa.Connection, item: Item, run: int, *, services: Services) -> bool:
    """Enqueue the next run, unless the item ended or was given one since it was looked at."""
    still = [(found.id, last) for found, last in jobs.open_work(tx, item_id=item.id)]
    if still != [(item.id, run)]:
        return False
    decisions.enqueuer(services)(tx, item)
    return True
