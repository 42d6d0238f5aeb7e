"""The append-only ledger in whole credits: holds, settlements, releases, and their sums."""

from datetime import datetime

import sqlalchemy as sa

from bot.domain.money import Balance, EntryKind, day_of, month_of
from storage.requests import insert_once
from storage.tables import LEDGER


def hold(
    tx: sa.Connection,
    *,
    job_id: str,
    credits: int,
    team_id: str,
    user_id: str,
    channel_id: str,
    at: datetime,
) -> None:
    """Set credits aside for a job, in the month and the day of `at`; a job is held for once."""
    insert_once(
        tx,
        LEDGER,
        {
            "team_id": team_id,
            "job_id": job_id,
            "kind": EntryKind.HOLD,
            "credits": credits,
            "month": month_of(at),
            "day": day_of(at),
            "user_id": user_id,
            "channel_id": channel_id,
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
        entry = {name: row[name] for name in _OF_JOB}
        insert_once(tx, LEDGER, entry | {"kind": kind, "credits": credits, "at": at})


_OF_JOB = ("team_id", "job_id", "month", "day", "user_id", "channel_id")
"""What all entries of a job have in common."""


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


def spent_on_day(tx: sa.Connection, *, team_id: str, user_id: str, at: datetime) -> int:
    """What a person has charged and holds on the day of `at`."""
    return _spent(tx, LEDGER.c.team_id == team_id, LEDGER.c.user_id == user_id, day=day_of(at))


def spent_in_channel(tx: sa.Connection, *, team_id: str, channel_id: str, at: datetime) -> int:
    """What is charged and held from a channel in the month of `at`."""
    return _spent(
        tx, LEDGER.c.team_id == team_id, LEDGER.c.channel_id == channel_id, month=month_of(at)
    )


def _spent(tx: sa.Connection, *of_whom: sa.ColumnElement[bool], **when: str) -> int:
    """The holds of these entries without what was released of them."""
    signed = sa.case(
        (LEDGER.c.kind == EntryKind.HOLD, LEDGER.c.credits),
        (LEDGER.c.kind == EntryKind.RELEASE, -LEDGER.c.credits),
        else_=0,
    )
    wanted = [LEDGER.c[column] == value for column, value in when.items()]
    found = tx.execute(sa.select(sa.func.coalesce(sa.func.sum(signed), 0)).where(*of_whom, *wanted))
    return int(found.scalar_one())


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
