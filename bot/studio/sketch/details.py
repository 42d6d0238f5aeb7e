"""What several vessels share: labels, speckles, glints, steam, leaves; SVG shapes."""

import itertools
import math

from bot.studio.sketch import svg
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, scale, with_lightness
from bot.studio.sketch.kit import Kit
from bot.studio.sketch.lathe import revolve, silhouette

Profile = list[tuple[float, float]]
CREAM = parse("#eee4d3")
CLAY = parse("#b98a68")


def paper_label(kit: Kit, *, radius: float, low: float, high: float) -> str:
    """A paper label round the front, with a quiet mark and lines instead of words."""
    profile: Profile = [(low, radius), (high, radius)]
    paper = kit.material(mix(kit.palette.paper, parse("#f4eee2"), 0.75), gloss=0)
    skin = revolve(kit.canvas, profile, material=paper, light=kit.light, ground_shade=0, tilt=0.2)
    ink = kit.palette.ink.css
    middle = -(low + high) / 2 + radius * 0.19
    size = min(radius * 0.3, (high - low) * 0.2)
    mark = svg.circle(0, middle - size * 0.55, size * 0.62, fill=kit.palette.accent.css)
    mark += svg.rect(-size, middle + size * 0.55, size * 2, size * 0.12, fill=ink, opacity=0.75)
    mark += svg.rect(
        -size * 0.6, middle + size * 0.9, size * 1.2, size * 0.1, fill=ink, opacity=0.45
    )
    return skin + mark


def speckles(kit: Kit, profile: Profile, *, low: float, colour: Colour, count: int) -> str:
    top = profile[-1][0]
    dots = []
    for _ in range(count):
        height = kit.rng.uniform(low, top - 4)
        across = kit.rng.uniform(-0.97, 0.97)
        radius = _radius_at(profile, height)
        depth = (1 - across * across) ** 0.5
        dots.append(
            svg.ellipse(
                across * radius,
                -height + depth * radius * 0.2,
                kit.rng.choice((0.7, 0.9, 1.3, 1.9)) * max(0.35, depth),
                kit.rng.choice((0.8, 1.2)),
                opacity=kit.rng.uniform(0.2, 0.6),
            )
        )
    clip = kit.canvas.clip(svg.path(silhouette(profile)))
    return svg.group("".join(dots), fill=colour.css, clip_path=clip)


def _radius_at(profile: Profile, height: float) -> float:
    for (low, near), (high, far) in itertools.pairwise(profile):
        if low <= height <= high:
            return near + (far - near) * (height - low) / max(1e-6, high - low)
    return profile[-1][1]


def glints(kit: Kit, *, profile: Profile) -> str:
    """Two soft streaks of window light on glass."""
    if kit.light.tones:
        return ""
    low, high = profile[1][0] + 14, profile[-2][0] - 10
    radius = profile[2][1]
    streak = kit.canvas.linear([(0, WHITE, 0.75), (1, WHITE, 0.1)])
    clip = kit.canvas.clip(svg.path(silhouette(profile)))
    shapes = svg.rect(
        -radius * 0.78, -high, radius * 0.12, high - low, rx=radius * 0.06, fill=streak
    )
    shapes += svg.rect(
        radius * 0.72,
        -high * 0.9,
        radius * 0.06,
        (high - low) * 0.8,
        rx=radius * 0.03,
        fill=streak,
        opacity=0.6,
    )
    return svg.group(shapes, clip_path=clip)


