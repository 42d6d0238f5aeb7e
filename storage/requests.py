"""Requests: recorded once, answered once."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.audit import AuditEntry, Deed
from bot.domain.proposals import ItemSource
from bot.domain.requests import Attachment, Choice, Request, RequestState, Source
from storage.tables import AUDIT, EVENTS, REQUESTS


def insert_once(tx: sa.Connection, table: sa.Table, values: dict[str, Any]) -> bool:
    """Insert a row unless a unique key has it already; True where it was new."""
    return tx.execute(_inserting(table, tx.dialect.name), values).rowcount == 1


@lru_cache(maxsize=64)
def _inserting(table: sa.Table, dialect: str) -> sa.Insert:
    """Made once: building a statement costs more than running it."""
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(table).on_conflict_do_nothing()


def record(tx: sa.Connection, request: Request, *, event_id: str | None) -> bool:
    """Keep a request; False where its event, or its message, was taken before."""
    if event_id is not None:
        seen = {"event_id": event_id, "seen_at": request.created_at}
        if not insert_once(tx, EVENTS, seen):
            return False
    return insert_once(tx, REQUESTS, request.model_dump())


def close(tx: sa.Connection, request_id: str, state: RequestState) -> bool:
    """Move a request that is open to another state; False where somebody else did."""
    result = tx.execute(_CLOSING, {"request_id": request_id, "end": state})
    return result.rowcount == 1


_CLOSING = (
    sa.update(REQUESTS)
    .where(
        REQUESTS.c.id == sa.bindparam("request_id"),
        REQUESTS.c.state.in_((RequestState.RECEIVED, RequestState.ASKED)),
    )
    .values(state=sa.bindparam("end"))
)


def keep_choices(tx: sa.Connection, request_id: str, choices: Sequence[Choice]) -> None:
    """Note what was offered when it was asked back; a button names one of them by its place."""
    kept = [choice.model_dump() for choice in choices]
    tx.execute(sa.update(REQUESTS).where(REQUESTS.c.id == request_id).values(choices=kept))


def was_asked_back(tx: sa.Connection, request: Request) -> bool:
    """Whether the last thing that this person said in the thread before was asked back about."""
    if request.thread_ts is None:
        return False
    before = tx.execute(
        sa.select(REQUESTS.c.choices)
        .where(
            REQUESTS.c.team_id == request.team_id,
            REQUESTS.c.channel_id == request.channel_id,
            REQUESTS.c.thread_ts == request.thread_ts,
            REQUESTS.c.user_id == request.user_id,
            REQUESTS.c.id < request.id,
            REQUESTS.c.state != RequestState.IGNORED,
        )
        .order_by(REQUESTS.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return bool(before)


def ask(tx: sa.Connection, request_id: str) -> bool:
    """Leave a request until somebody lets it go ahead; False where it is not to be answered."""
    return _move(tx, request_id, RequestState.RECEIVED, RequestState.ASKED)


def unask(tx: sa.Connection, request_id: str) -> bool:
    """Have a request asked about anew, because the question could not be posted."""
    return _move(tx, request_id, RequestState.ASKED, RequestState.RECEIVED)


def note_question(tx: sa.Connection, request_id: str, *, question_ts: str) -> None:
    """Note the message that asks whether to go ahead."""
    tx.execute(
        sa.update(REQUESTS).where(REQUESTS.c.id == request_id).values(question_ts=question_ts)
    )


def allow(
    tx: sa.Connection, request: Request, *, by: str, at: datetime, subject: str
) -> Request | None:
    """Let an asked request go ahead; None where that was decided before.

    `subject` is what the audit log says of it.
    """
    if not _move(tx, request.id, RequestState.ASKED, RequestState.RECEIVED, allowed_by=by):
        return None
    _log(tx, request, by=by, at=at, deed=Deed.APPROVED, subject=subject)
    return find(tx, request.id, team_id=request.team_id)


def refuse(tx: sa.Connection, request: Request, *, by: str, at: datetime, subject: str) -> bool:
    """Have an asked request not answered; False where that was decided before."""
    if not _move(tx, request.id, RequestState.ASKED, RequestState.IGNORED):
        return False
    _log(tx, request, by=by, at=at, deed=Deed.DENIED, subject=subject)
    return True


def lapse(tx: sa.Connection, request_id: str) -> bool:
    """Drop a request that nobody let go ahead in time; False where somebody did."""
    return _move(tx, request_id, RequestState.ASKED, RequestState.IGNORED)


def asked(tx: sa.Connection, *, limit: int = 500) -> list[Request]:
    """The requests that wait for somebody to let them go ahead, oldest first."""
    rows = tx.execute(
        sa.select(REQUESTS)
        .where(REQUESTS.c.state == RequestState.ASKED)
        .order_by(REQUESTS.c.created_at)
        .limit(limit)
    )
    return [to_request(row) for row in rows.mappings()]


def _move(
    tx: sa.Connection, request_id: str, source: RequestState, target: RequestState, **values: Any
) -> bool:
    result = tx.execute(
        sa.update(REQUESTS)
        .where(REQUESTS.c.id == request_id, REQUESTS.c.state == source)
        .values(state=target, **values)
    )
    return result.rowcount == 1


def _log(
    tx: sa.Connection, request: Request, *, by: str, at: datetime, deed: Deed, subject: str
) -> None:
    entry = AuditEntry(team_id=request.team_id, at=at, actor_id=by, deed=deed, subject=subject)
    tx.execute(sa.insert(AUDIT), entry.model_dump())


def left_open(tx: sa.Connection, *, before: datetime) -> list[Request]:
    """Requests taken before that moment and never answered, oldest first."""
    rows = tx.execute(
        sa.select(REQUESTS)
        .where(REQUESTS.c.state == RequestState.RECEIVED, REQUESTS.c.created_at < before)
        .order_by(REQUESTS.c.created_at)
        .limit(100)
    )
    return [to_request(row) for row in rows.mappings()]


def find(tx: sa.Connection, request_id: str, *, team_id: str) -> Request | None:
    """The request with that id in that workspace."""
    row = (
        tx.execute(
            sa.select(REQUESTS).where(REQUESTS.c.id == request_id, REQUESTS.c.team_id == team_id)
        )
        .mappings()
        .first()
    )
    return None if row is None else to_request(row)


def works_in_thread(
    tx: sa.Connection, *, team_id: str, channel_id: str, thread_ts: str, user_id: str
) -> bool:
    """Whether this person asked us for something in this thread before."""
    return (
        tx.execute(
            sa.select(REQUESTS.c.id)
            .where(
                REQUESTS.c.team_id == team_id,
                REQUESTS.c.channel_id == channel_id,
                REQUESTS.c.thread_ts == thread_ts,
                REQUESTS.c.user_id == user_id,
                REQUESTS.c.state != RequestState.IGNORED,
            )
            .limit(1)
        ).first()
        is not None
    )


def forget_events(tx: sa.Connection, *, before: datetime) -> int:
    """Drop event ids older than any retry of Slack's; how many."""
    return tx.execute(sa.delete(EVENTS).where(EVENTS.c.seen_at < before)).rowcount


def to_request(row: sa.RowMapping) -> Request:
    """A row as a value."""
    values = dict(row)
    return Request(
        **values
        | {
            "source": Source(row["source"]),
            "state": RequestState(row["state"]),
            "attachments": tuple(Attachment(**kept) for kept in row["attachments"]),
            "sources": tuple(ItemSource(**kept) for kept in row["sources"]),
            "choices": tuple(Choice.model_validate(kept) for kept in row["choices"]),
        }
    )
