"""Deleting an image: from the thread, the gallery and the disk, as conversations."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.audit import Deed
from bot.errors import NotFound
from storage import audit, gallery
from tests.conftest import Studio
from tests.flows.reading import credits, has_files, newest
from tests.flows.results import MUG, Json, approved, finished, full_studio, images


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio in which pictures can be made, edited and enlarged."""
    async with full_studio(tmp_path) as started:
        yield started


async def delete(studio: Studio, card: Json, *, number: int = 1) -> None:
    """Ana opens one of the card's images and deletes it."""
    item_id = (await newest(studio)).items[0].id
    if number > 1:
        await studio.ana.choose(card, "result_image", f"{item_id}.{number}")
    await studio.ana.click(card, "More")
    await studio.ana.click(await studio.ana.modal(), "Delete")
    await studio.ana.see_modal("The image is deleted")


async def test_deleting_a_single_image_leaves_nothing_of_it(studio: Studio) -> None:
    done = await finished(studio, MUG)
    image = (await images(studio))[0]
    posted = await studio.ana.see(has_files)
    await delete(studio, done)
    card = await studio.ana.see(f"The image was deleted by <@{studio.ana.id}>.")
    assert card["ts"] == done["ts"]
    assert "result_" not in str(card["blocks"])
    assert studio.ana.refresh(posted)["files"] == [
        {"id": posted["files"][0]["id"], "mode": "tombstone"}
    ]
    assert await images(studio) == []
    with pytest.raises(NotFound):
        await studio.services.blobs.get(image.sha256, team_id=image.team_id)
    entry = (await studio.services.store.read(audit.newest, team_id=image.team_id, limit=1))[0][1]
    assert (entry.deed, entry.actor_id, entry.subject) == (
        Deed.IMAGE_DELETED,
        studio.ana.id,
        image.id,
    )
    assert await credits(studio) == (1, 0)
    assert studio.slack.refusals == []


async def test_deleting_one_of_a_sheet_posts_the_rest_with_their_old_numbers(
    studio: Studio,
) -> None:
    done = await finished(studio, "three variations of a fox logo")
    sheet = await studio.ana.see(has_files)
    await delete(studio, done, number=2)
    rest = await studio.ana.see("Here again, without image")
    assert rest["thread_ts"] == done["thread_ts"]
    assert studio.ana.refresh(sheet)["files"][0]["mode"] == "tombstone"
    card = await studio.ana.see("Image 2 was deleted by")
    assert [image.index for image in await images(studio)] == [1, 3]
    options = [
        option["text"]["text"]
        for block in card["blocks"]
        for element in block.get("elements", ())
        for option in element.get("options", ())
    ]
    assert options == ["Image 1", "Image 3"]
    await studio.slack.quiet()
    item_id = (await newest(studio)).items[0].id
    await studio.ana.choose(card, "result_image", f"{item_id}.3")
    await studio.ana.click(card, "More")
    modal = await studio.ana.see_modal("Image 3 of the sheet")
    assert modal["blocks"][0]["slack_file"]["id"] == rest["files"][0]["id"]
    assert studio.slack.refusals == []


async def test_the_last_of_a_sheet_goes_like_a_single_one(studio: Studio) -> None:
    done = await finished(studio)
    await delete(studio, done)
    await studio.ana.see("Here again, without image")
    card = await studio.ana.see("Image 1 was deleted by")
    await studio.slack.quiet()
    await delete(studio, card)
    await studio.ana.see("All 2 images were deleted by")
    files = [file for m in studio.ana.messages() for file in m.get("files", ())]
    assert {file["mode"] for file in files} == {"tombstone"}
    assert await images(studio) == []
    assert studio.slack.refusals == []


async def test_what_was_made_of_a_deleted_image_stays(studio: Studio) -> None:
    done = await finished(studio, MUG)
    await studio.ana.click(done, "Upscale")
    larger = await approved(studio.ana)
    await studio.slack.quiet()
    await studio.ana.click(done, "More")
    await studio.ana.click(await studio.ana.modal(), "Delete")
    await studio.ana.see_modal("The image is deleted")
    await studio.ana.click(larger, "More")
    await studio.ana.see_modal("Made from an image that is not in the gallery any more")


async def test_bytes_that_another_image_has_too_are_kept(studio: Studio) -> None:
    done = await finished(studio, MUG)
    first = (await images(studio))[0]
    await finished(studio, "Create a square product hero for a steel bottle.")
    second = (await images(studio))[0]
    assert first.sha256 == second.sha256
    await studio.ana.click(done, "More")
    await studio.ana.click(await studio.ana.modal(), "Delete")
    await studio.ana.see_modal("The image is deleted")
    assert await studio.services.blobs.get(second.sha256, team_id=second.team_id)


async def test_nobody_else_may_delete_an_image_however_they_ask(studio: Studio) -> None:
    await finished(studio, MUG, channel="design")
    image = (await images(studio))[0]
    own = await finished(studio, channel="design", by=studio.ben)
    await studio.ben.click(own, "More")
    modal = await studio.ben.modal()
    forge(studio, modal, "image_delete", image.id)
    await studio.ben.click(modal, "image_delete")
    await studio.ben.see_modal("who asked for this image, and admins")
    assert await studio.services.store.read(gallery.find, image.id, team_id=image.team_id)


async def test_a_card_that_still_shows_a_deleted_image_says_that_it_is_gone(
    studio: Studio,
) -> None:
    done = await finished(studio, MUG)
    studio.slack.fault("chat.update", error="internal_error", times=9)
    await delete(studio, done)
    for button in ("Vary", "Upscale", "Edit", "More"):
        await studio.ana.click(done, button)
    await studio.ana.see_notice("not in this workspace's gallery any more")
    assert sum("Approval needed" in m["text"] for m in studio.ana.messages()) == 0


async def test_where_slack_does_not_delete_the_file_nothing_is_deleted(studio: Studio) -> None:
    done = await finished(studio, MUG)
    studio.slack.fault("files.delete", error="internal_error", times=9)
    await studio.ana.click(done, "More")
    await studio.ana.click(await studio.ana.modal(), "Delete")
    await studio.ana.see_modal("It is all still there")
    assert len(await images(studio)) == 1


def forge(studio: Studio, view: Json, action_id: str, value: str) -> None:
    """Have a button of an open modal carry something else, as nobody but a forger can."""
    body = studio.slack.world.workspace.views[view["id"]].body
    for block in body["blocks"]:
        for element in block.get("elements", ()):
            with contextlib.suppress(AttributeError):
                if element.get("action_id") == action_id:
                    element["value"] = value
