"""The migrations make the tables that the code expects."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from bot.domain.images import Origin
from bot.domain.people import Mode, Tool
from storage import gallery, ledger, proposals, requests, workspaces
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
    from storage.tables import EVENTS

    row = {"event_id": "Ev1", "seen_at": datetime(2026, 11, 24)}
    with engine.begin() as tx, pytest.raises(sa.exc.StatementError, match="naive"):
        tx.execute(sa.insert(EVENTS).values(**row))


def test_what_the_first_version_kept_is_kept(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'old.db'}")
    migrate(engine, to="0001")
    with engine.begin() as tx:
        for statement in FIRST_VERSION:
            tx.exec_driver_sql(statement)
    migrate(engine)
    with engine.begin() as tx:
        workspace = workspaces.find(tx, "T0")
        assert workspace is not None
        assert workspace.mode(Tool.GENERATE) is Mode.BLOCKED
        assert (workspace.revision, workspace.model_ids) == (0, None)
        proposal = proposals.find(tx, "prp_1", team_id="T0")
        assert proposal is not None
        assert (proposal.tool, proposal.items[0].sources) == (Tool.GENERATE, ())
        image = gallery.find(tx, "img_1", team_id="T0")
        assert image is not None
        assert (image.origin, image.parent_id) == (Origin.GENERATED, None)
        assert (image.is_transparent, image.vector_sha256) == (False, None)
        assert workspace.own_keys == {}
        assert (proposal.items[0].cost_usd, proposal.items[0].provider_id) == (None, "")
        assert proposal.items[0].settings.is_transparent is False
        assert requests.find(tx, "req_1", team_id="T0") is not None
        at = datetime(2026, 11, 24, 23, tzinfo=UTC)
        assert ledger.spent_on_day(tx, team_id="T0", user_id="U0", at=at) == 3
        assert ledger.spent_in_channel(tx, team_id="T0", channel_id="C0", at=at) == 3
        assert tx.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()


FIRST_VERSION = (
    "INSERT INTO workspace VALUES ('T0', 100, '[]', '{\"generate\": \"blocked\"}', 0)",
    "INSERT INTO request VALUES ('req_1', 'T0', 'U0', 'C0', '1.0', NULL, 'a fox', 'mention',"
    " 'answered', NULL, '2026-11-24 10:00:00')",
    "INSERT INTO proposal VALUES ('prp_1', 'T0', 'req_1', 'U0', 'C0', NULL, '1.1', 1, 'done', 1,"
    " '2026-11-24 10:00:00', '2026-11-25 10:00:00', 'U0', '2026-11-24 10:01:00', '', NULL, NULL)",
    "INSERT INTO item VALUES ('itm_1', 'prp_1', 1, 'fox', 'a fox', 'A fox.', 'chosen',"
    ' \'{"prompt": "A fox.", "model_id": "sketch/compose", "style_id": "photo",'
    ' "aspect": "1:1", "count": 4}\','
    " 4, 'delivered', '', 1, 3, 3, 7, 1.5, 'F1', 1, 1)",
    "INSERT INTO image VALUES ('img_1', 'T0', 'itm_1', 1, 'abc', 'image/png', 1, 1, 1, 'fox',"
    " 'AI-generated image: fox.', 'A fox.', '', 'sketch/compose', 'photo', '1:1', 7, 3, 'U0',"
    " 'U0', 'C0', NULL, '2026-11-24 10:02:00')",
    "INSERT INTO ledger VALUES (1, 'T0', 'itm_1', 'hold', 4, '2026-11', 'U0',"
    " '2026-11-24 10:01:00')",
    "INSERT INTO ledger VALUES (2, 'T0', 'itm_1', 'settle', 3, '2026-11', 'U0',"
    " '2026-11-25 00:01:00')",
    "INSERT INTO ledger VALUES (3, 'T0', 'itm_1', 'release', 1, '2026-11', 'U0',"
    " '2026-11-25 00:01:00')",
)
"""A finished job as the first schema had it; it was settled on the day after its hold."""
