"""A picture in, a soft mask of what it is about out, and how certain that is; no model, no network.

What the picture is about is what stands out from whatever reaches its border, near the middle and
in focus; its outline is drawn along the edges of the picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PIL import Image

from bot.studio.retouch.pixels import segments, smooth, standout
from bot.studio.retouch.pixels.backing import without_backing
from bot.studio.retouch.pixels.oklab import Array, pixels, smoothstep, to_oklab
from bot.studio.retouch.pixels.smooth import Flags
from bot.studio.retouch.pixels.surfaces import evidence, fitted

SMALL_SIDE_PX = 144
"""The longer side of the copy that is looked at."""
STRIP_ROWS = 256
"""Full-size work is done in strips of so many rows, so that memory is bounded."""
CERTAIN = 0.5
"""From here on the outline is good enough to cut along."""
LIKELY = 0.3
"""From here on it is good enough to recolour within."""


@dataclass(frozen=True)
class Subject:
    """What a picture is about: a mask at its full size, and how far that can be trusted."""

    mask: Image.Image
    """L, 255 on the subject, of the picture's size."""
    certainty: float
    """0 to 1."""

    @property
    def is_certain(self) -> bool:
        """Whether it may be cut out along the outline."""
        return self.certainty >= CERTAIN

    @property
    def is_likely(self) -> bool:
        """Whether it may be recoloured where that is asked for by name."""
        return self.certainty >= LIKELY

    @cached_property
    def background(self) -> Image.Image:
        """The mask of everything else."""
        return self.mask.point([255 - level for level in range(256)])


def find(image: Image.Image, alpha: Image.Image | None = None) -> Subject:
    """The subject of an RGB picture; what is opaque, where its alpha channel is a cut-out."""
    if alpha is not None and alpha.histogram()[0] > 0.02 * image.width * image.height:
        return Subject(mask=alpha, certainty=1.0)
    small = _copy(image, 1)
    rgb = pixels(small)
    mask, certainty = _looked_for(rgb, pixels(_copy(image, standout.FINE)))
    return Subject(mask=_full_size(image, rgb, mask), certainty=certainty)


def _copy(image: Image.Image, times: int) -> Image.Image:
    scale = SMALL_SIDE_PX / max(image.size)
    width, height = (max(8, round(side * scale)) * times for side in image.size)
    way = Image.Resampling.BOX if image.width >= width else Image.Resampling.BICUBIC
    return image.resize((width, height), way)


def _looked_for(rgb: Array, fine: Array) -> tuple[Array, float]:
    """The mask of a small picture, H x W, and its certainty."""
    lab = to_oklab(rgb) * standout.WEIGHTS
    even = smooth.window_mean(lab, 1)
    swing = standout.barrier(even)
    in_focus = _in_focus(fine)
    labels = segments.regions(even, coarseness=0.35, smallest=round(swing.size * 0.0012) + 1)
    first = _first_guess(even, swing, labels, in_focus)
    mask = _settled(rgb, lab, first, labels)
    is_plain = _is_plain(swing)
    if is_plain:
        mask = mask * _kept(in_focus)
        mask = _with_attached(rgb, mask, smoothstep(swing, 0.07, 0.14) * _kept(in_focus))
    mask = _without_crumbs(mask, share=0.05 if is_plain else 0.15)
    if is_plain:
        mask = mask * (1.0 - _same_as_ground(lab, mask, swing, first))
        mask = _without_blurred(mask, in_focus)
        mask = without_backing(rgb, even, mask, in_focus=in_focus, is_flat=_is_flat(swing))
    return mask, _certainty(even, mask, swing)


def _is_flat(swing: Array) -> bool:
    """Whether the ground is one drawn colour, without any grain or shading."""
    return bool(np.percentile(swing, 25) < 0.0008)


