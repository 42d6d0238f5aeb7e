"""A profile and a material in, shaded SVG out: turned solids and round tubes."""

import itertools
import math
from collections.abc import Sequence

from bot.studio.sketch import svg
from bot.studio.sketch.colour import WHITE, Colour, mix, scale
from bot.studio.sketch.light import Light, Material, shade, unit
from bot.studio.sketch.svg import Canvas

TILT = 0.2
"""Sine of the camera's elevation: how round a horizontal circle looks."""


def revolve(
    canvas: Canvas,
    profile: Sequence[tuple[float, float]],
    *,
    material: Material,
    light: Light,
    tilt: float = TILT,
    ground_shade: float = 0.3,
) -> str:
    """A turned solid standing on (0, 0), y down; `profile` is (height, radius) from the foot up."""
    rings = _rings(profile)
    top = rings[-1][0]
    straight = not material.paint and not material.ridges and (not ground_shade or light.tones)
    fills: dict[tuple[float, Colour], str] = {}
    shapes = []
    at = 0
    while at < len(rings):
        height, radius, slope = rings[at]
        until = at + 1
        while until < len(rings) and straight and rings[until][1:] == (radius, slope):
            until += 1
        following = rings[min(until, len(rings) - 1)]
        at = until
        if radius <= 0.05:
            continue
        base = material.colour(height)
        if not light.tones:
            near_ground = math.exp(-height / (0.12 * top + 1)) * ground_shade
            base = scale(base, 1 - round(near_ground * 24) / 24)
        if material.ridges:
            slope += material.ridges * math.sin(height * 0.55)
        key = (round(slope, 2), base)
        if key not in fills:
            stops = _across(*key, light=light, gloss=material.gloss)
            fills[key] = canvas.linear(stops, x2=1, y2=0)
        fill = fills[key]
        if slope < -0.5 or following[0] == height:
            shapes.append(svg.ellipse(0, -height, radius, radius * tilt, fill=fill))
        else:
            shapes.append(_band(height, radius, following[0] + 1.5, tilt=tilt, fill=fill))
    outline = canvas.clip(svg.path(silhouette(profile, tilt=tilt)))
    return svg.group("".join(shapes), clip_path=outline, opacity=material.opacity)


def _band(low: float, radius: float, high: float, *, tilt: float, fill: str) -> str:
    """The front of a short cylinder."""
    r, depth = svg.n(radius), svg.n(radius * tilt)
    return svg.path(
        f"M-{r} {svg.n(-low)}A{r} {depth} 0 0 0 {r} {svg.n(-low)}V{svg.n(-high)}"
        f"A{r} {depth} 0 0 1 -{r} {svg.n(-high)}Z",
        fill=fill,
    )


def silhouette(profile: Sequence[tuple[float, float]], *, tilt: float = TILT) -> str:
    """Path data of the outline of the turned solid."""
    rings = _rings(profile)
    foot, rim = rings[0], rings[-1]
    right = [(radius, -height) for height, radius, _ in rings]
    left = [(-x, y) for x, y in reversed(right)]
    return (
        svg.polyline(right, closed=False)
        + f"A{svg.n(rim[1])} {svg.n(rim[1] * tilt)} 0 0 0 {svg.n(-rim[1])} {svg.n(-rim[0])}L"
        + "L".join(f"{svg.n(x)} {svg.n(y)}" for x, y in left)
        + f"A{svg.n(foot[1])} {svg.n(foot[1] * tilt)} 0 0 0 {svg.n(foot[1])} {svg.n(-foot[0])}Z"
    )


def disc(
    canvas: Canvas,
    *,
    height: float,
    radius: float,
    material: Material,
    light: Light,
    tilt: float = TILT,
) -> str:
    """A flat round top facing up."""
    base = material.colour(height)
    face = shade((0.0, 1.0, 0.15), base, light=light, gloss=0)
    if light.tones:
        return svg.ellipse(0, -height, radius, radius * tilt, fill=face.css)
    fill = canvas.linear(
        [(0, scale(face, 1.06)), (0.6, face), (1, scale(face, 0.9))], x1=0.1, y1=0.2, x2=0.95, y2=1
    )
    return svg.ellipse(0, -height, radius, radius * tilt, fill=fill)


def hollow(
    canvas: Canvas,
    *,
    height: float,
    radius: float,
    wall: float,
    material: Material,
    light: Light,
    fill_colour: Colour | None = None,
    depth: float = 0.0,
    tilt: float = TILT,
) -> str:
    """An open rim with its thickness, the shaded inside, and what the vessel holds."""
    base = material.colour(height)
    inner = radius - wall
    lip = canvas.linear(
        [
            (at, shade(unit((-0.5 + at, 0.9, 0.35)), base, light=light, gloss=material.gloss))
            for at in (0, 0.25, 0.5, 0.75, 1)
        ],
        x2=1,
        y2=0,
    )
    dark = shade((0.8, 0.1, 0.4), base, light=light, gloss=0)
    lit = shade((-0.75, 0.25, 0.5), base, light=light, gloss=0)
    if light.tones:
        inside = scale(dark, 0.92).css
    else:
        inside = canvas.linear(
            [(0, scale(dark, 0.62)), (0.45, scale(dark, 0.9)), (1, scale(lit, 0.95))], x2=1, y2=0.3
        )
    opening = svg.ellipse(0, -height, inner, inner * tilt, fill=inside)
    shapes = svg.ellipse(0, -height, radius, radius * tilt, fill=lip) + opening
    if fill_colour is not None:
        surface = inner * 0.985
        face = shade((0.0, 1.0, 0.1), fill_colour, light=light, gloss=0)
        sheen = canvas.linear(
            [(0, scale(face, 0.62)), (0.5, face), (0.8, mix(face, WHITE, 0.12)), (1, face)],
            x2=1,
            y2=0.4,
        )
        held = svg.ellipse(
            0, -height + depth, surface, surface * tilt, fill=face.css if light.tones else sheen
        )
        clip = canvas.clip(svg.ellipse(0, -height, inner, inner * tilt))
        shapes += svg.group(held, clip_path=clip)
    return shapes


