"""Makes the README's pictures by doing what they show: `make pictures`."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import expect

from tests.browser.driving import Reader, browser, reader
from tests.conftest import Studio, studio_in

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
REQUEST = "Create a square product hero for a ceramic coffee mug."
HEROES = "Make these wide images:\n1. a rocket\n2. a lighthouse at night\n3. a fox in the hills"
SECTIONS = "@aethera Create images for each section of this Compose document and insert them."
PLAN = """Three posts for the week of the launch.

## The mug

A ceramic coffee mug on a plinth, morning light.

## The mascot

A fox in the hills at sunrise.

## The evening

A lighthouse at night, calm sea.
"""


async def made(picture: Callable[[Studio, Reader], Awaitable[None]]) -> None:
    """Make a picture as Ana at the page of a fresh workspace."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            studio_in(Path(folder)) as studio,
            browser() as opened,
            reader(opened, FOLDER, width="wide") as person,
        ):
            await person.open(studio.slack.url)
            await picture(studio, person)


async def single(_: Studio, person: Reader) -> None:
    """Ask for a mug, set it to two images, approve, and keep the form and what came."""
    page = person.page
    await person.say(REQUEST)
    await person.action("proposal_edit").click()
    await page.get_by_test_id("input-edit_count").click()
    await page.get_by_test_id("option").filter(has_text="2 images").click()
    await expect(page.get_by_test_id("modal")).to_contain_text("2 images · 2 credits")
    await person.picture("form")
    await page.get_by_test_id("modal-submit").click()
    await expect(person.action("proposal_approve")).to_have_text("Approve · 2 credits")
    await person.action("proposal_approve").click()
    await expect(page.locator(".thread .tile img")).to_be_visible(timeout=30_000)
    await expect(person.action("result_image")).to_be_visible()
    await page.mouse.move(300, 300)
    await person.picture("single")


async def batch(_: Studio, person: Reader) -> None:
    """Ask for three images, approve all, and keep the card with what came."""
    page = person.page
    await person.say(HEROES)
    await expect(person.action("proposal_approve")).to_have_text("Approve all · 3 credits")
    await person.action("proposal_approve").click()
    await expect(page.locator(".thread .tile img")).to_have_count(3, timeout=60_000)
    await expect(page.get_by_test_id("thread")).to_contain_text("3 credits charged · images below")
    await page.mouse.move(300, 300)
    await person.picture("batch")


async def canvas(studio: Studio, person: Reader) -> None:
    """Ask for an image of each section of the channel's canvas, and keep the canvas."""
    page = person.page
    canvas_id = await studio.ana.write_canvas("Launch week", PLAN, channel="design")
    await page.goto(f"{studio.slack.url}/#/C0DESIGN01")
    await person.say(SECTIONS)
    await expect(person.action("proposal_approve")).to_have_text("Approve all · 3 credits")
    await person.action("proposal_approve").click()
    await expect(person.action("insert_undo_several")).to_be_visible(timeout=60_000)
    await page.goto(f"{studio.slack.url}/#/C0DESIGN01/canvas/{canvas_id}")
    images = page.get_by_test_id("canvas-body").get_by_role("img")
    await expect(images).to_have_count(3)
    for image in await images.all():
        await expect(image).to_have_js_property("complete", True)
    await page.mouse.move(300, 300)
    await person.picture("canvas")


if __name__ == "__main__":
    for each in (single, batch, canvas):
        asyncio.run(made(each))
