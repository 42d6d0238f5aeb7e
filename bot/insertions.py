"""Images put into canvases by hand, and taken out again: the moves behind buttons and forms."""

from collections.abc import Sequence

from blocks import notices
from bot import decisions, permissions, proposals, refusals
from bot.domain.audit import AuditEntry, Deed
from bot.domain.canvases import caption, file_id_of
from bot.domain.catalog import Aspect
from bot.domain.images import Image
from bot.domain.insertions import Insertion, InsertionState
from bot.domain.people import Person, Tool
from bot.domain.proposals import ItemSource, Place, Proposal
from bot.domain.requests import PlannedItem, ProposePlan, Request
from bot.errors import NotFound, SlackError, SlackUnavailable, Stale, UserError
from bot.gallery import sight
from bot.services import Services
from bot.slack import canvas_changes, cards
from bot.tools.insert import where
from storage import gallery, insertions

HEADING_GONE = "This heading is not in the canvas any more. Choose another one."
_NOT_NOW = "Slack could not be reached, so nothing was changed. Please try again in a minute."
_NOT_TAKEN = (
    "Slack does not let me change this canvas any more: it was deleted, or is not shared with me. "
    "Nothing was changed."
)
_OUT = "Somebody had taken the image out of the canvas before, so there was nothing left to undo."
_DELETED = "This image was deleted, so it cannot be inserted. Nothing was done."
NOTHING = "Nothing of this is in the canvas any more, so there is nothing to undo."


def planned(image: Image, place: Place, *, shown_in: str = "") -> PlannedItem:
    """An image of the gallery as an item that inserts it."""
    return PlannedItem(
        title=image.title,
        prompt="",
        original=image.prompt,
        model_id=decisions.INSERT_MODEL_ID,
        model_reason="",
        style_id=image.style_id,
        aspect=Aspect(image.aspect),
        count=1,
        sources=(ItemSource(image_id=image.id, slack_file_id=shown_in, title=image.title),),
        place=place,
    )


async def propose(
    services: Services,
    request: Request,
    images: Sequence[Image],
    place: Place,
    *,
    person: Person,
    is_approved: bool = False,
) -> Proposal | None:
    """Make a proposal that inserts images at a place; None where the request was answered before.

    With `is_approved` the person chose the place in a form of ours and pressed "Insert": that is
    the decision, where they may take it; else the card asks.

    Raises: as `proposals.propose`.
    """
    shown = [await services.store.read(gallery.file_shown, image) for image in images]
    items = tuple(
        planned(image, place, shown_in=file_id or "")
        for image, file_id in zip(images, shown, strict=True)
    )
    plan = ProposePlan(tool=Tool.INSERT_INTO_CANVAS, items=items)
    return await proposals.propose(services, request, plan, person=person, is_approved=is_approved)


async def images_of(
    services: Services, image_ids: Sequence[str], *, person: Person, channel_id: str = ""
) -> list[Image]:
    """The images with these ids, for somebody who may see them; `channel_id` as for `check_sight`.

    Raises: NotFound where one was deleted; NotAllowed.
    """
    found = []
    for image_id in image_ids:
        image = await services.store.read(gallery.find, image_id, team_id=person.team_id)
        if image is None:
            raise NotFound(_DELETED)
        await sight.check_sight(services, image, person, channel_id=channel_id)
        found.append(image)
    return found


async def undo(services: Services, insertion_id: str, *, person: Person) -> Insertion:
    """Take out of a canvas exactly what one insertion put there.

    Raises: NotFound, NotAllowed; Stale where it is out already, or cannot be taken out without
        touching what others wrote; nothing is changed then.
    """
    found = await find(services, insertion_id, team_id=person.team_id)
    proposal = await decisions.of_item(services, found.item_id, team_id=person.team_id)
    await check_undoer(services, proposal, person)
    try:
        await _take_out(services, proposal, found, person=person)
    finally:
        await cards.try_show(services, proposal.id, team_id=person.team_id)
    return found


async def undo_several(
    services: Services, item_id: str, insertion_ids: Sequence[str], *, person: Person
) -> int:
    """Take out several insertions of a proposal; how many.

    Raises: NotFound, NotAllowed; Stale where some could not be taken out: the others are.
    """
    proposal = await decisions.of_item(services, item_id, team_id=person.team_id)
    await check_undoer(services, proposal, person)
    mine = {each.id: each for each in await of_proposal(services, proposal)}
    if any(insertion_id not in mine for insertion_id in insertion_ids):
        raise NotFound(notices.ELSEWHERE)
    problems = []
    for insertion_id in insertion_ids:
        try:
            await _take_out(services, proposal, mine[insertion_id], person=person)
        except UserError as error:
            problems.append(error.words)
    await cards.try_show(services, proposal.id, team_id=person.team_id)
    if problems:
        raise Stale(" ".join(dict.fromkeys(problems)))
    return len(insertion_ids)


async def of_proposal(services: Services, proposal: Proposal) -> list[Insertion]:
    """The insertions of a proposal's items, in the order of the card."""
    found = await services.store.read(
        insertions.of_items, [item.id for item in proposal.items], team_id=proposal.team_id
    )
    order = {item.id: item.position for item in proposal.items}
    return sorted(found, key=lambda each: order[each.item_id])


async def find(services: Services, insertion_id: str, *, team_id: str) -> Insertion:
    """The workspace's insertion with that id.

    Raises: NotFound.
    """
    found = await services.store.read(insertions.find, insertion_id, team_id=team_id)
    if found is None:
        raise NotFound(notices.ELSEWHERE)
    return found


async def check_undoer(services: Services, proposal: Proposal, person: Person) -> None:
    """See that a person may undo what a proposal inserted: who may decide it, and admins.

    A blocked tool does not stand in the way: undoing only takes back.

    Raises: NotAllowed.
    """
    workspace = await services.workspace(person.team_id)
    if permissions.may_set_rules(person) is None:
        return
    reason = permissions.may_decide(workspace, person, requester_id=proposal.requester_id)
    decision = permissions.Decision(workspace.mode(Tool.INSERT_INTO_CANVAS), reason)
    refusals.check(decision, workspace, requester_id=proposal.requester_id)


async def _take_out(
    services: Services, proposal: Proposal, insertion: Insertion, *, person: Person
) -> None:
    """Undo one insertion.

    Raises: Stale, BadCanvas, CannotRead.
    """
    item = next(item for item in proposal.items if item.id == insertion.item_id)
    if insertion.state is not InsertionState.INSERTED:
        raise Stale(NOTHING)
    canvas_id = insertion.place.canvas_id
    try:
        content = await services.slack.canvas_content(canvas_id)
        is_there = insertion.marker in content or file_id_of(insertion.permalink) in content
        if is_there:
            await canvas_changes.undo_insert(
                services.slack,
                canvas_id,
                permalink=insertion.permalink,
                caption=caption(item.title, insertion.marker),
                marker=insertion.marker,
            )
    except SlackUnavailable as error:
        raise Stale(_NOT_NOW) from error
    except SlackError as error:
        raise Stale(_NOT_TAKEN) from error
    entry = AuditEntry(
        team_id=insertion.team_id,
        at=services.now(),
        actor_id=person.id,
        deed=Deed.INSERT_UNDONE,
        subject=insertion.image_id,
        old=where(insertion.place),
    )
    if not await services.store.run(
        insertions.move, insertion.id, InsertionState.UNDONE, entry=entry
    ):
        raise Stale(NOTHING)
    if not is_there:
        raise Stale(_OUT)
