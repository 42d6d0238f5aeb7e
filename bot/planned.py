"""An item as the planner would have it, and what the planner wants as an item's settings."""

from bot.domain.proposals import Item, ItemSettings
from bot.domain.requests import PlannedItem


def as_planned(item: Item) -> PlannedItem:
    """The item as if it were planned just so."""
    settings = item.settings
    return PlannedItem(
        title=item.title,
        prompt=settings.prompt,
        original=item.original,
        model_id=settings.model_id,
        model_reason=item.model_reason,
        style_id=settings.style_id,
        aspect=settings.aspect,
        count=settings.count,
        seed=settings.seed,
        negative_prompt=settings.negative_prompt,
        is_transparent=settings.is_transparent,
        scale=settings.scale,
        sources=item.sources,
        place=item.place,
    )


def as_settings(planned: PlannedItem) -> ItemSettings:
    """What of a planned item a person may change."""
    return ItemSettings(
        prompt=planned.prompt,
        model_id=planned.model_id,
        style_id=planned.style_id,
        aspect=planned.aspect,
        count=planned.count,
        seed=planned.seed,
        negative_prompt=planned.negative_prompt,
        is_transparent=planned.is_transparent,
        scale=planned.scale,
    )
