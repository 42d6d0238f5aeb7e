"""A kit in, an object out: vases, plants, candles and lamps."""

from bot.studio.sketch import svg
from bot.studio.sketch.colour import mix, parse, scale
from bot.studio.sketch.details import CREAM, Profile, blade, dry_branch, paper_label, speckles
from bot.studio.sketch.kit import Art, Kit
from bot.studio.sketch.lathe import hollow, revolve
from bot.studio.sketch.light import Material


def vase(kit: Kit) -> Art:
    """A matt vase with a dry branch."""
    glaze = kit.colour(CREAM, parse("#b5694a"), parse("#d9cbb6"), kit.palette.accent)
    skin = kit.material(glaze, gloss=0.08, ridges=0.03)
    profile: Profile = [
        (0, 62),
        (6, 70),
        (60, 112),
        (120, 124),
        (190, 92),
        (232, 46),
        (262, 36),
        (292, 46),
        (300, 50),
    ]
    shapes = dry_branch(kit, x=0, y=-296, height=270)
    shapes += revolve(kit.canvas, profile, material=skin, light=kit.light)
    if not kit.light.tones:
        shapes += speckles(kit, profile, low=20, colour=scale(glaze, 0.5), count=70)
    rim = hollow(kit.canvas, height=300, radius=50, wall=7, material=skin, light=kit.light)
    return Art(dry_branch(kit, x=2, y=-298, height=200, lean=-0.5) + rim + shapes, -150, 150, 560)


def plant(kit: Kit) -> Art:
    """A leafy plant in a pot."""
    glaze = kit.colour(parse("#c67b55"), CREAM, parse("#8d8f86"), kit.palette.accent)
    skin = kit.material(glaze, gloss=0.08)
    profile: Profile = [(0, 76), (4, 80), (120, 104), (150, 110), (154, 118), (186, 121)]
    shapes = revolve(kit.canvas, profile, material=skin, light=kit.light)
    shapes += hollow(
        kit.canvas,
        height=186,
        radius=121,
        wall=10,
        material=skin,
        light=kit.light,
        fill_colour=parse("#33261c"),
        depth=8,
    )
    leaves = ""
    count = 11
    for at in range(count):
        lean = (at - (count - 1) / 2) / ((count - 1) / 2)
        lean = lean * 0.95 + kit.rng.uniform(-0.1, 0.1)
        length = 340 - 110 * abs(lean) + kit.rng.uniform(-36, 36)
        leaves += blade(kit, lean=lean, length=length, y=-184, order=at)
    return Art(shapes + leaves, -215, 215, 500)


def candle(kit: Kit) -> Art:
    """A scented candle burning in its glass."""
    wax = kit.colour(parse("#f1e4cd"), parse("#e6cbbd"), parse("#cfd5c4"), kit.palette.accent)
    profile: Profile = [(0, 100), (6, 110), (196, 112), (204, 112)]
    skin = Material(
        wax,
        gloss=0.5,
        paint=lambda height: mix(wax, parse("#ffd79a"), max(0.0, (height - 90) / 240)),
    )
    shapes = revolve(kit.canvas, profile, material=skin, light=kit.light)
    shapes += paper_label(kit, radius=112.4, low=40, high=134)
    shapes += hollow(
        kit.canvas,
        height=204,
        radius=112,
        wall=5,
        material=skin,
        light=kit.light,
        fill_colour=mix(wax, parse("#ffe2a8"), 0.5),
        depth=18,
    )
    shapes += svg.path(
        "M0 -186C2 -196 -1 -202 1 -210",
        stroke="#33271f",
        stroke_width=4,
        fill="none",
        stroke_linecap="round",
    )
    flame = kit.canvas.linear(
        [(0, parse("#fff3cf")), (0.55, parse("#ffc45c")), (1, parse("#f08a34"), 0.65)]
    )
    halo = kit.canvas.radial(
        [(0, parse("#ffe3a6"), 0.75), (0.35, parse("#ffc978"), 0.28), (1, parse("#ffc978"), 0.0)]
    )
    glow = "" if kit.light.tones else svg.circle(0, -236, 210, fill=halo)
    glow += svg.path("M0 -284C22 -252 18 -222 1 -206C-16 -222 -19 -250 0 -284Z", fill=flame)
    return Art(shapes, -112, 112, 290, above=glow)


def lamp(kit: Kit) -> Art:
    """A lit table lamp on a turned base."""
    base = kit.colour(parse("#7f9a8c"), parse("#b5694a"), CREAM, kit.palette.accent)
    foot: Profile = [
        (0, 74),
        (8, 78),
        (14, 40),
        (30, 46),
        (80, 78),
        (130, 66),
        (176, 26),
        (196, 14),
        (250, 10),
    ]
    shade_profile: Profile = [(236, 150), (238, 151), (386, 92), (390, 91)]
    linen = Material(
        parse("#f7e3bd"),
        gloss=0,
        paint=lambda height: mix(parse("#ffdf9e"), parse("#f3e2c4"), (height - 236) / 160),
    )
    shapes = revolve(kit.canvas, foot, material=kit.material(base, gloss=0.4), light=kit.light)
    shapes += revolve(kit.canvas, shade_profile, material=linen, light=kit.light, ground_shade=0)
    shapes += svg.ellipse(0, -390, 91, 91 * 0.2, fill="#fff1cc")
    halo = kit.canvas.radial(
        [(0, parse("#ffdf9c"), 0.6), (0.4, parse("#ffd080"), 0.2), (1, parse("#ffd080"), 0.0)]
    )
    glow = "" if kit.light.tones else svg.circle(0, -310, 360, fill=halo)
    return Art(shapes, -151, 151, 410, above=glow)
