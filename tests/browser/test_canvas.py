"""A person writes a canvas in the browser, at both widths, while the app and others change it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.sandbox import Sandbox
from tests.bot.sandbox.desk import DESIGN, canvas_manifest, client_of, edit, link, section
from tests.bot.sandbox.test_files import PNG
from tests.browser.driving import reader

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(canvas_manifest()) as started:
        yield started


async def write(page: Page, markdown: str) -> None:
    """Type into the open field and save with the keyboard."""
    await page.get_by_test_id("canvas-field").fill(markdown)
    await page.get_by_test_id("canvas-field").press("Control+Enter")
    await expect(page.get_by_test_id("canvas-editor")).to_have_count(0)


async def choose(page: Page, words: str, what: str) -> None:
    """Pick from a block's menu."""
    row = page.get_by_test_id("canvas-section").filter(has_text=words)
    await row.get_by_test_id("canvas-row-more").focus()
    await page.keyboard.press("Enter")
    await page.get_by_test_id(what).click()


@pytest.mark.parametrize("width", ["wide", "narrow"])
async def test_a_canvas_is_begun_written_and_read(
    chromium: Browser, slack: Sandbox, width: str
) -> None:
    ana, ben = slack.person("ana"), slack.person("ben")
    async with reader(chromium, PICTURES / width, width=width) as person:
        page = person.page
        await person.open(f"{slack.url}/#/{DESIGN}")
        await page.get_by_test_id("canvases").click()
        await page.get_by_test_id("canvas-new").click()
        await page.get_by_test_id("canvas-title-field").fill("Spring launch")
        await page.keyboard.press("Enter")
        await write(page, "Ask ![](@U0BEN00001) :tada:\n\n## To do\n\n- [ ] brief\n- [ ] draw")
        body = page.get_by_test_id("canvas-body")
        await expect(body).to_contain_text("Ask @Ben")

        await page.get_by_test_id("canvas-section").filter(has_text="draw").click()
        await write(page, "- [ ] draw **two**")
        await page.get_by_role("checkbox", name="brief").check()
        await expect(page.get_by_role("checkbox", name="brief")).to_be_checked()
        await choose(page, "To do", "canvas-move-up")
        await choose(page, "Ask", "canvas-below")
        await page.get_by_test_id("canvas-field").fill("#### too deep")
        await page.get_by_test_id("canvas-save").click()
        await expect(page.get_by_test_id("canvas-notice")).to_contain_text("heading depth (4)")
        await write(page, "| a | b |\n|---|---|\n| 1 | 2 |")
        await expect(body.get_by_role("table")).to_contain_text("2")
        await person.picture("canvas")
        (shown,) = (await client_of(slack).files_list(types="canvas"))["files"]
        assert ana.canvas_markdown(shown["id"]) == (
            "# Spring launch\n\n## To do\n\nAsk ![](@U0BEN00001) :tada:\n\n"
            "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n- [x] brief\n- [ ] draw **two**"
        )

        await ben.edit_canvas(shown["id"], "insert_at_end", "From Ben.")
        await expect(body).to_contain_text("From Ben.")
        await ben.edit_canvas(shown["id"], "rename", "Summer launch")
        await expect(page.get_by_test_id("canvas-title")).to_have_text("Summer launch")
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("canvas")).to_be_hidden()
        await expect(page.get_by_test_id("composer")).to_be_visible()
        if width == "wide":
            await expect(page.get_by_test_id("composer")).to_be_focused()
        assert person.complaints == []


@pytest.mark.parametrize("width", ["wide", "narrow"])
async def test_what_is_being_written_survives_somebody_elses_change(
    chromium: Browser, slack: Sandbox, width: str
) -> None:
    ana, client = slack.person("ana"), client_of(slack)
    canvas_id = await ana.write_canvas("Board", "# Hero\n\nA mug.\n\nLast.", channel="design")
    picture = (await ana.say("mug", channel="design", files=[PNG]))["files"][0]
    await client.chat_postMessage(channel=DESIGN, text=await link(client, canvas_id))
    async with reader(chromium, PICTURES / width, width=width, dark=True) as person:
        page = person.page
        await person.open(f"{slack.url}/#/{DESIGN}")
        await page.get_by_test_id("canvas-card").click()
        await page.get_by_test_id("canvas-section").filter(has_text="A mug.").click()
        await page.get_by_test_id("canvas-field").fill("A blue mug.")
        hero = await section(client, canvas_id, "Hero", "h1")
        alt = "AI-generated image: a mug"
        await edit(
            client, canvas_id, "insert_after", f"![{alt}]({picture['permalink']})", section_id=hero
        )
        await expect(page.get_by_test_id("canvas-body").get_by_alt_text(alt)).to_be_visible()
        await expect(page.get_by_test_id("canvas-field")).to_have_value("A blue mug.")
        await expect(page.get_by_test_id("canvas-notice")).to_be_hidden()

        mug = await section(client, canvas_id, "A mug.")
        await edit(client, canvas_id, "replace", "A red mug.", section_id=mug)
        await expect(page.get_by_test_id("canvas-notice")).to_contain_text("Somebody changed this")
        await expect(page.get_by_test_id("canvas-field")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("canvas-notice")).to_contain_text("Not saved yet")
        await person.picture("canvas-conflict")
        await page.get_by_test_id("canvas-save").click()
        await expect(page.get_by_test_id("canvas-editor")).to_have_count(0)
        assert ana.canvas_markdown(canvas_id) == (
            f"# Board\n\n# Hero\n\n![{alt}]({picture['permalink']})\n\n"
            "A red mug.\n\nA blue mug.\n\nLast."
        )
        await ana.delete_canvas(canvas_id)
        await expect(page.get_by_test_id("canvas")).to_be_hidden()
        await expect(page.get_by_test_id("toast")).to_contain_text("was deleted")
        assert person.complaints == []


async def test_who_may_only_read_finds_nothing_to_press(chromium: Browser, slack: Sandbox) -> None:
    ana = slack.person("ana")
    canvas_id = await ana.write_canvas("Board", "- [ ] a\n\nText.")
    await ana.share_canvas(canvas_id, "design")
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(f"{slack.url}/docs/{slack.team_id}/{canvas_id}?user=ben")
        body = page.get_by_test_id("canvas-body")
        await expect(body).to_contain_text("Text.")
        await expect(body.get_by_role("checkbox")).to_be_disabled()
        await expect(body.get_by_role("button")).to_have_count(0)
        await page.get_by_test_id("canvas-section").filter(has_text="Text.").click()
        await expect(page.get_by_test_id("canvas-editor")).to_have_count(0)
        await ana.share_canvas(canvas_id, "design", access="write")
        await expect(body.get_by_role("checkbox")).to_be_enabled()
