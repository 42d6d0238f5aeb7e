"""The buttons that take images out of a canvas again, and put them back."""

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck

from blocks import insert_form as form
from bot import canvases, decisions, insertions
from bot.domain.insertions import InsertionState
from bot.errors import Stale
from bot.listeners.forms import ANSWERED, open_on_top, record, telling
from bot.listeners.who import Json, actor, pressed
from bot.places import subject_of_image, thread_of
from bot.services import Services
from bot.slack import cards


async def undo(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Take one image out of its canvas."""
    await ack()
    person = await actor(body, context, services)
    await insertions.undo(services, pressed(action), person=person)


async def open_undo(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Ask which of a proposal's inserts to undo."""
    person = await actor(body, context, services)
    proposal = await decisions.of_item(services, pressed(action), team_id=person.team_id)
    await insertions.check_undoer(services, proposal, person)
    await ack()
    there = [
        each
        for each in await insertions.of_proposal(services, proposal)
        if each.state is InsertionState.INSERTED
    ]
    if not there:
        await cards.try_show(services, proposal.id, team_id=person.team_id)
        raise Stale(insertions.NOTHING)
    await open_on_top(services, body, form.undo_form(there))


async def save_undo(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Undo the inserts that were left marked."""
    person = await actor(body, context, services)
    item_id = str(view["private_metadata"])
    proposal = await decisions.of_item(services, item_id, team_id=person.team_id)
    await insertions.check_undoer(services, proposal, person)
    await ack()
    ids = form.parse_undo(view["state"]["values"])
    await telling(
        services,
        person,
        proposal.channel_id,
        thread_of(proposal),
        insertions.undo_several(services, item_id, ids, person=person),
    )


async def again(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Insert an image once more where it was: pressing it is the decision."""
    person = await actor(body, context, services)
    before = await insertions.find(services, pressed(action), team_id=person.team_id)
    subject = await subject_of_image(services, before.image_id, person=person)
    proposal = await decisions.of_item(services, before.item_id, team_id=person.team_id)
    await insertions.check_undoer(services, proposal, person)
    await canvases.check(
        services, before.place.canvas_id, person=person, channel_id=proposal.channel_id
    )
    await ack()
    request = await record(
        services,
        person,
        channel_id=proposal.channel_id,
        thread_ts=thread_of(proposal),
        ts=f"insert-again:{before.id}",
    )
    made = None
    if request is not None:
        made = await insertions.propose(
            services, request, subject.images, before.place, person=person, is_approved=True
        )
    if made is None:
        raise Stale(ANSWERED)
