"""A tone and an amount in, a grade of colours out: warmer, brighter, more contrast, grey, faded."""

import math
from collections.abc import Callable, Mapping

import numpy as np

from bot.studio.retouch.operations import Paint, Tone
from bot.studio.retouch.pixels.oklab import (
    Array,
    Grade,
    chroma,
    of_colour,
    smoothstep,
    to_oklab,
    to_rgb,
    with_chroma,
)

_WARM_DEGREES = 66.0
_COOL_DEGREES = 252.0
_SEPIA_DEGREES = 72.0


def grade(tone: Tone, amount: float, *, sample: Array, turn_degrees: float = 0.0) -> Grade:
    """The grade for a tone; `sample` is N x 3 OKLab of where it applies.

    `turn_degrees` varies what has a hue: warmth, sepia, the filter before a grey picture.
    """
    return _GRADES[tone](amount, sample, turn_degrees)


def tint(paint: Paint, amount: float, *, turn_degrees: float = 0.0) -> Grade:
    """A shift towards a colour, or away from it below 0."""
    _, a, b = of_colour(paint.colour)
    strength = math.hypot(a, b)
    if strength < 0.02:
        return lambda lab: with_chroma(lab, max(0.0, 1.0 - 0.6 * abs(amount)))
    return _shift(math.degrees(math.atan2(b, a)) + turn_degrees, 0.055 * amount)


def _warm(amount: float, sample: Array, turn_degrees: float) -> Grade:
    hue = _WARM_DEGREES if amount > 0 else _COOL_DEGREES
    return _shift(hue - turn_degrees, 0.038 * abs(amount))


def _shift(degrees: float, reach: float) -> Grade:
    """Every colour moved the same way; white takes it by becoming a little darker."""
    along, across = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

    def graded(lab: Array) -> Array:
        lightness = lab[..., 0]
        # Black stays black; near white there is room for a colour only below it.
        share = smoothstep(lightness, 0.0, 0.45) * (1.0 - 0.35 * smoothstep(lightness, 0.8, 1.0))
        return np.stack(
            (
                lightness - 0.45 * abs(reach) * smoothstep(lightness, 0.75, 1.0),
                lab[..., 1] + reach * along * share,
                lab[..., 2] + reach * across * share,
            ),
            axis=-1,
        )

    return graded


def _bright(amount: float, sample: Array, turn_degrees: float) -> Grade:
    def graded(lab: Array) -> Array:
        lightness = lab[..., 0].clip(0.0, 1.0)
        if amount > 0:
            to = lightness ** (1.0 / (1.0 + 0.32 * amount))
            to = 1.0 - (1.0 - to) * (1.0 - min(0.5, 0.1 * amount))
        else:
            to = lightness ** (1.0 - 0.22 * amount) * max(0.2, 1.0 + 0.12 * amount)
        return _relit(lab, to)

    return graded


def _relit(lab: Array, lightness: Array) -> Array:
    """Another lightness, and the chroma that goes with it."""
    ratio = (lightness + 0.02) / (lab[..., 0] + 0.02)
    scaled = with_chroma(lab, ratio.clip(0.3, 1.6) ** 0.7)
    return np.stack((lightness, scaled[..., 1], scaled[..., 2]), axis=-1)


def _contrast(amount: float, sample: Array, turn_degrees: float) -> Grade:
    pivot = float(np.median(sample[:, 0]).clip(0.4, 0.7))

    def graded(lab: Array) -> Array:
        apart = lab[..., 0] - pivot
        if amount <= 0:
            lightness = pivot + apart * max(0.15, 1.0 + 0.38 * amount)
            return with_chroma(
                np.stack((lightness, lab[..., 1], lab[..., 2]), axis=-1),
                max(0.4, 1.0 + 0.12 * amount),
            )
        # Steep in the middle, level towards black and white, so that neither is cut off.
        room = np.where(apart > 0, 1.0 - pivot, pivot)
        bent = np.tanh((1.0 + 0.75 * amount) * apart / room) / math.tanh(1.0 + 0.75 * amount)
        lightness = lab[..., 0] + (pivot + room * bent - lab[..., 0]) * min(1.0, 0.75 * amount)
        return with_chroma(
            np.stack((lightness, lab[..., 1], lab[..., 2]), axis=-1), 1.0 + 0.1 * amount
        )

    return graded


