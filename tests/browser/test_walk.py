"""From words to pictures in the browser at both widths, for each kind of request.

The forms and the menus are walked by the tests of their pages; here are the requests as they are
said, the cards that answer, and what becomes of them.
"""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Browser, expect

from bot.studio.provider import Made, Order, Picture
from tests.browser.driving import PICTURES, WIDTHS, Reader, reader
from tests.conftest import Studio, studio_in
from tests.flows.canvases import DESIGN, PLAN, plan_of_channel
from tests.pictures import photo
from tests.providers import FakeProvider


def drawn(order: Order) -> Made:
    """A gradient for each picture ordered, in the size that was ordered."""
    pictures = []
    for index in range(1, order.count + 1):
        buffer = io.BytesIO()
        size = order.size.width_px, order.size.height_px
        Image.radial_gradient("L").rotate(90 * index).resize(size).save(buffer, "PNG")
        pictures.append(Picture(data=buffer.getvalue(), description="a gradient", index=index))
    return Made(pictures=tuple(pictures), seconds=0.1)


@pytest.fixture
async def quick(tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio whose providers answer at once."""
    providers = {name: FakeProvider(*[drawn] * 9, name=name) for name in ("sketch", "waifu2x")}
    async with studio_in(tmp_path, providers=providers) as started:
        yield started


class Walk:
    """One person's way through the studio, with a picture of each step."""

    def __init__(self, studio: Studio, person: Reader) -> None:
        self.studio = studio
        self.person = person

    async def ask(
        self, words: str, *, approve: str, name: str, channel: str = "dm", file: bytes = b""
    ) -> None:
        """Say it, be at its card, approve, and wait for what was made."""
        ana, page = self.studio.ana, self.person.page
        said = await ana.say(words, channel=channel, files=[file] if file else [])
        thread = f"{said['channel']}/thread/{said['ts']}"
        await self.person.open(f"{self.studio.slack.url}/#/{thread}")
        await expect(self.person.action("proposal_approve")).to_have_text(approve)
        await self.person.picture(f"walk-{name}-card")
        await self.person.action("proposal_approve").click()
        await expect(page.locator(".thread .tile img").last).to_be_visible()
        charged = f"{approve.rpartition(' · ')[2]} charged · image"
        await expect(page.get_by_test_id("thread")).to_contain_text(charged)
        await self.person.picture(f"walk-{name}-done")


@pytest.mark.parametrize("width", WIDTHS)
async def test_every_kind_of_request_is_walked_from_words_to_pictures(
    chromium: Browser, quick: Studio, width: str
) -> None:
    canvas_id = await plan_of_channel(quick, PLAN)
    dark = width == "narrow"
    async with reader(chromium, PICTURES / width, width=width, dark=dark) as person:
        page = person.page
        walk = Walk(quick, person)
        await walk.ask(
            "Create a square product hero for a ceramic coffee mug.",
            approve="Approve · 1 credit",
            name="single",
        )
        await walk.ask(
            "Make three homepage hero image concepts for this product launch.",
            approve="Approve all · 3 credits",
            name="batch",
        )
        await walk.ask(
            "Edit the last image so the background is warmer, but keep the subject the same.",
            approve="Approve · 1 credit",
            name="edit",
        )
        await person.action("result_open").click()
        await expect(page.get_by_test_id("modal")).to_contain_text("v2 edited (this one)")
        await person.picture("walk-edit-chain")
        await page.get_by_test_id("modal-close").click()
        await walk.ask(
            "Upscale the image I attached.",
            approve="Approve · 2 credits",
            name="upscale",
            file=photo(width_px=300, height_px=200),
        )
        await walk.ask(
            "@aethera Create images for each section of this Compose document and insert them.",
            approve="Approve all · 2 credits",
            name="canvas",
            channel="design",
        )
        await expect(person.action("insert_undo_several")).to_be_visible()
        await page.goto(f"{quick.slack.url}/#/{DESIGN}/canvas/{canvas_id}")
        await expect(page.get_by_test_id("canvas-body").get_by_role("img")).to_have_count(2)
        await person.picture("walk-canvas")

        await quick.ana.command("/studio", "settings")
        modal = page.get_by_test_id("modal")
        await expect(modal).to_contain_text("People and budgets")
        await person.picture("walk-settings")
        for name, field in SETTINGS.items():
            await modal.get_by_label(f"Change… settings: {name}").click()
            await expect(modal).to_contain_text(field)
            await person.picture(f"walk-settings-{name.split()[0].lower()}")
            await page.keyboard.press("Escape")
            await expect(modal).to_contain_text("Every change is kept")
        assert person.complaints == []
        assert quick.slack.refusals == []


SETTINGS = {
    "Tools": "Inserting into a canvas",
    "Models": "Model to propose first",
    "People and budgets": "Credits a month",
    "Channels": "What I listen to there",
    "Keeping": "Days images are kept",
}
"""A field of each form."""
