"""A message that is being written grows before the reader; its tasks and previews are drawn."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.conftest import manifest
from tests.browser.driving import reader

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
DM = "D0ANA00001"


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    plan = manifest()
    plan["features"]["unfurl_domains"] = ["example.com"]
    plan["oauth_config"]["scopes"]["bot"] += ["links:read", "links:write"]
    plan["settings"]["event_subscriptions"]["bot_events"].append("link_shared")
    async with Sandbox(plan) as started:
        yield started


def task(number: int, status: str, **more: Any) -> dict[str, Any]:
    titles = ["Read the brief", "Look for references", "Compare the palettes", "Write it up"]
    return {
        "type": "task_update",
        "id": f"t{number}",
        "title": titles[number],
        "status": status,
        **more,
    }


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", ["wide", "narrow"])
async def test_a_plan_grows_before_the_reader(
    chromium: Browser, slack: Sandbox, width: str, dark: bool
) -> None:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    asked = await slack.person("ana").say("What would suit the mug?")
    folder = PICTURES / width
    async with reader(chromium, folder, width=width, dark=dark) as person:
        page = person.page
        await person.open(slack.url)
        if width == "narrow":
            await page.get_by_test_id(f"channel-{DM}").click()
        begun = await client.chat_startStream(
            channel=DM,
            thread_ts=asked["ts"],
            task_display_mode="plan",
            chunks=[
                {"type": "plan_update", "title": "Finding a look"},
                task(0, "complete"),
                task(1, "in_progress", details="Three boards"),
                task(2, "pending"),
            ],
        )
        await page.get_by_test_id("open-thread").click()
        thread = page.get_by_test_id("thread")
        plan = thread.get_by_test_id("plan")
        await expect(plan).to_contain_text("1 of 3")
        await expect(plan.get_by_text("Three boards")).to_be_visible()
        writing = thread.locator("article[aria-busy=true]")
        await expect(writing).to_have_count(1)
        append: Any = {"channel": DM, "ts": str(begun["ts"])}
        source = {"type": "url", "url": "https://example.com/boards", "text": "Boards"}
        await client.chat_appendStream(
            **append,
            chunks=[
                task(1, "complete", details=" and a sample", sources=[source]),
                task(2, "error", output="The shop did not answer"),
                {"type": "markdown_text", "text": "A **matt glaze** in sage"},
            ],
        )
        await client.chat_appendStream(
            **append, chunks=[{"type": "markdown_text", "text": " would suit it."}]
        )
        await expect(thread).to_contain_text("A matt glaze in sage would suit it.")
        await expect(plan).to_contain_text("2 of 3")
        await person.picture(f"stream-{'dark' if dark else 'light'}")
        await client.chat_stopStream(**append)
        await expect(writing).to_have_count(0)
        await expect(plan.get_by_text("The shop did not answer")).to_be_visible()
        await plan.locator("summary").click()
        await expect(plan.get_by_text("The shop did not answer")).to_be_hidden()
        assert person.complaints == []


async def test_tasks_previews_and_charts_are_drawn(chromium: Browser, slack: Sandbox) -> None:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    ana = slack.person("ana")
    async with reader(chromium, PICTURES / "wide", width="wide") as person:
        page = person.page
        await person.open(slack.url)
        said = await ana.say("see https://example.com/report")
        words = {"type": "section", "text": {"type": "mrkdwn", "text": "*Quarterly report*"}}
        unfurls = {"https://example.com/report": {"color": "#3f7fc4", "blocks": [words]}}
        await client.chat_unfurl(channel=ana.dm, ts=said["ts"], unfurls=unfurls)
        await expect(page.get_by_test_id("attachment")).to_contain_text("Quarterly report")
        segments = [{"label": "Sage", "value": 3}, {"label": "Clay", "value": 1}]
        blocks: list[dict[str, Any]] = [
            {"type": "task_card", "task_id": "t", "title": "Counted", "status": "complete"},
            {
                "type": "data_visualization",
                "title": "Votes",
                "chart": {"type": "pie", "segments": segments},
            },
            {
                "type": "container",
                "title": {"type": "plain_text", "text": "In short"},
                "child_blocks": [words],
            },
            {
                "type": "data_table",
                "caption": "Glazes",
                "rows": [[{"type": "raw_text", "text": text}] for text in ("Name", "Sage")],
            },
        ]
        await client.chat_postMessage(channel=ana.dm, text="Votes", blocks=blocks)
        await expect(page.get_by_test_id("chart")).to_contain_text("3 (75%)")
        await expect(page.get_by_test_id("task")).to_contain_text("Counted")
        await expect(page.get_by_text("In short")).to_be_visible()
        await expect(page.get_by_text("Glazes")).to_be_visible()
        await ana.say("later", thread_ts=said["ts"])
        await ana.delete(said)
        await expect(page.get_by_text("This message was deleted.")).to_be_visible()
        await expect(page.get_by_test_id("attachment")).to_have_count(0)
        await person.picture("newer-blocks")
        assert person.complaints == []
