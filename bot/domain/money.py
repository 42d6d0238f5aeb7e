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


def day_of(moment: datetime) -> str:
    """The day of an aware UTC moment, such as `2026-11-24`."""
    return moment.strftime("%Y-%m-%d")


class Limit(StrEnum):
    """A budget that may stand in the way."""

    WORKSPACE_MONTH = "workspace and month"
    PERSON_DAY = "person and day"
    CHANNEL_MONTH = "channel and month"


class Shortage(Value):
    """What an approval needs, and the budget that has too little left for it."""

    limit: Limit
    needed_credits: int
    left_credits: int
    budget_credits: int
