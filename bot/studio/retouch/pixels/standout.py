"""A small picture in, how much each pixel stands out from what reaches the border out."""

import numpy as np

from bot.studio.retouch.pixels.oklab import Array, to_oklab
from bot.studio.retouch.pixels.smooth import Flags
from bot.studio.retouch.pixels.surfaces import inverse_spread, squared_distance

WEIGHTS = np.array([1.0, 2.0, 2.0])
"""Hue says more about what belongs together than lightness, which shadows change."""
FINE = 4
"""How many times finer than the small picture focus is looked at."""


def barrier(lab: Array, seeds: Flags | None = None) -> Array:
    """How far the colour must swing on the best way to the border, summed over channels, H x W.

    `seeds` stand in for the border where they are given.

    Source: Zhang et al.: Minimum Barrier Salient Object Detection at 80 FPS (2015),
    https://doi.org/10.1109/ICCV.2015.165
    """
    height, width = lab.shape[:2]
    cost = np.full(lab.shape, np.inf)
    if seeds is None:
        cost[0], cost[-1], cost[:, 0], cost[:, -1] = 0.0, 0.0, 0.0, 0.0
    else:
        cost[seeds] = 0.0
    highest, lowest = lab.copy(), lab.copy()
    for _ in range(2):
        for axis, length in ((0, height), (1, width)):
            along = [np.moveaxis(each, axis, 0) for each in (lab, cost, highest, lowest)]
            for at in range(1, length):
                _step(*along, here=at, there=at - 1)
        for axis, length in ((0, height), (1, width)):
            along = [np.moveaxis(each, axis, 0) for each in (lab, cost, highest, lowest)]
            for at in range(length - 2, -1, -1):
                _step(*along, here=at, there=at + 1)
    return np.asarray(cost.sum(axis=-1), dtype=np.float64)


def _step(lab: Array, cost: Array, highest: Array, lowest: Array, *, here: int, there: int) -> None:
    """Carry the ways that end in one row on to the next, where that is the better way."""
    high = np.maximum(highest[there], lab[here])
    low = np.minimum(lowest[there], lab[here])
    better = high - low < cost[here]
    cost[here] = np.where(better, high - low, cost[here])
    highest[here] = np.where(better, high, highest[here])
    lowest[here] = np.where(better, low, lowest[here])


def strangeness(lab: Array) -> Array:
    """How unlike the four sides of the picture each colour is, the most alike one left out."""
    height, width = lab.shape[:2]
    deep = max(3, round(min(height, width) * 0.07))
    maps = []
    for side in (lab[:deep], lab[-deep:], lab[:, :deep], lab[:, -deep:]):
        flat = side.reshape(-1, 3)
        inverse = inverse_spread(flat, least=0.0009)
        distance = np.sqrt(squared_distance(lab, flat.mean(axis=0), inverse))
        maps.append(distance / (distance.max() + 1e-9))
    return np.asarray(np.sum(maps, axis=0) - np.max(maps, axis=0), dtype=np.float64)


def centrality(height: int, width: int) -> Array:
    """1 in the middle, a little below it rather than above, falling to the sides."""
    rows, columns = np.mgrid[0:height, 0:width]
    across = (columns / width - 0.5) / 0.33
    down = (rows / height - 0.53) / 0.36
    return np.asarray(np.exp(-0.6 * (across**2 + down**2)), dtype=np.float64)


def focus(fine: Array) -> tuple[Array, Array]:
    """How sharp the edges are, and how strong, of an RGB picture FINE times the small one's size.

    Both H x W of the small one. A sharp edge makes its whole step within one fine pixel.
    """
    lab = to_oklab(fine) * WEIGHTS
    height, width = lab.shape[0] // FINE, lab.shape[1] // FINE
    across = np.abs(np.diff(lab, axis=1, append=lab[:, -1:])).max(axis=-1)
    down = np.abs(np.diff(lab, axis=0, append=lab[-1:])).max(axis=-1)
    cells = np.maximum(across, down).reshape(height, FINE, width, FINE)
    steepest = _around(cells.max(axis=(1, 3))).max(axis=0)
    coarse = _around(lab.reshape(height, FINE, width, FINE, 3).mean(axis=(1, 3)))
    strength = np.asarray((coarse.max(axis=0) - coarse.min(axis=0)).max(axis=-1))
    return (steepest / (strength + 0.01)).clip(0.0, 1.0), strength


def _around(values: Array) -> Array:
    """The nine neighbours of each pixel, 9 x H x W (x channels)."""
    height, width = values.shape[:2]
    margin = [(1, 1), (1, 1)] + [(0, 0)] * (values.ndim - 2)
    wide = np.pad(values, margin, mode="edge")
    return np.stack(
        [wide[y : y + height, x : x + width] for y in range(3) for x in range(3)], axis=0
    )
