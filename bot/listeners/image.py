"""The modal of one image: its buttons, its neighbours in the chain, the form for its alt text."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View

from blocks import alt, image, receipt
from blocks.parts import unpack
from bot import originals, refusals
from bot.domain.people import Person
from bot.domain.requests import ProposePlan
from bot.errors import NotAllowed, NotFound, UserError
from bot.gallery import forget, forms, press, remake, shown
from bot.gallery.shown import Shown
from bot.listeners.views import moment, pusher, updater
from bot.listeners.who import Json, actor, forged, pressed
from bot.services import Services
from storage import gallery_moves, stars


class _Listener(Protocol):
    def __call__(
        self,
        ack: AsyncAck,
        body: Json,
        action: Json,
        context: AsyncBoltContext,
        services: Services,
    ) -> Awaitable[None]: ...


@dataclass(frozen=True)
class _Press:
    """One press of a button in the modal, with the image it is about."""

    services: Services
    found: Shown
    person: Person
    moment: str
    value: str


_Deed = Callable[[_Press], Awaitable[str]]
"""Does what a button says; the sentence that tells of it."""

_Look = Callable[[Services, str, Person], Awaitable[Shown]]
"""Finds the image that a button is about, for the one who pressed it."""


def _in_modal(deed: _Deed, look: _Look | None = None) -> _Listener:
    """Has a deed done to the button's image, and shows in the modal what came of it."""

    async def listen(
        ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
    ) -> None:
        person = await actor(body, context, services)
        value = pressed(action)
        await ack()
        image_id = value.partition(".")[0]
        try:
            found = await (look or _see)(services, image_id, person)
            note = await deed(_Press(services, found, person, moment(body, action), value))
        except UserError as error:
            note = (await refusals.in_full(services, error, team_id=person.team_id)).text
        view = body["view"]
        await _show(services, str(view["id"]), str(view["hash"]), image_id, person, note=note)

    return listen


async def _see(services: Services, image_id: str, person: Person) -> Shown:
    return await shown.seen(services, image_id, person=person)


async def _find(services: Services, image_id: str, person: Person) -> Shown:
    """Without looking: deleting shows nothing, and is the requester's and the admins' right."""
    return await shown.find(services, image_id, team_id=person.team_id)


async def _vary(press_: _Press) -> str:
    plan = remake.vary(press_.found.image, await forms.offered(press_.services, press_.person))
    return await _propose(press_, "vary", plan)


async def _upscale(press_: _Press) -> str:
    try:
        _, scale = unpack(press_.value)
    except ValueError as error:
        raise forged() from error
    found = press_.found
    plan = remake.enlarged(
        remake.source_of(found.image, file_id=found.file_id),
        size=remake.size_of(found.image),
        scale=scale,
        catalog=await forms.offered(press_.services, press_.person),
    )
    return await _propose(press_, "upscale", plan)


async def _again(press_: _Press) -> str:
    plan = remake.again(press_.found.image, await forms.offered(press_.services, press_.person))
    return await _propose(press_, "again", plan)


async def _full_size(press_: _Press) -> str:
    return await originals.post(press_.services, press_.found.image.id, person=press_.person)


async def _vector(press_: _Press) -> str:
    return await originals.post_vector(press_.services, press_.found.image.id, person=press_.person)


async def _star(press_: _Press) -> str:
    await press_.services.store.run(
        stars.set_star,
        press_.found.image.id,
        team_id=press_.person.team_id,
        user_id=press_.person.id,
        at=press_.services.now(),
    )
    return ""


async def _unstar(press_: _Press) -> str:
    await press_.services.store.run(
        stars.unset_star,
        press_.found.image.id,
        team_id=press_.person.team_id,
        user_id=press_.person.id,
    )
    return ""


async def _delete(press_: _Press) -> str:
    await forget.delete(press_.services, press_.found.image.id, person=press_.person)
    return "✓ The image is deleted."


async def _walk(press_: _Press) -> str:
    return ""


vary = _in_modal(_vary)
upscale = _in_modal(_upscale)
again = _in_modal(_again)
full_size = _in_modal(_full_size)
vector = _in_modal(_vector)
star = _in_modal(_star)
unstar = _in_modal(_unstar)
delete = _in_modal(_delete, _find)
walk = _in_modal(_walk)


async def edit(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Lay the form that asks what should change on the modal."""
    person = await actor(body, context, services)
    image_id = pressed(action)

    async def lay() -> None:
        found = await shown.seen(services, image_id, person=person)
        subject = forms.subject_of(found.image, None)
        await forms.open_change(services, subject, person, pusher(services, body))

    await _lay(services, body, image_id, person, lay())
    await ack()


async def edit_alt(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Lay the form for the alt text on the modal."""
    person = await actor(body, context, services)
    image_id = pressed(action)

    async def lay() -> None:
        found = await shown.seen(services, image_id, person=person)
        shown.check_change(found.image, person)
        is_ai = forms.is_ai(services, found.image)

        def form(seen: bool) -> View:
            return alt.modal(
                found.image,
                found.file_id,
                of_count=found.together,
                is_ai=is_ai,
                shows_picture=seen,
            )

        await forms.with_picture(pusher(services, body), form)

    await _lay(services, body, image_id, person, lay())
    await ack()


async def _lay(
    services: Services, body: Json, image_id: str, person: Person, laying: Awaitable[None]
) -> None:
    """Have a form laid on the modal; where that cannot be, the modal says why."""
    try:
        await laying
    except UserError as error:
        view = body["view"]
        note = (await refusals.in_full(services, error, team_id=person.team_id)).text
        await _show(services, str(view["id"]), str(view["hash"]), image_id, person, note=note)


async def save_alt(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Keep what the picture is said to show."""
    person = await actor(body, context, services)
    words = alt.parse(view["state"]["values"])
    if not isinstance(words, str):
        await ack(response_action="errors", errors=words)
        return
    image_id = str(view["private_metadata"])
    found = await shown.seen(services, image_id, person=person)
    shown.check_change(found.image, person)
    whole = receipt.alt_whole(
        words,
        is_generated=not found.image.is_imported,
        is_ai=forms.is_ai(services, found.image),
    )
    await services.store.run(
        gallery_moves.set_alt_text, image_id, team_id=person.team_id, alt_text=whole
    )
    await ack()
    below = view.get("previous_view_id")
    if below:
        note = "✓ The alt text is kept."
        await _show(services, str(below), None, image_id, person, note=note)


async def _propose(press_: _Press, what: str, plan: ProposePlan) -> str:
    """Propose in the image's own thread, once for one press, however often Slack delivers it."""
    proposal = await press.propose(
        press_.services,
        plan,
        press=f"{what}:{press_.found.image.id}:{press_.moment}",
        person=press_.person,
        place=press_.found.place,
    )
    link = None if proposal is None else await forms.link_to(press_.services, proposal)
    return image.posted_words(link)


async def _show(
    services: Services,
    view_id: str,
    view_hash: str | None,
    image_id: str,
    person: Person,
    *,
    note: str,
) -> None:
    update = updater(services, view_id, view_hash)
    try:
        found = await shown.view(services, image_id, person=person, note=note)
    except (NotFound, NotAllowed) as error:
        await update(image.gone(note or error.words))
        return
    await forms.with_picture(update, lambda seen: image.modal(found, shows_picture=seen))
