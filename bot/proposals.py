"""A plan made durable: a proposal with its prices, its card, and its work where nobody is asked."""

from datetime import timedelta

from blocks import notices
from bot import decisions, permissions, refusals
from bot.decisions import INSERT_MODEL_ID
from bot.domain.catalog import Catalog
from bot.domain.ids import new_id
from bot.domain.people import Mode, Person, Tool, Workspace
from bot.domain.proposals import Item, Proposal, ProposalState
from bot.domain.requests import PlannedItem, ProposePlan, Request
from bot.errors import CannotPost, NotAllowed, OverBudget, SlackError, SlackUnavailable
from bot.planned import as_settings
from bot.services import Services
from bot.slack import cards
from bot.studio.check import checked
from storage import decisions as moves
from storage import proposals as rows


async def propose(
    services: Services,
    request: Request,
    plan: ProposePlan,
    *,
    person: Person,
    is_approved: bool = False,
) -> Proposal | None:
    """Make a plan a proposal and show its card; None where the request was answered before.

    Where the workspace's mode for all it needs is `auto`, or the person approved by what they
    pressed (`is_approved`), the work begins at once.

    Raises: NotAllowed where the workspace does not let this person propose; BadField where a
        model cannot do what is planned; OverBudget where it would run by itself and the credits
        do not suffice (the card then awaits a decision); CannotPost where there can be no card
        (the proposal is withdrawn).
    """
    rules = await services.rules(request.team_id)
    refusals.check_channel(rules, request.channel_id)
    _check_deciders(rules, person, plan.tool)
    now = services.now()
    hours = rules.lifetime_hours or services.settings.proposal_lifetime_hours
    proposal = Proposal(
        id=new_id("prp"),
        team_id=request.team_id,
        tool=plan.tool,
        request_id=request.id,
        requester_id=request.user_id,
        channel_id=request.channel_id,
        thread_ts=request.thread_ts,
        card_ts=None,
        state=ProposalState.AWAITING,
        revision=1,
        items=tuple(
            _item(services, planned, rules, tool=plan.tool, position=position)
            for position, planned in enumerate(plan.items, start=1)
        ),
        created_at=now,
        expires_at=now + timedelta(hours=hours),
        revises=request.revises,
    )
    added = await services.store.note(
        rows.add,
        proposal,
        needs=(Tool.PROPOSE, *proposal.tools),
        budget_credits=services.settings.monthly_budget_credits,
    )
    if added is None:
        return None
    if isinstance(added, Tool):
        raise refusals.blocked(added)
    decision = permissions.decide(added.workspace, person, *proposal.tools)
    is_running = decision.reason is None and (is_approved or decision.mode is Mode.AUTO)
    refusal = None
    if is_running:
        refusal = await _run_at_once(services, proposal, person, is_approved=is_approved)
    try:
        if is_running:
            await cards.show(services, proposal.id, team_id=proposal.team_id)
        else:
            await cards.first_show(services, proposal, added.balance)
    except SlackUnavailable:
        pass  # the sweep posts it later
    except SlackError as error:
        await services.store.run(moves.withdraw, proposal.id)
        raise CannotPost(notices.cannot_post(error.code)) from error
    if refusal is not None:
        raise refusal
    return proposal


def check_plan(plan: ProposePlan, catalog: Catalog) -> None:
    """See that models can do what is planned, before anything is made of it.

    Raises: BadField.
    """
    for planned in plan.items:
        checked(as_settings(planned), catalog, tool=plan.tool, sources=len(planned.sources))


def _item(
    services: Services, planned: PlannedItem, rules: Workspace, *, tool: Tool, position: int
) -> Item:
    settings = as_settings(planned)
    if tool is Tool.INSERT_INTO_CANVAS:
        settings = settings.model_copy(update={"model_id": INSERT_MODEL_ID})
        price = 0
    else:
        catalog = services.offered(rules)
        model = checked(settings, catalog, tool=tool, sources=len(planned.sources))
        price = model.price_credits(planned.count, tool=tool)
    return Item(
        id=new_id("itm"),
        position=position,
        title=planned.title,
        original=planned.original,
        proposed_prompt=planned.prompt,
        model_reason=planned.model_reason,
        settings=settings,
        price_credits=price,
        sources=planned.sources,
        place=planned.place,
    )


async def _run_at_once(
    services: Services, proposal: Proposal, person: Person, *, is_approved: bool
) -> OverBudget | None:
    """Approve in the requester's name, as the mode `auto` has it; what stood in the way."""

    def permit(workspace: Workspace) -> None:
        decision = permissions.decide(workspace, person, *proposal.tools)
        refusals.check(decision, workspace, requester_id=proposal.requester_id)
        if decision.mode is not Mode.AUTO and not is_approved:
            raise _AsksAfterAll

    try:
        await decisions.run(
            services,
            proposal,
            revision=None,
            by=proposal.requester_id,
            permit=permit,
            is_automatic=not is_approved,
        )
    except OverBudget as error:
        return error
    except (_AsksAfterAll, NotAllowed):
        return None  # the rules changed in that moment: the card waits for a person
    return None


class _AsksAfterAll(Exception):
    """A mode is not `auto` any more."""


def _check_deciders(workspace: Workspace, person: Person, tool: Tool) -> None:
    """See that somebody could decide the card.

    Raises: NotAllowed.
    """
    match permissions.nobody_decides(workspace, person, tool):
        case permissions.Reason.GUEST:
            raise NotAllowed(notices.GUEST_ALONE, is_for_admins=True)
        case permissions.Reason.EXTERNAL:
            raise NotAllowed(notices.EXTERNAL_ALONE, is_for_admins=True)
