"""A sea in, a headland or an islet of rock in it out, with the lighthouse on it and its beams."""

import math
from random import Random

from bot.studio.sketch import svg
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, scale
from bot.studio.sketch.draft import Draft, stand
from bot.studio.sketch.lighthouse import LANTERN
from bot.studio.sketch.svg import Canvas

Point = tuple[float, float]
_BEAM = parse("#ffe9b4")
_ROCKS = {"day": "#7d7468", "dusk": "#6a5564", "night": "#39415e"}
_TURF = {"day": "#7f9a57", "dusk": "#7a6a52", "night": "#34484f"}


def compose_coast(
    draft: Draft, rng: Random, land: Colour, sky: list[Colour], *, horizon: float, sun: Point
) -> None:
    """The lighthouse on its rock, across the picture from the sun or the moon."""
    subject = draft.brief.subject
    assert subject is not None
    share = 0.3 if draft.look.spare else 0.4 if draft.brief.title else 0.47
    tall = draft.height * share * (1.0 if draft.width < 1900 else 1.05)
    side = 1 if sun[0] < draft.width / 2 else -1
    x = draft.width * (0.5 + side * rng.uniform(0.1, 0.15))
    y = horizon + (draft.height - horizon) * 0.12
    foot = horizon + (draft.height - horizon) * 0.58
    lay_beams(draft, rng, x=x, y=y - tall * LANTERN)
    reach = tall * 0.36
    canvas = draft.canvas()
    if draft.seed % 2:
        edge = draft.width + 60 if side > 0 else -60.0
        top = _line(x - side * reach, edge, y=y, rise=-16 * draft.height / 1000, rng=rng)
        bottom = _line(x - side * reach * 1.75, edge, y=foot, rise=10, rng=rng)
    else:
        top = _line(x - reach * 0.75, x + reach * 0.8, y=y, rise=4, rng=rng)
        bottom = _line(x - reach * 1.8, x + reach * 1.9, y=foot, rise=0, rng=rng)
    _reflection(draft, canvas, bottom)
    _rock_face(draft, canvas, rng, top, bottom)
    _turf(draft, canvas, top)
    _surf(draft, canvas, rng, bottom, sky)
    _skerries(draft, canvas, rng, x=x - side * reach * 2.3, y=foot + 20, sky=sky)
    draft.lay(canvas)
    stand(draft, subject, x=x, y=y + 6, height=tall, width=draft.width * 0.6, shadow=0)
    if draft.time != "day":
        _lamp_on_water(draft, rng, x=x, top=foot + 24)


def lay_beams(draft: Draft, rng: Random, *, x: float, y: float) -> None:
    """Two beams from a lamp at (x, y), after dark or in fog."""
    strength = {"day": 0.0, "dusk": 0.6, "night": 0.95}[draft.time]
    if draft.brief.weather == "fog":
        strength = max(strength, 0.5)
    if not strength:
        return
    canvas = draft.canvas()
    reach = math.hypot(draft.width, draft.height)
    turn = rng.uniform(5, 13) * (1 if draft.seed % 4 < 2 else -1)
    for way in (-1, 1):
        for half_angle, share in ((7.0, 0.3), (4.6, 0.42), (2.4, 0.5)):
            if not draft.smooth and half_angle != 4.6:
                continue
            spread = reach * math.tan(math.radians(half_angle))
            wedge = svg.polyline([(0, -7), (way * reach, -spread), (way * reach, spread), (0, 7)])
            fade: list[svg.Stop] = [
                (0, _BEAM, strength * share * 1.3),
                (0.22, _BEAM, strength * share * 0.6),
                (0.75, _BEAM, 0.0),
            ]
            ends = (1.0, 0.0) if way < 0 else (0.0, 1.0)
            fill = canvas.linear(fade, x1=ends[0], x2=ends[1], y2=0)
            place = f"translate({svg.n(x)} {svg.n(y)}) rotate({svg.n(turn)})"
            if draft.smooth:
                canvas.add(svg.path(wedge, fill=fill, transform=place))
            else:
                canvas.add(
                    svg.path(wedge, fill=_BEAM.css, opacity=0.34 * strength, transform=place)
                )
    if draft.smooth:
        draft.lay_soft(canvas, radius=6)
    else:
        draft.lay(canvas)


