"""Colours in, models of them out: which of two groups each is of; a ground without gaps."""

import numpy as np

from bot.studio.retouch.pixels.oklab import Array
from bot.studio.retouch.pixels.smooth import Flags

_ROUNDS = 6
_FEWEST = 6
"""A cluster of fewer colours says nothing."""
_LEAST_SPREAD = 0.0006
"""Variance, so that a plain colour takes in its neighbours."""


def evidence(colours: Array, inside: Flags) -> Array:
    """For each of N x 3 colours, the logarithm of how much likelier it is inside than outside."""
    return np.log(_likelihood(colours, colours[inside], 5)) - np.log(
        _likelihood(colours, colours[~inside], 6)
    )


def _likelihood(colours: Array, samples: Array, count: int) -> Array:
    """How dense the samples are around each colour: a mixture of Gaussians."""
    total = np.full(len(colours), 1e-4)
    for cluster in _clusters(samples, count):
        if len(cluster) < _FEWEST:
            continue
        mean = cluster.mean(axis=0)
        inverse = inverse_spread(cluster, least=_LEAST_SPREAD)
        _, logarithm = np.linalg.slogdet(inverse)
        distance = squared_distance(colours, mean, inverse)
        total += len(cluster) / len(samples) * np.exp(-0.5 * distance + 0.5 * logarithm)
    return total


def inverse_spread(colours: Array, *, least: float) -> Array:
    """The inverse of the covariance of N x 3 colours, each of which varies at least so much."""
    return np.asarray(np.linalg.inv(np.cov(colours.T) + np.eye(3) * least), dtype=np.float64)


def squared_distance(colours: Array, mean: Array, inverse: Array) -> Array:
    """Mahalanobis distance squared of colours in the last axis."""
    apart = colours - mean
    return np.asarray((apart * (apart @ inverse)).sum(axis=-1), dtype=np.float64)


def _clusters(samples: Array, count: int) -> list[Array]:
    """The samples in groups of like colours, found from the same beginnings each time."""
    if len(samples) < count * _FEWEST:
        return [samples]
    order = np.argsort(samples @ _widest(samples), kind="stable")
    starts = ((np.arange(count) + 0.5) / count * len(samples)).astype(np.int64)
    centres = samples[order[starts]]
    nearest = np.zeros(len(samples), dtype=np.int64)
    for _ in range(_ROUNDS):
        nearest = ((samples[:, None] - centres[None]) ** 2).sum(axis=-1).argmin(axis=1)
        for at in range(count):
            if (nearest == at).any():
                centres[at] = samples[nearest == at].mean(axis=0)
    return [samples[nearest == at] for at in range(count)]


def _widest(samples: Array) -> Array:
    """The direction along which the samples vary most."""
    _, directions = np.linalg.eigh(np.cov(samples.T))
    return np.asarray(directions[:, -1], dtype=np.float64)


def fitted(colours: Array, known: Flags) -> Array:
    """A smooth ground through the known pixels of H x W x 3 colours, of that shape.

    Fitted twice: what is far off the first, such as a shadow, does not count for the second.
    """
    height, width = known.shape
    rows, columns = np.mgrid[0:height, 0:width]
    y, x = rows / height - 0.5, columns / width - 0.5
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)
    trusted = known.astype(np.float64)
    ground = np.zeros_like(colours)
    for _ in range(2):
        normal = np.einsum("hwi,hw,hwj->ij", terms, trusted, terms) + 1e-6 * np.eye(6)
        right = np.einsum("hwi,hw,hwc->ic", terms, trusted, colours)
        ground = terms @ np.linalg.solve(normal, right)
        off = np.abs(colours - ground).max(axis=-1)
        trusted = np.where(known & (off < 0.12), 1.0, 0.0)
    return np.asarray(ground, dtype=np.float64)
