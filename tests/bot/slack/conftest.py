"""Our gateway in a Slack with the real manifest."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.manifest import load_manifest
from bot.sandbox import Sandbox
from bot.slack.fetching import trusted_origins
from bot.slack.gateway import Slack


def manifest(*, without: str = "") -> dict[str, Any]:
    """Our own manifest, perhaps without one scope."""
    ours = load_manifest()
    scopes = ours["oauth_config"]["scopes"]
    scopes["bot"] = [scope for scope in scopes["bot"] if scope != without]
    return ours


@contextlib.asynccontextmanager
async def gateway_to(sandbox: Sandbox) -> AsyncIterator[Slack]:
    """A gateway as the app makes it."""
    client = AsyncWebClient(sandbox.bot_token, base_url=sandbox.api_url)
    client.retry_handlers = []  # as the app has none for broken connections: they would send twice
    async with aiohttp.ClientSession() as session:
        client.session = session
        yield Slack(client, trusted_origins=trusted_origins(sandbox.api_url, sandbox.url))


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Slack in which the app is installed."""
    async with Sandbox(manifest()) as started:
        yield started


@pytest.fixture
async def slack(sandbox: Sandbox) -> AsyncIterator[Slack]:
    """Our gateway to it."""
    async with gateway_to(sandbox) as gateway:
        yield gateway
