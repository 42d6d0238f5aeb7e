"""Enlarging a picture: by a button, a shortcut, twice or four times."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.images import Origin
from bot.domain.people import Mode, Tool
from bot.errors import Refused
from bot.studio.provider import Made, Order
from tests.conftest import Studio
from tests.flows.reading import credits, newest
from tests.flows.results import MUG, approved, finished, full_studio, images
from tests.flows.rules import rules, set_mode
from tests.pictures import photo
from tests.providers import FakeProvider, picture


def larger(order: Order) -> Made:
    """What an upscaler answers: the picture in the size that was ordered."""
    made = picture(1, width_px=order.size.width_px, height_px=order.size.height_px)
    return Made(pictures=(made,), seconds=0.1)


@pytest.fixture
def waifu2x() -> FakeProvider:
    """The provider that enlarges."""
    return FakeProvider(larger, larger, name="waifu2x")


@pytest.fixture
async def studio(tmp_path: Path, waifu2x: FakeProvider) -> AsyncIterator[Studio]:
    """A studio in which pictures can be made, edited and enlarged."""
    async with full_studio(tmp_path, waifu2x=waifu2x) as started:
        yield started


async def test_a_button_proposes_twice_the_size_of_the_exact_bytes(
    studio: Studio, waifu2x: FakeProvider
) -> None:
    done = await finished(studio, MUG)
    source = (await images(studio))[0]
    await studio.ana.click(done, "Upscale · 2")
    card = await studio.ana.see("Approve · 2 credits")
    assert card["thread_ts"] == done["thread_ts"]
    assert await credits(studio) == (1, 0)
    await approved(studio.ana)
    order = waifu2x.orders[0]
    data = await studio.services.blobs.get(source.sha256, team_id=source.team_id)
    assert [each.data for each in order.sources] == [data]
    assert (order.scale, order.size.width_px, order.size.height_px) == (2, 128, 128)
    image = (await images(studio))[0]
    assert (image.origin, image.parent_id, image.width_px) == (Origin.UPSCALED, source.id, 128)
    assert image.prompt == ""
    assert await credits(studio) == (3, 0)
    assert studio.slack.refusals == []


async def test_the_modal_offers_both_sizes(studio: Studio, waifu2x: FakeProvider) -> None:
    done = await finished(studio, MUG)
    await studio.ana.click(done, "More")
    await studio.ana.click(await studio.ana.modal(), "Upscale ×4 · 2 credits")
    await studio.ana.see_modal("A proposal is ready")
    await approved(studio.ana)
    assert waifu2x.orders[0].scale == 4
    assert studio.slack.refusals == []


async def test_the_shortcut_enlarges_a_picture_of_any_message(
    studio: Studio, waifu2x: FakeProvider
) -> None:
    message = await studio.ben.say("so small", channel="design", files=[photo(), photo()])
    await studio.slack.quiet()
    await studio.ana.shortcut("upscale_image", message)
    form = await studio.ana.see_modal("How much larger?")
    await studio.ana.choose(form, "pick_picture", message["files"][1]["id"])
    await studio.slack.quiet()
    await studio.ana.choose(await studio.ana.modal(), "enlarge_scale", "4")
    await studio.slack.quiet()
    answer = await studio.ana.submit(await studio.ana.modal())
    assert answer["response_action"] == "close"
    card = await studio.ana.see("Approve · 2 credits", channel="design")
    assert card["thread_ts"] == message["ts"]
    await approved(studio.ana, channel="design")
    order = waifu2x.orders[0]
    assert (order.scale, order.size.width_px, order.size.height_px) == (4, 240, 160)
    assert studio.slack.refusals == []


async def test_a_kept_picture_can_be_enlarged_from_where_it_was_kept(studio: Studio) -> None:
    await studio.ana.say("", files=[photo()])
    question = await studio.ana.see("What should I do with this picture?")
    await studio.ana.click(question, "Upscale…")
    form = await studio.ana.see_modal("How much larger?")
    assert "waifu2x Photo · *2 credits*" in str(form["blocks"])
    await studio.ana.submit(form)
    card = await studio.ana.see("Approve · 2 credits")
    assert card["thread_ts"] == question["thread_ts"]
    assert studio.slack.refusals == []


async def test_in_the_mode_auto_the_shortcut_enlarges_at_once(studio: Studio) -> None:
    await set_mode(studio, Tool.UPSCALE, Mode.AUTO)
    message = await studio.ben.say("so small", channel="design", files=[photo()])
    await studio.slack.quiet()
    await studio.ana.shortcut("upscale_image", message)
    await studio.ana.submit(await studio.ana.see_modal("How much larger?"))
    await studio.ana.see("2 credits charged*", channel="design", timeout_seconds=20)
    assert await credits(studio) == (2, 0)


async def test_where_we_are_not_in_the_channel_it_is_said_directly(studio: Studio) -> None:
    message = await studio.ana.say("hello", channel="general")
    await studio.ana.shortcut("upscale_image", message)
    await studio.ana.see_notice("There is no picture in that message")
    posted = await studio.ana.say("so small", channel="general", files=[photo()])
    await studio.slack.quiet()
    await studio.ana.shortcut("upscale_image", posted)
    await studio.ana.submit(await studio.ana.see_modal("How much larger?"))
    await studio.ana.see("I cannot post in this channel: I am not in it")
    assert await credits(studio) == (0, 0)


@pytest.mark.parametrize("tool", [Tool.UPSCALE, Tool.PROPOSE])
async def test_blocked_enlarging_is_said_and_nothing_runs(
    studio: Studio, waifu2x: FakeProvider, tool: Tool
) -> None:
    done = await finished(studio, MUG)
    await set_mode(studio, tool, Mode.BLOCKED)
    await studio.ana.click(done, "Upscale")
    await studio.ana.see_notice(f"{tool.label} is blocked in this workspace")
    assert waifu2x.orders == []


async def test_a_model_that_is_not_allowed_any_more_is_not_used(studio: Studio) -> None:
    done = await finished(studio, MUG)
    await rules(studio, model_ids=["sketch/compose"])
    await studio.ana.click(done, "Upscale")
    await studio.ana.see_notice("No model of this workspace can upscale pictures")


async def test_a_refusal_is_not_charged(tmp_path: Path) -> None:
    waifu2x = FakeProvider(Refused("too dark", was_billed=False), name="waifu2x")
    async with full_studio(tmp_path, waifu2x=waifu2x) as studio:
        done = await finished(studio, MUG)
        await studio.ana.click(done, "Upscale")
        await studio.ana.click(await studio.ana.see("Approval needed"), "Approve")
        await studio.ana.see("too dark")
        assert await credits(studio) == (1, 0)
        assert len((await newest(studio)).items) == 1


async def test_an_attached_picture_is_enlarged_by_asking_for_it(
    studio: Studio, waifu2x: FakeProvider
) -> None:
    said = await studio.ana.say("Upscale the image I attached", files=[photo()])
    card = await studio.ana.see("Approval needed")
    assert card["thread_ts"] == said["ts"]
    assert (await newest(studio)).tool is Tool.UPSCALE
    await approved(studio.ana)
    assert len(waifu2x.orders) == 1
