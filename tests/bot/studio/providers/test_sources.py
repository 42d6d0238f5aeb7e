"""Pictures made to fit what a provider takes."""

import io
import os

import pytest
from PIL import Image

from bot.errors import Refused
from bot.studio.picture import open_picture
from bot.studio.provider import SourcePicture
from bot.studio.remote.sources import Limits, fitted
from tests.vendors.vendor import picture

ANY = Limits(max_pixels=10**9, max_bytes=10**9)


def grain(width: int, height: int, *, mode: str = "RGB") -> SourcePicture:
    """A picture that does not compress."""
    image = Image.frombytes(mode, (width, height), os.urandom(width * height * len(mode)))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return SourcePicture(data=buffer.getvalue(), mime="image/png")


async def test_what_fits_is_sent_as_it_is() -> None:
    source = SourcePicture(data=picture(300, 200), mime="image/png")
    assert await fitted(source, ANY, title="X") == source


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
async def test_what_has_too_many_bytes_gets_smaller_until_it_fits(mode: str) -> None:
    made = await fitted(grain(400, 400, mode=mode), Limits(10**9, 60_000), title="X")
    assert len(made.data) <= 60_000
    assert made.mime == ("image/png" if mode == "RGBA" else "image/jpeg")
    assert open_picture(made.data).width < 400


async def test_what_can_never_fit_is_refused() -> None:
    with pytest.raises(Refused, match="too large for X"):
        await fitted(grain(400, 400), Limits(10**9, 100), title="X")
    with pytest.raises(Refused, match="too large for X"):
        await fitted(grain(400, 400), Limits(10**9, 60_000, min_side_px=390), title="X")


async def test_a_side_that_is_too_long_is_made_shorter() -> None:
    source = SourcePicture(data=picture(900, 300), mime="image/png")
    made = await fitted(source, Limits(10**9, 10**9, max_side_px=450), title="X")
    assert open_picture(made.data).size == (450, 150)
