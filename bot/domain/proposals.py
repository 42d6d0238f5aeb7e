"""A plan made durable: the proposal, its items, their states and the moves between them."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from bot.domain.base import Value
from bot.domain.catalog import Aspect


class ProposalState(StrEnum):
    """Where a proposal stands."""

    AWAITING = "awaiting"
    APPROVED = "approved"
    DENIED = "denied"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    DONE = "done"
    PARTLY_DONE = "partly_done"
    FAILED = "failed"
    STOPPED = "stopped"


class ItemState(StrEnum):
    """Where an item stands."""

    WAITING = "waiting"
    QUEUED = "queued"
    SUBMITTING = "submitting"
    SUBMITTED = "submitted"
    MADE = "made"
    DELIVERED = "delivered"
    REFUSED = "refused"
    FAILED = "failed"
    UNKNOWN = "unknown"
    STOPPED = "stopped"


PROPOSAL_MOVES: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState.AWAITING: frozenset(
        {
            ProposalState.APPROVED,
            ProposalState.DENIED,
            ProposalState.EXPIRED,
            ProposalState.SUPERSEDED,
        }
    ),
    ProposalState.APPROVED: frozenset(
        {
            ProposalState.DONE,
            ProposalState.PARTLY_DONE,
            ProposalState.FAILED,
            ProposalState.STOPPED,
        }
    ),
    ProposalState.DENIED: frozenset({ProposalState.SUPERSEDED}),
    ProposalState.EXPIRED: frozenset({ProposalState.SUPERSEDED}),
}
"""The moves of a proposal; a state without an entry is an end."""

ITEM_MOVES: Mapping[ItemState, frozenset[ItemState]] = {
    ItemState.WAITING: frozenset({ItemState.QUEUED, ItemState.STOPPED}),
    ItemState.QUEUED: frozenset({ItemState.SUBMITTING, ItemState.FAILED, ItemState.STOPPED}),
    ItemState.SUBMITTING: frozenset(
        {
            ItemState.SUBMITTING,
            ItemState.QUEUED,
            ItemState.SUBMITTED,
            ItemState.MADE,
            ItemState.REFUSED,
            ItemState.FAILED,
            ItemState.UNKNOWN,
        }
    ),
    ItemState.SUBMITTED: frozenset(
        {ItemState.MADE, ItemState.REFUSED, ItemState.FAILED, ItemState.UNKNOWN}
    ),
    ItemState.UNKNOWN: frozenset(
        {
            ItemState.QUEUED,
            ItemState.SUBMITTED,
            ItemState.MADE,
            ItemState.REFUSED,
            ItemState.FAILED,
            ItemState.STOPPED,
        }
    ),
    ItemState.MADE: frozenset({ItemState.DELIVERED}),
}
"""The moves of an item; a state without an entry is an end."""

ITEM_ENDS: frozenset[ItemState] = frozenset(
    {ItemState.DELIVERED, ItemState.REFUSED, ItemState.FAILED, ItemState.STOPPED}
)
"""The states in which an item rests for good and its credits are settled or released."""


class ItemSettings(Value):
    """What a person may change about an item before approving it."""

    prompt: str
    model_id: str
    style_id: str
    aspect: Aspect
    count: int
    seed: int | None = None
    negative_prompt: str = ""


class Item(Value):
    """One row of a proposal: one distinct image with 1-4 variations, and the work that makes it."""

    id: str
    position: int
    title: str
    original: str
    """What the person wrote."""
    proposed_prompt: str
    """The prompt as first proposed, kept beside what it was edited to."""
    model_reason: str
    settings: ItemSettings
    price_credits: int
    state: ItemState = ItemState.WAITING
    failure: str = ""
    """Why it did not come out, as a sentence for people."""
    was_billed: bool = False
    """True where a provider says it bills for a refusal."""
    made_count: int = 0
    charged_credits: int = 0
    used_seed: int | None = None
    """The seed of the first image; the others follow by one."""
    seconds: float | None = None
    """From submitting to the last image, as measured."""
    is_posted: bool = False
    """True once the pictures stand in the thread."""


class Outcome(Value):
    """Who decided, what, when, and what they wished to be different."""

    by: str
    at: datetime
    feedback: str = ""


class Proposal(Value):
    """A plan made durable; it has one card, which shows what is committed here."""

    id: str
    team_id: str
    request_id: str
    requester_id: str
    channel_id: str
    thread_ts: str | None
    card_ts: str | None
    state: ProposalState
    revision: int
    """Counts up with every committed change that the card shows."""
    items: tuple[Item, ...]
    created_at: datetime
    expires_at: datetime
    outcome: Outcome | None = None
    revises: str | None = None
    superseded_by: str | None = None

    @property
    def price_credits(self) -> int:
        """What approving it would hold."""
        return sum(item.price_credits for item in self.items)

    @property
    def charged_credits(self) -> int:
        """What was settled so far."""
        return sum(item.charged_credits for item in self.items)

    @property
    def image_count(self) -> int:
        """How many images it asks for."""
        return sum(item.settings.count for item in self.items)


def proposal_end(states: tuple[ItemState, ...], *, all_made: bool) -> ProposalState | None:
    """The end that a proposal's items add up to, or None while one of them is still open.

    `all_made` is whether every delivered item brought all the images it was asked for.
    """
    if not all(state in ITEM_ENDS for state in states):
        return None
    delivered = sum(state is ItemState.DELIVERED for state in states)
    if delivered == len(states) and all_made:
        return ProposalState.DONE
    if delivered:
        return ProposalState.PARTLY_DONE
    if all(state is ItemState.STOPPED for state in states):
        return ProposalState.STOPPED
    return ProposalState.FAILED
