"""Two edges in, a face of rock between them out, with turf above and surf below."""

import itertools
import math
from random import Random

from bot.studio.sketch import svg
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, scale
from bot.studio.sketch.draft import Draft
from bot.studio.sketch.svg import Canvas, Point

_ROCKS = {"day": "#7d7468", "dusk": "#6a5564", "night": "#39415e"}
_TURF = {"day": "#7f9a57", "dusk": "#7a6a52", "night": "#34484f"}


def rock_face(
    draft: Draft, canvas: Canvas, rng: Random, top: list[Point], bottom: list[Point]
) -> None:
    """Facets between the upper and the lower edge, lit from the left."""
    tone = mix(parse(_ROCKS[draft.time]), draft.palette.deep, 0.22)
    if draft.look.medium == "ink":
        tone = mix(tone, WHITE, 0.55)
    rows = 4
    grid: list[list[Point]] = []
    for row in range(rows + 1):
        t = row / rows
        loose = 0.0 if row in (0, rows) else 1.0
        wide = abs(bottom[-1][0] - bottom[0][0]) / 8 * 0.3
        tall = abs(bottom[4][1] - top[4][1]) / rows * 0.36
        grid.append(
            [
                (
                    ax + (bx - ax) * t**0.8 + rng.uniform(-wide, wide) * loose,
                    ay + (by - ay) * t + rng.uniform(-tall, tall) * loose,
                )
                for (ax, ay), (bx, by) in zip(top, bottom, strict=True)
            ]
        )
    outline = svg.polyline(
        [
            *grid[0],
            *(line[-1] for line in grid[1:]),
            *grid[-1][-2::-1],
            *(g[0] for g in grid[-2:0:-1]),
        ]
    )
    canvas.add(svg.path(outline, fill=scale(tone, 0.7).css))
    facets = ""
    leftward = grid[0][0][0] < grid[0][-1][0]
    for row in range(rows):
        for at in range(8):
            a, b = grid[row][at], grid[row][at + 1]
            c, d = grid[row + 1][at + 1], grid[row + 1][at]
            across = at / 7 if leftward else 1 - at / 7
            for points, turn in (((a, b, d), 0.1), ((b, c, d), -0.12)):
                level = 1.0 - 0.4 * across + turn + rng.uniform(-0.14, 0.14) - 0.07 * row
                if not draft.smooth:
                    level = 1.0 if level > 0.84 else 0.76 if level > 0.6 else 0.56
                if draft.look.medium == "ink":
                    level = max(0.76, level)
                fill = scale(tone, level).css
                facets += svg.path(svg.polyline(points), fill=fill, stroke=fill, stroke_width=1.2)
    canvas.add(svg.group(facets, clip_path=canvas.clip(svg.path(outline))))
    if draft.look.medium == "ink":
        ink = draft.palette.ink.css
        canvas.add(svg.path(outline, fill="none", stroke=ink, stroke_width=3))
    if draft.smooth:
        shade = canvas.linear(
            [(0, tone, 0.0), (0.45, scale(tone, 0.6), 0.12), (1, scale(tone, 0.3), 0.7)]
        )
        canvas.add(svg.path(outline, fill=shade))


def turf(draft: Draft, canvas: Canvas, top: list[Point]) -> None:
    """Grass along the upper edge that hangs a little over the face."""
    tone = mix(parse(_TURF[draft.time]), draft.palette.deep, 0.15)
    if draft.brief.weather == "snow":
        tone = mix(tone, WHITE, 0.7)
    if draft.look.medium == "ink":
        tone = mix(tone, WHITE, 0.45)
    rng = draft.rng("turf")
    step = top[1][0] - top[0][0]
    under: list[Point] = []
    for x, y in top:
        under.append((x, y + rng.uniform(12, 20)))
        under.append((x + step / 2, y + rng.uniform(22, 42)))
    under.pop()
    over = [(top[0][0], top[0][1] + 10), *((x, y - 9) for x, y in top[1:-1]), top[-1]]
    d = svg.smooth(over) + "L" + svg.smooth(under[::-1])[1:] + "Z"
    fill = (
        canvas.linear([(0, mix(tone, WHITE, 0.12)), (1, scale(tone, 0.72))])
        if draft.smooth
        else tone.css
    )
    canvas.add(svg.path(d, fill=fill))


def reflection(draft: Draft, canvas: Canvas, bottom: list[Point]) -> None:
    """The rock's darkness on the water before it."""
    tone = scale(mix(parse(_ROCKS[draft.time]), draft.palette.deep, 0.3), 0.5)
    deep = (draft.height - bottom[4][1]) * 0.7
    fall = [(x, y + deep * (0.6 + 0.4 * math.sin(at * 2.1))) for at, (x, y) in enumerate(bottom)]
    d = svg.polyline(bottom, closed=False) + "L" + svg.smooth(fall[::-1])[1:] + "Z"
    if draft.smooth:
        canvas.add(svg.path(d, fill=canvas.linear([(0, tone, 0.7), (1, tone, 0.0)])))


def surf(draft: Draft, canvas: Canvas, rng: Random, bottom: list[Point], sky: list[Colour]) -> None:
    """Foam where the rock meets the water."""
    foam = mix(sky[2], WHITE, 0.55 if draft.time == "day" else 0.3)
    shapes = ""
    for (ax, ay), (bx, by) in itertools.pairwise(bottom):
        for _ in range(11 if draft.smooth else 4):
            t = rng.random()
            x, y = ax + (bx - ax) * t, ay + (by - ay) * t + rng.uniform(-3, 13)
            wide, thick = rng.uniform(12, 46), rng.uniform(1.6, 4.6)
            veil = rng.uniform(0.12, 0.5) if draft.smooth else 0.85
            shapes += svg.ellipse(x, y, wide, thick, opacity=veil)
    canvas.add(svg.group(shapes, fill=foam.css))


def skerries(
    draft: Draft, canvas: Canvas, rng: Random, *, x: float, y: float, sky: list[Colour]
) -> None:
    """A few low rocks in the water, each with a lit and a shaded side."""
    tone = mix(parse(_ROCKS[draft.time]), draft.palette.deep, 0.25)
    foam = mix(sky[2], WHITE, 0.55 if draft.time == "day" else 0.3)
    for at in range(3):
        cx = x + (at - 1) * rng.uniform(70, 120)
        cy = y + rng.uniform(-10, 46)
        half, tall = rng.uniform(22, 54), rng.uniform(16, 40)
        peak = (cx - half * 0.15, cy - tall)
        left, right = (cx - half, cy), (cx + half, cy)
        shoulder = (cx + half * 0.5, cy - tall * 0.7)
        ridge = (cx + half * 0.1, cy)
        canvas.add(svg.path(svg.polyline([left, peak, ridge]), fill=scale(tone, 1.02).css))
        canvas.add(
            svg.path(svg.polyline([peak, shoulder, right, ridge]), fill=scale(tone, 0.62).css)
        )
        canvas.add(
            svg.ellipse(cx, cy + 2, half * 1.25, 4, fill=foam.css, opacity=0.5),
        )
