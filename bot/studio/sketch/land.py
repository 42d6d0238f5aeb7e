"""A brief for a place or a creature in, a layered landscape out: sky, ground, subject, weather."""

from random import Random

from bot.studio.sketch import svg
from bot.studio.sketch.coast import compose_coast, compose_crossing
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, scale
from bot.studio.sketch.draft import Draft
from bot.studio.sketch.foreground import AFLOAT, stand_subject
from bot.studio.sketch.palette import Palette
from bot.studio.sketch.panorama import draw_city, draw_planet, draw_sea
from bot.studio.sketch.stars import draw_stars
from bot.studio.sketch.svg import Canvas, Point
from bot.studio.sketch.terrain import draw_ranges

SKIES = {
    "day": ("#8fc1dd", "#cfe3e4", "#f6ead3"),
    "dusk": ("#5b5f94", "#e08a76", "#fbd9a0"),
    "night": ("#0f1638", "#2b3a72", "#6f7fae"),
}
NIGHTS = (
    SKIES["night"],
    ("#0a1730", "#17486a", "#6fb3b0"),
    ("#171238", "#473a78", "#c58aa0"),
    ("#0c1430", "#2a3f78", "#9a9cc4"),
)
"""Nights differ by seed: blue, teal, violet with a last glow, and pale."""
SEASIDE = (*AFLOAT, "lighthouse", "bridge")
"""What stands in or by water unless another place is named."""
SUNS = {"day": "#fff3d2", "dusk": "#fff0c8", "night": "#f4f1e4"}
LAND = {
    "mountains": "#46606e",
    "forest": "#37584a",
    "sea": "#3d7f93",
    "desert": "#c07a4c",
    "city": "#4a4f6b",
    "space": "#3a3560",
    "field": "#6f9455",
    "snow": "#8fa6bd",
    "sky": "#6d83a8",
}


def compose(draft: Draft) -> None:
    """Draw the place, and the subject in it where there is one."""
    rng = draft.rng("layout")
    place = _place(draft)
    sky, land = _tones(draft, place)
    horizon = draft.height * (0.66 if draft.height >= draft.width else 0.68)
    sun = _sky(draft, rng, sky, place=place, horizon=horizon)
    if place == "space":
        draw_planet(draft, rng, land)
    elif place == "city":
        draw_city(draft, rng, land, sky, horizon=horizon)
    elif place == "sea":
        draw_sea(draft, rng, land, sky, horizon=horizon, sun=sun)
    else:
        draw_ranges(draft, rng, land, sky, place=place, horizon=horizon)
    subject = draft.brief.subject
    if draft.brief.blurred and draft.smooth:
        draft.blurred(4)
    if place == "sea" and subject is not None and subject.art == "lighthouse":
        compose_coast(draft, rng, land, sky, horizon=horizon, sun=sun)
    elif place == "sea" and subject is not None and subject.art == "bridge":
        compose_crossing(draft, rng, sky, horizon=horizon)
    else:
        stand_subject(draft, rng, land, sky, place=place)
    _weather(draft, rng)


def _place(draft: Draft) -> str:
    brief = draft.brief
    by_water = brief.subject is not None and brief.subject.art in SEASIDE
    if by_water and (brief.place is None or brief.place.art == "sky"):
        return "sea"
    if brief.place is not None:
        return brief.place.art
    if brief.weather == "snow":
        return "snow"
    subject = brief.subject
    if subject is None:
        return "mountains"
    if subject.art in AFLOAT:
        return "sea"
    if subject.art in ("1f680", "1f6f8", "1f6f0", "1f9d1-200d-1f680", "1f47d"):
        return "space"
    if subject.art == "castle":
        return "mountains"
    if subject.art in ("1f335", "1f42a"):
        return "desert"
    if subject.art in ("1f695", "1f68c", "1f6f5", "1f3e2"):
        return "city"
    if subject.kind == "creature":
        return "forest" if draft.rng("place").random() < 0.6 else "field"
    return "field" if subject.kind in ("plant", "building") else "mountains"


def _tones(draft: Draft, place: str) -> tuple[list[Colour], Colour]:
    """Sky from top to horizon, and the land's own colour, both leaning to the palette."""
    time = draft.time
    if place == "space":
        time = "night"
    sky = [parse(css) for css in (NIGHTS[draft.seed % 4] if time == "night" else SKIES[time])]
    lean = (0.42, 0.34, 0.25) if time == "day" else (0.22, 0.2, 0.1)
    to = (draft.palette.ground, draft.palette.ground, draft.palette.paper)
    sky = [mix(tone, other, share) for tone, other, share in zip(sky, to, lean, strict=True)]
    palette = draft.palette
    if draft.look.plain:
        sky = _plain_sky(palette, time=time)
    elif draft.look.spare:
        sky = [mix(tone, palette.paper, 0.62) for tone in sky]
    if draft.brief.ground_colour is not None:
        sky = [mix(tone, draft.palette.ground, 0.6) for tone in sky]
    land = mix(parse(LAND[place]), draft.palette.deep, 0.3)
    if time == "night":
        land = scale(mix(land, parse("#1c2550"), 0.5), 0.75)
    elif time == "dusk":
        land = mix(land, parse("#5a3a5e"), 0.35)
    if draft.look.plain:
        land = mix(
            land, palette.deep if time == "day" else palette.ink, 0.6 if time != "night" else 0.9
        )
    elif draft.look.spare:
        land = mix(land, palette.paper, 0.45)
    if draft.look.medium == "ink":
        sky = [mix(draft.palette.paper, draft.palette.deep, 0.2)] * 3
        land = mix(land, WHITE, 0.35)
    if draft.look.dark:
        sky = [scale(tone, 0.72) for tone in sky[:2]] + [scale(sky[2], 0.92)]
        land = scale(land, 0.6)
    return sky, land


