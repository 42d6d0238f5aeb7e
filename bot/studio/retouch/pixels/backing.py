"""A mask in, the mask of what stands before a disc or an arch out, where the mask is of both."""

import numpy as np

from bot.studio.retouch.pixels import segments, smooth, standout
from bot.studio.retouch.pixels.oklab import Array, smoothstep
from bot.studio.retouch.pixels.smooth import Flags

_OF_ITS_COLOUR = 0.1
_LEAST_AREA = 0.22
"""Of a picture: a disc or an arch is large; on anything smaller it would be a pattern."""
_LEAST_RIM = 0.4
"""Of a backing's outline, that must have its colour."""
_LEAST_SEEN, _LEAST_BEFORE, _MOST_BEFORE = 0.25, 0.06, 0.72
"""Of the mask: how much of a backing is seen, and how much there is before it."""


def without_backing(
    rgb: Array, even: Array, mask: Array, *, in_focus: Array, is_flat: bool
) -> Array:
    """The mask, H x W, without an even shape that only sets off what is before it.

    On a flat ground only where that is the more colourful: in a badge the disc is the subject.
    """
    inside = mask > 0.5
    if inside.mean() < _LEAST_AREA:
        return mask
    core = smooth.shrunk(inside, 2)
    rim = core & ~smooth.shrunk(inside, 4)
    if rim.sum() < 40:
        return mask
    colour = _commonest(even, rim)
    seeds = rim & _is_like(even, colour)
    if seeds.sum() < _LEAST_RIM * rim.sum():
        return mask
    swing = np.where(inside, standout.barrier(even, seeds), 0.0)
    stands_out = smoothstep(swing, 0.08, 0.15) * in_focus
    before = _main_parts(smooth.edge_following(rgb, stands_out, radius=2, softness=3e-4))
    share = float((before > 0.5).sum() / inside.sum())
    seen = float((inside & (swing < 0.08) & _is_like(even, colour, 1.8)).sum() / inside.sum())
    if seen < _LEAST_SEEN or not _LEAST_BEFORE < share < _MOST_BEFORE:
        return mask
    if not _stands_in(before > 0.5, inside):
        return mask
    if is_flat and _chroma(even[before > 0.5]) < np.hypot(colour[1], colour[2]):
        return mask
    return np.minimum(mask, before)


def _stands_in(before: Flags, inside: Flags) -> bool:
    """Whether it is compact, and the backing rises above it and shows on both sides of it."""
    top, bottom, left, right = _bounds(before)
    outer_top, outer_bottom, outer_left, outer_right = _bounds(inside)
    fills = before.sum() / ((bottom - top) * (right - left))
    above = (top - outer_top) / (outer_bottom - outer_top)
    beside = min(left - outer_left, outer_right - right) / (outer_right - outer_left)
    return bool(fills > 0.4 and above > 0.12 and beside > 0.06)


def _bounds(flags: Flags) -> tuple[int, int, int, int]:
    """Top, bottom, left and right of the largest part."""
    labels, sizes = segments.parts(flags)
    rows, columns = np.nonzero(labels == int(np.argmax(sizes)))
    return int(rows.min()), int(rows.max()) + 1, int(columns.min()), int(columns.max()) + 1


def _commonest(even: Array, rim: Flags) -> Array:
    """The colour that most of a rim is near to."""
    samples = even[rim]
    nearby = [(np.abs(samples - each).max(axis=-1) < 0.06).sum() for each in samples[::4]]
    best = samples[::4][int(np.argmax(nearby))]
    return np.asarray(np.median(samples[np.abs(samples - best).max(axis=-1) < 0.06], axis=0))


def _is_like(even: Array, colour: Array, times: float = 1.0) -> Flags:
    apart = np.sqrt(((even - colour) ** 2).sum(axis=-1))
    return np.asarray(apart < _OF_ITS_COLOUR * times)


def _main_parts(mask: Array) -> Array:
    """The largest part and those of a tenth of it, without holes."""
    mask = mask.clip(0.0, 1.0)
    labels, sizes = segments.parts(mask > 0.5)
    least = 0.1 * max(sizes)
    kept = np.isin(labels, [at for at, size in enumerate(sizes) if size and size >= least])
    whole = segments.filled(kept)
    joined: Array = np.where(whole & ~kept, 1.0, mask) * smooth.grown(whole, 1)
    return joined


def _chroma(colours: Array) -> float:
    return float(np.hypot(colours[:, 1], colours[:, 2]).mean()) if len(colours) else 0.0
