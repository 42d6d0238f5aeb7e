"""Planted faults: deliveries late, twice, out of order and lost; connections that break."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Refused, Sandbox
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.conftest import http_manifest
from tests.bot.sandbox.endpoint import Endpoint
from tests.bot.sandbox.probe import Probe, form


def texts(app: Answering) -> list[str]:
    return [event["text"] for event in app.events("message")]


async def test_a_delayed_event_leaves_later(slack: Sandbox) -> None:
    slack.delivery_fault("delay", seconds=60, name="message.im")
    async with Answering(slack) as app:
        await slack.person("ana").say("late")
        await slack.person("ana").say("at once")
        await app.frame("events_api")
        await slack.quiet(idle_seconds=0.02)
        assert texts(app) == ["at once"]
        slack.advance(59)
        await slack.quiet(idle_seconds=0.02)
        slack.advance(1)
        frame = await app.frame("events_api", number=2)
        await slack.quiet(idle_seconds=0.02)
    assert frame["retry_attempt"] == 0
    assert texts(app) == ["at once", "late"]
    assert slack.sent("message.im")[0].reason == "planted fault: delay of 60 s"
    assert slack.sent("message.im")[0].status == 200


async def test_an_event_is_given_up_after_two_hours(slack: Sandbox) -> None:
    slack.delivery_fault("delay", seconds=7300)
    async with Answering(slack) as app:
        await slack.person("ana").say("much too late")
        slack.advance(7300)
        await slack.quiet(idle_seconds=0.02)
        assert app.payloads == []
        assert slack.sent("message.im")[0].reason.startswith("event_too_late")
        with pytest.raises(Refused, match="event_too_late"):
            slack.redeliver()


async def test_a_delayed_press_is_late_for_its_person_and_still_arrives(slack: Sandbox) -> None:
    slack.delivery_fault("delay", seconds=4, name="slash_commands")
    async with Answering(slack) as app:
        pressing = asyncio.ensure_future(slack.person("ana").command("/probe"))
        await asyncio.sleep(0)
        slack.advance(3)
        with pytest.raises(Refused, match="operation_timeout"):
            await pressing
        assert app.payloads == []
        slack.advance(1)
        late = await app.frame("slash_commands")
        await slack.quiet(idle_seconds=0.02)
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        with pytest.raises(SlackApiError, match="expired_trigger_id"):
            await client.views_open(trigger_id=late["payload"]["trigger_id"], view=form())
    pressed = slack.world.journal.named("/probe", kinds=("refused", "interaction"))
    assert [(entry.kind, entry.status) for entry in pressed] == [
        ("refused", 0),
        ("interaction", 200),
    ]


async def test_a_press_a_little_late_is_answered(slack: Sandbox) -> None:
    slack.delivery_fault("delay", seconds=2)
    async with Answering(slack) as app:
        pressing = asyncio.ensure_future(slack.person("ana").command("/probe"))
        await asyncio.sleep(0)
        slack.advance(2)
        await pressing
        assert len(app.payloads) == 1


async def test_a_duplicated_event_is_the_same_event_twice(slack: Sandbox) -> None:
    slack.delivery_fault("duplicate")
    async with Answering(slack) as app:
        await slack.person("ana").say("twice")
        frames = [await app.frame("events_api", number=number) for number in (1, 2)]
        await slack.person("ana").say("once")
        await app.frame("events_api", number=3)
        await slack.quiet(idle_seconds=0.02)
    assert frames[0]["envelope_id"] != frames[1]["envelope_id"]
    assert frames[0]["payload"] == frames[1]["payload"]
    assert [frame["retry_attempt"] for frame in frames] == [0, 0]
    assert texts(app) == ["twice", "twice", "once"]


async def test_a_duplicated_press_is_answered_once(slack: Sandbox) -> None:
    slack.delivery_fault("duplicate", name="/probe")
    async with Answering(slack) as app:
        app.answers["slash_commands"] = {"text": "done"}
        ana = slack.person("ana")
        await ana.command("/probe")
        await slack.quiet(idle_seconds=0.02)
        assert len(app.payloads) == 2
        assert [notice["text"] for notice in ana.notices()] == ["done"]


async def test_a_reordered_event_comes_after_the_next_one(slack: Sandbox) -> None:
    slack.delivery_fault("reorder", times=2)
    async with Answering(slack) as app:
        for number in range(5):
            await slack.person("ana").say(str(number))
        await app.frame("events_api", number=5)
    assert texts(app) == ["1", "0", "3", "2", "4"]


async def test_an_event_held_back_in_vain_comes_by_itself(slack: Sandbox) -> None:
    slack.delivery_fault("reorder")
    async with Answering(slack) as app:
        await slack.person("ana").say("alone")
        slack.advance(9)
        await slack.quiet(idle_seconds=0.02)
        assert app.payloads == []
        slack.advance(1)
        await app.frame("events_api")


async def test_a_dropped_event_is_retried_as_not_acknowledged(slack: Sandbox) -> None:
    slack.delivery_fault("drop", times=2, name="message")
    async with Answering(slack) as app:
        await slack.person("ana").say("hello")
        slack.advance(6)  # lost, sent again at once, and lost again
        slack.advance(60)
        frame = await app.frame("events_api")
        await slack.quiet(idle_seconds=0.02)
    assert (frame["retry_attempt"], frame["retry_reason"]) == (2, "http_timeout")
    assert len(app.payloads) == 1
    lost = "planted fault: drop; http_timeout: not acknowledged in three seconds"
    assert [entry.reason for entry in slack.sent("message.im")] == [lost, lost, ""]


async def test_a_dropped_press_times_out_for_its_person(slack: Sandbox) -> None:
    slack.delivery_fault("drop", name="slash_commands")
    async with Answering(slack) as app:
        pressing = asyncio.ensure_future(slack.person("ana").command("/probe"))
        await asyncio.sleep(0)
        slack.advance(3)
        with pytest.raises(Refused, match="operation_timeout"):
            await pressing
        await slack.person("ana").command("/probe")
        assert len(app.payloads) == 1


@pytest.mark.parametrize("name", ["message", "message.im", "events_api", ""])
async def test_a_fault_names_what_it_happens_to(slack: Sandbox, name: str) -> None:
    slack.delivery_fault("duplicate", name="app_mention")
    slack.delivery_fault("duplicate", name=name)
    async with Answering(slack) as app:
        await slack.person("ana").say("hello")
        await app.frame("events_api", number=2)
    assert slack.world.delivery.faults.shown() == [
        {"what": "duplicate", "times": 1, "name": "app_mention"}
    ]


@pytest.mark.parametrize(
    "how",
    [
        {"what": "explode"},
        {"what": "drop", "times": 0},
        {"what": "drop", "times": True},
        {"what": "drop", "times": 1.5},
        {"what": "drop", "seconds": 3},
        {"what": "delay"},
        {"what": "delay", "seconds": -1},
        {"what": "delay", "seconds": float("nan")},
        {"what": "delay", "seconds": "long"},
    ],
)
async def test_a_fault_that_makes_no_sense_is_refused(slack: Sandbox, how: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="invalid_fault"):
        slack.delivery_fault(**how)
    assert slack.world.delivery.faults.shown() == []


async def test_faults_happen_over_http_too(app: Endpoint) -> None:
    async with Sandbox(http_manifest(), request_url=app.url) as slack:
        slack.delivery_fault("duplicate", name="message")
        slack.delivery_fault("drop", name="/probe")
        await slack.person("ana").say("twice")
        await app.until("message", number=2)
        pressing = asyncio.ensure_future(slack.person("ana").command("/probe"))
        await asyncio.sleep(0)
        slack.advance(3)
        with pytest.raises(Refused, match="operation_timeout"):
            await pressing
        assert app.of("/probe") == []
    assert len({got.payload["event_id"] for got in app.of("message")}) == 1


# connections


async def test_lost_sockets_are_closed_without_a_word(slack: Sandbox) -> None:
    async with AsyncExitStack() as stack:
        apps = [await stack.enter_async_context(Answering(slack)) for _ in range(2)]
        slack.disconnect("lost")
        for app in apps:
            async with asyncio.timeout(5):
                await app.closed.wait()
            assert [frame["type"] for frame in app.frames] == ["hello"]
            assert app.socket.close_code == 1006
        with pytest.raises(Refused, match="app_not_connected"):
            await slack.person("ana").command("/probe")


async def test_what_was_under_way_on_a_lost_socket_comes_again(slack: Sandbox) -> None:
    async with Answering(slack, silent=True) as app:
        await slack.person("ana").say("hello")
        await app.frame("events_api")
        slack.disconnect("lost")
    slack.advance(3)
    async with Answering(slack) as again:
        slack.advance(60)
        frame = await again.frame("events_api")
    assert frame["retry_attempt"] == 2


async def test_an_app_comes_again_after_its_line_broke(slack: Sandbox) -> None:
    handler = AsyncSocketModeHandler(Probe(slack).app, slack.app_token, ping_interval=0.2)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await slack.connected()
    slack.disconnect("lost")
    await slack.connected(timeout_seconds=15)
    ana = slack.person("ana")
    await ana.say("still there?")
    await ana.see("Press", timeout_seconds=15)
    await handler.close_async()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
async def test_a_socket_is_told_why_it_ends(slack: Sandbox, reason: str) -> None:
    async with Answering(slack) as app:
        slack.disconnect(reason)
        assert (await app.frame("disconnect"))["reason"] == reason
        slack.advance(10)
        async with asyncio.timeout(5):
            await app.closed.wait()


async def test_a_socket_ends_for_a_known_reason_only(slack: Sandbox) -> None:
    with pytest.raises(Refused, match="invalid_reason"):
        slack.disconnect("boredom")


# calls


async def called(slack: Sandbox) -> tuple[int, Any]:
    """What `api.test` answers."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.api_url}api.test") as answer,
    ):
        return answer.status, (await answer.json()).get("error")


async def met(slack: Sandbox) -> None:
    """Wait until the planted fault has met its call."""
    async with asyncio.timeout(5):
        while slack.world.faults.shown():  # noqa: ASYNC110 (nothing tells)
            await asyncio.sleep(0)


async def test_a_call_without_an_answer_for_some_seconds_is_answered_then(slack: Sandbox) -> None:
    slack.fault("api.test", delay_seconds=30)
    calling = asyncio.ensure_future(called(slack))
    await met(slack)
    assert slack.world.activity.under_way == ["call api.test"]
    slack.advance(30)
    async with asyncio.timeout(5):
        assert await calling == (200, None)


async def test_a_call_that_is_held_is_never_answered(slack: Sandbox) -> None:
    slack.fault("api.test", hold=True)
    calling = asyncio.ensure_future(called(slack))
    await met(slack)
    await slack.quiet(idle_seconds=0.05)  # nobody waits for what never ends
    slack.advance(3600)
    await slack.quiet(idle_seconds=0.05)
    assert not calling.done()
    slack.world.faults.clear()
    with pytest.raises(aiohttp.ClientError):
        await calling
