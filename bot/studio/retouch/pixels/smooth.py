"""Small arrays in, smoothed ones out: window means, and masks that follow a picture's edges."""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from bot.studio.retouch.pixels.oklab import Array

Flags = npt.NDArray[np.bool_]


def window_mean(values: Array, radius: int) -> Array:
    """The mean over a square window of H x W (x channels) values; it shrinks at the border."""
    return _along(_along(values, radius, 0), radius, 1)


def edge_following(guide: Array, mask: Array, *, radius: int, softness: float) -> Array:
    """A mask, H x W, redrawn so that its edges are those of the guide, H x W x 3."""
    slope, offset = edge_model(guide, mask, radius=radius, softness=softness)
    drawn: Array = (slope * guide).sum(axis=-1) + offset
    return drawn


def edge_model(guide: Array, mask: Array, *, radius: int, softness: float) -> tuple[Array, Array]:
    """A mask as a linear function of the guide around each pixel: H x W x 3 slopes, H x W offsets.

    Scaled up, they draw the mask at the full size of the picture that the guide is a copy of.
    Source: He, Sun, Tang: Guided Image Filtering (2010), https://doi.org/10.1109/TPAMI.2012.213
    """
    mean_guide = window_mean(guide, radius)
    mean_mask = window_mean(mask, radius)
    both = window_mean(guide * mask[..., None], radius) - mean_guide * mean_mask[..., None]
    spread = window_mean(guide[..., :, None] * guide[..., None, :], radius)
    spread = spread - mean_guide[..., :, None] * mean_guide[..., None, :]
    spread = spread + softness * np.eye(3)
    slope: Array = np.linalg.solve(spread, both[..., None])[..., 0].astype(np.float64)
    offset = mean_mask - (slope * mean_guide).sum(axis=-1)
    return window_mean(slope, radius), window_mean(offset, radius)


def grown(flags: Flags, pixels: int) -> Flags:
    """Areas extended by some pixels."""
    return _ranked(flags, ImageFilter.MaxFilter(2 * pixels + 1))


def shrunk(flags: Flags, pixels: int) -> Flags:
    """Areas diminished by some pixels."""
    return _ranked(flags, ImageFilter.MinFilter(2 * pixels + 1))


def stretched(values: Array) -> Array:
    """Values to 0 to 1, less a few outliers."""
    low, high = np.percentile(values, (1.0, 99.5))
    spread: Array = ((values - low) / (high - low + 1e-9)).clip(0.0, 1.0)
    return spread


def logistic(values: Array) -> Array:
    """Any number to between 0 and 1; 0 becomes a half."""
    return np.asarray(1.0 / (1.0 + np.exp(-values)), dtype=np.float64)


def _along(values: Array, radius: int, axis: int) -> Array:
    length = values.shape[axis]
    sums = np.cumsum(values, axis=axis)
    sums = np.concatenate([np.zeros_like(np.take(sums, [0], axis)), sums], axis)
    at = np.arange(length)
    high, low = np.minimum(at + radius + 1, length), np.maximum(at - radius, 0)
    shape = [1] * values.ndim
    shape[axis] = length
    windows: Array = np.take(sums, high, axis) - np.take(sums, low, axis)
    means: Array = windows / (high - low).reshape(shape)
    return means


def _ranked(flags: Flags, by: ImageFilter.RankFilter) -> Flags:
    return np.asarray(Image.fromarray(flags.astype(np.uint8) * 255).filter(by)) > 127
