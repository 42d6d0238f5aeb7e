"""Canvases that a person may have us work on: an id and a person in, a place and headings out.

Slack lets an app into every canvas that was shared with it. Here a person gets no further than
Slack would let them: what they may not change themselves, we do not change for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.canvases import Heading
from bot.domain.people import Person
from bot.domain.proposals import Place
from bot.domain.requests import Request
from bot.errors import NotAllowed, NotFound, SlackError, SlackUnavailable
from bot.services import Services
from bot.slack import canvas
from bot.slack.access import Access, access_of, channel_access_of, own_access_of

NOT_SEEN = (
    "I cannot see this canvas. Share it in this channel, or with me, and let me edit it; "
    "then ask again. Nothing was charged."
)
NOT_HERE = (
    "This canvas is not shared in this channel, so I leave it alone here. Share it here, or ask me "
    "in a direct message. Nothing was charged."
)
NOT_THEIRS = (
    "I change only canvases that you may edit yourself. Ask the owner of this one to let you, or "
    "this channel, edit it. Nothing was charged."
)
READ_ONLY = (
    "I may read this canvas but not change it. Share it here so that the channel can edit it, "
    "then ask again. Nothing was charged."
)
NONE = (
    "I see no canvas here that you may edit. Add one to this channel, or paste the link of a "
    "canvas that this channel may edit into your message. Nothing was charged."
)
GONE = "This canvas was deleted, or is not shared with me any more."


@dataclass(frozen=True)
class Opened:
    """A canvas that a person may have changed."""

    place: Place
    """The canvas itself, without a heading."""
    headings: tuple[Place, ...]
    sections: tuple[Heading, ...]
    """The same headings, with what stands below each: data, never instructions."""


async def open_for(
    services: Services, canvas_id: str, *, person: Person, channel_id: str
) -> Opened:
    """Read a canvas for somebody who asks in that channel to have it changed.

    Raises: NotFound, NotAllowed; SlackError where Slack does not answer.
    """
    place = await check(services, canvas_id, person=person, channel_id=channel_id)
    content = await canvas.read(services.slack, canvas_id)
    sections = canvas.outline(content, title=place.canvas_title)
    return Opened(
        place=place,
        headings=tuple(
            place.model_copy(update={"heading": found.text, "occurrence": found.occurrence})
            for found in sections
        ),
        sections=sections,
    )


async def check(services: Services, canvas_id: str, *, person: Person, channel_id: str) -> Place:
    """See that a person may change a canvas, and so may we; the canvas as a place.

    In a channel it must be shared there: our card shows its headings to everybody in it, and a
    link from us would share it.

    Raises: NotFound, NotAllowed; SlackError where Slack does not answer.
    """
    file = await services.slack.file(canvas_id)
    if file is None or file.get("filetype") != "quip":
        raise NotFound(NOT_SEEN)
    is_direct = channel_id.startswith("D")
    if not is_direct and channel_access_of(file, channel_id) < Access.READ:
        raise NotAllowed(NOT_HERE)
    granted = access_of(file, person)
    there = channel_access_of(file, channel_id)
    if there > granted and (is_direct or await _is_there(services, person, channel_id)):
        granted = there
    if granted < Access.WRITE:
        raise NotAllowed(NOT_THEIRS)
    if own_access_of(file) < Access.WRITE:
        raise NotAllowed(READ_ONLY)
    return Place(
        canvas_id=canvas_id,
        canvas_title=str(file.get("title") or "Untitled"),
        canvas_url=str(file.get("permalink") or ""),
    )


async def offered(services: Services, *, person: Person, channel_id: str) -> list[Place]:
    """The canvases a person may have changed from that channel, the channel's first."""
    found: dict[str, Place] = {}
    for canvas_id in await canvas.list_canvases(services.slack, channel_id, person.id):
        try:
            found[canvas_id] = await check(
                services, canvas_id, person=person, channel_id=channel_id
            )
        except (NotFound, NotAllowed):
            continue
    return list(found.values())


async def meant(services: Services, request: Request, linked: str | None) -> str | None:
    """The canvas a request is about: linked in it, in its thread's first message, or the channel's.

    Raises: SlackUnavailable.
    """
    if linked is not None:
        return linked
    try:
        if request.thread_ts is not None and request.thread_ts != request.ts:
            root = await services.slack.text_of(request.channel_id, request.thread_ts)
            found = canvas.find_canvas_id(root)
            if found is not None:
                return found
        return await canvas.channel_canvas(services.slack, request.channel_id)
    except SlackUnavailable:
        raise
    except SlackError:
        return None


def find_heading(headings: Sequence[Place], words: str) -> list[Place]:
    """The headings that a person's words may mean: the same words, else those that have them."""
    wanted = _folded(words)
    for fits in (
        lambda heading: heading == wanted,
        lambda heading: heading.startswith(wanted),
        lambda heading: wanted in heading,
    ):
        found = [place for place in headings if fits(_folded(place.heading))]
        if found:
            return found
    return []


async def _is_there(services: Services, person: Person, channel_id: str) -> bool:
    try:
        return await services.slack.is_member(channel_id, person.id)
    except SlackUnavailable:
        raise
    except SlackError:
        return False


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).strip("“”\"'.:")
