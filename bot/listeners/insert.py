"""The buttons and forms about canvases: where an image goes, which canvas is meant, undo."""

from collections.abc import Awaitable, Sequence

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View

from blocks import insert_form as form
from blocks import notices, replies
from bot import canvases, decisions, insertions
from bot.answers import documents
from bot.domain.ids import new_id
from bot.domain.insertions import InsertionState
from bot.domain.people import Person
from bot.domain.proposals import Item, Place, Proposal
from bot.domain.requests import DocumentPlan, Request, Source
from bot.errors import NotAllowed, NotFound, SlackError, Stale, UserError
from bot.listeners.decide import move
from bot.listeners.who import Json, actor, pressed
from bot.places import (
    Subject,
    read_document,
    read_subject,
    shown_file,
    subject_of_image,
    thread_of,
)
from bot.services import Services
from bot.slack import cards
from storage import requests

_ANSWERED = "This was answered before; the card is in this thread. Nothing more was done."


async def open_insert(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Ask where an image of the gallery is to go."""
    person = await actor(body, context, services)
    subject = await subject_of_image(services, pressed(action), person=person)
    await ack()
    await _open(services, body, await _place_form(services, subject, person))


async def choose_place(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """The button of our question where images are to go."""
    person = await actor(body, context, services)
    subject = await read_subject(services, pressed(action), person=person)
    await ack()
    await _open(services, body, await _place_form(services, subject, person))


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
    request = subject.request or await _record(
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
            raise Stale(_ANSWERED)

    await _telling(services, person, subject.channel_id, subject.thread_ts, go())


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
        await _open(services, body, fresh)

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
    await _open(services, body, form.canvas_form(pressed(action), said=request.text))


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
            raise Stale(_ANSWERED)

    await _telling(services, person, request.channel_id, request.thread_ts, go())


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
    await _open(services, body, form.undo_form(there))


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
    await _telling(
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
    request = await _record(
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
        raise Stale(_ANSWERED)


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


async def _open(services: Services, body: Json, view: View) -> None:
    """Open a form, on top of the one in which the button was."""
    trigger_id = str(body["trigger_id"])
    if (body.get("view") or {}).get("type") == "modal":
        await services.slack.push_view(trigger_id, view)
    else:
        await services.slack.open_view(trigger_id, view)


async def _item(services: Services, view: Json, person: Person) -> tuple[Proposal, Item]:
    item_id = str(view["private_metadata"])
    proposal = await decisions.of_item(services, item_id, team_id=person.team_id)
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


async def _record(
    services: Services, person: Person, *, channel_id: str, thread_ts: str | None, ts: str
) -> Request | None:
    """A request that was pressed rather than said; None where it was recorded before."""
    request = Request(
        id=new_id("req"),
        team_id=person.team_id,
        user_id=person.id,
        channel_id=channel_id,
        ts=ts,
        thread_ts=thread_ts,
        text="",
        source=Source.ACTION,
        created_at=services.now(),
    )
    is_new = await services.store.note(requests.record, request, event_id=None)
    return request if is_new else None


async def _telling(
    services: Services,
    person: Person,
    channel_id: str,
    thread_ts: str | None,
    work: Awaitable[object],
) -> None:
    """Do what a form asked for after it was closed, and tell the person why it cannot be done."""
    try:
        await work
    except UserError as error:
        message = replies.said(error.words)
        await services.slack.whisper(channel_id, person.id, message, thread_ts=thread_ts)
