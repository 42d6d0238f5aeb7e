"""The moves of a proposal that awaits a decision: compare-and-set, one transaction each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.domain.audit import AuditEntry, Deed
from bot.domain.money import Limit, Shortage
from bot.domain.people import Tool, Workspace
from bot.domain.proposals import (
    Item,
    ItemSettings,
    ItemState,
    Place,
    Proposal,
    ProposalState,
)
from storage import audit, cards, ledger, workspaces
from storage.proposals import blocked_of, find, move, of_item, touch
from storage.tables import ITEMS, PROPOSALS


@dataclass(frozen=True)
class Late:
    """A move that came too late: what the proposal has become."""

    proposal: Proposal


@dataclass(frozen=True)
class Change:
    """What an item of an awaiting proposal is to become."""

    item_id: str
    settings: ItemSettings
    price_credits: int
    model_reason: str
    place: Place | None = None


def edit(
    tx: sa.Connection,
    proposal_id: str,
    changes: Sequence[Change],
    *,
    team_id: str,
    at: datetime,
    removed: Sequence[str] = (),
) -> Proposal | Late:
    """Replace the settings of items, all at once, while their proposal awaits a decision.

    The `removed` items are taken out in the same move; Late also where nothing would be left.

    Raises: LookupError where the workspace has no such proposal, or it no such item.
    """
    proposal = _must(find(tx, proposal_id, team_id=team_id))
    stays = any(item.id not in removed for item in proposal.live)
    if not _is_open(proposal, at) or not stays:
        return Late(proposal)
    if removed:
        tx.execute(
            sa.update(ITEMS)
            .where(
                ITEMS.c.id.in_(removed),
                ITEMS.c.proposal_id == proposal_id,
                ITEMS.c.state == ItemState.WAITING,
            )
            .values(state=ItemState.REMOVED)
        )
    for change in changes:
        result = tx.execute(
            sa.update(ITEMS)
            .where(ITEMS.c.id == change.item_id, ITEMS.c.proposal_id == proposal_id)
            .values(
                settings=change.settings.model_dump(mode="json"),
                price_credits=change.price_credits,
                model_reason=change.model_reason,
                place=None if change.place is None else change.place.model_dump(),
            )
        )
        _must(proposal if result.rowcount else None)
    touch(tx, proposal.id)
    return _again(tx, proposal)


def set_removed(
    tx: sa.Connection, item_ids: Sequence[str], *, team_id: str, is_removed: bool, at: datetime
) -> Proposal | Late:
    """Take rows out of a batch that awaits a decision, or put them back.

    Late also where nothing would be left of the batch.

    Raises: LookupError where the workspace has no such item.
    """
    proposal = _must(of_item(tx, item_ids[0], team_id=team_id))
    leaves = [item for item in proposal.live if item.id not in item_ids]
    if not _is_open(proposal, at) or (is_removed and not leaves):
        return Late(proposal)
    source, target = ItemState.WAITING, ItemState.REMOVED
    if not is_removed:
        source, target = target, source
    tx.execute(
        sa.update(ITEMS)
        .where(
            ITEMS.c.id.in_(item_ids),
            ITEMS.c.proposal_id == proposal.id,
            ITEMS.c.state == source,
        )
        .values(state=target)
    )
    touch(tx, proposal.id)
    return _again(tx, proposal)


def approve(
    tx: sa.Connection,
    proposal_id: str,
    *,
    team_id: str,
    revision: int | None,
    rules_revision: int | None = None,
    by: str,
    seeds: Mapping[str, int | None],
    enqueue: Callable[[sa.Connection, Item], None],
    at: datetime,
    is_automatic: bool = False,
) -> Proposal | Late | Shortage | Tool | Workspace:
    """Approve exactly the revision that was seen: state moved, credits held, jobs enqueued.

    `seeds` has one for each item that is not removed; None where the model takes none. A
    `revision` of None approves whatever stands (a tool in `auto`). Nothing is done where a budget
    is too short, or where the workspace blocks a tool by now: that tool. Nor where its rules are
    not those of `rules_revision` any more: the rules as they are, to be looked at again.

    Raises: LookupError where the workspace has no such proposal.
    """
    proposal = _must(find(tx, proposal_id, team_id=team_id))
    if not _is_open(proposal, at) or revision not in (None, proposal.revision):
        return Late(proposal)
    workspace = workspaces.find(tx, team_id)
    if workspace is None:
        raise LookupError("no such workspace")
    blocked = blocked_of(workspace, proposal.tools)
    if blocked is not None:
        return blocked
    if rules_revision not in (None, workspace.revision):
        return workspace
    shortage = _shortage(tx, workspace, proposal, at=at)
    if shortage is not None:
        return shortage
    move(
        tx,
        proposal.id,
        ProposalState.APPROVED,
        decided_by=by,
        decided_at=at,
        is_automatic=is_automatic,
    )
    for item in proposal.live:
        ledger.hold(
            tx,
            job_id=item.id,
            credits=item.price_credits,
            team_id=team_id,
            user_id=proposal.requester_id,
            channel_id=proposal.channel_id,
            at=at,
        )
        tx.execute(
            sa.update(ITEMS)
            .where(ITEMS.c.id == item.id)
            .values(state=ItemState.QUEUED, used_seed=seeds[item.id])
        )
        enqueue(tx, item)
    approval = AuditEntry(
        team_id=team_id,
        at=at,
        actor_id=by,
        deed=Deed.APPROVED,
        subject=proposal.id,
        new=f"{proposal.items[0].title} (images: {proposal.image_count}, "
        f"credits: {proposal.price_credits})",
    )
    audit.write(tx, approval)
    return _again(tx, proposal)


def _shortage(
    tx: sa.Connection, workspace: Workspace, proposal: Proposal, *, at: datetime
) -> Shortage | None:
    """The first budget that has too little left for what the proposal would hold."""
    price, team_id = proposal.price_credits, workspace.id
    if price == 0:
        return None
    month = ledger.balance(
        tx, team_id=team_id, budget_credits=workspace.budget_credits, at=at
    ).left_credits
    left: list[tuple[Limit, int, int]] = [(Limit.WORKSPACE_MONTH, month, workspace.budget_credits)]
    if workspace.person_day_credits is not None:
        limit = workspace.person_day_credits
        spent = ledger.spent_on_day(tx, team_id=team_id, user_id=proposal.requester_id, at=at)
        left.append((Limit.PERSON_DAY, limit - spent, limit))
    if workspace.channel_month_credits is not None:
        limit = workspace.channel_month_credits
        spent = ledger.spent_in_channel(tx, team_id=team_id, channel_id=proposal.channel_id, at=at)
        left.append((Limit.CHANNEL_MONTH, limit - spent, limit))
    for which, credits, budget in left:
        if price > credits:
            return Shortage(
                limit=which, needed_credits=price, left_credits=credits, budget_credits=budget
            )
    return None


def deny(
    tx: sa.Connection, proposal_id: str, *, team_id: str, by: str, feedback: str, at: datetime
) -> Proposal | Late:
    """Deny a proposal that awaits a decision.

    Raises: LookupError where the workspace has no such proposal.
    """
    proposal = _must(find(tx, proposal_id, team_id=team_id))
    if not _is_open(proposal, at):
        return Late(proposal)
    move(tx, proposal.id, ProposalState.DENIED, decided_by=by, decided_at=at, feedback=feedback)
    denial = AuditEntry(
        team_id=team_id, at=at, actor_id=by, deed=Deed.DENIED, subject=proposal.id, new=feedback
    )
    audit.write(tx, denial)
    return _again(tx, proposal)


def expire(tx: sa.Connection, *, at: datetime) -> list[tuple[str, str]]:
    """Expire every pending proposal whose time is over; their (id, team id)."""
    due = tx.execute(
        sa.select(PROPOSALS.c.id, PROPOSALS.c.team_id)
        .where(PROPOSALS.c.state == ProposalState.AWAITING, PROPOSALS.c.expires_at <= at)
        .limit(500)
    ).all()
    return [(row.id, row.team_id) for row in due if move(tx, row.id, ProposalState.EXPIRED)]


def withdraw(tx: sa.Connection, proposal_id: str) -> None:
    """Expire a proposal that has no card and never will."""
    if move(tx, proposal_id, ProposalState.EXPIRED):
        cards.give_up(tx, proposal_id)


def _is_open(proposal: Proposal, at: datetime) -> bool:
    return proposal.state is ProposalState.AWAITING and at < proposal.expires_at


def _must(proposal: Proposal | None) -> Proposal:
    if proposal is None:
        raise LookupError("no such proposal in this workspace")
    return proposal


def _again(tx: sa.Connection, proposal: Proposal) -> Proposal:
    return _must(find(tx, proposal.id, team_id=proposal.team_id))
