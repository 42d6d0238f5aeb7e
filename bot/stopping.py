"""Work under way and somebody who does not want it any more in, what was stopped out."""

from dataclasses import dataclass

from blocks import notices
from bot import decisions, permissions
from bot.domain.people import Person
from bot.domain.proposals import ProposalState
from bot.errors import Stale
from bot.services import Services
from storage import jobs


@dataclass(frozen=True)
class Stopped:
    """How many images will not be made, and how many are too far to be called back."""

    stopped_count: int
    sent_count: int


async def stop(services: Services, proposal_id: str, *, person: Person) -> Stopped:
    """Stop what no provider has been asked for yet; its credits are free again at once.

    The requester, the approvers and the admins may.

    Raises: NotFound, NotAllowed; Stale where nothing runs any more, or all of it was sent.
    """
    proposal = await decisions.find(services, proposal_id, team_id=person.team_id)
    if permissions.may_set_rules(person) is not None:
        await decisions.check_decider(services, proposal, person)
    if proposal.state is not ProposalState.APPROVED:
        raise Stale(notices.NOTHING_RUNS)
    stopped, sent = await services.store.run(
        jobs.stop, proposal_id, team_id=person.team_id, by=person.id, at=services.now()
    )
    if not stopped:
        raise Stale(notices.all_sent(sent) if sent else notices.NOTHING_RUNS)
    return Stopped(stopped_count=stopped, sent_count=sent)
