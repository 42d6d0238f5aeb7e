"""Proposals and their moves: compare-and-set on the committed state, one transaction each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.catalog import Aspect
from bot.domain.money import Balance
from bot.domain.people import Mode, Tool, Workspace
from bot.domain.proposals import (
    PROPOSAL_MOVES,
    Item,
    ItemSettings,
    ItemState,
    Outcome,
    Proposal,
    ProposalState,
)
from bot.domain.requests import RequestState
from storage import ledger, requests, workspaces
from storage.tables import ITEMS, PROPOSALS


@dataclass(frozen=True)
class Late:
    """A move that came too late: what the proposal has become."""

    proposal: Proposal


@dataclass(frozen=True)
class Short:
    """A move that the credits do not allow: what it needs and what is left."""

    needed_credits: int
    left_credits: int


@dataclass(frozen=True)
class Added:
    """A proposal that was kept, with what its card shows beside it."""

    workspace: Workspace
    balance: Balance


def add(
    tx: sa.Connection, proposal: Proposal, *, needs: Sequence[Tool], budget_credits: int
) -> Added | Tool | None:
    """Keep a new proposal and close its request; None where the request was answered before.

    Nothing is kept where the workspace has blocked one of the tools it needs: that tool. The
    proposal that it revises, if any, becomes superseded. `budget_credits` is a new workspace's.
    """
    workspace = workspaces.find(tx, proposal.team_id) or workspaces.welcome(
        tx, proposal.team_id, budget_credits=budget_credits
    )
    blocked = next((tool for tool in needs if workspace.mode(tool) is Mode.BLOCKED), None)
    if blocked is not None:
        return blocked
    if not requests.close(tx, proposal.request_id, RequestState.ANSWERED):
        return None
    values = proposal.model_dump(exclude={"items", "outcome"})
    undecided = {"decided_by": None, "decided_at": None, "feedback": "", "card_revision": 0}
    tx.execute(sa.insert(PROPOSALS), values | undecided)
    items = [_item_values(item) | {"proposal_id": proposal.id} for item in proposal.items]
    tx.execute(sa.insert(ITEMS), items)
    if proposal.revises is not None:
        _move(tx, proposal.revises, ProposalState.SUPERSEDED, superseded_by=proposal.id)
    balance = ledger.balance(
        tx,
        team_id=workspace.id,
        budget_credits=workspace.budget_credits,
        at=proposal.created_at,
    )
    return Added(workspace, balance)


def find(tx: sa.Connection, proposal_id: str, *, team_id: str) -> Proposal | None:
    """The proposal with that id in that workspace, with its items."""
    row = (
        tx.execute(
            sa.select(PROPOSALS).where(
                PROPOSALS.c.id == proposal_id, PROPOSALS.c.team_id == team_id
            )
        )
        .mappings()
        .first()
    )
    return None if row is None else _to_proposal(tx, row)


def of_item(tx: sa.Connection, item_id: str, *, team_id: str) -> Proposal | None:
    """The proposal that an item belongs to."""
    proposal_id = tx.execute(
        sa.select(ITEMS.c.proposal_id).where(ITEMS.c.id == item_id)
    ).scalar_one_or_none()
    return None if proposal_id is None else find(tx, proposal_id, team_id=team_id)


def edit(
    tx: sa.Connection,
    item_id: str,
    *,
    team_id: str,
    settings: ItemSettings,
    price_credits: int,
    model_reason: str,
    at: datetime,
) -> Proposal | Late:
    """Replace an item's settings while its proposal awaits a decision.

    Raises: LookupError where the workspace has no such item.
    """
    proposal = _must(of_item(tx, item_id, team_id=team_id))
    if not _is_open(proposal, at):
        return Late(proposal)
    tx.execute(
        sa.update(ITEMS)
        .where(ITEMS.c.id == item_id)
        .values(
            settings=settings.model_dump(mode="json"),
            price_credits=price_credits,
            model_reason=model_reason,
        )
    )
    touch(tx, proposal.id)
    return _again(tx, proposal)


def approve(
    tx: sa.Connection,
    proposal_id: str,
    *,
    team_id: str,
    revision: int | None,
    by: str,
    budget_credits: int,
    seeds: Sequence[int | None],
    enqueue: Callable[[sa.Connection, Item], None],
    at: datetime,
) -> Proposal | Late | Short:
    """Approve exactly the revision that was seen: state moved, credits held, jobs enqueued.

    `seeds` has one for each item; None where the model takes none. A `revision` of None approves
    whatever stands (a tool in `auto`).

    Raises: LookupError where the workspace has no such proposal.
    """
    proposal = _must(find(tx, proposal_id, team_id=team_id))
    if not _is_open(proposal, at) or revision not in (None, proposal.revision):
        return Late(proposal)
    left = ledger.balance(tx, team_id=team_id, budget_credits=budget_credits, at=at).left_credits
    if proposal.price_credits > left:
        return Short(proposal.price_credits, left)
    _move(tx, proposal.id, ProposalState.APPROVED, decided_by=by, decided_at=at)
    for item, seed in zip(proposal.items, seeds, strict=True):
        ledger.hold(
            tx,
            job_id=item.id,
            credits=item.price_credits,
            team_id=team_id,
            user_id=proposal.requester_id,
            at=at,
        )
        tx.execute(
            sa.update(ITEMS)
            .where(ITEMS.c.id == item.id)
            .values(state=ItemState.QUEUED, used_seed=seed)
        )
        enqueue(tx, item)
    return _again(tx, proposal)


def deny(
    tx: sa.Connection, proposal_id: str, *, team_id: str, by: str, feedback: str, at: datetime
) -> Proposal | Late:
    """Deny a proposal that awaits a decision.

    Raises: LookupError where the workspace has no such proposal.
    """
    proposal = _must(find(tx, proposal_id, team_id=team_id))
    if not _is_open(proposal, at):
        return Late(proposal)
    _move(tx, proposal.id, ProposalState.DENIED, decided_by=by, decided_at=at, feedback=feedback)
    return _again(tx, proposal)


def expire(tx: sa.Connection, *, at: datetime) -> list[tuple[str, str]]:
    """Expire every pending proposal whose time is over; their (id, team id)."""
    due = tx.execute(
        sa.select(PROPOSALS.c.id, PROPOSALS.c.team_id)
        .where(PROPOSALS.c.state == ProposalState.AWAITING, PROPOSALS.c.expires_at <= at)
        .limit(500)
    ).all()
    return [(row.id, row.team_id) for row in due if _move(tx, row.id, ProposalState.EXPIRED)]


def withdraw(tx: sa.Connection, proposal_id: str) -> None:
    """Expire a proposal that has no card and never will."""
    if _move(tx, proposal_id, ProposalState.EXPIRED):
        give_card_up(tx, proposal_id)


def pending(tx: sa.Connection, *, team_id: str, user_id: str, limit: int) -> list[Proposal]:
    """A person's proposals that await a decision or are running, newest first."""
    rows = tx.execute(
        sa.select(PROPOSALS)
        .where(
            PROPOSALS.c.team_id == team_id,
            PROPOSALS.c.requester_id == user_id,
            PROPOSALS.c.state.in_((ProposalState.AWAITING, ProposalState.APPROVED)),
        )
        .order_by(PROPOSALS.c.created_at.desc())
        .limit(limit)
    )
    return [_to_proposal(tx, row) for row in rows.mappings().all()]


