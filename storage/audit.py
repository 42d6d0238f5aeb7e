"""The audit log: entries in, the newest out; nothing is ever changed or taken away."""

import sqlalchemy as sa

from bot.domain.audit import AuditEntry, Deed
from storage.tables import AUDIT


def write(tx: sa.Connection, *entries: AuditEntry) -> None:
    """Add entries, in the transaction of what they tell of."""
    if entries:
        tx.execute(sa.insert(AUDIT), [entry.model_dump() for entry in entries])


def newest(
    tx: sa.Connection, *, team_id: str, limit: int, before: int | None = None
) -> list[tuple[int, AuditEntry]]:
    """A workspace's newest entries with their numbers; `before` a number, for the next page."""
    wanted = sa.select(AUDIT).where(AUDIT.c.team_id == team_id)
    if before is not None:
        wanted = wanted.where(AUDIT.c.id < before)
    rows = tx.execute(wanted.order_by(AUDIT.c.id.desc()).limit(limit)).mappings()
    return [(row["id"], _to_entry(row)) for row in rows]


def _to_entry(row: sa.RowMapping) -> AuditEntry:
    values = {name: value for name, value in row.items() if name != "id"}
    return AuditEntry(**values | {"deed": Deed(row["deed"])})
