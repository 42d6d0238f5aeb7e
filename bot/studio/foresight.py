"""What a provider can say before it is paid: the essentials in, a sentence out where it fails.

A provider that can tell has a function in the table below; of all others nothing is known ahead.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.catalog import ImageModel, Size
from bot.domain.people import Tool
from bot.errors import BadField, BadPicture
from bot.studio.retouch import can_retouch
from bot.studio.upscale.limits import MAX_OUTPUT_PIXELS, enlarged_size


@dataclass(frozen=True)
class Wish:
    """What is known of an order before it is proposed."""

    prompt: str
    """What to show, or what to change."""
    count: int
    scale: int | None
    size: Size | None
    """Of the first picture to work on; None where it is not looked at yet."""


Foresight = Callable[[ImageModel, Wish], None]
"""Raises: BadField."""


def _retouching(model: ImageModel, wish: Wish) -> None:
    verdict = can_retouch(wish.prompt)
    if not verdict:
        raise BadField("prompt", verdict.reason)
    if wish.count > 1 and not verdict.has_variations:
        raise BadField("count", "There is only one way to do this edit. Choose 1 image.")


def _enlarging(model: ImageModel, wish: Wish) -> None:
    if wish.scale is None or wish.size is None:
        return
    try:
        enlarged_size(wish.size.width_px, wish.size.height_px, scale=wish.scale)
    except BadPicture as error:
        raise BadField("scale", error.words) from error


def _within_output(model: ImageModel, wish: Wish) -> None:
    """The result has at most `most_pixels`, so a large picture cannot become `scale` times larger.

    A twentieth less than asked for is let through: sides are rounded to what a model can make.
    """
    most_pixels = model.options.get("most_pixels")
    if wish.scale is None or wish.size is None or not isinstance(most_pixels, int):
        return
    width, height = wish.size.width_px, wish.size.height_px
    grows = (most_pixels / (width * height)) ** 0.5
    if grows < wish.scale * _NEARLY:
        raise BadField(
            "scale",
            f"{model.name} makes at most {most_pixels / 1_000_000:.0f} megapixels, so it cannot "
            f"make {width} x {height} pixels {wish.scale} times as large.",
        )


def _growing(_model: ImageModel, wish: Wish) -> None:
    if wish.scale is None or wish.size is None:
        return
    width, height = wish.size.width_px * wish.scale, wish.size.height_px * wish.scale
    if width * height > MAX_OUTPUT_PIXELS:
        raise BadField(
            "scale",
            f"That picture would become {width:,} × {height:,} pixels, more than the "
            f"{MAX_OUTPUT_PIXELS // 1_000_000} megapixels that can be kept.",
        )


_NEARLY = 0.95

_FORESIGHTS: Mapping[tuple[str, Tool], Foresight] = {
    ("sketch", Tool.EDIT): _retouching,
    ("waifu2x", Tool.UPSCALE): _enlarging,
    ("stability", Tool.UPSCALE): _within_output,
    ("automatic1111", Tool.UPSCALE): _within_output,
    ("fal", Tool.UPSCALE): _growing,
    ("replicate", Tool.UPSCALE): _growing,
}
"""By the provider's name and the tool."""


def check_ahead(model: ImageModel, wish: Wish, *, tool: Tool) -> None:
    """See that a model's provider does not know already that it cannot do this.

    Raises: BadField.
    """
    foresight = _FORESIGHTS.get((model.provider, tool))
    if foresight is not None:
        foresight(model, wish)
