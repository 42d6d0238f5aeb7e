"""A place in, its open ground drawn: the sea, a city, a planet seen from space."""

import math
from random import Random

from bot.studio.sketch import svg
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, scale
from bot.studio.sketch.draft import Draft
from bot.studio.sketch.svg import Point
from bot.studio.sketch.terrain import area_under, hill


def draw_sea(
    draft: Draft, rng: Random, land: Colour, sky: list[Colour], *, horizon: float, sun: Point
) -> None:
    """Water with a path of light, and a far coast."""
    canvas = draft.canvas()
    level = horizon - 30
    coast = hill(rng, draft.width, y=level - 26, rise=38)
    canvas.add(svg.path(area_under(draft, coast, rounded=True), fill=mix(sky[2], land, 0.35).css))
    water = mix(land, sky[1], 0.25)
    fill = (
        water.css
        if not draft.smooth
        else canvas.linear([(0, mix(water, sky[2], 0.5)), (0.35, water), (1, scale(water, 0.62))])
    )
    canvas.add(svg.rect(-10, level, draft.width + 20, draft.height - level + 10, fill=fill))
    glints = ""
    light = mix(sky[2], WHITE, 0.4)
    for _ in range(60):
        depth = rng.random()
        y = level + 8 + (draft.height - level) * depth**1.5
        spread = 30 + 160 * depth
        wide = rng.uniform(20, 80) * (0.4 + depth)
        glints += svg.rect(
            sun[0] + rng.uniform(-spread, spread) - wide / 2, y, wide, 1.5 + 3.5 * depth, rx=2.5
        )
    canvas.add(svg.group(glints, fill=light.css, opacity=0.6))
    for wave in range(5):
        depth = (wave + 1) / 5
        y = level + 40 + (draft.height - level) * depth**1.4 * 0.9
        line = [
            (x, y + (6 + 10 * depth) * math.sin(x / (50 + 70 * depth) + wave * 1.9))
            for x in range(-20, round(draft.width) + 60, 24)
        ]
        canvas.add(
            svg.path(
                area_under(draft, line, rounded=True), opacity=0.2, fill=scale(water, 0.55).css
            )
        )
    draft.lay(canvas)


