"""Pictures that people posted where we can see them: their ids, to find what a person means."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.domain.base import Value
from storage.requests import insert_once
from storage.tables import POSTED_PICTURES


class Sighting(Value):
    """A picture in a message."""

    team_id: str
    channel_id: str
    ts: str
    position: int
    """Among the pictures of its message, from 1."""
    thread_ts: str
    """The thread it stands in; a root message's own ts."""
    file_id: str
    user_id: str
    title: str
    seen_at: datetime


def note(tx: sa.Connection, sightings: Sequence[Sighting]) -> None:
    """Remember pictures of a message; the same ones again change nothing."""
    for sighting in sightings:
        insert_once(tx, POSTED_PICTURES, sighting.model_dump())


def in_thread(
    tx: sa.Connection, *, team_id: str, channel_id: str, thread_ts: str, limit: int = 50
) -> list[Sighting]:
    """The newest pictures people posted in a thread, its root included, oldest first."""
    rows = tx.execute(
        sa.select(POSTED_PICTURES)
        .where(
            POSTED_PICTURES.c.team_id == team_id,
            POSTED_PICTURES.c.channel_id == channel_id,
            POSTED_PICTURES.c.thread_ts == thread_ts,
        )
        .order_by(POSTED_PICTURES.c.ts.desc(), POSTED_PICTURES.c.position.desc())
        .limit(limit)
    )
    return [Sighting(**dict(row)) for row in reversed(rows.mappings().all())]


def forget_message(tx: sa.Connection, *, team_id: str, channel_id: str, ts: str) -> int:
    """Drop what was seen in a message that its writer took back; how many."""
    return tx.execute(
        sa.delete(POSTED_PICTURES).where(
            POSTED_PICTURES.c.team_id == team_id,
            POSTED_PICTURES.c.channel_id == channel_id,
            POSTED_PICTURES.c.ts == ts,
        )
    ).rowcount


def forget(tx: sa.Connection, *, before: datetime) -> int:
    """Drop what was seen before that moment; how many."""
    return tx.execute(sa.delete(POSTED_PICTURES).where(POSTED_PICTURES.c.seen_at < before)).rowcount
