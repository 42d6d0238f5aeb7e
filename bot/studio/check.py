"""Settings in, the model that can do them out, or a sentence under the field that is wrong."""

import unicodedata

from bot.domain.catalog import MAX_PROMPT_CHARS, Catalog, ImageModel
from bot.domain.proposals import ItemSettings
from bot.errors import BadField
from bot.studio.provider import Order

MAX_SEED = 2**31 - 1
"""The largest seed; what every provider that takes one takes."""

_LINE_CHARACTERS = frozenset("\t\n\r")


def checked(settings: ItemSettings, catalog: Catalog) -> ImageModel:
    """The model of these settings, once it is certain that it can do all they ask.

    Nothing is dropped, clipped or swapped: what cannot be done is refused.

    Raises: BadField, whose `field` is a field of ItemSettings.
    """
    _check_text("prompt", settings.prompt, "The prompt")
    _check_text("negative_prompt", settings.negative_prompt, "What to avoid")
    if not settings.prompt.strip():
        raise BadField("prompt", "Write what the image should show.")
    model = catalog.model(settings.model_id)
    if model is None:
        raise BadField("model_id", "That model is not in this workspace's catalog. Choose another.")
    if catalog.style(settings.style_id) is None:
        raise BadField("style_id", "There is no such style. Choose one from the list.")
    if settings.aspect not in model.sizes:
        offered = _listed([aspect.value for aspect in model.aspects])
        raise BadField(
            "aspect", f"{model.name} does not make {settings.aspect.value}. It makes {offered}."
        )
    if not 1 <= settings.count <= model.max_count:
        most = f"from 1 to {model.max_count} images" if model.max_count > 1 else "one image"
        raise BadField("count", f"{model.name} makes {most} at a time.")
    _check_seed(settings.seed, model)
    if settings.negative_prompt.strip() and not model.has_negative_prompt:
        raise BadField(
            "negative_prompt",
            f'{model.name} takes no list of what to avoid. Say it in the prompt: "without …".',
        )
    return model


def order(
    settings: ItemSettings, *, title: str, seed: int | None, key: str, catalog: Catalog
) -> Order:
    """The complete order for these settings, with the seed that was drawn for them.

    Raises: BadField as `checked` does, also for the drawn seed.
    """
    model = checked(settings.model_copy(update={"seed": seed}), catalog)
    style = catalog.style(settings.style_id)
    assert style is not None, "checked above"
    return Order(
        key=key,
        model=model,
        prompt=settings.prompt,
        title=title,
        style=style,
        size=model.sizes[settings.aspect],
        count=settings.count,
        seed=seed,
        negative_prompt=settings.negative_prompt,
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
