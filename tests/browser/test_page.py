"""A person clicks through the main job in a browser, at both widths."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.studio.providers import local_providers
from tests.browser.driving import PICTURES, Reader, reader
from tests.conftest import Studio, studio_in
from tests.flows.reading import credits

MUG = "Create a square product hero for a ceramic coffee mug."


@pytest.fixture
async def drawing(tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio that draws with the local engine."""
    async with studio_in(tmp_path, providers=local_providers()) as started:
        yield started


async def to_card(person: Reader, width: str) -> None:
    """Ask, and be at the card: the thread opens by itself where there is room."""
    if width == "narrow":
        await person.page.get_by_test_id("channel-D0ANA00001").click()
    await person.say(MUG)
    if width == "narrow":
        await person.page.get_by_test_id("open-thread").click()
    await expect(person.action("proposal_approve")).to_be_visible()


@pytest.mark.parametrize("width", ["wide", "narrow"])
async def test_from_a_sentence_to_the_images_in_the_thread(
    chromium: Browser, drawing: Studio, width: str
) -> None:
    async with reader(chromium, PICTURES / width, width=width) as person:
        page = person.page
        await person.open(drawing.slack.url)
        await to_card(person, width)
        await person.picture("1-card")
        await person.action("proposal_edit").click()
        modal = page.get_by_test_id("modal")
        await expect(modal).to_be_visible()

        await page.get_by_test_id("input-edit_model").click()
        await page.keyboard.type("2k")
        await page.get_by_test_id("option").filter(has_text="Sketch 2K").first.click()
        await expect(modal).to_contain_text("1 image · 2 credits")
        await page.get_by_test_id("input-edit_model").click()
        await page.keyboard.type("instant")
        await page.get_by_test_id("option").first.click()
        await page.get_by_test_id("input-edit_count").click()
        await page.get_by_test_id("option").filter(has_text="2 images").click()
        await expect(modal).to_contain_text("2 images · 2 credits")

        prompt = page.get_by_test_id("input-edit_prompt")
        await prompt.fill("")
        await page.get_by_test_id("modal-submit").click()
        await expect(modal.get_by_role("alert").first).to_be_visible()
        await person.picture("2-modal")
        await prompt.fill("A blue ceramic mug on a plinth, morning light")
        await page.get_by_test_id("modal-submit").click()
        await expect(modal).to_have_count(0)

        await expect(person.action("proposal_approve")).to_have_text("Approve · 2 credits")
        await person.action("proposal_approve").click()
        picture = page.locator(".thread .tile img")
        await expect(picture).to_be_visible(timeout=30_000)
        await expect(page.get_by_test_id("thread")).to_contain_text("2 credits charged")
        await expect(person.action("result_image")).to_be_visible()
        await person.picture("3-done")
        await picture.click()
        await expect(page.get_by_test_id("lightbox")).to_be_visible()
        await person.picture("4-lightbox")
        await page.keyboard.press("Escape")
        assert person.complaints == []
    assert await credits(drawing) == (2, 0)
    assert drawing.slack.refusals == []


async def test_denying_with_a_reason_brings_a_new_card(chromium: Browser, studio: Studio) -> None:
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        await person.open(studio.slack.url)
        await to_card(person, "wide")
        await person.action("proposal_deny").click()
        await person.page.get_by_test_id("input-deny_feedback").fill("warmer light")
        await person.page.get_by_test_id("modal-submit").click()
        thread = person.page.get_by_test_id("thread")
        await expect(thread).to_contain_text("“warmer light”")
        await expect(thread).to_contain_text("Warmer light.")
        await expect(thread.get_by_test_id("action-proposal_approve")).to_have_count(1)
        await person.picture("5-denied")


async def test_somebody_else_is_told_privately(chromium: Browser, studio: Studio) -> None:
    await studio.ana.say("@aethera draw a red fox", channel="design")
    await studio.ana.see("Approve", channel="design")
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        await person.open(f"{studio.slack.url}/?user={studio.ben.id}#/C0DESIGN01")
        await person.page.get_by_test_id("open-thread").click()
        await person.action("proposal_approve").click()
        notice = person.page.get_by_test_id("ephemeral")
        await expect(notice).to_contain_text("can decide this proposal")
        await expect(notice).to_contain_text("Only visible to you")
        await person.picture("6-notice")


async def test_the_home_and_the_command_answer(chromium: Browser, studio: Studio) -> None:
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        await person.open(studio.slack.url)
        await to_card(person, "wide")
        await person.page.get_by_test_id("thread-close").click()
        await person.say("/studio models")
        await expect(person.page.get_by_test_id("ephemeral")).to_contain_text("Sketch Mark")
        await person.picture("7-models")
        await person.page.get_by_test_id("nav-home").click()
        home = person.page.get_by_test_id("home")
        await expect(home).to_contain_text("Waiting for your decision")
        await expect(home).to_contain_text("1,000 of 1,000 left")
        await person.picture("8-home")
