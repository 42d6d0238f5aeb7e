"""Whole credits that always add up."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import ledger
from storage.tables import LEDGER

NOVEMBER = datetime(2026, 11, 24, 12, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, 0, 5, tzinfo=UTC)


def hold(tx: sa.Connection, job_id: str, credits: int, *, team_id: str = "T0") -> None:
    ledger.hold(
        tx,
        job_id=job_id,
        credits=credits,
        team_id=team_id,
        user_id="U0",
        channel_id="C0",
        at=NOVEMBER,
    )


def balance(tx: sa.Connection, at: datetime = NOVEMBER, team_id: str = "T0") -> tuple[int, ...]:
    found = ledger.balance(tx, team_id=team_id, budget_credits=100, at=at)
    return found.held_credits, found.charged_credits, found.left_credits


def test_a_hold_is_settled_once_and_the_rest_released(engine: sa.Engine) -> None:
    with engine.begin() as tx:
        hold(tx, "job", 16)
        assert balance(tx) == (16, 0, 84)
        ledger.close(tx, job_id="job", charged_credits=12, at=NOVEMBER)
        assert balance(tx) == (0, 12, 88)
        ledger.close(tx, job_id="job", charged_credits=16, at=NOVEMBER)
        assert balance(tx) == (0, 12, 88)


def test_a_job_is_held_for_once(engine: sa.Engine) -> None:
    with engine.begin() as tx:
        hold(tx, "job", 16)
        hold(tx, "job", 16)
        assert balance(tx) == (16, 0, 84)


def test_what_was_held_in_november_is_charged_to_november(engine: sa.Engine) -> None:
    with engine.begin() as tx:
        hold(tx, "job", 16)
        ledger.close(tx, job_id="job", charged_credits=16, at=DECEMBER)
        assert balance(tx) == (0, 16, 84)
        assert balance(tx, DECEMBER) == (0, 0, 100)


def test_another_workspace_has_its_own_credits(engine: sa.Engine) -> None:
    with engine.begin() as tx:
        hold(tx, "job", 16)
        assert balance(tx, team_id="T1") == (0, 0, 100)


def test_nobody_is_charged_more_than_was_held(engine: sa.Engine) -> None:
    with engine.begin() as tx:
        hold(tx, "job", 16)
        with pytest.raises(ValueError, match="17 charged of 16"):
            ledger.close(tx, job_id="job", charged_credits=17, at=NOVEMBER)


def test_an_entry_that_was_tampered_with_is_found(engine: sa.Engine) -> None:
    with engine.begin() as tx:
        hold(tx, "good", 4)
        hold(tx, "bad", 4)
        for job_id in ("good", "bad"):
            ledger.close(tx, job_id=job_id, charged_credits=4, at=NOVEMBER)
        assert ledger.imbalances(tx) == []
        tx.execute(sa.update(LEDGER).where(LEDGER.c.job_id == "bad").values(credits=3))
        tx.execute(
            sa.update(LEDGER)
            .where(LEDGER.c.job_id == "bad", LEDGER.c.kind == "release")
            .values(credits=1)
        )
        assert ledger.imbalances(tx) == ["bad"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 30), st.booleans()), max_size=30))
def test_whatever_happens_in_whatever_order_it_adds_up(
    engine: sa.Engine, acts: list[tuple[int, int, bool]]
) -> None:
    held: dict[str, int] = {}
    closed: dict[str, int] = {}
    with engine.connect() as tx:
        for number, credits, is_close in acts:
            job_id = f"job{number}"
            if is_close and job_id in held:
                charged = min(credits, held[job_id])
                ledger.close(tx, job_id=job_id, charged_credits=charged, at=NOVEMBER)
                closed.setdefault(job_id, charged)
            elif not is_close:
                hold(tx, job_id, credits)
                held.setdefault(job_id, credits)
        still_held = sum(credits for job, credits in held.items() if job not in closed)
        charged = sum(closed.values())
        assert balance(tx) == (still_held, charged, 100 - still_held - charged)
        assert ledger.imbalances(tx) == []
        tx.rollback()
