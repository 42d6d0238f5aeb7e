"""An image and what a person pressed in, the plan of another one out."""

from collections.abc import Mapping, Sequence

from bot.domain.catalog import Aspect, Catalog, ImageModel, Size, Task
from bot.domain.images import Image
from bot.domain.people import Tool
from bot.domain.proposals import ItemSource
from bot.domain.requests import PlannedItem, ProposePlan
from bot.errors import Unsupported
from bot.planner.choose import nearest_aspect

_AS_BEFORE = "as before"
_CHOSEN = "your choice"
_NO_EDITOR = "No model of this workspace can edit pictures. An admin can allow one in the settings."
_NO_UPSCALER = (
    "No model of this workspace can upscale pictures. An admin can allow one in the settings."
)


def vary(image: Image, catalog: Catalog) -> ProposePlan:
    """The same again, with other seeds and as many as its model makes at a time.

    Raises: Unsupported where it cannot be made again.
    """
    model = _maker(image, catalog)
    return ProposePlan(items=(_again(image, seed=None, count=model.max_count),))


def again(image: Image, catalog: Catalog) -> ProposePlan:
    """The same again with the same seed, for a person to change before approving it.

    Raises: Unsupported where it cannot be made again.
    """
    _maker(image, catalog)
    return ProposePlan(items=(_again(image, seed=image.seed, count=1),))


def edited(
    sources: Sequence[ItemSource],
    *,
    size: Size | None,
    instruction: str,
    model_id: str,
    count: int,
    catalog: Catalog,
) -> ProposePlan:
    """The pictures, changed as a person says. `size` is that of the first, where it is known."""
    item = PlannedItem(
        title=sources[0].title or "picture",
        prompt=instruction,
        original=instruction,
        model_id=model_id,
        model_reason=_CHOSEN if len(catalog.for_tool(Tool.EDIT)) > 1 else "chosen for edits",
        style_id=catalog.styles[0].id,
        aspect=_nearest(size),
        count=count,
        sources=tuple(sources),
    )
    return ProposePlan(tool=Tool.EDIT, items=(item,))


def enlarged(source: ItemSource, *, size: Size | None, scale: int, catalog: Catalog) -> ProposePlan:
    """The picture, `scale` times as wide and high.

    Raises: Unsupported where no model can.
    """
    model = upscaler(catalog, scale)
    item = PlannedItem(
        title=source.title or "picture",
        prompt="",
        original=f"Make it {scale} times the size",
        model_id=model.id,
        model_reason="chosen for upscaling",
        style_id=catalog.styles[0].id,
        aspect=_nearest(size),
        count=1,
        scale=scale,
        sources=(source,),
    )
    return ProposePlan(tool=Tool.UPSCALE, items=(item,))


def upscalers(catalog: Catalog) -> Mapping[int, ImageModel]:
    """The cheapest model for each scale that there is.

    Raises: Unsupported where there is none.
    """
    found = catalog.upscalers()
    if not found:
        raise Unsupported(_NO_UPSCALER)
    return found


def upscaler(catalog: Catalog, scale: int) -> ImageModel:
    """The cheapest model that enlarges by that much.

    Raises: Unsupported where there is none.
    """
    found = upscalers(catalog)
    if scale not in found:
        offered = " or ".join(f"{factor} times" for factor in sorted(found))
        raise Unsupported(f"Pictures can be made {offered} as large here. Nothing was charged.")
    return found[scale]


def editors(catalog: Catalog) -> tuple[ImageModel, ...]:
    """The models that edit, those last that are better at something else.

    Raises: Unsupported where there is none.
    """
    found = tuple(
        sorted(catalog.for_tool(Tool.EDIT), key=lambda model: Task.EDIT not in model.tasks)
    )
    if not found:
        raise Unsupported(_NO_EDITOR)
    return found


def source_of(image: Image, *, file_id: str | None) -> ItemSource:
    """An image of the gallery as something to work on."""
    return ItemSource(image_id=image.id, slack_file_id=file_id or "", title=image.title)


def size_of(image: Image) -> Size:
    """The image's pixels."""
    return Size(width_px=image.width_px, height_px=image.height_px)


def _maker(image: Image, catalog: Catalog) -> ImageModel:
    model = catalog.model(image.model_id)
    if model is None:
        raise Unsupported(
            "The model that made this image is not offered here any more. Ask for the image in "
            "words and I will propose another model. Nothing was charged."
        )
    if not model.generates or image.parent_id is not None:
        raise Unsupported(
            "This image was made from another one. Press “Edit…” and say what should be different."
        )
    return model


def _again(image: Image, *, seed: int | None, count: int) -> PlannedItem:
    return PlannedItem(
        title=image.title,
        prompt=image.prompt,
        original=image.prompt,
        model_id=image.model_id,
        model_reason=_AS_BEFORE,
        style_id=image.style_id,
        aspect=image.aspect,
        count=count,
        seed=seed,
        negative_prompt=image.negative_prompt,
    )


def _nearest(size: Size | None) -> Aspect:
    return Aspect.SQUARE if size is None else nearest_aspect(size.width_px, size.height_px)
