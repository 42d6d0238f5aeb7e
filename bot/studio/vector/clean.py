"""SVG bytes from outside in, SVG that only draws out: no scripts, no addresses, no bombs.

Two locks, one after the other. `py_svg_hush` parses without entities and keeps the elements and
attributes it knows. It is made for browsers, though: it leaves `file:///etc/passwd` as
`/etc/passwd`, which a renderer would read, and lets some CSS through. So what it leaves is looked
at again here, by lists of what a drawing needs.

Source: https://docs.rs/svg-hush (0.9), https://www.w3.org/TR/SVG2/ (2026-11)
"""

import re
import xml.etree.ElementTree as ET
from xml.parsers import expat

from py_svg_hush import filter_svg

from bot.errors import BadPicture
from bot.studio.picture import open_picture
from bot.studio.remote.words import from_base64
from bot.studio.vector.weigh import check_weight

MAX_SVG_BYTES = 5_000_000
"""The most bytes of a drawing that are looked at; those of the vector models have 50 kB."""
MAX_DEPTH = 64
"""How deep elements may lie in each other: a renderer's stack overflows at some hundred."""
MAX_ELEMENTS = 50_000
MAX_SIDE = 16_384
"""The longest width or height that a drawing may name of itself."""
MAX_RATIO = 20
MAX_INNER_PIXELS = 4_000_000
"""Of a picture within a drawing."""

_SVG = "{http://www.w3.org/2000/svg}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_DRAWING = """
svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath
image style linearGradient radialGradient stop pattern clipPath mask marker filter feBlend
feColorMatrix feComponentTransfer feComposite feDiffuseLighting feDistantLight feDropShadow feFlood
feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feOffset fePointLight
feSpecularLighting feSpotLight feTile
"""
_ELEMENTS = frozenset(_DRAWING.split())
"""Without the filters whose work grows with a number that they name (feTurbulence and such)."""
_CALLS = "url rgb rgba hsl hsla matrix translate scale rotate translatex translatey scalex scaley"
_FUNCTIONS = frozenset([*_CALLS.split(), "skewx", "skewy"])
_CALL = re.compile(r"([\w-]*)\s*\(")
_FAR = re.compile(r"url\(\s*['\"]?\s*(?!['\"#\s])", re.IGNORECASE)
"""An address that is not a place in the drawing itself."""
_PICTURE = re.compile(r"data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/=\s]+")
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def clean_svg(data: bytes) -> bytes:
    """The drawing with nothing in it but drawing, as UTF-8.

    Small pictures within it are kept where they are in it as data. What is not known is left out.

    Raises: BadPicture for what is no SVG, or would take a renderer too much.
    """
    if len(data) > MAX_SVG_BYTES:
        raise BadPicture(f"That drawing is larger than {MAX_SVG_BYTES // 1_000_000} MB.")
    _scan(data)
    try:
        hushed = filter_svg(data, keep_data_url_mime_types={"image": ["png", "jpeg", "webp"]})
        root = ET.fromstring(hushed)
    except (ValueError, ET.ParseError) as error:
        raise BadPicture("That is not an SVG drawing.") from error
    tighten(root)
    ET.register_namespace("", _SVG.strip("{}"))
    cleaned: bytes = ET.tostring(root, encoding="utf-8")
    return cleaned


def tighten(root: ET.Element) -> None:
    """The second lock: leave in the parsed drawing only what is on the lists here.

    Raises: BadPicture as `clean_svg` does.
    """
    if root.tag != f"{_SVG}svg":
        raise BadPicture("That is not an SVG drawing.")
    for element in list(root.iter()):
        for child in list(element):
            if not _is_kept(child):
                element.remove(child)
    for element in root.iter():
        for name in [name for name, value in element.items() if not _is_safe(element, name, value)]:
            del element.attrib[name]
    _check_size(root)
    check_weight(root)


def drawing_size(root: ET.Element) -> tuple[float, float]:
    """Width and height of a clean drawing, in its own units.

    Raises: BadPicture where it has none, or none that makes sense.
    """
    sides = [_number(root.get(name, "")) for name in ("width", "height")]
    if None in sides:
        box = [_number(part.lstrip("-")) for part in re.split(r"[\s,]+", root.get("viewBox", ""))]
        sides = box[2:] if len(box) == 4 else [None, None]
    width, height = sides
    if not width or not height or max(width, height) > MAX_RATIO * min(width, height):
        raise BadPicture("That drawing does not say a usable size.")
    return width, height


def _check_size(root: ET.Element) -> None:
    """Leave the size to the view box where width and height are no plain numbers."""
    sides = [_number(root.get(name, "")) for name in ("width", "height")]
    if root.get("viewBox") and any(not side or side > MAX_SIDE for side in sides):
        for name in ("width", "height"):
            root.attrib.pop(name, None)
    if max(drawing_size(root)) > MAX_SIDE and not root.get("viewBox"):
        raise BadPicture(f"That drawing is wider or higher than {MAX_SIDE:,}.")


def _scan(data: bytes) -> None:
    """Read it once without building anything: bombs are found before they can go off."""
    parser = expat.ParserCreate()
    depth = count = 0

    def opened(name: str, attributes: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise BadPicture("That drawing has too many parts.")

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(*_: object) -> None:
        raise BadPicture("That drawing defines entities, which are not taken.")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise BadPicture("That is not an SVG drawing.") from error


def _is_kept(element: ET.Element) -> bool:
    name = element.tag.removeprefix(_SVG)
    if name not in _ELEMENTS:
        return False
    if name == "style":
        return _is_plain("".join(element.itertext()))
    if name == "image":
        return _is_small_picture(element.get("href", ""))
    return True


def _is_safe(element: ET.Element, name: str, value: str) -> bool:
    if name.startswith("{") and not name.startswith(_XML):
        return False
    local = name.rpartition("}")[2].lower()
    if local.startswith("on") or local in ("base", "src"):
        return False
    if local == "href":
        return value.startswith("#") or element.tag == f"{_SVG}image"  # looked at before
    return _is_plain(value)


def _is_plain(text: str) -> bool:
    """Whether text, as CSS, can call nothing but what draws, and names nothing outside."""
    if "@" in text or _FAR.search(text):
        return False
    if text.count("(") != text.count(")"):  # what the first lock broke open
        return False
    return all(match[1].lower() in _FUNCTIONS for match in _CALL.finditer(text))


def _is_small_picture(address: str) -> bool:
    if not _PICTURE.fullmatch(address):
        return False
    try:
        image = open_picture(from_base64("".join(address.split())))
    except Exception:  # whatever it is, it is not drawn
        return False
    return image.width * image.height <= MAX_INNER_PIXELS


def _number(text: str) -> float | None:
    match = _NUMBER.fullmatch(text)
    return float(match[1]) if match else None
