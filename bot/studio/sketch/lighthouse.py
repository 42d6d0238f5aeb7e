"""A kit in, a lighthouse out: banded tower, gallery, lantern room, and its light after dark."""

from bot.studio.sketch import svg
from bot.studio.sketch.colour import WHITE, Colour, mix, parse, scale
from bot.studio.sketch.daylight import dimmed, lit_by, seen, tinted
from bot.studio.sketch.kit import Art, Kit
from bot.studio.sketch.lathe import revolve
from bot.studio.sketch.light import Light, Material, shade

HEIGHT = 640.0
LANTERN = 520 / HEIGHT
"""How high the lamp is, as a share of the whole."""
_TILT = 0.07
_BANDS = 5
_FOOT, _NECK = 24.0, 446.0
_WARM = parse("#ffdf94")
_BRIGHT = parse("#fff6d8")


def lighthouse(kit: Kit) -> Art:
    """A round tower in two colours, its lamp lit at dusk and by night."""
    if kit.mark:
        return Art(_mark(kit), -240, 240, HEIGHT)
    light = lit_by(kit)
    paint = kit.colour(parse("#b93a30"), parse("#27425f"), parse("#a8432f"), parse("#2c2f36"))
    band, lime = tinted(kit, paint), tinted(kit, parse("#f3eee2"))
    iron = seen(kit, mix(paint, parse("#24262c"), 0.72))
    stone = tinted(kit, parse("#8d8b88"))

    def painted(height: float) -> Colour:
        return lime if int((height - _FOOT) / (_NECK - _FOOT) * _BANDS) % 2 else band

    def turned(profile: list[tuple[float, float]], material: Material) -> str:
        return revolve(
            kit.canvas, profile, material=material, light=light, tilt=_TILT, ground_shade=0
        )

    shapes = turned([(0, 112), (18, 110), (_FOOT, 104)], Material(stone, gloss=0))
    body = [(_FOOT, 98.0), (90, 88), (200, 73), (330, 61), (_NECK, 55.0)]
    shapes += turned(body, Material(lime, gloss=0.06, paint=painted))
    shapes += _openings(kit)
    shapes += turned([(_NECK, 56), (458, 62), (470, 80), (474, 84)], Material(lime, gloss=0))
    shapes += turned([(474, 86), (482, 86)], Material(iron, gloss=0.1))
    shapes += _lantern_room(kit, iron, light=light)
    roof = [(556.0, 55.0), (562, 56), (566, 50), (588, 30), (600, 10), (606, 7)]
    shapes += turned(roof, Material(band, gloss=0.2))
    shapes += svg.circle(0, -611, 8, fill=shade((-0.4, 0.4, 0.8), iron, light=light).css)
    shapes += svg.rect(-1.8, -HEIGHT, 3.6, 26, fill=iron.css)
    return Art(shapes, -116, 116, HEIGHT, above=_glow(kit))


def _openings(kit: Kit) -> str:
    """A door and three windows up the stairs."""
    dark = tinted(kit, parse("#2c2a2c"))
    glow = _WARM if dimmed(kit) else mix(dark, parse("#8fb0c4"), 0.25)
    frame = seen(kit, parse("#d8d2c4"))
    shapes = svg.path("M-25 -14V-66A25 25 0 0 1 25 -66V-14Z", fill=frame.css)
    shapes += svg.path("M-18 -14V-66A18 18 0 0 1 18 -66V-14Z", fill=dark.css)
    for x, y, size in ((-12.0, -166.0, 1.0), (14.0, -268.0, 0.9), (-6.0, -376.0, 0.8)):
        shapes += svg.group(
            svg.path("M-15 20V-14A15 15 0 0 1 15 -14V20Z", fill=frame.css)
            + svg.path("M-10 16V-13A10 10 0 0 1 10 -13V16Z", fill=glow.css)
            + svg.rect(-18, 18, 36, 6, rx=1.5, fill=frame.css),
            transform=f"translate({svg.n(x)} {svg.n(y)}) scale({svg.n(size)})",
        )
    return shapes


