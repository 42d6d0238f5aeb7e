"""What the job engine needs of the machine."""

import time

import sqlalchemy as sa

from bot.engine import lend_unixepoch


def test_every_sqlite_knows_the_time_to_the_millisecond() -> None:
    lend_unixepoch()
    lend_unixepoch()
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT unixepoch('subsec') * 1000").scalar_one()
    engine.dispose()
    assert abs(found / 1000 - time.time()) < 5
