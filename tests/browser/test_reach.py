"""Reached with a keyboard, named for a screen reader, on every screen."""

import pytest
from playwright.async_api import Browser, expect

from bot.sandbox import Sandbox
from tests.browser.driving import PICTURES, reader

DESIGN = "C0DESIGN01"


async def test_every_phone_screen_has_one_title_and_one_main_part(
    chromium: Browser, slack: Sandbox
) -> None:
    said = await slack.person("ana").say("a parent", channel="design")
    await slack.person("ben").say("a reply", channel="design", thread_ts=said["ts"])
    screens = {
        "": "Northwind",
        f"#/{DESIGN}": "design",
        f"#/{DESIGN}/thread/{said['ts']}": "Thread",
        "#/D0ANA00001/home": "probe",
    }
    async with reader(chromium, PICTURES / "narrow", width="narrow") as person:
        for place, title in screens.items():
            await person.page.goto("about:blank")
            await person.open(f"{slack.url}/{place}")
            await expect(person.page.get_by_role("heading", level=1)).to_have_text(title)
            await expect(person.page.get_by_role("main")).to_have_count(1)


async def test_a_thread_opens_and_closes_without_a_mouse(chromium: Browser, slack: Sandbox) -> None:
    said = await slack.person("ana").say("a parent", channel="design")
    await slack.person("ben").say("a reply", channel="design", thread_ts=said["ts"])
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(f"{slack.url}/#/{DESIGN}")
        await page.get_by_test_id("open-thread").press("Enter")
        await expect(page.get_by_test_id("thread-composer")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("thread")).to_be_hidden()
        await expect(page.get_by_test_id("composer")).to_be_focused()
        toggle = page.get_by_test_id("inspector-toggle")
        await toggle.press("Enter")
        await expect(page.get_by_test_id("inspector-traffic")).to_be_focused()
        await page.keyboard.press("ArrowRight")
        await expect(page.get_by_test_id("inspector-faults")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(toggle).to_be_focused()
        people = page.get_by_test_id("people")
        await people.press("Enter")
        await page.keyboard.press("Escape")
        await expect(people).to_be_focused()


@pytest.mark.parametrize(
    ("typed", "offered", "becomes"),
    [
        ("on :roc", ":rocket:", "on :rocket: "),
        ("for @be", "Ben", "for @Ben "),
        ("/pr", "/probe", "/probe "),
    ],
)
async def test_what_is_begun_is_completed(
    chromium: Browser, slack: Sandbox, typed: str, offered: str, becomes: str
) -> None:
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        await person.open(f"{slack.url}/#/{DESIGN}")
        composer = person.page.get_by_test_id("composer")
        await composer.press_sequentially(typed)
        await expect(person.page.get_by_role("option").first).to_contain_text(offered)
        await composer.press("Tab")
        await expect(composer).to_have_value(becomes)


async def test_who_listens_hears_what_is_said(chromium: Browser, slack: Sandbox) -> None:
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        await person.open(f"{slack.url}/#/{DESIGN}")
        await expect(person.page.get_by_test_id("composer")).to_be_focused()
        await slack.person("ben").say("good <@U0ANA00001> morning", channel="design")
        await expect(person.page.locator("#announcer")).to_have_text("Ben: good @Ana morning")


async def test_one_changes_and_deletes_what_one_said(chromium: Browser, slack: Sandbox) -> None:
    await slack.person("ana").say("helo <@U0BEN00001>", channel="design")
    await slack.person("ben").say("not hers", channel="design")
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(f"{slack.url}/#/{DESIGN}")
        rows = page.get_by_test_id("message")
        await rows.last.hover()
        await rows.last.get_by_test_id("message-menu").click()
        await expect(page.get_by_test_id("copy-link")).to_be_visible()
        await expect(page.get_by_test_id("edit-message")).to_have_count(0)
        await page.keyboard.press("Escape")
        await rows.first.hover()
        await rows.first.get_by_test_id("message-menu").click()
        await page.get_by_test_id("edit-message").click()
        field = page.get_by_test_id("edit-field")
        await expect(field).to_have_value("helo @Ben")
        await field.fill("hello @Ben")
        await field.press("Enter")
        await expect(rows.first).to_contain_text("hello @Ben")
        assert slack.person("ben").messages("design")[0]["text"] == "hello <@U0BEN00001>"
        await rows.first.get_by_test_id("message-menu").click()
        await page.get_by_test_id("delete-message").click()
        await page.get_by_test_id("confirm-accept").click()
        await expect(rows).to_have_count(1)
        assert person.complaints == []
