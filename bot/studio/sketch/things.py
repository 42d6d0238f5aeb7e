"""A kit in, an object out: boxes, seats, cakes and other things drawn by hand."""

from bot.studio.sketch import svg
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, scale, with_lightness
from bot.studio.sketch.kit import Art, Kit, Maker
from bot.studio.sketch.lathe import Material, disc, revolve, shade, tube

Point = tuple[float, float]


def box(kit: Kit) -> Art:
    """A corrugated parcel seen from a corner, with tape and a label."""
    card = kit.colour(parse("#c79a6b"), parse("#d3a877"), kit.palette.accent)
    shapes = _cuboid(kit, card, left=150, right=190, height=210)
    seam = scale(shade((-0.2, 0.9, 0.3), card, light=kit.light, gloss=0), 1.12)
    tape = mix(seam, WHITE, 0.3).css
    shapes += svg.path(
        svg.polyline([(-92, -240), (98, -287), (121, -281), (-69, -234)]), fill=tape, opacity=0.75
    )
    shapes += svg.path(
        svg.polyline([(-92, -240), (-69, -234), (-69, -176), (-92, -182)]), fill=tape, opacity=0.6
    )
    paper = mix(kit.palette.paper, WHITE, 0.4)
    shapes += svg.path(
        svg.polyline([(40, -120), (140, -145), (140, -75), (40, -50)]), fill=scale(paper, 0.86).css
    )
    shapes += svg.path(
        svg.polyline([(52, -104), (112, -119), (112, -108), (52, -93)]),
        fill=kit.palette.ink.css,
        opacity=0.7,
    )
    shapes += svg.path(
        svg.polyline([(52, -82), (92, -92), (92, -86), (52, -76)]),
        fill=kit.palette.ink.css,
        opacity=0.4,
    )
    return Art(shapes, -150, 190, 296)


def book(kit: Kit) -> Art:
    """A hardback standing at an angle, its pages showing."""
    cloth = kit.colour(
        kit.palette.accent, kit.palette.second, with_lightness(kit.palette.deep, 0.4)
    )
    face = shade((-0.35, 0.1, 0.9), cloth, light=kit.light, gloss=0)
    spine = shade((0.85, 0.1, 0.5), cloth, light=kit.light, gloss=0)
    paper = parse("#efe6d3")
    shapes = svg.path(
        svg.polyline([(110, -16), (168, -32), (168, -346), (110, -364)]),
        fill=scale(paper, 0.82).css,
    )
    for at in range(1, 6):
        x = 110 + at * 9.5
        shapes += svg.path(
            f"M{x} {-17 - at * 2.6}L{x} {-363 + at * 2.9}",
            fill="none",
            stroke=scale(paper, 0.68).css,
            stroke_width=1.2,
        )
    shapes += svg.path(
        svg.polyline([(110, -2), (176, -22), (176, -34), (110, -16)]), fill=spine.css
    )
    shapes += svg.path(
        svg.polyline([(-130, -40), (110, -2), (110, -378), (-130, -352)]),
        fill=face.css
        if kit.light.tones
        else kit.canvas.linear([(0, mix(face, WHITE, 0.14)), (1, scale(face, 0.86))], x2=1, y2=0.4),
    )
    shapes += svg.path(
        svg.polyline([(-130, -40), (-118, -38), (-118, -353), (-130, -352)]),
        fill=scale(face, 0.72).css,
    )
    mark = mix(kit.palette.paper, cloth, 0.08).css
    shapes += svg.group(
        svg.circle(0, -30, 58, fill="none", stroke=mark, stroke_width=6)
        + svg.circle(0, -30, 26, fill=mark)
        + svg.rect(-62, 92, 124, 7, fill=mark)
        + svg.rect(-38, 114, 76, 5, fill=mark, opacity=0.7),
        transform="matrix(1 .12 0 1 -4 -216)",
    )
    return Art(shapes, -130, 176, 380)


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