def _colourful(amount: float, sample: Array, turn_degrees: float) -> Grade:
    def graded(lab: Array) -> Array:
        if amount <= 0:
            return with_chroma(lab, max(0.0, 1.0 + 0.5 * amount))
        # What is colourful already gains least, so that it does not turn into a flat patch.
        return with_chroma(lab, 1.0 + 0.55 * amount * (1.0 - smoothstep(chroma(lab), 0.08, 0.3)))

    return graded


def _grey(amount: float, sample: Array, turn_degrees: float) -> Grade:
    def graded(lab: Array) -> Array:
        hue = np.arctan2(lab[..., 2], lab[..., 1])
        # Other variations look through a coloured filter, as photographers do.
        filtered = 0.0 if turn_degrees == 0 else 0.8
        towards = math.radians(turn_degrees * 14.0 + 20.0)
        lightness = lab[..., 0] + filtered * chroma(lab) * np.cos(hue - towards)
        return with_chroma(
            np.stack((lightness, lab[..., 1], lab[..., 2]), axis=-1), 1.0 - min(1.0, amount)
        )

    return graded


def _sepia(amount: float, sample: Array, turn_degrees: float) -> Grade:
    hue = math.radians(_SEPIA_DEGREES + turn_degrees)
    share = min(1.0, 0.4 + 0.6 * amount)

    def graded(lab: Array) -> Array:
        lightness = 0.06 + 0.91 * lab[..., 0]
        depth = (
            0.062 * smoothstep(lightness, 0.0, 0.5) * (1.0 - 0.6 * smoothstep(lightness, 0.6, 1))
        )
        toned = np.stack((lightness, depth * math.cos(hue), depth * math.sin(hue)), axis=-1)
        return lab + (toned - lab) * share

    return graded


def _fade(amount: float, sample: Array, turn_degrees: float) -> Grade:
    lift, cap = min(0.3, 0.17 * amount), min(0.1, 0.04 * amount)

    def graded(lab: Array) -> Array:
        if amount <= 0:
            return _contrast(-0.6 * amount, sample, 0.0)(lab)
        lightness = lift + lab[..., 0] * (1.0 - lift - cap)
        return with_chroma(
            np.stack((lightness, lab[..., 1], lab[..., 2]), axis=-1), max(0.3, 1.0 - 0.28 * amount)
        )

    return graded


def _invert(amount: float, sample: Array, turn_degrees: float) -> Grade:
    return lambda lab: to_oklab(1.0 - to_rgb(lab))


def _enhance(amount: float, sample: Array, turn_degrees: float) -> Grade:
    low, middle, high = (float(each) for each in np.percentile(sample[:, 0], (1.0, 50.0, 99.0)))
    # Most of the way to the full range, and a dark picture lifted a little.
    low, high = 0.6 * min(low, 0.25), high + 0.5 * (1.0 - high) * (high > 0.6)
    power = min(1.0, max(0.78, 1.0 - 0.6 * (0.58 - middle)))

    def graded(lab: Array) -> Array:
        spread = ((lab[..., 0] - low) / (high - low)).clip(0.0, 1.0) ** power
        lit = _relit(lab, lab[..., 0] + (spread - lab[..., 0]) * min(1.0, 0.7 * amount))
        crisp = _contrast(0.18 * amount, sample, 0.0)(lit)
        return _colourful(0.35 * amount, sample, 0.0)(crisp)

    return graded


_GRADES: Mapping[Tone, Callable[[float, Array, float], Grade]] = {
    Tone.WARM: _warm,
    Tone.BRIGHT: _bright,
    Tone.CONTRAST: _contrast,
    Tone.COLOURFUL: _colourful,
    Tone.GREY: _grey,
    Tone.SEPIA: _sepia,
    Tone.FADE: _fade,
    Tone.INVERT: _invert,
    Tone.ENHANCE: _enhance,
}
COLOUR_TONES = frozenset(_GRADES)
"""The tones that change each colour by itself; the others look at its surroundings."""
