"""The append-only ledger in whole credits: holds, settlements, releases, and their sums."""

from datetime import datetime

import sqlalchemy as sa

from bot.domain.money import Balance, EntryKind, month_of
from storage.requests import insert_once
from storage.tables import LEDGER


def hold(
    tx: sa.Connection, *, job_id: str, credits: int, team_id: str, user_id: str, at: datetime
) -> None:
    """Set credits aside for a job, in the month of `at`; a job is held for once."""
    insert_once(
        tx,
        LEDGER,
        {
            "team_id": team_id,
            "job_id": job_id,
            "kind": EntryKind.HOLD,
            "credits": credits,
            "month": month_of(at),
            "user_id": user_id,
            "at": at,
        },
    )


def close(tx: sa.Connection, *, job_id: str, charged_credits: int, at: datetime) -> None:
    """End a job's hold: settle what it cost and release the rest; once, whoever comes again.

    Raises: ValueError where more would be charged than was held.
    """
    held = tx.execute(
        sa.select(LEDGER).where(LEDGER.c.job_id == job_id, LEDGER.c.kind == EntryKind.HOLD)
    )
    row = held.mappings().one()
    if not 0 <= charged_credits <= row["credits"]:
        raise ValueError(f"{job_id}: {charged_credits} charged of {row['credits']} held")
    parts = {
        EntryKind.SETTLE: charged_credits,
        EntryKind.RELEASE: row["credits"] - charged_credits,
    }
    for kind, credits in parts.items():
        entry = {name: row[name] for name in ("team_id", "job_id", "month", "user_id")}
        insert_once(tx, LEDGER, entry | {"kind": kind, "credits": credits, "at": at})


def balance(tx: sa.Connection, *, team_id: str, budget_credits: int, at: datetime) -> Balance:
    """What the month of `at` holds, has charged and has left."""
    month = month_of(at)
    sums = tx.execute(_SUMS, {"team_id": team_id, "month": month})
    total = {EntryKind(kind): int(credits) for kind, credits in sums}
    settled = total.get(EntryKind.SETTLE, 0)
    held = total.get(EntryKind.HOLD, 0) - settled - total.get(EntryKind.RELEASE, 0)
    return Balance(
        month=month, budget_credits=budget_credits, held_credits=held, charged_credits=settled
    )


_SUMS = (
    sa.select(LEDGER.c.kind, sa.func.sum(LEDGER.c.credits))
    .where(LEDGER.c.team_id == sa.bindparam("team_id"), LEDGER.c.month == sa.bindparam("month"))
    .group_by(LEDGER.c.kind)
)


def imbalances(tx: sa.Connection) -> list[str]:
    """Jobs whose entries do not add up: closed without a hold, or not to the sum that was held."""
    of = {
        kind: sa.func.coalesce(
            sa.func.sum(sa.case((LEDGER.c.kind == kind, LEDGER.c.credits), else_=0)), 0
        )
        for kind in EntryKind
    }
    closed = sa.func.sum(sa.case((LEDGER.c.kind == EntryKind.HOLD, 0), else_=1))
    spent = of[EntryKind.SETTLE] + of[EntryKind.RELEASE]
    rows = tx.execute(
        sa.select(LEDGER.c.job_id)
        .group_by(LEDGER.c.job_id)
        .having(sa.and_(closed > 0, spent != of[EntryKind.HOLD]))
    )
    return [str(row.job_id) for row in rows]
