"""The moves of a proposal, as a person makes them: propose, edit, approve, deny, expire."""

import secrets
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from blocks import notices
from bot import permissions
from bot.domain.ids import new_id
from bot.domain.people import Mode, Person, Tool, Workspace
from bot.domain.proposals import (
    Item,
    ItemSettings,
    Proposal,
    ProposalState,
)
from bot.domain.requests import PlannedItem, Request, RequestState, Source
from bot.errors import (
    CannotPost,
    NotAllowed,
    NotFound,
    OverBudget,
    SlackError,
    SlackUnavailable,
    Stale,
)
from bot.permissions import Reason
from bot.services import Services
from bot.slack import cards
from bot.studio.check import checked
from storage import jobs, requests
from storage import proposals as rows

_NEEDS = (Tool.PROPOSE, Tool.GENERATE)
"""What must not be blocked for a proposal to be worth making."""

YOUR_CHOICE = "your choice"
"""Why a model stands on the card, once a person has chosen it."""

_FRESH_SEEDS = 1_000_000
"""How many seeds there are to draw from: enough to differ, short enough to be read out."""


async def propose(
    services: Services, request: Request, planned: PlannedItem, *, person: Person
) -> Proposal | None:
    """Make a planned item a proposal and show its card; None where the request was answered.

    In a workspace whose mode for the tool is `auto` it is approved at once.

    Raises: NotAllowed where the workspace does not let this person propose; OverBudget where it
        would run by itself and the credits do not suffice (the card then awaits a decision);
        CannotPost where there can be no card (the proposal is withdrawn).
    """
    settings = ItemSettings(
        prompt=planned.prompt,
        model_id=planned.model_id,
        style_id=planned.style_id,
        aspect=planned.aspect,
        count=planned.count,
        seed=planned.seed,
        negative_prompt=planned.negative_prompt,
    )
    model = checked(settings, services.catalog)
    now = services.now()
    proposal = Proposal(
        id=new_id("prp"),
        team_id=request.team_id,
        request_id=request.id,
        requester_id=request.user_id,
        channel_id=request.channel_id,
        thread_ts=request.thread_ts,
        card_ts=None,
        state=ProposalState.AWAITING,
        revision=1,
        items=(
            Item(
                id=new_id("itm"),
                position=1,
                title=planned.title,
                original=planned.original,
                proposed_prompt=planned.prompt,
                model_reason=planned.model_reason,
                settings=settings,
                price_credits=model.price_credits(planned.count),
            ),
        ),
        created_at=now,
        expires_at=now + timedelta(hours=services.settings.proposal_lifetime_hours),
        revises=request.revises,
    )
    added = await services.store.note(
        rows.add,
        proposal,
        needs=_NEEDS,
        budget_credits=services.settings.monthly_budget_credits,
    )
    if added is None:
        return None
    if isinstance(added, Tool):
        raise NotAllowed(notices.blocked(added, ()))
    is_auto = permissions.decide(added.workspace, person, Tool.GENERATE).mode is Mode.AUTO
    refusal = await _run_at_once(services, added.workspace, proposal) if is_auto else None
    try:
        if is_auto:
            await cards.show(services, proposal.id, team_id=proposal.team_id)
        else:
            await cards.first_show(services, proposal, added.balance)
    except SlackUnavailable:
        pass  # the sweep posts it later
    except SlackError as error:
        await services.store.run(rows.withdraw, proposal.id)
        raise CannotPost(notices.cannot_post(error.code)) from error
    if refusal is not None:
        raise refusal
    return proposal


async def edit(
    services: Services, item_id: str, settings: ItemSettings, *, person: Person
) -> Proposal:
    """Replace the settings of an item that awaits a decision.

    Raises: NotFound, NotAllowed, Stale; BadField where the model cannot do what was set.
    """
    proposal = await of_item(services, item_id, team_id=person.team_id)
    await _check_decider(services, proposal, person)
    item = next(item for item in proposal.items if item.id == item_id)
    model = checked(settings, services.catalog)
    same_model = settings.model_id == item.settings.model_id
    after = await services.store.run(
        rows.edit,
        item_id,
        team_id=person.team_id,
        settings=settings,
        price_credits=model.price_credits(settings.count),
        model_reason=item.model_reason if same_model else YOUR_CHOICE,
        at=services.now(),
    )
    return await _on_time(services, after)


async def approve(
    services: Services, proposal_id: str, *, revision: int, person: Person
) -> Proposal:
    """Approve exactly what the card showed: credits are held and the work begins.

    Raises: NotFound, NotAllowed, Stale, OverBudget; BadField where a model is no longer offered.
    """
    proposal = await find(services, proposal_id, team_id=person.team_id)
    workspace = await services.workspace(person.team_id)
    refuse(
        permissions.may_spend(
            workspace, person, requester_id=proposal.requester_id, tool=Tool.GENERATE
        ),
        workspace,
        requester_id=proposal.requester_id,
    )
    return await _approve(services, workspace, proposal, revision=revision, by=person.id)


async def deny(services: Services, proposal_id: str, *, feedback: str, person: Person) -> Proposal:
    """Deny a proposal; nothing is spent.

    Raises: NotFound, NotAllowed, Stale.
    """
    proposal = await find(services, proposal_id, team_id=person.team_id)
    await _check_decider(services, proposal, person)
    after = await services.store.run(
        rows.deny,
        proposal_id,
        team_id=person.team_id,
        by=person.id,
        feedback=feedback,
        at=services.now(),
    )
    return await _on_time(services, after)


