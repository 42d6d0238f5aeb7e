"""An encoded picture in, a PNG two or four times as large out; runs in the child process."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bot.errors import BadPicture
from bot.studio.picture import MAX_BYTES, encode_png, open_picture, to_srgb
from bot.studio.upscale.limits import enlarged_size
from bot.studio.upscale.network import Network, tile_count

_GREY_MODES = ("1", "L", "LA")
_TRUSTED_ALPHA = 16
"""From this opacity on, of 255, a pixel's own colour is taken for what it is."""

Levels = NDArray[np.float32]


def enlarged(
    data: bytes, *, scale: int, network: Network, on_progress: Callable[[int, int], None]
) -> Image.Image:
    """The picture with `scale` times the width and height: L, LA, RGB or RGBA, in sRGB.

    The network makes the colours, in one step for 2 and two for 4; transparency is enlarged with
    Lanczos. A picture in grey stays without a tint. `on_progress` is told the tiles done and all.

    Raises: BadPicture, before the work, for bytes that are no picture or one that gets too large.
    """
    image = open_picture(data)
    size = enlarged_size(image.width, image.height, scale=scale)
    is_grey = image.mode in _GREY_MODES or image.mode.startswith("I;16")
    layer = to_srgb(image)
    del image
    alpha = layer.getchannel("A") if layer.mode == "RGBA" else None
    colour = layer.convert("RGB") if alpha is None else bled(layer)
    del layer
    widths = [step * colour.width for step in (1, 2)[: scale // 2]]
    heights = [step * colour.height for step in (1, 2)[: scale // 2]]
    total = sum(map(tile_count, widths, heights))
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        on_progress(done, total)

    for _ in widths:
        colour = network.doubled(colour, on_tile=count)
    if is_grey:
        colour = colour.convert("L")
    if alpha is not None:
        colour.putalpha(alpha.resize(size, Image.Resampling.LANCZOS))
    return colour


def encoded(image: Image.Image, *, max_bytes: int = MAX_BYTES) -> bytes:
    """PNG bytes without metadata.

    Raises: BadPicture where they are more than the studio keeps.
    """
    data = encode_png(image)
    if len(data) > max_bytes:
        raise BadPicture(
            f"Enlarged, that picture takes more than {max_bytes // 1_000_000} MB. "
            "Please take a smaller one."
        )
    return data


def bled(layer: Image.Image) -> Image.Image:
    """The colours of an RGBA picture, RGB, with those around carried on where nothing is seen.

    What lies under full transparency is arbitrary, often black, and would darken the edges: the
    network looks 7 pixels around.
    """
    pixels = np.asarray(layer).astype(np.float32)
    trust: Levels = np.minimum(pixels[..., 3:] / _TRUSTED_ALPHA, 1, dtype=np.float32)
    return Image.fromarray((_carried_on(pixels[..., :3], trust) + 0.5).astype(np.uint8))


def _carried_on(colour: Levels, trust: Levels) -> Levels:
    """Colours, H x W x 3, kept as far as they are trusted, H x W x 1 of 0 to 1, else from around.

    Each picture of half the size knows the mean of what is trusted, the smallest one everywhere.
    """
    height, width, _ = colour.shape
    if (height, width) == (1, 1) or trust.min() >= 1:
        return colour
    even = ((0, height % 2), (0, width % 2), (0, 0))
    known = _sum_of_fours(np.pad(trust, even))
    mean: Levels = _sum_of_fours(np.pad(colour * trust, even)) / known.clip(1e-6)
    around = _carried_on(mean, known.clip(0, 1)).repeat(2, 0).repeat(2, 1)[:height, :width]
    return colour * trust + around * (1 - trust)


def _sum_of_fours(levels: Levels) -> Levels:
    """Each 2 x 2 pixels added up, of sides that are even."""
    rows = levels[0::2] + levels[1::2]
    return rows[:, 0::2] + rows[:, 1::2]