def cards_of_items(
    tx: sa.Connection, item_ids: Sequence[str], *, team_id: str
) -> dict[str, tuple[str, str]]:
    """Where the cards of items stand: item id to (channel id, ts)."""
    rows = tx.execute(
        sa.select(ITEMS.c.id, PROPOSALS.c.channel_id, PROPOSALS.c.card_ts)
        .join(PROPOSALS, PROPOSALS.c.id == ITEMS.c.proposal_id)
        .where(
            ITEMS.c.id.in_(item_ids),
            PROPOSALS.c.team_id == team_id,
            PROPOSALS.c.card_ts.is_not(None),
        )
    )
    return {row.id: (row.channel_id, row.card_ts) for row in rows}


def card_shown(tx: sa.Connection, proposal_id: str, *, revision: int, card_ts: str) -> bool:
    """Note what the card shows and where it stands; False where the row has moved on."""
    seen = {"shown_id": proposal_id, "seen": revision, "shown_ts": card_ts}
    now = tx.execute(_SHOWING, seen).scalar_one_or_none()
    return now == revision


_SHOWING = (
    sa.update(PROPOSALS)
    .where(
        PROPOSALS.c.id == sa.bindparam("shown_id"),
        PROPOSALS.c.card_revision <= sa.bindparam("seen"),
    )
    .values(card_revision=sa.bindparam("seen"), card_ts=sa.bindparam("shown_ts"))
    .returning(PROPOSALS.c.revision)
)


