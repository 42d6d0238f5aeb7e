"""Several people in their own windows: who one is, what one is told of, what a window keeps."""

import pytest
from playwright.async_api import Browser, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.test_windows import MODAL
from tests.browser.driving import PICTURES, Reader, reader

DESIGN, GENERAL = "C0DESIGN01", "C0GENERAL1"


async def test_somebody_is_told_of_what_concerns_them_elsewhere_and_once(
    chromium: Browser, slack: Sandbox, client: AsyncWebClient
) -> None:
    ana, ben = slack.person("ana"), slack.person("ben")
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(f"{slack.url}/#/{GENERAL}")
        await expect(page.get_by_test_id("composer")).to_be_visible()
        await ben.say("nothing for anybody", channel="design")
        await ben.say("hello <@U0ANA00001>, a word", channel="design")
        note = page.get_by_test_id("note")
        await expect(note).to_have_count(1)
        await expect(note).to_contain_text("Ben in #design")
        await expect(note).to_contain_text("hello @Ana, a word")
        await expect(page).to_have_title("(2) #general · Northwind · as Ana")
        await person.picture("12-note")
        await note.locator(".note-open").click()
        await expect(page.locator("#conversation h1")).to_have_text("design")
        await expect(page).to_have_title("#design · Northwind · as Ana")
        await ben.say("<@U0ANA00001> again, where you read", channel="design")
        await expect(page.get_by_test_id("message").get_by_text("where you read")).to_be_visible()
        await expect(note).to_have_count(0)
        parent = await ana.say("a thread of mine", channel="general")
        await ben.say("an answer", channel="general", thread_ts=parent["ts"])
        await expect(note).to_contain_text("in a thread of #general")
        await client.chat_postMessage(channel="D0ANA00001", text="for you alone")
        await expect(note.last).to_contain_text("for you alone")
        assert person.complaints == []


async def test_a_thread_one_takes_part_in_is_told_of_after_a_reload(
    chromium: Browser, slack: Sandbox
) -> None:
    ana, ben = slack.person("ana"), slack.person("ben")
    parent = await ben.say("a thread of Ben's", channel="launch")
    await ana.say("I am in", channel="launch", thread_ts=parent["ts"])
    other = await ben.say("another thread", channel="launch")
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(f"{slack.url}/#/{DESIGN}")
        await expect(page.get_by_test_id("composer")).to_be_visible()
        await ben.say("not hers", channel="launch", thread_ts=other["ts"])
        await ben.say("hers too", channel="launch", thread_ts=parent["ts"])
        await expect(page.get_by_test_id("note")).to_have_count(1)
        await expect(page.get_by_test_id("note")).to_contain_text("hers too")


async def test_another_window_is_another_person_and_both_stay_live(
    chromium: Browser, slack: Sandbox
) -> None:
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(f"{slack.url}/#/{DESIGN}")
        await page.get_by_test_id("people").click()
        async with page.context.expect_page() as opening:
            await page.get_by_test_id("window-U0BEN00001").click()
        second = Reader(await opening.value, PICTURES / "wide")
        await second.page.goto(f"{second.page.url}#/{DESIGN}")
        pressed = second.page.locator(".actor[aria-pressed=true] .actor-name")
        await expect(pressed).to_have_text("Ben")
        await second.say("said by Ben")
        await expect(page.get_by_test_id("message").get_by_text("said by Ben")).to_be_visible()
        await person.say("said by Ana")
        await expect(
            second.page.get_by_test_id("message").get_by_text("said by Ana")
        ).to_be_visible()
        await page.reload()
        await expect(page.locator(".actor[aria-pressed=true] .actor-name")).to_have_text("Ana")
        await second.page.reload()
        await expect(pressed).to_have_text("Ben")


@pytest.mark.parametrize("width", ["wide", "narrow"])
async def test_the_rail_leads_into_another_workspace(
    chromium: Browser, slack: Sandbox, width: str
) -> None:
    slack.add_workspace("Contoso")
    async with reader(chromium, PICTURES / width, width=width) as person:
        page = person.page
        await person.open(slack.url)
        await expect(page.locator(".team strong")).to_have_text("Northwind")
        await page.locator("#rail button", has_text="Contoso").click()
        await expect(page.locator(".team strong")).to_have_text("Contoso")
        await expect(page.locator(".actor[aria-pressed=true] .actor-name")).to_have_text("Ana")
        await person.picture("13-rail")
        await page.reload()
        await expect(page.locator(".team strong")).to_have_text("Contoso")
        assert person.complaints == []


async def test_one_workspace_needs_no_rail(chromium: Browser, slack: Sandbox) -> None:
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        await person.open(slack.url)
        await expect(person.page.get_by_test_id("composer")).to_be_visible()
        await expect(person.page.locator("#rail")).to_be_hidden()


async def test_a_modal_is_gone_after_a_reload_and_the_page_works_on(
    chromium: Browser, slack: Sandbox, client: AsyncWebClient
) -> None:
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(slack.url)
        await expect(page.get_by_test_id("composer")).to_be_visible()
        trigger = slack.world.workspace.new_trigger("U0ANA00001", seconds=3)
        await client.views_open(trigger_id=trigger, view=MODAL)
        await expect(page.get_by_test_id("modal")).to_be_visible()
        await page.reload()
        await expect(page.get_by_test_id("composer")).to_be_focused()
        await expect(page.get_by_test_id("modal")).to_have_count(0)
        assert slack.world.workspace.stack("U0ANA00001") == []
