"""A palette and a seed in, a composition of plain shapes out: what remains when no subject fits."""

import math
from collections.abc import Callable
from random import Random

from bot.studio.sketch import svg
from bot.studio.sketch.brief import Archetype
from bot.studio.sketch.colour import Colour, contrast
from bot.studio.sketch.draft import Draft
from bot.studio.sketch.room import Room, to_pixels
from bot.studio.sketch.svg import Canvas, Point

_EDGE = 66.0


def shapes_composition(draft: Draft, *, lettered: bool) -> Room | None:
    """Shapes over the whole picture, or beside or above the room for words, which it returns."""
    palette = draft.palette
    wide = draft.width > draft.height * 1.1
    left = draft.width / 2 if wide and lettered else 0.0
    bottom = draft.height * (0.58 if lettered and not wide else 1.0)
    # Pictures of one request have neighbouring seeds: they must not share a layout by chance.
    # Nor must a poster, an illustration and a flat picture of one brief.
    away = draft.brief.archetype is Archetype.POSTER or 2 * (draft.look.medium == "print")
    layouts = LAYOUTS[:3] if draft.look.spare else LAYOUTS
    draw = layouts[(draft.seed + away) % len(layouts)]
    canvas = draft.canvas()
    canvas.add(svg.rect(0, 0, draft.width, draft.height, fill=palette.paper.css))
    area = (left, 0.0, draft.width, bottom)
    if draft.look.spare:
        area = _aside(area)
    inner = Canvas(draft.width, draft.height)
    draw(draft, inner, draft.rng("shapes"), area)
    clip = canvas.clip(svg.rect(area[0], area[1], area[2] - area[0], area[3] - area[1]))
    canvas.add(svg.group(inner.shapes, clip_path=clip))
    draft.lay(canvas)
    draft.obstacles.append(to_pixels(draft, area))
    if not lettered:
        return None
    if wide:
        return (_EDGE, _EDGE * 1.2, left - _EDGE * 0.8, draft.height - _EDGE * 1.2)
    return (_EDGE, bottom + _EDGE * 0.7, draft.width - _EDGE, draft.height - _EDGE)


def _aside(area: Room) -> Room:
    """A square in the middle of an area, with much air round it."""
    left, top, right, bottom = area
    half = 0.24 * min(right - left, bottom - top) + 40
    x, y = (left + right) / 2, (top + bottom) / 2
    return (x - half, y - half, x + half, y + half)


def _tones(draft: Draft) -> tuple[Colour, ...]:
    palette = draft.palette
    return (palette.accent, palette.second, palette.ground, palette.deep, palette.ink)


def _tiles(draft: Draft, canvas: Canvas, rng: Random, area: Room) -> None:
    """Quarter circles, bars and discs on a square grid."""
    left, top, right, bottom = area
    # As many whole squares side by side as suit the height; the topmost row may be cut.
    across = max(2, round((right - left) / (min(right - left, bottom - top) / 3)))
    cell = (right - left) / (across if across < 5 else min(across, 6))
    columns, rows = (math.ceil(size / cell - 0.01) for size in (right - left, bottom - top))
    for column in range(columns):
        for row in range(rows):
            x, y = left + column * cell, bottom - (row + 1) * cell
            _tile(canvas, rng, x, y, cell, _tones(draft), draft.palette.paper)


def _arcs(draft: Draft, canvas: Canvas, rng: Random, area: Room) -> None:
    """Rings round a corner or round the middle of an edge, and a disc that they pass."""
    left, top, right, bottom = area
    palette = draft.palette
    canvas.add(svg.rect(left, top, right - left, bottom - top, fill=palette.ground.css))
    x = rng.choice((left, right, (left + right) / 2))
    reach = min(
        math.hypot(right - left, bottom - top) * 0.94, max(right - left, bottom - top) * 1.1
    )
    if x not in (left, right):
        reach = min((right - left) / 2, bottom - top) * 1.02
    tones = [
        palette.accent,
        palette.paper,
        palette.second,
        palette.ink,
        palette.deep,
        palette.paper,
    ]
    away = left + (right - left) * (0.24 if x == right else 0.76)
    disc = max(palette.second, palette.deep, key=lambda tone: contrast(tone, palette.ground))
    canvas.add(
        svg.circle(away, top + (bottom - top) * 0.24, min(right - left, 1000) * 0.1, fill=disc.css)
    )
    rings = rng.choice((5, 6))
    for ring in range(rings):
        share = 1 - ring / (rings + 0.6)
        canvas.add(svg.circle(x, bottom, reach * share, fill=tones[ring % len(tones)].css))


def _bands(draft: Draft, canvas: Canvas, rng: Random, area: Room) -> None:
    """Waves, each in front of the one before, under a disc."""
    left, top, right, bottom = area
    palette = draft.palette
    canvas.add(svg.rect(left, top, right - left, bottom - top, fill=palette.ground.css))
    tall = bottom - top
    disc = max(palette.accent, palette.paper, key=lambda tone: contrast(tone, palette.ground))
    canvas.add(
        svg.circle(
            left + (right - left) * rng.choice((0.3, 0.5, 0.7)),
            top + tall * 0.34,
            min(right - left, tall, 900) * 0.19,
            fill=disc.css,
        )
    )
    tones: tuple[Colour, ...] = (
        palette.second, palette.paper, palette.accent, palette.deep, palette.ink,
    )  # fmt: skip
    for band, tone in enumerate(tones):
        y = top + tall * (0.42 + 0.135 * band)
        phase, length = rng.uniform(0, 6.28), rng.uniform(420, 760)
        line: list[Point] = [
            (px, y + tall * 0.055 * math.sin(px / length * 6.28 + phase))
            for px in range(round(left) - 60, round(right) + 90, 30)
        ]
        outline = svg.smooth(line)
        outline += f"L{svg.n(right + 90)} {svg.n(bottom)}L{svg.n(left - 60)} {svg.n(bottom)}Z"
        canvas.add(svg.path(outline, fill=tone.css))


