"""Two to four pictures in, one numbered contact sheet out."""

import io
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageStat

from bot.studio.picture import encode_png, to_rgb

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""
SHEET_GROUND = (238, 237, 234)
BADGE_GROUND = (24, 24, 27)
BADGE_INK = (255, 255, 255)
GAP_SHARE = 0.016
"""The gap between tiles, as a share of a tile's longer side."""
BADGE_SHARE = 0.06
JPEG_QUALITY = 88
FLAT_COLOURS = 4096
"""A sheet with fewer colours than this in a small copy counts as flat."""


def contact_sheet(
    pictures: Sequence[Image.Image],
    *,
    max_side_px: int = 4096,
    numbers: Sequence[int] | None = None,
) -> Image.Image:
    """Lay out 2 to 4 pictures at full size; RGB, no side over `max_side_px`.

    They are numbered from 1, unless they are given `numbers` of their own.

    Raises: ValueError for any other number of pictures.
    """
    if not 2 <= len(pictures) <= 4:
        raise ValueError("a contact sheet holds 2 to 4 pictures")
    tiles = [to_rgb(picture) for picture in pictures]
    size, boxes = layout([tile.size for tile in tiles], max_side_px=max_side_px)
    sheet = Image.new("RGB", size, SHEET_GROUND)
    shown = numbers or range(1, len(tiles) + 1)
    for number, tile, box in zip(shown, tiles, boxes, strict=True):
        wanted = (box[2] - box[0], box[3] - box[1])
        if tile.size != wanted:
            tile = tile.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=3.0)
        sheet.paste(tile, box[:2])
        _badge(sheet, number, box)
    return sheet


def layout(
    sizes: Sequence[tuple[int, int]], *, max_side_px: int = 4096
) -> tuple[tuple[int, int], list[Box]]:
    """The sheet's size and each picture's box, in pixels, for pictures of these sizes."""
    rows = _rows(sizes)
    cell_w, cell_h = max(w for w, _ in sizes), max(h for _, h in sizes)
    columns = max(rows)
    gap = max(8, round(GAP_SHARE * max(cell_w, cell_h)))
    longest = max(
        columns * cell_w + (columns + 1) * gap, len(rows) * cell_h + (len(rows) + 1) * gap
    )
    scale = min(1.0, max_side_px / longest)
    gap = max(2, int(gap * scale))
    cell_w, cell_h = int(cell_w * scale), int(cell_h * scale)
    width = columns * cell_w + (columns + 1) * gap
    height = len(rows) * cell_h + (len(rows) + 1) * gap
    boxes: list[Box] = []
    for row, count in enumerate(rows):
        start = (width - count * cell_w - (count - 1) * gap) // 2
        for column in range(count):
            w, h = sizes[len(boxes)]
            fit = min(cell_w / w, cell_h / h, 1.0)
            w, h = max(1, int(w * fit)), max(1, int(h * fit))
            left = start + column * (cell_w + gap) + (cell_w - w) // 2
            top = gap + row * (cell_h + gap) + (cell_h - h) // 2
            boxes.append((left, top, left + w, top + h))
    return (width, height), boxes


def badge_box(box: Box) -> Box:
    """Where the number of the picture in `box` stands: its upper left corner, inset."""
    side = min(box[2] - box[0], box[3] - box[1])
    size = max(18, round(side * BADGE_SHARE))
    inset = max(4, round(size * 0.36))
    return box[0] + inset, box[1] + inset, box[0] + inset + size, box[1] + inset + size


def encode_sheet(sheet: Image.Image) -> tuple[bytes, str]:
    """PNG for flat colours, else JPEG, with the MIME type."""
    if _is_flat(sheet):
        return encode_png(sheet), "image/png"
    buffer = io.BytesIO()
    to_rgb(sheet).save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True, subsampling=0)
    return buffer.getvalue(), "image/jpeg"


def _rows(sizes: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """How many pictures in each row: whichever makes the sheet nearest to a square."""
    wide = sum(w for w, _ in sizes) / sum(h for _, h in sizes)
    if len(sizes) == 2:
        return (1, 1) if wide > 1.2 else (2,)
    if len(sizes) == 3:
        if wide > 1.6:
            return (1, 1, 1)
        return (3,) if wide < 0.85 else (2, 1)
    return (4,) if wide < 0.45 else (1, 1, 1, 1) if wide > 2.2 else (2, 2)


def _badge(sheet: Image.Image, number: int, box: Box) -> None:
    place = badge_box(box)
    size = place[2] - place[0]
    big = size * 4
    badge = Image.new("RGBA", (big, big), (0, 0, 0, 0))
    pen = ImageDraw.Draw(badge)
    pen.ellipse((0, 0, big - 1, big - 1), fill=(*BADGE_INK, 235))
    rim = max(4, big // 26)
    pen.ellipse((rim, rim, big - 1 - rim, big - 1 - rim), fill=(*BADGE_GROUND, 255))
    pen.text(
        (big / 2, big / 2),
        str(number),
        font=_digits(round(big * 0.56)),
        fill=BADGE_INK,
        anchor="mm",
    )
    badge = badge.resize((size, size), Image.Resampling.LANCZOS)
    sheet.paste(badge, place[:2], badge)


def _digits(size_px: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    spec = find_spec("font_lato")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("font-lato is not installed")
    path = Path(spec.submodule_search_locations[0]) / "files" / "Lato-Bold.ttf"
    return ImageFont.truetype(path, size_px, layout_engine=ImageFont.Layout.BASIC)


def _is_flat(sheet: Image.Image) -> bool:
    """Few distinct colours and plain areas, where JPEG would smear edges and PNG stays small."""
    small = sheet.convert("RGB")
    small.thumbnail((512, 512), Image.Resampling.NEAREST)
    counted = small.getcolors(FLAT_COLOURS)
    if counted is None:
        return False
    top = sorted((count for count, _ in counted), reverse=True)[:24]
    return sum(top) >= 0.6 * small.width * small.height and bool(ImageStat.Stat(small).mean)