def _in_focus(fine: Array) -> Array:
    """How far the edges around each pixel are as sharp as the picture's, 0.15 to 1, H x W."""
    sharpness, strength = standout.focus(fine)
    weight = np.where(strength > 0.04, strength, 0.0)
    usual = (sharpness * weight).sum() / (weight.sum() + 1e-9)
    # Where there are hardly any edges, those of the picture stand in.
    seen = smooth.window_mean(sharpness * weight, 4) + 0.004 * usual
    mean = seen / (smooth.window_mean(weight, 4) + 0.004)
    level = 0.15 + 0.85 * smoothstep(mean / max(usual, 0.01), 0.45, 0.8)
    # What has a blurred outline and nothing sharp in it is blurred within as well.
    soft = level < 0.5
    zones, sizes = segments.parts(smooth.shrunk(segments.filled(smooth.grown(soft, 2)), 2))
    for number in range(1, len(sizes)):
        inside = zones == number
        sharp = (sharpness * weight)[inside & ~soft].sum()
        if sharp < 0.5 * usual * weight[inside].sum():
            level = np.where(inside, np.minimum(level, 0.2), level)
    return level


def _kept(in_focus: Array) -> Array:
    """How much of a mask is left where the picture is that far in focus."""
    return (1.3 * in_focus - 0.15).clip(0.0, 1.0)


def _same_as_ground(lab: Array, mask: Array, swing: Array, first: Array) -> Array:
    """Where it has the hue of a coloured ground: its shadows, and what is seen through a handle.

    H x W from 0 to 1; nothing on a grey ground, where white things have that hue as well.
    """
    ground = fitted(lab, (mask < 0.3) & (swing < 0.06))
    ratio = (lab[..., 0] / ground[..., 0].clip(0.05)).clip(0.0, 2.0)
    tinge = np.hypot(lab[..., 1] - ground[..., 1] * ratio, lab[..., 2] - ground[..., 2] * ratio)
    pure = np.hypot(ground[..., 1], ground[..., 2])
    same = smoothstep(tinge, 0.07, 0.03) * smoothstep(pure, 0.1, 0.16)
    same = same * smoothstep(ratio, 1.12, 1.04) * smoothstep(ratio, 0.3, 0.5)
    same = same * smoothstep(first, 0.6, 0.4)
    is_most = (same * mask).sum() > 0.35 * mask.sum()
    return np.zeros_like(same) if is_most else same


def _first_guess(even: Array, swing: Array, labels: segments.Labels, in_focus: Array) -> Array:
    """Region by region, how likely it is the subject, H x W."""
    height, width = swing.shape
    edge = np.zeros(swing.shape)
    edge[0], edge[-1] = 1.0, 1.0
    edge[:, 0] += 1.0
    edge[:, -1] += 1.0
    area = np.bincount(labels.ravel())
    border = segments.averaged(edge, labels) * np.sqrt(area)
    apart = smooth.stretched(swing) + smooth.stretched(standout.strangeness(even))
    central = segments.averaged(standout.centrality(height, width), labels)
    scores = segments.averaged(apart, labels) * (0.35 + 0.65 * central) * np.exp(-(border**2) / 2)
    score = smooth.stretched((scores * segments.averaged(in_focus, labels))[labels])
    return smooth.logistic(10.0 * (score - _divide(score)))


def _settled(rgb: Array, lab: Array, first: Array, labels: segments.Labels) -> Array:
    """The guess, corrected by the colours that are inside and outside, and by the edges."""
    colours = lab.reshape(-1, 3)
    mask = first
    for _ in range(3):
        inside = mask.ravel() > 0.5
        if not 24 < inside.sum() < inside.size - 24:
            break
        says = 0.5 * evidence(colours, inside).clip(-3.0, 3.0).reshape(mask.shape)
        says = 0.7 * segments.averaged(says, labels)[labels] + 0.3 * says
        before = 0.6 * first + 0.4 * mask
        mask = smooth.logistic(1.5 * (says + np.log((before + 0.02) / (1.02 - before))))
        mask = smooth.edge_following(rgb, mask, radius=3, softness=1e-3).clip(0.0, 1.0)
    return mask


def _is_plain(swing: Array) -> bool:
    """Whether most of the picture is one even ground."""
    quarter, half = np.percentile(swing, (25, 50))
    return bool(quarter < 0.02 and half < 0.07)


def _with_attached(rgb: Array, mask: Array, stands_out: Array) -> Array:
    """The mask with all that stands out of an even ground and hangs together with it."""
    out = smooth.edge_following(rgb, stands_out, radius=2, softness=3e-4).clip(0.0, 1.0)
    labels, _ = segments.parts(out > 0.4)
    met = np.bincount(labels.ravel(), weights=(mask.ravel() > 0.5)) > 0
    met[0] = False
    joined: Array = np.maximum(mask, out * met[labels])
    return joined


