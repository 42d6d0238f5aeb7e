"""All that one card shows, read in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.catalog import Catalog, Size
from bot.domain.insertions import Insertion
from bot.domain.money import Balance
from bot.domain.proposals import Proposal


@dataclass(frozen=True)
class CardView:
    """A proposal with what stands beside it on its card."""

    proposal: Proposal
    catalog: Catalog
    balance: Balance
    queue_position: int | None = None
    """Of the item's work while it is queued, from 1."""
    next_link: str | None = None
    """The permalink of the proposal that followed this one."""
    insertions: Sequence[Insertion] = ()
    """What its items put, or are to put, into a canvas."""
    shows_pictures: bool = True
    """Whether the pictures to work on are shown; not where Slack refuses one of them."""
    source_sizes: Mapping[str, Size] = field(default_factory=dict)
    """From the id of an image to upscale to its pixels."""
