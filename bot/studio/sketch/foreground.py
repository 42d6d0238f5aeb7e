"""A subject in, the subject standing in a landscape out, with what lies before it."""

import math
from random import Random

from bot.studio.sketch import glyphs, svg
from bot.studio.sketch.coast import lay_beams
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, scale
from bot.studio.sketch.draft import Draft, stand
from bot.studio.sketch.lighthouse import LANTERN
from bot.studio.sketch.terrain import area_under

AFLOAT = ("1f6a2", "sailboat", "1f6f6", "1f433", "1f42c", "1f988", "1f986", "1f9a2")


def stand_subject(
    draft: Draft, rng: Random, land: Colour, sky: list[Colour], *, place: str
) -> None:
    subject = draft.brief.subject
    if subject is None:
        return
    low, wide = draft.height * 0.88, draft.width
    x = wide * (rng.choice((0.38, 0.5, 0.62)) if wide > 900 else 0.5)
    short = min(1000.0, draft.height)
    probe = glyphs.known(subject.art) and subject.art
    if place == "space" and not (probe and probe in glyphs.FLYING):
        stand(draft, subject, x=x, y=low, height=short * 0.36, width=wide * 0.5, shadow=0)
        _front_hill(draft, rng, draft.palette.accent, x=x, y=low - short * 0.05, place=place)
        return
    if place == "space" or (probe and probe in glyphs.FLYING and place != "sea"):
        stand(
            draft,
            subject,
            x=x,
            y=draft.height * (0.66 if draft.brief.title else 0.6),
            height=short * 0.36,
            width=wide * 0.5,
            shadow=0,
        )
        return
    if place == "sea" and subject.art not in AFLOAT:
        _beach(draft, rng, x=x, y=low)
    elif place == "sea":
        low = draft.height * 0.8
        tall = short * (0.36 if subject.kind == "vehicle" else 0.28)
        stand(draft, subject, x=x, y=low, height=tall, width=wide * 0.5, shadow=0)
        canvas = draft.canvas()
        water = mix(land, sky[1], 0.2)
        line = [(px, low - 12 + 7 * math.sin(px / 46)) for px in range(-20, round(wide) + 60, 20)]
        canvas.add(
            svg.path(
                area_under(draft, line, rounded=True),
                fill=canvas.linear(
                    [(0, water, 0.95), (0.35, scale(water, 0.7), 0.55), (1, scale(water, 0.6), 0.3)]
                )
                if draft.smooth
                else water.css,
            )
        )
        foam = "".join(
            svg.rect(x + dx, low - 2 + dy, w, 4, rx=2)
            for dx, dy, w in ((-170, 6, 110), (40, 14, 150), (-60, 26, 90))
        )
        canvas.add(svg.group(foam, fill=mix(sky[2], WHITE, 0.5).css, opacity=0.8))
        draft.lay(canvas)
        return
    _others(draft, x=x, y=low)
    if subject.art in glyphs.HEADS:
        size = short * 0.4
        stand(draft, subject, x=x, y=low + size * 0.06, height=size, width=wide * 0.6, shadow=0)
        _front_hill(draft, rng, land, x=x, y=low - size * 0.1, place=place)
        return
    size = short * (0.46 if subject.kind in ("building", "plant") else 0.36)
    if subject.kind == "building":
        size = min(draft.height * 0.46, 760.0) * (0.7 if draft.look.spare else 1)
    if subject.art == "lighthouse":
        lay_beams(draft, rng, x=x, y=low - size * LANTERN)
    stand(draft, subject, x=x, y=low, height=size, width=wide * 0.66)
    is_bare = draft.look.medium == "ink" or draft.brief.weather == "snow"
    if place in ("field", "forest", "mountains") and not is_bare:
        _grass(draft, rng, land, y=low + 6, x=x)


