"""The moves of a proposal that awaits a decision: edit, remove, approve, deny, expire."""

import secrets
from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa

from blocks import notices
from bot import permissions, refusals
from bot.domain.ids import new_id
from bot.domain.money import Shortage
from bot.domain.people import Person, Tool, Workspace
from bot.domain.proposals import (
    Item,
    ItemSettings,
    ItemState,
    Place,
    Proposal,
    ProposalState,
)
from bot.domain.requests import Request, RequestState, Source
from bot.errors import NotFound, OverBudget, Stale
from bot.services import Services
from bot.slack import cards
from bot.studio.check import checked
from storage import decisions, jobs, requests
from storage import proposals as rows

YOUR_CHOICE = "your choice"
"""Why a model stands on the card, once a person has chosen it."""

CANVAS_QUEUE = "canvas"
"""The queue of insertions, which no provider makes."""

POST_QUEUE = "post"
"""The queue of what is made and waits to be posted, with the rest of its batch."""

INSERT_MODEL_ID = f"{CANVAS_QUEUE}/insert"
"""What stands for a model in the settings of an insertion."""

_MAX_RULES = 5
"""How often an approval is tried anew because an admin changed a setting in that moment."""

_FRESH_SEEDS = 1_000_000
"""How many seeds there are to draw from: enough to differ, short enough to be read out."""


async def edit(
    services: Services,
    proposal_id: str,
    settings: Mapping[str, ItemSettings],
    *,
    person: Person,
    reason: str = YOUR_CHOICE,
    places: Mapping[str, Place] | None = None,
    removed: Sequence[str] = (),
) -> Proposal:
    """Replace the settings of items, by their ids, while their proposal awaits a decision.

    `reason` is why a changed model was taken; `places` has the new places of items in a canvas;
    the `removed` items are taken out in the same move.

    Raises: NotFound, NotAllowed, Stale; BadField where a model cannot do what was set.
    """
    proposal = await find(services, proposal_id, team_id=person.team_id)
    workspace = await check_decider(services, proposal, person)
    catalog = services.offered(workspace)
    changes = []
    for item in proposal.items:
        wanted = settings.get(item.id)
        if wanted is None:
            continue
        price = 0
        if proposal.tool is not Tool.INSERT_INTO_CANVAS:
            model = checked(wanted, catalog, tool=proposal.tool, sources=len(item.sources))
            price = model.price_credits(wanted.count, tool=proposal.tool)
        is_same_model = wanted.model_id == item.settings.model_id
        changes.append(
            decisions.Change(
                item_id=item.id,
                settings=wanted,
                price_credits=price,
                model_reason=item.model_reason if is_same_model else reason,
                place=(places or {}).get(item.id, item.place),
            )
        )
    if len(changes) != len(settings):
        raise NotFound(notices.ELSEWHERE)
    after = await services.store.run(
        decisions.edit,
        proposal_id,
        changes,
        team_id=person.team_id,
        at=services.now(),
        removed=removed,
    )
    return await _on_time(services, after)


