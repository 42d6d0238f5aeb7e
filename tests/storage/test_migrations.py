"""The migrations make the tables that the code expects."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from storage.migrations import is_current, migrate
from storage.store import make_engine


def test_they_make_exactly_the_tables_of_the_code(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_fresh_database_is_not_current_until_they_ran(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    assert not is_current(engine)
    migrate(engine)
    assert is_current(engine)
    migrate(engine)
    engine.dispose()


def test_power_cuts_take_no_committed_intent_back(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_a_naive_moment_is_never_stored(engine: sa.Engine) -> None:
    from datetime import datetime

    from storage.tables import EVENTS

    row = {"event_id": "Ev1", "seen_at": datetime(2026, 11, 24)}
    with engine.begin() as tx, pytest.raises(sa.exc.StatementError, match="naive"):
        tx.execute(sa.insert(EVENTS).values(**row))