def steam_over(kit: Kit, y: float) -> str:
    """Wisps that rise, widen and fade."""
    if not kit.steam:
        return ""
    if kit.light.tones:
        ink = mix(kit.palette.paper, kit.palette.ground, 0.25).css
        return "".join(
            svg.path(
                f"M{x} {y}c-16 -26 16 -44 0 -76s12 -44 4 -70",
                fill="none",
                stroke=ink,
                stroke_width=9,
                stroke_linecap="round",
                opacity=0.85,
            )
            for x in (-34, 10, 52)
        )
    shapes = ""
    for x, bend, height, width in (
        (-46.0, 17.0, 150, 11),
        (-14.0, 22.0, 235, 13),
        (20.0, 19.0, 190, 12),
        (50.0, 15.0, 130, 9),
    ):
        bend += kit.rng.uniform(-5, 5)
        fade = kit.canvas.linear(
            [(0, WHITE, 0.0), (0.35, WHITE, 0.5), (0.8, WHITE, 0.62), (1, WHITE, 0.0)]
        )
        left: list[tuple[float, float]] = []
        right: list[tuple[float, float]] = []
        for at in range(11):
            t = at / 10
            sway = x + bend * math.sin(t * 5.2 + x / 60) * (0.4 + t)
            half = width * (0.25 + 0.75 * math.sin(math.pi * min(1.0, t * 0.8 + 0.2)))
            left.append((sway - half, y - height * t))
            right.append((sway + half * 0.6, y - height * t))
        d = svg.smooth(left) + "L" + svg.smooth(right[::-1])[1:] + "Z"
        shapes += svg.path(d, fill=fade)
    return svg.group(shapes, filter=kit.canvas.blur(6, reach=60))


def dry_branch(kit: Kit, *, x: float, y: float, height: float, lean: float = 0.35) -> str:
    """A dry stem with small round leaves."""
    stem = parse("#8a7350")
    tone = mix(parse("#a9b08c"), kit.palette.second, 0.35)
    tip = (x + lean * height * 0.7, y - height)
    bend = (x + lean * height * 0.1, y - height * 0.55)
    shapes = svg.path(
        f"M{svg.n(x)} {svg.n(y + 60)}Q{svg.n(bend[0])} {svg.n(bend[1])} "
        f"{svg.n(tip[0])} {svg.n(tip[1])}",
        fill="none",
        stroke=stem.css,
        stroke_width=4,
    )
    for at in range(9):
        t = 0.2 + 0.8 * at / 8
        px = (1 - t) ** 2 * x + 2 * t * (1 - t) * bend[0] + t * t * tip[0]
        py = (1 - t) ** 2 * (y + 60) + 2 * t * (1 - t) * bend[1] + t * t * tip[1]
        side = 1 if at % 2 else -1
        size = 26 - 12 * t + kit.rng.uniform(-3, 3)
        leaf = mix(tone, WHITE if side < 0 else parse("#2c3322"), 0.14)
        shapes += svg.ellipse(
            0,
            -size,
            size * 0.55,
            size,
            fill=leaf.css,
            transform=f"translate({svg.n(px)} {svg.n(py)}) rotate({svg.n(side * 58 + lean * 30)})",
        )
    return shapes


def blade(kit: Kit, *, lean: float, length: float, y: float, order: int) -> str:
    """One blade with its lit and its shaded half."""
    green = with_lightness(
        mix(parse("#4f7d4e"), kit.palette.second, 0.12),
        0.5 + 0.05 * (order % 3) - 0.06 * max(0.0, lean),
    )
    wide = 30 + 14 * (order % 2)
    tip_x, tip_y = lean * length * 0.75, y - length * (1 - 0.35 * abs(lean))
    mid_x, mid_y = lean * length * 0.28, y - length * 0.55
    near = f"{svg.n(mid_x - wide)} {svg.n(mid_y - lean * wide)}"
    far = f"{svg.n(mid_x + wide)} {svg.n(mid_y + lean * wide)}"
    root, tip = f"{svg.n(lean * 40)} {svg.n(y)}", f"{svg.n(tip_x)} {svg.n(tip_y)}"
    centre = f"{svg.n(mid_x)} {svg.n(mid_y)}"
    lit = svg.path(f"M{root}Q{near} {tip}Q{centre} {root}Z", fill=mix(green, WHITE, 0.16).css)
    shaded = svg.path(f"M{root}Q{far} {tip}Q{centre} {root}Z", fill=scale(green, 0.78).css)
    return lit + shaded
