"""A place in, its ground drawn: ranges of hills or mountains, trees and meadows."""

import itertools
import math
from collections.abc import Sequence
from random import Random

from bot.studio.sketch import svg
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, scale, with_lightness
from bot.studio.sketch.draft import Draft
from bot.studio.sketch.svg import Canvas, Point

PINES = ("mountains", "snow")
"""Places with a row of pines before the last hill."""


def _ridge(rng: Random, width: float, *, y: float, rough: float, peaks: int) -> list[Point]:
    """A skyline by midpoint displacement."""
    heights = [rng.uniform(-rough, rough * 0.4) for _ in range(peaks + 1)]
    spread = rough * 0.46
    while len(heights) < 150:
        finer: list[float] = []
        for left, right in itertools.pairwise(heights):
            finer += [left, (left + right) / 2 + rng.uniform(-spread, spread)]
        heights = [*finer, heights[-1]]
        spread *= 0.5
    step = (width + 40) / (len(heights) - 1)
    return [(-20 + at * step, y + height) for at, height in enumerate(heights)]


def hill(rng: Random, width: float, *, y: float, rise: float) -> list[Point]:
    """A soft rolling line."""
    phase, second = rng.uniform(0, 6.28), rng.uniform(0, 6.28)
    length = rng.uniform(620, 980)
    return [
        (
            x,
            y
            - rise
            * (
                0.6 * math.sin(x / length * 6.28 + phase)
                + 0.4 * math.sin(x / length * 13.7 + second)
            ),
        )
        for x in range(-220, round(width) + 60, 30)
    ]


def area_under(draft: Draft, line: Sequence[tuple[float, float]], *, rounded: bool) -> str:
    """The area from a line down to the bottom."""
    d = svg.smooth(list(line)) if rounded else svg.polyline(line, closed=False)
    bottom = svg.n(draft.height + 20)
    return d + f"L{svg.n(line[-1][0])} {bottom}L{svg.n(line[0][0])} {bottom}Z"


def draw_ranges(
    draft: Draft, rng: Random, land: Colour, sky: list[Colour], *, place: str, horizon: float
) -> None:
    """Four to five layers that fade into the air with distance."""
    canvas = draft.canvas()
    jagged = place in ("mountains", "snow", "sky")
    lies_snow = place == "snow" or draft.brief.weather == "snow"
    layers = 5
    for layer in range(layers):
        near = layer / (layers - 1)
        y = horizon - 150 * (1 - near) + 90 * near * (draft.height / 1000)
        haze = mix(sky[2], sky[1], 0.3)
        tone = mix(haze, land, 0.22 + 0.7 * near)
        if lies_snow and layer >= 3:
            dim = 0.3 if draft.time == "night" else 0.0
            tone = mix(parse("#e9eff5"), sky[1], dim + (0.25 if layer == 3 else 0.1))
        if jagged and layer < 3:
            rough = (150, 110, 70)[layer]
            line = _ridge(rng, draft.width, y=y - rough * 0.2, rough=rough, peaks=(4, 6, 8)[layer])
        elif place == "desert":
            line = hill(rng, draft.width, y=y, rise=70 - 30 * near)
        else:
            line = hill(rng, draft.width, y=y, rise=64 - 24 * near)
        fill = (
            tone.css
            if not draft.smooth
            else canvas.linear(
                [
                    (0, scale(tone, 1.04)),
                    (0.4, mix(tone, haze, 0.28 * (1 - near))),
                    (1, scale(tone, 0.8)),
                ]
            )
        )
        outline = area_under(draft, line, rounded=not (jagged and layer < 3))
        canvas.add(svg.path(outline, fill=fill))
        if jagged and layer < 2:
            _snow_caps(draft, canvas, line, outline, tone)
        if place == "desert":
            crest = canvas.clip(svg.path(outline))
            shift = svg.path(outline, transform="translate(150 34)", fill=scale(tone, 0.86).css)
            canvas.add(svg.group(shift, clip_path=crest))
        wooded = layer >= 1 if place == "forest" else layer == 3 and place in PINES
        if draft.look.medium == "ink":
            wooded = wooded and layer == 2 + (place != "forest")
        if wooded:
            _trees(
                draft,
                canvas,
                rng,
                line,
                tone=scale(tone, 0.55 if lies_snow else 0.84),
                size=34 + 84 * near,
                gap=30 + 44 * near,
            )
        if draft.smooth and layer < layers - 1:
            mist = canvas.linear([(0, haze, 0.0), (1, haze, 0.5)])
            canvas.add(svg.rect(-20, y + 30, draft.width + 40, 130, fill=mist))
    if place == "field" and not lies_snow:
        _meadow(draft, canvas, rng, land)
    draft.lay(canvas)


