"""A night in, its stars out: scattered, a few bright ones, and a faint band across the sky."""

import math

from bot.studio.sketch import svg
from bot.studio.sketch.colour import WHITE, mix, parse
from bot.studio.sketch.draft import Draft
from bot.studio.sketch.svg import Canvas

_TINTS = ("#ffffff", "#ffffff", "#fff1d6", "#d9e6ff")


def draw_stars(draft: Draft, canvas: Canvas, *, horizon: float) -> None:
    """Stars above the horizon, the denser the higher and the nearer to the band."""
    rng = draft.rng("stars")
    slope = rng.choice((-1, 1)) * rng.uniform(0.5, 1.0)
    middle = draft.width * rng.uniform(0.35, 0.65), horizon * 0.34
    turn = math.degrees(math.atan(slope))
    if draft.smooth:
        dust = mix(parse("#b9c4ee"), draft.palette.second, 0.25)
        haze = canvas.radial([(0, dust, 0.26), (0.45, dust, 0.12), (1, dust, 0.0)])
        reach = math.hypot(draft.width, horizon) * 0.62
        canvas.add(
            svg.ellipse(
                *middle,
                reach,
                150,
                fill=haze,
                transform=f"rotate({svg.n(turn)} {svg.n(middle[0])} {svg.n(middle[1])})",
            )
        )
    grown = 1.7 if draft.brief.blurred and draft.smooth else 1.0
    for at in range(round(150 * draft.width * horizon / 660_000)):
        x, y = rng.uniform(0, draft.width), horizon * rng.random() ** 1.35
        if at % 3 == 0:
            along = rng.uniform(-0.6, 0.6) * draft.width
            x = middle[0] + along
            y = middle[1] + along * slope + rng.gauss(0, 60)
            if not 0 < y < horizon * 0.9:
                continue
        size = rng.choice((0.8, 0.9, 1.1, 1.1, 1.5, 2.2)) * grown
        canvas.add(svg.circle(x, y, size, fill=rng.choice(_TINTS), opacity=rng.uniform(0.35, 0.95)))
    for _ in range(round(6 * draft.width / 1000)):
        x, y = rng.uniform(0, draft.width), horizon * rng.uniform(0.03, 0.6)
        if draft.smooth:
            halo = canvas.radial([(0, WHITE, 0.5), (1, WHITE, 0.0)])
            canvas.add(svg.circle(x, y, 11 * grown, fill=halo))
        canvas.add(svg.circle(x, y, 2.6 * grown, fill="#ffffff"))
