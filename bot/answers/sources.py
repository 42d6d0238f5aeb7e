"""The pictures of a plan made ready: looked up, imported where that is allowed, named."""

from blocks import notices
from bot import refusals
from bot.domain.catalog import Aspect, Size
from bot.domain.images import Image
from bot.domain.people import Mode, Person, Tool
from bot.domain.proposals import ItemSource
from bot.domain.requests import PlannedItem, ProposePlan
from bot.errors import NotFound, SlackError, UserError
from bot.gallery import shown, sight
from bot.gallery.shown import Place
from bot.planner.choose import nearest_aspect
from bot.services import Services
from bot.studio.foresight import Wish, check_ahead
from bot.tools.imports import file_title, import_now, look_at
from storage import gallery

_GONE = "The picture to work on is not in the gallery any more. Nothing was charged."
_UNNAMED = frozenset({"", "picture", "image"})


async def ready(
    services: Services, plan: ProposePlan, *, person: Person, place: Place
) -> ProposePlan:
    """The plan with every picture it works on found.

    A posted one becomes an image of the gallery where importing runs by itself; where it is to be
    asked about, it stays a Slack file on the card, and approving imports it. An edit and an
    upscale get their picture's title and aspect.

    Raises: NotFound, BadPicture; NotAllowed where importing is blocked, or the picture is not for
        this person to see; BadField where the model
        can be known to fail.
    """
    if plan.tool not in (Tool.EDIT, Tool.UPSCALE):
        return plan
    items = [
        await _ready(services, item, tool=plan.tool, person=person, place=place)
        for item in plan.items
    ]
    return plan.model_copy(update={"items": tuple(items)})


async def _ready(
    services: Services, item: PlannedItem, *, tool: Tool, person: Person, place: Place
) -> PlannedItem:
    found = [await _source(services, source, person=person, place=place) for source in item.sources]
    changes: dict[str, object] = {"sources": tuple(source for source, _ in found)}
    if found:
        first, size = found[0]
        if item.title.strip().lower() in _UNNAMED:
            changes["title"] = first.title
        if size is not None:
            changes["aspect"] = _aspect(size)
            model = services.catalog.known(item.model_id)
            if model is not None:
                wish = Wish(prompt=item.prompt, count=item.count, scale=item.scale, size=size)
                check_ahead(model, wish, tool=tool)
    return item.model_copy(update=changes)


async def _source(
    services: Services, source: ItemSource, *, person: Person, place: Place
) -> tuple[ItemSource, Size | None]:
    """The picture with both its ids, as far as there are both, and its size if it is known."""
    team_id = person.team_id
    if source.image_id:
        image = await services.store.read(gallery.find, source.image_id, team_id=team_id)
        if image is None:
            raise NotFound(_GONE)
        await sight.check_sight(services, image, person, channel_id=place.channel_id)
        return await _of_image(services, image)
    rules = await services.workspace(team_id)
    mode = rules.mode(Tool.IMPORT_ATTACHMENT)
    known = await services.store.read(gallery.of_file, source.slack_file_id, team_id=team_id)
    if known is not None:
        return await _of_image(services, known)
    if mode is Mode.BLOCKED:
        raise refusals.blocked(Tool.IMPORT_ATTACHMENT)
    if mode is Mode.AUTO:
        image = await import_now(
            services,
            source.slack_file_id,
            by=person,
            channel_id=place.channel_id,
            thread_ts=place.thread_ts,
        )
        return await _of_image(services, image)
    try:
        file = await look_at(services, source.slack_file_id)
    except SlackError as error:
        raise UserError(notices.SLACK_GIVES_NOTHING) from error
    size = None
    if file.width_px and file.height_px:
        size = Size(width_px=file.width_px, height_px=file.height_px)
    return source.model_copy(update={"title": file_title(file)}), size


async def _of_image(services: Services, image: Image) -> tuple[ItemSource, Size]:
    found = await shown.find(services, image.id, team_id=image.team_id)
    title = image.title
    if found.together > 1 and image.slack_file_id is None:
        # The card shows the whole sheet: a person confirms which image of it is meant.
        title = f"{image.title}, image {image.index}"
    source = ItemSource(image_id=image.id, slack_file_id=found.file_id or "", title=title)
    return source, Size(width_px=image.width_px, height_px=image.height_px)


def _aspect(size: Size) -> Aspect:
    return nearest_aspect(size.width_px, size.height_px)
