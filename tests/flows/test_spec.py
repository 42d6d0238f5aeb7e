"""The sentences that users were promised, word for word, through the local engines."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image as Picture

from bot.domain.images import Image, Origin
from bot.domain.people import Tool
from bot.studio.providers import local_providers
from tests.conftest import Studio, studio_in
from tests.flows.canvases import insertions_now, pictures, plan_of_channel
from tests.flows.reading import credits, has_files, newest
from tests.flows.results import Json, approved, images
from tests.pictures import photo


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio that draws, edits and enlarges by itself."""
    async with studio_in(tmp_path, providers=local_providers()) as started:
        yield started


async def opened(studio: Studio, image: Image) -> Picture.Image:
    """An image's pixels."""
    data = await studio.services.blobs.get(image.sha256, team_id=studio.slack.team_id)
    return Picture.open(io.BytesIO(data))


async def charged(studio: Studio, card: Json, words: str, *, channel: str = "dm") -> Json:
    """The card once it says what was charged for all of it."""
    return await studio.ana.see(
        lambda m: m["ts"] == card["ts"] and f"*{words} charged*" in m["text"],
        channel=channel,
        timeout_seconds=60,
    )


def posts(studio: Studio, channel: str = "dm") -> list[Json]:
    """The messages that bring images."""
    return [
        message
        for message in studio.ana.messages(channel)
        if any(file["mimetype"].startswith("image/") for file in message.get("files", ()))
    ]


async def test_three_homepage_hero_image_concepts(studio: Studio) -> None:
    await studio.ana.say("Make three homepage hero image concepts for this product launch.")
    card = await studio.ana.see("Approval needed: 3 images, 3 credits")
    proposal = await newest(studio)
    assert proposal.tool is Tool.GENERATE_BATCH
    assert len({item.settings.prompt for item in proposal.items}) == 3
    await studio.ana.click(card, "Approve all")
    posted = await studio.ana.see(has_files, timeout_seconds=30)
    assert len(posted["files"]) == 3
    await charged(studio, card, "3 credits")
    assert len(posts(studio)) == 1
    assert await credits(studio) == (3, 0)
    assert studio.slack.refusals == []


async def test_a_poster_in_a_cinematic_style(studio: Studio) -> None:
    await studio.ana.say("Generate a 9:16 poster in a cinematic style.")
    await approved(studio.ana)
    (image,) = await images(studio)
    assert (image.aspect.value, image.style_id) == ("9:16", "cinematic")
    assert image.width_px * 16 == image.height_px * 9
    assert studio.slack.refusals == []


async def test_the_last_image_edited_with_a_warmer_background(studio: Studio) -> None:
    said = await studio.ana.say("Create a square product hero for a ceramic coffee mug.")
    await approved(studio.ana)
    (before,) = await images(studio)
    await studio.slack.quiet()
    await studio.ana.say(
        "Edit the last image so the background is warmer, but keep the subject the same.",
        thread_ts=said["ts"],
    )
    card = await studio.ana.see("Approval needed: 1 image edited")
    assert any(block["type"] == "image" for block in card["blocks"])
    await studio.ana.click(card, "Approve")
    await charged(studio, card, "1 credit")
    after = (await images(studio))[0]
    assert (after.origin, after.parent_id) == (Origin.EDITED, before.id)
    assert warmth(await opened(studio, after)) > warmth(await opened(studio, before)) + 5
    assert await credits(studio) == (2, 0)
    assert studio.slack.refusals == []


def warmth(picture: Picture.Image) -> float:
    """How much more red than blue the corner holds, of 255."""
    corner = picture.convert("RGB").crop((0, 0, 64, 64)).resize((1, 1))
    red, _, blue = corner.getpixel((0, 0))  # type: ignore[misc]
    return float(red - blue)


async def test_an_attached_image_upscaled(studio: Studio) -> None:
    await studio.ana.say("Upscale the image I attached.", files=[photo(width_px=96, height_px=64)])
    card = await studio.ana.see("Approval needed: an image upscaled")
    await studio.ana.click(card, "Approve")
    await charged(studio, card, "2 credits")
    larger = (await images(studio))[0]
    assert (larger.origin, larger.width_px, larger.height_px) == (Origin.UPSCALED, 192, 128)
    assert studio.slack.refusals == []


async def test_images_for_each_section_of_a_compose_document(studio: Studio) -> None:
    canvas_id = await plan_of_channel(studio)
    before = studio.ana.canvas_markdown(canvas_id)
    await studio.ana.say(
        "@aethera Create images for each section of this Compose document and insert them.",
        channel="design",
    )
    card = await studio.ana.see("Approval needed: 2 images", channel="design")
    assert [item.title for item in (await newest(studio)).items] == ["Hero", "Social"]
    assert studio.ana.canvas_markdown(canvas_id) == before
    await studio.ana.click(card, "Approve all")
    done = await charged(studio, card, "2 credits", channel="design")
    assert "Inserted under “Hero”" in str(done["blocks"])
    assert [len(post["files"]) for post in posts(studio, "design")] == [2]
    assert len(pictures(studio.ana.canvas_markdown(canvas_id))) == 2
    assert len(await insertions_now(studio)) == 2
    await studio.ana.click(done, "Undo inserts")
    await studio.ana.submit(await studio.ana.modal())
    await studio.slack.quiet()
    assert studio.ana.canvas_markdown(canvas_id) == before
    assert await credits(studio) == (2, 0)
    assert studio.slack.refusals == []