def cards_behind(tx: sa.Connection, *, before: datetime) -> list[tuple[str, str]]:
    """Proposals made before that moment whose card shows an older revision: (id, team id)."""
    rows = tx.execute(
        sa.select(PROPOSALS.c.id, PROPOSALS.c.team_id)
        .where(PROPOSALS.c.card_revision < PROPOSALS.c.revision, PROPOSALS.c.created_at < before)
        .order_by(PROPOSALS.c.created_at)
        .limit(200)
    )
    return [(row.id, row.team_id) for row in rows]


def give_card_up(tx: sa.Connection, proposal_id: str) -> None:
    """Stop bringing a card up to date that Slack does not have any more."""
    tx.execute(
        sa.update(PROPOSALS)
        .where(PROPOSALS.c.id == proposal_id)
        .values(card_revision=PROPOSALS.c.revision)
    )


def touch(tx: sa.Connection, proposal_id: str) -> None:
    """Count the revision up: something that the card shows has changed."""
    tx.execute(
        sa.update(PROPOSALS)
        .where(PROPOSALS.c.id == proposal_id)
        .values(revision=PROPOSALS.c.revision + 1)
    )


def end(tx: sa.Connection, proposal_id: str, state: ProposalState) -> bool:
    """Move an approved proposal to its end; False where it is there already."""
    return _move(tx, proposal_id, state)


def _move(tx: sa.Connection, proposal_id: str, state: ProposalState, **values: Any) -> bool:
    """Compare-and-set to `state` from any state that may move there."""
    sources = [source for source, targets in PROPOSAL_MOVES.items() if state in targets]
    result = tx.execute(
        sa.update(PROPOSALS)
        .where(PROPOSALS.c.id == proposal_id, PROPOSALS.c.state.in_(sources))
        .values(state=state, revision=PROPOSALS.c.revision + 1, **values)
    )
    return result.rowcount == 1


def _is_open(proposal: Proposal, at: datetime) -> bool:
    return proposal.state is ProposalState.AWAITING and at < proposal.expires_at


def _must(proposal: Proposal | None) -> Proposal:
    if proposal is None:
        raise LookupError("no such proposal in this workspace")
    return proposal


def _again(tx: sa.Connection, proposal: Proposal) -> Proposal:
    return _must(find(tx, proposal.id, team_id=proposal.team_id))


def _item_values(item: Item) -> dict[str, Any]:
    values = item.model_dump(exclude={"settings"})
    return values | {
        "settings": item.settings.model_dump(mode="json"),
        "posted_file_id": None,
        "runs": 0,
    }


def _to_proposal(tx: sa.Connection, row: sa.RowMapping) -> Proposal:
    items = tx.execute(
        sa.select(ITEMS).where(ITEMS.c.proposal_id == row["id"]).order_by(ITEMS.c.position)
    )
    decided = {"decided_by", "decided_at", "feedback", "card_revision"}
    outcome = None
    if row["decided_at"] is not None:
        outcome = Outcome(by=row["decided_by"], at=row["decided_at"], feedback=row["feedback"])
    return Proposal(
        **{name: value for name, value in row.items() if name not in decided | {"state"}},
        state=ProposalState(row["state"]),
        outcome=outcome,
        items=tuple(to_item(item) for item in items.mappings()),
    )


def to_item(row: sa.RowMapping) -> Item:
    """A row as a value."""
    inner = {"proposal_id", "posted_file_id", "runs", "settings", "state"}
    settings = row["settings"]
    return Item(
        **{name: value for name, value in row.items() if name not in inner},
        state=ItemState(row["state"]),
        settings=ItemSettings(**settings | {"aspect": Aspect(settings["aspect"])}),
    )
