"""A picture in, the same one as line art, pencil, watercolor, a print or pixels out."""

from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps

from bot.errors import Refused
from bot.studio.retouch import refusals
from bot.studio.retouch.operations import Medium
from bot.studio.retouch.pixels.oklab import Array
from bot.studio.sketch import finish
from bot.studio.sketch.colour import Colour, parse

LEAST_SIDE_PX = 48
MOST_PIXELS = 4_000_000
"""Larger pictures are redrawn at this size and then enlarged: marks of a hand are not finer."""
_PAPER, _INK = parse("#fbf8f1"), parse("#1d1c21")
_NO_DITHER = Image.Dither.NONE
_STEPS = (1.0, 1.45, 0.7, 1.9)
"""How coarse the marks of the first four variations are."""


def redrawn(image: Image.Image, medium: Medium, amount: float, *, seed: int) -> Image.Image:
    """The RGB picture in another medium, of the same size; `amount` below 1 mixes it with itself.

    Raises: Refused for a picture with too few pixels.
    """
    if min(image.size) < LEAST_SIDE_PX:
        raise Refused(refusals.TOO_SMALL_TO_REDRAW, was_billed=False)
    step = _STEPS[seed % 4] * (1.0 + 0.12 * (seed // 4 % 4))
    small = _within(image)
    drawn = _MEDIA[medium](small, step, seed)
    if drawn.size != image.size:
        drawn = drawn.resize(image.size, Image.Resampling.BICUBIC)
    return drawn if amount >= 1 else Image.blend(image, drawn, amount)


def _within(image: Image.Image) -> Image.Image:
    """The picture with at most `MOST_PIXELS`, its shorter side no shorter than is needed."""
    share = (MOST_PIXELS / (image.width * image.height)) ** 0.5
    share = min(1.0, max(share, LEAST_SIDE_PX / min(image.size)))
    if share == 1.0:
        return image
    size = (round(image.width * share), round(image.height * share))
    return image.resize(size, Image.Resampling.BOX)


def _lines(image: Image.Image, step: float, seed: int) -> Image.Image:
    """Even ink lines where tones meet, on paper.

    Source: Winnemoeller et al.: XDoG (2012), https://doi.org/10.1016/j.cag.2012.03.004
    """
    side = min(image.size)
    calm = _calmed(image, radius=side / 420)
    width = max(0.8, side / 640) * step
    edges = np.zeros((image.height, image.width))
    for band in (*calm.split(), calm.convert("L")):
        tone = np.asarray(band, dtype=np.float64) / 255.0
        # The logarithm makes a step in the shade as good as one in the light.
        tone = np.log(tone + 0.12)
        edges = np.maximum(edges, _blurred(tone, 1.6 * width) - _blurred(tone, width))
    lines = np.clip((edges - 0.012) / 0.024, 0.0, 1.0)
    dark = 1.0 - np.asarray(calm.convert("L"), dtype=np.float64) / 255.0
    hatched = _strokes(image.size, seed=seed, pitch=max(5.0, side / 110) * step) > 0.8
    shade = np.clip((dark - 0.72) * 8, 0.0, 1.0) * hatched
    return _inked(np.maximum(lines, 0.9 * shade))


def _pencil(image: Image.Image, step: float, seed: int) -> Image.Image:
    """Graphite: outlines by dodging the tones, with slanting strokes in the shade."""
    side = min(image.size)
    grey = ImageOps.autocontrast(_calmed(image, radius=side / 600).convert("L"), cutoff=1)
    tone = np.asarray(grey, dtype=np.float64) / 255.0
    around = np.asarray(grey.filter(ImageFilter.GaussianBlur(side / 90 * step)), dtype=np.float64)
    outline = 1.0 - np.clip(tone / np.maximum(around / 255.0, 0.02), 0.0, 1.0)
    shade = np.clip(0.72 - tone, 0.0, 1.0) * 0.85
    strokes = _strokes(image.size, seed=seed, pitch=max(2.5, side / 190) * step)
    strength = np.clip(1.9 * outline + shade * (0.35 + 0.9 * strokes), 0.0, 0.92)
    tooth = np.asarray(
        finish.clouds(image.size, seed=seed, octaves=(180, 320), contrast=0.6), dtype=np.float64
    )
    return _inked(np.clip(strength * (0.8 + 0.4 * tooth / 255.0), 0.0, 1.0), ink=parse("#34343a"))


def _wash(image: Image.Image, step: float, seed: int) -> Image.Image:
    """Washes with darker edges on rough paper."""
    small = image.reduce(2)
    side = min(small.size)
    calm = _calmed(small, radius=side / 180 * step)
    calm = calm.filter(ImageFilter.ModeFilter(max(3, round(side / 150 * step) | 1)))
    calm = calm.resize(image.size, Image.Resampling.BICUBIC)
    bright = ImageEnhance.Brightness(calm).enhance(1.06)
    return finish.watercolour(bright, seed=seed, paper=_PAPER)


def _flat(image: Image.Image, step: float, seed: int) -> Image.Image:
    """Few colours, each an even area with a clear edge."""
    vivid = ImageEnhance.Color(image).enhance(1.12)
    return _areas(vivid, colours=max(5, round(12 / step)), step=step)


def _print(image: Image.Image, step: float, seed: int) -> Image.Image:
    """A few strong colours, one printed a little aside, with the grain of a print."""
    strong = ImageEnhance.Color(ImageOps.autocontrast(image, cutoff=1, preserve_tone=True))
    few = _areas(strong.enhance(1.45), colours=max(4, round(6 / step)), step=1.4)
    away = max(1, round(min(image.size) / 300))
    red, green, blue = few.split()
    aside = ImageChops.offset(red, away, -away)
    # What an offset brings in from the other side is left as it was.
    edge = (away, away, red.width - away, red.height - away)
    red.paste(aside.crop(edge), edge[:2])
    printed = Image.merge("RGB", (red, green, blue))
    return finish.stipple(printed, seed=seed, amount=0.22)


def _halftone(image: Image.Image, step: float, seed: int) -> Image.Image:
    """Dots of ink on a slanting grid, larger where it is darker."""
    side = min(image.size)
    pitch = max(4.0, side / 110) * step
    grey = ImageOps.autocontrast(image.convert("L"), cutoff=1)
    tone = np.asarray(grey.filter(ImageFilter.GaussianBlur(pitch * 0.3)), dtype=np.float64) / 255
    rows, columns = np.mgrid[0 : image.height, 0 : image.width]
    along = (columns + rows) * (np.pi / pitch / 2**0.5)
    across = (columns - rows) * (np.pi / pitch / 2**0.5)
    screen = 0.5 + 0.25 * (np.cos(2 * along) + np.cos(2 * across))
    # The steps of the screen are as wide as a pixel, so that the dots have smooth rims.
    return _inked(np.clip(0.5 + (screen - tone) * pitch / 4.0, 0.0, 1.0))


def _pixels(image: Image.Image, step: float, seed: int) -> Image.Image:
    """Large squares in few colours."""
    cells = max(24, round(84 / step))
    share = cells / min(image.size)
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    vivid = ImageEnhance.Color(image).enhance(1.15)
    small = vivid.resize(size, Image.Resampling.BOX)
    few = small.quantize(28, method=Image.Quantize.MEDIANCUT, dither=_NO_DITHER)
    return few.convert("RGB").resize(image.size, Image.Resampling.NEAREST)


_MEDIA: Mapping[Medium, Callable[[Image.Image, float, int], Image.Image]] = {
    Medium.LINES: _lines,
    Medium.PENCIL: _pencil,
    Medium.WASH: _wash,
    Medium.FLAT: _flat,
    Medium.PRINT: _print,
    Medium.HALFTONE: _halftone,
    Medium.PIXELS: _pixels,
}


def _calmed(image: Image.Image, *, radius: float) -> Image.Image:
    """Without grain and texture, its edges kept: the middle value of what is around."""
    size = min(7, max(3, 2 * round(radius) + 1))
    return image.filter(ImageFilter.MedianFilter(size))


def _areas(image: Image.Image, *, colours: int, step: float) -> Image.Image:
    """The picture in so many of its own colours, in areas without crumbs."""
    small = image.reduce(2)
    side = min(small.size)
    calm = _calmed(small, radius=side / 200 * step)
    few = calm.quantize(colours, method=Image.Quantize.MEDIANCUT, kmeans=2, dither=_NO_DITHER)
    area = few.convert("RGB").filter(ImageFilter.ModeFilter(max(3, round(side / 90 * step) | 1)))
    # Enlarged, the areas are soft; each pixel then takes the nearest of the colours again.
    large = area.resize(image.size, Image.Resampling.BICUBIC).quantize(
        palette=few, dither=_NO_DITHER
    )
    return large.convert("RGB").filter(ImageFilter.GaussianBlur(max(0.5, side / 700)))


def _inked(strength: Array, *, ink: Colour = _INK) -> Image.Image:
    """Ink on paper: 0 to 1 is how much of it."""
    mask = Image.fromarray((strength * 255.0).round().astype(np.uint8))
    paper = Image.new("RGB", mask.size, _PAPER.bytes)
    return Image.composite(Image.new("RGB", mask.size, ink.bytes), paper, mask)


def _strokes(size: tuple[int, int], *, seed: int, pitch: float) -> Array:
    """Slanting strokes of uneven weight, 0 to 1."""
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]]
    wobble = np.asarray(finish.clouds(size, seed=seed, octaves=(5, 13), contrast=1.0))
    wave = np.sin((columns + 0.8 * rows) * (2 * np.pi / pitch) + wobble / 18.0)
    weight: Array = 0.5 + 0.5 * wave
    return weight


def _blurred(values: Array, deviation: float) -> Array:
    """A Gaussian blur of H x W values, without the rounding to bytes that lines would show."""
    reach = max(1, round(3 * deviation))
    offsets = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (offsets / deviation) ** 2)
    weights /= weights.sum()
    for axis in (0, 1):
        padding = [(0, 0), (0, 0)]
        padding[axis] = (reach, reach)
        padded = np.pad(values, padding, mode="edge")
        length = values.shape[axis]
        values = sum(
            weight * np.take(padded, np.arange(length) + at, axis=axis)
            for at, weight in enumerate(weights)
        )
    return values
