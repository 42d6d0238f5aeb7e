"""Colours asked for in, grades out: recoloured with its light and shade, two-toned, or swapped."""

import math

import numpy as np

from bot.studio.retouch.pixels.oklab import (
    Array,
    Grade,
    chroma,
    of_colour,
    smoothstep,
    turned,
    with_chroma,
)
from bot.studio.sketch.colour import Colour

_NEUTRAL = 0.025
"""A colour asked for with less chroma than this is a grey."""


def recolour(colour: Colour, *, sample: Array) -> Grade:
    """What is coloured takes the new colour, its white and black parts stay.

    `sample` is N x 3 OKLab of what is recoloured; where it is all grey, the greys take the colour.
    """
    target, pure, hue = _polar(colour)
    chromas = chroma(sample)
    weights = smoothstep(chromas, 0.015, 0.06)
    if pure < _NEUTRAL:
        return _to_grey(target, middle=_middle(sample, np.ones(len(sample))))
    if float(weights.mean()) < 0.2:
        return _painted(target, pure, hue, middle=_middle(sample, np.ones(len(sample))))
    own = _main_hue(sample, weights * chromas)
    middle = _middle(sample, weights)
    usual = max(0.03, float(np.average(chromas, weights=weights + 1e-9)))
    return _redyed(target, pure, hue, own=own, middle=middle, usual=usual)


def wash(colour: Colour, *, sample: Array, depth: float = 0.0) -> Grade:
    """All of it in shades of one colour; its greys take some of it too.

    `depth` from 0 to 1 is how far it goes: from a mood of that colour to a ground that has it.
    """
    target, pure, hue = _polar(colour)
    middle = _middle(sample, np.ones(len(sample)))
    if pure < _NEUTRAL:
        return _to_grey(target, middle=middle)

    def graded(lab: Array) -> Array:
        own = chroma(lab)
        lightness = _moved(lab[..., 0], middle, target, 0.3 + 0.5 * depth)
        colourful = np.maximum(smoothstep(own, 0.01, 0.08), depth)
        strong = pure * _room(lightness) * (0.4 + 0.45 * colourful)
        strong = strong * (1.0 + 0.15 * depth) + 0.2 * own * (1.0 - depth)
        away = 0.22 * turned(np.arctan2(lab[..., 2], lab[..., 1]), hue) * colourful
        return _at(lightness, strong, hue + away * (1.0 - 0.8 * depth))

    return graded


def duotone(colours: list[Colour], *, sample: Array, turn: int = 0) -> Grade:
    """Dark to light onto the colours, darkest first; `turn` moves the middle of the scale.

    A picture that is mostly white paper keeps it: the colours share what is printed on it.
    """
    stops = sorted((of_colour(colour) for colour in colours), key=lambda lab: float(lab[0]))
    low, high = (float(each) for each in np.percentile(sample[:, 0], (2.0, 98.0)))
    paper = float(((sample[:, 0] > 0.93) & (chroma(sample) < 0.03)).mean())
    if paper > 0.35:
        stops.append(np.array([0.985, 0.0, 0.0]))
    elif float(stops[-1][0]) < 0.72:
        stops.append(_lightened(stops[-1], 0.9))
    if float(stops[0][0]) > 0.5:
        stops.insert(0, _lightened(stops[0], 0.28))
    scale = np.array(stops)
    places = np.linspace(0.0, 1.0, len(stops))
    power = (1.0, 0.7, 1.45, 0.85)[turn % 4]

    def graded(lab: Array) -> Array:
        at = ((lab[..., 0] - low) / max(0.25, high - low)).clip(0.0, 1.0) ** power
        return np.stack([np.interp(at, places, scale[:, channel]) for channel in range(3)], axis=-1)

    return graded


def swap(source: Colour, target: Colour) -> Grade:
    """What has one colour takes the other; all else stays."""
    from_lightness, from_pure, _ = _polar(source)
    lightness, pure, hue = _polar(target)

    def graded(lab: Array) -> Array:
        share = likeness(lab, source)[..., None]
        to = _moved(lab[..., 0], from_lightness, lightness, 0.7)
        if from_pure < _NEUTRAL:
            depth = pure * _room(to)
        else:
            depth = pure * (chroma(lab) / from_pure).clip(0.0, 1.3)
        return lab + (_at(to, depth, np.full(to.shape, hue)) - lab) * share

    return graded


