"""The buttons of a card whose provider did not answer."""

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck

from bot import proposals
from bot.jobs import unknown
from bot.listeners.decide import move
from bot.listeners.who import Json, actor, pressed
from bot.services import Services


async def check_again(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Ask the provider once more."""
    person = await actor(body, context, services)
    item_id = pressed(action)
    proposal = await proposals.of_item(services, item_id, team_id=person.team_id)
    change = unknown.check_again(services, item_id, person=person)
    await move(ack, services, person, proposal.id, change)


async def try_again(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Submit anew, though it may be billed twice."""
    person = await actor(body, context, services)
    item_id = pressed(action)
    proposal = await proposals.of_item(services, item_id, team_id=person.team_id)
    change = unknown.try_again(services, item_id, person=person)
    await move(ack, services, person, proposal.id, change)


async def give_up(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Release the credits."""
    person = await actor(body, context, services)
    item_id = pressed(action)
    proposal = await proposals.of_item(services, item_id, team_id=person.team_id)
    change = unknown.stop_waiting(services, item_id, person=person)
    await move(ack, services, person, proposal.id, change)
