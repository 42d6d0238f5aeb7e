"""Words, a typeface and a room in, set type out: measured by its ink, never cut, never boxes."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import Image, ImageFont

from bot.studio.sketch import svg
from bot.studio.sketch.colour import Colour


@dataclass(frozen=True)
class Face:
    """A typeface from a font package, and how it likes to be set."""

    package: str
    file: str
    family: str
    weight: int
    italic: bool = False
    upper: bool = False
    tracking: float = 0.0
    """Extra space between letters, in em."""
    leading: float = 1.08
    """Distance of base lines, in em."""

    @property
    def path(self) -> Path:
        spec = find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise ModuleNotFoundError(f"{self.package} is not installed")
        return Path(spec.submodule_search_locations[0]) / "files" / self.file


FACES = {
    "serif": Face("font_source_serif_pro", "SourceSerifPro-Semibold.otf", "Source Serif Pro", 600),
    "serif-black": Face(
        "font_source_serif_pro",
        "SourceSerifPro-Black.otf",
        "Source Serif Pro",
        900,
        tracking=-0.01,
        leading=1.0,
    ),
    "serif-italic": Face(
        "font_source_serif_pro", "SourceSerifPro-It.otf", "Source Serif Pro", 400, italic=True
    ),
    "sans": Face("font_lato", "Lato-Bold.ttf", "Lato", 700),
    "sans-black": Face("font_lato", "Lato-Black.ttf", "Lato", 900, leading=1.02, tracking=-0.01),
    "sans-light": Face("font_lato", "Lato-Light.ttf", "Lato", 300, tracking=0.01),
    "caption": Face(
        "font_rhd",
        "RedHatDisplay-Medium.ttf",
        "Red Hat Display",
        500,
        upper=True,
        tracking=0.16,
        leading=1.4,
    ),
    "geometric": Face(
        "font_rhd", "RedHatDisplay-Black.ttf", "Red Hat Display", 900, leading=0.98, tracking=-0.02
    ),
    "geometric-medium": Face(
        "font_rhd", "RedHatDisplay-Medium.ttf", "Red Hat Display", 500, tracking=0.0
    ),
    "condensed": Face(
        "font_fjallaone",
        "FjallaOne-Regular.ttf",
        "Fjalla One",
        400,
        upper=True,
        leading=1.06,
        tracking=0.005,
    ),
    "round": Face("font_fredoka_one", "FredokaOne-Regular.ttf", "Fredoka One", 400, leading=1.0),
    "hand": Face("font_amatic_sc", "AmaticSC-Bold.ttf", "Amatic SC", 700, leading=0.92),
}
_FALLBACKS = ("sans", "serif", "geometric")
MIN_SIZE_SHARE = 0.016
"""The smallest type worth setting, as a share of the picture's longer side."""


@dataclass(frozen=True)
class Block:
    """Set type: RGBA pixels cropped to the ink, and the size of the type in pixels."""

    image: Image.Image
    size_px: float
    lines: tuple[str, ...]


def readable(text: str, face_name: str) -> tuple[str, str]:
    """The words a typeface can show and that typeface's name; no words when too few are left."""
    text = unicodedata.normalize("NFC", text)
    for name in (face_name, *_FALLBACKS):
        kept = "".join(char for char in text if char.isspace() or _has(name, char))
        letters = [char for char in text if char.isalnum()]
        left = [char for char in kept if char.isalnum()]
        if letters and len(left) == len(letters):
            return " ".join(kept.split()), name
    kept = "".join(char for char in text if char.isspace() or _has("sans", char))
    left = [char for char in kept if char.isalnum()]
    if left and len(left) >= 0.6 * sum(char.isalnum() for char in text):
        return " ".join(kept.split()), "sans"
    return "", face_name


