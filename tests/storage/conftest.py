"""A migrated database of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.migrations import migrate
from storage.store import make_engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    """An engine on a fresh file."""
    made = make_engine(f"sqlite:///{tmp_path / 'studio.db'}")
    migrate(made)
    yield made
    made.dispose()
