"""Colours in, colours out: mixing, shading and contrast of sRGB triples, channels 0 to 1."""

import math
from typing import NamedTuple


class Colour(NamedTuple):
    """An sRGB colour; each channel is 0 to 1."""

    r: float
    g: float
    b: float

    @property
    def css(self) -> str:
        """`#rrggbb`, clipped."""
        return "#" + "".join(f"{channel:02x}" for channel in self.bytes)

    @property
    def bytes(self) -> tuple[int, int, int]:
        """Three channels from 0 to 255, clipped."""
        r, g, b = (round(255 * min(1.0, max(0.0, channel))) for channel in self)
        return r, g, b


WHITE = Colour(1, 1, 1)
BLACK = Colour(0, 0, 0)


def parse(css: str) -> Colour:
    """Read `#rgb` or `#rrggbb`."""
    digits = css.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    r, g, b = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return Colour(r, g, b)


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """`a` at share 0, `b` at share 1."""
    return Colour(*(x + (y - x) * share for x, y in zip(a, b, strict=True)))


def multiply(a: Colour, b: Colour) -> Colour:
    """Light of colour `b` falling on a surface of colour `a`."""
    return Colour(a.r * b.r, a.g * b.g, a.b * b.b)


def scale(a: Colour, factor: float) -> Colour:
    """Brighter or darker by a factor; may leave 0 to 1 until it is clipped."""
    return Colour(a.r * factor, a.g * factor, a.b * factor)


def add(a: Colour, b: Colour, share: float = 1.0) -> Colour:
    """`a` with a share of the light `b` added."""
    return Colour(a.r + b.r * share, a.g + b.g * share, a.b + b.b * share)


def luminance(a: Colour) -> float:
    """Relative luminance, 0 to 1.

    Source: https://www.w3.org/TR/WCAG21/#dfn-relative-luminance (2018)
    """
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in a]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: Colour, b: Colour) -> float:
    """Contrast ratio, 1 to 21."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def legible(ink: Colour, ground: Colour, *, ratio: float = 4.5) -> Colour:
    """`ink`, moved towards black or white until it reads on `ground`."""
    pole = BLACK if contrast(BLACK, ground) > contrast(WHITE, ground) else WHITE
    for step in range(11):
        candidate = mix(ink, pole, step / 10)
        if contrast(candidate, ground) >= ratio:
            return candidate
    return pole


def from_oklch(lightness: float, chroma: float, hue_degrees: float) -> Colour:
    """A colour of equal perceived lightness whatever its hue, clipped into sRGB.

    Source: https://bottosson.github.io/posts/oklab/ (2020)
    """
    a = chroma * math.cos(math.radians(hue_degrees))
    b = chroma * math.sin(math.radians(hue_degrees))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    encoded = []
    for value in linear:
        value = min(1.0, max(0.0, value))
        encoded.append(12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055)
    return Colour(*encoded)


def to_oklch(colour: Colour) -> tuple[float, float, float]:
    """Lightness 0 to 1, chroma 0 to about 0.37, hue in degrees."""
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    along = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    across = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(along, across), math.degrees(math.atan2(across, along)) % 360


def apart(a: Colour, b: Colour) -> float:
    """How different two colours look, 0 to about 1: their distance in OKLab.

    Source: https://bottosson.github.io/posts/oklab/ (2020)
    """
    (low, c, h), (high, d, k) = to_oklch(a), to_oklch(b)
    across = c * c + d * d - 2 * c * d * math.cos(math.radians(h - k))
    return math.sqrt((low - high) ** 2 + max(0.0, across))


def with_lightness(colour: Colour, lightness: float, *, chroma: float = 1.0) -> Colour:
    """The same hue at another OKLCH lightness, its chroma multiplied."""
    _, own, hue = to_oklch(colour)
    return from_oklch(lightness, own * chroma, hue)
