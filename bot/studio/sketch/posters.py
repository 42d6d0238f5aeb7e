"""A brief in, a poster or a composition of plain shapes out, with the room for its words."""

import math
from dataclasses import replace
from random import Random

from bot.studio.sketch import land, svg
from bot.studio.sketch.colour import Colour, contrast, mix, parse
from bot.studio.sketch.draft import Draft, stand
from bot.studio.sketch.room import Room, to_pixels
from bot.studio.sketch.svg import Canvas


def poster(draft: Draft) -> Room | None:
    """A poster; returns the room that is kept for its words."""
    rng = draft.rng("layout")
    subject = draft.brief.subject
    lettered = bool(draft.brief.title)
    if draft.brief.is_outdoors and draft.smooth:
        land.compose(draft)
        return None
    if draft.brief.is_outdoors:
        return _framed_scene(draft, rng, lettered=lettered)
    if subject is None:
        return shapes_composition(draft, lettered=lettered)
    return _disc_poster(draft, rng, lettered=lettered)


def _framed_scene(draft: Draft, rng: Random, *, lettered: bool) -> Room | None:
    """A landscape in a frame of paper, its words in the margin below or above."""
    margin = 52.0
    tall = draft.height >= draft.width * 0.8
    band = draft.height * (0.2 if draft.height > 1200 else 0.24) if lettered else margin
    if tall:
        top = rng.random() < 0.4
        frame = (
            margin,
            band if top else margin,
            draft.width - margin,
            draft.height - (margin if top else band),
        )
        room = (
            (margin, margin * 0.9, draft.width - margin, band - margin * 0.5)
            if top
            else (
                margin,
                frame[3] + margin * 0.5,
                draft.width - margin,
                draft.height - margin * 0.9,
            )
        )
    else:
        split = draft.width * 0.4 if lettered else margin
        frame = (split, margin, draft.width - margin, draft.height - margin)
        room = (margin * 1.3, margin * 1.5, split - margin, draft.height - margin * 1.5)
    inner = Draft(
        replace(draft.brief, title=""),
        draft.look,
        draft.palette,
        draft.seed,
        round((frame[2] - frame[0]) * draft.unit),
        round((frame[3] - frame[1]) * draft.unit),
    )
    land.compose(inner)
    draft.image.paste(
        mix(draft.palette.paper, parse("#f7f1e3"), 0.5).bytes,
        (0, 0, draft.width_px, draft.height_px),
    )
    at = (round(frame[0] * draft.unit), round(frame[1] * draft.unit))
    draft.image.paste(inner.image, at)
    draft.obstacles.append((*at, at[0] + inner.width_px, at[1] + inner.height_px))
    return room if lettered else None


def _disc_poster(draft: Draft, rng: Random, *, lettered: bool) -> Room | None:
    """The subject large before a disc or rays, words in a band."""
    canvas = draft.canvas()
    ground = draft.palette.ground
    canvas.add(svg.rect(0, 0, draft.width, draft.height, fill=ground.css))
    wide = draft.width > draft.height * 1.25
    band = draft.height * 0.27 if lettered and not wide else 0.0
    top = rng.random() < 0.65
    x = draft.width * (0.7 if wide and lettered else 0.5)
    y = (draft.height + (band if top else -band)) / 2
    radius = min(draft.width * (0.27 if wide else 0.38), (draft.height - band) * 0.4)
    tone = draft.palette.accent
    if contrast(tone, ground) < 1.35:
        tone = draft.palette.second
    if rng.random() < 0.5:
        rays = ""
        reach = math.hypot(draft.width, draft.height)
        for ray in range(18):
            a, b = math.radians(ray * 20 + 4), math.radians(ray * 20 + 14)
            rays += svg.path(
                svg.polyline(
                    [
                        (x, y),
                        (x + reach * math.cos(a), y + reach * math.sin(a)),
                        (x + reach * math.cos(b), y + reach * math.sin(b)),
                    ]
                )
            )
        canvas.add(svg.group(rays, fill=mix(ground, draft.palette.deep, 0.3).css))
    else:
        for ring in range(4, 0, -1):
            canvas.add(
                svg.circle(
                    x,
                    y,
                    radius * (1 + 0.24 * ring),
                    fill=mix(ground, draft.palette.deep, 0.09 * (5 - ring)).css,
                )
            )
    canvas.add(svg.circle(x, y, radius, fill=tone.css))
    draft.lay(canvas)
    assert draft.brief.subject is not None
    stand(
        draft,
        draft.brief.subject,
        x=x,
        y=y + radius * 0.74,
        height=radius * 1.5,
        width=radius * 1.55,
        shadow=0,
    )
    if not lettered:
        return None
    if wide:
        return (70, 90, x - radius * 1.18, draft.height - 90)
    edge = 60.0
    return (
        (edge, edge, draft.width - edge, max(band, y - radius) - 10)
        if top
        else (
            edge,
            min(draft.height - band, y + radius) + 10,
            draft.width - edge,
            draft.height - edge,
        )
    )


def shapes_composition(draft: Draft, *, lettered: bool) -> Room | None:
    """Quarter circles, bars and discs on a square grid: what remains when no subject fits."""
    rng = draft.rng("shapes")
    canvas = draft.canvas()
    canvas.add(svg.rect(0, 0, draft.width, draft.height, fill=draft.palette.paper.css))
    wide = draft.width > draft.height * 1.1
    share = 0.5 if lettered else 1.0
    cell = (
        min(draft.width * share, draft.height) / 4
        if wide
        else min(draft.width / 4, draft.height * share / 3 if lettered else 250.0)
    )
    columns = math.ceil((draft.width * share if wide else draft.width) / cell)
    rows = math.ceil((draft.height if wide else draft.height * (0.56 if lettered else 1)) / cell)
    left = draft.width - columns * cell if wide else (draft.width - columns * cell) / 2
    top = (draft.height - rows * cell) / 2 if wide else 0.0
    tones = (
        draft.palette.accent,
        draft.palette.second,
        draft.palette.ground,
        draft.palette.deep,
        draft.palette.ink,
    )
    if wide and lettered:
        left = max(left, draft.width * 0.5)
    for column in range(columns):
        for row in range(rows):
            _tile(
                canvas,
                rng,
                left + column * cell,
                top + row * cell,
                cell,
                tones,
                draft.palette.paper,
            )
    draft.lay(canvas)
    edge = 66.0
    area = (left, top, draft.width, top + rows * cell)
    draft.obstacles.append(to_pixels(draft, area))
    if not lettered:
        return None
    if wide:
        return (edge, edge * 1.2, left - edge * 0.8, draft.height - edge * 1.2)
    return (edge, area[3] + edge * 0.7, draft.width - edge, draft.height - edge)


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
