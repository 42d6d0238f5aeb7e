"""Makes the README's picture by doing what it shows: `make pictures`."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import expect

from bot.app import running
from bot.manifest import load_manifest
from bot.sandbox import Sandbox
from tests.browser.driving import browser, reader
from tests.conftest import settings_for

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
REQUEST = "Create a square product hero for a ceramic coffee mug."


async def main() -> None:
    """Ask for a mug, set it to four images, approve, and keep what the page shows."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            Sandbox(load_manifest()) as slack,
            running(settings_for(slack, Path(folder))),
            browser() as opened,
            reader(opened, FOLDER, width="wide") as person,
        ):
            await slack.connected()
            page = person.page
            await person.open(slack.url)
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


if __name__ == "__main__":
    asyncio.run(main())
