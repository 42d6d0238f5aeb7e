"""What surrounds a still life: wall, floor, niche, plinth stone and the light of a window."""

import math
from random import Random

from PIL import Image

from bot.studio.sketch import svg
from bot.studio.sketch.colour import BLACK, WHITE, Colour, mix, parse, scale, to_oklch
from bot.studio.sketch.draft import Draft
from bot.studio.sketch.svg import Canvas


def painted_wall(draft: Draft) -> None:
    """A painted wall lit from the upper left."""
    wall = draft.palette.ground
    if not draft.smooth:
        draft.image.paste(wall.bytes, (0, 0, draft.width_px, draft.height_px))
        return
    dark = draft.look.dark or draft.palette.dark
    canvas = draft.canvas()
    fill = canvas.radial(
        [
            (0, mix(wall, WHITE, 0.14 if dark else 0.34)),
            (0.45, wall),
            (1, scale(mix(wall, draft.palette.deep, 0.45), 0.72 if dark else 0.9)),
        ],
        cx=0.28,
        cy=0.22,
        r=0.95,
    )
    canvas.add(svg.rect(0, 0, draft.width, draft.height, fill=fill))
    draft.lay_soft(canvas, radius=0)


def lay_floor(draft: Draft, canvas: Canvas, *, y: float) -> None:
    tone = mix(draft.palette.ground, draft.palette.deep, 0.28)
    fill = (
        tone.css
        if not draft.smooth
        else canvas.linear([(0, scale(tone, 0.94)), (0.3, tone), (1, mix(tone, WHITE, 0.08))])
    )
    canvas.add(svg.rect(-10, y, draft.width + 20, draft.height - y + 10, fill=fill))
    if draft.smooth:
        canvas.add(
            svg.rect(
                -20,
                y - 10,
                draft.width + 40,
                20,
                opacity=0.5,
                fill=scale(tone, 0.82).css,
                filter=canvas.blur(7),
            )
        )


def stone_colour(draft: Draft) -> Colour:
    """The plinth: near the wall's colour, a step lighter or darker."""
    lightness = to_oklch(draft.palette.ground)[0]
    towards = draft.palette.paper if lightness > 0.45 else draft.palette.deep
    return mix(draft.palette.ground, towards, 0.5 if lightness > 0.45 else 0.3)


def niche_or_disc(
    draft: Draft, canvas: Canvas, shape: str, *, x: float, floor: float, radius: float, room: float
) -> Canvas:
    """A niche or a disc behind the subject; returns its soft shading, to be laid over it."""
    soft = draft.canvas()
    if shape == "none":
        return soft
    tone = mix(draft.palette.ground, draft.palette.deep, 0.5)
    top = draft.height * (0.11 + room)
    _keep_clear(draft, x=x, top=top, radius=radius)
    if shape == "disc":
        cy = max(top + radius, draft.height * 0.44)
        warm = mix(draft.palette.accent, draft.palette.ground, 0.38)
        canvas.add(
            svg.circle(
                x,
                cy,
                radius,
                fill=warm.css
                if not draft.smooth
                else canvas.linear([(0, mix(warm, WHITE, 0.22)), (1, scale(warm, 0.92))], x2=0.7),
            )
        )
        return soft
    r = radius * 0.98
    outline = (
        f"M{svg.n(x - r)} {svg.n(floor)}V{svg.n(top + r)}A{svg.n(r)} {svg.n(r)} 0 0 1 "
        f"{svg.n(x + r)} {svg.n(top + r)}V{svg.n(floor)}Z"
    )
    if not draft.smooth:
        canvas.add(svg.path(outline, fill=tone.css))
        return soft
    canvas.add(
        svg.path(
            outline,
            fill=canvas.linear(
                [(0, scale(tone, 0.74)), (0.5, scale(tone, 0.92)), (1, mix(tone, WHITE, 0.1))],
                x2=1,
                y2=0.35,
            ),
        )
    )
    canvas.add(
        svg.path(
            outline, fill="none", stroke=mix(tone, WHITE, 0.5).css, stroke_width=2.5, opacity=0.55
        )
    )
    clip = soft.clip(svg.path(outline))
    rim = svg.path(
        outline,
        fill="none",
        stroke=scale(tone, 0.36).css,
        stroke_width=64,
        opacity=0.62,
        transform="translate(14 12)",
        filter=soft.blur(22, reach=12),
    )
    soft.add(svg.group(rim, clip_path=clip))
    return soft


