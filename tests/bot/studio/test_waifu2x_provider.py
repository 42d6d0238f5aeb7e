"""The local upscaler behind the provider's seam."""

from pathlib import Path

import psutil
import pytest
from PIL import Image

from bot.domain.catalog import Size
from bot.errors import Refused, Unavailable
from bot.studio.catalog import catalog
from bot.studio.picture import encode_png, open_picture
from bot.studio.provider import Absent, Order, SourcePicture
from bot.studio.providers import local_providers
from bot.studio.providers.waifu2x import Waifu2xProvider
from bot.studio.styles import STYLES
from bot.studio.upscale.process import Upscaler
from tests.conftest import studio_in
from tests.providers import FakeProvider

LOCAL = catalog(["waifu2x"]).models
SMALL = encode_png(Image.new("RGB", (20, 10), "teal"))


def ordered(*pictures: bytes, scale: int | None = 2) -> Order:
    return Order(
        key="job_1",
        model=LOCAL[0],
        prompt="",
        title="teal",
        style=STYLES[0],
        size=Size(width_px=40, height_px=20),
        count=1,
        seed=None,
        negative_prompt="",
        sources=tuple(SourcePicture(data=data, mime="image/png") for data in pictures),
        scale=scale,
    )


@pytest.mark.parametrize(("scale", "says"), [(2, "twice"), (4, "four times")])
async def test_an_order_comes_back_as_one_larger_picture(scale: int, says: str) -> None:
    made = await Waifu2xProvider().submit(ordered(SMALL, scale=scale))

    (picture,) = made.pictures
    assert open_picture(picture.data).size == (20 * scale, 10 * scale)
    assert says in picture.description
    assert picture.index == 1
    assert made.seconds > 0
    assert made.shortfall == ""


@pytest.mark.parametrize(
    "order",
    [
        ordered(b"not a picture"),
        ordered(encode_png(Image.new("1", (3000, 3000)))),
        ordered(),
        ordered(SMALL, SMALL),
        ordered(SMALL, scale=None),
        ordered(SMALL, scale=3),
    ],
    ids=["broken", "too large", "no picture", "two pictures", "no scale", "another scale"],
)
async def test_what_cannot_be_done_is_refused_and_costs_nothing(order: Order) -> None:
    with pytest.raises(Refused) as refusal:
        await Waifu2xProvider().submit(order)

    assert not refusal.value.was_billed
    assert refusal.value.reason.endswith(".")


async def test_a_process_that_breaks_may_be_tried_again() -> None:
    provider = Waifu2xProvider(Upscaler(memory_bytes=100_000_000))

    with pytest.raises(Unavailable):
        await provider.submit(ordered(SMALL))


async def test_an_order_whose_answer_was_lost_was_never_taken() -> None:
    provider = Waifu2xProvider()

    assert await provider.look_up(ordered(SMALL)) == Absent()


async def test_a_closed_provider_starts_nothing() -> None:
    provider = local_providers()["waifu2x"]
    await provider.close()

    with pytest.raises(Unavailable):
        await provider.submit(ordered(SMALL))
    assert psutil.Process().children() == []


async def test_a_studio_that_stops_closes_its_providers(tmp_path: Path) -> None:
    class Closing(FakeProvider):
        is_closed = False

        async def close(self) -> None:
            self.is_closed = True

    provider = Closing()
    async with studio_in(tmp_path, providers={"sketch": provider}):
        assert not provider.is_closed
    assert provider.is_closed
