"""An operation and the number of a variation in, the operation a visible step away out."""

import math
from dataclasses import replace

from bot.studio.retouch.operations import (
    Adjust,
    Backdrop,
    Border,
    Crop,
    Flip,
    Lettering,
    Operation,
    Paint,
    Recolour,
    Rotate,
    Swap,
    Tint,
    Tone,
)
from bot.studio.sketch.colour import from_oklch, to_oklch

_STRENGTHS = (1.0, 1.45, 0.65, 1.9)
_TURNS = (0.0, 9.0, -9.0, 16.0)
_LIFTS = (0.0, -0.06, 0.06, -0.12)
_SHARES = (1.0, 0.9, 0.8, 0.7)
_SIZES = (1.0, 1.0, 0.8, 1.25)
_FACES = ("", "serif-black", "condensed", "round")


def turn_degrees(seed: int) -> float:
    """How far hues are turned; 0 for variation 0, never as far as another colour."""
    return _TURNS[seed % 4] + 3.0 * (seed // 4 % 4)


def varied(operation: Operation, seed: int) -> Operation:
    """The operation itself for variation 0; others are stronger, weaker, or tinged otherwise."""
    at = seed % 4
    # From the fifth on, in between the first four.
    more = 1.0 + 0.12 * (seed // 4 % 4)
    match operation:
        case Adjust(tone=Tone.GREY | Tone.INVERT):
            return operation
        case Adjust() | Tint():
            return replace(operation, amount=operation.amount * _STRENGTHS[at] * more)
        case Recolour():
            return replace(operation, paint=_repainted(operation.paint, seed))
        case Swap():
            return replace(operation, target=_repainted(operation.target, seed))
        case Backdrop(paint=paint) if paint is not None and to_oklch(paint.colour)[1] > 0.03:
            return Backdrop(_repainted(paint, seed))
        case Crop():
            return replace(operation, share=operation.share * _SHARES[at] / more)
        case Border(ratio=None):
            return replace(operation, share=operation.share * _STRENGTHS[at] * more)
        case Lettering():
            face = operation.face or _FACES[at]
            return replace(operation, face=face, size=operation.size * _SIZES[at] / math.sqrt(more))
        case _:
            return operation


def has_variations(operation: Operation) -> bool:
    """Whether there is more than one way to do it."""
    match operation:
        case Flip() | Rotate() | Adjust(tone=Tone.INVERT):
            return False
        case Backdrop(paint=paint):
            return paint is not None and to_oklch(paint.colour)[1] > 0.03
        case Border(ratio=ratio):
            return ratio is None
        case _:
            return True


def _repainted(paint: Paint, seed: int) -> Paint:
    lightness, chroma, hue = to_oklch(paint.colour)
    lift = _LIFTS[seed % 4] * (1.0 if 0.15 < lightness < 0.9 else 0.6)
    if not seed:
        return paint
    # Yellow is narrow: a few degrees on it is green or orange.
    turn = turn_degrees(seed) * (0.4 if 75 < hue < 125 else 1.0)
    lightness = min(1.0, max(0.0, lightness + lift))
    return Paint(paint.name, from_oklch(lightness, chroma, hue + turn))
