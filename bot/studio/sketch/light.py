"""A surface and a light in, the colour it shows out."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.studio.sketch.colour import WHITE, Colour, add, mix, multiply

Vector = tuple[float, float, float]
SUNLIGHT = Colour(1.0, 0.95, 0.87)
SKYLIGHT = Colour(0.52, 0.53, 0.58)
BOUNCE = Colour(0.44, 0.38, 0.34)
RIM = Colour(1.0, 0.9, 0.8)


@dataclass(frozen=True)
class Light:
    """One key light from the upper left, the sky, the bounce from below, and a rim light."""

    key: Colour = SUNLIGHT
    sky: Colour = SKYLIGHT
    bounce: Colour = BOUNCE
    rim: Colour = RIM
    direction: Vector = (-0.66, 0.48, 0.58)
    power: float = 0.72
    rim_power: float = 0.3
    tones: int = 0
    """0 shades smoothly; 2 or more shades in that many flat tones, as a poster does."""


@dataclass(frozen=True)
class Material:
    """What a surface is made of; `paint(height)` gives its colour at a height."""

    base: Colour
    gloss: float = 0.25
    opacity: float = 1.0
    ridges: float = 0.0
    paint: Callable[[float], Colour] | None = field(default=None)

    def colour(self, height: float) -> Colour:
        return self.paint(height) if self.paint else self.base


def shade(normal: Vector, base: Colour, *, light: Light, gloss: float = 0.25) -> Colour:
    """The colour a surface of colour `base` shows where it faces `normal` (x right, y up, z us)."""
    x, y, z = normal
    lx, ly, lz = light.direction
    facing = x * lx + y * ly + z * lz
    diffuse = max(0.0, facing * 0.82 + 0.18)
    if light.tones:
        level = min(light.tones - 1, int(max(0.0, facing * 0.75 + 0.3) * light.tones))
        tone = level / (light.tones - 1)
        shadow = multiply(base, Colour(0.66, 0.62, 0.72))
        return mix(shadow, mix(base, light.key, 0.16), tone)
    ambient = mix(light.bounce, light.sky, 0.5 + 0.5 * y)
    lit = multiply(base, add(ambient, light.key, diffuse * light.power))
    edge = (1 - max(0.0, z)) ** 3
    lit = add(lit, light.rim, edge * light.rim_power * (1.0 if x > 0 else 0.35))
    if gloss:
        window = _bump(x, -0.5, 0.13) * _bump(y, 0.1, 0.75)
        spark = max(0.0, facing) ** 24
        lit = add(lit, WHITE, gloss * (0.45 * window + 0.3 * spark))
    return lit


def _bump(value: float, centre: float, width: float) -> float:
    """1 at the centre, falling smoothly to 0 at `width` from it, with a flat top."""
    distance = abs(value - centre) / width
    if distance >= 1:
        return 0.0
    t = min(1.0, (1 - distance) * 1.8)
    return t * t * (3 - 2 * t)


def unit(vector: Vector) -> Vector:
    x, y, z = vector
    length = math.sqrt(x * x + y * y + z * z) or 1.0
    return x / length, y / length, z / length
