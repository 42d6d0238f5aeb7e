"""Models and images listed in words: a reply plan in, the message out."""

from blocks import replies
from blocks.message import Message
from bot import permissions, refusals
from bot.domain.people import Person
from bot.domain.requests import ReplyKind, ReplyPlan
from bot.goahead import LOOKING
from bot.services import Services
from bot.studio.model_search import search_models
from storage import cards, gallery


async def look_up(services: Services, person: Person, reply: ReplyPlan) -> Message:
    """The words of a reply, with what it has to look up.

    Raises: NotAllowed where the workspace has blocked looking.
    """
    tool = LOOKING.get(reply.kind)
    if tool is None:
        return replies.reply(reply)
    workspace = await services.workspace(person.team_id)
    refusals.check(permissions.decide(workspace, person, tool), workspace)
    if reply.kind is ReplyKind.MODELS:
        offered = services.offered(workspace)
        return replies.models(offered, search_models(offered, reply.detail), query=reply.detail)
    return await _gallery(services, person, words=reply.detail)


async def _gallery(services: Services, person: Person, *, words: str) -> Message:
    images, total = await services.store.read(
        gallery.search,
        team_id=person.team_id,
        user_id=person.id,
        words=words,
        limit=replies.MAX_GALLERY_ROWS,
    )
    places = await services.store.read(
        cards.of_items,
        [image.item_id for image in images if image.item_id is not None],
        team_id=person.team_id,
    )
    links = {}
    for image in images:
        place = places.get(image.item_id or "")
        if place is not None:
            links[image.id] = await services.slack.permalink(*place)
    return replies.gallery(images, query=words, total=total, links=links, catalog=services.catalog)