def _plain_sky(palette: Palette, *, time: str) -> list[Colour]:
    """Three even bands of one of the palette's own colours."""
    if time == "night":
        return [mix(palette.ink, palette.second, share) for share in (0.3, 0.5, 0.75)]
    own = palette.accent if time == "dusk" else palette.second
    return [mix(own, palette.paper, share) for share in (0.22, 0.45, 0.7)]


def _sky(draft: Draft, rng: Random, sky: list[Colour], *, place: str, horizon: float) -> Point:
    night = draft.brief.time == "night" or place == "space"
    canvas = draft.canvas()
    if draft.smooth:
        fill = canvas.linear([(0, sky[0]), (0.62, sky[1]), (1, sky[2])])
        canvas.add(svg.rect(0, 0, draft.width, horizon + 60, fill=fill))
    else:
        bands = 3 if draft.look.plain else 7
        for band in range(bands):
            share = band / (bands - 1)
            tone = (
                mix(sky[0], sky[1], share * 2)
                if share < 0.5
                else mix(sky[1], sky[2], share * 2 - 1)
            )
            y = (horizon + 60) * band / bands
            canvas.add(svg.rect(0, y, draft.width, draft.height - y, fill=tone.css))
    canvas.add(svg.rect(0, horizon + 59, draft.width, draft.height, fill=sky[2].css))
    x = draft.width * rng.choice((0.3, 0.68, 0.74, 0.26))
    y = horizon * (rng.uniform(0.3, 0.42) if draft.brief.time != "dusk" else 0.66)
    if night and not draft.brief.title:
        y = horizon * rng.uniform(0.17, 0.26)
    if draft.brief.title:
        y = max(y, horizon * 0.62)
    radius = rng.uniform(56, 84) * (1.5 if draft.look.medium == "print" else 1)
    if night:
        draw_stars(draft, canvas, horizon=horizon)
    if place != "space":
        disc = parse(SUNS["night" if night else draft.brief.time])
        if draft.smooth:
            halo = canvas.radial([(0, disc, 0.75), (0.25, disc, 0.32), (1, disc, 0.0)])
            canvas.add(svg.circle(x, y, radius * 5.2, fill=halo))
        else:
            canvas.add(svg.circle(x, y, radius * 1.5, fill=disc.css, opacity=0.3))
        canvas.add(svg.circle(x, y, radius, fill=disc.css))
        if night:
            for dx, dy, r in ((-0.3, -0.2, 0.2), (0.25, 0.3, 0.14), (0.2, -0.36, 0.1)):
                canvas.add(
                    svg.circle(
                        x + dx * radius, y + dy * radius, r * radius, fill=scale(disc, 0.9).css
                    )
                )
    if draft.brief.title:
        edge = radius * 1.3 * draft.unit
        x_px, y_px = x * draft.unit, y * draft.unit
        draft.obstacles.append(
            (round(x_px - edge), round(y_px - edge), round(x_px + edge), round(y_px + edge))
        )
    elif draft.look.spare:
        pass
    elif draft.brief.time != "night" and place != "space" and draft.brief.weather != "fog":
        for _ in range(rng.randint(2, 4)):
            _cloud(
                draft,
                canvas,
                x=rng.uniform(-0.05, 0.95) * draft.width,
                y=horizon * rng.uniform(0.14, 0.62),
                width=rng.uniform(170, 330),
                tone=mix(sky[2], WHITE, 0.45),
            )
    draft.lay(canvas)
    return x, y


def _cloud(draft: Draft, canvas: Canvas, *, x: float, y: float, width: float, tone: Colour) -> None:
    """A flat-bottomed cloud of a few bars with round ends."""
    rng = draft.rng(f"cloud{round(x)}")
    shapes = ""
    for bar in range(3):
        share = 1 - 0.26 * bar
        thick = width * 0.1
        shapes += svg.rect(
            x + rng.uniform(-0.1, 0.24) * width,
            y - bar * thick * 0.82,
            width * share,
            thick,
            rx=thick / 2,
        )
    canvas.add(svg.group(shapes, fill=tone.css, opacity=0.62 if draft.smooth else 0.85))


def _weather(draft: Draft, rng: Random) -> None:
    weather = draft.brief.weather
    canvas = draft.canvas()
    if weather == "snow":
        for _ in range(round(150 * draft.width * draft.height / 1e6)):
            canvas.add(
                svg.circle(
                    rng.uniform(0, draft.width),
                    rng.uniform(0, draft.height),
                    rng.choice((1.6, 2.4, 3.4, 5)),
                    fill="#ffffff",
                    opacity=rng.uniform(0.4, 0.95),
                )
            )
    elif weather == "rain":
        for _ in range(round(170 * draft.width * draft.height / 1e6)):
            x, y = rng.uniform(0, draft.width), rng.uniform(0, draft.height)
            long = rng.uniform(22, 60)
            canvas.add(
                svg.path(
                    f"M{svg.n(x)} {svg.n(y)}l{svg.n(-long * 0.3)} {svg.n(long)}",
                    stroke="#ffffff",
                    stroke_width=1.6,
                    opacity=0.4,
                )
            )
    elif weather == "fog":
        fog = canvas.linear([(0, WHITE, 0.0), (0.5, WHITE, 0.42), (1, WHITE, 0.1)])
        canvas.add(svg.rect(0, draft.height * 0.4, draft.width, draft.height * 0.5, fill=fog))
    else:
        return
    draft.lay(canvas)
