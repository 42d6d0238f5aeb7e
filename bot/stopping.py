"""Work under way and somebody who does not want it any more in, what was stopped out."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from blocks import notices
from bot import decisions, permissions
from bot.domain.people import Person
from bot.domain.proposals import Item, ItemState, Proposal, ProposalState
from bot.errors import ProviderError, Stale, StorageError, UserError
from bot.services import Services
from bot.tools.orders import order_for
from storage import jobs

_SENT = frozenset({ItemState.SUBMITTING, ItemState.SUBMITTED})

_log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class Stopped:
    """How many images will not be made, and the items that a provider works on."""

    count: int
    sent: Sequence[Item]


async def stop(services: Services, proposal_id: str, *, person: Person) -> Stopped:
    """Stop what no provider has been asked for yet; its credits are free again at once.

    The requester, the approvers and the admins may.

    Raises: NotFound, NotAllowed; Stale where nothing runs any more.
    """
    proposal = await decisions.find(services, proposal_id, team_id=person.team_id)
    if permissions.may_set_rules(person) is not None:
        await decisions.check_decider(services, proposal, person)
    if proposal.state is not ProposalState.APPROVED:
        raise Stale(notices.NOTHING_RUNS)
    count = await services.store.run(
        jobs.stop, proposal_id, team_id=person.team_id, by=person.id, at=services.now()
    )
    proposal = await decisions.find(services, proposal_id, team_id=person.team_id)
    sent = [item for item in proposal.items if item.state in _SENT]
    if not count and not sent:
        raise Stale(notices.NOTHING_RUNS)
    return Stopped(count=count, sent=sent)


async def call_back(services: Services, sent: Sequence[Item], *, by: str) -> int:
    """Ask the providers to stop what they work on; how many images will not be made after all.

    Only where a provider is certain that nothing is billed are the credits free again; what it
    cannot stop is delivered as if nobody had asked.
    """
    stopped = await asyncio.gather(*(_called_back(services, item.id, by=by) for item in sent))
    return sum(item.settings.count for item, is_so in zip(sent, stopped, strict=True) if is_so)


async def _called_back(services: Services, item_id: str, *, by: str) -> bool:
    job = await services.store.read(jobs.load, item_id)
    submission = job.submission
    if job.item.state is not ItemState.SUBMITTED or submission is None:
        return False
    name = decisions.provider_name(job.item.settings.model_id)
    try:
        provider = await services.provider(job.proposal.team_id, name)
        if provider is None or submission.reference is None:
            return False
        order = await order_for(services, job, submission.key)
        if not await provider.cancel(order, submission.reference):
            return False
    except (ProviderError, UserError, StorageError) as error:
        _log.info("not_called_back", job=item_id, reason=str(error))
        return False
    return await services.store.insist(jobs.call_back, item_id, by=by, at=services.now())


def words(stopped_count: int, proposal: Proposal) -> str:
    """What pressing Stop came to, for the person who pressed it."""
    going = sum(item.settings.count for item in proposal.items if item.state in _SENT)
    if stopped_count:
        return notices.stopped(stopped_count, going)
    return notices.all_sent(going) if going else notices.NOTHING_RUNS
