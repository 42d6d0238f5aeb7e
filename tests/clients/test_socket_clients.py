"""The Socket Mode clients of both SDKs: greeted, acknowledging, and coming again when told to."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode.aiohttp import SocketModeClient as AsyncSocket
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.builtin import SocketModeClient as BlockingSocket
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.clients.test_conversation import lunch

Hear = Callable[[str], None]


@contextlib.asynccontextmanager
async def over_asyncio(slack: Sandbox, hear: Hear) -> AsyncIterator[None]:
    web = AsyncWebClient(base_url=slack.api_url)
    client = AsyncSocket(slack.app_token, web_client=web, ping_interval=0.2)

    async def answer(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
        hear(request.payload["event"]["text"])

    client.socket_mode_request_listeners.append(answer)
    await client.connect()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await client.close()  # type: ignore[no-untyped-call]


@contextlib.asynccontextmanager
async def blocking(slack: Sandbox, hear: Hear) -> AsyncIterator[None]:
    web = WebClient(base_url=slack.api_url)
    client = BlockingSocket(slack.app_token, web_client=web, ping_interval=0.2)
    loop = asyncio.get_running_loop()

    def answer(client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
        loop.call_soon_threadsafe(hear, request.payload["event"]["text"])

    client.socket_mode_request_listeners.append(answer)
    await asyncio.to_thread(client.connect)
    try:
        yield
    finally:
        await asyncio.to_thread(client.close)


async def come_again(slack: Sandbox, reason: str) -> None:
    """Tell the app to come again, and wait until it has and its old connection is gone."""
    came = asyncio.Event()

    def note(connected: bool) -> None:
        if connected:
            came.set()

    listeners = slack.world.socket.on_connected
    slack.disconnect(reason)
    listeners.append(note)
    async with asyncio.timeout(20):
        await came.wait()
    listeners.remove(note)
    slack.advance(10)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled", "lost"])
@pytest.mark.parametrize("connected", [over_asyncio, blocking])
async def test_a_client_comes_again_and_hears_everything_once(
    slack: Sandbox,
    connected: Callable[[Sandbox, Hear], contextlib.AbstractAsyncContextManager[None]],
    reason: str,
) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    ana = slack.person("ana")
    async with connected(slack, heard.put_nowait), asyncio.timeout(20):
        await slack.connected()
        await ana.say("first")
        assert await heard.get() == "first"
        await slack.quiet()  # what is not acknowledged when the line breaks comes again
        await come_again(slack, reason)
        await ana.say("second")
        assert await heard.get() == "second"
    assert [sent.status for sent in slack.sent("message.im")] == [200, 200]
    assert len(slack.calls("apps.connections.open")) == 2


@pytest.mark.parametrize("client", ["js", "python"])
async def test_an_app_on_bolt_comes_again(client: str) -> None:
    async with lunch(client) as slack:
        ana = slack.person("ana")
        await ana.say("hello")
        await ana.see("what would you like?")
        await slack.quiet()
        await come_again(slack, "refresh_requested")
        said = await ana.say("hello again")
        await ana.see(lambda message: message["ts"] > said["ts"])
        assert len(slack.calls("chat.postMessage")) == 2