def tube(
    d: str,
    *,
    width: float,
    material: Material,
    light: Light,
    height: float = 0.0,
) -> str:
    """A round tube along a path, lit from the upper left."""
    base = material.colour(height)
    layers = light.tones or 14
    shapes = []
    for layer in range(layers):
        share = layer / layers
        z = math.sqrt(max(0.0, 1 - (1 - share) ** 2))
        spread = 1 - share
        normal = unit((-0.55 + 0.75 * spread, 0.35 - 0.8 * spread, z + 0.12))
        colour = shade(normal, base, light=light, gloss=material.gloss * share)
        offset = 0.2 * width * share
        shapes.append(
            svg.path(
                d,
                fill="none",
                stroke=colour.css,
                stroke_width=width * (1 - 0.9 * share),
                stroke_linecap="round",
                stroke_linejoin="round",
                transform=f"translate({svg.n(-offset * 0.8)} {svg.n(-offset)})",
            )
        )
    return "".join(shapes)


def sphere(
    canvas: Canvas, *, cx: float, cy: float, radius: float, material: Material, light: Light
) -> str:
    """A ball."""
    base = material.base
    if light.tones:
        face = shade((-0.4, 0.4, 0.8), base, light=light)
        dark = shade((0.9, -0.4, 0.1), base, light=light)
        clip = canvas.clip(svg.circle(cx, cy, radius))
        lit = svg.circle(cx - radius * 0.28, cy - radius * 0.28, radius, fill=face.css)
        return svg.group(svg.circle(cx, cy, radius, fill=dark.css) + lit, clip_path=clip)
    stops: list[svg.Stop] = []
    for step in range(9):
        share = step / 8
        reach = share * 1.25
        normal = unit((-0.5 + reach * 0.95, 0.45 - reach * 0.9, max(0.0, 0.75 - 0.62 * reach)))
        stops.append((share, shade(normal, base, light=light, gloss=material.gloss)))
    return svg.circle(cx, cy, radius, fill=canvas.radial(stops, cx=0.3, cy=0.28, r=0.78))


def _rings(profile: Sequence[tuple[float, float]]) -> list[tuple[float, float, float]]:
    """(height, radius, slope) about every unit and a half of height."""
    rings: list[tuple[float, float, float]] = []
    for at in range(len(profile) - 1):
        (low, near), (high, far) = profile[at], profile[at + 1]
        before = profile[at - 1] if at else profile[at]
        after = profile[at + 2] if at + 2 < len(profile) else profile[at + 1]
        span = high - low
        enter = (far - before[1]) / max(1e-6, high - before[0])
        leave = (after[1] - near) / max(1e-6, after[0] - low)
        steps = max(1, math.ceil(span / 1.6))
        for step in range(steps + (at == len(profile) - 2)):
            t = step / steps
            radius = (
                (2 * t**3 - 3 * t**2 + 1) * near
                + (t**3 - 2 * t**2 + t) * span * enter
                + (3 * t**2 - 2 * t**3) * far
                + (t**3 - t**2) * span * leave
            )
            slope = (
                (6 * t**2 - 6 * t) * (near - far) / max(1e-6, span)
                + (3 * t**2 - 4 * t + 1) * enter
                + (3 * t**2 - 2 * t) * leave
            )
            rings.append((low + t * span, max(0.0, radius), slope))
    return rings


def _across(slope: float, base: Colour, *, light: Light, gloss: float) -> list[svg.Stop]:
    """Gradient stops from the left edge to the right edge of one ring."""
    upright = 1 / math.sqrt(1 + slope * slope)

    def at(x: float) -> Colour:
        normal = (x * upright, -slope * upright, math.sqrt(max(0.0, 1 - x * x)) * upright)
        return shade(normal, base, light=light, gloss=gloss)

    samples = 18
    xs = [-1 + 2 * step / samples for step in range(samples + 1)]
    if not light.tones:
        return [((x + 1) / 2, at(x)) for x in xs]
    stops: list[svg.Stop] = [(0.0, at(-1.0))]
    for left, right in itertools.pairwise(xs):
        low, high = at(left), at(right)
        if low == high:
            continue
        for _ in range(7):
            middle = (left + right) / 2
            left, right = (middle, right) if at(middle) == low else (left, middle)
        stops += [((left + 1) / 2, low), ((left + 1) / 2, high)]
    return stops
