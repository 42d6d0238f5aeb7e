"""A browser, and a Slack with a small app of its own for it to look at."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.conftest import manifest
from tests.browser.driving import browser


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """A headless Chromium."""
    async with browser() as opened:
        yield opened


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    """A Slack in which the app is installed."""
    async with Sandbox(manifest()) as started:
        yield started


@pytest.fixture
async def client(slack: Sandbox) -> AsyncWebClient:
    """The app's client."""
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)
