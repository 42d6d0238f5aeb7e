"""A kit in, an object out: boxes, books, cakes and soap."""

from bot.studio.sketch import svg
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, scale, with_lightness
from bot.studio.sketch.household import chair, headphones, phone, speaker
from bot.studio.sketch.kit import Art, Kit, Maker
from bot.studio.sketch.lathe import disc, revolve
from bot.studio.sketch.light import Material, shade
from bot.studio.sketch.svg import Point


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
    "headphones": headphones,
    "cake": cake,
    "soap": soap,
}
