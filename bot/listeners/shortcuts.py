"""What is done with posted pictures: by a message's shortcuts, by the buttons of our answers."""

from collections.abc import Sequence

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from blocks import posted
from blocks.message import Message, to_json
from blocks.subject import MAX_PICKS, Subject, is_file, picked, unpack
from bot import refusals
from bot.answers import imports
from bot.domain.people import Person
from bot.domain.proposals import ItemSource
from bot.errors import BadField, UserError
from bot.gallery import forms, sight
from bot.gallery.forms import Opener
from bot.gallery.shown import Place
from bot.listeners.views import opener, there, updater
from bot.listeners.who import Json, actor, forged, pressed
from bot.services import Services
from bot.tools.imports import is_picture
from storage import gallery

EDIT_IMAGE = "edit_image"
UPSCALE_IMAGE = "upscale_image"
IMPORT_IMAGE = "import_image"
"""The callback ids in the manifest."""


async def edit_image(
    ack: AsyncAck,
    body: Json,
    context: AsyncBoltContext,
    respond: AsyncRespond,
    services: Services,
) -> None:
    """Ask what should change about a picture of the message."""
    person = await actor(body, context, services)
    try:
        subject = await _subject_of_message(services, body, person)
        await forms.open_change(
            services, subject, person, opener(services, body), channel_id=subject.channel_id
        )
    except UserError as error:
        await _tell(services, respond, error, person)
    await ack()


async def upscale_image(
    ack: AsyncAck,
    body: Json,
    context: AsyncBoltContext,
    respond: AsyncRespond,
    services: Services,
) -> None:
    """Ask how much larger a picture of the message is to be."""
    person = await actor(body, context, services)
    try:
        subject = await _subject_of_message(services, body, person)
        await forms.open_posted(
            services,
            subject,
            person,
            opener(services, body),
            is_enlarging=True,
            channel_id=subject.channel_id,
        )
    except UserError as error:
        await _tell(services, respond, error, person)
    await ack()


async def import_image(
    ack: AsyncAck,
    body: Json,
    context: AsyncBoltContext,
    respond: AsyncRespond,
    services: Services,
) -> None:
    """Keep the message's picture; where there are several, ask which."""
    person = await actor(body, context, services)
    try:
        subject = await _subject_of_message(services, body, person)
        if len(subject.picture_ids) > 1:
            await forms.open_posted(
                services,
                subject,
                person,
                opener(services, body),
                is_enlarging=False,
                channel_id=subject.channel_id,
            )
            await ack()
            return
        await ack()
        place = Place(subject.channel_id, subject.thread_ts)
        kept = await imports.keep(
            services, _sources(subject.picture_ids), person=person, place=place
        )
        await _say(respond, kept)
    except UserError as error:
        await _tell(services, respond, error, person)
        await ack()


async def edit(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Ask what should change about a posted or imported picture."""
    person = await actor(body, context, services)
    subject = await _subject_of(services, body, action, person)
    await forms.open_change(
        services, subject, person, opener(services, body), channel_id=subject.channel_id
    )
    await ack()


async def upscale(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Ask how much larger a posted or imported picture is to be."""
    person = await actor(body, context, services)
    subject = await _subject_of(services, body, action, person)
    await forms.open_posted(
        services,
        subject,
        person,
        opener(services, body),
        is_enlarging=True,
        channel_id=subject.channel_id,
    )
    await ack()


async def keep(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Keep posted pictures in the gallery; pressing it is the approval."""
    person = await actor(body, context, services)
    subject = await _subject_of(services, body, action, person)
    await ack()
    await _keep(services, subject.picture_ids, person, there(body))


async def redraw(ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services) -> None:
    """Show the picture and the price of what was just chosen."""
    await ack()
    person = await actor(body, context, services)
    view = body["view"]
    await redraw_posted(
        services, view, person, updater(services, str(view["id"]), str(view["hash"]))
    )


async def redraw_posted(services: Services, view: Json, person: Person, update: Opener) -> None:
    """Draw one of the forms about posted pictures anew."""
    await forms.open_posted(
        services,
        subject_in(view),
        person,
        update,
        is_enlarging=view["callback_id"] == posted.ENLARGE_MODAL,
        values=view["state"]["values"],
    )


async def enlarge(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Propose to enlarge the chosen picture."""
    person = await actor(body, context, services)
    subject, values = subject_in(view), view["state"]["values"]
    picture_id = picked(values, subject.picture_ids)
    scale = posted.parse_scale(values)
    try:
        ready = await forms.enlarge_plan(services, subject, picture_id, scale, person)
    except BadField as error:
        await ack(response_action="errors", errors={"scale": error.words})
        return
    await ack()
    press = f"upscale:{picture_id}:{view['id']}"
    await forms.propose(services, ready, press=press, person=person)


async def keep_chosen(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Keep the chosen picture."""
    person = await actor(body, context, services)
    subject = subject_in(view)
    picture_id = picked(view["state"]["values"], subject.picture_ids)
    await sight.check_place(services, subject.channel_id, person)
    if is_file(picture_id):
        await sight.check_file(services, picture_id, person)
    await ack()
    await _keep(services, [picture_id], person, Place(subject.channel_id, subject.thread_ts))


async def _keep(
    services: Services, picture_ids: Sequence[str], person: Person, place: Place
) -> None:
    try:
        words = await imports.keep(services, _sources(picture_ids), person=person, place=place)
    except UserError as error:
        words = await refusals.in_full(services, error, team_id=person.team_id)
    await forms.whisper(services, words, person=person, place=place)


async def _subject_of_message(services: Services, body: Json, person: Person) -> Subject:
    """The pictures of the message that a shortcut was used on; of a sheet of ours, each image.

    Raises: UserError where there is none.
    """
    message = body["message"]
    ids: list[str] = []
    for file in message.get("files") or ():
        if not is_picture(file):
            continue
        images = await services.store.read(gallery.on_file, str(file["id"]), team_id=person.team_id)
        ids += [image.id for image in images] or [str(file["id"])]
    if not ids:
        raise UserError(posted.NO_PICTURE)
    thread_ts = str(message.get("thread_ts") or message["ts"])
    return Subject(tuple(ids[:MAX_PICKS]), str(body["channel"]["id"]), thread_ts)


def _sources(picture_ids: Sequence[str]) -> list[ItemSource]:
    return [
        ItemSource(slack_file_id=each) if is_file(each) else ItemSource(image_id=each)
        for each in picture_ids
    ]


async def _subject_of(services: Services, body: Json, action: Json, person: Person) -> Subject:
    """The pictures that a button of ours carries, with the thread it was pressed in.

    Raises: NotFound where a file is not for the person, whatever the button says.
    """
    try:
        subject = unpack(pressed(action))
    except ValueError as error:
        raise forged() from error
    for picture_id in filter(is_file, subject.picture_ids):
        await sight.check_file(services, picture_id, person)
    place = there(body)
    return subject._replace(channel_id=place.channel_id, thread_ts=place.thread_ts or "")


def subject_in(view: Json) -> Subject:
    """The pictures that a form of ours is about.

    Raises: NotFound.
    """
    try:
        return unpack(str(view["private_metadata"]))
    except ValueError as error:
        raise forged() from error


async def _tell(
    services: Services, respond: AsyncRespond, error: UserError, person: Person
) -> None:
    await _say(respond, await refusals.in_full(services, error, team_id=person.team_id))


async def _say(respond: AsyncRespond, message: Message) -> None:
    """To the person alone; it works where we are not in the channel."""
    await respond(
        text=message.text,
        blocks=to_json(message.blocks),
        response_type="ephemeral",
        replace_original=False,
    )
