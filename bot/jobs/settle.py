"""The end of an item's work: credits settled or released, the card and the person told."""

from bot.domain.catalog import in_credits
from bot.domain.proposals import ItemState
from bot.services import Services
from bot.slack import cards
from storage import jobs
from storage.jobs import Job


async def settle(services: Services, item_id: str, _times: int) -> float:
    """Charge for pictures that stand in the thread; show what became of the item in any case."""
    job = await services.store.read(jobs.load, item_id)
    if job.item.state is ItemState.MADE and job.item.is_posted:
        await _finish(services, job)
    await _show(services, job)
    return 0


async def end_unposted(services: Services, job: Job, words: str) -> None:
    """Charge for pictures that are in the gallery but cannot be posted, and say why."""
    await _finish(services, job, failure=words)
    await _show(services, job)


async def give_up(services: Services, item_id: str, words: str) -> bool:
    """End an item that did not come out: its credits are released. False if it ended before."""
    ended = await services.store.insist(
        jobs.finish,
        item_id,
        state=ItemState.FAILED,
        charged_credits=0,
        failure=words,
        at=services.now(),
    )
    job = await services.store.read(jobs.load, item_id)
    await _show(services, job)
    return ended


def charge_credits(services: Services, job: Job) -> int:
    """What the pictures that were made cost: never more than was held, less where it cost less.

    A provider that says what it cost is believed where that is less than the catalog's price.
    """
    item = job.item
    price = item.price_credits
    model = services.catalog.known(item.settings.model_id)
    if model is not None and item.made_count != item.settings.count:
        price = min(price, model.price_credits(item.made_count, tool=job.proposal.tool))
    return price if item.cost_usd is None else min(price, in_credits(item.cost_usd))


async def _show(services: Services, job: Job) -> None:
    await cards.try_show(services, job.proposal.id, team_id=job.proposal.team_id, only_behind=True)


async def _finish(services: Services, job: Job, *, failure: str = "") -> None:
    await services.store.insist(
        jobs.finish,
        job.item.id,
        state=ItemState.DELIVERED,
        charged_credits=charge_credits(services, job),
        failure=failure,
        was_billed=True,
        at=services.now(),
    )
