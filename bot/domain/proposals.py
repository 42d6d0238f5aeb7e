"""A plan made durable: the proposal, its items, their states and the moves between them."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from bot.domain.base import Value
from bot.domain.catalog import Aspect
from bot.domain.people import Tool


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
    REMOVED = "removed"
    """Taken out of a batch before it was decided; it can be restored until then."""
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
    ItemState.WAITING: frozenset({ItemState.REMOVED, ItemState.QUEUED, ItemState.STOPPED}),
    ItemState.REMOVED: frozenset({ItemState.WAITING}),
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
        {
            ItemState.MADE,
            ItemState.REFUSED,
            ItemState.FAILED,
            ItemState.UNKNOWN,
            ItemState.STOPPED,
        }
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

_WITHOUT_IMAGES = frozenset({ItemState.REFUSED, ItemState.FAILED, ItemState.STOPPED})

MAX_ITEMS = 20
"""The most rows of one batch."""


class ItemSource(Value):
    """A picture that an item works on: one of the gallery, or one in Slack still to be imported."""

    image_id: str = ""
    slack_file_id: str = ""
    """The Slack file that shows it, to be seen on the card; of an import, where to fetch it."""
    title: str = ""


class Place(Value):
    """Where in a canvas an image goes."""

    canvas_id: str
    canvas_title: str
    canvas_url: str = ""
    heading: str = ""
    """The words of the heading it goes under; empty for the end of the canvas."""
    level: int = 0
    """Of the heading, 1 to 3."""
    occurrence: int = 1
    """Which of the headings of this level with these words, from 1."""


class DeletedImage(Value):
    """One of an item's images that is not there any more."""

    index: int
    """Its number on the sheet, from 1."""
    by: str = ""
    """Who deleted it; empty where its time was over."""


class ItemSettings(Value):
    """What a person may change about an item before approving it."""

    prompt: str
    """What it should show; of an edit, what should change; empty for an upscale or an insertion."""
    model_id: str
    style_id: str
    aspect: Aspect
    count: int
    seed: int | None = None
    negative_prompt: str = ""
    is_transparent: bool = False
    """Whether the ground is to be see-through."""
    scale: int | None = None
    """How many times larger an upscale makes each side: 2 or 4."""


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
    sources: tuple[ItemSource, ...] = ()
    """The pictures to edit, upscale or insert, the first one the most important."""
    place: Place | None = None
    """Where in a canvas its image is to be inserted."""
    state: ItemState = ItemState.WAITING
    failure: str = ""
    """Why it did not come out, as a sentence for people."""
    was_billed: bool = False
    """True where a provider says it bills for a refusal."""
    made_count: int = 0
    charged_credits: int = 0
    used_seed: int | None = None
    """The seed of the first image; the others follow by one."""
    cost_usd: Decimal | None = None
    """What the provider said it cost, where it says so."""
    provider_id: str = ""
    """The provider's own id of the work, for its support."""
    seconds: float | None = None
    """From submitting to the last image, as measured."""
    is_posted: bool = False
    """True once the pictures stand in the thread."""
    deleted: tuple[DeletedImage, ...] = ()
    """Its images that were deleted since."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its images that are still there."""
        gone = {image.index for image in self.deleted}
        return tuple(number for number in range(1, self.made_count + 1) if number not in gone)

    @property
    def missing_count(self) -> int:
        """How many of its images can be asked for once more, because it ended without them."""
        if self.state in _WITHOUT_IMAGES:
            return self.settings.count
        if self.state is ItemState.DELIVERED and self.made_count:
            return max(self.settings.count - self.made_count, 0)
        return 0


class Outcome(Value):
    """Who decided, what, when, and what they wished to be different."""

    by: str
    at: datetime
    feedback: str = ""


class Proposal(Value):
    """A plan made durable; it has one card, which shows what is committed here."""

    id: str
    team_id: str
    tool: Tool = Tool.GENERATE
    """What all its items do."""
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
    """The proposal that followed it: in its place, or for what did not come out."""
    is_automatic: bool = False
    """Whether it began without being asked about, as the workspace's mode `auto` has it."""
    page: int = 1
    """Which of the pages of its rows the card shows, where they do not fit one message."""

    @property
    def live(self) -> tuple[Item, ...]:
        """The items that were not removed."""
        return tuple(item for item in self.items if item.state is not ItemState.REMOVED)

    @property
    def is_batch(self) -> bool:
        """Whether it lists several distinct images, removed ones included."""
        return len(self.items) > 1

    @property
    def missing(self) -> tuple[Item, ...]:
        """What did not come out, each item asking for as many images as are missing."""
        return tuple(
            item.model_copy(
                update={"settings": item.settings.model_copy(update={"count": item.missing_count})}
            )
            for item in self.items
            if item.missing_count
        )

    @property
    def shows_sources(self) -> bool:
        """Whether there are pictures in Slack that its card can show."""
        return any(source.slack_file_id for item in self.live for source in item.sources)

    @property
    def tools(self) -> tuple[Tool, ...]:
        """Every tool that approving it lets run."""
        inserts = self.tool is not Tool.INSERT_INTO_CANVAS and any(i.place for i in self.live)
        imports = any(s.slack_file_id and not s.image_id for i in self.live for s in i.sources)
        return (
            self.tool,
            *([Tool.INSERT_INTO_CANVAS] if inserts else []),
            *([Tool.IMPORT_ATTACHMENT] if imports else []),
        )

    @property
    def price_credits(self) -> int:
        """What approving it would hold."""
        return sum(item.price_credits for item in self.live)

    @property
    def charged_credits(self) -> int:
        """What was settled so far."""
        return sum(item.charged_credits for item in self.items)

    @property
    def image_count(self) -> int:
        """How many images it asks for."""
        return sum(item.settings.count for item in self.live)


def proposal_end(states: tuple[ItemState, ...], *, all_made: bool) -> ProposalState | None:
    """The end that a proposal's items add up to, or None while one of them is still open.

    `all_made` is whether every delivered item brought all the images it was asked for. Removed
    items do not count.
    """
    states = tuple(state for state in states if state is not ItemState.REMOVED)
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
