"""Fits a draft to what its model can do: settings in, settings and a note for people out."""

import math
from collections.abc import Sequence

from blocks.text import plural
from bot.domain.catalog import Aspect, Catalog
from bot.domain.people import Tool
from bot.domain.proposals import ItemSettings

_LOOKLESS = frozenset({Tool.EDIT, Tool.UPSCALE})
"""Tools whose pictures have the aspect of the one they start from."""


def fitted(
    draft: ItemSettings, catalog: Catalog, *, tool: Tool = Tool.GENERATE
) -> tuple[ItemSettings, str]:
    """The draft with what its model cannot do changed to what it can, and a note saying so."""
    model = catalog.model(draft.model_id)
    if model is None:
        return draft, ""
    changes: dict[str, object] = {}
    notes: list[str] = []
    if tool not in _LOOKLESS and model.sizes and draft.aspect not in model.sizes:
        nearest = _nearest(draft.aspect, model.aspects)
        changes["aspect"] = nearest
        notes.append(f"does not make {draft.aspect.label}, so the aspect is now {nearest.label}")
    if tool is Tool.UPSCALE and model.scales and draft.scale not in model.scales:
        scale = changes["scale"] = model.scales[0]
        notes.append(f"makes pictures {scale} times as large")
    if draft.count > model.max_count:
        changes["count"] = model.max_count
        notes.append(f"makes at most {plural(model.max_count, 'image')} at a time")
    if draft.seed is not None and not model.has_seed:
        changes["seed"] = None
        notes.append(f"takes no seed, so {draft.seed} is dropped")
    if draft.negative_prompt and not model.has_negative_prompt:
        changes["negative_prompt"] = ""
        notes.append("cannot be told what to avoid, so that is dropped")
    if draft.is_transparent and not model.has_transparency:
        changes["is_transparent"] = False
        notes.append("always paints a background, so it is not transparent any more")
    if not notes:
        return draft, ""
    return draft.model_copy(update=changes), f"{model.name} {'. It '.join(notes)}."


def _nearest(wanted: Aspect, offered: Sequence[Aspect]) -> Aspect:
    """The offered aspect whose ratio of width to height differs by the smallest factor."""
    return min(offered, key=lambda aspect: abs(math.log(_ratio(aspect) / _ratio(wanted))))


def _ratio(aspect: Aspect) -> float:
    width, height = aspect.value.split(":")
    return int(width) / int(height)
