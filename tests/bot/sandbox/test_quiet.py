"""Waiting until the app has done all it will do."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.activity import Activity
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.probe import Probe


async def test_it_is_quiet_when_nothing_ever_began() -> None:
    assert await Activity().quiet(idle_seconds=0, timeout_seconds=5)


async def test_it_is_not_quiet_while_something_is_under_way() -> None:
    activity = Activity()
    ended = activity.began("a call")
    activity.began("a delivery")()
    waiting = asyncio.ensure_future(activity.quiet(idle_seconds=0, timeout_seconds=5))
    assert not await activity.quiet(idle_seconds=0, timeout_seconds=0.05)
    assert activity.under_way == ["a call"]
    assert not waiting.done()
    ended()
    ended()  # twice is harmless
    assert await waiting
    assert activity.under_way == []


async def test_what_begins_meanwhile_is_waited_for() -> None:
    activity = Activity()
    done: list[str] = []
    endings: list[Callable[[], None]] = []
    loop = asyncio.get_running_loop()

    def begin() -> None:
        endings.append(activity.began("more"))
        loop.call_later(0.2, end)

    def end() -> None:
        done.append("more")
        endings[0]()

    loop.call_later(0.02, begin)
    assert await activity.quiet(idle_seconds=0.1, timeout_seconds=5)
    assert done == ["more"]


async def test_one_who_gave_up_is_no_longer_told() -> None:
    activity = Activity()
    ended = activity.began("a call")
    assert not await activity.quiet(timeout_seconds=0)
    ended()
    assert await activity.quiet(idle_seconds=0)


async def test_after_quiet_the_answer_is_there(slack: Sandbox, probe: Probe) -> None:
    ana = slack.person("ana")
    said = await ana.say("hello")
    await slack.quiet()
    assert [m["text"] for m in ana.messages(thread_ts=said["ts"])] == ["hello", "Press"]


async def test_an_unacknowledged_event_is_under_way(slack: Sandbox) -> None:
    async with Answering(slack, silent=True) as app:
        await slack.person("ana").say("hello")
        await app.frame("events_api")
        with pytest.raises(TimeoutError, match=r"delivery message\.im"):
            await slack.quiet(idle_seconds=0, timeout_seconds=0.05)


async def test_files_in_the_making_are_waited_for(client: AsyncWebClient, slack: Sandbox) -> None:
    await client.files_upload_v2(content="text", filename="a.txt", channel="C0DESIGN01")
    await slack.quiet(idle_seconds=0)
    (message,) = slack.person("ana").messages("design")
    assert message["files"][0]["mimetype"] == "text/plain"


async def post(slack: Sandbox, act: str, **args: Any) -> dict[str, Any]:
    """A control call as a script makes it."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.url}/control/{act}", json=args) as answer,
    ):
        return {"status": answer.status, **await answer.json()}


ANA = "U0ANA00001"


async def test_a_control_call_can_wait_until_it_is_quiet(slack: Sandbox, probe: Probe) -> None:
    answer = await post(slack, "say", user=ANA, channel="dm", text="hello", settle=True)
    assert answer["settled"] is True
    assert answer["settled_ms"] >= 200
    assert answer["message"]["text"] == "hello"
    assert len(slack.person("ana").messages()) == 2


async def test_a_control_call_says_what_it_waited_for_in_vain(slack: Sandbox) -> None:
    async with Answering(slack, silent=True):
        answer = await post(
            slack,
            "say",
            user=ANA,
            channel="dm",
            text="hello",
            settle=True,
            settle_ms=10,
            settle_timeout_ms=100,
        )
    assert (answer["ok"], answer["settled"]) == (True, False)
    assert answer["under_way"] == ["delivery message.im"]
    assert answer["settled_why"] == "it did not become quiet within 100 ms"


async def test_without_being_asked_a_control_call_does_not_wait(slack: Sandbox) -> None:
    answer = await post(slack, "say", user=ANA, channel="dm", text="hello", settle=False)
    assert "settled" not in answer


@pytest.mark.parametrize(
    "how",
    [{"settle": "perhaps"}, {"settle": True, "settle_ms": -1}, {"settle_timeout_ms": "long"}],
)
async def test_a_wait_that_makes_no_sense_is_refused(slack: Sandbox, how: dict[str, Any]) -> None:
    answer = await post(slack, "say", user=ANA, channel="dm", text="hello", **how)
    assert (answer["status"], answer["error"]) == (400, "invalid_settle")
    assert slack.person("ana").messages() == []
