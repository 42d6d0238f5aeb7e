"""An image that was, or is to be, put into a canvas."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from bot.domain.base import Value
from bot.domain.proposals import Place


class InsertionState(StrEnum):
    """Where an insertion stands."""

    PENDING = "pending"
    """To be done, or begun and not answered; its marker tells whether it is in the canvas."""
    INSERTED = "inserted"
    UNDONE = "undone"
    FAILED = "failed"
    """Not in the canvas, for a reason that a person can read."""


INSERTION_MOVES: Mapping[InsertionState, frozenset[InsertionState]] = {
    InsertionState.PENDING: frozenset({InsertionState.INSERTED, InsertionState.FAILED}),
    InsertionState.FAILED: frozenset({InsertionState.PENDING}),
    InsertionState.INSERTED: frozenset({InsertionState.UNDONE}),
}
"""The moves of an insertion; a state without an entry is an end."""


class Insertion(Value):
    """One image in one place of one canvas."""

    id: str
    team_id: str
    item_id: str
    """The item whose approval allowed it."""
    image_id: str
    place: Place
    marker: str
    """A short unique reference in the caption, by which it is found again."""
    permalink: str = ""
    """The Slack file that stands there; known before it is inserted."""
    state: InsertionState = InsertionState.PENDING
    failure: str = ""
    by: str
    """Who approved it."""
    created_at: datetime