def _scatter(draft: Draft, canvas: Canvas, rng: Random, area: Room) -> None:
    """Discs, rings, bars, triangles and squiggles strewn evenly."""
    left, top, right, bottom = area
    palette = draft.palette
    ground = palette.ground
    canvas.add(svg.rect(left, top, right - left, bottom - top, fill=ground.css))
    tones = [
        tone
        for tone in (palette.accent, palette.second, palette.deep, palette.ink, palette.paper)
        if contrast(tone, ground) >= 1.35
    ]
    pitch = 205.0
    columns, rows = round((right - left) / pitch), round((bottom - top) / pitch)
    last = ""
    for row in range(-1, rows + 1):
        for column in range(-1, columns + 1):
            kind = rng.choice([each for each in _CONFETTI if each != last])
            last = kind
            x = left + (column + 0.5 + 0.5 * (row % 2)) * (right - left) / max(1, columns)
            y = top + (row + 0.5) * (bottom - top) / max(1, rows)
            x, y = x + rng.uniform(-22, 22), y + rng.uniform(-22, 22)
            tone = rng.choice(tones)
            canvas.add(
                svg.group(
                    _CONFETTI[kind](tone, rng.uniform(0.8, 1.15)),
                    transform=f"translate({svg.n(x)} {svg.n(y)}) rotate({rng.randrange(360)})",
                )
            )


def _line(d: str, tone: Colour, width: float) -> str:
    return svg.path(
        d, fill="none", stroke=tone.css, stroke_width=width, stroke_linecap="round",
        stroke_linejoin="round",
    )  # fmt: skip


_CONFETTI: dict[str, Callable[[Colour, float], str]] = {
    "disc": lambda tone, size: svg.circle(0, 0, 52 * size, fill=tone.css),
    "ring": lambda tone, size: svg.circle(
        0, 0, 46 * size, fill="none", stroke=tone.css, stroke_width=20
    ),
    "half": lambda tone, size: svg.path(
        f"M{svg.n(-60 * size)} 0A{svg.n(60 * size)} {svg.n(60 * size)} 0 0 1 {svg.n(60 * size)} 0Z",
        fill=tone.css,
    ),
    "triangle": lambda tone, size: svg.path(
        svg.polyline([(0, -56 * size), (54 * size, 42 * size), (-54 * size, 42 * size)]),
        fill=tone.css,
    ),
    "bar": lambda tone, size: svg.rect(-64 * size, -13, 128 * size, 26, rx=13, fill=tone.css),
    "cross": lambda tone, size: _line(
        f"M{svg.n(-38 * size)} 0H{svg.n(38 * size)}M0 {svg.n(-38 * size)}V{svg.n(38 * size)}",
        tone,
        22,
    ),
    "squiggle": lambda tone, size: _line("M-78 0Q-58 -36 -39 0T0 0T39 0T78 0", tone, 15 * size),
}
LAYOUTS: tuple[Callable[[Draft, Canvas, Random, Room], None], ...] = (
    _tiles,
    _arcs,
    _bands,
    _scatter,
)
"""The last needs much room."""


def _tile(
    canvas: Canvas,
    rng: Random,
    x: float,
    y: float,
    cell: float,
    tones: tuple[Colour, ...],
    paper: Colour,
) -> None:
    """One square of the grid."""
    ground, figure = rng.sample((*tones, paper), 2)
    turn = f"rotate({rng.choice((0, 90, 180, 270))} {svg.n(x + cell / 2)} {svg.n(y + cell / 2)})"
    canvas.add(svg.rect(x - 0.4, y - 0.4, cell + 0.8, cell + 0.8, fill=ground.css))
    kind = rng.choice(("quarter", "half", "disc", "bars", "quarter", "leaf", "rings"))
    fill = figure.css
    corner = f"M{svg.n(x)} {svg.n(y)}"
    if kind == "quarter":
        shape = svg.path(
            f"{corner}h{svg.n(cell)}a{svg.n(cell)} {svg.n(cell)} 0 0 1 {svg.n(-cell)} "
            f"{svg.n(cell)}Z",
            fill=fill,
        )
    elif kind == "half":
        shape = svg.path(
            f"{corner}h{svg.n(cell)}a{svg.n(cell / 2)} {svg.n(cell / 2)} 0 0 1 {svg.n(-cell)} 0Z",
            fill=fill,
        )
    elif kind == "leaf":
        shape = svg.path(
            f"{corner}a{svg.n(cell)} {svg.n(cell)} 0 0 1 {svg.n(cell)} {svg.n(cell)}"
            f"a{svg.n(cell)} {svg.n(cell)} 0 0 1 {svg.n(-cell)} {svg.n(-cell)}Z",
            fill=fill,
        )
    elif kind == "bars":
        shape = "".join(
            svg.rect(x + cell * (0.1 + 0.3 * bar), y, cell * 0.16, cell, fill=fill)
            for bar in range(3)
        )
    elif kind == "rings":
        shape = "".join(
            svg.circle(x + cell / 2, y + cell / 2, cell * r, fill=tone)
            for r, tone in ((0.44, fill), (0.3, ground.css), (0.15, fill))
        )
    else:
        shape = svg.circle(x + cell / 2, y + cell / 2, cell * 0.36, fill=fill)
    canvas.add(svg.group(shape, transform=turn))
