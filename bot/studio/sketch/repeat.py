"""A brief in, a repeat that meets itself at every edge out."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from PIL import Image

from bot.studio.sketch import svg
from bot.studio.sketch.colour import Colour, contrast, mix
from bot.studio.sketch.draft import Draft, body_colour, make
from bot.studio.sketch.lexicon import Subject
from bot.studio.sketch.svg import Canvas

LAYOUTS = ("drop", "medallion", "checker", "stripe")
"""Turned motifs in half drop, in discs, upright on a board, on stripes."""


@dataclass(frozen=True)
class _Spot:
    """Where a motif stands, in units, and which cell of the repeat it is in."""

    column: int
    row: int
    x: float
    y: float
    turn: float


@dataclass(frozen=True)
class _Grid:
    """An even number of columns and rows, so that each kind of cell meets its like at the edges."""

    columns: int
    rows: int
    pitch_x: float
    pitch_y: float
    drop: float
    """How far odd columns are moved down, in cells."""

    def spots(self, turns: list[float]) -> Iterator[_Spot]:
        """Every place of a motif, those that reach in from beyond the edges too."""
        for column in range(-1, self.columns + 1):
            for row in range(-1, self.rows + 1):
                own, at = column % self.columns, row % self.rows
                yield _Spot(
                    own,
                    at,
                    (column + 0.5) * self.pitch_x,
                    (row + 0.5 + self.drop * (column % 2)) * self.pitch_y,
                    turns[(own + 2 * at) % len(turns)],
                )


def pattern(draft: Draft) -> None:
    """A repeat of the brief's subjects, or of flowers, with small fillers between."""
    rng = draft.rng("layout")
    # Pictures of one request have neighbouring seeds: they must not share a layout by chance.
    layout = LAYOUTS[draft.seed % len(LAYOUTS)]
    subjects = [s for s in (draft.brief.subject, *draft.brief.others) if s is not None]
    ground = _ground(draft, rng, subjects)
    grid = _grid(draft, rng, layout)
    near = min(grid.pitch_x, grid.pitch_y)
    size = {
        "drop": min(0.8 * near, 0.64 * math.hypot(grid.pitch_x, grid.pitch_y / 2)),
        "medallion": 0.56 * near,
        "checker": 0.66 * near,
        "stripe": 0.72 * near,
    }[layout]
    inks = _inks(draft, ground)
    is_turned = layout in ("drop", "stripe")
    turns = [rng.uniform(-26, 26) if is_turned else 0.0 for _ in range(4)]
    spots = list(grid.spots(turns))
    canvas = draft.canvas()
    canvas.add(svg.rect(0, 0, draft.width, draft.height, fill=ground.css))
    _lay_ground(draft, canvas, layout, grid, spots=spots, ground=ground, subjects=subjects)
    _fill_gaps(canvas, rng, layout, grid, spots=spots, size=size, inks=inks)
    if not subjects:
        for spot in spots:
            cell = draft.rng(f"cell{spot.column}/{spot.row}")
            bloom = _bloom(cell, size=size, inks=inks, ground=ground)
            move = f"translate({svg.n(spot.x)} {svg.n(spot.y)}) rotate({svg.n(spot.turn)})"
            canvas.add(svg.group(bloom, transform=move))
    draft.lay(canvas)
    motifs = [_motif(draft, subject, size=size) for subject in subjects]
    turned: dict[tuple[int, float], Image.Image] = {}
    for spot in spots if motifs else ():
        key = (spot.row + spot.column) % len(motifs), spot.turn
        if key not in turned:
            turned[key] = motifs[key[0]].rotate(-spot.turn, Image.Resampling.BICUBIC)
        tile = turned[key]
        at = (
            round(spot.x * draft.unit - tile.width / 2),
            round(spot.y * draft.unit - tile.height / 2),
        )
        draft.image.paste(tile, at, tile)


def _ground(draft: Draft, rng: Random, subjects: list[Subject]) -> Colour:
    """The palette's ground or paper, whichever its motifs stand out from; else either."""
    if draft.brief.ground_colour is not None:
        return draft.palette.ground
    choices = [draft.palette.ground, draft.palette.paper]
    if rng.random() < 0.4:
        choices.reverse()
    if not subjects:
        return choices[0]
    seen = [body_colour(draft, subject) for subject in subjects]
    clear = [each for each in choices if min(contrast(each, own) for own in seen) >= 1.6]
    return (clear or choices)[0]


def _inks(draft: Draft, ground: Colour) -> tuple[Colour, ...]:
    """The palette's colours that show on the ground; at least two."""
    palette = draft.palette
    tones = sorted(
        (palette.accent, palette.second, palette.deep, palette.ink),
        key=lambda tone: contrast(tone, ground) < 2.2,
    )
    return tuple(tones[:3])


def _grid(draft: Draft, rng: Random, layout: str) -> _Grid:
    wide, tall = {"drop": (1.0, 1.3), "medallion": (1.0, 1.0), "stripe": (1.0, 1.12)}.get(
        layout, (1.0, 1.0)
    )
    columns = max(2, 2 * round(draft.width / rng.choice((220, 250, 300)) / wide / 2))
    pitch_x = draft.width / columns
    rows = max(2, 2 * round(draft.height / (pitch_x * tall) / 2))
    return _Grid(columns, rows, pitch_x, draft.height / rows, 0.0 if layout == "checker" else 0.5)