def fit(
    text: str,
    face_name: str,
    *,
    width_px: float,
    height_px: float,
    largest_px: float,
    smallest_px: float,
    colour: Colour,
    align: str = "middle",
) -> Block | None:
    """The largest setting of the words within a room; None when they would be too small to read.

    `align` is start, middle or end.
    """
    text, face_name = readable(text, face_name)
    if not text or width_px < 4 or height_px < 4:
        return None
    face = FACES[face_name]
    words = (text.upper() if face.upper else text).split()
    best: tuple[float, tuple[str, ...]] | None = None
    for count in range(1, min(len(words), 7) + 1):
        lines = _broken(words, count, face_name)
        widest = max(_width(line, face_name) for line in lines)
        tall = 0.78 + (len(lines) - 1) * face.leading + 0.2
        size = min(width_px / widest, height_px / tall, largest_px)
        if best is None or size > best[0] * 1.04:
            best = size, lines
    if best is None or best[0] < smallest_px:
        return None
    size, lines = best
    for _ in range(3):
        block = _set(lines, face, size=size, colour=colour, align=align)
        over = max(block.width / width_px, block.height / height_px)
        if over <= 1:
            return Block(block, size, lines)
        size /= over * 1.01
    return None


def _set(
    lines: tuple[str, ...], face: Face, *, size: float, colour: Colour, align: str
) -> Image.Image:
    wide = max(_width(line, _name(face)) for line in lines) * size * 1.1 + size * 2
    tall = (len(lines) * face.leading + 1.2) * size
    x = {"start": size, "middle": wide / 2, "end": wide - size}[align]
    body = "".join(
        f'<text x="{svg.n(x)}" y="{svg.n(size * (1.05 + at * face.leading))}" '
        f'text-anchor="{align}">{escape(line)}</text>'
        for at, line in enumerate(lines)
    )
    source = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{round(wide)}" height="{round(tall)}" '
        f'font-family="{face.family}" font-weight="{face.weight}" '
        f'font-style="{"italic" if face.italic else "normal"}" font-size="{svg.n(size)}" '
        f'letter-spacing="{svg.n(size * face.tracking)}" fill="{colour.css}">{body}</svg>'
    )
    image = svg.rasterise(source, font_files=[str(face.path)])
    return image.crop(image.getbbox() or (0, 0, 1, 1))


def _broken(words: list[str], count: int, face_name: str) -> tuple[str, ...]:
    """Words on `count` lines whose longest is as short as can be."""
    widths = [_width(word, face_name) for word in words]
    space = 0.26
    total = len(words)
    infinite = float("inf")
    best = [[infinite] * (total + 1) for _ in range(count + 1)]
    cut = [[0] * (total + 1) for _ in range(count + 1)]
    best[0][0] = 0.0
    for line in range(1, count + 1):
        for end in range(1, total + 1):
            run = -space
            for start in range(end - 1, -1, -1):
                run += widths[start] + space
                cost = max(best[line - 1][start], run)
                if cost < best[line][end]:
                    best[line][end], cut[line][end] = cost, start
    lines: list[str] = []
    end = total
    for line in range(count, 0, -1):
        start = cut[line][end]
        lines.append(" ".join(words[start:end]))
        end = start
    return tuple(line for line in reversed(lines) if line)


def _name(face: Face) -> str:
    return next(name for name, known in FACES.items() if known is face)


@lru_cache(maxsize=512)
def _width(text: str, face_name: str) -> float:
    """Advance width in em, letter spacing included."""
    return _font(face_name).getlength(text) / 100 + FACES[face_name].tracking * len(text)


@lru_cache(maxsize=16)
def _font(face_name: str) -> ImageFont.FreeTypeFont:
    face = FACES[face_name]
    return ImageFont.truetype(face.path, 100, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2048)
def _has(face_name: str, char: str) -> bool:
    """Whether the typeface has a shape for the character."""
    if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn", "Cs"):
        return False
    font = _font(face_name)
    shape, nothing = font.getmask(char), font.getmask("\U0010fffe")
    return bool(shape.getbbox()) and (shape.size != nothing.size or bytes(shape) != bytes(nothing))