async def set_removed(
    services: Services, item_ids: Sequence[str], *, is_removed: bool, person: Person
) -> Proposal:
    """Take rows out of a batch that awaits a decision, or put them back.

    Raises: NotFound, NotAllowed; Stale where it was decided, or nothing would be left.
    """
    proposal = await of_item(services, item_ids[0], team_id=person.team_id)
    await check_decider(services, proposal, person)
    stays = [item for item in proposal.live if item.id not in item_ids]
    if is_removed and proposal.state is ProposalState.AWAITING and not stays:
        raise Stale(notices.LAST_ROW)
    after = await services.store.run(
        decisions.set_removed,
        item_ids,
        team_id=person.team_id,
        is_removed=is_removed,
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

    def permit(workspace: Workspace) -> None:
        decision = permissions.may_approve(
            workspace, person, requester_id=proposal.requester_id, tools=proposal.tools
        )
        refusals.check(decision, workspace, requester_id=proposal.requester_id)

    return await run(services, proposal, revision=revision, by=person.id, permit=permit)


async def run(
    services: Services,
    proposal: Proposal,
    *,
    revision: int | None,
    by: str,
    permit: Callable[[Workspace], None],
    is_automatic: bool = False,
) -> Proposal:
    """Have a proposal's work done, if it may be.

    A `revision` of None takes whatever stands; `is_automatic` where a tool's mode is `auto` and
    nobody pressed anything. `permit` raises where the rules say no; it is asked about the very
    rules under which the work is committed.

    Raises: NotAllowed, Stale, OverBudget; BadField where a model is no longer offered.
    """
    for _ in range(_MAX_RULES):
        workspace = await services.workspace(proposal.team_id)
        refusals.check_channel(workspace, proposal.channel_id)
        permit(workspace)
        after = await _commit(
            services,
            workspace,
            proposal,
            revision=revision,
            by=by,
            is_automatic=is_automatic,
        )
        if not isinstance(after, Workspace):
            break
    if isinstance(after, Workspace):
        raise Stale(notices.STALE)
    if isinstance(after, Tool):
        raise refusals.blocked(after)
    if isinstance(after, Shortage):
        words = notices.over_budget(after, at=services.now())
        raise OverBudget(words, proposal_id=proposal.id)
    return await _on_time(services, after)


async def _commit(
    services: Services,
    workspace: Workspace,
    proposal: Proposal,
    *,
    revision: int | None,
    by: str,
    is_automatic: bool,
) -> Proposal | decisions.Late | Shortage | Tool | Workspace:
    """Approve under these rules; what they have become where they changed meanwhile."""
    catalog = services.offered(workspace)
    seeds: dict[str, int | None] = {}
    for item in proposal.live:
        seeds[item.id] = None
        if proposal.tool is Tool.INSERT_INTO_CANVAS:
            continue
        model = checked(item.settings, catalog, tool=proposal.tool, sources=len(item.sources))
        fresh = secrets.randbelow(_FRESH_SEEDS) if model.has_seed else None
        seeds[item.id] = fresh if item.settings.seed is None else item.settings.seed
    return await services.store.run(
        decisions.approve,
        proposal.id,
        team_id=workspace.id,
        revision=revision,
        rules_revision=workspace.revision,
        by=by,
        seeds=seeds,
        enqueue=enqueuer(services),
        at=services.now(),
        is_automatic=is_automatic,
    )


async def deny(services: Services, proposal_id: str, *, feedback: str, person: Person) -> Proposal:
    """Deny a proposal; nothing is spent.

    Raises: NotFound, NotAllowed, Stale.
    """
    proposal = await find(services, proposal_id, team_id=person.team_id)
    await check_decider(services, proposal, person)
    after = await services.store.run(
        decisions.deny,
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
    await check_decider(services, proposal, person)
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
    for proposal_id, team_id in await services.store.run(decisions.expire, at=services.now()):
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
    await check_decider(services, proposal, person)
    if proposal.state is not ProposalState.AWAITING:
        raise Stale(notices.already_decided(proposal))
    if services.now() >= proposal.expires_at:
        await _on_time(services, decisions.Late(proposal))


async def check_decider(services: Services, proposal: Proposal, person: Person) -> Workspace:
    """See that a proposal is this person's to decide; the workspace's rules.

    Raises: NotAllowed.
    """
    workspace = await services.workspace(person.team_id)
    reason = permissions.may_decide(workspace, person, requester_id=proposal.requester_id)
    decision = permissions.Decision(workspace.mode(proposal.tool), reason)
    refusals.check(decision, workspace, requester_id=proposal.requester_id)
    return workspace


def enqueuer(services: Services) -> Callable[[sa.Connection, Item], None]:
    """What puts an item's next run into its queue, within a transaction.

    The queue of its provider, or where its pictures are made, the one for posting them.
    """

    def enqueue(tx: sa.Connection, item: Item) -> None:
        services.engine.enqueue(
            tx,
            job_id=item.id,
            run=jobs.next_run(tx, item.id),
            queue=POST_QUEUE
            if item.state is ItemState.MADE
            else provider_name(item.settings.model_id),
        )

    return enqueue


def provider_name(model_id: str) -> str:
    """The provider of a model: what its id has before the slash; also the name of its queue."""
    return model_id.partition("/")[0]


async def _on_time(services: Services, after: Proposal | decisions.Late) -> Proposal:
    """What a move came to; one that came late is said to be, and an expired card is rewritten."""
    if not isinstance(after, decisions.Late):
        return after
    late = after.proposal
    if late.state is not ProposalState.AWAITING:
        raise Stale(notices.already_decided(late))
    if services.now() >= late.expires_at:
        await expire(services)
        raise Stale(notices.EXPIRED)
    raise Stale(notices.STALE)
