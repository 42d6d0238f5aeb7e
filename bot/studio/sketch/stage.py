"""A brief for an object in, a lit still life out: on a plinth, a table, steps or a bare ground."""

from random import Random

from bot.studio.sketch import flatly, svg
from bot.studio.sketch.colour import WHITE, mix, scale
from bot.studio.sketch.draft import Draft, stand
from bot.studio.sketch.lathe import disc, revolve, sphere
from bot.studio.sketch.lexicon import Subject
from bot.studio.sketch.light import Material, shade
from bot.studio.sketch.setting import (
    lay_floor,
    mask_of,
    niche_or_disc,
    painted_wall,
    stone_colour,
    sunlit_top,
    window_light,
)

PLANT = Subject("thing", "plant", "potted plant")
WIDE = 1200
"""From this width on, in units, words stand beside the subject rather than above it."""


def compose(draft: Draft) -> None:
    """Draw the still life of the brief's subject."""
    rng = draft.rng("layout")
    subject = draft.brief.subject
    assert subject is not None
    if draft.look.spare or draft.brief.bare:
        _plain(draft, rng)
        return
    if draft.look.plain:
        flatly.compose(draft, subject, x=_centre(draft, rng), room=_room(draft))
        return
    layouts = [_plinth, _table, _plinth, _steps]
    if draft.look.everyday:
        layouts = [_table]
    elif draft.look.studio:
        layouts = [_plinth, _steps, _plinth, _plinth]
    elif draft.look.glossy:
        layouts = [_steps, _plinth, _steps, _steps] if draft.width < 1500 else layouts
    # Pictures of one request have neighbouring seeds: they must not share a layout by chance.
    layouts[draft.seed % len(layouts)](draft, rng)


def _centre(draft: Draft, rng: Random) -> float:
    """Where the subject stands: aside when there are words for it to share a wide picture with."""
    if draft.width > WIDE and draft.brief.title:
        return draft.width * 0.68
    if draft.width > 1700:
        return draft.width * rng.choice((0.5, 0.42, 0.58))
    return draft.width * 0.5


def _room(draft: Draft) -> float:
    """The share of the height that words take at the top."""
    return 0.17 if draft.brief.title and draft.width <= WIDE else 0.0


