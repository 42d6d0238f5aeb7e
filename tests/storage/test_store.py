"""Transactions that are whole or not at all, and trouble said in our own words."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import StorageError
from storage.migrations import migrate
from storage.store import Store, make_engine
from storage.tables import EVENTS

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store on a fresh file."""
    engine = make_engine(f"sqlite:///{tmp_path / 'studio.db'}")
    migrate(engine)
    made = Store(engine)
    yield made
    made.close()


def add(tx: sa.Connection, event_id: str) -> None:
    tx.execute(sa.insert(EVENTS).values(event_id=event_id, seen_at=NOW))


def count(tx: sa.Connection) -> int:
    return tx.execute(sa.select(sa.func.count()).select_from(EVENTS)).scalar_one()


async def test_what_raises_leaves_nothing(store: Store) -> None:
    def half(tx: sa.Connection) -> None:
        add(tx, "Ev1")
        raise LookupError("in the middle")

    with pytest.raises(LookupError, match="in the middle"):
        await store.run(half)
    assert await store.read(count) == 0


async def test_moments_come_back_aware_and_in_utc(store: Store) -> None:
    await store.run(add, "Ev1")
    assert await store.read(lambda tx: tx.execute(sa.select(EVENTS.c.seen_at)).scalar()) == NOW


async def test_readers_do_not_wait_for_a_writer(store: Store) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slow(tx: sa.Connection) -> None:
        add(tx, "Ev1")
        started.set()
        go_on.wait(5)

    writing = asyncio.ensure_future(store.run(slow))
    await asyncio.get_running_loop().run_in_executor(None, started.wait, 5)
    assert await store.read(count) == 0
    go_on.set()
    await writing
    assert await store.read(count) == 1


async def test_a_full_disk_is_said_in_words(store: Store) -> None:
    def fill(tx: sa.Connection) -> None:
        tx.exec_driver_sql("PRAGMA max_page_count = 1")
        for number in range(10_000):
            add(tx, f"Ev{number}" * 20)

    with pytest.raises(StorageError, match="disk is full"):
        await store.run(fill)
    assert await store.read(count) == 0


async def test_a_locked_database_is_said_in_words(store: Store, tmp_path: Path) -> None:
    other = sa.create_engine(f"sqlite:///{tmp_path / 'studio.db'}")
    with other.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="database is busy"):
            await store.run(add, "Ev1")
        assert await store.read(count) == 0
        connection.exec_driver_sql("ROLLBACK")
    other.dispose()


async def test_a_note_after_a_failed_one_is_kept(store: Store, tmp_path: Path) -> None:
    await store.note(add, "Ev1")
    with pytest.raises(sa.exc.IntegrityError):
        await store.note(add, "Ev1")
    other = sa.create_engine(f"sqlite:///{tmp_path / 'studio.db'}")
    with other.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="database is busy"):
            await store.note(add, "Ev2")
        connection.exec_driver_sql("ROLLBACK")
    other.dispose()
    await store.note(add, "Ev2")
    assert await store.read(count) == 2
