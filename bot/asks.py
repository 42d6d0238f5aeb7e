"""A recorded request in, an answer in its thread out: a card, or a sentence."""

from collections.abc import Awaitable, Callable

import structlog

from blocks.message import Message
from bot import goahead, proposals, refusals
from bot.answers import changes, documents, imports, insertions, questions, sources
from bot.answers.lists import look_up
from bot.domain.catalog import Catalog
from bot.domain.context import NOTHING
from bot.domain.people import Tool
from bot.domain.proposals import ItemState, Proposal
from bot.domain.requests import (
    ChangePlan,
    DocumentPlan,
    IgnorePlan,
    ImportPlan,
    InsertPlan,
    Plan,
    PlannedItem,
    ProposePlan,
    QuestionPlan,
    ReplyKind,
    ReplyPlan,
    Request,
    RequestState,
    Source,
)
from bot.errors import SlackError, UserError
from bot.gallery.shown import Place
from bot.planned import as_planned
from bot.planner.revise import changed
from bot.planner.rules import needs_context, plan
from bot.services import Services
from bot.view import in_view
from storage import proposals as rows
from storage import requests

_log = structlog.stdlib.get_logger()


Tell = Callable[[Message], Awaitable[object]]
"""Says something to the asker alone."""


async def answer(
    services: Services, request: Request, *, tell: Tell | None = None, is_private: bool = False
) -> None:
    """Answer a request once; a request that was answered before is left alone.

    Words that answer it are for the asker alone where `is_private`.

    A request that cannot be answered is closed, so that it is not tried for ever, and `tell` says
    why; an ephemeral message in the thread where none is given.
    """
    await _attempt(services, request, None, tell=tell, is_private=is_private)


async def carry_out(services: Services, request: Request, plan: Plan) -> None:
    """Answer a recorded request whose plan is known, as that of a button or a form is."""
    await _attempt(services, request, plan, tell=None, is_private=False)


async def _attempt(
    services: Services,
    request: Request,
    plan: Plan | None,
    *,
    tell: Tell | None,
    is_private: bool,
) -> None:
    with structlog.contextvars.bound_contextvars(team=request.team_id, request=request.id):
        try:
            understood = plan or await understand(services, request)
            await _answer(services, request, understood, is_private=is_private)
        except UserError as error:
            await _close(services, request, RequestState.ANSWERED)
            message = await refusals.in_full(services, error, team_id=request.team_id)
            if tell is None:
                await _whisper(services, request, message)
            else:
                await tell(message)
        except SlackError as error:
            _log.warning("not_answered", method=error.method, code=error.code)


async def understand(services: Services, request: Request) -> Plan:
    """What is to be done about a request."""
    if request.source is Source.REVISION and request.revises is not None:
        before = await services.store.read(rows.find, request.revises, team_id=request.team_id)
        if before is None:
            return IgnorePlan()
        rules = await services.rules(request.team_id)
        allowed = services.offered(rules)
        return ProposePlan(tool=before.tool, items=_revision(before, request, allowed))
    if request.source is Source.ACTION and not request.text:
        # A press that was cut off before its card was there: it can be pressed again.
        return IgnorePlan()
    named = request.text.replace(f"<@{services.bot_user_id}>", "")
    if request.attachments and not named.strip():
        # A picture without words: it is asked what is to be done with it.
        return ReplyPlan(kind=ReplyKind.EMPTY)
    rules = await services.rules(request.team_id)
    context = NOTHING
    if needs_context(request, bot_user_id=services.bot_user_id):
        context = await in_view(services, request)
    return plan(
        request,
        context,
        catalog=services.offered(rules),
        bot_user_id=services.bot_user_id,
        default_model_id=rules.default_model_id,
        in_channel_unasked=request.source is Source.OVERHEARD,
    )


async def tool_of(services: Services, request: Request) -> Tool | None:
    """The tool without a card that a request is about."""
    return goahead.tool_of(await understand(services, request))


async def _answer(
    services: Services, request: Request, understood: Plan, *, is_private: bool
) -> None:
    if not isinstance(understood, IgnorePlan):
        # Said to us before we were switched off here, or pressed: an example, a choice, a go-ahead.
        refusals.check_channel(await services.rules(request.team_id), request.channel_id)
    to_ask = await goahead.to_ask(services, request, understood)
    if to_ask is not None:
        await goahead.ask(services, request, to_ask)
        return
    person = await services.slack.person(request.user_id, team_id=request.team_id)
    match understood:
        case IgnorePlan():
            await _close(services, request, RequestState.IGNORED)
            return
        case ProposePlan():
            place = Place(request.channel_id, request.thread_ts)
            planned = await sources.ready(services, understood, person=person, place=place)
            await proposals.propose(services, request, planned, person=person)
            return
        case ReplyPlan(kind=ReplyKind.EMPTY) if request.attachments:
            message: Message | None = await imports.ask(services, request)
        case ReplyPlan():
            message = await look_up(services, person, understood)
        case ChangePlan():
            message = await changes.answer(services, request, understood, person=person)
        case QuestionPlan():
            message = await questions.answer(services, request, understood, person=person)
        case DocumentPlan():
            message = await documents.answer(services, request, understood, person=person)
        case InsertPlan():
            message = await insertions.answer(services, request, understood, person=person)
        case ImportPlan():
            message = await imports.answer(services, request, understood, person=person)
    if message is not None:
        await _say(services, request, message, is_private=is_private)


async def _say(services: Services, request: Request, message: Message, *, is_private: bool) -> None:
    """Answer in the request's thread, once."""
    if not await _close(services, request, RequestState.ANSWERED):
        return
    if is_private:
        await _whisper(services, request, message)
    else:
        await services.slack.post(request.channel_id, message, thread_ts=request.thread_ts)


async def _close(services: Services, request: Request, state: RequestState) -> bool:
    return await services.store.note(requests.close, request.id, state)


async def _whisper(services: Services, request: Request, message: Message) -> None:
    try:
        await services.slack.whisper(
            request.channel_id, request.user_id, message, thread_ts=request.thread_ts
        )
    except SlackError as error:
        _log.warning("not_told", method=error.method, code=error.code)


def _revision(before: Proposal, request: Request, catalog: Catalog) -> tuple[PlannedItem, ...]:
    """What did not come out, or the items as they were, changed by what was wished to differ."""
    items = before.missing or before.items
    planned = [as_planned(item) for item in items]
    removed: tuple[int, ...] = ()
    if request.text:
        fresh = [item.model_copy(update={"seed": None}) for item in planned]
        revision = changed(fresh, request.text, catalog=catalog, tool=before.tool)
        planned, removed = list(revision.items), revision.removed_positions
    kept = [
        item
        for number, (row, item) in enumerate(zip(items, planned, strict=True), start=1)
        if row.state is not ItemState.REMOVED and number not in removed
    ]
    # Where only rows would stay that were taken out before, all others are proposed after all.
    live = [item for row, item in zip(items, planned, strict=True) if row in before.live]
    return tuple(kept or live)
