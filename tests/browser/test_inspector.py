"""What passes between Slack and the app, in the browser: read, folded, filtered, made to fail."""

import asyncio

from playwright.async_api import Browser, Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.wire import Json
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.refusing import refused
from tests.browser.driving import PICTURES, reader

LONG: list[Json] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "fine"}},
    {"type": "section", "text": {"type": "mrkdwn", "text": "y" * 3100}},
]


def entry(page: Page, name: str, *, kind: str) -> Locator:
    """The newest exchange of that name."""
    lines = page.locator(f"[data-testid=log-entry][data-kind={kind}]")
    return lines.filter(has=page.locator(".log-name", has_text=name)).first


async def break_a_limit(client: AsyncWebClient) -> None:
    """A call that breaks a limit of Block Kit."""
    call = client.chat_postMessage(channel="C0DESIGN01", text="x", blocks=LONG)
    assert await refused(call) == "invalid_blocks"


async def test_a_refusal_says_why_and_shows_the_part_that_broke_the_rule(
    chromium: Browser, slack: Sandbox, client: AsyncWebClient
) -> None:
    await break_a_limit(client)
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(slack.url)
        await page.get_by_test_id("inspector-toggle").click()
        line = entry(page, "chat.postMessage", kind="refused")
        await expect(line).to_contain_text("invalid_blocks")
        await line.get_by_role("button").first.click()
        await expect(line.get_by_test_id("why")).to_contain_text("too long for this place")
        link = line.get_by_test_id("why").get_by_role("link")
        await expect(link).to_have_attribute(
            "href", "https://docs.slack.dev/reference/block-kit/blocks"
        )
        part = line.get_by_test_id("offending")
        await expect(part).to_contain_text("/blocks/1/text/text")
        await expect(part).to_contain_text("yyyy")
        await expect(line.locator(".json-marked")).to_be_visible()
        await person.picture("10-refused")
        assert person.complaints == []


async def test_json_folds_and_entries_are_filtered_by_kind_and_text(
    chromium: Browser, slack: Sandbox, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel="C0DESIGN01", text="a needle in it")
    await break_a_limit(client)
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(slack.url)
        await page.get_by_test_id("inspector-toggle").click()
        line = entry(page, "chat.postMessage", kind="call")
        await line.get_by_role("button").first.click()
        fold = line.locator(".json details", has_text="a needle").first
        await expect(fold).to_have_attribute("open", "")
        await fold.locator("summary").first.press("Enter")
        await expect(fold).not_to_have_attribute("open", "")
        await page.get_by_label("Kind").select_option("call")
        search = page.get_by_label("Filter by name or text")
        await search.fill("NEEDLE")
        shown = page.locator("[data-testid=log-entry]:not([hidden])")
        await expect(shown).to_have_count(1)
        await search.fill("")
        await page.get_by_label("Kind").select_option("refused")
        await expect(shown).to_have_count(1)
        await expect(shown).to_contain_text("invalid_blocks")


async def test_while_paused_what_comes_is_held_back(
    chromium: Browser, slack: Sandbox, client: AsyncWebClient
) -> None:
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(slack.url)
        await page.get_by_test_id("inspector-toggle").click()
        pause = page.get_by_test_id("inspector-pause")
        await pause.click()
        await client.auth_test()
        await expect(pause).to_have_text("Go on (1 new)")
        await expect(entry(page, "auth.test", kind="call")).to_have_count(0)
        await pause.click()
        await expect(entry(page, "auth.test", kind="call")).to_have_count(1)


async def open_faults(page: Page) -> None:
    await page.get_by_test_id("inspector-toggle").click()
    await page.get_by_test_id("inspector-faults").click()


async def test_faults_are_planted_from_the_page(
    chromium: Browser, slack: Sandbox, client: AsyncWebClient
) -> None:
    async with reader(chromium, PICTURES / "narrow", width="narrow") as person:
        page = person.page
        await person.open(slack.url)
        await open_faults(page)
        await page.get_by_test_id("fault-call-method").select_option("auth.test")
        await page.get_by_test_id("fault-call-what").select_option("error")
        await page.get_by_test_id("fault-call-text").fill("account_inactive")
        await page.get_by_test_id("fault-call-plant").click()
        await expect(page.get_by_test_id("fault-said")).to_contain_text("Planted")
        planted = page.get_by_test_id("planted")
        await expect(planted).to_contain_text("The next call of auth.test")
        await person.picture("11-faults")
        assert await refused(client.auth_test()) == "account_inactive"
        assert (await client.auth_test())["ok"]
        await expect(planted).to_contain_text("Nothing")


async def test_faults_of_deliveries_are_listed_and_cleared(
    chromium: Browser, slack: Sandbox
) -> None:
    async with (
        Answering(slack) as app,
        reader(chromium, PICTURES / "wide", width="wide") as person,
    ):
        page = person.page
        await person.open(slack.url)
        await open_faults(page)
        await page.get_by_test_id("fault-delivery-what").select_option("drop")
        await page.get_by_test_id("fault-delivery-name").fill("message")
        await page.get_by_test_id("fault-delivery-plant").click()
        planted = page.get_by_test_id("planted")
        await expect(planted).to_contain_text("The next delivery of message: drop")
        await page.get_by_test_id("faults-clear").click()
        await expect(planted).to_contain_text("Nothing")
        await page.get_by_test_id("fault-lost").click()
        await expect(page.get_by_test_id("fault-said")).to_contain_text("lost")
        await asyncio.wait_for(app.closed.wait(), 5)
        await expect(page.get_by_test_id("banner-app")).to_be_visible()
        assert person.complaints == []


async def test_the_clock_goes_forward_from_the_page(chromium: Browser, slack: Sandbox) -> None:
    before = slack.world.clock.now()
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(slack.url)
        await open_faults(page)
        await page.get_by_test_id("clock-86400").click()
        await expect(page.get_by_test_id("fault-said")).to_contain_text("by 1 day")
        assert slack.world.clock.now() > before + 86_000
        limits = page.get_by_test_id("rate-limits")
        await limits.check()
        await expect(page.get_by_test_id("fault-said")).to_contain_text("on")
        assert slack.world.rates.enabled


async def test_the_token_is_revoked_from_the_page(
    chromium: Browser, slack: Sandbox, client: AsyncWebClient
) -> None:
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(slack.url)
        await open_faults(page)
        await page.get_by_test_id("fault-revoke").click()
        await expect(page.get_by_test_id("fault-said")).to_contain_text("revoked")
        assert await refused(client.auth_test()) == "token_revoked"
