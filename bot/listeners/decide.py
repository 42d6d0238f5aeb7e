"""The buttons of a card that decide it, and what follows a decision."""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View

from blocks import notices
from blocks import proposal as card
from bot import asks, decisions
from bot.domain.people import Person
from bot.domain.proposals import Proposal
from bot.errors import Stale
from bot.listeners.who import Json, actor, forged, pressed
from bot.services import Services
from bot.slack import cards


async def approve(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Approve what the card showed when it was pressed."""
    person = await actor(body, context, services)
    proposal_id, revision = seen(action)
    await move(
        ack,
        services,
        person,
        proposal_id,
        decisions.approve(services, proposal_id, revision=revision, person=person),
    )


async def open_deny(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Ask what should change."""

    async def form(proposal: Proposal) -> View:
        return card.deny_modal(proposal)

    await open_form(ack, body, pressed(action), context, services, form=form)


async def deny(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Deny; where something was said, propose anew with it."""
    person = await actor(body, context, services)
    feedback = card.parse_deny(view["state"]["values"])
    proposal_id = str(view["private_metadata"])
    try:
        denied = await decisions.deny(services, proposal_id, feedback=feedback, person=person)
    except Stale:
        await cards.try_show(services, proposal_id, team_id=person.team_id)
        raise
    await ack()
    await cards.try_show(services, proposal_id, team_id=person.team_id)
    if feedback:
        await _propose_again(services, denied, person=person, text=feedback)


async def again(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Propose once more what was expired or denied, or what of it did not come out."""
    person = await actor(body, context, services)
    proposal = await decisions.find(services, pressed(action), team_id=person.team_id)
    await ack()
    await _propose_again(services, proposal, person=person, text="")


async def move(
    ack: AsyncAck,
    services: Services,
    person: Person,
    proposal_id: str,
    change: Awaitable[object],
    *,
    show: bool = True,
) -> None:
    """Make a change, acknowledge it, show it; whoever comes late sees the card as it is."""
    try:
        await change
    except Stale:
        await ack()
        await cards.try_show(services, proposal_id, team_id=person.team_id)
        raise
    await ack()
    if show:
        await cards.try_show(services, proposal_id, team_id=person.team_id)


async def open_form(
    ack: AsyncAck,
    body: Json,
    proposal_id: str,
    context: AsyncBoltContext,
    services: Services,
    *,
    form: Callable[[Proposal], Awaitable[View]],
) -> None:
    """Open a form about a proposal that this person may still decide."""
    person = await actor(body, context, services)
    proposal = await decisions.find(services, proposal_id, team_id=person.team_id)

    async def open_it() -> None:
        await decisions.check_open(services, proposal, person)
        await services.slack.open_view(str(body["trigger_id"]), await form(proposal))

    await move(ack, services, person, proposal.id, open_it(), show=False)


async def _propose_again(
    services: Services, proposal: Proposal, *, person: Person, text: str
) -> None:
    request = await decisions.revision_request(services, proposal, person=person, text=text)
    if request is None:
        await cards.try_show(services, proposal.id, team_id=person.team_id)
        raise Stale(notices.PROPOSED_AGAIN)
    await asks.answer(services, request)
    await cards.try_show(services, proposal.id, team_id=proposal.team_id)


def seen(action: Json) -> tuple[str, int]:
    """The id and the number that a button carries.

    Raises: NotFound where it carries something else.
    """
    try:
        return card.unpack(pressed(action))
    except ValueError as error:
        raise forged() from error