def likeness(lab: Array, colour: Colour) -> Array:
    """How far each colour is what one would call by the same name, 0 to 1."""
    lightness, pure, hue = _polar(colour)
    if pure < _NEUTRAL:
        grey = 1.0 - smoothstep(chroma(lab), 0.02, 0.05)
        return grey * (1.0 - smoothstep(np.abs(lab[..., 0] - lightness), 0.14, 0.3))
    away = np.abs(turned(np.arctan2(lab[..., 2], lab[..., 1]), hue))
    near = 1.0 - smoothstep(away, math.radians(24), math.radians(42))
    lit = 1.0 - smoothstep(np.abs(lab[..., 0] - lightness), 0.34, 0.5)
    return near * lit * smoothstep(chroma(lab), 0.025, 0.07)


def _redyed(
    target: float, pure: float, hue: float, *, own: float, middle: float, usual: float
) -> Grade:
    """Coloured parts in another colour: their main hue becomes it, others stay near it."""

    def graded(lab: Array) -> Array:
        chromas = chroma(lab)
        away = turned(np.arctan2(lab[..., 2], lab[..., 1]), own)
        # Another hue is another thing: the leaf of the lemon, the ribbon on the box.
        alike = smoothstep(np.abs(away), math.radians(60), math.radians(38))
        share = (smoothstep(chromas, 0.012, 0.045) * alike)[..., None]
        lightness = _moved(lab[..., 0], middle, target, 0.7)
        depth = pure * (chromas / usual).clip(0.0, 1.25) ** 0.8 * (0.35 + 0.65 * _room(lightness))
        return lab + (_at(lightness, depth, hue + 0.22 * away) - lab) * share

    return graded


def _painted(target: float, pure: float, hue: float, *, middle: float) -> Grade:
    """Greys in a colour: darkest and lightest parts stay what they are."""

    def graded(lab: Array) -> Array:
        lightness = _moved(lab[..., 0], middle, target, 0.85)
        return _at(lightness, pure * _room(lightness), np.full(lightness.shape, hue))

    return graded


def _to_grey(target: float, *, middle: float) -> Grade:
    """White, grey or black with the shading left in it."""

    def graded(lab: Array) -> Array:
        lightness = target + (lab[..., 0] - middle) * (0.45 if target > 0.6 else 0.6)
        flat = np.stack((lightness.clip(0.03, 0.99), lab[..., 1], lab[..., 2]), axis=-1)
        return with_chroma(flat, 0.08)

    return graded


def _polar(colour: Colour) -> tuple[float, float, float]:
    """Lightness, chroma, hue in radians."""
    lightness, a, b = (float(value) for value in of_colour(colour))
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _at(lightness: Array, depth: Array, hue: Array | float) -> Array:
    return np.stack((lightness, depth * np.cos(hue), depth * np.sin(hue)), axis=-1)


def _moved(lightness: Array, middle: float, target: float, share: float) -> Array:
    """Lightness with its middle moved a share of the way to the target; black and white stay."""
    to = middle + (target - middle) * share
    # No steeper than this, so that the grain of white paper does not become a texture.
    below = min(1.6, to / max(middle, 0.05))
    above = min(1.6, (1.0 - to) / max(1.0 - middle, 0.05))
    apart = lightness - middle
    return (to + np.where(apart < 0, below, above) * apart).clip(0.0, 1.0)


def _room(lightness: Array) -> Array:
    """How much colour there is room for: none in black and white."""
    return smoothstep(lightness, 0.05, 0.35) * (1.0 - smoothstep(lightness, 0.82, 1.0))


def _middle(sample: Array, weights: Array) -> float:
    """The usual lightness."""
    return float(np.average(sample[:, 0], weights=weights + 1e-9))


def _main_hue(sample: Array, weights: Array) -> float:
    """The hue that most of the colour has, in radians."""
    hues = np.arctan2(sample[:, 2], sample[:, 1])
    counts, bounds = np.histogram(hues, 36, (-np.pi, np.pi), weights=weights)
    around = counts + np.roll(counts, 1) + np.roll(counts, -1)
    peak = int(around.argmax())
    return float((bounds[peak] + bounds[peak + 1]) / 2)


def _lightened(lab: Array, lightness: float) -> Array:
    """The same hue, lighter or darker, with the chroma that has room there."""
    scaled = lab * 0.45
    scaled[0] = lightness
    return scaled
