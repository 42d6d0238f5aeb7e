"""A small picture in, its areas out: regions of one surface, connected parts, filled holes."""

import numpy as np
import numpy.typing as npt

from bot.studio.retouch.pixels.oklab import Array
from bot.studio.retouch.pixels.smooth import Flags

Labels = npt.NDArray[np.int64]


def regions(lab: Array, *, coarseness: float, smallest: int) -> Labels:
    """Areas whose colour changes gradually, numbered from 0, H x W.

    Source: Felzenszwalb, Huttenlocher: Efficient Graph-Based Image Segmentation (2004),
    https://doi.org/10.1023/B:VISI.0000022288.19776.77
    """
    height, width = lab.shape[:2]
    count = height * width
    steps, firsts, seconds = _edges(lab)
    forest = _Forest(count, coarseness)
    for step, first, second in zip(steps, firsts, seconds, strict=True):
        forest.join_if_alike(step, first, second)
    for first, second in zip(firsts, seconds, strict=True):
        forest.join_if_small(first, second, smallest)
    roots = np.array([forest.root(at) for at in range(count)], dtype=np.int64)
    _, numbered = np.unique(roots, return_inverse=True)
    return numbered.reshape(height, width).astype(np.int64)


def averaged(values: Array, labels: Labels) -> Array:
    """The mean of H x W values in each region, by its number."""
    return np.bincount(labels.ravel(), weights=values.ravel()) / np.bincount(labels.ravel())


def parts(flags: Flags) -> tuple[Labels, list[int]]:
    """The connected parts numbered from 1 (0 elsewhere), and the pixels of each; of 0: none."""
    height, width = flags.shape
    free = flags.ravel().tolist()
    numbers = [0] * (height * width)
    sizes = [0]
    for start, is_free in enumerate(free):
        if not is_free or numbers[start]:
            continue
        number = len(sizes)
        numbers[start] = number
        stack = [start]
        size = 0
        while stack:
            at = stack.pop()
            size += 1
            column = at % width
            for near, inside in (
                (at - 1, column > 0),
                (at + 1, column < width - 1),
                (at - width, at >= width),
                (at + width, at < (height - 1) * width),
            ):
                if inside and free[near] and not numbers[near]:
                    numbers[near] = number
                    stack.append(near)
        sizes.append(size)
    return np.array(numbers, dtype=np.int64).reshape(height, width), sizes


def filled(flags: Flags) -> Flags:
    """Areas with the holes in them: what the border cannot reach."""
    labels, _ = parts(~flags)
    outside = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    return np.asarray(flags | ~np.isin(labels, outside[outside > 0]))


def _edges(lab: Array) -> tuple[list[float], list[int], list[int]]:
    """Neighbours and how far their colours are apart, nearest first."""
    height, width = lab.shape[:2]
    at = np.arange(height * width).reshape(height, width)
    across = np.sqrt(((lab[:, :-1] - lab[:, 1:]) ** 2).sum(axis=-1))
    down = np.sqrt(((lab[:-1] - lab[1:]) ** 2).sum(axis=-1))
    steps = np.concatenate([across.ravel(), down.ravel()])
    firsts = np.concatenate([at[:, :-1].ravel(), at[:-1].ravel()])
    seconds = np.concatenate([at[:, 1:].ravel(), at[1:].ravel()])
    order = np.argsort(steps, kind="stable")
    return steps[order].tolist(), firsts[order].tolist(), seconds[order].tolist()


class _Forest:
    """Sets of pixels, each with the step in colour up to which it takes in a neighbour."""

    def __init__(self, count: int, coarseness: float) -> None:
        self._parents = list(range(count))
        self._sizes = [1] * count
        self._limits = [coarseness] * count
        self._coarseness = coarseness

    def root(self, at: int) -> int:
        parents = self._parents
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    def join_if_alike(self, step: float, first: int, second: int) -> None:
        a, b = self.root(first), self.root(second)
        if a != b and step <= self._limits[a] and step <= self._limits[b]:
            into = self._join(a, b)
            self._limits[into] = step + self._coarseness / self._sizes[into]

    def join_if_small(self, first: int, second: int, smallest: int) -> None:
        a, b = self.root(first), self.root(second)
        if a != b and (self._sizes[a] < smallest or self._sizes[b] < smallest):
            self._join(a, b)

    def _join(self, a: int, b: int) -> int:
        if self._sizes[a] < self._sizes[b]:
            a, b = b, a
        self._parents[b] = a
        self._sizes[a] += self._sizes[b]
        return a
