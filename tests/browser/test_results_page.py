"""A person does things with finished images in a browser, at both widths."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Browser, expect

from bot.studio.provider import Made, Order, Picture
from bot.studio.providers import local_providers
from tests.browser.driving import PICTURES, Reader, reader
from tests.conftest import Studio, studio_in
from tests.flows.results import finished
from tests.pictures import photo
from tests.providers import FakeProvider

WIDTHS = ["wide", "narrow"]


def larger(order: Order) -> Made:
    """The source, in the size that was ordered."""
    opened = Image.open(io.BytesIO(order.sources[0].data))
    buffer = io.BytesIO()
    opened.resize((order.size.width_px, order.size.height_px)).save(buffer, "PNG")
    picture = Picture(data=buffer.getvalue(), description="larger", index=1)
    return Made(pictures=(picture,), seconds=1.2)


@pytest.fixture
async def drawing(tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio that draws with the local engine, and enlarges."""
    providers = {
        **local_providers(),
        "waifu2x": FakeProvider(larger, larger, name="waifu2x"),
    }
    async with studio_in(tmp_path, providers=providers) as started:
        yield started


async def open_thread(person: Reader, studio: Studio, *, channel: str = "D0ANA00001") -> None:
    """Be in the newest thread of a channel."""
    await person.open(f"{studio.slack.url}/#/{channel}")
    await person.page.get_by_test_id("open-thread").last.click()


@pytest.mark.parametrize("width", WIDTHS)
async def test_one_of_a_sheet_is_looked_at_edited_and_enlarged(
    chromium: Browser, drawing: Studio, width: str
) -> None:
    await finished(drawing, "two variations of a fox logo")
    async with reader(chromium, PICTURES / width, width=width) as person:
        page = person.page
        await open_thread(person, drawing)
        await expect(person.action("result_open")).to_be_visible()
        await person.action("result_image").click()
        await page.get_by_test_id("option").filter(has_text="Image 2").click()
        await person.action("result_open").scroll_into_view_if_needed()
        await person.picture("r1-card")
        await person.action("result_open").click()
        modal = page.get_by_test_id("modal")
        await expect(modal).to_contain_text("Image 2 of the sheet")
        await person.picture("r2-image")
        await modal.get_by_text("Alt text:").scroll_into_view_if_needed()
        await person.picture("r3-image-below")
        await person.action("image_alt").click()
        await expect(modal).to_contain_text("What does it show?")
        await person.picture("r4-alt")
        await page.get_by_test_id("modal-submit").click()
        await expect(modal).to_contain_text("The alt text is kept")
        await person.action("image_edit").click()
        await page.get_by_test_id("input-change_instruction").fill(
            "make the background warmer, but keep the subject the same"
        )
        await page.get_by_test_id("input-change_count").click()
        await page.get_by_test_id("option").filter(has_text="2 images").click()
        await expect(modal).to_contain_text("2 images · 2 credits")
        await person.picture("r5-edit")
        await page.get_by_test_id("modal-submit").click()
        await expect(modal).to_have_count(0)
        await expect(person.action("proposal_approve")).to_have_text("Approve · 2 credits")
        await person.picture("r6-edit-card")
        assert person.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
async def test_the_chain_is_walked_and_the_image_deleted(
    chromium: Browser, drawing: Studio, width: str
) -> None:
    done = await finished(drawing, "Create a square product hero for a ceramic coffee mug.")
    await drawing.ana.click(done, "Upscale")
    await drawing.ana.click(await drawing.ana.see("Approval needed"), "Approve")
    await drawing.ana.see("2 credits charged*", timeout_seconds=20)
    await drawing.slack.quiet()
    async with reader(chromium, PICTURES / width, width=width) as person:
        page = person.page
        await open_thread(person, drawing)
        await person.action("result_open").click()
        modal = page.get_by_test_id("modal")
        await expect(modal).to_contain_text("v2 upscaled (this one)")
        await person.picture("r7-chain")
        await person.action("image_back").click()
        await expect(modal).to_contain_text("v1 generated (this one)")
        await person.action("image_delete").scroll_into_view_if_needed()
        await person.picture("r8-back")
        await person.action("image_delete").click()
        await expect(page.get_by_test_id("confirm")).to_be_visible()
        await person.picture("r9-confirm")
        await page.get_by_test_id("confirm-accept").click()
        await expect(modal).to_contain_text("The image is deleted")
        await person.picture("r10-deleted")
        await page.get_by_test_id("modal-close").click()
        await expect(page.get_by_test_id("thread")).to_contain_text("The image was deleted by")
        await person.picture("r11-card-of-deleted")
        assert person.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_picture_without_words_is_asked_about(
    chromium: Browser, drawing: Studio, width: str
) -> None:
    await drawing.ana.say("", files=[photo(width_px=900, height_px=600)])
    await drawing.ana.see("What should I do with this picture?")
    await drawing.slack.quiet()
    async with reader(chromium, PICTURES / width, width=width) as person:
        page = person.page
        await open_thread(person, drawing)
        await person.action("posted_keep").click()
        await expect(page.get_by_test_id("thread")).to_contain_text("Kept in your gallery")
        await person.picture("r12-kept")
        await person.action("posted_upscale").click()
        modal = page.get_by_test_id("modal")
        await expect(modal).to_contain_text("How much larger?")
        await person.picture("r13-upscale")
        await page.get_by_test_id("modal-submit").click()
        await expect(person.action("proposal_approve")).to_have_text("Approve · 2 credits")
        await person.picture("r14-upscale-card")
        assert person.complaints == []
