"""A picture and words in, the picture with the words set on it out, legible whatever is below."""

from PIL import Image, ImageFilter

from bot.errors import Refused
from bot.studio.retouch import refusals
from bot.studio.retouch.operations import Lettering
from bot.studio.sketch import lettering
from bot.studio.sketch.colour import BLACK, WHITE, Colour, contrast

LEAST_CONTRAST = 4.5
"""Between the words and what is behind them.

Source: https://www.w3.org/TR/WCAG21/#contrast-minimum (2018)
"""
_INKS = (Colour(1, 1, 1), Colour(0.09, 0.09, 0.1))
_MARGIN = 0.055
_Box = tuple[int, int, int, int]


def set_words(image: Image.Image, words: Lettering) -> tuple[Image.Image, Image.Image]:
    """The RGB picture with the words on it, and where their ink is, L.

    Raises: Refused where the typefaces at hand cannot set them, or they would be too small to read.
    """
    block = _block(image.size, words, WHITE)
    box = _place(image.size, block.size, words)
    colour = words.paint.colour if words.paint else _ink_for(image, box)
    image = _calmed(image, box, colour)
    ink = Image.new("L", image.size, 0)
    ink.paste(block.getchannel("A"), box[:2])
    return Image.composite(Image.new("RGB", image.size, colour.bytes), image, ink), ink


def _block(size: tuple[int, int], words: Lettering, ink: Colour) -> Image.Image:
    """The words set as large as suits the picture, RGBA."""
    width, height = size
    short = min(size)
    wide = width - 2 * _MARGIN * short
    if words.column != "middle":
        wide *= 0.62
    room = height * min(0.6, 0.2 * words.size)
    face = words.face or ("geometric" if len(words.text) <= 12 else "sans-black")
    block = lettering.fit(
        words.text,
        face,
        width_px=wide * min(1.0, 0.82 + 0.1 * words.size),
        height_px=room,
        largest_px=short * 0.17 * words.size,
        smallest_px=max(9.0, short * 0.022),
        colour=ink,
        align={"left": "start", "right": "end"}.get(words.column, "middle"),
    )
    if block is None:
        raise Refused(refusals.TOO_LONG, was_billed=False)
    return block.image


def _place(size: tuple[int, int], block: tuple[int, int], words: Lettering) -> _Box:
    margin = round(_MARGIN * min(size) * 1.15)
    left = {
        "left": margin,
        "right": size[0] - margin - block[0],
    }.get(words.column, (size[0] - block[0]) // 2)
    top = {
        "top": margin,
        "bottom": size[1] - margin - block[1],
    }.get(words.row, (size[1] - block[1]) // 2)
    left, top = max(0, left), max(0, top)
    return left, top, left + block[0], top + block[1]


def _ink_for(image: Image.Image, box: _Box) -> Colour:
    """White or near-black, whichever reads better there; white where both do."""
    white, black = (_worst(image, box, ink) for ink in _INKS)
    return _INKS[0] if white >= min(black, LEAST_CONTRAST) else _INKS[1]


def _worst(image: Image.Image, box: _Box, ink: Colour) -> float:
    """The contrast that nine tenths of what is behind the words reach."""
    behind = image.crop(box).resize((48, 24), Image.Resampling.BOX)
    seen = behind.tobytes()
    ratios = sorted(
        contrast(ink, Colour(seen[at] / 255, seen[at + 1] / 255, seen[at + 2] / 255))
        for at in range(0, len(seen), 3)
    )
    return ratios[len(ratios) // 10]


def _calmed(image: Image.Image, box: _Box, ink: Colour) -> Image.Image:
    """The picture, where needed with a soft shade behind the words that they can be read on."""
    if _worst(image, box, ink) >= LEAST_CONTRAST:
        return image
    shade = BLACK if contrast(ink, BLACK) > contrast(ink, WHITE) else WHITE
    veil = _veil(image.size, box)
    ground = Image.new("RGB", image.size, shade.bytes)
    calmed = image
    for strength in (0.3, 0.45, 0.6, 0.75, 0.9):
        share = veil.point([round(level * strength) for level in range(256)])
        calmed = Image.composite(ground, image, share)
        if _worst(calmed, box, ink) >= LEAST_CONTRAST:
            break
    return calmed


def _veil(size: tuple[int, int], box: _Box) -> Image.Image:
    """Full behind the words, fading out around them; drawn small, for it is all soft."""
    scale = 128 / max(size)
    small = (max(2, round(size[0] * scale)), max(2, round(size[1] * scale)))
    reach = (box[3] - box[1]) * 0.35 + 0.03 * min(size)
    veil = Image.new("L", small, 0)
    left, top, right, bottom = box
    veil.paste(
        255,
        (
            round((left - reach) * scale),
            round((top - reach) * scale),
            round((right + reach) * scale),
            round((bottom + reach) * scale),
        ),
    )
    soft = veil.filter(ImageFilter.GaussianBlur(max(1.0, reach * scale * 0.6)))
    return soft.resize(size, Image.Resampling.BICUBIC)
