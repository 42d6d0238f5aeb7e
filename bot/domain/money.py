"""Whole credits: the kinds of ledger entries and the balance they add up to."""

from datetime import datetime
from enum import StrEnum

from bot.domain.base import Value


class EntryKind(StrEnum):
    """A job's entries: one hold, then at its end what was settled and what was released."""

    HOLD = "hold"
    SETTLE = "settle"
    RELEASE = "release"


class Balance(Value):
    """A workspace's credits in one calendar month (UTC)."""

    month: str
    """`2026-11`."""
    budget_credits: int
    held_credits: int
    """Held for work that has not ended."""
    charged_credits: int

    @property
    def left_credits(self) -> int:
        """What can still be approved; negative where a budget was lowered below what is spent."""
        return self.budget_credits - self.held_credits - self.charged_credits


def month_of(moment: datetime) -> str:
    """The budget month of an aware UTC moment, such as `2026-11`."""
    return moment.strftime("%Y-%m")
