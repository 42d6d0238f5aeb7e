"""The local engine behind the provider's seam."""

import asyncio
import io

import pytest
from PIL import Image

from bot.domain.catalog import Aspect
from bot.domain.people import Tool
from bot.domain.proposals import ItemSettings
from bot.errors import Refused
from bot.studio.catalog import catalog
from bot.studio.check import MAX_SEED, order
from bot.studio.picture import encode_png
from bot.studio.provider import Absent, Made, Order, Picture, SourcePicture
from bot.studio.providers import local_providers
from bot.studio.providers.sketch import ONE_OUTCOME, SketchProvider
from tests.bot.studio.retouching import photograph

OFFERED = catalog(["sketch"])


def ordered(*, count: int = 1, seed: int = 4711) -> Order:
    settings = ItemSettings(
        prompt="Fox logo.",
        model_id="sketch/mark",
        style_id="logo",
        aspect=Aspect.WIDE,
        count=count,
    )
    return order(
        settings,
        tool=Tool.GENERATE,
        title="fox logo",
        seed=seed,
        key="job_1",
        catalog=OFFERED,
    )


def edit(prompt: str, *, count: int = 1, data: bytes | None = None) -> Order:
    source = SourcePicture(data=data or encode_png(photograph()[0]), mime="image/png")
    return ordered(count=count).model_copy(update={"prompt": prompt, "sources": (source,)})


def decoded(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


async def made(wanted: Order) -> Made:
    return await SketchProvider().submit(wanted)


async def test_an_order_comes_back_as_numbered_pictures_of_its_size() -> None:
    result = await made(ordered(count=3))

    assert [picture.index for picture in result.pictures] == [1, 2, 3]
    assert {decoded(picture).size for picture in result.pictures} == {(1280, 720)}
    assert {decoded(picture).format for picture in result.pictures} == {"PNG"}
    assert "fox" in result.pictures[0].description
    assert result.seconds > 0
    assert result.shortfall == ""


async def test_the_same_order_gives_the_same_bytes() -> None:
    first, second = await made(ordered()), await made(ordered())

    assert first.pictures == second.pictures


async def test_each_further_picture_has_the_next_seed() -> None:
    both = await made(ordered(count=2, seed=10))
    alone = await made(ordered(seed=11))

    assert both.pictures[0].data != both.pictures[1].data
    assert both.pictures[1].data == alone.pictures[0].data


async def test_after_the_largest_seed_comes_the_smallest() -> None:
    last = await made(ordered(count=2, seed=MAX_SEED))

    assert last.pictures[1].data == (await made(ordered(seed=0))).pictures[0].data


async def test_the_loop_goes_on_while_pictures_are_drawn() -> None:
    drawing = asyncio.ensure_future(made(ordered(count=2)))
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0)
        turns += 1

    assert turns > 10
    assert len(drawing.result().pictures) == 2


async def test_work_of_a_process_that_ended_is_certainly_absent() -> None:
    assert await SketchProvider().look_up(ordered()) == Absent()


def test_the_local_providers_go_by_their_names() -> None:
    assert {name: provider.name for name, provider in local_providers().items()} == {
        "sketch": "sketch",
        "waifu2x": "waifu2x",
    }


async def test_an_order_with_a_source_is_an_edit_of_it_at_its_size() -> None:
    result = await made(edit("make the background warmer", count=3))

    assert [picture.index for picture in result.pictures] == [1, 2, 3]
    assert {decoded(picture).size for picture in result.pictures} == {photograph()[0].size}
    assert len({picture.data for picture in result.pictures}) == 3
    assert result.pictures[0].description == "an edited picture: the background warmer"
    assert result.shortfall == ""


async def test_the_first_edit_is_the_plain_one_whatever_the_seed() -> None:
    order = edit("make it blue")
    other = order.model_copy(update={"seed": 99})

    assert (await made(order)).pictures == (await made(other)).pictures


async def test_an_edit_with_one_outcome_is_made_once() -> None:
    result = await made(edit("flip it", count=3))

    assert [picture.index for picture in result.pictures] == [1]
    assert result.shortfall == ONE_OUTCOME


async def test_an_edit_that_pixels_cannot_do_is_refused_and_not_billed() -> None:
    with pytest.raises(Refused) as refused:
        await made(edit("add a cat", count=2))

    assert "cannot add things to a picture" in refused.value.reason
    assert not refused.value.was_billed


async def test_a_source_that_is_no_picture_is_refused_in_its_words() -> None:
    with pytest.raises(Refused) as refused:
        await made(edit("warmer", data=b"<html>log in</html>"))

    assert refused.value.reason == "That is not a PNG, JPEG or WebP picture."
    assert not refused.value.was_billed


async def test_upscaling_is_refused_rather_than_forgotten() -> None:
    with pytest.raises(Refused):
        await made(edit("warmer").model_copy(update={"scale": 2}))
