"""A model's own input names in its catalog entry, an order in, the body of its request out.

Hosts such as fal and Replicate offer hundreds of models whose inputs differ, so that an entry says
in its `options` which input takes what; a new model is an entry, not code:

    [[models]]
    id = "fal/mine"
    api_model = "somebody/some-model"
    name = "Some model on fal"
    strength = "What it is best at"
    tasks = ["photoreal", "edits"]
    sizes = "1k"
    max_sources = 1
    has_seed = true
    speed = "about 10 s"
    price_usd = "0.03"
    edit_price_usd = "0.05"
    price_source = "https://fal.ai/models/somebody/some-model"
    price_as_of = 2026-11-24

    [models.options]
    edit_model = "somebody/some-model/edit"
    edit_inputs = { prompt = "prompt", images = "image_urls", seed = "seed" }

    [models.options.inputs]
    prompt = "prompt"
    size = "image_size"
    seed = "seed"
    fixed = { num_inference_steps = 28 }

What people write in chat lands in the inputs named under `prompt` and `negative_prompt`, as text,
and nowhere else.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, JsonValue, StringConstraints, ValidationError

from bot.domain.base import Value
from bot.domain.catalog import ImageModel
from bot.errors import Refused, SetupError
from bot.studio.picture import MAX_PIXELS
from bot.studio.provider import Order, SourcePicture
from bot.studio.remote.sources import Limits, fitted
from bot.studio.remote.words import prompt_words
from bot.studio.upscale.limits import MAX_OUTPUT_PIXELS

InputName = Annotated[str, StringConstraints(pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$")]


class Inputs(Value):
    """By what name a model takes each part of an order; empty for what it does not take."""

    prompt: InputName = ""
    negative_prompt: InputName = ""
    aspect: InputName = ""
    """Takes a ratio such as `16:9`."""
    size: InputName = ""
    """Takes `{"width": 1024, "height": 768}`."""
    width: InputName = ""
    height: InputName = ""
    seed: InputName = ""
    count: InputName = ""
    image: InputName = ""
    """Takes one picture."""
    images: InputName = ""
    """Takes a list of pictures."""
    scale: InputName = ""
    """Takes how many times larger to make each side."""
    fixed: Mapping[str, JsonValue] = Field(default_factory=dict)
    """What else is always sent."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names that an order fills."""
        given = self.model_dump(exclude={"fixed"})
        return tuple(name for name in given.values() if name)


class Hosted(Value):
    """The options of a hosted model's entry."""

    inputs: Inputs
    edit_model: str = ""
    """Where edits go, if not to `api_model`."""
    edit_inputs: Inputs | None = None
    """Of edits, if they differ."""
    max_source_pixels: int = Field(MAX_PIXELS, gt=0)
    """Larger pictures to edit are made smaller; what they cost goes by their size."""
    max_source_bytes: int = Field(8_000_000, gt=0)
    unit_usd: Decimal | None = Field(None, gt=0)
    """What one unit costs that the host reports: of fal a billable unit, of Replicate a second.

    Without it the cost of an order is not said.
    """

    def inputs_of(self, order: Order) -> Inputs:
        """The inputs that an order fills."""
        is_edit = bool(order.sources) and order.scale is None
        return (self.edit_inputs or self.inputs) if is_edit else self.inputs

    def model_of(self, order: Order) -> str:
        """What the host calls the model that an order goes to."""
        is_edit = bool(order.sources) and order.scale is None
        return (is_edit and self.edit_model) or order.model.api_model


class _Use(StrEnum):
    GENERATE = "images from words"
    EDIT = "edits"
    UPSCALE = "upscales"


def hosted(model: ImageModel) -> Hosted:
    """The options of an entry, once they are certain to say all that its capabilities need.

    Raises: SetupError, which says what is wrong in the entry.
    """
    try:
        options = Hosted.model_validate(dict(model.options))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in ("options", *first["loc"]))
        raise SetupError(f"{field}: {first['msg']}.") from error
    for fault in _faults(model, options):
        raise SetupError(fault)
    return options


def options_of(order: Order) -> Hosted:
    """The options of an order's model.

    Raises: Refused, before anything is sent, where the entry is wrong.
    """
    try:
        return hosted(order.model)
    except SetupError as error:
        raise Refused(
            f"The entry of {order.model.name} in the models is wrong: {error}", was_billed=False
        ) from error


