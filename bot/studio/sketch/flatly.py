"""A brief for an object in, the object before a disc with a long flat shadow out."""

from PIL import Image, ImageChops

from bot.studio.sketch import svg
from bot.studio.sketch.colour import BLACK, WHITE, Colour, contrast, mix, scale
from bot.studio.sketch.draft import Draft, body_colour, stand
from bot.studio.sketch.lexicon import Subject
from bot.studio.sketch.room import to_pixels

_SMALLER = 4
"""The shadow is made of few pixels: its slanting edges are straight."""


def compose(draft: Draft, subject: Subject, *, x: float, room: float) -> None:
    """Even colours only: a wall, a floor, a disc, the subject; `room` is the share for words."""
    wall = _wall(draft, body_colour(draft, subject))
    floor = draft.height * 0.8
    foot = floor + draft.height * 0.05
    radius = min(draft.width * 0.37, draft.height * (0.36 - 0.5 * room))
    centre = foot - radius * 0.94
    canvas = draft.canvas()
    canvas.add(svg.rect(0, 0, draft.width, draft.height, fill=wall.css))
    canvas.add(svg.rect(0, floor, draft.width, draft.height - floor, fill=scale(wall, 0.86).css))
    canvas.add(svg.circle(x, centre, radius, fill=mix(wall, WHITE, 0.42).css))
    draft.lay(canvas)
    if draft.brief.title:
        # Words do not cross the outline of the disc.
        disc = (x - radius, centre - radius, x + radius, centre + radius)
        draft.obstacles.append(to_pixels(draft, disc))
    others = [each for each in draft.brief.others if each.kind in ("thing", "food", "plant")][:1]
    tall = min(foot - draft.height * (0.14 + room), radius * 1.75)
    bare = draft.image.copy()
    for other in others:
        stand(
            draft, other, x=x + radius * 0.62, y=foot - 12, height=tall * 0.5, width=radius * 0.7,
            what="second", shadow=0,
        )  # fmt: skip
    stand(
        draft,
        subject,
        x=x - radius * (0.3 if others else 0.0),
        y=foot,
        height=tall,
        width=radius * 1.62,
        shadow=0,
    )
    drawn = draft.image
    changed = ImageChops.difference(drawn, bare).convert("L")
    figure = changed.point([255 if level else 0 for level in range(256)])
    draft.image = bare
    draft.shade(_long_shadow(figure), mix(scale(wall, 0.6), BLACK, 0.1), 0.34)
    draft.image.paste(drawn, (0, 0), figure)


def _wall(draft: Draft, body: Colour) -> Colour:
    """One of the palette's colours that the subject stands out from, another for each seed."""
    if draft.brief.ground_colour is not None or draft.brief.bare:
        return draft.palette.ground
    palette = draft.palette
    tones = [
        mix(palette.second, palette.paper, 0.2),
        palette.ground,
        mix(palette.accent, palette.paper, 0.2),
        mix(palette.deep, palette.paper, 0.15),
    ]
    start = draft.seed % len(tones)
    tones = tones[start:] + tones[:start]
    clear = [tone for tone in tones if contrast(tone, body) >= 1.7]
    return clear[0] if clear else max(tones, key=lambda tone: contrast(tone, body))


def _long_shadow(figure: Image.Image) -> Image.Image:
    """The figure drawn out to the lower right, to the edge of the picture."""
    small = figure.reduce(_SMALLER)
    step, reach = 1, max(small.size)
    while step < reach:
        moved = Image.new("L", small.size, 0)
        moved.paste(small, (step, step))
        small = ImageChops.lighter(small, moved)
        step *= 2
    return small.resize(figure.size, Image.Resampling.BILINEAR)
