"""A kit in, a landmark out: windmill, castle, suspension bridge and sailing boat."""

from bot.studio.sketch import svg
from bot.studio.sketch.colour import Colour, mix, parse, scale
from bot.studio.sketch.daylight import dimmed, lit_by, seen, tinted
from bot.studio.sketch.kit import Art, Kit, Maker
from bot.studio.sketch.lathe import revolve
from bot.studio.sketch.light import Material, shade
from bot.studio.sketch.lighthouse import lighthouse

BRIDGE_TOWER = 420.0
"""How far each tower of the bridge is from its middle, in the art's units."""
_TILT = 0.06
_LAMP = parse("#ffd98c")


def windmill(kit: Kit) -> Art:
    """A tower mill with a cap and four lattice sails."""
    body = tinted(kit, kit.colour(parse("#e9e0cd"), parse("#a8694a"), parse("#5d6b66")))
    wood = _against(kit, seen(kit, parse("#5b3f2e")))
    shapes = _round(kit, [(0, 108), (22, 104), (26, 100)], scale(body, 0.72))
    shapes += _round(kit, [(26, 98), (150, 80), (300, 62), (312, 64)], body)
    shapes += _round(kit, [(108, 116), (116, 116)], wood)
    shapes += "".join(
        svg.rect(x - 2, -140, 4, 32, fill=wood.css) for x in (-112, -80, -42, 0, 42, 80, 112)
    )
    shapes += svg.rect(-115, -142, 230, 4, fill=wood.css)
    shapes += _round(kit, [(312, 70), (322, 70), (352, 56), (378, 26), (386, 4)], wood)
    shapes += _window(kit, 0, -190, 1.0) + _window(kit, 4, -262, 0.8)
    shapes += _door(kit, wood)
    cloth = _against(kit, seen(kit, parse("#f3ead6")), body=body)
    spar = wood.css
    sail = svg.rect(8, -252, 50, 190, fill=cloth.css, opacity=1.0 if kit.mark else 0.9)
    if not kit.mark:
        sail += "".join(svg.rect(6, -252 + 27 * row, 54, 2.6, fill=spar) for row in range(8))
        sail += "".join(svg.rect(8 + 24 * bar, -252, 2.4, 190, fill=spar) for bar in range(3))
    sail += svg.rect(-4, -258, 8, 262, rx=2, fill=spar)
    turn = 18 + kit.rng.uniform(-6, 10)
    shapes += svg.group(
        "".join(svg.group(sail, transform=f"rotate({quarter * 90})") for quarter in range(4))
        + svg.circle(0, 0, 15, fill=spar),
        transform=f"translate(0 -338) rotate({svg.n(turn)})",
    )
    return Art(shapes, -235, 235, 590)


def castle(kit: Kit) -> Art:
    """A keep between round towers with pointed roofs, a wall, a gate and flags."""
    stone = tinted(kit, kit.colour(parse("#b9ad9b"), parse("#a7a8ad"), parse("#c7b08d")))
    roof = _against(kit, tinted(kit, mix(kit.palette.accent, parse("#8b4a3e"), 0.5)))
    shapes = _tower(kit, -112, low=0, high=330, radius=46, stone=scale(stone, 0.9), roof=roof)
    shapes += _tower(kit, 116, low=0, high=372, radius=40, stone=scale(stone, 0.9), roof=roof)
    shapes += _wall(kit, -104, 104, high=262, stone=stone)
    shapes += _tower(kit, 8, low=262, high=420, radius=42, stone=stone, roof=roof)
    shapes += _window(kit, -50, -196, 1.1) + _window(kit, 50, -196, 1.1)
    shapes += _wall(kit, -222, 222, high=120, stone=scale(stone, 1.04))
    shapes += _tower(kit, -222, low=0, high=196, radius=50, stone=stone, roof=roof)
    shapes += _tower(kit, 222, low=0, high=196, radius=50, stone=stone, roof=roof)
    dark = _against(kit, tinted(kit, parse("#2d2724")))
    shapes += svg.path("M-40 0V-58A40 40 0 0 1 40 -58V0Z", fill=dark.css)
    if not kit.mark:
        bars = "".join(svg.rect(x, -98, 3, 98) for x in (-27, -9, 9, 27))
        bars += "".join(svg.rect(-40, y, 80, 3) for y in (-72, -44, -16))
        gate = kit.canvas.clip(svg.path("M-40 0V-58A40 40 0 0 1 40 -58V0Z"))
        shapes += svg.group(bars, fill=scale(stone, 0.45).css, clip_path=gate)
    return Art(shapes, -276, 276, 620)


