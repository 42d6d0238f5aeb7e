"""The page misses nothing of what happens while it loads, however the answers cross."""

import asyncio

from playwright.async_api import Browser, Route, WebSocketRoute, expect

from bot.sandbox import Sandbox
from tests.browser.driving import PICTURES, reader

DESIGN, LAUNCH = "C0DESIGN01", "C0LAUNCH01"


async def test_what_is_said_while_a_conversation_is_read_stays(
    chromium: Browser, slack: Sandbox
) -> None:
    ben = slack.person("ben")
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(slack.url)

        answered = asyncio.Event()

        async def late(route: Route) -> None:
            """The answer was made before Ben spoke, and arrives when he has been heard."""
            made = await route.fetch()
            await ben.say("while it was read", channel=DESIGN)
            await ben.say("heard", channel=LAUNCH)
            await expect(page.get_by_test_id(f"channel-{LAUNCH}")).to_contain_text("1")
            await route.fulfill(response=made)
            answered.set()

        await page.route(f"**/control/messages?*channel={DESIGN}*", late)
        await page.get_by_test_id(f"channel-{DESIGN}").click()
        await asyncio.wait_for(answered.wait(), 15)
        # A later answer: the one before it has been shown by then.
        await page.evaluate("fetch('/control/state?user=ana').then((one) => one.text())")
        message = page.get_by_test_id("message").filter(has_text="while it was read")
        await expect(message).to_have_count(1)
        assert person.complaints == []


async def test_what_is_said_before_the_stream_opens_is_read(
    chromium: Browser, slack: Sandbox
) -> None:
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        may_open = asyncio.Event()

        async def held(socket: WebSocketRoute) -> None:
            await may_open.wait()
            socket.connect_to_server()

        await page.route_web_socket("**/control/stream*", held)
        async with page.expect_response("**/control/messages?*"):
            await person.open(slack.url)
        await slack.person("ana").say("nobody hears this yet")
        may_open.set()
        message = page.get_by_test_id("message").filter(has_text="nobody hears this yet")
        await expect(message).to_have_count(1)
        assert person.complaints == []
