"""A brief in, a poster out, with the room for its words."""

import math
from dataclasses import replace
from random import Random

from bot.studio.sketch import land, stylise, svg
from bot.studio.sketch.colour import apart, mix, parse
from bot.studio.sketch.draft import Draft, body_colour, stand
from bot.studio.sketch.lexicon import Subject
from bot.studio.sketch.room import Room
from bot.studio.sketch.shapes import shapes_composition


def poster(draft: Draft) -> Room | None:
    """A poster; returns the room that is kept for its words."""
    rng = draft.rng("layout")
    subject = draft.brief.subject
    lettered = bool(draft.brief.title)
    if draft.brief.is_outdoors and draft.smooth:
        land.compose(draft)
        return None
    is_of_place = subject is None or bool(draft.brief.setting)
    if draft.brief.is_outdoors and (is_of_place or draft.seed % 2):
        return _framed_scene(draft, rng, lettered=lettered)
    if subject is None:
        return shapes_composition(draft, lettered=lettered)
    return _disc_poster(draft, rng, subject, lettered=lettered)


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
    palette = draft.palette
    inks = (
        palette.ink,
        palette.deep,
        palette.second,
        palette.accent,
        palette.ground,
        palette.paper,
    )
    printed = stylise.screen_print(inner.image, inks=inks, amount=0.66)
    if inner.figure is not None:
        # What the poster is of keeps most of its own colours.
        near = stylise.screen_print(inner.image, inks=inks, amount=0.22)
        printed.paste(near, (0, 0), inner.figure)
    inner.image = printed
    draft.image.paste(
        mix(draft.palette.paper, parse("#f7f1e3"), 0.5).bytes,
        (0, 0, draft.width_px, draft.height_px),
    )
    at = (round(frame[0] * draft.unit), round(frame[1] * draft.unit))
    draft.image.paste(inner.image, at)
    draft.obstacles.append((*at, at[0] + inner.width_px, at[1] + inner.height_px))
    return room if lettered else None


def _disc_poster(draft: Draft, rng: Random, subject: Subject, *, lettered: bool) -> Room | None:
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
    body = body_colour(draft, subject)
    # The disc is to be seen on its ground, and the subject on its disc.
    tone = max(
        (draft.palette.accent, draft.palette.second, draft.palette.paper, draft.palette.deep),
        key=lambda each: (
            min(apart(each, ground), 0.18)
            + min(apart(each, body), 0.2)
            + (0.06 if each in (draft.palette.accent, draft.palette.second) else 0.0)
        ),
    )
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
    stand(
        draft,
        subject,
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