def bridge(kit: Kit) -> Art:
    """A suspension bridge seen from the side, its cables running out of the picture."""
    steel = tinted(kit, kit.colour(parse("#b5482f"), parse("#4f6673"), parse("#a33b2c")))
    lit = shade((-0.5, 0.2, 0.8), steel, light=lit_by(kit), gloss=0)
    dim = shade((0.8, 0.1, 0.5), steel, light=lit_by(kit), gloss=0)
    reach = 1100.0 if kit.across else 560.0
    deck, top = 112.0, 452.0
    cable: list[tuple[float, float]] = []
    for step in range(111):
        x = -reach + 2 * reach * step / 110
        inner = (x / BRIDGE_TOWER) ** 2
        outer = max(0.0, 1 - (abs(x) - BRIDGE_TOWER) / 560) ** 1.7
        height = inner if abs(x) <= BRIDGE_TOWER else outer
        cable.append((x, -(deck + 18 + (top - deck - 26) * height)))
    line = svg.polyline(cable, closed=False)
    thin = 1.8 if kit.across else 3.5
    gap = 2 if kit.across else 5
    hangers = "".join(
        svg.rect(x - thin / 2, y, thin, -deck - y) for x, y in cable[::gap] if y < -deck - 6
    )
    shapes = svg.group(hangers, fill=dim.css, opacity=0.85 if kit.across else 1.0)
    width = 6 if kit.across else 9
    shapes += svg.path(line, fill="none", stroke=lit.css, stroke_width=width)
    shapes += svg.rect(-reach, -deck - 8, 2 * reach, 20, fill=lit.css)
    shapes += svg.rect(-reach, -deck + 12, 2 * reach, 9, fill=scale(dim, 0.8).css)
    stone = steel if kit.mark else tinted(kit, parse("#77736f"))
    for x in (-BRIDGE_TOWER, BRIDGE_TOWER):
        pier = shade((-0.3, 0.1, 0.9), stone, light=lit_by(kit), gloss=0)
        shapes += svg.path(
            svg.polyline([(x - 62, 0), (x - 48, -60), (x + 48, -60), (x + 62, 0)]), fill=pier.css
        )
        for left, tone in ((x - 40.0, lit), (x + 14.0, dim)):
            shapes += svg.path(
                svg.polyline([(left, -58), (left + 4, -top), (left + 22, -top), (left + 26, -58)]),
                fill=tone.css,
            )
        for y in (deck + 70, deck + 165, deck + 250):
            shapes += svg.rect(x - 34, -y - 12, 68, 17, fill=lit.css)
        shapes += svg.rect(x - 42, -top - 12, 84, 16, rx=2, fill=lit.css)
    glow = ""
    if dimmed(kit):
        for at in range(1 - round(reach / 80), round(reach / 80)):
            x = at * 80.0
            shapes += svg.rect(x - 1, -deck - 26, 2, 18, fill=dim.css)
            shapes += svg.circle(x, -deck - 28, 4, fill=_LAMP.css)
            if not kit.light.tones:
                halo = kit.canvas.radial([(0, _LAMP, 0.6), (1, _LAMP, 0.0)])
                glow += svg.circle(x, -deck - 28, 24, fill=halo)
    return Art(shapes, -reach, reach, top + 12, above=glow)


