"""A brief in, a repeat that meets itself at every edge out."""

import math
from random import Random

from PIL import Image

from bot.studio.sketch import svg
from bot.studio.sketch.colour import Colour
from bot.studio.sketch.draft import Draft, make
from bot.studio.sketch.lexicon import Subject
from bot.studio.sketch.svg import Canvas


def pattern(draft: Draft) -> None:
    """A repeat that meets itself at every edge: motifs in half drop with small fillers between."""
    rng = draft.rng("layout")
    ground = draft.palette.ground if rng.random() < 0.6 else draft.palette.paper
    columns = max(2, round(draft.width / rng.choice((220, 250, 333))))
    columns += columns % 2
    pitch_x = draft.width / columns
    rows = max(2, round(draft.height / (pitch_x * 1.08)))
    pitch_y = draft.height / rows
    canvas = draft.canvas()
    canvas.add(svg.rect(0, 0, draft.width, draft.height, fill=ground.css))
    subjects = [s for s in (draft.brief.subject, *draft.brief.others) if s is not None]
    size = min(pitch_x, pitch_y) * 0.62
    turns = [rng.uniform(-28, 28) for _ in range(4)]
    filler = rng.choice(("sprig", "dot", "star", "ring"))
    inks = (draft.palette.accent, draft.palette.second, draft.palette.deep)
    motifs = [_motif(draft, subject, size=size) for subject in subjects]
    spots: list[tuple[int, float, float, float]] = []
    for column in range(-1, columns + 1):
        for row in range(-1, rows + 1):
            drop = 0.5 if column % 2 else 0.0
            x, y = (column + 0.5) * pitch_x, (row + 0.5 + drop) * pitch_y
            turn = turns[(column % columns + 2 * (row % rows)) % 4]
            if motifs:
                which = (row % rows + column % columns) % len(motifs)
                spots.append((which, x, y, turn))
            else:
                body = _bloom(
                    draft.rng(f"cell{column % columns}/{row % rows}"),
                    size=size,
                    inks=inks,
                    ground=ground,
                )
                canvas.add(
                    svg.group(
                        body, transform=(f"translate({svg.n(x)} {svg.n(y)}) rotate({svg.n(turn)})")
                    )
                )
            canvas.add(
                _filler(
                    filler,
                    x=x,
                    y=y + pitch_y / 2,
                    size=size * 0.2,
                    ink=inks[(column % columns) % 3],
                )
            )
    draft.lay(canvas)
    turned: dict[tuple[int, float], Image.Image] = {}
    for which, x, y, turn in spots:
        key = which, turn
        if key not in turned:
            turned[key] = motifs[which].rotate(-turn, Image.Resampling.BICUBIC)
        tile = turned[key]
        at = (round(x * draft.unit - tile.width / 2), round(y * draft.unit - tile.height / 2))
        draft.image.paste(tile, at, tile)


def _motif(draft: Draft, subject: Subject, *, size: float) -> Image.Image:
    """One motif in the middle of a square that has room for it at any angle."""
    side = size * 1.5
    canvas = Canvas(side, side)
    art = make(subject, draft.kit(canvas, f"motif{subject.art}"))
    fit = size / max(art.height, art.width)
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
