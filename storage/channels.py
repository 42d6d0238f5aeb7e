"""Which channels are public, as Slack said last: what was made there may be shown to everybody."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from storage.requests import insert_once
from storage.tables import CHANNELS


def meet(tx: sa.Connection, channel_id: str, *, team_id: str) -> None:
    """Remember that something was made in a channel; until Slack is asked it counts as private."""
    values = {"team_id": team_id, "id": channel_id, "is_public": False, "checked_at": None}
    insert_once(tx, CHANNELS, values)


def unchecked(tx: sa.Connection, *, before: datetime, limit: int) -> list[tuple[str, str]]:
    """Channels of which nothing was heard since that moment: (team id, id)."""
    due = sa.or_(CHANNELS.c.checked_at.is_(None), CHANNELS.c.checked_at < before)
    rows = tx.execute(
        sa.select(CHANNELS.c.team_id, CHANNELS.c.id)
        .where(due, CHANNELS.c.id.not_like("D%"))
        .order_by(CHANNELS.c.checked_at.is_not(None), CHANNELS.c.checked_at)
        .limit(limit)
    )
    return [(row.team_id, row.id) for row in rows]


def stale(
    tx: sa.Connection, channel_ids: Sequence[str], *, team_id: str, before: datetime
) -> list[str]:
    """Those of the public channels that Slack was not asked about since that moment."""
    rows = tx.execute(
        sa.select(CHANNELS.c.id).where(
            CHANNELS.c.team_id == team_id,
            CHANNELS.c.id.in_(channel_ids),
            CHANNELS.c.is_public,
            CHANNELS.c.checked_at < before,
        )
    )
    return [str(row.id) for row in rows]


def note(
    tx: sa.Connection, channel_id: str, *, team_id: str, is_public: bool, at: datetime
) -> None:
    """Keep what Slack says of a channel."""
    tx.execute(
        sa.update(CHANNELS)
        .where(CHANNELS.c.team_id == team_id, CHANNELS.c.id == channel_id)
        .values(is_public=is_public, checked_at=at)
    )
