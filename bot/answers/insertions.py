"""Pictures and a place in a canvas in, a card out; where the place is open, it is asked for."""

from collections.abc import Sequence

from blocks import insert
from blocks.message import Message
from blocks.text import quoted
from bot import canvases, insertions, places
from bot.canvases import Opened
from bot.domain.images import Image
from bot.domain.people import Person
from bot.domain.proposals import Place
from bot.domain.requests import InsertPlan, Request, RequestState
from bot.errors import NotFound, SlackError, UserError
from bot.services import Services
from storage import requests

_NO_PICTURE = (
    "I do not know which image you mean. Say it in the thread in which the image stands, or press "
    "“Insert” beside it. Nothing was done."
)
_NOT_IMPORTED = (
    "This picture is not in the gallery yet. Say “import it” first, then ask me to insert it. "
    "Nothing was charged."
)
_NOT_READ = "Slack did not let me read this canvas. Please try again in a minute."
_SHOWN_HEADINGS = 5


async def answer(
    services: Services, request: Request, plan: InsertPlan, *, person: Person
) -> Message | None:
    """Make the proposal; words only where something is missing.

    Raises: NotFound, NotAllowed; as `proposals.propose`.
    """
    images = await _images(services, request, plan, person=person)
    try:
        canvas_id = await canvases.meant(services, request, plan.canvas_id)
        if canvas_id is None:
            await _ask(services, request, images, "Where should it go?")
            return None
        opened = await canvases.open_for(
            services, canvas_id, person=person, channel_id=request.channel_id
        )
    except SlackError as error:
        raise UserError(_NOT_READ) from error
    found = canvases.find_heading(opened.headings, plan.heading) if plan.heading else []
    if len(found) == 1:
        await insertions.propose(services, request, images, found[0], person=person)
    else:
        await _ask(services, request, images, _words(opened, plan.heading, found))
    return None


async def _images(
    services: Services, request: Request, plan: InsertPlan, *, person: Person
) -> list[Image]:
    if not plan.sources:
        raise NotFound(_NO_PICTURE)
    if any(not source.image_id for source in plan.sources):
        raise NotFound(_NOT_IMPORTED)
    ids = [source.image_id for source in plan.sources]
    return await insertions.images_of(services, ids, person=person, channel_id=request.channel_id)


def _words(opened: Opened, heading: str, found: Sequence[Place]) -> str:
    canvas = insert.canvas_words(opened.place)
    if not heading:
        return f"Under which heading of {canvas} should it go?"
    if found:
        return f"{canvas} has {len(found)} headings like “{quoted(heading)}”. Which one?"
    names = [f"“{quoted(place.heading, 60)}”" for place in opened.headings[:_SHOWN_HEADINGS]]
    has = f" It has {', '.join(names)}." if names else ""
    return f"{canvas} has no heading “{quoted(heading)}”.{has}"


async def _ask(services: Services, request: Request, images: Sequence[Image], words: str) -> None:
    """Ask where, once."""
    if not await services.store.note(requests.close, request.id, RequestState.ASKED):
        return
    packed = places.pack(request.id, *(image.id for image in images))
    question = insert.choose_place(words, packed=packed)
    await services.slack.post(request.channel_id, question, thread_ts=request.thread_ts)