def _plinth(draft: Draft, rng: Random) -> None:
    """A round plinth before an arch, a disc or a bare wall in window light."""
    x, room = _centre(draft, rng), _room(draft)
    top = draft.height * (0.735 + 0.06 * room)
    radius = min(330.0, draft.width * 0.36)
    painted_wall(draft)
    canvas = draft.canvas()
    backdrop = ("arch", "none", "disc", "arch")[(draft.seed + draft.seed // 4) % 4]
    niche = niche_or_disc(
        draft, canvas, backdrop, x=x, floor=draft.height + 20, radius=radius, room=room
    )
    draft.lay(canvas)
    draft.lay_soft(niche, radius=0)
    window_light(draft, rng)
    front = draft.canvas()
    stone = Material(stone_colour(draft), gloss=0.0)
    side = draft.height - top + radius * 0.2 + 10
    if backdrop == "none":
        lay_floor(draft, front, y=draft.height * 0.86)
    body = revolve(
        front, [(0, radius), (side, radius)], material=stone, light=draft.light, ground_shade=0.0
    )
    body += disc(front, height=side, radius=radius, material=stone, light=draft.light)
    front.add(svg.group(body, transform=f"translate({svg.n(x)} {svg.n(top + side)})"))
    draft.lay(front)
    sunlit_top(draft, x=x, y=top, radius=radius - 6)
    ground = mask_of(draft, svg.ellipse(x, top, radius - 5, (radius - 5) * 0.2, fill="#fff"))
    tall = top - draft.height * (0.2 + room)
    foot_y = top + radius * 0.075
    side_by = draft.brief.others[:1]
    if side_by and side_by[0].kind in ("thing", "food", "plant"):
        stand(
            draft,
            side_by[0],
            x=x + radius * 0.55,
            y=top - radius * 0.03,
            height=tall * 0.62,
            width=radius * 0.62,
            what="second",
            ground=ground,
            shadow=0.8,
        )
        x -= radius * 0.24
    stand(
        draft,
        draft.brief.subject or side_by[0],
        x=x,
        y=foot_y,
        height=tall * rng.uniform(0.84, 0.94),
        width=radius * 1.42,
        ground=ground,
    )


def _table(draft: Draft, rng: Random) -> None:
    """A table before a wall, out of focus, with the light of a window on it."""
    x, room = _centre(draft, rng), _room(draft)
    edge = draft.height * (0.66 + 0.1 * room)
    painted_wall(draft)
    window_light(draft, rng)
    if draft.smooth:
        side = rng.choice((-1, 1))
        plant = PLANT
        alone = not draft.brief.others and not draft.brief.title
        if draft.brief.subject != plant and draft.width > 900 and alone:
            stand(
                draft,
                plant,
                x=x + side * draft.width * 0.36,
                y=edge + 40,
                height=draft.height * 0.46,
                width=draft.width * 0.36,
                what="plant",
                shadow=0,
                clear=False,
            )
        draft.blurred(13)
    table = draft.canvas()
    wood = mix(stone_colour(draft), draft.palette.deep, 0.22)
    lit = shade((0.0, 1.0, 0.2), wood, light=draft.light, gloss=0)
    fill = (
        lit.css
        if not draft.smooth
        else table.linear([(0, scale(lit, 0.86)), (0.25, lit), (1, scale(lit, 0.8))])
    )
    table.add(svg.rect(-10, edge, draft.width + 20, draft.height - edge + 10, fill=fill))
    if draft.smooth:
        table.add(
            svg.rect(
                -10,
                edge - 3,
                draft.width + 20,
                9,
                fill=mix(lit, WHITE, 0.3).css,
                opacity=0.5,
                filter=table.blur(3),
            )
        )
        glow = table.radial([(0, WHITE, 0.3), (1, WHITE, 0.0)])
        table.add(svg.ellipse(x - 120, draft.height * 0.84, draft.width * 0.5, 150, fill=glow))
    draft.lay(table)
    foot = draft.height * (0.83 + 0.04 * room)
    tall = foot - draft.height * (0.2 + room)
    if draft.brief.others:
        stand(
            draft,
            draft.brief.others[0],
            x=x + 270,
            y=foot - draft.height * 0.07,
            height=tall * 0.6,
            width=260,
            what="second",
            shadow=0.8,
            soft=3 if draft.smooth else 0,
        )
        x -= 90
    assert draft.brief.subject is not None
    stand(
        draft,
        draft.brief.subject,
        x=x,
        y=foot,
        height=tall * rng.uniform(0.8, 0.9),
        width=min(560.0, draft.width * 0.6),
    )


def _steps(draft: Draft, rng: Random) -> None:
    """Low round steps with balls and an arch, in few colours."""
    x, room = _centre(draft, rng), _room(draft)
    light = draft.light
    floor = draft.height * 0.8
    painted_wall(draft)
    canvas = draft.canvas()
    niche = niche_or_disc(
        draft,
        canvas,
        rng.choice(("arch", "disc")),
        x=x - 60,
        floor=floor + 6,
        radius=min(300.0, draft.width * 0.33),
        room=room,
    )
    draft.lay(canvas)
    draft.lay_soft(niche, radius=0)
    window_light(draft, rng)
    front = draft.canvas()
    lay_floor(draft, front, y=floor)
    radius = min(290.0, draft.width * 0.32)
    step, top = 74.0, floor + 118
    for tone, r, height, base_x, base_y in (
        (0.35, radius, step, x, top),
        (0.0, radius * 0.62, step + 70, x + radius * 1.02, top - 46),
    ):
        stone = Material(mix(stone_colour(draft), draft.palette.accent, tone * 0.4), gloss=0.0)
        shadow = svg.ellipse(
            base_x + r * 0.12,
            base_y + r * 0.05,
            r * 1.12,
            r * 0.26,
            fill=scale(draft.palette.deep, 0.5).css,
            opacity=0.34,
        )
        if draft.smooth:
            shadow = svg.group(shadow, filter=front.blur(16, reach=25))
        body = revolve(front, [(0, r), (height, r)], material=stone, light=light, ground_shade=0)
        body += disc(front, height=height, radius=r, material=stone, light=light)
        front.add(shadow)
        front.add(svg.group(body, transform=f"translate({svg.n(base_x)} {svg.n(base_y)})"))
    ball = Material(draft.palette.accent, gloss=0.3)
    small = Material(draft.palette.second, gloss=0.3)
    for cx, cy, r, skin in (
        (x + radius * 1.02, top - 46 - step - 70 - 52, 58.0, ball),
        (x - radius * 1.12, top - 10, 44.0, small),
    ):
        spot = svg.ellipse(
            cx + r * 0.2,
            cy + r * 0.94,
            r * 0.95,
            r * 0.22,
            opacity=0.4,
            fill=scale(draft.palette.deep, 0.4).css,
        )
        front.add(svg.group(spot, filter=front.blur(7)) if draft.smooth else spot)
        front.add(sphere(front, cx=cx, cy=cy, radius=r, material=skin, light=light))
    draft.lay(front)
    y = top - step
    ground = mask_of(draft, svg.ellipse(x, y, radius - 5, (radius - 5) * 0.2, fill="#fff"))
    assert draft.brief.subject is not None
    stand(
        draft,
        draft.brief.subject,
        x=x - 6,
        y=y + radius * 0.07,
        height=(y - draft.height * (0.2 + room)) * 0.9,
        width=radius * 1.5,
        ground=ground,
    )


def _plain(draft: Draft, rng: Random) -> None:
    """One object, small, on a seamless ground with much air round it."""
    ground = (
        draft.palette.paper
        if draft.brief.bare
        else mix(draft.palette.ground, draft.palette.paper, 0.45)
    )
    canvas = draft.canvas()
    if draft.smooth:
        fill = canvas.linear(
            [
                (0, mix(ground, WHITE, 0.15)),
                (0.62, ground),
                (0.75, scale(ground, 0.955)),
                (1, mix(ground, WHITE, 0.12)),
            ]
        )
    else:
        fill = ground.css
    canvas.add(svg.rect(0, 0, draft.width, draft.height, fill=fill))
    draft.lay(canvas)
    size = 0.3 if draft.look.spare else 0.52
    x = draft.width * (rng.choice((0.36, 0.5, 0.64)) if draft.look.spare else 0.5)
    if draft.brief.title and draft.width > WIDE:
        x = draft.width * 0.7
    assert draft.brief.subject is not None
    stand(
        draft,
        draft.brief.subject,
        x=x,
        y=draft.height * (0.72 if draft.look.spare else 0.8),
        height=min(draft.height, 1150) * size,
        width=620 * size / 0.52,
        shadow=0.8,
    )
