"""Code points of a Twemoji graphic in, its shapes in the two colours of a mark out."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageChops

from bot.studio.sketch.colour import Colour, parse, to_oklch
from bot.studio.sketch.glyphs import FILL, drawn_alone, parts_of

_SET_OFF = 0.17
"""The difference of lightness from which a shape is told from the one below it."""
_OUTLINE = 0.86
"""The share of the width and the height that the figure must keep when parts are cut out of it."""
_Replace = Callable[[re.Match[str]], str]


def two_tone_parts(code: str, *, figure: Colour, cut: Colour) -> list[str]:
    """The shapes in two flat colours, with what carries the outline all in the figure's.

    A part that is set off by its lightness alone would vanish into the ground where it is cut;
    where it is needed for the outline it stays, parted from the rest by a line.
    """
    with_line, without = (_painted(code, figure, cut, is_parted=each) for each in (True, False))
    return [FILL.sub(without if "stroke=" in part else with_line, part) for part in parts_of(code)]


def _painted(code: str, figure: Colour, cut: Colour, *, is_parted: bool) -> _Replace:
    cuts, parted = _roles(code)
    gap = f' stroke="{cut.css}" stroke-width="1.1" stroke-linejoin="round" paint-order="stroke"'

    def replaced(match: re.Match[str]) -> str:
        own = match.group(2)
        line = gap if is_parted and own in parted else ""
        return f'{match.group(1)}="{(cut if own in cuts else figure).css}"{line}'

    return replaced


@lru_cache(maxsize=64)
def _roles(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """The colours to cut out of the figure, and those to keep but part from it by a line."""
    parts = parts_of(code)
    colours = dict.fromkeys(css for part in parts for _, css in FILL.findall(part))
    seen = _areas(parts, colours)
    if not seen:
        return frozenset(), frozenset()
    whole = _extent(seen.values())
    main = to_oklch(parse(max(seen, key=lambda css: seen[css].sum)))[0]
    cuts = {css for css in seen if abs(to_oklch(parse(css))[0] - main) > _SET_OFF}
    parted: set[str] = set()
    while cuts:
        kept = [area for css, area in seen.items() if css not in cuts]
        share = sum(area.sum for area in kept) / sum(area.sum for area in seen.values())
        extent = _extent(kept)
        fits = all(own >= _OUTLINE * full for own, full in zip(extent, whole, strict=True))
        if share >= 0.5 and fits:
            break
        largest = max(cuts, key=lambda css: seen[css].sum)
        cuts.discard(largest)
        parted.add(largest)
    return frozenset(cuts), frozenset(parted)


class _Area(NamedTuple):
    sum: int
    """Pixels that are seen of a colour."""
    box: tuple[int, int, int, int]


def _areas(parts: tuple[str, ...], colours: Iterable[str]) -> dict[str, _Area]:
    """How much is seen of each colour, and where."""
    image = drawn_alone(parts, crisp=True)
    areas: dict[str, _Area] = {}
    for css in colours:
        mask = Image.new("L", image.size, 255)
        for band, level in zip(image.split(), (*parse(css).bytes, 255), strict=True):
            same = band.point([255 if at == level else 0 for at in range(256)])
            mask = ImageChops.multiply(mask, same)
        box = mask.getbbox()
        if box is not None:
            areas[css] = _Area(mask.histogram()[255], box)
    return areas


def _extent(areas: Iterable[_Area]) -> tuple[int, int]:
    """Width and height of everything together."""
    boxes = [area.box for area in areas]
    if not boxes:
        return 0, 0
    return (
        max(box[2] for box in boxes) - min(box[0] for box in boxes),
        max(box[3] for box in boxes) - min(box[1] for box in boxes),
    )