def _keep_clear(draft: Draft, *, x: float, top: float, radius: float) -> None:
    """Words do not cross the outline of a niche."""
    edges = (x - radius, top, x + radius, draft.height)
    left, upper, right, lower = (round(edge * draft.unit) for edge in edges)
    draft.obstacles.append((left, upper, right, lower))


def window_light(draft: Draft, rng: Random) -> None:
    """Slanting panes of light on the wall, broken by the shadow of leaves."""
    if not draft.smooth or draft.look.glossy:
        return
    dark = bool(draft.look.dark) or draft.palette.dark
    warm = parse("#ffe9c4") if not dark else parse("#ffc98a")
    x, y = draft.width * rng.uniform(0.02, 0.2), draft.height * rng.uniform(0.0, 0.08)
    wide, tall = max(150.0, draft.width * 0.15), draft.height * 0.25
    slant = rng.uniform(0.22, 0.36)
    panes = ""
    for column in range(3):
        for row in range(3):
            left = x + column * (wide + 24)
            upper = y + row * (tall + 22)
            corners = [
                (left, upper),
                (left + wide, upper),
                (left + wide, upper + tall),
                (left, upper + tall),
            ]
            panes += svg.path(
                svg.polyline([(px + slant * py * 0.9, py + 0.22 * px) for px, py in corners])
            )
    canvas = draft.canvas()
    canvas.add(svg.group(panes, fill=warm.css, opacity=0.2 if dark else 0.42))
    draft.lay_soft(canvas, radius=10)
    if rng.random() < 0.75:
        canvas = draft.canvas()
        canvas.add(
            svg.group(
                _leaf_shadow(draft, rng),
                opacity=0.34 if dark else 0.22,
                fill=mix(draft.palette.deep, BLACK, 0.35).css,
            )
        )
        draft.lay_soft(canvas, radius=9)


def _leaf_shadow(draft: Draft, rng: Random) -> str:
    """Fronds that hang into the picture from its upper left corner."""
    shapes = ""
    x, y = draft.width * rng.uniform(-0.06, 0.12), -60.0
    for frond in range(3):
        heading = math.radians(24 + frond * 25 + rng.uniform(-7, 7))
        length = min(draft.width, draft.height) * rng.uniform(0.62, 0.85)
        for at in range(13):
            t = (at + 1) / 13
            bend = heading + 0.5 * t * t
            px, py = x + length * t * math.cos(bend), y + length * t * math.sin(bend)
            size = 92 * math.sin(math.pi * min(1.0, 0.16 + 0.84 * t)) + 34
            for side in (-1, 1):
                turn = math.degrees(bend) + side * (62 - 26 * t)
                shapes += svg.path(
                    f"M0 0Q{svg.n(size * 0.5)} {svg.n(-size * 0.2)} {svg.n(size)} 0"
                    f"Q{svg.n(size * 0.5)} {svg.n(size * 0.2)} 0 0Z",
                    transform=f"translate({svg.n(px)} {svg.n(py)}) rotate({svg.n(turn)})",
                )
    return shapes


def sunlit_top(draft: Draft, *, x: float, y: float, radius: float) -> None:
    """The plinth's top catches the light on its left."""
    if not draft.smooth:
        return
    canvas = draft.canvas()
    glow = canvas.radial([(0, WHITE, 0.4), (1, WHITE, 0.0)])
    clip = canvas.clip(svg.ellipse(x, y, radius, radius * 0.2))
    canvas.add(
        svg.group(
            svg.ellipse(x - radius * 0.5, y, radius * 0.8, radius * 0.2, fill=glow), clip_path=clip
        )
    )
    draft.lay_soft(canvas, radius=0)


def mask_of(draft: Draft, shape: str) -> Image.Image:
    """Full where the shape is, with an edge a few pixels soft."""
    canvas = draft.canvas()
    canvas.add(shape)
    small = canvas.render(
        width_px=max(1, draft.width_px // 4), height_px=max(1, draft.height_px // 4)
    )
    return small.getchannel("A").resize(draft.image.size, Image.Resampling.BILINEAR)
