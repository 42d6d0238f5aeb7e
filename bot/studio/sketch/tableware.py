"""A kit in, an object out: cups, pots, bowls and glasses; the register of turned vessels."""

from bot.studio.sketch import svg
from bot.studio.sketch.bottles import bottle, can, dropper, flacon, jar, wine
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, scale, with_lightness
from bot.studio.sketch.decor import candle, lamp, plant, vase
from bot.studio.sketch.details import CLAY, CREAM, Profile, glints, speckles, steam_over
from bot.studio.sketch.kit import Art, Kit, Maker
from bot.studio.sketch.lathe import disc, hollow, revolve, tube
from bot.studio.sketch.light import Material

COFFEE = parse("#4b2d1e")


def mug(kit: Kit) -> Art:
    """A hand-thrown mug: speckled glaze over bare clay, coffee, steam."""
    glaze = kit.colour(CREAM, parse("#c9d3cb"), parse("#e9d2bd"), CREAM, kit.palette.accent)
    profile: Profile = [
        (0, 92),
        (5, 99),
        (22, 114),
        (60, 124),
        (130, 128),
        (200, 126),
        (238, 128),
        (246, 130),
    ]
    line = 30
    clay = mix(CLAY, glaze, 0.12)

    def paint(height: float) -> Colour:
        if height < line:
            return clay
        return mix(scale(glaze, 0.9), glaze, min(1, (height - line) / 12))

    skin = Material(glaze, gloss=0.3, ridges=0 if kit.light.tones else 0.028, paint=paint)
    handle = "M118 -196C196 -214 226 -172 214 -126C204 -88 164 -66 112 -66"
    body = tube(handle, width=27, material=skin, light=kit.light, height=99)
    body += revolve(kit.canvas, profile, material=skin, light=kit.light)
    if not kit.light.tones:
        body += speckles(kit, profile, low=line + 8, colour=scale(glaze, 0.45), count=110)
    body += hollow(
        kit.canvas,
        height=246,
        radius=130,
        wall=8,
        material=skin,
        light=kit.light,
        fill_colour=COFFEE,
        depth=13,
    )
    if not kit.light.tones:
        body += svg.path(
            "M-92 -234A104 20 0 0 0 70 -222",
            fill="none",
            stroke="#c99a6c",
            stroke_width=2.2,
            opacity=0.6,
        )
    return Art(body, -131, 222, 272, above=steam_over(kit, -252))


def teacup(kit: Kit) -> Art:
    """A cup on its saucer."""
    glaze = kit.colour(CREAM, parse("#dfe6e2"), kit.palette.accent, parse("#e8cfc6"))
    skin = kit.material(glaze, gloss=0.42)
    plate: Profile = [(0, 70), (4, 84), (10, 150), (16, 176), (19, 180)]
    bowl: Profile = [
        (15, 56),
        (22, 58),
        (28, 66),
        (52, 104),
        (90, 126),
        (128, 134),
        (140, 137),
    ]
    shapes = revolve(kit.canvas, plate, material=skin, light=kit.light, tilt=0.26)
    shapes += disc(kit.canvas, height=18, radius=176, material=skin, light=kit.light, tilt=0.26)
    shapes += svg.ellipse(
        14,
        -14,
        92,
        22,
        fill="#2a1c14",
        opacity=0.2,
        **({} if kit.light.tones else {"filter": kit.canvas.blur(7)}),
    )
    shapes += tube(
        "M122 -120C182 -132 196 -88 166 -68C150 -58 122 -54 108 -54",
        width=15,
        material=skin,
        light=kit.light,
    )
    shapes += revolve(kit.canvas, bowl, material=skin, light=kit.light)
    shapes += hollow(
        kit.canvas,
        height=140,
        radius=137,
        wall=6,
        material=skin,
        light=kit.light,
        fill_colour=parse("#a8622b"),
        depth=12,
    )
    return Art(shapes, -180, 192, 168, above=steam_over(kit, -150))


