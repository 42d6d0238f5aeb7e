"""A picture on its way to a provider: as it is where it can be, smaller or in another form."""

import io

import pytest
from PIL import Image

from bot.errors import Refused
from bot.studio.picture import mime_type, open_picture
from bot.studio.provider import SourcePicture
from bot.studio.remote.sources import Limits, fitted

ROOMY = Limits(max_pixels=10_000_000, max_bytes=10_000_000)


def source(
    width_px: int = 60, height_px: int = 40, *, form: str = "PNG", mode: str = "RGB"
) -> SourcePicture:
    """Noise, so that it does not pack."""
    noise = Image.effect_noise((width_px, height_px), 90)
    image = Image.merge(mode, [noise] * len(mode))
    buffer = io.BytesIO()
    image.save(buffer, form)
    return SourcePicture(data=buffer.getvalue(), mime=f"image/{form.lower()}")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
async def test_what_is_taken_is_sent_byte_for_byte(form: str) -> None:
    given = source(form=form)
    assert (await fitted(given, ROOMY, title="X")).data == given.data


async def test_the_type_is_read_from_the_bytes() -> None:
    given = source(form="JPEG")
    lying = SourcePicture(data=given.data, mime="image/png")
    assert (await fitted(lying, ROOMY, title="X")).mime == "image/jpeg"


@pytest.mark.parametrize("size", [(400, 300), (1000, 40), (1001, 999)])
async def test_too_many_pixels_are_made_fewer_in_the_same_shape(size: tuple[int, int]) -> None:
    limits = Limits(max_pixels=1_000, max_bytes=1_000_000)
    made = open_picture((await fitted(source(*size), limits, title="X")).data)
    assert 900 <= made.width * made.height <= 1_000
    assert made.width / made.height == pytest.approx(size[0] / size[1], rel=0.1)


@pytest.mark.parametrize(("size", "least_px"), [((3000, 2), 1), ((2, 3000), 1), ((4000, 70), 64)])
async def test_a_picture_that_cannot_be_made_smaller_in_its_shape_is_refused(
    size: tuple[int, int], least_px: int
) -> None:
    limits = Limits(max_pixels=1_000, max_bytes=1_000_000, min_side_px=least_px)
    with pytest.raises(Refused, match="too long and thin for X"):
        await fitted(source(*size), limits, title="X")


async def test_a_picture_at_the_very_limit_is_left_alone() -> None:
    given = source(50, 20)
    limits = Limits(max_pixels=1_000, max_bytes=len(given.data), min_side_px=20)
    assert (await fitted(given, limits, title="X")).data == given.data


async def test_too_many_bytes_become_a_jpeg() -> None:
    given = source(300, 300)
    made = await fitted(
        given, Limits(max_pixels=1_000_000, max_bytes=len(given.data) - 1), title="X"
    )
    assert made.mime == mime_type(made.data) == "image/jpeg"
    assert len(made.data) < len(given.data)
    assert open_picture(made.data).size == (300, 300)


async def test_too_many_bytes_as_a_jpeg_too_become_fewer_pixels_but_not_below_a_quarter() -> None:
    given = source(400, 400, mode="RGBA")
    limits = Limits(max_pixels=10**6, max_bytes=len(given.data) * 7 // 10)
    assert open_picture((await fitted(given, limits, title="X")).data).size == (280, 280)
    few = Limits(max_pixels=10**6, max_bytes=len(given.data) // 20)
    with pytest.raises(Refused, match="too large"):
        await fitted(given, few, title="X")


async def test_a_form_that_is_not_taken_becomes_one_that_is() -> None:
    limits = Limits(max_pixels=10**6, max_bytes=10**6, mimes=frozenset({"image/png"}))
    assert (await fitted(source(form="WEBP"), limits, title="X")).mime == "image/png"


async def test_transparency_survives_or_the_picture_is_refused() -> None:
    given = source(300, 300, mode="RGBA")
    limits = Limits(max_pixels=10_000, max_bytes=1_000_000)
    made = await fitted(given, limits, title="X")
    assert made.mime == "image/png"
    assert open_picture(made.data).mode == "RGBA"
    with pytest.raises(Refused, match="too large for X"):
        await fitted(given, Limits(max_pixels=10**6, max_bytes=10_000), title="X")
    only_jpeg = Limits(max_pixels=10_000, max_bytes=10**6, mimes=frozenset({"image/jpeg"}))
    with pytest.raises(Refused):
        await fitted(given, only_jpeg, title="X")


async def test_a_picture_that_is_too_small_is_refused_with_its_size() -> None:
    limits = Limits(max_pixels=10**6, max_bytes=10**6, min_side_px=64)
    with pytest.raises(Refused, match=r"at least 64 pixels a side; this one has 100 x 63\.") as no:
        await fitted(source(100, 63), limits, title="X")
    assert no.value.was_billed is False
    assert await fitted(source(100, 64), limits, title="X")


async def test_a_picture_of_one_pixel_is_taken_where_it_may_be() -> None:
    given = source(1, 1)
    assert (await fitted(given, ROOMY, title="X")).data == given.data
    limits = Limits(max_pixels=10**6, max_bytes=10**6, mimes=frozenset({"image/jpeg"}))
    assert open_picture((await fitted(given, limits, title="X")).data).size == (1, 1)


@pytest.mark.parametrize("data", [b"", b"no picture", source().data[:60]])
async def test_what_is_no_picture_is_refused_before_anything_is_sent(data: bytes) -> None:
    with pytest.raises(Refused) as no:
        await fitted(SourcePicture(data=data, mime="image/png"), ROOMY, title="X")
    assert no.value.was_billed is False
