"""A kit in, an object out: a phone, a chair and a loudspeaker."""

from bot.studio.sketch import svg
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, scale, with_lightness
from bot.studio.sketch.kit import Art, Kit
from bot.studio.sketch.lathe import disc, revolve, tube
from bot.studio.sketch.light import Material, shade


def phone(kit: Kit) -> Art:
    """A phone with a bright, wordless screen."""
    shell = kit.colour(parse("#23262b"), parse("#d8dadd"))
    edge = shade((0.8, 0.2, 0.5), shell, light=kit.light, gloss=0.3)
    screen = kit.canvas.linear(
        [
            (0, mix(kit.palette.accent, WHITE, 0.15)),
            (0.55, kit.palette.second),
            (1, with_lightness(kit.palette.second, 0.3)),
        ],
        x2=0.6,
        y2=1,
    )
    shapes = svg.rect(-92, -404, 200, 404, rx=34, fill=scale(edge, 0.8).css)
    shapes += svg.rect(-104, -404, 200, 404, rx=34, fill=mix(edge, WHITE, 0.15).css)
    shapes += svg.rect(-96, -396, 184, 388, rx=27, fill=screen)
    clip = kit.canvas.clip(svg.rect(-96, -396, 184, 388, rx=27))
    hills = svg.circle(50, -270, 34, fill=mix(kit.palette.paper, kit.palette.accent, 0.1).css)
    hills += svg.path(
        "M-110 -150C-60 -210 -10 -190 30 -150S100 -170 110 -180V10H-110Z",
        fill=with_lightness(kit.palette.second, 0.42).css,
    )
    hills += svg.path(
        "M-110 -90C-50 -130 10 -110 110 -70V10H-110Z",
        fill=with_lightness(kit.palette.second, 0.28).css,
    )
    gleam = kit.canvas.linear([(0, WHITE, 0.34), (1, WHITE, 0.02)])
    if not kit.light.tones:
        hills += svg.path("M-96 -396H10L-60 -8H-96Z", fill=gleam)
    shapes += svg.group(hills, clip_path=clip)
    shapes += svg.rect(-34, -386, 60, 15, rx=7.5, fill="#0d0e10")
    return Art(svg.group(shapes, transform="rotate(4 0 -10)"), -128, 118, 414)


def chair(kit: Kit) -> Art:
    """A shell chair on wooden legs."""
    cloth = kit.colour(kit.palette.accent, kit.palette.second, parse("#c9b79c"))
    wood = kit.material(parse("#b07f50"), gloss=0.15)
    shapes = ""
    for d in ("M-70 -200L-112 -6", "M64 -200L96 -26", "M-44 -206L-58 -34", "M88 -196L126 0"):
        shapes += tube(d, width=14, material=wood, light=kit.light)
    front = shade((-0.5, 0.3, 0.8), cloth, light=kit.light, gloss=0.1)
    dim = shade((0.8, 0.0, 0.5), cloth, light=kit.light, gloss=0)
    back = (
        "M-128 -452C-60 -486 70 -486 132 -446C146 -360 138 -288 122 -232H-112"
        "C-134 -290 -142 -370 -128 -452Z"
    )
    seat = (
        "M-122 -262C-60 -232 80 -234 132 -256C150 -226 150 -200 128 -186C60 -166 -70 -164 -118 -186"
        "C-138 -202 -138 -232 -122 -262Z"
    )
    if kit.light.tones:
        shapes += svg.path(back, fill=front.css) + svg.path(seat, fill=dim.css)
        return Art(shapes, -140, 150, 480)
    shapes += svg.path(
        back,
        fill=kit.canvas.linear(
            [(0, mix(front, WHITE, 0.12)), (0.5, front), (1, dim)], x2=1, y2=0.35
        ),
    )
    shapes += svg.path(
        "M-104 -430C-50 -456 60 -456 108 -426C116 -360 112 -300 100 -256H-94"
        "C-110 -306 -114 -372 -104 -430Z",
        fill=kit.canvas.radial(
            [(0, scale(front, 1.05)), (1, scale(dim, 1.05))], cx=0.35, cy=0.3, r=0.85
        ),
    )
    shapes += svg.path(
        seat,
        fill=kit.canvas.linear(
            [(0, scale(dim, 0.75)), (0.35, front), (0.7, scale(front, 0.95)), (1, scale(dim, 0.7))]
        ),
    )
    return Art(shapes, -140, 150, 480)


def speaker(kit: Kit) -> Art:
    """A cloth-covered smart speaker."""
    cloth = kit.colour(parse("#5f666d"), parse("#cfc8bd"), kit.palette.accent)
    profile = [(0.0, 96.0), (8, 106), (30, 112), (210, 112), (238, 106), (250, 96)]

    def woven(height: float) -> Colour:
        return scale(cloth, 0.9) if int(height / 4) % 2 and not kit.light.tones else cloth

    skin = Material(cloth, gloss=0.05, paint=woven)
    top = kit.material(scale(cloth, 0.6), gloss=0.4)
    shapes = revolve(kit.canvas, profile, material=skin, light=kit.light)
    shapes += disc(kit.canvas, height=250, radius=96, material=top, light=kit.light)
    ring = svg.ellipse(0, -251, 66, 13, fill="none", stroke=kit.palette.accent.css, stroke_width=4)
    glow = svg.group(ring, filter=kit.canvas.blur(6)) if not kit.light.tones else ""
    return Art(shapes + ring, -112, 112, 276, above=glow)


def headphones(kit: Kit) -> Art:
    """Headphones that stand on their cups, cushions inwards."""
    shell = kit.colour(parse("#2c2f36"), kit.palette.accent, parse("#d9d2c6"))
    leather = kit.material(
        with_lightness(kit.palette.ink, 0.32) if not kit.mark else kit.palette.paper, gloss=0.1
    )
    skin = kit.material(shell, gloss=0.5)
    shapes = tube(
        "M-136 -150C-150 -420 150 -420 136 -150", width=34, material=skin, light=kit.light
    )
    shapes += tube(
        "M-104 -262C-84 -366 84 -366 104 -262", width=20, material=leather, light=kit.light
    )
    for side in (-1, 1):
        for x, rx, ry, material in ((104, 32, 84, leather), (138, 46, 94, skin)):
            shapes += _cup(kit, side * x, -100, rx, ry, material)
        plate = mix(material.base, WHITE, 0.2)
        shapes += svg.ellipse(
            side * 146, -104, 24, 54, fill=(plate if not kit.mark else kit.palette.paper).css
        )
    return Art(shapes, -184, 184, 372)


def _cup(kit: Kit, cx: float, cy: float, rx: float, ry: float, material: Material) -> str:
    """An oval shell, lighter to the upper left."""
    lit = shade((-0.5, 0.5, 0.7), material.base, light=kit.light, gloss=material.gloss)
    dim = shade((0.7, -0.5, 0.4), material.base, light=kit.light, gloss=0)
    # A pale shell would burn out to white.
    lit = mix(lit, material.base, 0.45)
    fill = kit.canvas.radial([(0, lit), (1, dim)], cx=0.32, cy=0.25, r=0.8)
    return svg.ellipse(cx, cy, rx, ry, fill=lit.css if kit.light.tones else fill)