def _lay_ground(
    draft: Draft,
    canvas: Canvas,
    layout: str,
    grid: _Grid,
    *,
    spots: list[_Spot],
    ground: Colour,
    subjects: list[Subject],
) -> None:
    """Discs, squares or stripes that the motifs stand on."""
    seen = [body_colour(draft, subject) for subject in subjects]
    palette = draft.palette

    def clear(*tones: Colour) -> list[Colour]:
        """The tones that differ from the ground, those that the motifs stand out from first."""
        return sorted(
            (tone for tone in tones if contrast(tone, ground) >= 1.1),
            key=lambda tone: -min((contrast(tone, own) for own in seen), default=9),
        )

    discs = [mix(ground, each, 0.42) for each in (palette.accent, palette.second)]
    faint = [mix(ground, each, 0.24) for each in (palette.accent, palette.second)]
    other = clear(*faint, mix(ground, palette.deep, 0.3), mix(ground, palette.paper, 0.75), *discs)
    if layout == "medallion":
        radius = min(grid.pitch_x, grid.pitch_y) * 0.46
        for spot in spots:
            canvas.add(svg.circle(spot.x, spot.y, radius, fill=discs[spot.row % 2].css))
            canvas.add(
                svg.circle(
                    spot.x,
                    spot.y,
                    radius * 0.9,
                    fill="none",
                    stroke=mix(ground, palette.paper, 0.5).css,
                    stroke_width=radius * 0.03,
                )
            )
    elif layout == "checker":
        for spot in spots:
            if (spot.column + spot.row) % 2:
                x, y = spot.x - grid.pitch_x / 2, spot.y - grid.pitch_y / 2
                canvas.add(
                    svg.rect(x, y, grid.pitch_x + 0.5, grid.pitch_y + 0.5, fill=other[0].css)
                )
    elif layout == "stripe":
        for column in range(0, grid.columns, 2):
            canvas.add(
                svg.rect(
                    column * grid.pitch_x,
                    0,
                    grid.pitch_x,
                    draft.height,
                    fill=other[0].css,
                )
            )


def _fill_gaps(
    canvas: Canvas,
    rng: Random,
    layout: str,
    grid: _Grid,
    *,
    spots: list[_Spot],
    size: float,
    inks: tuple[Colour, ...],
) -> None:
    """Small shapes in the middle of what the motifs leave free."""
    kind = rng.choice(("sprig", "dot", "star", "ring"))
    if layout in ("checker", "stripe"):
        # On a board the corners are free, on stripes the middle of their edges.
        offsets = [(0.5, 0.5 if layout == "checker" else 0.25)]
    elif layout == "medallion":
        offsets = [(0.5, 0.25)]
    else:
        offsets = [(0.36, 0.5), (-0.36, 0.5)]
    share = {"drop": 0.16, "medallion": 0.1, "checker": 0.14, "stripe": 0.12}[layout]
    for spot in spots:
        for dx, dy in offsets:
            canvas.add(
                _filler(
                    kind,
                    x=spot.x + dx * grid.pitch_x,
                    y=spot.y + dy * grid.pitch_y,
                    size=size * share,
                    ink=inks[(spot.column + (dx > 0)) % 3],
                )
            )


def _motif(draft: Draft, subject: Subject, *, size: float) -> Image.Image:
    """One motif in the middle of a square that has room for it at any angle."""
    side = size * 2.0
    canvas = Canvas(side, side)
    art = make(subject, draft.kit(canvas, f"motif{subject.art}"))
    # A thin thing is drawn longer, so that it weighs as much as a round one.
    square = math.sqrt(art.height * art.width)
    fit = min(size * 1.22 / max(art.height, art.width), size / square)
    centre = (art.left + art.right) / 2
    canvas.add(
        svg.group(
            art.shapes,
            transform=(
                f"translate({svg.n(side / 2 - centre * fit)} "
                f"{svg.n(side / 2 + art.height * fit / 2)}) "
                f"scale({svg.n(fit)})"
            ),
        )
    )
    pixels = max(8, round(side * draft.unit))
    return canvas.render(width_px=pixels, height_px=pixels)


def _bloom(rng: Random, *, size: float, inks: tuple[Colour, ...], ground: Colour) -> str:
    """A flower of geometry, for prompts that name nothing that can be drawn."""
    petals = rng.choice((5, 6, 8))
    ink, heart = rng.sample(inks, 2)
    shapes = "".join(
        svg.ellipse(
            0,
            -size * 0.3,
            size * 0.15,
            size * 0.26,
            fill=ink.css,
            transform=f"rotate({svg.n(360 / petals * petal)})",
        )
        for petal in range(petals)
    )
    return (
        shapes
        + svg.circle(0, 0, size * 0.14, fill=heart.css)
        + svg.circle(0, 0, size * 0.06, fill=ground.css)
    )


def _filler(kind: str, *, x: float, y: float, size: float, ink: Colour) -> str:
    if kind == "dot":
        return svg.circle(x, y, size * 0.32, fill=ink.css)
    if kind == "ring":
        return svg.circle(x, y, size * 0.42, fill="none", stroke=ink.css, stroke_width=size * 0.2)
    if kind == "star":
        points = [
            (
                x + size * (0.62 if at % 2 == 0 else 0.24) * math.cos(math.radians(at * 45)),
                y + size * (0.62 if at % 2 == 0 else 0.24) * math.sin(math.radians(at * 45)),
            )
            for at in range(8)
        ]
        return svg.path(svg.polyline(points), fill=ink.css)
    a, b, tip = (svg.n(size * share) for share in (0.5, 0.4, 1.1))
    long = svg.n(size)
    leaf = f"M0 0C{a} -{a} {b} -{long} 0 -{tip}C-{b} -{long} -{a} -{a} 0 0Z"
    return svg.group(
        "".join(svg.path(leaf, transform=f"rotate({turn})") for turn in (-52, 0, 52)),
        fill=ink.css,
        transform=f"translate({svg.n(x)} {svg.n(y + size * 0.4)})",
    )
