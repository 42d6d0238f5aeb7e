"""Pictures that people post, kept in the gallery, as conversations."""

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image as Picture

from bot.domain.images import Image, Origin
from bot.domain.people import Mode, Tool
from bot.domain.proposals import ItemSource
from bot.domain.requests import ImportPlan
from bot.jobs.sweep import sweep
from storage import gallery, sightings
from tests.conftest import Studio
from tests.flows.reading import credits
from tests.flows.results import MUG, Json, finished, full_studio, images
from tests.flows.rules import set_mode
from tests.pictures import photo


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio in which pictures can be made, edited and enlarged."""
    async with full_studio(tmp_path) as started:
        yield started


async def kept(studio: Studio) -> list[Image]:
    """Ana's imported images, newest first."""
    found, _ = await studio.services.store.read(
        gallery.search, team_id=studio.slack.team_id, user_id=studio.ana.id, limit=20
    )
    return [image for image in found if image.is_imported]


async def test_a_picture_without_words_is_asked_about_and_kept(studio: Studio) -> None:
    said = await studio.ana.say("", files=[photo()])
    question = await studio.ana.see("What should I do with this picture?")
    assert question["thread_ts"] == said["ts"]
    await studio.ana.click(question, "Keep in gallery")
    await studio.ana.see_notice(f"60 × 40 px, posted by <@{studio.ana.id}>")
    image = (await kept(studio))[0]
    assert (image.origin, image.source_user_id) == (Origin.IMPORTED, studio.ana.id)
    assert image.slack_file_id == said["files"][0]["id"]
    assert image.title == "picture.png"
    assert await credits(studio) == (0, 0)
    assert studio.slack.refusals == []


async def test_what_a_photo_says_of_place_and_camera_is_not_kept(studio: Studio) -> None:
    await studio.ana.say("", files=[photo(turned=True)])
    await studio.ana.click(await studio.ana.see("What should I do"), "Keep in gallery")
    await studio.ana.see_notice("Kept in your gallery")
    image = (await kept(studio))[0]
    data = await studio.services.blobs.get(image.sha256, team_id=image.team_id)
    opened = Picture.open(io.BytesIO(data))
    assert opened.size == (40, 60) == (image.width_px, image.height_px)
    assert dict(opened.getexif()) == {}
    assert b"Camera maker" not in data


async def test_the_same_file_is_one_image_however_often_it_is_kept(studio: Studio) -> None:
    await studio.ana.say("", files=[photo()])
    question = await studio.ana.see("What should I do")
    for _ in range(2):
        await studio.ana.click(question, "Keep in gallery")
        await studio.slack.quiet()
    assert len(studio.ana.notices()) == 2
    assert len(await kept(studio)) == 1


async def test_the_shortcut_keeps_a_picture_of_any_message(studio: Studio) -> None:
    message = await studio.ben.say("our new poster", channel="design", files=[photo(kind="PNG")])
    await studio.slack.quiet()
    await studio.ana.shortcut("import_image", message)
    notice = await studio.ana.see_notice(f"posted by <@{studio.ben.id}>")
    image = (await kept(studio))[0]
    assert (image.requester_id, image.source_user_id) == (studio.ana.id, studio.ben.id)
    assert len(studio.slack.calls("chat.postMessage")) == 0
    await studio.ana.click(notice, "More")
    modal = await studio.ana.see_modal("Imported from Slack")
    assert modal["blocks"][0]["slack_file"]["id"] == message["files"][0]["id"]
    await studio.ana.click(modal, "Full size")
    await studio.ana.see_modal("is in this thread already")
    assert studio.slack.refusals == []


async def test_of_several_pictures_one_is_chosen(studio: Studio) -> None:
    message = await studio.ben.say(
        "two drafts", channel="design", files=[photo(), photo(width_px=90)]
    )
    await studio.slack.quiet()
    await studio.ana.shortcut("import_image", message)
    modal = await studio.ana.see_modal("Keep in gallery")
    second = message["files"][1]["id"]
    await studio.ana.choose(modal, "pick_picture", second)
    modal = await studio.ana.see_modal(lambda view: view["blocks"][0]["slack_file"]["id"] == second)
    await studio.ana.submit(modal)
    await studio.ana.see_notice("90 × 40 px")
    assert [image.slack_file_id for image in await kept(studio)] == [second]
    assert studio.slack.refusals == []


async def test_a_message_without_a_picture_is_answered_kindly(studio: Studio) -> None:
    message = await studio.ben.say("no picture here", channel="design")
    for shortcut in ("edit_image", "upscale_image", "import_image"):
        await studio.ana.shortcut(shortcut, message)
    await studio.slack.quiet()
    assert len(studio.ana.notices()) == 3
    await studio.ana.see_notice("There is no picture in that message")
    assert studio.ana.views() == []


