"""The audit log: entries in, the newest out; nothing is ever changed or taken away."""

from datetime import UTC, datetime

import sqlalchemy as sa

from bot.domain.audit import AuditEntry, Deed
from storage.tables import AUDIT


def write(tx: sa.Connection, *entries: AuditEntry) -> None:
    """Add entries, in the transaction of what they tell of."""
    if entries:
        tx.execute(sa.insert(AUDIT), [entry.model_dump() for entry in entries])


def newest(
    tx: sa.Connection,
    *,
    team_id: str,
    limit: int | None,
    before: int | None = None,
    month: str = "",
) -> list[tuple[int, AuditEntry]]:
    """A workspace's newest entries with their numbers, of one month (`2026-11`) where given.

    `before` a number, for the next page; a `limit` of None for all.
    """
    wanted = sa.select(AUDIT).where(AUDIT.c.team_id == team_id)
    if before is not None:
        wanted = wanted.where(AUDIT.c.id < before)
    if month:
        start, end = _days_of(month)
        wanted = wanted.where(AUDIT.c.at >= start, AUDIT.c.at < end)
    rows = tx.execute(wanted.order_by(AUDIT.c.id.desc()).limit(limit)).mappings()
    return [(row["id"], _to_entry(row)) for row in rows]


def first_at(tx: sa.Connection, *, team_id: str) -> datetime | None:
    """When a workspace's log begins."""
    oldest = sa.select(AUDIT.c.at).where(AUDIT.c.team_id == team_id).order_by(AUDIT.c.id).limit(1)
    return tx.execute(oldest).scalar_one_or_none()


def _days_of(month: str) -> tuple[datetime, datetime]:
    year, number = (int(part) for part in month.split("-"))
    start = datetime(year, number, 1, tzinfo=UTC)
    end = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
    return start, end


def _to_entry(row: sa.RowMapping) -> AuditEntry:
    values = {name: value for name, value in row.items() if name != "id"}
    return AuditEntry(**values | {"deed": Deed(row["deed"])})