def _others(draft: Draft, *, x: float, y: float) -> None:
    """What else the brief names, smaller, to the left and the right of (x, y)."""
    sides = (-1, 1) if x > draft.width * 0.4 else (1, -1)
    for side, other in zip(sides, draft.brief.others, strict=False):
        if other.kind in ("creature", "plant", "building", "vehicle"):
            stand(
                draft,
                other,
                x=x + side * min(330.0, draft.width * 0.31),
                y=y - 34,
                height=min(1000.0, draft.height) * 0.26,
                width=draft.width * 0.3,
                what=f"other{side}",
            )


def _front_hill(draft: Draft, rng: Random, land: Colour, *, x: float, y: float, place: str) -> None:
    """A bank in front of the subject with grass on its edge."""
    canvas = draft.canvas()
    lies_snow = place == "snow" or draft.brief.weather == "snow"
    tone = parse("#f3f6fa") if lies_snow else scale(land, 0.72)
    line = [
        (px, y + 44 - 44 * math.exp(-(((px - x) / 420) ** 2)) + 5 * math.sin(px / 60))
        for px in range(-20, round(draft.width) + 60, 24)
    ]
    fill = tone.css if not draft.smooth else canvas.linear([(0, tone), (1, scale(tone, 0.6))])
    canvas.add(svg.path(area_under(draft, line, rounded=True), fill=fill))
    if place != "space" and not lies_snow:
        blades = ""
        for px, py in line:
            for _ in range(4):
                bx = px + rng.uniform(-14, 14)
                tall = rng.uniform(14, 40)
                blades += svg.path(
                    f"M{svg.n(bx - 4)} {svg.n(py + 8)}q{svg.n(rng.uniform(-4, 10))} "
                    f"{svg.n(-tall * 0.6)} {svg.n(rng.uniform(-8, 14))} {svg.n(-tall)}"
                    f"q-2 {svg.n(tall * 0.6)} 2 {svg.n(tall)}Z"
                )
        canvas.add(svg.group(blades, fill=tone.css))
    draft.lay(canvas)


def _beach(draft: Draft, rng: Random, *, x: float, y: float) -> None:
    """A bank of sand with a line of foam, for whatever does not swim."""
    canvas = draft.canvas()
    sand = mix(parse("#e6c99a"), draft.palette.ground, 0.25)
    if draft.brief.time != "day" or draft.look.dark:
        sand = mix(scale(sand, 0.66), draft.palette.deep, 0.25)
    turn = rng.uniform(0, 6)
    line = [
        (px, y - 34 + 30 * math.sin((px - x) / 420 + 1.57) * -1 + 5 * math.sin(px / 90 + turn))
        for px in range(-20, round(draft.width) + 60, 24)
    ]
    outline = area_under(draft, line, rounded=True)
    canvas.add(svg.path(outline, fill="#ffffff", opacity=0.7, transform="translate(0 -9)"))
    canvas.add(
        svg.path(
            outline,
            fill=sand.css
            if not draft.smooth
            else canvas.linear([(0, mix(sand, WHITE, 0.15)), (1, scale(sand, 0.75))]),
        )
    )
    draft.lay(canvas)


def _grass(draft: Draft, rng: Random, land: Colour, *, y: float, x: float) -> None:
    """Tufts that cover where the subject meets the ground."""
    canvas = draft.canvas()
    blades = ""
    for _ in range(70):
        bx = x + rng.uniform(-260, 260)
        tall = rng.uniform(12, 34)
        by = y + rng.uniform(0, 14)
        blades += svg.path(
            f"M{svg.n(bx - 3)} {svg.n(by)}q{svg.n(rng.uniform(-3, 8))} {svg.n(-tall * 0.6)} "
            f"{svg.n(rng.uniform(-7, 10))} {svg.n(-tall)}q-1 {svg.n(tall * 0.6)} 3 {svg.n(tall)}Z"
        )
    canvas.add(svg.group(blades, fill=scale(land, 0.8).css))
    draft.lay(canvas)
