"""A recorded request in, an answer in its thread out: a card, or a sentence."""

from collections.abc import Awaitable, Callable

import structlog

from blocks import replies
from blocks.message import Message
from bot import permissions, proposals
from bot.domain.people import Person, Tool
from bot.domain.proposals import Item, Proposal
from bot.domain.requests import (
    IgnorePlan,
    Plan,
    PlannedItem,
    ProposePlan,
    ReplyKind,
    ReplyPlan,
    Request,
    RequestState,
    Source,
)
from bot.errors import SlackError, UserError
from bot.planner.revise import revised
from bot.planner.rules import plan
from bot.services import Services
from bot.studio.catalog import search_models
from storage import gallery, requests
from storage import proposals as rows

_log = structlog.stdlib.get_logger()


Tell = Callable[[Message], Awaitable[object]]
"""Says something to the asker alone."""


async def answer(services: Services, request: Request, *, tell: Tell | None = None) -> None:
    """Answer a request once; a request that was answered before is left alone.

    A request that cannot be answered is closed, so that it is not tried for ever, and `tell` says
    why; an ephemeral message in the thread where none is given.
    """
    with structlog.contextvars.bound_contextvars(team=request.team_id, request=request.id):
        try:
            await _answer(services, request)
        except UserError as error:
            await _close(services, request, RequestState.ANSWERED)
            if tell is None:
                await _whisper(services, request, replies.said(error.words))
            else:
                await tell(replies.said(error.words))
        except SlackError as error:
            _log.warning("not_answered", method=error.method, code=error.code)


async def understand(services: Services, request: Request) -> Plan:
    """What is to be done about a request."""
    if request.source is Source.REVISION and request.revises is not None:
        before = await services.store.read(rows.find, request.revises, team_id=request.team_id)
        if before is None:
            return IgnorePlan()
        return ProposePlan(item=_revision(services, before, request))
    return plan(request, catalog=services.catalog, bot_user_id=services.bot_user_id)


async def look_up(services: Services, person: Person, reply: ReplyPlan) -> Message:
    """The words of a reply, with what it has to look up.

    Raises: NotAllowed where the workspace has blocked looking.
    """
    workspace = await services.workspace(person.team_id)
    match reply.kind:
        case ReplyKind.MODELS:
            decision = permissions.decide(workspace, person, Tool.BROWSE_MODELS)
            proposals.refuse(decision.reason, workspace, tool=Tool.BROWSE_MODELS)
            found = search_models(services.catalog, reply.detail)
            return replies.models(services.catalog, found, query=reply.detail)
        case ReplyKind.GALLERY:
            decision = permissions.decide(workspace, person, Tool.LIST_IMAGES)
            proposals.refuse(decision.reason, workspace, tool=Tool.LIST_IMAGES)
            images, total = await services.store.read(
                gallery.search,
                team_id=person.team_id,
                user_id=person.id,
                words=reply.detail,
                limit=replies.MAX_GALLERY_ROWS,
            )
            cards = await services.store.read(
                rows.cards_of_items,
                [image.item_id for image in images],
                team_id=person.team_id,
            )
            links = {}
            for image in images:
                place = cards.get(image.item_id)
                if place is not None:
                    links[image.id] = await services.slack.permalink(*place)
            return replies.gallery(
                images, query=reply.detail, total=total, links=links, catalog=services.catalog
            )
        case _:
            return replies.reply(reply)


async def _answer(services: Services, request: Request) -> None:
    understood = await understand(services, request)
    if isinstance(understood, IgnorePlan):
        await _close(services, request, RequestState.IGNORED)
        return
    person = await services.slack.person(request.user_id, team_id=request.team_id)
    if isinstance(understood, ProposePlan):
        await proposals.propose(services, request, understood.item, person=person)
        return
    message = await look_up(services, person, understood)
    if await _close(services, request, RequestState.ANSWERED):
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


def _revision(services: Services, before: Proposal, request: Request) -> PlannedItem:
    """The item of a proposal as it was, changed by what the person wished to be different."""
    item: Item = before.items[0]
    settings = item.settings
    planned = PlannedItem(
        title=item.title,
        prompt=settings.prompt,
        original=item.original,
        model_id=settings.model_id,
        model_reason=item.model_reason,
        style_id=settings.style_id,
        aspect=settings.aspect,
        count=settings.count,
        seed=settings.seed,
        negative_prompt=settings.negative_prompt,
    )
    return revised(planned, request.text, catalog=services.catalog) if request.text else planned