def _without_crumbs(mask: Array, *, share: float) -> Array:
    """The largest part and others of at least a share of it, without holes."""
    labels, sizes = segments.parts(mask > 0.5)
    least = share * max(sizes)
    kept = np.isin(labels, [at for at, size in enumerate(sizes) if size and size >= least])
    whole = kept | smooth.shrunk(segments.filled(smooth.grown(kept, 2)), 2)
    inner = smooth.shrunk(whole, 1) & ~kept
    near = smooth.grown(whole, 1)
    return np.where(inner, 1.0, mask) * near


def _without_blurred(mask: Array, in_focus: Array) -> Array:
    """The largest part and others whose outline is not out of focus."""
    labels, sizes = segments.parts(smooth.shrunk(mask > 0.5, 2))
    for number in range(1, len(sizes)):
        part = smooth.grown(labels == number, 2)
        rim = smooth.grown(part, 1) & ~smooth.shrunk(part, 1)
        if sizes[number] < max(sizes) and in_focus[rim].mean() < 0.7:
            mask = mask * ~smooth.grown(labels == number, 1)
    return mask


def _certainty(even: Array, mask: Array, swing: Array) -> float:
    """0 to 1: the subject is of a sensible size, off the border, unlike a quiet background."""
    inside = mask > 0.5
    area = float(inside.mean())
    if not 0.004 < area < 0.8:
        return 0.0
    apart = float(swing[inside].mean() - swing[~inside].mean())
    border = np.concatenate([inside[0], inside[-1], inside[:, 0], inside[:, -1]])
    around: Flags = ~smooth.grown(inside, 2)
    steps = np.abs(np.diff(even, axis=1, append=even[:, -1:])).max(axis=-1)
    restless = float((steps[around] > 0.05).mean()) if around.any() else 1.0
    return (
        _ramp(apart, 0.1, 0.26)
        * _ramp(float(border.mean()), 0.28, 0.12)
        * _ramp(restless, 0.2, 0.06)
        * _ramp(area, 0.004, 0.012)
    )


def _ramp(value: float, zero: float, one: float) -> float:
    return min(1.0, max(0.0, (value - zero) / (one - zero)))


def _divide(values: Array) -> float:
    """The level that best parts values from 0 to 1 into two groups.

    Source: Otsu: A Threshold Selection Method from Gray-Level Histograms (1979),
    https://doi.org/10.1109/TSMC.1979.4310076
    """
    counts, bounds = np.histogram(values, 64, (0.0, 1.0))
    share = counts / counts.sum()
    middle = (bounds[:-1] + bounds[1:]) / 2
    below = np.cumsum(share)
    mean = np.cumsum(share * middle)
    parted = (mean[-1] * below - mean) ** 2 / (below * (1.0 - below) + 1e-9)
    return float(middle[parted.argmax()])


def strips(size: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """Boxes from top to bottom that together cover a picture of that size."""
    width, height = size
    for top in range(0, height, STRIP_ROWS):
        yield 0, top, width, min(height, top + STRIP_ROWS)


def _full_size(image: Image.Image, rgb: Array, mask: Array) -> Image.Image:
    """The mask at the picture's size, L, its outline along the picture's own edges."""
    slope, offset = smooth.edge_model(rgb, mask, radius=4, softness=1e-4)
    height, width = mask.shape
    layers = [
        Image.fromarray(layer.astype(np.float32))
        for layer in (slope[..., 0], slope[..., 1], slope[..., 2], offset)
    ]
    whole = Image.new("L", image.size)
    for box in strips(image.size):
        source = (
            0.0,
            box[1] * height / image.height,
            float(width),
            box[3] * height / image.height,
        )
        size = (image.width, box[3] - box[1])
        red, green, blue, rest = (
            np.asarray(layer.resize(size, Image.Resampling.BILINEAR, box=source))
            for layer in layers
        )
        guide = np.asarray(image.crop(box), dtype=np.float32) / np.float32(255)
        drawn = red * guide[..., 0] + green * guide[..., 1] + blue * guide[..., 2] + rest
        steep = ((drawn - 0.15) / 0.7).clip(0.0, 1.0)
        steep = steep * steep * (3.0 - 2.0 * steep)
        whole.paste(Image.fromarray(np.rint(steep * 255).astype(np.uint8)), box[:2])
    return whole