def teapot(kit: Kit) -> Art:
    """A round pot with a spout, a handle and a lid."""
    glaze = kit.colour(parse("#7c9a8e"), parse("#4a5560"), CREAM, kit.palette.accent)
    skin = kit.material(glaze, gloss=0.4, ridges=0.02)
    profile: Profile = [
        (0, 84),
        (6, 92),
        (40, 138),
        (90, 158),
        (140, 146),
        (180, 104),
        (192, 84),
        (198, 80),
    ]
    lid: Profile = [
        (196, 78),
        (204, 76),
        (222, 52),
        (232, 20),
        (240, 13),
        (250, 20),
        (262, 22),
        (272, 14),
        (276, 3),
    ]
    shapes = tube(
        "M-118 -160C-238 -204 -246 -50 -132 -64", width=22, material=skin, light=kit.light
    )
    spout = "M112 -72C176 -82 176 -150 226 -186"
    shapes += tube(spout, width=34, material=skin, light=kit.light)
    shapes += revolve(kit.canvas, profile, material=skin, light=kit.light)
    shapes += revolve(kit.canvas, lid, material=skin, light=kit.light, ground_shade=0)
    return Art(shapes, -226, 244, 280)


def bowl(kit: Kit) -> Art:
    """A wide bowl."""
    glaze = kit.colour(parse("#6f8f9c"), CREAM, parse("#c9a184"), kit.palette.accent)
    skin = kit.material(glaze, gloss=0.3, ridges=0.03)
    profile: Profile = [(0, 74), (10, 76), (16, 92), (50, 150), (100, 190), (132, 202), (138, 204)]
    shapes = revolve(kit.canvas, profile, material=skin, light=kit.light)
    shapes += speckles(kit, profile, low=20, colour=scale(glaze, 0.5), count=90)
    shapes += hollow(
        kit.canvas,
        height=138,
        radius=204,
        wall=8,
        material=skin,
        light=kit.light,
        fill_colour=mix(glaze, WHITE, 0.3),
        depth=46,
    )
    return Art(shapes, -204, 204, 180)


def glass(kit: Kit) -> Art:
    """A tumbler with a cold drink, ice and a slice."""
    drink = kit.colour(parse("#e8a13a"), parse("#d9604f"), parse("#b8cf6a"), kit.palette.accent)
    outer: Profile = [(0, 78), (6, 84), (250, 108), (256, 108)]
    inner: Profile = [(20, 76), (200, 96)]
    shell = kit.material(mix(parse("#e9f0f0"), kit.palette.ground, 0.35), gloss=0.9)
    liquid = Material(
        drink,
        gloss=0.25,
        paint=lambda height: mix(scale(drink, 0.86), mix(drink, WHITE, 0.22), height / 210),
    )
    shapes = svg.group(revolve(kit.canvas, outer, material=shell, light=kit.light), opacity=0.55)
    shapes += revolve(kit.canvas, inner, material=liquid, light=kit.light, ground_shade=0.1)
    shapes += disc(
        kit.canvas,
        height=200,
        radius=96,
        material=kit.material(mix(drink, WHITE, 0.3)),
        light=kit.light,
    )
    for x, y, turn in ((-40, -206, 12), (22, -200, -18)):
        shapes += svg.rect(
            -24,
            -24,
            48,
            44,
            rx=9,
            fill="#ffffff",
            opacity=0.5,
            transform=f"translate({x} {y}) rotate({turn})",
        )
    rind = with_lightness(drink, 0.78)
    shapes += svg.group(
        svg.circle(0, 0, 50, fill=rind.css)
        + svg.circle(0, 0, 42, fill="#fff6dc")
        + "".join(
            svg.path(
                "M0 -3L-11 -34A36 36 0 0 1 11 -34Z",
                fill=mix(rind, WHITE, 0.15).css,
                transform=f"rotate({turn})",
            )
            for turn in range(0, 360, 45)
        ),
        transform="translate(96 -262) scale(.82 1)",
    )
    shapes += svg.ellipse(
        0, -256, 108, 21.6, fill="none", stroke="#ffffff", stroke_width=3, opacity=0.75
    )
    shapes += glints(kit, profile=outer)
    return Art(shapes, -108, 140, 312)


VESSELS: dict[str, Maker] = {
    "mug": mug,
    "teacup": teacup,
    "teapot": teapot,
    "vase": vase,
    "plant": plant,
    "bowl": bowl,
    "wine": wine,
    "bottle": bottle,
    "flacon": flacon,
    "dropper": dropper,
    "jar": jar,
    "candle": candle,
    "lamp": lamp,
    "glass": glass,
    "can": can,
}
