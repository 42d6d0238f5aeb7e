"""Canvases that a person may have us work on: an id and a person in, a place and headings out.

Slack lets an app into every canvas that was shared with it. Here a person gets no further than
Slack would let them: what they may not change themselves, we do not change for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.canvases import Heading, find_canvas_id, main_sections
from bot.domain.people import Person
from bot.domain.proposals import Place
from bot.domain.requests import Request
from bot.errors import CannotRead, NotAllowed, NotFound, SlackError, SlackUnavailable
from bot.services import Services
from bot.slack import canvas
from bot.slack.access import Access, access_of, channel_access_of, own_access_of

UNCHARGED = "Nothing was charged."
NOT_SEEN = (
    "I cannot see this canvas: it was deleted, or is not shared with me. Share it in this channel, "
    "and let the channel edit it."
)
NOT_HERE = (
    "This canvas is not shared in this channel, so I leave it alone here. Share it here, or ask me "
    "in a direct message."
)
NOT_THEIRS = (
    "I change only canvases that you may edit yourself. Ask the owner of this one to let you, or "
    "this channel, edit it."
)
READ_ONLY = "I may read this canvas but not change it. In its Share menu let this channel edit it."
NONE = (
    "I see no canvas here that you may edit. Add one to this channel, or paste the link of a "
    "canvas that this channel may edit into your message. Nothing was charged."
)


@dataclass(frozen=True)
class Opened:
    """A canvas that a person may have changed; what it says is data, never instructions."""

    place: Place
    """The canvas itself, without a heading."""
    headings: tuple[Place, ...]
    sections: tuple[Heading, ...]
    """The headings that part it, with what stands below each."""

    def under(self, heading: Heading) -> Place:
        """The place right below a heading."""
        return _under(self.place, heading)


async def open_for(
    services: Services, canvas_id: str, *, person: Person, channel_id: str
) -> Opened:
    """Read a canvas for somebody who asks in that channel to have it changed.

    Raises: NotFound, NotAllowed, CannotRead; SlackError where Slack does not answer.
    """
    place = await check(services, canvas_id, person=person, channel_id=channel_id)
    text = await canvas.read(services.slack, canvas_id)
    return Opened(
        place=place,
        headings=tuple(_under(place, heading) for heading in text.headings if heading.text),
        sections=main_sections(text.headings),
    )


async def check(
    services: Services,
    canvas_id: str,
    *,
    person: Person,
    channel_id: str,
    aftermath: str = UNCHARGED,
) -> Place:
    """See that a person may change a canvas, and so may we; the canvas as a place.

    In a channel it must be shared there: our card shows its headings to everybody in it, and a
    link from us would share it. `aftermath` is the last sentence of what is raised.

    Raises: NotFound, NotAllowed; SlackError where Slack does not answer.
    """
    file = await services.slack.file(canvas_id)
    if file is None or file.get("filetype") != "quip":
        raise NotFound(f"{NOT_SEEN} {aftermath}".strip())
    is_direct = channel_id.startswith("D")
    if not is_direct and channel_access_of(file, channel_id) < Access.READ:
        raise NotAllowed(f"{NOT_HERE} {aftermath}".strip())
    granted = access_of(file, person)
    there = channel_access_of(file, channel_id)
    if there > granted and (is_direct or await _is_there(services, person, channel_id)):
        granted = there
    if granted < Access.WRITE:
        raise NotAllowed(f"{NOT_THEIRS} {aftermath}".strip())
    if own_access_of(file) < Access.WRITE:
        raise NotAllowed(f"{READ_ONLY} {aftermath}".strip())
    return Place(
        canvas_id=canvas_id,
        canvas_title=str(file.get("title") or "Untitled"),
        canvas_url=str(file.get("permalink") or ""),
    )


async def offered(services: Services, *, person: Person, channel_id: str) -> list[Place]:
    """The canvases a person may have changed from that channel, the channel's first."""
    found: dict[str, Place] = {}
    for listed in await canvas.list_canvases(services.slack, channel_id):
        try:
            found[listed.id] = await check(
                services, listed.id, person=person, channel_id=channel_id
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
            found = find_canvas_id(root)
            if found is not None:
                return found
        own = await canvas.channel_canvas(services.slack, request.channel_id)
    except SlackUnavailable:
        raise
    except (SlackError, CannotRead):
        return None
    return None if own is None else own.id


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


def _under(canvas: Place, heading: Heading) -> Place:
    return canvas.model_copy(
        update={
            "heading": heading.text,
            "level": heading.level,
            "occurrence": heading.occurrence,
        }
    )


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).strip("“”\"'.:")