def draw_city(
    draft: Draft, rng: Random, land: Colour, sky: list[Colour], *, horizon: float
) -> None:
    """Three rows of buildings, the nearest with lit windows."""
    canvas = draft.canvas()
    lit = parse("#ffd98c") if draft.brief.time != "day" else mix(sky[2], WHITE, 0.3)
    for row in range(3):
        near = row / 2
        tone = mix(mix(sky[2], sky[1], 0.4), land, 0.3 + 0.6 * near)
        base = horizon + 60 + 120 * near * draft.height / 1000
        x = -30.0
        while x < draft.width + 30:
            wide = rng.uniform(54, 118) * (0.8 + 0.5 * near)
            tall = rng.uniform(130, 400) * (1.05 - 0.32 * near)
            top = base - tall
            fill = (
                tone.css if not draft.smooth else canvas.linear([(0, tone), (1, scale(tone, 0.82))])
            )
            canvas.add(svg.rect(x, top, wide, draft.height - top, fill=fill))
            kind = rng.random()
            if kind < 0.25:
                canvas.add(
                    svg.path(
                        svg.polyline(
                            [(x, top + 1), (x + wide / 2, top - wide * 0.6), (x + wide, top + 1)]
                        ),
                        fill=tone.css,
                    )
                )
            elif kind < 0.45:
                canvas.add(svg.rect(x + wide / 2 - 2.5, top - 60, 5, 62, fill=tone.css))
            if row:
                panes = ""
                pitch = 17 + 6 * near
                for column in range(int((wide - 14) // pitch)):
                    for storey in range(int(tall // (pitch * 1.5))):
                        if rng.random() < 0.42:
                            panes += svg.rect(
                                x + 9 + column * pitch,
                                top + 14 + storey * pitch * 1.5,
                                pitch * 0.5,
                                pitch * 0.75,
                            )
                canvas.add(
                    svg.group(
                        panes, fill=lit.css, opacity=0.85 if draft.brief.time != "day" else 0.45
                    )
                )
            x += wide + rng.uniform(-6, 26)
        if draft.smooth:
            haze = canvas.linear([(0, sky[2], 0.0), (1, sky[2], 0.42)])
            canvas.add(svg.rect(-10, base - 190, draft.width + 20, 200, fill=haze))
            canvas.add(
                svg.rect(
                    -10, base + 9, draft.width + 20, draft.height, fill=sky[2].css, opacity=0.42
                )
            )
    street = draft.height * 0.85
    ground = scale(land, 0.62)
    canvas.add(svg.rect(-10, street, draft.width + 20, draft.height, fill=ground.css))
    canvas.add(svg.rect(-10, street, draft.width + 20, 10, fill=mix(ground, WHITE, 0.16).css))
    draft.lay(canvas)


def draw_planet(draft: Draft, rng: Random, land: Colour) -> None:
    """A large planet's limb below, a small ringed one above, and dust."""
    del land
    canvas = draft.canvas()
    for tone, share in ((draft.palette.accent, 0.2), (draft.palette.second, 0.28)):
        cx, cy = rng.uniform(0.1, 0.9) * draft.width, rng.uniform(0.1, 0.6) * draft.height
        cloud = canvas.radial([(0, tone, share), (1, tone, 0.0)])
        if draft.smooth:
            canvas.add(
                svg.ellipse(
                    cx,
                    cy,
                    560,
                    330,
                    fill=cloud,
                    transform=(f"rotate({svg.n(rng.uniform(-40, 40))} {svg.n(cx)} {svg.n(cy)})"),
                )
            )
    radius = max(draft.width, 1000) * 0.85
    cx, cy = draft.width * rng.uniform(0.35, 0.65), draft.height + radius * 0.74
    tone = draft.palette.accent
    body = canvas.linear([(0, mix(tone, WHITE, 0.3)), (0.16, tone), (0.4, scale(tone, 0.5))])
    if draft.smooth:
        halo = canvas.radial([(0, tone, 0.0), (0.9, tone, 0.55), (1, tone, 0.0)])
        canvas.add(svg.circle(cx, cy, radius * 1.08, fill=halo))
    canvas.add(svg.circle(cx, cy, radius, fill=body if draft.smooth else tone.css))
    clip = canvas.clip(svg.circle(cx, cy, radius))
    craters = ""
    for _ in range(14):
        x, y = cx + rng.uniform(-0.5, 0.5) * radius, cy - radius * rng.uniform(0.72, 0.97)
        r = rng.uniform(14, 46)
        craters += svg.ellipse(x, y, r * 1.6, r * 0.5, fill=scale(tone, 0.78).css, opacity=0.7)
    canvas.add(svg.group(craters, clip_path=clip))
    x, y = draft.width * rng.choice((0.2, 0.8)), draft.height * rng.uniform(0.24, 0.34)
    if draft.brief.title:
        y = draft.height * 0.42
    small = draft.palette.second
    face = canvas.linear([(0, mix(small, WHITE, 0.35)), (1, scale(small, 0.45))], x2=1)
    ring = f"rotate(-18 {svg.n(x)} {svg.n(y)})"
    canvas.add(svg.circle(x, y, 58, fill=face if draft.smooth else small.css))
    canvas.add(
        svg.ellipse(
            x,
            y,
            108,
            24,
            fill="none",
            stroke=mix(small, WHITE, 0.5).css,
            stroke_width=7,
            opacity=0.85,
            transform=ring,
        )
    )
    canvas.add(
        svg.path(
            f"M{svg.n(x - 58)} {svg.n(y)}A58 58 0 0 1 {svg.n(x + 58)} {svg.n(y)}Z",
            fill=face if draft.smooth else small.css,
            transform=ring,
        )
    )
    draft.lay(canvas)
