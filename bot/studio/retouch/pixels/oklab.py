"""sRGB arrays in, OKLab arrays out and back; a function on OKLab in, a table for a picture out."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from bot.studio.sketch.colour import Colour

Array: TypeAlias = npt.NDArray[np.float64]
Grade: TypeAlias = Callable[[Array], Array]
"""OKLab in the last axis to OKLab; the result may leave sRGB and is then clipped."""
GRID = 33
"""Steps of a colour table along each axis; between them Pillow interpolates linearly."""


def to_oklab(rgb: Array) -> Array:
    """sRGB from 0 to 1 in the last axis to lightness 0 to 1 and the two opponents a, b.

    Source: https://bottosson.github.io/posts/oklab/ (2020)
    """
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    r, g, b = linear[..., 0], linear[..., 1], linear[..., 2]
    long = np.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = np.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = np.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return np.stack(
        (
            0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
            1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
            0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
        ),
        axis=-1,
    )


def to_rgb(lab: Array) -> Array:
    """OKLab in the last axis to sRGB from 0 to 1, clipped."""
    lightness, a, b = lab[..., 0], lab[..., 1], lab[..., 2]
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = np.stack(
        (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        ),
        axis=-1,
    ).clip(0.0, 1.0)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def of_colour(colour: Colour) -> Array:
    """The three OKLab values of one colour."""
    return to_oklab(np.array([colour.r, colour.g, colour.b], dtype=np.float64))


def chroma(lab: Array) -> Array:
    """How far each colour is from grey, 0 to about 0.37."""
    return np.hypot(lab[..., 1], lab[..., 2])


def with_chroma(lab: Array, factor: Array | float) -> Array:
    """The same lightness and hue, the chroma multiplied."""
    return np.stack((lab[..., 0], lab[..., 1] * factor, lab[..., 2] * factor), axis=-1)


def turned(hue: Array, towards: float) -> Array:
    """The way from a hue to others in radians, from minus pi to pi."""
    return (hue - towards + np.pi) % (2 * np.pi) - np.pi


def smoothstep(x: Array, low: float, high: float) -> Array:
    """0 up to `low`, 1 from `high` on, an S between; falling where `high` is below `low`."""
    t: Array = ((x - low) / (high - low)).clip(0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def pixels(image: Image.Image) -> Array:
    """RGB picture to H x W x 3 from 0 to 1."""
    return np.asarray(image, dtype=np.float64) / 255.0


def table(grade: Grade) -> ImageFilter.Color3DLUT:
    """The grade as a filter for RGB pictures: exact at 33 levels per channel."""
    steps = np.linspace(0.0, 1.0, GRID)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    graded = to_rgb(grade(to_oklab(np.stack((red, green, blue), axis=-1))))
    return ImageFilter.Color3DLUT(GRID, graded.astype(np.float32).ravel().tolist())