def _line(start: float, end: float, *, y: float, rise: float, rng: Random) -> list[Point]:
    """Nine points from start to end, uneven, whose far end is `rise` lower."""
    return [
        (start + (end - start) * at / 8, y + rise * at / 8 + rng.uniform(-5, 5)) for at in range(9)
    ]


def _rock_face(
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
                fill = scale(tone, level).css
                facets += svg.path(svg.polyline(points), fill=fill, stroke=fill, stroke_width=1.2)
    canvas.add(svg.group(facets, clip_path=canvas.clip(svg.path(outline))))
    if draft.smooth:
        shade = canvas.linear(
            [(0, tone, 0.0), (0.45, scale(tone, 0.6), 0.12), (1, scale(tone, 0.3), 0.7)]
        )
        canvas.add(svg.path(outline, fill=shade))


def _turf(draft: Draft, canvas: Canvas, top: list[Point]) -> None:
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


def _reflection(draft: Draft, canvas: Canvas, bottom: list[Point]) -> None:
    """The rock's darkness on the water before it."""
    tone = scale(mix(parse(_ROCKS[draft.time]), draft.palette.deep, 0.3), 0.5)
    deep = (draft.height - bottom[4][1]) * 0.7
    fall = [(x, y + deep * (0.6 + 0.4 * math.sin(at * 2.1))) for at, (x, y) in enumerate(bottom)]
    d = svg.polyline(bottom, closed=False) + "L" + svg.smooth(fall[::-1])[1:] + "Z"
    if draft.smooth:
        canvas.add(svg.path(d, fill=canvas.linear([(0, tone, 0.7), (1, tone, 0.0)])))


def _surf(
    draft: Draft, canvas: Canvas, rng: Random, bottom: list[Point], sky: list[Colour]
) -> None:
    """Foam where the rock meets the water."""
    foam = mix(sky[2], WHITE, 0.55)
    shapes = ""
    for (ax, ay), (bx, by) in zip(bottom, bottom[1:], strict=False):
        for _ in range(4):
            t = rng.random()
            x, y = ax + (bx - ax) * t, ay + (by - ay) * t
            wide = rng.uniform(16, 52)
            shapes += svg.ellipse(x, y + rng.uniform(-2, 12), wide, rng.uniform(2.5, 6.5))
    canvas.add(svg.group(shapes, fill=foam.css, opacity=0.62 if draft.smooth else 0.85))


def _skerries(
    draft: Draft, canvas: Canvas, rng: Random, *, x: float, y: float, sky: list[Colour]
) -> None:
    """A few low rocks in the water, each with a lit and a shaded side."""
    tone = mix(parse(_ROCKS[draft.time]), draft.palette.deep, 0.25)
    foam = mix(sky[2], WHITE, 0.55)
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
            svg.ellipse(cx, cy + 2, half * 1.25, 5, fill=foam.css, opacity=0.65),
        )


def _lamp_on_water(draft: Draft, rng: Random, *, x: float, top: float) -> None:
    """A broken path of the lamp's light on the water in front."""
    canvas = draft.canvas()
    glints = ""
    for _ in range(34):
        depth = rng.random()
        y = top + (draft.height - top) * depth
        spread = 16 + 74 * depth
        wide = rng.uniform(16, 64) * (0.5 + 0.7 * depth)
        glints += svg.rect(
            x + rng.uniform(-spread, spread) - wide / 2, y, wide, 2 + 3 * depth, rx=2.5
        )
    canvas.add(svg.group(glints, fill=_BEAM.css, opacity=0.5))
    draft.lay(canvas)