async def revision_request(
    services: Services, proposal: Proposal, *, person: Person, text: str
) -> Request | None:
    """Record the request for a new proposal in place of this one; None where it is under way.

    Raises: NotAllowed where the proposal is not this person's to decide.
    """
    await _check_decider(services, proposal, person)
    request = Request(
        id=new_id("req"),
        team_id=proposal.team_id,
        user_id=proposal.requester_id,
        channel_id=proposal.channel_id,
        ts=f"again:{proposal.id}",
        thread_ts=proposal.thread_ts or proposal.card_ts,
        text=text,
        source=Source.REVISION,
        state=RequestState.RECEIVED,
        revises=proposal.id,
        created_at=services.now(),
    )
    is_new = await services.store.note(requests.record, request, event_id=None)
    return request if is_new else None


async def expire(services: Services) -> None:
    """Expire what nobody decided in time and rewrite the cards."""
    for proposal_id, team_id in await services.store.run(rows.expire, at=services.now()):
        await cards.try_show(services, proposal_id, team_id=team_id)


async def find(services: Services, proposal_id: str, *, team_id: str) -> Proposal:
    """The workspace's proposal with that id.

    Raises: NotFound.
    """
    proposal = await services.store.read(rows.find, proposal_id, team_id=team_id)
    if proposal is None:
        raise NotFound(notices.ELSEWHERE)
    return proposal


async def of_item(services: Services, item_id: str, *, team_id: str) -> Proposal:
    """The workspace's proposal that has that item.

    Raises: NotFound.
    """
    proposal = await services.store.read(rows.of_item, item_id, team_id=team_id)
    if proposal is None:
        raise NotFound(notices.ELSEWHERE)
    return proposal


async def check_open(services: Services, proposal: Proposal, person: Person) -> None:
    """See that a person may decide a proposal that still awaits it.

    Raises: NotAllowed, Stale.
    """
    await _check_decider(services, proposal, person)
    if proposal.state is not ProposalState.AWAITING:
        raise Stale(notices.already_decided(proposal))
    if services.now() >= proposal.expires_at:
        await _on_time(services, rows.Late(proposal))


def refuse(
    reason: Reason | None,
    workspace: Workspace,
    *,
    tool: Tool = Tool.GENERATE,
    requester_id: str = "",
) -> None:
    """Raise what a reason means in words, if there is one.

    Raises: NotAllowed.
    """
    match reason:
        case None:
            return
        case Reason.BLOCKED_TOOL:
            raise NotAllowed(notices.blocked(tool, ()))
        case Reason.GUEST:
            raise NotAllowed(notices.GUEST)
        case Reason.EXTERNAL:
            raise NotAllowed(notices.EXTERNAL)
        case Reason.NOT_THEIRS:
            raise NotAllowed(notices.not_yours(requester_id, workspace.approvers))


async def _run_at_once(
    services: Services, workspace: Workspace, proposal: Proposal
) -> OverBudget | None:
    """Approve in the requester's name, as the mode `auto` has it; what stood in the way."""
    try:
        await _approve(services, workspace, proposal, revision=None, by=proposal.requester_id)
    except OverBudget as error:
        return error
    return None


async def _approve(
    services: Services,
    workspace: Workspace,
    proposal: Proposal,
    *,
    revision: int | None,
    by: str,
) -> Proposal:
    seeds = []
    for item in proposal.items:
        model = checked(item.settings, services.catalog)
        fresh = secrets.randbelow(_FRESH_SEEDS) if model.has_seed else None
        seeds.append(fresh if item.settings.seed is None else item.settings.seed)
    after = await services.store.run(
        rows.approve,
        proposal.id,
        team_id=workspace.id,
        revision=revision,
        by=by,
        budget_credits=workspace.budget_credits,
        seeds=seeds,
        enqueue=enqueuer(services),
        at=services.now(),
    )
    if isinstance(after, rows.Short):
        balance = await services.balance(workspace.id)
        raise OverBudget(notices.over_budget(after.needed_credits, balance))
    return await _on_time(services, after)


def enqueuer(services: Services) -> Callable[[sa.Connection, Item], None]:
    """What puts an item's next run into its provider's queue, within a transaction."""

    def enqueue(tx: sa.Connection, item: Item) -> None:
        services.engine.enqueue(
            tx,
            job_id=item.id,
            run=jobs.next_run(tx, item.id),
            queue=provider_name(item.settings.model_id),
        )

    return enqueue


def provider_name(model_id: str) -> str:
    """The provider of a model: what its id has before the slash; also the name of its queue."""
    return model_id.partition("/")[0]


async def _check_decider(services: Services, proposal: Proposal, person: Person) -> None:
    workspace = await services.workspace(person.team_id)
    refuse(
        permissions.may_decide(workspace, person, requester_id=proposal.requester_id),
        workspace,
        requester_id=proposal.requester_id,
    )


async def _on_time(services: Services, after: Proposal | rows.Late) -> Proposal:
    """What a move came to; one that came late is said to be, and an expired card is rewritten."""
    if not isinstance(after, rows.Late):
        return after
    late = after.proposal
    if late.state is not ProposalState.AWAITING:
        raise Stale(notices.already_decided(late))
    if services.now() >= late.expires_at:
        await expire(services)
        raise Stale(notices.EXPIRED)
    raise Stale(notices.STALE)
