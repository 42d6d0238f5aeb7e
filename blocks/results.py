"""What a card offers for images that were made: the elements of a row, and of a single result."""

from slack_sdk.models.blocks import InteractiveElement, StaticSelectElement

from blocks.parts import button, literal, option, pack
from bot.domain.catalog import Catalog
from bot.domain.proposals import Item, Proposal

OPEN = "result_open"
FULL_SIZE = "item_full_size"


def open_row(item: Item) -> InteractiveElement:
    """Opens all that can be done with a row's first image."""
    return button("Open…", action_id=OPEN, value=pack(item.id, 1), spoken=f"Open… {item.title}")


def steps(item: Item, proposal: Proposal, catalog: Catalog) -> list[InteractiveElement]:
    """What can be done with the images of a single result."""
    if not item.is_posted or item.made_count < 2:
        return []
    return [
        StaticSelectElement(
            action_id=FULL_SIZE,
            placeholder=literal("Full size…"),
            options=[
                option(pack(item.id, index), f"Image {index}")
                for index in range(1, item.made_count + 1)
            ],
        )
    ]
