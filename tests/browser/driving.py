"""A browser on the sandbox's page, and what a person does in it."""

import contextlib
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
WIDTHS = {"wide": (1440, 900), "narrow": (390, 844)}

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str:
    """The path of an installed Chromium; skips the test where there is none, fails in CI."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    if os.environ.get("CI"):
        pytest.fail("no Chromium is installed, and CI must run the browser tests")
    pytest.skip("no Chromium is installed")


@contextlib.asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium."""
    path = chromium()
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        yield opened
        await opened.close()


class Reader:
    """Somebody at the page."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self._folder = folder
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    async def open(self, url: str, *, who: str = "Ana") -> None:
        """Open the workspace as a person."""
        await self.page.goto(url)
        await self.page.get_by_test_id("act-as").wait_for()

    async def picture(self, name: str) -> Path:
        """Keep a screenshot."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{name}.png"
        await self.page.screenshot(path=path)
        return path

    def action(self, action_id: str) -> Locator:
        """The newest visible element with that action id."""
        return self.page.get_by_test_id(f"action-{action_id}").last

    async def say(self, text: str) -> None:
        """Type into the conversation's composer and send."""
        composer = self.page.get_by_test_id("composer")
        await composer.fill(text)
        await composer.press("Enter")


@contextlib.asynccontextmanager
async def reader(
    opened: Browser, folder: Path, *, width: str, dark: bool = False
) -> AsyncIterator[Reader]:
    """A page of a fresh browser profile at one of the two widths."""
    across, down = WIDTHS[width]
    context = await opened.new_context(
        viewport={"width": across, "height": down},
        color_scheme="dark" if dark else "light",
        device_scale_factor=2 if width == "narrow" else 1,
    )
    page = await context.new_page()
    page.set_default_timeout(15_000)
    yield Reader(page, folder)
    await context.close()
