"""What a month's credits went to, summed from the ledger: by person, by model."""

import sqlalchemy as sa

from bot.domain.money import EntryKind
from storage.tables import ITEMS, LEDGER


def by_person(tx: sa.Connection, *, team_id: str, month: str, limit: int) -> list[tuple[str, int]]:
    """Who had the most charged in a month (`2026-11`): (user id, credits)."""
    return _sums(tx, LEDGER.c.user_id, LEDGER, team_id=team_id, month=month, limit=limit)


def by_model(tx: sa.Connection, *, team_id: str, month: str, limit: int) -> list[tuple[str, int]]:
    """Which models were charged for most in a month: (model id, credits)."""
    model_id = ITEMS.c.settings["model_id"].as_string()
    source = LEDGER.join(ITEMS, ITEMS.c.id == LEDGER.c.job_id)
    return _sums(tx, model_id, source, team_id=team_id, month=month, limit=limit)


def _sums(
    tx: sa.Connection,
    by: sa.ColumnElement[str],
    source: sa.FromClause,
    *,
    team_id: str,
    month: str,
    limit: int,
) -> list[tuple[str, int]]:
    charged = sa.func.sum(LEDGER.c.credits)
    rows = tx.execute(
        sa.select(by.label("by"), charged.label("charged"))
        .select_from(source)
        .where(
            LEDGER.c.team_id == team_id,
            LEDGER.c.month == month,
            LEDGER.c.kind == EntryKind.SETTLE,
            LEDGER.c.credits > 0,
        )
        .group_by(by)
        .order_by(charged.desc(), by)
        .limit(limit)
    )
    return [(str(row.by), int(row.charged)) for row in rows]
