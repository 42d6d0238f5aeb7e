"""A canvas in, one batch card with a row for each of its sections out.

What a canvas says is data: its headings become titles and its text the words of prompts, and
nothing in it chooses a model, a price or who approves.
"""

from blocks import insert
from blocks.message import Message
from bot import canvases, places, proposals
from bot.canvases import Opened
from bot.domain.people import Person, Tool
from bot.domain.proposals import MAX_ITEMS
from bot.domain.requests import DocumentPlan, PlannedItem, ProposePlan, Request, RequestState
from bot.errors import NotFound, SlackError, SlackUnavailable, UserError
from bot.planner import document
from bot.services import Services
from storage import requests

_WHICH = "Which canvas do you mean?"
_NO_HEADINGS = (
    "{title} has no headings, so I cannot tell its sections apart. Add a heading to each "
    "section and ask again, or describe one image for the whole canvas. Nothing was charged."
)
_NOT_READ = "Slack did not let me read this canvas. Please try again in a minute."


async def answer(
    services: Services, request: Request, plan: DocumentPlan, *, person: Person
) -> Message | None:
    """Make the proposal; words only where something is missing.

    Raises: NotFound, NotAllowed where the canvas is not one to work on; as `proposals.propose`.
    """
    canvas_id = await _canvas_id(services, request, plan, person=person)
    if canvas_id is not None:
        await propose(services, request, plan, canvas_id=canvas_id, person=person)
        return None
    if await services.store.note(requests.close, request.id, RequestState.ASKED):
        packed = places.pack_document(request, is_inserting=plan.is_inserting)
        question = insert.choose_canvas(_WHICH, packed=packed)
        await services.slack.post(request.channel_id, question, thread_ts=request.thread_ts)
    return None


async def propose(
    services: Services, request: Request, plan: DocumentPlan, *, canvas_id: str, person: Person
) -> bool:
    """Make a proposal for a canvas; False where the request was answered before.

    Raises: NotFound, NotAllowed where the canvas is not one to work on, or has no headings; as
        `proposals.propose`.
    """
    opened = await _opened(services, request, canvas_id, person=person)
    items = await _items(services, request, plan, opened)
    tool = Tool.GENERATE_BATCH if len(items) > 1 else Tool.GENERATE
    proposal = await proposals.propose(
        services, request, ProposePlan(tool=tool, items=items), person=person
    )
    if proposal is not None and len(items) == MAX_ITEMS < len(opened.sections):
        note = insert.only_some(opened.place, shown=len(items), total=len(opened.sections))
        await services.slack.post(
            request.channel_id, note, thread_ts=request.thread_ts or proposal.card_ts
        )
    return proposal is not None


async def _canvas_id(
    services: Services, request: Request, plan: DocumentPlan, *, person: Person
) -> str | None:
    """The canvas that is meant; of several that could be, none."""
    try:
        meant = await canvases.meant(services, request, plan.canvas_id)
        if meant is not None:
            return meant
        found = await canvases.offered(services, person=person, channel_id=request.channel_id)
    except SlackError as error:
        raise UserError(_NOT_READ) from error
    if not found:
        raise NotFound(canvases.NONE)
    return found[0].canvas_id if len(found) == 1 else None


async def _opened(
    services: Services, request: Request, canvas_id: str, *, person: Person
) -> Opened:
    try:
        return await canvases.open_for(
            services, canvas_id, person=person, channel_id=request.channel_id
        )
    except SlackUnavailable as error:
        raise UserError(_NOT_READ) from error
    except SlackError as error:
        raise NotFound(f"{canvases.NOT_SEEN} {canvases.UNCHARGED}") from error


async def _items(
    services: Services, request: Request, plan: DocumentPlan, opened: Opened
) -> tuple[PlannedItem, ...]:
    headings = document.chosen(opened.sections, plan.text)
    if not headings:
        title = insert.canvas_words(opened.place)
        raise NotFound(_NO_HEADINGS.format(title=title))
    rules = await services.rules(request.team_id)
    rows = document.rows(
        opened.sections,
        plan.text,
        catalog=services.offered(rules),
        default_model_id=rules.default_model_id,
    )
    if not plan.is_inserting:
        return rows
    return tuple(
        row.model_copy(update={"place": opened.under(heading)})
        for row, heading in zip(rows, headings, strict=True)
    )