def body(order: Order, inputs: Inputs, pictures: Sequence[str]) -> dict[str, Any]:
    """The inputs of a request; `pictures` are addresses of the order's sources.

    Raises: Refused where the order does not hold what the model must be told.
    """
    if inputs.aspect and order.aspect is None:
        raise Refused("The order does not say which ratio it wants.", was_billed=False)
    size = order.size
    parts: dict[str, Any] = {
        inputs.prompt: prompt_words(order),
        inputs.negative_prompt: order.negative_prompt or None,
        inputs.aspect: order.aspect and order.aspect.value,
        inputs.size: {"width": size.width_px, "height": size.height_px},
        inputs.width: size.width_px,
        inputs.height: size.height_px,
        inputs.seed: order.seed,
        inputs.count: order.count,
        inputs.image: pictures[0] if pictures else None,
        inputs.images: list(pictures) or None,
        inputs.scale: order.scale,
    }
    filled = {name: value for name, value in parts.items() if name and value is not None}
    return {**inputs.fixed, **filled}


async def sources_of(order: Order, options: Hosted, *, title: str) -> list[SourcePicture]:
    """The order's sources as the model takes them.

    Raises: Refused, before anything is sent, for what cannot be made to fit.
    """
    size = order.size
    if order.scale is not None and size.width_px * size.height_px > MAX_OUTPUT_PIXELS:
        raise Refused(
            f"The result would have more than {MAX_OUTPUT_PIXELS // 1_000_000} megapixels.",
            was_billed=False,
        )
    limits = Limits(
        # An upscale of a picture made smaller first would not be what was asked for.
        max_pixels=MAX_PIXELS if order.scale is not None else options.max_source_pixels,
        max_bytes=options.max_source_bytes,
    )
    return [await fitted(source, limits, title=title) for source in order.sources]


def _faults(model: ImageModel, options: Hosted) -> Iterator[str]:
    if not model.api_model:
        yield "api_model: say what the host calls it."
    if model.has_transparency:
        yield "has_transparency: no input can ask a hosted model for it."
    if model.has_seed and model.max_batch > 1:
        # Which seeds the others of one batch have is not published by any host.
        yield "max_batch: must be 1 with has_seed, or the seeds that are shown would not be true."
    edit = options.edit_inputs or options.inputs
    if model.generates:
        yield from _faults_of(_Use.GENERATE, model, options.inputs)
    if model.edits:
        yield from _faults_of(_Use.EDIT, model, edit)
    if model.upscales:
        yield from _faults_of(_Use.UPSCALE, model, options.inputs)


def _faults_of(use: _Use, model: ImageModel, inputs: Inputs) -> Iterator[str]:
    field = "edit_inputs" if use is _Use.EDIT and model.generates else "inputs"
    where = f"options.{field}: for {use.value}"
    twice = [name for name, n in Counter([*inputs.names, *inputs.fixed]).items() if n > 1]
    if twice:
        yield f"{where} there is more than one value for {', '.join(twice)}."
    if bool(inputs.seed) is not model.has_seed:
        yield f"{where} name the seed where has_seed is true, and only there."
    if bool(inputs.negative_prompt) is not model.has_negative_prompt:
        yield f"{where} name the negative_prompt where has_negative_prompt is true, and only there."
    if model.max_batch > 1 and not inputs.count:
        yield f"{where} name the count, or leave max_batch at 1."
    shapes = [bool(inputs.aspect), bool(inputs.size), bool(inputs.width or inputs.height)]
    pictures = [bool(inputs.image), bool(inputs.images)]
    if use is _Use.GENERATE:
        if not inputs.prompt:
            yield f"{where} name the prompt."
        if sum(shapes) != 1 or bool(inputs.width) is not bool(inputs.height):
            yield f"{where} name aspect, or size, or width and height."
        if any(pictures) or inputs.scale:
            yield f"{where} image, images and scale have no meaning."
        return
    if any(shapes):
        yield f"{where} aspect, size, width and height have no meaning; the picture has its own."
    if sum(pictures) != 1:
        yield f"{where} name image or images."
    if model.max_sources > 1 and not inputs.images:
        yield f"{where} name images, or leave max_sources at 1."
    if use is _Use.EDIT and bool(inputs.prompt) is model.only_cuts_out:
        yield f"{where} name the prompt, except of what only takes a background away."
    if use is _Use.EDIT and inputs.scale:
        yield f"{where} scale has no meaning."
    if use is _Use.UPSCALE and inputs.prompt:
        yield f"{where} there is no prompt."
    if use is _Use.UPSCALE and len(model.scales) > 1 and not inputs.scale:
        yield f"{where} name the scale, or offer one alone."
