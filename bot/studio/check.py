"""Settings in, the model that can do them out, or a sentence under the field that is wrong."""

import unicodedata
from collections.abc import Sequence

from bot.domain.catalog import MAX_PROMPT_CHARS, Catalog, ImageModel, Size
from bot.domain.people import Tool
from bot.domain.proposals import ItemSettings
from bot.errors import BadField
from bot.studio.foresight import Wish, check_ahead
from bot.studio.provider import Order, SourcePicture

MAX_SEED = 2**31 - 1
"""The largest seed; what every provider that takes one takes."""

_LINE_CHARACTERS = frozenset("\t\n\r")


def checked(
    settings: ItemSettings, catalog: Catalog, *, tool: Tool = Tool.GENERATE, sources: int = 0
) -> ImageModel:
    """The model of these settings, once it is certain that it can do all they ask with the tool.

    `sources` is how many pictures there are to work on. Nothing is dropped, clipped or swapped:
    what cannot be done is refused.

    Raises: BadField, whose `field` is a field of ItemSettings.
    """
    _check_text("prompt", settings.prompt, "The prompt")
    _check_text("negative_prompt", settings.negative_prompt, "What to avoid")
    if not settings.prompt.strip() and tool is not Tool.UPSCALE:
        wanted = "what should change" if tool is Tool.EDIT else "what the image should show"
        raise BadField("prompt", f"Write {wanted}.")
    model = catalog.model(settings.model_id)
    if model is None:
        raise BadField("model_id", "That model is not in this workspace's catalog. Choose another.")
    if not model.does(tool):
        raise BadField("model_id", f"{model.name} {_CANNOT[tool]}. Choose another model.")
    if tool is Tool.UPSCALE:
        _check_scale(settings.scale, model)
    elif tool is Tool.EDIT:
        if sources > model.max_sources:
            most = "one picture" if model.max_sources == 1 else f"{model.max_sources} pictures"
            raise BadField("model_id", f"{model.name} edits at most {most} at a time.")
    else:
        _check_look(settings, model, catalog)
    if not 1 <= settings.count <= model.max_count:
        most = f"from 1 to {model.max_count} images" if model.max_count > 1 else "one image"
        raise BadField("count", f"{model.name} makes {most} at a time.")
    _check_seed(settings.seed, model)
    wish = Wish(prompt=settings.prompt, count=settings.count, scale=settings.scale, size=None)
    check_ahead(model, wish, tool=tool)
    if settings.negative_prompt.strip() and not model.has_negative_prompt:
        raise BadField(
            "negative_prompt",
            f'{model.name} takes no list of what to avoid. Say it in the prompt: "without …".',
        )
    return model


_CANNOT = {
    Tool.GENERATE: "makes no images from words",
    Tool.GENERATE_BATCH: "makes no images from words",
    Tool.EDIT: "cannot edit pictures",
    Tool.UPSCALE: "cannot upscale pictures",
}


def _check_look(settings: ItemSettings, model: ImageModel, catalog: Catalog) -> None:
    if catalog.style(settings.style_id) is None:
        raise BadField("style_id", "There is no such style. Choose one from the list.")
    if settings.aspect not in model.sizes:
        offered = _listed([aspect.value for aspect in model.aspects])
        raise BadField(
            "aspect", f"{model.name} does not make {settings.aspect.value}. It makes {offered}."
        )


def _check_scale(scale: int | None, model: ImageModel) -> None:
    if scale not in model.scales:
        offered = _listed([f"{factor} times" for factor in model.scales])
        raise BadField("scale", f"{model.name} makes pictures {offered} as large.")


def order(
    settings: ItemSettings,
    *,
    tool: Tool,
    title: str,
    seed: int | None,
    key: str,
    catalog: Catalog,
    sources: Sequence[SourcePicture] = (),
    source_size: Size | None = None,
) -> Order:
    """The complete order for these settings, with the seed that was drawn for them.

    `source_size` is that of the first source, for an edit or an upscale.

    Raises: BadField as `checked` does, also for the drawn seed.
    """
    model = checked(
        settings.model_copy(update={"seed": seed}), catalog, tool=tool, sources=len(sources)
    )
    style = catalog.style(settings.style_id) or catalog.styles[0]
    scale = settings.scale if tool is Tool.UPSCALE else None
    size = source_size or model.sizes[settings.aspect]
    if scale is not None:
        size = Size(width_px=size.width_px * scale, height_px=size.height_px * scale)
    return Order(
        key=key,
        model=model,
        prompt=settings.prompt,
        title=title,
        style=style,
        size=size,
        aspect=None if source_size else settings.aspect,
        count=settings.count,
        seed=seed,
        negative_prompt=settings.negative_prompt,
        sources=tuple(sources),
        scale=scale,
    )


def _check_text(field: str, text: str, name: str) -> None:
    if len(text) > MAX_PROMPT_CHARS:
        raise BadField(
            field,
            f"{name} has {len(text):,} characters; the most is {MAX_PROMPT_CHARS:,}.",
        )
    if any(
        unicodedata.category(character) in {"Cc", "Cs"} and character not in _LINE_CHARACTERS
        for character in text
    ):
        raise BadField(field, f"{name} holds an invisible control character. Type it afresh.")


def _check_seed(seed: int | None, model: ImageModel) -> None:
    if seed is None:
        return
    if not model.has_seed:
        raise BadField("seed", f"{model.name} takes no seed. Leave it empty.")
    if not 0 <= seed <= MAX_SEED:
        raise BadField("seed", f"A seed is a whole number from 0 to {MAX_SEED:,}.")


def _listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
