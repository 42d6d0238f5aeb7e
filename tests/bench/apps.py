"""The processes that are measured: `bare` (one Bolt listener, one `say`), `ours`, and `drawing`;
and `acknowledging`, which measures the sandbox.

Run as `python -m tests.bench.apps NAME`; where Slack is comes from the environment variable BENCH.
Each ends when its standard input does, so that none outlives the driver, however that ended.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from bot import log
from bot.app import running
from bot.config import Settings
from bot.studio.providers import local_providers
from tests.providers import FakeProvider


async def bare(orders: dict[str, Any]) -> None:
    """The least that a Bolt app can do with a message: say the same blocks."""
    app = AsyncApp(client=AsyncWebClient(orders["bot_token"], base_url=orders["api_url"]))

    @app.event("message")
    async def answer(event: dict[str, Any], say: AsyncSay) -> None:
        if "bot_id" not in event:
            await say(text=orders["text"], blocks=orders["blocks"], thread_ts=event["ts"])

    await AsyncSocketModeHandler(app, orders["app_token"]).connect_async()  # type: ignore[no-untyped-call]
    await _driver_gone()


async def ours(orders: dict[str, Any], *, is_drawing: bool) -> None:
    """The bot, with a provider that answers at once or with the local engine."""
    settings = Settings(
        slack_bot_token=SecretStr(orders["bot_token"]),
        slack_app_token=SecretStr(orders["app_token"]),
        slack_api_url=orders["api_url"],
        data_dir=Path(orders["folder"]),
    )
    providers = local_providers() if is_drawing else {"sketch": FakeProvider()}
    async with running(settings, providers=providers):
        await _driver_gone()


async def acknowledging(orders: dict[str, Any]) -> None:
    """The least that an app can do with an envelope."""
    client = AsyncWebClient(base_url=orders["api_url"])
    opened = await client.apps_connections_open(app_token=orders["app_token"])
    async with aiohttp.ClientSession() as session, session.ws_connect(opened["url"]) as socket:
        async for frame in socket:
            envelope = json.loads(frame.data)
            if "envelope_id" in envelope:
                await socket.send_json({"envelope_id": envelope["envelope_id"]})


async def _driver_gone() -> None:
    await asyncio.to_thread(sys.stdin.buffer.read)


def main() -> None:
    """Run the app that the command line names."""
    log.configure("WARNING")
    orders = json.loads(os.environ["BENCH"])
    name = sys.argv[1]
    if name == "acknowledging":
        asyncio.run(acknowledging(orders))
    elif name == "bare":
        asyncio.run(bare(orders))
    else:
        asyncio.run(ours(orders, is_drawing=name == "drawing"))


if __name__ == "__main__":
    main()
