"""Insertions into canvases and their moves: compare-and-set on the committed state."""

import sqlalchemy as sa

from bot.domain.audit import AuditEntry
from bot.domain.insertions import INSERTION_MOVES, Insertion, InsertionState
from bot.domain.proposals import Place
from storage import audit, proposals
from storage.requests import insert_once
from storage.tables import INSERTIONS, ITEMS


def begin(tx: sa.Connection, insertion: Insertion) -> Insertion:
    """Write an insertion down before it is done; an item that has one keeps the one it has."""
    kept = of_items(tx, [insertion.item_id], team_id=insertion.team_id)
    if kept:
        return kept[0]
    insert_once(tx, INSERTIONS, insertion.model_dump())
    return insertion


def find(tx: sa.Connection, insertion_id: str, *, team_id: str) -> Insertion | None:
    """The insertion with that id in that workspace."""
    row = (
        tx.execute(
            sa.select(INSERTIONS).where(
                INSERTIONS.c.id == insertion_id, INSERTIONS.c.team_id == team_id
            )
        )
        .mappings()
        .first()
    )
    return None if row is None else _to_insertion(row)


def of_items(tx: sa.Connection, item_ids: list[str], *, team_id: str) -> list[Insertion]:
    """The insertions of these items, oldest first."""
    rows = tx.execute(
        sa.select(INSERTIONS)
        .where(INSERTIONS.c.item_id.in_(item_ids), INSERTIONS.c.team_id == team_id)
        .order_by(INSERTIONS.c.id)
    )
    return [_to_insertion(row) for row in rows.mappings()]


def note_file(tx: sa.Connection, insertion_id: str, *, permalink: str) -> None:
    """Write down which file is about to be inserted, so that it can be told apart later."""
    tx.execute(
        sa.update(INSERTIONS)
        .where(INSERTIONS.c.id == insertion_id, INSERTIONS.c.state == InsertionState.PENDING)
        .values(permalink=permalink)
    )


def move(
    tx: sa.Connection,
    insertion_id: str,
    state: InsertionState,
    *,
    failure: str = "",
    entry: AuditEntry | None = None,
) -> bool:
    """Compare-and-set to `state` from any state that may move there; the card is behind then.

    `entry` goes into the audit log with it.
    """
    sources = [start for start, targets in INSERTION_MOVES.items() if state in targets]
    result = tx.execute(
        sa.update(INSERTIONS)
        .where(INSERTIONS.c.id == insertion_id, INSERTIONS.c.state.in_(sources))
        .values(state=state, failure=failure)
    )
    if result.rowcount != 1:
        return False
    proposal_id = tx.execute(
        sa.select(ITEMS.c.proposal_id)
        .join(INSERTIONS, INSERTIONS.c.item_id == ITEMS.c.id)
        .where(INSERTIONS.c.id == insertion_id)
    ).scalar_one()
    proposals.touch(tx, proposal_id)
    if entry is not None:
        audit.write(tx, entry)
    return True


def _to_insertion(row: sa.RowMapping) -> Insertion:
    return Insertion(
        **dict(row) | {"state": InsertionState(row["state"]), "place": Place(**row["place"])}
    )
