"""Asks whether a tool without a card may go ahead, where its mode is `ask`."""

from datetime import datetime, timedelta

from blocks import goahead, notices
from blocks.message import Message
from bot import permissions
from bot.domain.people import Mode, Person, Tool, Workspace
from bot.domain.requests import (
    DocumentPlan,
    InsertPlan,
    Plan,
    ProposePlan,
    ReplyKind,
    ReplyPlan,
    Request,
    Source,
)
from bot.errors import CannotPost, NotAllowed, NotFound, SlackError, SlackUnavailable, Stale
from bot.services import Services
from storage import requests

LOOKING: dict[ReplyKind, Tool] = {
    ReplyKind.MODELS: Tool.BROWSE_MODELS,
    ReplyKind.GALLERY: Tool.LIST_IMAGES,
}
"""The tool behind each answer that looks something up."""

_PRESSED = frozenset({Source.ACTION, Source.REVISION})
"""Who presses a button or sends a form has said to go ahead."""


def tool_of(plan: Plan) -> Tool | None:
    """The tool without a card that a plan begins with. Importing asks with its own words."""
    match plan:
        case ReplyPlan(kind=kind):
            return LOOKING.get(kind)
        case ProposePlan() | DocumentPlan() | InsertPlan():
            return Tool.PROPOSE
        case _:
            return None


async def to_ask(services: Services, request: Request, plan: Plan) -> Tool | None:
    """The tool that has to be asked about before a plan is carried out."""
    tool = tool_of(plan)
    if tool is None or request.allowed_by is not None or request.source in _PRESSED:
        return None
    rules = await services.rules(request.team_id)
    return tool if rules.mode(tool) is Mode.ASK else None


async def ask(services: Services, request: Request, tool: Tool) -> None:
    """Ask in the request's thread, once; the request then waits for an answer.

    Raises: CannotPost, SlackUnavailable.
    """
    workspace = await services.workspace(request.team_id)
    if not await services.store.note(requests.ask, request.id):
        return
    words = goahead.question(
        tool,
        request_id=request.id,
        requester_id=request.user_id,
        approver_ids=workspace.approvers,
        expires_at=_end(services, workspace, request),
    )
    try:
        ts = await services.slack.post(request.channel_id, words, thread_ts=request.thread_ts)
    except SlackUnavailable:
        await services.store.note(requests.unask, request.id)
        raise
    except SlackError as error:
        raise CannotPost(notices.cannot_post(error.code)) from error
    await services.store.note(requests.note_question, request.id, question_ts=ts)


async def find(services: Services, request_id: str, *, person: Person, question_ts: str) -> Request:
    """An asked request that this person may decide.

    `question_ts` is the message that was pressed: a press may come before it is noted.

    Raises: NotFound, NotAllowed; Stale where its time is over.
    """
    request = await services.store.read(requests.find, request_id, team_id=person.team_id)
    if request is None:
        raise NotFound(notices.ELSEWHERE)
    workspace = await services.workspace(person.team_id)
    reason = permissions.may_go_ahead(workspace, person, requester_id=request.user_id)
    if reason is not None:
        raise NotAllowed(notices.not_your_request(request.user_id, workspace.approvers))
    if services.now() >= _end(services, workspace, request):
        raise Stale(notices.LAPSED)
    if request.question_ts is None:
        return request.model_copy(update={"question_ts": question_ts})
    return request


async def allow(services: Services, request: Request, tool: Tool, *, by: Person) -> Request:
    """Let a request go ahead: what to answer then, in the question's thread.

    Raises: Stale where it was decided before.
    """
    at = services.now()
    allowed = await services.store.run(
        requests.allow, request, by=by.id, at=at, subject=f"{tool.label} ({request.id})"
    )
    if allowed is None:
        raise Stale(notices.DECIDED)
    await _rewrite(services, request, goahead.decided(tool, by=by.id, at=at, is_allowed=True))
    return allowed.model_copy(update={"thread_ts": request.thread_ts or request.question_ts})


async def refuse(services: Services, request: Request, tool: Tool, *, by: Person) -> None:
    """Have a request not answered.

    Raises: Stale where it was decided before.
    """
    at = services.now()
    subject = f"{tool.label} ({request.id})"
    if not await services.store.run(requests.refuse, request, by=by.id, at=at, subject=subject):
        raise Stale(notices.DECIDED)
    await _rewrite(services, request, goahead.decided(tool, by=by.id, at=at, is_allowed=False))


async def lapse(services: Services, request: Request, tool: Tool) -> None:
    """Drop a request whose time is over, and say so on its question."""
    workspace = await services.rules(request.team_id)
    if services.now() < _end(services, workspace, request):
        return
    if await services.store.note(requests.lapse, request.id):
        await _rewrite(services, request, goahead.lapsed(tool))


def _end(services: Services, workspace: Workspace, request: Request) -> datetime:
    hours = workspace.lifetime_hours or services.settings.proposal_lifetime_hours
    return request.created_at + timedelta(hours=hours)


async def _rewrite(services: Services, request: Request, words: Message) -> None:
    if request.question_ts is None:
        return
    try:
        await services.slack.update(request.channel_id, request.question_ts, words)
    except SlackError:
        return  # the question is gone; its answer is not
