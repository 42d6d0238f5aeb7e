"""Contact sheets: sizes, even gaps, numbers in their places, and the right encoding."""

import io
from random import Random

import pytest
from PIL import Image

from bot.studio.grid import SHEET_GROUND, badge_box, contact_sheet, encode_sheet, layout

SQUARE, WIDE, TALL = (1024, 1024), (1280, 720), (720, 1280)


def plain(sizes: list[tuple[int, int]]) -> list[Image.Image]:
    colours = ("#c33", "#3a5", "#36c", "#cb3")
    return [Image.new("RGB", size, colour) for size, colour in zip(sizes, colours, strict=False)]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_other_counts_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="2 to 4"):
        contact_sheet(plain([SQUARE] * 4)[:1] * count)


@pytest.mark.parametrize(
    ("sizes", "rows"),
    [
        ([SQUARE] * 2, [2]),
        ([WIDE] * 2, [1, 1]),
        ([TALL] * 2, [2]),
        ([SQUARE] * 3, [2, 1]),
        ([TALL] * 3, [3]),
        ([WIDE] * 3, [1, 1, 1]),
        ([SQUARE] * 4, [2, 2]),
        ([TALL] * 4, [2, 2]),
        ([WIDE] * 4, [2, 2]),
    ],
)
def test_pictures_stand_in_rows_that_suit_their_shape(
    sizes: list[tuple[int, int]], rows: list[int]
) -> None:
    _, boxes = layout(sizes)
    tops = [box[1] for box in boxes]
    assert [tops.count(top) for top in dict.fromkeys(tops)] == rows


def test_tiles_keep_every_pixel_below_the_limit() -> None:
    size, boxes = layout([SQUARE] * 4)
    assert all((box[2] - box[0], box[3] - box[1]) == SQUARE for box in boxes)
    assert size == (2 * 1024 + 3 * 16, 2 * 1024 + 3 * 16)


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("shape", [(3000, 3000), (4096, 2304), (1000, 4000)])
def test_no_side_is_over_the_limit(count: int, shape: tuple[int, int]) -> None:
    size, boxes = layout([shape] * count, max_side_px=4096)
    assert max(size) <= 4096
    for box in boxes:
        assert abs((box[2] - box[0]) / (box[3] - box[1]) - shape[0] / shape[1]) < 0.01


@pytest.mark.parametrize("sizes", [[SQUARE] * 3, [SQUARE, WIDE, TALL], [WIDE, TALL, WIDE, SQUARE]])
def test_tiles_lie_inside_the_sheet_and_apart(sizes: list[tuple[int, int]]) -> None:
    (width, height), boxes = layout(sizes)
    for at, a in enumerate(boxes):
        assert a[0] >= 8 and a[1] >= 8 and a[2] <= width - 8 and a[3] <= height - 8
        for b in boxes[at + 1 :]:
            assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


def test_each_tile_has_its_own_number_in_its_corner() -> None:
    sheet = contact_sheet(plain([SQUARE] * 4))
    _, boxes = layout([SQUARE] * 4)
    badges = [sheet.crop(badge_box(box)) for box in boxes]
    for badge, box in zip(badges, boxes, strict=True):
        left, top, right, bottom = badge_box(box)
        assert box[0] < left and box[1] < top and right < box[2] and bottom < box[3]
        middle = badge.convert("L")
        assert max(middle.tobytes()) > 240, "a light number"
        assert min(middle.tobytes()) < 60, "on a dark ground"
    assert len({badge.tobytes() for badge in badges}) == 4
    assert sheet.getpixel((3, 3)) == SHEET_GROUND


def test_a_small_tile_still_has_a_legible_number() -> None:
    left, top, right, bottom = badge_box((0, 0, 200, 200))
    assert right - left >= 18 and bottom - top >= 18


def test_flat_sheets_are_png_and_photographic_ones_jpeg() -> None:
    flat, mime = encode_sheet(contact_sheet(plain([(512, 512)] * 2)))
    assert mime == "image/png"
    assert Image.open(io.BytesIO(flat)).format == "PNG"
    noise = Image.frombytes("RGB", (128, 128), Random(1).randbytes(128 * 128 * 3))
    photographic = noise.resize((512, 512), Image.Resampling.BICUBIC)
    data, mime = encode_sheet(contact_sheet([photographic, photographic]))
    assert mime == "image/jpeg"
    assert Image.open(io.BytesIO(data)).format == "JPEG"
