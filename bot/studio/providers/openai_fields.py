"""An order in, what OpenAI is asked for out: its fields, in sizes that it makes.

Source: https://developers.openai.com/api/docs/guides/image-generation (2026-11)
"""

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from bot.domain.catalog import Size
from bot.errors import Refused
from bot.studio.picture import open_picture, to_layers
from bot.studio.provider import Order
from bot.studio.remote.options import Options, options_of
from bot.studio.remote.words import prompt_words

SIDE_STEP, MAX_RATIO = 16, 3
MIN_PIXELS = 655_360
"""What OpenAI makes: steps of 16 pixels a side, at most 3 to 1, and no smaller picture."""
EDIT_PIXELS = 1536 * 1536
"""The most pixels we ask for in an edit, so that its price stays near the one that was approved."""


class OpenAIOptions(Options):
    """What an entry of the catalog may say for OpenAI."""

    quality: Literal["low", "medium", "high", "xhigh", "max", "auto"] = "auto"
    partial_images: int = Field(0, ge=0, le=3)
    """How many unfinished pictures a stream sends on the way; each is billed as 100 tokens."""
    only_sizes: bool = False
    """Whether it makes no other sizes than its entry's; its edits come in the one it chooses."""
    made_usd: Decimal = Decimal(30)
    """Dollars for a million tokens of pictures that come out."""


def fields_of(order: Order) -> dict[str, Any]:
    """What is asked of OpenAI, by the names of its fields; the pictures apart.

    Raises: Refused for a wrong entry, and for a picture to edit that is too long.
    """
    options = options_of(order.model, OpenAIOptions)
    chooses = bool(order.sources) and options.only_sizes
    size = legal_size(order.size) if order.sources and not chooses else order.size
    keeps_ground = order.is_transparent or _is_see_through(order)
    fields: dict[str, Any] = {
        "model": order.model.api_model,
        "prompt": prompt_words(order),
        "n": order.count,
        "size": "auto" if chooses else f"{size.width_px}x{size.height_px}",
        "quality": options.quality,
        # JPEG is what OpenAI is fastest with; it has no transparency.
        "output_format": "png" if keeps_ground else "jpeg",
        "background": "transparent" if order.is_transparent else "auto",
    }
    if order.count == 1 and options.partial_images:
        fields["stream"] = True
        fields["partial_images"] = options.partial_images
    if order.end_user:
        fields["safety_identifier"] = order.end_user
    return fields


def legal_size(size: Size) -> Size:
    """The size nearest to that of a picture to edit that OpenAI makes.

    Both sides are multiples of 16 of at most 3840 pixels, at most 3 to 1, and together between
    655,360 pixels and what we pay for in an edit.

    Raises: Refused for a picture that is longer than 3 to 1.
    """
    width, height = size.width_px, size.height_px
    if max(width, height) > MAX_RATIO * min(width, height):
        raise Refused(
            f"OpenAI edits pictures up to {MAX_RATIO} times as long as wide; this one has "
            f"{width} x {height}. Crop it, or choose another model.",
            was_billed=False,
        )
    pixels = width * height
    # A little above the least, for rounding to steps to have room.
    wanted = min(pixels, EDIT_PIXELS) if pixels >= MIN_PIXELS else MIN_PIXELS * 1.05
    factor = (wanted / pixels) ** 0.5
    steps = [max(round(side * factor / SIDE_STEP), 1) for side in (width, height)]
    while steps[0] * steps[1] * SIDE_STEP**2 < MIN_PIXELS:
        steps = [step + 1 for step in steps]
    while max(steps) > MAX_RATIO * min(steps):
        steps[steps.index(min(steps))] += 1
    return Size(width_px=steps[0] * SIDE_STEP, height_px=steps[1] * SIDE_STEP)


def _is_see_through(order: Order) -> bool:
    return bool(order.sources) and to_layers(open_picture(order.sources[0].data))[1] is not None
