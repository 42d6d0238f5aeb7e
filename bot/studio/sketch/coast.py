"""A sea in, what stands in it out: a lighthouse on its rock with its beams, or a bridge across."""

import math
from random import Random

from bot.studio.sketch import svg
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, scale
from bot.studio.sketch.daylight import dimmed, lit_by, tinted
from bot.studio.sketch.draft import Draft, stand
from bot.studio.sketch.landmarks import BRIDGE_TOWER
from bot.studio.sketch.light import shade
from bot.studio.sketch.lighthouse import LANTERN
from bot.studio.sketch.rocks import reflection, rock_face, skerries, surf, turf
from bot.studio.sketch.svg import Canvas, Point

_BEAM = parse("#ffe9b4")


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
    reach = min(tall * 0.36, draft.width * 0.2)
    canvas = draft.canvas()
    if draft.seed % 2:
        edge = draft.width + 60 if side > 0 else -60.0
        top = _line(x - side * reach, edge, y=y, rise=-16 * draft.height / 1000, rng=rng)
        bottom = _line(x - side * reach * 1.6, edge, y=foot, rise=10, rng=rng)
    else:
        near, far = x - side * reach * 0.85, x + side * tall * 0.38
        top = _line(near, far, y=y, rise=4, rng=rng)
        bottom = _line(near - side * reach * 0.9, far + side * reach, y=foot, rise=0, rng=rng)
    reflection(draft, canvas, bottom)
    rock_face(draft, canvas, rng, top, bottom)
    turf(draft, canvas, top)
    surf(draft, canvas, rng, bottom, sky)
    skerries(draft, canvas, rng, x=x - side * reach * 2.3, y=foot + 20, sky=sky)
    _cottage(draft, canvas, x=x + side * tall * 0.25, y=y + 2, size=tall / 800)
    draft.lay(canvas)
    stand(draft, subject, x=x, y=y + 6, height=tall, width=draft.width * 0.6, shadow=0)
    if draft.time != "day":
        _lamp_on_water(draft, rng, x=x, top=foot + 24)


def compose_crossing(draft: Draft, rng: Random, sky: list[Colour], *, horizon: float) -> None:
    """The bridge from edge to edge; where that is too wide, one of its towers."""
    subject = draft.brief.subject
    assert subject is not None
    tall = max(draft.height * (0.3 if draft.look.spare else 0.42), draft.width * 0.24)
    y = horizon + (draft.height - horizon) * 0.36
    x = draft.width / 2
    size = tall / 464
    if BRIDGE_TOWER * size > draft.width * 0.46:
        side = rng.choice((-1, 1))
        x += side * (BRIDGE_TOWER * size - draft.width * 0.12)
    canvas = draft.canvas()
    tone = scale(sky[0], 0.4)
    foam = ""
    for way in (-1, 1):
        px = x + way * BRIDGE_TOWER * size
        if draft.smooth:
            fall = canvas.linear([(0, tone, 0.5), (1, tone, 0.0)])
            canvas.add(svg.rect(px - 46 * size, y, 92 * size, tall * 0.5, fill=fall))
        foam += "".join(
            svg.ellipse(px + rng.uniform(-70, 70) * size, y + dy, rng.uniform(20, 50) * size, 3.5)
            for dy in (-1, 3, 8)
        )
    canvas.add(svg.group(foam, fill=mix(sky[2], WHITE, 0.5).css, opacity=0.7))
    stand(draft, subject, x=x, y=y, height=tall, width=9999, shadow=0)
    draft.lay(canvas)


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
            elif draft.look.medium == "ink":
                ink = draft.palette.ink.css
                canvas.add(
                    svg.path(wedge, fill="none", stroke=ink, stroke_width=2, transform=place)
                )
            else:
                canvas.add(
                    svg.path(wedge, fill=_BEAM.css, opacity=0.42 * strength, transform=place)
                )
    if draft.smooth:
        draft.lay_soft(canvas, radius=6)
        return
    if draft.look.medium != "ink":
        for radius in (120, 84):
            canvas.add(svg.circle(x, y, radius, fill=_BEAM.css, opacity=0.16 * strength))
    draft.lay(canvas)


def _line(start: float, end: float, *, y: float, rise: float, rng: Random) -> list[Point]:
    """Nine points from start to end, uneven, whose far end is `rise` lower."""
    return [
        (start + (end - start) * at / 8, y + rise * at / 8 + rng.uniform(-5, 5)) for at in range(9)
    ]


def _cottage(draft: Draft, canvas: Canvas, *, x: float, y: float, size: float) -> None:
    """The keeper's house, its windows lit after dark."""
    kit = draft.kit(canvas, "cottage")
    light = lit_by(kit)
    lime = shade((-0.3, 0.1, 0.9), tinted(kit, parse("#efe8d9")), light=light, gloss=0)
    slate = shade((-0.2, 0.6, 0.7), tinted(kit, parse("#59586a")), light=light, gloss=0)
    dark = scale(slate, 0.5)
    pane = parse("#ffd98c") if dimmed(kit) else mix(dark, parse("#8fb0c4"), 0.3)
    wall = canvas.linear([(0, lime), (1, scale(lime, 0.78))]) if draft.smooth else lime.css
    shapes = svg.rect(26, -104, 18, 40, fill=scale(lime, 0.8).css)
    shapes += svg.rect(-70, -52, 140, 60, fill=wall)
    shapes += svg.path("M-80 -50L-58 -92H58L80 -50Z", fill=slate.css)
    shapes += svg.path("M-80 -50H80V-45H-80Z", fill=dark.css)
    shapes += svg.rect(-8, -32, 17, 38, fill=dark.css)
    shapes += "".join(
        svg.rect(left, -34, 20, 20, fill=pane.css)
        + svg.rect(left + 9, -34, 2, 20, fill=dark.css)
        + svg.rect(left, -25, 20, 2, fill=dark.css)
        for left in (-50, 30)
    )
    canvas.add(
        svg.group(shapes, transform=f"translate({svg.n(x)} {svg.n(y)}) scale({svg.n(size)})")
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
