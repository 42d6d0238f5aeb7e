"""The buttons and forms about canvases: where an image goes, and which canvas is meant."""

from collections.abc import Sequence

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View

from blocks import insert_form as form
from blocks import notices
from bot import canvases, decisions, insertions
from bot.answers import documents
from bot.domain.people import Person
from bot.domain.proposals import Item, Place, Proposal
from bot.domain.requests import DocumentPlan
from bot.errors import NotAllowed, NotFound, SlackError, Stale, UserError
from bot.listeners.decide import move
from bot.listeners.forms import ANSWERED, open_on_top, record, telling
from bot.listeners.who import Json, actor, pressed
from bot.places import (
    Subject,
    read_document,
    read_subject,
    shown_file,
    subject_of_image,
)
from bot.services import Services
from bot.slack import cards


async def open_insert(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Ask where an image of the gallery is to go."""
    person = await actor(body, context, services)
    subject = await subject_of_image(services, pressed(action), person=person)
    await ack()
    await open_on_top(services, body, await _place_form(services, subject, person))


async def choose_place(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """The button of our question where images are to go."""
    person = await actor(body, context, services)
    subject = await read_subject(services, pressed(action), person=person)
    await ack()
    await open_on_top(services, body, await _place_form(services, subject, person))


async def options(ack: AsyncAck, payload: Json, body: Json, services: Services) -> None:
    """The canvases that this person may have changed from here."""
    person = await services.slack.person(str(body["user"]["id"]), team_id=str(body["team"]["id"]))
    channel_id = await _channel_of(services, body["view"], person)
    typed = str(payload.get("value") or "").casefold()
    found = await canvases.offered(services, person=person, channel_id=channel_id)
    fitting = [place for place in found if typed in place.canvas_title.casefold()]
    await ack(options=form.canvas_options(fitting))


async def redraw(ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services) -> None:
    """Show the headings of the canvas that was just chosen."""
    await ack()
    person = await actor(body, context, services)
    view = body["view"]
    canvas_id = form.chosen_canvas(view["state"]["values"])
    if canvas_id is None:
        return
    if view["callback_id"] == form.EDIT_PLACE_MODAL:
        proposal, item = await _item(services, view, person)
        fresh = await edit_form(
            services, item, person=person, channel_id=proposal.channel_id, canvas_id=canvas_id
        )
    else:
        subject = await read_subject(services, str(view["private_metadata"]), person=person)
        fresh = await _place_form(services, subject, person, canvas_id=canvas_id)
    try:
        await services.slack.update_view(str(view["id"]), str(view["hash"]), fresh)
    except SlackError as error:
        # The form was closed, or a newer choice redraws it.
        if error.code not in ("hash_conflict", "not_found", "view_not_found"):
            raise


async def save_place(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Insert where the form says: pressing "Insert" there is the decision."""
    person = await actor(body, context, services)
    subject = await read_subject(services, str(view["private_metadata"]), person=person)
    place = await _submitted_place(ack, view, services, person, subject.channel_id)
    if place is None:
        return
    await ack()
    request = subject.request or await record(
        services,
        person,
        channel_id=subject.channel_id,
        thread_ts=subject.thread_ts,
        ts=f"insert:{view['id']}",
    )

    async def go() -> None:
        made = None
        if request is not None:
            made = await insertions.propose(
                services, request, subject.images, place, person=person, is_approved=True
            )
        if made is None:
            raise Stale(ANSWERED)

    await telling(services, person, subject.channel_id, subject.thread_ts, go())


async def open_edit(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Open the form that changes where an insertion goes, before it is approved."""
    person = await actor(body, context, services)
    item_id = pressed(action)
    proposal = await decisions.of_item(services, item_id, team_id=person.team_id)

    async def open_it() -> None:
        await decisions.check_open(services, proposal, person)
        item = next(item for item in proposal.items if item.id == item_id)
        fresh = await edit_form(services, item, person=person, channel_id=proposal.channel_id)
        await open_on_top(services, body, fresh)

    await move(ack, services, person, proposal.id, open_it(), show=False)


async def edit_form(
    services: Services, item: Item, *, person: Person, channel_id: str, canvas_id: str = ""
) -> View:
    """The form that changes where an insertion goes, before it is approved."""
    if item.place is None:
        raise NotFound(notices.ELSEWHERE)
    source = item.sources[0]
    return await _form(
        services,
        item.id,
        callback_id=form.EDIT_PLACE_MODAL,
        titles=[item.title],
        picture_id=await shown_file(services, source.slack_file_id),
        canvas_id=canvas_id or item.place.canvas_id,
        chosen=item.place,
        person=person,
        channel_id=channel_id,
    )


async def save_edit(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Keep the new place of an insertion that awaits a decision."""
    person = await actor(body, context, services)
    proposal, item = await _item(services, view, person)
    place = await _submitted_place(ack, view, services, person, proposal.channel_id)
    if place is None:
        return
    await decisions.edit(
        services, proposal.id, {item.id: item.settings}, person=person, places={item.id: place}
    )
    await ack()
    await cards.try_show(services, proposal.id, team_id=person.team_id)


async def choose_canvas(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """The button of our question which canvas is meant."""
    person = await actor(body, context, services)
    request, _ = await read_document(services, pressed(action), person=person)
    await ack()
    await open_on_top(services, body, form.canvas_form(pressed(action), said=request.text))


async def save_canvas(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Make the proposal for the canvas that was chosen."""
    person = await actor(body, context, services)
    request, is_inserting = await read_document(
        services, str(view["private_metadata"]), person=person
    )
    canvas_id = form.parse_canvas(view["state"]["values"])
    if not isinstance(canvas_id, str):
        await ack(response_action="errors", errors=canvas_id)
        return
    plan = DocumentPlan(canvas_id=canvas_id, is_inserting=is_inserting, text=request.text)
    try:
        await canvases.check(services, canvas_id, person=person, channel_id=request.channel_id)
    except (NotFound, NotAllowed) as error:
        await ack(response_action="errors", errors={form.canvas_block(): error.words})
        return
    await ack()

    async def go() -> None:
        if not await documents.propose(services, request, plan, canvas_id=canvas_id, person=person):
            raise Stale(ANSWERED)

    await telling(services, person, request.channel_id, request.thread_ts, go())


async def opened(ack: AsyncAck) -> None:
    """A button that only leads to the canvas."""
    await ack()


async def _submitted_place(
    ack: AsyncAck, view: Json, services: Services, person: Person, channel_id: str
) -> Place | None:
    """The place of a submitted form; None where the form was told what is wrong with it."""
    values = view["state"]["values"]
    parsed = form.parse_place(values)
    if isinstance(parsed, dict):
        await ack(response_action="errors", errors=parsed)
        return None
    canvas_id, heading = parsed
    try:
        canvas = await canvases.open_for(services, canvas_id, person=person, channel_id=channel_id)
    except (NotFound, NotAllowed) as error:
        await ack(response_action="errors", errors={form.canvas_block(): error.words})
        return None
    place = form.find_place(canvas.place, canvas.headings, heading)
    if place is None:
        errors = {form.heading_block(values): insertions.HEADING_GONE}
        await ack(response_action="errors", errors=errors)
    return place


async def _place_form(
    services: Services, subject: Subject, person: Person, *, canvas_id: str = ""
) -> View:
    if not canvas_id:
        found = await canvases.offered(services, person=person, channel_id=subject.channel_id)
        canvas_id = found[0].canvas_id if len(found) == 1 else ""
    return await _form(
        services,
        subject.packed,
        callback_id=form.PLACE_MODAL,
        titles=[image.title for image in subject.images],
        picture_id=subject.picture_id,
        canvas_id=canvas_id,
        chosen=None,
        person=person,
        channel_id=subject.channel_id,
    )


async def _form(
    services: Services,
    packed: str,
    *,
    callback_id: str,
    titles: Sequence[str],
    picture_id: str,
    canvas_id: str,
    chosen: Place | None,
    person: Person,
    channel_id: str,
) -> View:
    """The form with the headings of a canvas, or with why it cannot be used."""
    canvas: Place | None = None
    headings: Sequence[Place] = ()
    problem = ""
    if canvas_id:
        try:
            found = await canvases.open_for(
                services, canvas_id, person=person, channel_id=channel_id
            )
            canvas, headings = found.place, found.headings
        except UserError as error:
            problem = error.words
    return form.place_form(
        packed,
        callback_id=callback_id,
        titles=titles,
        picture_id=picture_id,
        canvas=canvas,
        headings=headings,
        chosen=chosen if chosen and chosen.canvas_id == canvas_id else None,
        problem=problem,
    )


async def _item(services: Services, view: Json, person: Person) -> tuple[Proposal, Item]:
    item_id = str(view["private_metadata"])
    proposal = await decisions.of_item(services, item_id, team_id=person.team_id)
    await decisions.check_decider(services, proposal, person)
    return proposal, next(item for item in proposal.items if item.id == item_id)


async def _channel_of(services: Services, view: Json, person: Person) -> str:
    """The channel from which a form was opened."""
    packed = str(view["private_metadata"])
    if view["callback_id"] == form.EDIT_PLACE_MODAL:
        proposal, _ = await _item(services, view, person)
        return proposal.channel_id
    if view["callback_id"] == form.CANVAS_MODAL:
        request, _ = await read_document(services, packed, person=person)
        return request.channel_id
    return (await read_subject(services, packed, person=person)).channel_id
