"""Brings a database's schema to the newest version; forward only."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from bot.errors import SetupError


def migrate(engine: sa.Engine, *, to: str = "head") -> None:
    """Apply the migrations that are missing, in one transaction; `to` a revision, or the newest.

    Raises: SetupError where the database was made by a later version than this.
    """
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, to)
        except CommandError as error:
            raise SetupError(
                "The database was made by a later version of Aethera Studio. Upgrade this one; "
                "nothing was changed."
            ) from error


def is_current(engine: sa.Engine) -> bool:
    """Whether the schema is the one that this version of the code expects."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config
