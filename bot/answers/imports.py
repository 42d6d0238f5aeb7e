"""Pictures posted in Slack in, images of the gallery out; or the question what to do with them."""

from collections.abc import Sequence

from blocks import posted
from blocks.message import Message
from bot import refusals
from bot.domain.people import Mode, Person, Tool
from bot.domain.proposals import ItemSource
from bot.domain.requests import ImportPlan, Request
from bot.errors import NotFound, UserError
from bot.gallery import sight
from bot.gallery.shown import Place
from bot.services import Services
from bot.tools.imports import import_now
from storage import gallery

_GONE = "One of the images is not in the gallery any more."


async def answer(
    services: Services, request: Request, plan: ImportPlan, *, person: Person
) -> Message | None:
    """Import the pictures; the words that say so, or that ask whether to.

    Raises: NotAllowed where the workspace has blocked importing.
    """
    workspace = await services.workspace(person.team_id)
    if workspace.mode(Tool.IMPORT_ATTACHMENT) is Mode.ASK:
        return posted.may_keep([source.image_id or source.slack_file_id for source in plan.sources])
    place = Place(request.channel_id, request.thread_ts)
    return await keep(services, plan.sources, person=person, place=place)


async def ask(services: Services, request: Request) -> Message:
    """What to do with the pictures of a message without words."""
    return posted.ask([attachment.file_id for attachment in request.attachments])


async def keep(
    services: Services, sources: Sequence[ItemSource], *, person: Person, place: Place
) -> Message:
    """Import what is not in the gallery yet; the words that say what is.

    Raises: NotAllowed where the workspace has blocked importing; UserError where none could be.
    """
    workspace = await services.workspace(person.team_id)
    if workspace.mode(Tool.IMPORT_ATTACHMENT) is Mode.BLOCKED:
        raise refusals.blocked(Tool.IMPORT_ATTACHMENT)
    refusals.check_channel(workspace, place.channel_id)
    images, failures = [], []
    for source in sources:
        try:
            if source.image_id:
                image = await services.store.read(
                    gallery.find, source.image_id, team_id=person.team_id
                )
                if image is None:
                    raise NotFound(_GONE)
                await sight.check_sight(services, image, person, channel_id=place.channel_id)
            else:
                image = await import_now(
                    services,
                    source.slack_file_id,
                    by=person,
                    channel_id=place.channel_id,
                    thread_ts=place.thread_ts,
                )
        except UserError as error:
            failures.append(error)
        else:
            images.append(image)
    if failures and not images:
        raise failures[0]
    return posted.kept(images, failures=[error.words for error in failures])
