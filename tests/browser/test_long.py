"""A long conversation in the browser: few rows stand in the document, wherever one reads."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from bot.sandbox import Sandbox, acts
from tests.bot.sandbox.conftest import manifest
from tests.browser.driving import PICTURES, reader

MANY = 2_000
ROWS = 130
DESIGN = "C0DESIGN01"
_ARTICLES = "[...document.querySelectorAll('#conversation article')]"


@pytest.fixture
async def long() -> AsyncIterator[Sandbox]:
    """A channel in which much was said, over many days."""
    async with Sandbox(manifest()) as slack:
        home = slack.world.workspace
        people = [acts.person(home, name) for name in ("ana", "ben")]
        channel = acts.place(home, people[0], DESIGN)
        for n in range(MANY):
            if n % 100 == 0:
                slack.advance(86_400)
            words = f"number {n}. " + "More was said. " * (n % 7)
            acts.say(slack.world, people[n % 3 == 0], channel, words)
        yield slack


async def numbers(page: Page) -> list[int]:
    """Which messages stand in the document, in its order."""
    found: list[int] = await page.evaluate(
        f"{_ARTICLES}.map((one) => Number(/number (\\d+)/.exec(one.textContent)[1]))"
    )
    return found


async def settled(page: Page, first: int) -> list[int]:
    """The rows once message `first` is in sight: in order, without a gap, and few."""
    await expect(page.get_by_text(f"number {first}.", exact=False).first).to_be_in_viewport()
    found = await numbers(page)
    assert found == list(range(found[0], found[0] + len(found)))
    assert len(found) <= ROWS
    return found


@pytest.mark.parametrize("width", ["wide", "narrow"])
async def test_scrolling_up_brings_older_messages_and_keeps_few_rows(
    chromium: Browser, long: Sandbox, width: str
) -> None:
    async with reader(chromium, PICTURES / width, width=width) as person:
        page = person.page
        await person.open(f"{long.url}/#/{DESIGN}")
        await settled(page, MANY - 1)
        scroller = page.locator("#conversation .scroller")
        oldest = MANY
        while oldest > 1_500:
            await scroller.evaluate("(node) => node.scrollTop -= 8000")
            await page.wait_for_function(
                f"{_ARTICLES}.some((one) => /number (\\d+)/.exec(one.textContent)[1] < {oldest})"
            )
            found = await numbers(page)
            assert found == list(range(found[0], found[0] + len(found)))
            assert len(found) <= ROWS
            oldest = found[0]
        await person.picture("9-long")
        await page.get_by_test_id("jump").click()
        await settled(page, MANY - 1)
        assert person.complaints == []


async def test_a_link_to_an_old_message_leads_there_and_the_newest_is_one_click_away(
    chromium: Browser, long: Sandbox
) -> None:
    ts = list(long.world.workspace.channels[DESIGN].messages)[100]
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(f"{long.url}/archives/{DESIGN}/p{ts.replace('.', '')}")
        found = await settled(page, 100)
        assert max(found) < MANY - 1
        day = page.locator(f"article[data-ts='{ts}']").locator("xpath=preceding-sibling::*[1]")
        await expect(day).to_be_visible()
        await long.person("ben").say("number 2000. The latest.", channel=DESIGN)
        await expect(page.get_by_test_id("jump")).to_have_text("New messages")
        assert max(await numbers(page)) < MANY - 1
        await page.get_by_test_id("jump").click()
        await settled(page, MANY)
        assert person.complaints == []


async def test_what_is_read_stays_where_it_is_while_others_write(
    chromium: Browser, long: Sandbox
) -> None:
    ts = list(long.world.workspace.channels[DESIGN].messages)[1_000]
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(f"{long.url}/#/{DESIGN}/at/{ts}")
        await settled(page, 1_000)
        row = page.locator(f"article[data-ts='{ts}']")
        before = await row.bounding_box()
        parent = list(long.world.workspace.channels[DESIGN].messages)[970]
        await long.person("ben").say("a reply above", channel=DESIGN, thread_ts=parent)
        await expect(page.get_by_test_id("open-thread")).to_have_count(1)
        after = await row.bounding_box()
        assert before is not None and after is not None
        assert abs(before["y"] - after["y"]) < 2


async def test_arrow_keys_walk_beyond_the_rows_that_stand(chromium: Browser, long: Sandbox) -> None:
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(f"{long.url}/#/{DESIGN}")
        await settled(page, MANY - 1)
        await page.locator("#conversation article").last.focus()
        await page.keyboard.press("Home")
        first = page.locator("article:focus")
        await expect(first).to_contain_text("number 1900.")
        await page.keyboard.press("ArrowDown")
        await expect(page.locator("article:focus")).to_contain_text("number 1901.")
        assert len(await numbers(page)) <= ROWS
