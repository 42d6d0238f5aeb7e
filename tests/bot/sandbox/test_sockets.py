"""Over which socket a payload goes, and how it comes again when nobody acknowledges it."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Refused, Sandbox
from tests.bot.sandbox.answering import Answering, open_address
from tests.bot.sandbox.probe import Probe


async def test_an_event_without_an_answer_comes_again_three_times(slack: Sandbox) -> None:
    async with Answering(slack, silent=True) as app:
        await slack.person("ana").say("hello")
        frames = [await app.frame("events_api")]
        for number, seconds in enumerate((0, 60, 300), start=2):
            slack.advance(3)
            slack.advance(seconds)
            frames.append(await app.frame("events_api", number=number))
        slack.advance(3)
        slack.advance(3600)
        assert len(slack.sent("message.im")) == 4
    assert len({frame["payload"]["event_id"] for frame in frames}) == 1
    assert len({frame["envelope_id"] for frame in frames}) == 4
    assert [frame["retry_attempt"] for frame in frames] == [0, 1, 2, 3]
    assert [frame["retry_reason"] for frame in frames] == ["", *["http_timeout"] * 3]


async def test_an_acknowledged_event_does_not_come_again(slack: Sandbox) -> None:
    async with Answering(slack) as app:
        await app.socket.send_str("this is no acknowledgement")
        await slack.person("ana").say("hello")
        await app.frame("events_api")
        await slack.person("ana").command("/probe")  # answered after the event was
        slack.advance(600)
        assert len(slack.sent("message.im")) == 1


async def test_an_event_can_be_sent_again_by_hand(slack: Sandbox, probe: Probe) -> None:
    ana = slack.person("ana")
    await ana.say("hello")
    await ana.see("Press")
    first = slack.sent("message.im")[0].request
    slack.redeliver(first["event_id"])
    await ana.see(lambda _: len(ana.messages()) == 3)
    same = [at for at, event in enumerate(probe.heard) if event["ts"] == first["event"]["ts"]]
    assert len(same) == 2
    assert probe.headers[same[1]]["x-slack-retry-num"] == ["1"]
    assert probe.headers[same[1]]["x-slack-retry-reason"] == ["http_timeout"]
    with pytest.raises(Refused, match="event_not_found"):
        slack.redeliver("Ev0NOTHING")


async def test_what_was_said_while_the_app_was_away_comes_later(slack: Sandbox) -> None:
    await slack.person("ana").say("anybody there?")
    slack.advance(1)
    async with Answering(slack) as app:
        slack.advance(60)
        frame = await app.frame("events_api")
    assert frame["payload"]["event"]["text"] == "anybody there?"
    assert frame["retry_attempt"] == 2


async def test_each_payload_goes_to_one_socket(slack: Sandbox) -> None:
    async with Answering(slack) as one, Answering(slack) as other:
        for text in ("first", "second"):
            await slack.person("ana").say(text)
        heard = [await app.frame("events_api") for app in (one, other)]
    assert sorted(frame["payload"]["event"]["text"] for frame in heard) == ["first", "second"]


async def test_an_eleventh_socket_is_turned_away(slack: Sandbox) -> None:
    async with AsyncExitStack() as stack:
        for number in range(1, 11):
            app = await stack.enter_async_context(Answering(slack))
            assert app.frames[0]["num_connections"] == number
        session = await stack.enter_async_context(aiohttp.ClientSession())
        eleventh = await session.ws_connect(await open_address(slack))
        assert (await eleventh.receive_json())["type"] == "disconnect"


async def test_an_address_opens_one_socket(slack: Sandbox) -> None:
    url = await open_address(slack)
    async with aiohttp.ClientSession() as session, session.ws_connect(url):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_a_socket_that_is_sent_away_is_closed(slack: Sandbox) -> None:
    async with Answering(slack) as app:
        slack.disconnect()
        assert (await app.frame("disconnect"))["reason"] == "refresh_requested"
        slack.advance(10)
        async with asyncio.timeout(5):
            await app.closed.wait()


async def test_an_app_comes_again_after_it_was_sent_away(slack: Sandbox, probe: Probe) -> None:
    came: asyncio.Queue[bool] = asyncio.Queue()
    slack.world.socket.on_connected.append(came.put_nowait)
    slack.disconnect()
    async with asyncio.timeout(5):
        while not await came.get():
            pass
    assert len(slack.calls("apps.connections.open")) == 2
    slack.advance(10)
    ana = slack.person("ana")
    await ana.say("still there?")
    await ana.see("Press", timeout_seconds=15)


async def test_a_lost_answer_is_a_lost_connection(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.fault("chat.postMessage", lost_answer=True)
    client.retry_handlers.clear()
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C0DESIGN01", text="posted all the same")
    await slack.person("ana").see("posted all the same", channel="design")


@pytest.mark.parametrize(
    ("how", "status", "error"),
    [
        ({"error": "fatal_error"}, 200, "fatal_error"),
        ({"status": 503}, 503, "internal_error"),
        ({"retry_after": 7}, 429, "ratelimited"),
    ],
)
async def test_a_planted_fault_happens_once(
    slack: Sandbox, how: dict[str, Any], status: int, error: str
) -> None:
    slack.fault("auth.test", **how)
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    answers = []
    async with aiohttp.ClientSession() as session:
        for _ in range(2):
            async with session.post(f"{slack.api_url}auth.test", headers=headers) as answer:
                answers.append((answer.status, (await answer.json()).get("error")))
    assert answers == [(status, error), (200, None)]


async def test_the_client_is_shown_that_the_connection_lives(slack: Sandbox) -> None:
    """Clients give a connection up that brings no ping, however much they send themselves."""
    slack.world.socket.ping_seconds = 0.01
    async with aiohttp.ClientSession() as session:
        address = await open_address(slack)
        async with session.ws_connect(address, autoping=False) as socket, asyncio.timeout(5):
            kinds = [(await socket.receive()).type for _ in range(3)]
    assert kinds == [aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.PING, aiohttp.WSMsgType.PING]


@pytest.mark.parametrize(("more", "seconds"), [("", 18_060), ("&debug_reconnects=true", 360)])
async def test_a_connection_ends_when_hello_said_it_would(
    slack: Sandbox, more: str, seconds: int
) -> None:
    async with aiohttp.ClientSession() as session:
        address = await open_address(slack) + more
        async with session.ws_connect(address) as socket, asyncio.timeout(5):
            hello = await socket.receive_json()
            assert hello["debug_info"]["approximate_connection_time"] == seconds
            slack.advance(seconds - 10)
            assert (await socket.receive_json())["reason"] == "warning"
            slack.advance(10)
            assert (await socket.receive_json())["reason"] == "refresh_requested"
            assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE


@pytest.mark.parametrize("payload", ["text", ["text"], 1, True])
async def test_an_acknowledgement_carries_an_object_or_nothing(
    slack: Sandbox, payload: Any
) -> None:
    async with Answering(slack) as app:
        app.answers = {"slash_commands": payload, "events_api": payload}
        with pytest.raises(Refused, match="invalid_response"):
            await slack.person("ana").command("/probe")
        app.answers = {}
        await slack.person("ana").command("/probe")


async def test_frames_that_say_nothing_end_nothing(slack: Sandbox) -> None:
    async with Answering(slack) as app:
        for frame in ("[" * 200_000, "[]", "1", '{"envelope_id": []}', '{"envelope_id": {}}'):
            await app.socket.send_str(frame)
        await app.socket.send_bytes(b"\xff")
        await slack.person("ana").command("/probe")


async def test_addresses_nobody_used_are_forgotten(slack: Sandbox) -> None:
    first = await open_address(slack)
    for _ in range(100):
        slack.world.socket.new_ticket()
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(first)
