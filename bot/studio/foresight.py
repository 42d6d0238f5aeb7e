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


Foresight = Callable[[Wish], None]
"""Raises: BadField."""


def _retouching(wish: Wish) -> None:
    verdict = can_retouch(wish.prompt)
    if not verdict:
        raise BadField("prompt", verdict.reason)
    if wish.count > 1 and not verdict.has_variations:
        raise BadField("count", "There is only one way to do this edit. Choose 1 image.")


def _enlarging(wish: Wish) -> None:
    if wish.scale is None or wish.size is None:
        return
    try:
        enlarged_size(wish.size.width_px, wish.size.height_px, scale=wish.scale)
    except BadPicture as error:
        raise BadField("scale", error.words) from error


def _growing(wish: Wish) -> None:
    if wish.scale is None or wish.size is None:
        return
    width, height = wish.size.width_px * wish.scale, wish.size.height_px * wish.scale
    if width * height > MAX_OUTPUT_PIXELS:
        raise BadField(
            "scale",
            f"That picture would become {width:,} × {height:,} pixels, more than the "
            f"{MAX_OUTPUT_PIXELS // 1_000_000} megapixels that can be kept.",
        )


_FORESIGHTS: Mapping[tuple[str, Tool], Foresight] = {
    ("sketch", Tool.EDIT): _retouching,
    ("waifu2x", Tool.UPSCALE): _enlarging,
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
        foresight(wish)