def _snow_caps(draft: Draft, canvas: Canvas, line: list[Point], outline: str, tone: Colour) -> None:
    """Light on the left slopes and snow on the tops."""
    tops = sorted(y for _, y in line)
    limit = tops[0] + (tops[-1] - tops[0]) * 0.34
    zig = [(x, limit + (18 if at % 2 else -14)) for at, (x, _) in enumerate(line[::4])]
    cap = svg.path(
        "M"
        + "L".join(f"{svg.n(x)} {svg.n(y)}" for x, y in zig)
        + f"L{svg.n(draft.width + 20)} 0L-20 0Z",
        fill=mix(tone, WHITE, 0.3 if draft.time == "night" else 0.62).css,
    )
    canvas.add(svg.group(cap, clip_path=canvas.clip(svg.path(outline))))


def _trees(
    draft: Draft,
    canvas: Canvas,
    rng: Random,
    line: list[Point],
    *,
    tone: Colour,
    size: float,
    gap: float,
) -> None:
    """Pines along a skyline."""
    shapes = ""
    x = -10.0
    while x < draft.width + 20:
        y = next((py for px, py in line if px >= x), line[-1][1]) + 8
        tall = size * rng.uniform(0.7, 1.35)
        wide = tall * 0.2
        d = f"M{svg.n(x)} {svg.n(y - tall)}"
        for tier in range(1, 5):
            level = y - tall + tall * tier / 4.4
            d += (
                f"L{svg.n(x + wide * (0.35 + tier * 0.2))} {svg.n(level)}"
                f"L{svg.n(x + wide * tier * 0.13)} {svg.n(level - tall * 0.02)}"
            )
        d += f"L{svg.n(x + wide * 0.14)} {svg.n(y + 14)}H{svg.n(x - wide * 0.14)}"
        for tier in range(4, 0, -1):
            level = y - tall + tall * tier / 4.4
            d += (
                f"L{svg.n(x - wide * tier * 0.13)} {svg.n(level - tall * 0.02)}"
                f"L{svg.n(x - wide * (0.35 + tier * 0.2))} {svg.n(level)}"
            )
        shapes += svg.path(d + "Z")
        x += gap * rng.uniform(0.45, 1.5)
    canvas.add(svg.group(shapes, fill=tone.css))


def _meadow(draft: Draft, canvas: Canvas, rng: Random, land: Colour) -> None:
    """Flowers and blades of grass in front."""
    shapes = ""
    colours = (draft.palette.accent, draft.palette.paper, draft.palette.second)
    for _ in range(round(150 * draft.width / 1000)):
        x = rng.uniform(0, draft.width)
        depth = rng.random() ** 0.6
        y = draft.height * (0.84 + 0.17 * depth)
        size = 2.5 + 8 * depth
        shapes += svg.path(
            f"M{svg.n(x)} {svg.n(y)}q2 {svg.n(-size * 1.4)} 0 {svg.n(-size * 3)}",
            stroke=with_lightness(land, 0.42).css,
            stroke_width=size * 0.22,
            fill="none",
        )
        shapes += svg.circle(x, y - size * 3, size * 0.62, fill=rng.choice(colours).css)
    canvas.add(shapes)
