"""An item and a wish such as "cheaper" go in; the model, or why there is none, comes out."""

from collections.abc import Sequence

from bot.domain.catalog import Aspect, Catalog, ImageModel, Speed
from bot.domain.people import Tool
from bot.domain.requests import PlannedItem
from bot.planner.wishes import Relative

_SPEEDS = tuple(Speed)
_ALREADY: dict[Relative, str] = {
    Relative.CHEAPER: "It is the cheapest already.",
    Relative.CHEAPEST: "It is the cheapest already.",
    Relative.FASTER: "It is the fastest already.",
    Relative.FASTEST: "It is the fastest already.",
    Relative.BETTER: "There is no model above it.",
    Relative.BEST: "There is no model above it.",
    Relative.LARGER: "It makes the largest images already.",
    Relative.OTHER: "There is no other model for this.",
}


def compared(
    item: PlannedItem, relative: Relative, *, catalog: Catalog, tool: Tool
) -> ImageModel | str:
    """The model that is cheaper, faster or better than the item's and fits its settings.

    Those that share a task with the present model come first. A sentence where there is none.
    """
    present = catalog.model(item.model_id)
    fitting = [model for model in catalog.for_tool(tool) if fits(model, item, tool=tool)]
    others = [model for model in fitting if present is None or model.id != present.id]
    if present is None:
        return others[0] if others else _ALREADY[relative]
    alike = [model for model in others if set(model.tasks) & set(present.tasks)] or others
    chosen = _chosen(alike, present, relative, aspect=item.aspect)
    return chosen or _ALREADY[relative]


def fits(model: ImageModel, item: PlannedItem, *, tool: Tool) -> bool:
    """Whether a model can do what an item asks for."""
    if not model.does(tool) or not 1 <= item.count <= model.max_count:
        return False
    if tool is Tool.UPSCALE:
        return item.scale in model.scales
    if tool is Tool.EDIT:
        return len(item.sources) <= model.max_sources
    return item.aspect in model.sizes


def _chosen(
    models: Sequence[ImageModel], present: ImageModel, relative: Relative, *, aspect: Aspect
) -> ImageModel | None:
    cheaper = [model for model in models if model.price_usd < present.price_usd]
    dearer = [model for model in models if model.price_usd > present.price_usd]
    faster = [model for model in models if _speed(model) < _speed(present)]
    match relative:
        case Relative.CHEAPER:
            return max(cheaper, key=lambda model: model.price_usd, default=None)
        case Relative.CHEAPEST:
            return min(cheaper, key=lambda model: model.price_usd, default=None)
        case Relative.FASTER | Relative.FASTEST:
            return min(faster, key=lambda model: (_speed(model), model.price_usd), default=None)
        case Relative.BETTER:
            return min(dearer, key=lambda model: model.price_usd, default=None)
        case Relative.BEST:
            return max(dearer, key=lambda model: model.price_usd, default=None)
        case Relative.LARGER:
            larger = [
                model for model in models if _pixels(model, aspect) > _pixels(present, aspect)
            ]
            return min(larger, key=lambda model: model.price_usd, default=None)
        case Relative.OTHER:
            return min(models, key=lambda model: (not model.is_ai, model.price_usd), default=None)


def _speed(model: ImageModel) -> int:
    return _SPEEDS.index(model.speed)


def _pixels(model: ImageModel, aspect: Aspect) -> int:
    size = model.sizes.get(aspect)
    return size.width_px * size.height_px if size else 0
