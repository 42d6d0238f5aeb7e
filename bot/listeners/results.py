"""The buttons of a finished image on its card: each about the image that its menu has selected."""

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck

from blocks import image, replies, results
from bot import originals
from bot.domain.people import Person
from bot.errors import NotFound
from bot.gallery import forms, remake, shown
from bot.gallery.shown import Shown
from bot.listeners.views import moment, opener, pressed_in, there
from bot.listeners.who import Json, actor, forged, pressed
from bot.services import Services


async def choose(ack: AsyncAck) -> None:
    """Which image is meant: Slack keeps it in the message's state until a button is pressed."""
    await ack()


async def vary(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Propose variations of the image that the card has selected."""
    person = await actor(body, context, services)
    found, _ = await _meant(services, body, action, person)
    plan = remake.vary(found.image, await forms.offered(services, person))
    await ack()
    press = f"vary:{found.image.id}:{moment(body, action)}"
    await forms.propose(services, forms.Ready(plan, there(body)), press=press, person=person)


async def upscale(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Propose to enlarge the image that the card has selected."""
    person = await actor(body, context, services)
    found, scale = await _meant(services, body, action, person)
    plan = remake.enlarged(
        remake.source_of(found.image, file_id=found.file_id),
        size=remake.size_of(found.image),
        scale=scale or results.DEFAULT_SCALE,
        catalog=await forms.offered(services, person),
    )
    await ack()
    press = f"upscale:{found.image.id}:{moment(body, action)}"
    await forms.propose(services, forms.Ready(plan, there(body)), press=press, person=person)


async def edit(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Ask what should change about the image that the card has selected."""
    person = await actor(body, context, services)
    found, _ = await _meant(services, body, action, person)
    subject = forms.subject_of(found.image, there(body))
    await forms.open_change(
        services, subject, person, opener(services, body), channel_id=pressed_in(body)
    )
    await ack()


async def full_size(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Post one picture of a sheet by itself; the menu of cards that earlier versions posted."""
    person = await actor(body, context, services)
    item_id, number = _unpacked(action)
    found = await shown.of_item(
        services, item_id, number, person=person, channel_id=pressed_in(body)
    )
    await ack()
    words = await originals.post(services, found.image.id, person=person)
    place = there(body)
    await services.slack.whisper(
        place.channel_id, person.id, replies.said(words), thread_ts=place.thread_ts
    )


async def open_image(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Open the modal of an image: from its card, from a row, from a list."""
    person = await actor(body, context, services)
    image_id = pressed(action)
    if not image_id.startswith("img_"):
        image_id = (await _meant(services, body, action, person))[0].image.id
    view = await shown.view(services, image_id, person=person, channel_id=pressed_in(body))
    await forms.with_picture(
        opener(services, body), lambda seen: image.modal(view, shows_picture=seen)
    )
    await ack()


async def _meant(
    services: Services, body: Json, action: Json, person: Person
) -> tuple[Shown, int | None]:
    """The image that a card's button is about, and the number that its value carries.

    The one its menu has selected; the first that is there where nothing, or nonsense, is.
    """
    item_id, number = _unpacked(action)
    if action.get("action_id") == results.OPEN and number is not None:
        wanted: int | None = number
    else:
        wanted = results.chosen_number((body.get("state") or {}).get("values"), item_id)
    here = pressed_in(body)
    try:
        found = await shown.of_item(services, item_id, wanted, person=person, channel_id=here)
    except NotFound:
        if wanted is None:
            raise
        found = await shown.of_item(services, item_id, None, person=person, channel_id=here)
    return found, number


def _unpacked(action: Json) -> tuple[str, int | None]:
    try:
        return results.unpack(pressed(action))
    except ValueError as error:
        raise forged() from error
