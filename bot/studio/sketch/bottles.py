"""A kit in, an object out: bottles, jars and cans."""

from bot.studio.sketch import svg
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, with_lightness
from bot.studio.sketch.details import CREAM, Profile, glints, paper_label
from bot.studio.sketch.kit import Art, Kit
from bot.studio.sketch.lathe import disc, revolve
from bot.studio.sketch.light import Material


def wine(kit: Kit) -> Art:
    """A wine bottle with a paper label."""
    glass = kit.colour(parse("#1f3a2a"), parse("#3a1a20"), parse("#22301f"))
    profile: Profile = [
        (0, 70),
        (6, 78),
        (240, 78),
        (280, 72),
        (318, 42),
        (340, 29),
        (360, 27),
        (430, 27),
        (432, 31),
        (444, 31),
        (446, 28),
        (452, 28),
    ]
    foil = with_lightness(kit.palette.accent, 0.5)

    def paint(height: float) -> Colour:
        return foil if height > 372 else glass

    body = revolve(
        kit.canvas, profile, material=Material(glass, gloss=0.75, paint=paint), light=kit.light
    )
    return Art(body + paper_label(kit, radius=78.6, low=52, high=190), -78, 78, 460)


def bottle(kit: Kit) -> Art:
    """A stoppered bottle with a label."""
    glass = kit.colour(parse("#5f7d4e"), parse("#7fa3a0"), kit.palette.accent, parse("#8a6a3f"))
    profile: Profile = [
        (0, 84),
        (6, 92),
        (210, 94),
        (250, 84),
        (288, 40),
        (310, 31),
        (352, 30),
        (354, 34),
        (364, 34),
    ]
    stopper: Profile = [(362, 24), (400, 26), (404, 24)]
    cork = kit.material(parse("#c9a173"), gloss=0)
    shapes = revolve(kit.canvas, profile, material=kit.material(glass, gloss=0.7), light=kit.light)
    shapes += revolve(kit.canvas, stopper, material=cork, light=kit.light, ground_shade=0)
    shapes += disc(kit.canvas, height=404, radius=24, material=cork, light=kit.light)
    return Art(shapes + paper_label(kit, radius=94.6, low=60, high=186), -94, 94, 410)


def flacon(kit: Kit) -> Art:
    """A round perfume bottle with a heavy base and a turned cap."""
    juice = kit.colour(parse("#e3b18a"), parse("#d99aa2"), parse("#c9b8d8"), kit.palette.accent)
    outer: Profile = [
        (0, 108),
        (8, 122),
        (60, 132),
        (150, 132),
        (196, 118),
        (222, 70),
        (232, 40),
        (244, 38),
    ]
    inner: Profile = [(26, 96), (34, 108), (64, 116), (150, 116), (170, 110)]
    collar: Profile = [(240, 40), (262, 40), (264, 38)]
    cap: Profile = [(262, 50), (266, 53), (342, 53), (350, 48)]
    metal = kit.material(parse("#c8a665"), gloss=0.7)
    glass = kit.material(mix(juice, WHITE, 0.62), gloss=0.8)
    shapes = revolve(kit.canvas, outer, material=glass, light=kit.light, ground_shade=0.12)
    shapes += svg.group(
        revolve(kit.canvas, inner, material=kit.material(juice, gloss=0.2), light=kit.light)
        + disc(
            kit.canvas,
            height=170,
            radius=110,
            light=kit.light,
            material=kit.material(mix(juice, WHITE, 0.25)),
        ),
        opacity=0.85,
    )
    shapes += glints(kit, profile=outer)
    shapes += revolve(kit.canvas, collar, material=metal, light=kit.light, ground_shade=0)
    cap_skin = kit.material(kit.palette.ink if kit.rng.random() < 0.5 else metal.base, gloss=0.6)
    shapes += revolve(kit.canvas, cap, material=cap_skin, light=kit.light, ground_shade=0)
    shapes += disc(kit.canvas, height=350, radius=48, material=cap_skin, light=kit.light)
    return Art(shapes, -132, 132, 360)


def dropper(kit: Kit) -> Art:
    """An amber serum bottle with its pipette."""
    glass = kit.colour(parse("#9a5a22"), parse("#8a4f1e"), parse("#3f5a4c"), parse("#d8c3b0"))
    profile: Profile = [(0, 74), (6, 84), (190, 86), (222, 74), (240, 38), (250, 36)]
    collar: Profile = [(246, 44), (292, 44), (296, 40)]
    bulb: Profile = [(294, 24), (330, 25), (360, 22), (376, 14), (382, 3)]
    ring = kit.material(parse("#c9a66b") if kit.rng.random() < 0.6 else parse("#2a2a2c"), gloss=0.6)
    rubber = kit.material(parse("#efe9df") if ring.base.r < 0.5 else parse("#2b2a2a"), gloss=0.2)
    shapes = revolve(kit.canvas, profile, material=kit.material(glass, gloss=0.75), light=kit.light)
    shapes += paper_label(kit, radius=86.6, low=44, high=150)
    shapes += revolve(kit.canvas, collar, material=ring, light=kit.light, ground_shade=0)
    shapes += disc(kit.canvas, height=296, radius=40, material=ring, light=kit.light)
    shapes += revolve(kit.canvas, bulb, material=rubber, light=kit.light, ground_shade=0)
    return Art(shapes, -86, 86, 386)


def jar(kit: Kit) -> Art:
    """A low cosmetic jar with a lid."""
    glass = kit.colour(parse("#e9ddcf"), parse("#c9d3c6"), parse("#e5c8bd"), kit.palette.accent)
    body: Profile = [(0, 118), (6, 130), (100, 132), (112, 128)]
    lid: Profile = [(110, 134), (114, 137), (166, 137), (174, 132)]
    cover = kit.material(parse("#b98f5e") if kit.rng.random() < 0.5 else CREAM, gloss=0.35)
    shapes = revolve(kit.canvas, body, material=kit.material(glass, gloss=0.5), light=kit.light)
    shapes += paper_label(kit, radius=132.4, low=26, high=88)
    shapes += revolve(kit.canvas, lid, material=cover, light=kit.light, ground_shade=0.05)
    shapes += disc(kit.canvas, height=174, radius=132, material=cover, light=kit.light)
    return Art(shapes, -137, 137, 200)


def can(kit: Kit) -> Art:
    """A drinks can with a bold band."""
    coat = kit.colour(kit.palette.accent, kit.palette.second, parse("#d9e0df"))
    band = mix(kit.palette.paper, coat, 0.06)
    metal = parse("#cfd3d5")
    profile: Profile = [(0, 66), (8, 76), (16, 84), (280, 84), (300, 74), (306, 72), (310, 74)]

    def paint(height: float) -> Colour:
        if height < 12 or height > 288:
            return metal
        wave = 84 <= height <= 214
        return band if wave else coat

    body = revolve(
        kit.canvas, profile, material=Material(coat, gloss=0.55, paint=paint), light=kit.light
    )
    body += svg.circle(0, -134, 40, fill=coat.css) + svg.circle(12, -146, 12, fill=band.css)
    top = kit.material(metal, gloss=0.5)
    body += disc(kit.canvas, height=310, radius=74, material=top, light=kit.light)
    body += svg.ellipse(0, -309, 62, 11, fill="#9fa6a9")
    body += svg.ellipse(6, -311, 22, 5, fill="#dfe4e6")
    return Art(body, -84, 84, 322)