def sailboat(kit: Kit) -> Art:
    """A small yacht under main and jib."""
    hull = tinted(kit, kit.colour(parse("#a33b32"), parse("#27425f"), kit.palette.accent))
    cloth = hull if kit.mark else tinted(kit, parse("#f5eee0"))
    wood = hull if kit.mark else tinted(kit, parse("#8a6242"))
    light = lit_by(kit)
    bright = shade((-0.5, 0.2, 0.85), cloth, light=light, gloss=0)
    dim = shade((0.5, 0.0, 0.85), cloth, light=light, gloss=0)
    main: str = bright.css
    jib: str = dim.css
    side = shade((-0.3, 0.1, 0.95), hull, light=light, gloss=0)
    planks: str = side.css
    if not kit.light.tones:
        main = kit.canvas.linear([(0, bright), (0.7, bright), (1, dim)], x2=1, y2=0.2)
        jib = kit.canvas.linear([(0, dim), (1, bright)], x2=1, y2=0)
        planks = kit.canvas.linear([(0, scale(side, 1.08)), (1, scale(side, 0.6))])
    shapes = svg.path("M-6 -440C40 -330 100 -200 152 -108C100 -96 40 -92 2 -92Z", fill=main)
    shapes += svg.path("M-18 -416C-40 -300 -92 -170 -158 -96C-110 -92 -60 -92 -20 -94Z", fill=jib)
    if not kit.mark:
        seams = "".join(
            svg.path(f"M-4 {y}C40 {y + 8} 90 {y + 6} {x} {y - 4}", fill="none")
            for x, y in ((70, -250), (104, -184), (34, -330))
        )
        shapes += svg.group(seams, stroke=scale(dim, 0.85).css, stroke_width=1.6)
        pennant = tinted(kit, kit.palette.accent)
        shapes += svg.path("M-8 -470L44 -458L-8 -446Z", fill=pennant.css)
    shapes += svg.rect(-12, -470, 8, 400, rx=2, fill=wood.css)
    shapes += svg.rect(-10, -94, 166, 7, rx=3, fill=wood.css)
    shapes += svg.path(
        "M-176 -76C-60 -58 80 -58 178 -82C164 -36 140 -8 116 0H-108C-140 -14 -164 -44 -176 -76Z",
        fill=planks,
    )
    if not kit.mark:
        stripe = tinted(kit, parse("#f5eee0")).css
        shapes += svg.path(
            "M-174 -70C-60 -51 80 -51 175 -75L172 -64C80 -40 -60 -40 -168 -59Z", fill=stripe
        )
    return Art(shapes, -178, 180, 472)


def _round(kit: Kit, profile: list[tuple[float, float]], colour: Colour) -> str:
    material = Material(colour, gloss=0.04)
    return revolve(
        kit.canvas, profile, material=material, light=lit_by(kit), tilt=_TILT, ground_shade=0
    )


def _tower(
    kit: Kit, x: float, *, low: float, high: float, radius: float, stone: Colour, roof: Colour
) -> str:
    """A round tower with a pointed roof, a window and a flag."""
    shapes = _round(kit, [(low, radius), (high - 34, radius)], stone)
    shapes += _round(
        kit, [(high - 34, radius + 3), (high - 24, radius + 9), (high, radius + 9)], stone
    )
    tip = high + radius * 2.1
    shapes += _round(kit, [(high, radius + 15), (high + 6, radius + 10), (tip, 1.5)], roof)
    shapes += svg.rect(-1.4, -tip - 40, 2.8, 42, fill=roof.css)
    shapes += svg.path(
        f"M1 {svg.n(-tip - 40)}L34 {svg.n(-tip - 31)}L1 {svg.n(-tip - 22)}Z", fill=roof.css
    )
    shapes += _window(kit, 0, -high + 76, 0.9)
    return svg.group(shapes, transform=f"translate({svg.n(x)} 0)")


def _wall(kit: Kit, left: float, right: float, *, high: float, stone: Colour) -> str:
    """A wall with battlements."""
    face = shade((-0.25, 0.1, 0.95), stone, light=lit_by(kit), gloss=0)
    fill = (
        face.css
        if kit.light.tones
        else kit.canvas.linear([(0, scale(face, 1.04)), (1, scale(face, 0.78))])
    )
    d = f"M{svg.n(left)} 0V{svg.n(-high)}"
    count = round((right - left) / 26) | 1
    step = (right - left) / count
    for at in range(count):
        rise = -high - (18 if at % 2 == 0 else 0)
        d += f"V{svg.n(rise)}H{svg.n(left + step * (at + 1))}"
    return svg.path(d + "V0Z", fill=fill)


def _window(kit: Kit, x: float, y: float, size: float) -> str:
    glow = _LAMP if dimmed(kit) else _against(kit, parse("#3a3a40"))
    return svg.path(
        "M-9 18V-10A9 9 0 0 1 9 -10V18Z",
        fill=glow.css,
        transform=f"translate({svg.n(x)} {svg.n(y)}) scale({svg.n(size)})",
    )


def _door(kit: Kit, wood: Colour) -> str:
    return svg.path("M-20 -4V-58A20 20 0 0 1 20 -58V-4Z", fill=scale(wood, 0.7).css)


def _against(kit: Kit, colour: Colour, *, body: Colour | None = None) -> Colour:
    """The colour itself; in a mark the one that stands out from the body, or the body's own."""
    if not kit.mark:
        return colour
    return body if body is not None else kit.palette.paper


LANDMARKS: dict[str, Maker] = {
    "lighthouse": lighthouse,
    "windmill": windmill,
    "castle": castle,
    "bridge": bridge,
    "sailboat": sailboat,
}