def cake(kit: Kit) -> Art:
    """A layer cake on its stand, with icing, berries and one slice of light."""
    sponge = parse("#d9a566")
    icing = kit.colour(parse("#f6e6e0"), parse("#f2d3cf"), parse("#f4ead2"), kit.palette.accent)
    china = kit.material(parse("#eceae4"), gloss=0.4)
    stand = [(0.0, 74.0), (6, 78), (14, 34), (40, 24), (64, 30), (74, 150), (82, 186), (88, 188)]
    body = [(88.0, 150.0), (94, 156), (214, 156), (226, 148)]

    def paint(height: float) -> Colour:
        layer = (height - 88) / 42
        bare = int(layer) < 3 and 0.16 < layer % 1 < 0.82 and not kit.light.tones
        return mix(icing, sponge, 0.35) if bare else icing

    shapes = revolve(kit.canvas, stand, material=china, light=kit.light)
    shapes += disc(kit.canvas, height=88, radius=186, material=china, light=kit.light)
    skin = Material(icing, gloss=0.08, paint=paint)
    shapes += revolve(kit.canvas, body, material=skin, light=kit.light, ground_shade=0)
    top = kit.material(mix(icing, WHITE, 0.2), gloss=0)
    shapes += disc(kit.canvas, height=226, radius=149, material=top, light=kit.light)
    berry = with_lightness(parse("#b8324a"), 0.5)
    for x, y in (
        (-84, -236),
        (-34, -224),
        (24, -222),
        (78, -232),
        (-58, -246),
        (50, -248),
        (0, -240),
    ):
        face = (
            kit.canvas.radial(
                [(0, mix(berry, WHITE, 0.45)), (0.4, berry), (1, scale(berry, 0.55))],
                cx=0.35,
                cy=0.3,
                r=0.75,
            )
            if not kit.light.tones
            else berry.css
        )
        shapes += svg.circle(x, y - 12, 24, fill=face)
    leaf = parse("#5d8a55").css
    shapes += svg.path("M-12 -268C-30 -300 -4 -312 6 -308C6 -292 2 -276 -12 -268Z", fill=leaf)
    return Art(shapes, -188, 188, 312)


def soap(kit: Kit) -> Art:
    """Two stacked bars of soap and a sprig."""
    bar = kit.colour(parse("#e3cdb4"), parse("#b9c7b0"), parse("#e2bdb3"), kit.palette.accent)
    shapes = _slab(kit, with_lightness(bar, 0.72), y=0, wide=150)
    shapes += svg.group(_slab(kit, bar, y=0, wide=142), transform="translate(10 -78) rotate(-3)")
    green = parse("#7e9272")
    for at in range(7):
        shapes += svg.ellipse(
            0,
            0,
            9,
            22,
            fill=mix(green, WHITE, 0.1 * (at % 3)).css,
            transform=f"translate({-70 + at * 20} {-176 - (at % 2) * 12}) rotate({60 + at * 8})",
        )
    return Art(shapes, -156, 158, 204)


def _slab(kit: Kit, colour: Colour, *, y: float, wide: float) -> str:
    """A rounded bar lying flat."""
    front = shade((-0.2, 0.1, 0.95), colour, light=kit.light, gloss=0)
    top = shade((-0.1, 0.95, 0.3), colour, light=kit.light, gloss=0)
    dim = shade((0.8, 0, 0.5), colour, light=kit.light, gloss=0)
    body = (
        front.css
        if kit.light.tones
        else kit.canvas.linear([(0, mix(front, WHITE, 0.1)), (0.6, front), (1, dim)], x2=1, y2=0.2)
    )
    shapes = svg.rect(-wide, y - 96, 2 * wide, 96, rx=30, fill=body)
    shapes += svg.rect(-wide, y - 104, 2 * wide, 62, rx=30, fill=top.css)
    shapes += svg.rect(
        -wide + 34,
        y - 92,
        2 * wide - 68,
        36,
        rx=16,
        fill="none",
        stroke=scale(top, 0.88).css,
        stroke_width=3,
    )
    return shapes


def _cuboid(kit: Kit, colour: Colour, *, left: float, right: float, height: float) -> str:
    """A box whose near edge stands at x = 0."""
    near = 0.0
    lit = shade((-0.62, 0.1, 0.75), colour, light=kit.light, gloss=0)
    dim = shade((0.75, 0.0, 0.6), colour, light=kit.light, gloss=0)
    top = shade((-0.2, 0.95, 0.3), colour, light=kit.light, gloss=0)
    rise_l, rise_r = left * 0.25, right * 0.25

    def face(points: list[Point], tone: Colour, dark: float) -> str:
        fill = (
            tone.css
            if kit.light.tones
            else kit.canvas.linear([(0, mix(tone, WHITE, 0.07)), (1, scale(tone, dark))])
        )
        return svg.path(svg.polyline(points), fill=fill)

    shapes = face(
        [(near, 0), (-left, -rise_l), (-left, -rise_l - height), (near, -height)], lit, 0.86
    )
    shapes += face(
        [(near, 0), (right, -rise_r), (right, -rise_r - height), (near, -height)], dim, 0.8
    )
    shapes += face(
        [
            (near, -height),
            (-left, -rise_l - height),
            (right - left, -rise_l - rise_r - height),
            (right, -rise_r - height),
        ],
        top,
        0.97,
    )
    return shapes


THINGS: dict[str, Maker] = {
    "box": box,
    "book": book,
    "phone": phone,
    "chair": chair,
    "speaker": speaker,
    "cake": cake,
    "soap": soap,
}
