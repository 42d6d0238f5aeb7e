"""A Slack for the clients that Slack itself ships, and those clients."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.clients.manifest import lunch_manifest

MORE_SCOPES = "channels:history channels:read files:read groups:read im:read users:read"


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(lunch_manifest(more_scopes=MORE_SCOPES)) as started:
        yield started


@pytest.fixture
async def client(slack: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


@pytest.fixture
async def plain_client(slack: Sandbox) -> WebClient:
    """The client that blocks: to be called from a thread."""
    return WebClient(slack.bot_token, base_url=slack.api_url)
