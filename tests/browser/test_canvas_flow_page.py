"""Images for a canvas, in the browser at both widths: card, form, canvas, undo."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from storage import gallery
from tests.browser.driving import PICTURES, reader
from tests.conftest import Studio, studio_in
from tests.flows.canvases import DESIGN, ask_for_images, plan_of_channel
from tests.flows.showing import show_button

BOARD = (
    "What we show on launch day.\n\n## Hero\n\nA ceramic mug on a plinth, morning light.\n\n"
    "## Social\n\nA fox drinking coffee, flat and friendly.\n\n## Press\n\n- [ ] wide picture"
)


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio whose pictures are worth looking at."""
    async with studio_in(tmp_path) as started:
        yield started


@pytest.mark.parametrize("width", ["wide", "narrow"])
async def test_images_go_into_a_canvas_and_out_again(
    chromium: Browser, studio: Studio, width: str
) -> None:
    canvas_id = await plan_of_channel(studio, BOARD)
    before = studio.ana.canvas_markdown(canvas_id)
    asked = await ask_for_images(studio)
    await studio.ana.see("Approval needed", channel="design")
    thread = f"{studio.slack.url}/#/{DESIGN}/thread/{asked.thread_ts}"
    async with reader(chromium, PICTURES / width, width=width) as person:
        page = person.page
        await person.open(thread)
        await expect(person.action("proposal_approve")).to_be_visible()
        await person.picture("canvas-card")
        await person.action("proposal_approve").click()
        done = page.get_by_text("Undo inserts (3)").last
        await expect(done).to_be_visible(timeout=60_000)
        await done.scroll_into_view_if_needed()
        await person.picture("canvas-card-inserted")

        (result, *_) = await studio.services.store.read(
            gallery.newest_results, team_id=studio.slack.team_id, user_id=studio.ana.id
        )
        await show_button(studio, "result_insert", result.image.id)
        await page.goto(f"{studio.slack.url}/#/{DESIGN}")
        await person.action("result_insert").click()
        await expect(page.get_by_test_id("modal")).to_contain_text("Under the heading")
        await person.picture("canvas-insert-modal")
        await page.keyboard.press("Escape")

        await page.goto(f"{studio.slack.url}/#/{DESIGN}/canvas/{canvas_id}")
        body = page.get_by_test_id("canvas-body")
        await expect(body.get_by_role("img")).to_have_count(3)
        await person.picture("canvas-with-images")

        await page.goto(thread)
        await person.action("insert_undo_several").click()
        await expect(page.get_by_test_id("modal")).to_contain_text("Under “Hero”")
        await person.picture("canvas-undo-modal")
        await page.get_by_test_id("modal-submit").click()
        await expect(page.get_by_text(", and undone").last).to_be_visible()
        await person.picture("canvas-undone")
        assert studio.ana.canvas_markdown(canvas_id) == before
        assert person.complaints == []
