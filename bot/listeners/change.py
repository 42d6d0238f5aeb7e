"""The form that asks what should change about a picture: redrawn while filled in, proposed."""

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck

from blocks import change
from blocks.subject import picked
from bot.domain.people import Person
from bot.errors import BadField
from bot.gallery import forms
from bot.listeners.shortcuts import redraw_posted, subject_in
from bot.listeners.views import updater
from bot.listeners.who import Json, actor
from bot.services import Services


async def redraw(ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services) -> None:
    """Show the picture, the price and the counts of what was just chosen."""
    await ack()
    person = await actor(body, context, services)
    await _redraw(services, body["view"], person)


async def choose(ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services) -> None:
    """Show the picture that was just chosen, in whichever form it was."""
    await ack()
    person = await actor(body, context, services)
    view = body["view"]
    if view["callback_id"] == change.CHANGE_MODAL:
        await _redraw(services, view, person)
    else:
        update = updater(services, str(view["id"]), str(view["hash"]))
        await redraw_posted(services, view, person, update)


async def _redraw(services: Services, view: Json, person: Person) -> None:
    subject = subject_in(view)
    await forms.open_change(
        services,
        subject,
        person,
        updater(services, str(view["id"]), str(view["hash"])),
        values=view["state"]["values"],
    )


async def propose(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Propose the edit; what is wrong stands under its field."""
    person = await actor(body, context, services)
    values = view["state"]["values"]
    draft = change.parse(values)
    if not isinstance(draft, change.Draft):
        await ack(response_action="errors", errors=draft)
        return
    subject = subject_in(view)
    picture_id = picked(values, subject.picture_ids)
    try:
        ready = await forms.change_plan(services, subject, picture_id, draft, person)
    except BadField as error:
        block_id = change.block_of(values, error.field)
        await ack(response_action="errors", errors={block_id: error.words})
        return
    await ack(response_action="clear")
    await forms.propose(services, ready, press=f"edit:{picture_id}:{view['id']}", person=person)
