"""Shapes in, pixels out: a small SVG document with its definitions, rendered by resvg."""

import io
import re
from collections.abc import Iterable

from PIL import Image

from bot.studio.sketch.colour import Colour

_REFERENCE = re.compile(r"url\(#(d\d+)\)")
Point = tuple[float, float]
Stop = tuple[float, Colour] | tuple[float, Colour, float]


class Canvas:
    """A drawing `width` x `height` units in size whose shorter side is 1000 units."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._definitions: dict[str, str] = {}
        self._shapes: list[str] = []

    def add(self, *shapes: str) -> None:
        """Lay shapes on top of what is there."""
        self._shapes.extend(shapes)

    @property
    def shapes(self) -> str:
        """Everything that was added, for a group on another canvas; without its definitions."""
        return "".join(self._shapes)

    def over(self, *shapes: str) -> "Canvas":
        """Another canvas of that size for shapes that use this one's definitions."""
        twin = Canvas(self.width, self.height)
        twin._definitions = self._definitions
        twin.add(*shapes)
        return twin

    def define(self, element: str) -> str:
        """Store one `<tag …>` definition once, whatever asks for it; return `url(#id)`.

        A definition may not refer to another: only those that the shapes name are written.
        """
        name = self._definitions.setdefault(element, f"d{len(self._definitions)}")
        return f"url(#{name})"

    def linear(
        self, stops: Iterable[Stop], *, x1: float = 0, y1: float = 0, x2: float = 0, y2: float = 1
    ) -> str:
        """A gradient in units of the shape's own box; from top to bottom unless told."""
        return self.define(
            f'<linearGradient x1="{n(x1)}" y1="{n(y1)}" x2="{n(x2)}" y2="{n(y2)}">'
            f"{_stops(stops)}</linearGradient>"
        )

    def radial(
        self, stops: Iterable[Stop], *, cx: float = 0.5, cy: float = 0.5, r: float = 0.5
    ) -> str:
        """A round gradient in units of the shape's own box."""
        return self.define(
            f'<radialGradient cx="{n(cx)}" cy="{n(cy)}" r="{n(r)}">{_stops(stops)}</radialGradient>'
        )

    def blur(self, radius: float, *, reach: float = 60) -> str:
        """A Gaussian blur in units; `reach` is how far past the shape it may spread, in percent."""
        return self.define(
            f'<filter x="-{n(reach)}%" y="-{n(reach)}%" width="{n(100 + 2 * reach)}%" '
            f'height="{n(100 + 2 * reach)}%" color-interpolation-filters="sRGB">'
            f'<feGaussianBlur stdDeviation="{n(radius)}"/></filter>'
        )

    def clip(self, shapes: str) -> str:
        """A clipping path made of shapes."""
        return self.define(f"<clipPath>{shapes}</clipPath>")

    def source(self, *, width_px: int, height_px: int) -> str:
        """The SVG text."""
        body = self.shapes
        used = set(_REFERENCE.findall(body))
        definitions = "".join(
            re.sub(r"^<(\w+)", rf'<\1 id="{name}"', element, count=1)
            for element, name in self._definitions.items()
            if name in used
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_px}" height="{height_px}" '
            f'viewBox="0 0 {n(self.width)} {n(self.height)}" preserveAspectRatio="none">'
            f"<defs>{definitions}</defs>{body}</svg>"
        )

    def render(self, *, width_px: int, height_px: int) -> Image.Image:
        """RGBA, transparent where nothing was drawn."""
        return rasterise(self.source(width_px=width_px, height_px=height_px))


def rasterise(source: str, *, font_files: list[str] | None = None) -> Image.Image:
    """SVG text to RGBA pixels; system fonts are never read, so every machine draws the same."""
    import resvg_py

    data = resvg_py.svg_to_bytes(
        svg_string=source, skip_system_fonts=True, font_files=font_files or []
    )
    return Image.open(io.BytesIO(bytes(data)), formats=("PNG",)).convert("RGBA")


def n(value: float) -> str:
    """A number in as few characters as a hundredth of a unit needs (a thousandth below 2)."""
    text = f"{value:.2f}" if abs(value) >= 2 else f"{value:.4f}"
    return text.rstrip("0").rstrip(".") or "0"


def group(shapes: str, **attributes: str | float) -> str:
    """Shapes in a `<g>`; attribute names use `_` for `-`."""
    return f"<g {_attributes(attributes)}>{shapes}</g>"


def rect(x: float, y: float, width: float, height: float, **attributes: str | float) -> str:
    """A rectangle."""
    return (
        f'<rect x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}" '
        f"{_attributes(attributes)}/>"
    )


def circle(cx: float, cy: float, r: float, **attributes: str | float) -> str:
    """A disc."""
    return f'<circle cx="{n(cx)}" cy="{n(cy)}" r="{n(r)}" {_attributes(attributes)}/>'


def ellipse(cx: float, cy: float, rx: float, ry: float, **attributes: str | float) -> str:
    """An ellipse."""
    return (
        f'<ellipse cx="{n(cx)}" cy="{n(cy)}" rx="{n(rx)}" ry="{n(ry)}" {_attributes(attributes)}/>'
    )


def path(d: str, **attributes: str | float) -> str:
    """A path from its `d`."""
    return f'<path d="{d}" {_attributes(attributes)}/>'


def polyline(points: Iterable[tuple[float, float]], *, closed: bool = True) -> str:
    """Path data through points, with straight lines."""
    return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points) + ("Z" if closed else "")


def smooth(points: list[tuple[float, float]], *, closed: bool = False) -> str:
    """Path data through points, as a Catmull-Rom curve."""
    count = len(points)
    d = f"M{n(points[0][0])} {n(points[0][1])}"
    for at in range(count if closed else count - 1):
        before = points[at - 1] if at or closed else points[0]
        start, end = points[at], points[(at + 1) % count]
        after = points[(at + 2) % count] if closed or at + 2 < count else end
        d += (
            f"C{n(start[0] + (end[0] - before[0]) / 6)} {n(start[1] + (end[1] - before[1]) / 6)} "
            f"{n(end[0] - (after[0] - start[0]) / 6)} {n(end[1] - (after[1] - start[1]) / 6)} "
            f"{n(end[0])} {n(end[1])}"
        )
    return d + ("Z" if closed else "")


def _stops(stops: Iterable[Stop]) -> str:
    return "".join(
        f'<stop offset="{n(stop[0])}" stop-color="{stop[1].css}"'
        + (f' stop-opacity="{n(stop[2])}"' if len(stop) == 3 else "")
        + "/>"
        for stop in stops
    )


def _attributes(attributes: dict[str, str | float]) -> str:
    return " ".join(
        f'{name.rstrip("_").replace("_", "-")}="{value if isinstance(value, str) else n(value)}"'
        for name, value in attributes.items()
    )
