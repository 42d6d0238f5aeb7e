"""What a person decides about an item of which nobody knows whether it was made."""

from bot import decisions, permissions, refusals
from bot.domain.people import Person
from bot.domain.proposals import ItemState
from bot.errors import Stale
from bot.jobs import make
from bot.jobs.settle import give_up
from bot.jobs.sweep import restart
from bot.services import Services
from storage import jobs

_LINGER_SECONDS = 1.5
_GIVEN_UP = "The provider did not answer and you gave up."
_MOVED_ON = "This is settled by now; the card shows how it stands."


async def check_again(services: Services, item_id: str, *, person: Person) -> None:
    """Ask the provider once more.

    Raises: NotFound, NotAllowed.
    """
    await _check(services, item_id, person)
    await make.look_up(services, item_id)
    await _go_on(services, item_id)


async def try_again(services: Services, item_id: str, *, person: Person) -> None:
    """Submit the item anew, though the provider may bill for both.

    Raises: NotFound, NotAllowed; Stale where it is not unknown any more.
    """
    await _check(services, item_id, person)
    if not await services.store.run(jobs.try_again, item_id):
        raise Stale(_MOVED_ON)
    await _go_on(services, item_id)


async def stop_waiting(services: Services, item_id: str, *, person: Person) -> None:
    """Release the credits and end the item.

    Raises: NotFound, NotAllowed; Stale where it is not unknown any more.
    """
    await _check(services, item_id, person)
    job = await services.store.read(jobs.load, item_id)
    if job.item.state is not ItemState.UNKNOWN:
        raise Stale(_MOVED_ON)
    if not await give_up(services, item_id, _GIVEN_UP):
        raise Stale(_MOVED_ON)


async def _go_on(services: Services, item_id: str) -> None:
    """Start the item's next run once the one that found it unknown has ended.

    Never two runs at once: both would deliver. Where it lingers, the sweep starts the next.
    """
    for item, run in await services.store.read(jobs.open_work, item_id=item_id):
        if await services.engine.has_ended(item_id, run, timeout_seconds=_LINGER_SECONDS):
            await services.store.run(restart, item, run, services=services)


async def _check(services: Services, item_id: str, person: Person) -> None:
    proposal = await decisions.of_item(services, item_id, team_id=person.team_id)
    workspace = await services.workspace(person.team_id)
    decision = permissions.may_approve(
        workspace, person, requester_id=proposal.requester_id, tools=(proposal.tool,)
    )
    refusals.check(decision, workspace, requester_id=proposal.requester_id)