async def test_our_own_images_are_recognised(studio: Studio) -> None:
    await finished(studio, MUG)
    image = (await images(studio))[0]
    posted = await studio.ana.see(lambda m: bool(m.get("files")))
    await studio.ana.shortcut("import_image", posted)
    await studio.ana.see_notice("Kept in your gallery")
    assert await kept(studio) == []
    assert (await images(studio))[0].id == image.id


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"not a picture at all", "not a picture that I know"),
        (photo()[:200], "damaged or incomplete"),
        (b"%PDF-1.7" + b"\x00" * 40, "That file is a PDF"),
    ],
)
async def test_what_is_no_picture_is_refused_in_a_sentence(
    studio: Studio, data: bytes, words: str
) -> None:
    message = await studio.ben.say("look", channel="design", files=[data])
    await studio.slack.quiet()
    await studio.ana.shortcut("import_image", studio.ana.refresh(message))
    await studio.ana.see_notice(words)
    assert await kept(studio) == []


async def test_a_file_that_is_gone_is_said_to_be(studio: Studio) -> None:
    message = await studio.ben.say("look", channel="design", files=[photo()])
    await studio.slack.quiet()
    await studio.ben.delete(message)
    studio.slack.world.workspace.files[message["files"][0]["id"]].deleted = True
    await studio.ana.say("", files=[photo()])
    question = await studio.ana.see("What should I do")
    forge(studio, question, message["files"][0]["id"])
    await studio.ana.click(question, "Keep in gallery")
    await studio.ana.see_notice("not in Slack any more, or I cannot see it")


async def test_a_sign_in_page_instead_of_the_file_is_no_picture(studio: Studio) -> None:
    message = await studio.ben.say("look", channel="design", files=[photo()])
    await studio.slack.quiet()
    file = studio.slack.world.workspace.files[message["files"][0]["id"]]
    file.data = b"<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>"
    await studio.ana.shortcut("import_image", message)
    await studio.ana.see_notice("the app lacks permission to read files here")
    assert await kept(studio) == []


async def test_blocked_importing_keeps_nothing_and_says_who_can_change_it(studio: Studio) -> None:
    await set_mode(studio, Tool.IMPORT_ATTACHMENT, Mode.BLOCKED)
    message = await studio.ben.say("look", channel="design", files=[photo()])
    await studio.slack.quiet()
    await studio.ana.shortcut("import_image", message)
    await studio.ana.see_notice("Importing pictures is blocked in this workspace")
    assert await kept(studio) == []


async def test_where_importing_is_to_be_asked_about_it_is(studio: Studio) -> None:
    from bot.answers import imports
    from bot.domain.requests import Request, Source

    await set_mode(studio, Tool.IMPORT_ATTACHMENT, Mode.ASK)
    said = await studio.ana.say("keep this", channel="design", files=[photo()])
    await studio.slack.quiet()
    request = Request(
        id="req_1",
        team_id=studio.slack.team_id,
        user_id=studio.ana.id,
        channel_id=said["channel"],
        ts=said["ts"],
        thread_ts=said["ts"],
        text="keep this",
        source=Source.MENTION,
        created_at=studio.services.now(),
    )
    plan = ImportPlan(sources=(ItemSource(slack_file_id=said["files"][0]["id"]),))
    person = await studio.services.slack.person(studio.ana.id, team_id=studio.slack.team_id)
    message = await imports.answer(studio.services, request, plan, person=person)
    assert message is not None
    assert message.text == "Keep this picture in the gallery? It costs nothing."
    assert await kept(studio) == []


async def test_pictures_are_seen_by_their_ids_and_forgotten_in_time(studio: Studio) -> None:
    root = await studio.ben.say("first", channel="design", files=[photo(), photo()])
    gone = await studio.ben.say(
        "oops", channel="design", thread_ts=root["ts"], files=[photo(kind="PNG")]
    )
    await studio.slack.quiet()

    async def seen() -> list[str]:
        found = await studio.services.store.read(
            sightings.in_thread,
            team_id=studio.slack.team_id,
            channel_id=root["channel"],
            thread_ts=root["ts"],
        )
        return [sighting.file_id for sighting in found]

    both = [file["id"] for file in root["files"]]
    assert await seen() == [*both, gone["files"][0]["id"]]
    await studio.ben.delete(gone)
    await studio.slack.quiet()
    assert await seen() == both
    await studio.services.store.run(
        sightings.forget, before=studio.services.now() - timedelta(days=30)
    )
    assert await seen() == both
    await sweep(studio.services)
    assert await seen() == both


def forge(studio: Studio, message: Json, value: str) -> None:
    """Have the buttons of a message carry something else."""
    channel = studio.slack.world.workspace.channels[message["channel"]]
    for block in channel.messages[message["ts"]].body["blocks"]:
        for element in block.get("elements", ()):
            element["value"] = value


async def test_a_picture_that_somebody_else_posted_in_the_thread_is_kept_by_asking_for_it(
    studio: Studio,
) -> None:
    root = await studio.ben.say("drafts", channel="design", files=[photo(), photo(width_px=90)])
    await studio.slack.quiet()
    await studio.ana.say(
        "@aethera import the second picture Ben posted", channel="design", thread_ts=root["ts"]
    )
    answer = await studio.ana.see("Kept in your gallery", channel="design")
    assert answer["thread_ts"] == root["ts"]
    assert "90 × 40 px" in answer["text"]
    assert [image.slack_file_id for image in await kept(studio)] == [root["files"][1]["id"]]
