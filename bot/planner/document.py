"""The sections of a document in, a planned image for each of them out."""

from collections.abc import Sequence

from bot.domain.canvases import Heading
from bot.domain.catalog import Aspect, Catalog
from bot.domain.proposals import MAX_ITEMS
from bot.domain.requests import PlannedItem


def rows(
    headings: Sequence[Heading], text: str, *, catalog: Catalog, default_model_id: str | None
) -> tuple[PlannedItem, ...]:
    """One item for each heading, in their order."""
    model = catalog.models[0]
    return tuple(
        PlannedItem(
            title=heading.text,
            prompt=f"{heading.text}. {heading.body}".strip(),
            original=text,
            model_id=default_model_id or model.id,
            model_reason="",
            style_id=catalog.styles[0].id,
            aspect=Aspect.SQUARE,
            count=1,
        )
        for heading in chosen(headings, text)
    )


def chosen(headings: Sequence[Heading], text: str) -> tuple[Heading, ...]:
    """The headings that `rows` makes images for, in the same order, at most MAX_ITEMS."""
    return tuple(headings[:MAX_ITEMS])
