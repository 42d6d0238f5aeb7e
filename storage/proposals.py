"""Proposals and their moves: compare-and-set on the committed state, one transaction each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.catalog import Aspect
from bot.domain.money import Balance
from bot.domain.people import Mode, Tool, Workspace
from bot.domain.proposals import (
    PROPOSAL_MOVES,
    DeletedImage,
    Item,
    ItemSettings,
    ItemSource,
    ItemState,
    Outcome,
    Place,
    Proposal,
    ProposalState,
)
from bot.domain.requests import RequestState
from storage import ledger, requests, workspaces
from storage.tables import ITEMS, PROPOSALS


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
    proposal that it revises, if any, becomes superseded, or where its work has ended names it as
    what followed. `budget_credits` is a new workspace's.
    """
    workspace = workspaces.find(tx, proposal.team_id) or workspaces.welcome(
        tx, proposal.team_id, budget_credits=budget_credits
    )
    blocked = blocked_of(workspace, needs)
    if blocked is not None:
        return blocked
    if not requests.close(tx, proposal.request_id, RequestState.ANSWERED):
        return None
    values = proposal.model_dump(exclude={"items", "outcome"})
    undecided = {"decided_by": None, "decided_at": None, "feedback": "", "card_revision": 0}
    tx.execute(sa.insert(PROPOSALS), values | undecided)
    items = [_item_values(item) | {"proposal_id": proposal.id} for item in proposal.items]
    tx.execute(sa.insert(ITEMS), items)
    if proposal.revises is not None and not move(
        tx, proposal.revises, ProposalState.SUPERSEDED, superseded_by=proposal.id
    ):
        _follow(tx, proposal.revises, proposal.id)
    balance = ledger.balance(
        tx,
        team_id=workspace.id,
        budget_credits=workspace.budget_credits,
        at=proposal.created_at,
    )
    return Added(workspace, balance)


def blocked_of(workspace: Workspace, tools: Sequence[Tool]) -> Tool | None:
    """The first of these tools that the workspace has blocked."""
    return next((tool for tool in tools if workspace.mode(tool) is Mode.BLOCKED), None)


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


def waiting(
    tx: sa.Connection, *, team_id: str, user_id: str, is_approver: bool, at: datetime, limit: int
) -> list[Proposal]:
    """What somebody can decide now, the oldest first: their own; an approver, everybody's."""
    wanted = sa.select(PROPOSALS).where(
        PROPOSALS.c.team_id == team_id,
        PROPOSALS.c.state == ProposalState.AWAITING,
        PROPOSALS.c.expires_at > at,
    )
    if not is_approver:
        wanted = wanted.where(PROPOSALS.c.requester_id == user_id)
    rows = tx.execute(wanted.order_by(PROPOSALS.c.created_at).limit(limit))
    return [_to_proposal(tx, row) for row in rows.mappings().all()]


def running(tx: sa.Connection, *, team_id: str, user_id: str, limit: int) -> list[Proposal]:
    """A person's proposals whose work is under way, newest first."""
    rows = tx.execute(
        sa.select(PROPOSALS)
        .where(
            PROPOSALS.c.team_id == team_id,
            PROPOSALS.c.requester_id == user_id,
            PROPOSALS.c.state == ProposalState.APPROVED,
        )
        .order_by(PROPOSALS.c.created_at.desc())
        .limit(limit)
    )
    return [_to_proposal(tx, row) for row in rows.mappings().all()]


def pending_in_thread(
    tx: sa.Connection, *, team_id: str, channel_id: str, thread_ts: str, user_id: str
) -> Proposal | None:
    """The newest proposal of a thread that this person asked for and nobody decided yet."""
    row = (
        tx.execute(
            sa.select(PROPOSALS)
            .where(
                PROPOSALS.c.team_id == team_id,
                PROPOSALS.c.channel_id == channel_id,
                sa.or_(PROPOSALS.c.thread_ts == thread_ts, PROPOSALS.c.card_ts == thread_ts),
                PROPOSALS.c.requester_id == user_id,
                PROPOSALS.c.state == ProposalState.AWAITING,
            )
            .order_by(PROPOSALS.c.created_at.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else _to_proposal(tx, row)


def turn_page(tx: sa.Connection, proposal_id: str, *, team_id: str, page: int) -> bool:
    """Have the card show another page; what was seen may still be approved. False where unknown."""
    result = tx.execute(
        sa.update(PROPOSALS)
        .where(PROPOSALS.c.id == proposal_id, PROPOSALS.c.team_id == team_id)
        .values(page=page)
    )
    return result.rowcount == 1


def _follow(tx: sa.Connection, proposal_id: str, successor_id: str) -> None:
    tx.execute(
        sa.update(PROPOSALS)
        .where(PROPOSALS.c.id == proposal_id, PROPOSALS.c.superseded_by.is_(None))
        .values(superseded_by=successor_id, revision=PROPOSALS.c.revision + 1)
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
    return move(tx, proposal_id, state)


def move(tx: sa.Connection, proposal_id: str, state: ProposalState, **values: Any) -> bool:
    """Compare-and-set to `state` from any state that may move there."""
    sources = [source for source, targets in PROPOSAL_MOVES.items() if state in targets]
    result = tx.execute(
        sa.update(PROPOSALS)
        .where(PROPOSALS.c.id == proposal_id, PROPOSALS.c.state.in_(sources))
        .values(state=state, revision=PROPOSALS.c.revision + 1, **values)
    )
    return result.rowcount == 1


def _item_values(item: Item) -> dict[str, Any]:
    values = item.model_dump(exclude={"settings"})
    return values | {
        "settings": item.settings.model_dump(mode="json"),
        "sources": list(values["sources"]),
        "deleted": list(values["deleted"]),
        "cost_usd": None if item.cost_usd is None else str(item.cost_usd),
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
        **{name: value for name, value in row.items() if name not in decided | {"state", "tool"}},
        tool=Tool(row["tool"]),
        state=ProposalState(row["state"]),
        outcome=outcome,
        items=tuple(to_item(item) for item in items.mappings()),
    )


def to_item(row: sa.RowMapping) -> Item:
    """A row as a value."""
    inner = {"proposal_id", "posted_file_id", "runs", "settings", "state"}
    inner |= {"sources", "place", "deleted"}
    settings = row["settings"]
    return Item(
        **{name: value for name, value in row.items() if name not in inner},
        state=ItemState(row["state"]),
        sources=tuple(ItemSource(**source) for source in row["sources"]),
        place=None if row["place"] is None else Place(**row["place"]),
        deleted=tuple(DeletedImage(**gone) for gone in row["deleted"]),
        settings=ItemSettings(**settings | {"aspect": Aspect(settings["aspect"])}),
    )