def _lantern_room(kit: Kit, iron: Colour, *, light: Light) -> str:
    """Glass with the lamp in it, its bars, and the railing of the gallery round it."""
    lit = dimmed(kit)
    low, high, half = 482.0, 558.0, 44.0
    if lit:
        glass = kit.canvas.radial([(0, _BRIGHT), (0.4, _WARM), (1, parse("#f0a64a"))], r=0.75)
        fill = _WARM.css if kit.light.tones else glass
    else:
        pane = tinted(kit, parse("#9fc3d2"))
        sheen: list[svg.Stop] = [(0, scale(pane, 0.8)), (0.3, mix(pane, WHITE, 0.6)), (0.5, pane)]
        fill = (
            pane.css
            if kit.light.tones
            else kit.canvas.linear([*sheen, (1, scale(pane, 0.55))], x2=1, y2=0)
        )
    shapes = svg.rect(-half, -high, 2 * half, high - low, fill=fill)
    lamp = _BRIGHT if lit else tinted(kit, parse("#f4dfa6"))
    shapes += svg.ellipse(0, -(low + high) / 2 - 2, 13, 22, fill=lamp.css)
    bars = "".join(
        svg.rect(x * half - wide / 2, -high, wide, high - low)
        for x, wide in ((-0.96, 4.0), (-0.56, 3.6), (0.0, 3.6), (0.56, 3.6), (0.96, 4.0))
    )
    bars += svg.rect(-half, -(low + high) / 2 - 1.5, 2 * half, 3)
    bars += svg.rect(-half - 3, -low - 12, 2 * half + 6, 12)
    rail = "".join(svg.rect(x - 1.3, -516, 2.6, 36) for x in (-82, -58, -30, 0, 30, 58, 82))
    rail += svg.rect(-84, -517, 168, 3.4, rx=1.5) + svg.rect(-84, -500, 168, 2.2, rx=1)
    edge = shade((-0.2, 0.4, 0.9), iron, light=light, gloss=0)
    return shapes + svg.group(bars + rail, fill=edge.css)


def _glow(kit: Kit) -> str:
    """The lamp's halo after dark."""
    if not dimmed(kit) or kit.light.tones:
        return ""
    y = -HEIGHT * LANTERN
    halo = kit.canvas.radial(
        [(0, _BRIGHT, 0.9), (0.09, _WARM, 0.5), (0.3, _WARM, 0.15), (1, _WARM, 0.0)]
    )
    return svg.circle(0, y, 250, fill=halo)


def _mark(kit: Kit) -> str:
    """Plain shapes in two colours: tower, bands, lantern and two beams."""
    figure, cut = kit.colour(parse("#b93a30")).css, kit.palette.paper.css
    tower = "M-78 0L-46 -430H46L78 0Z"
    bands = "".join(
        svg.path(svg.polyline([(-90, low), (90, low - 34), (90, low - 106), (-90, low - 72)]))
        for low in (-38.0, -196.0)
    )
    shapes = svg.path(tower, fill=figure)
    shapes += svg.group(bands, fill=cut, clip_path=kit.canvas.clip(svg.path(tower)))
    shapes += svg.rect(-74, -462, 148, 26, rx=6, fill=figure)
    shapes += svg.rect(-42, -556, 84, 84, fill=figure) + svg.rect(-26, -546, 52, 74, fill=cut)
    shapes += svg.circle(0, -509, 17, fill=figure)
    shapes += svg.path("M-58 -566C-46 -606 -22 -622 0 -640C22 -622 46 -606 58 -566Z", fill=figure)
    shapes += svg.path("M62 -520L240 -578V-462L62 -500Z", fill=figure)
    shapes += svg.path("M-62 -520L-240 -578V-462L-62 -500Z", fill=figure)
    return shapes
