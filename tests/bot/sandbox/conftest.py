"""A Slack with a small app of its own, and that app's client."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.endpoint import Endpoint
from tests.bot.sandbox.probe import Probe

SCOPES = [
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "im:history",
    "im:write",
    "users:read",
]


def manifest(*, without: str = "") -> dict[str, Any]:
    """A small app's manifest, perhaps without one scope."""
    return {
        "display_information": {"name": "Probe"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "probe"},
            "slash_commands": [{"command": "/probe", "description": "Probe"}],
        },
        "oauth_config": {"scopes": {"bot": [scope for scope in SCOPES if scope != without]}},
        "settings": {
            "event_subscriptions": {
                "bot_events": ["app_home_opened", "app_mention", "message.channels", "message.im"]
            },
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }


def http_manifest(*, without: str = "") -> dict[str, Any]:
    """The small app without Socket Mode; its addresses are placeholders."""
    plan = manifest(without=without)
    plan["settings"]["socket_mode_enabled"] = False
    plan["settings"]["event_subscriptions"]["request_url"] = "https://example.com/slack/events"
    plan["settings"]["interactivity"] |= {
        "request_url": "https://example.com/slack/events",
        "message_menu_options_url": "https://example.com/slack/events",
    }
    for command in plan["features"]["slash_commands"]:
        command["url"] = "https://example.com/slack/events"
    return plan


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    """A Slack in which the app is installed."""
    async with Sandbox(manifest()) as started:
        yield started


@pytest.fixture
async def client(slack: Sandbox) -> AsyncWebClient:
    """The app's client."""
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


@pytest.fixture
async def probe(slack: Sandbox) -> AsyncIterator[Probe]:
    """The app, connected."""
    made = Probe(slack)
    handler = AsyncSocketModeHandler(made.app, slack.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await slack.connected()
    yield made
    await handler.close_async()  # type: ignore[no-untyped-call]


@pytest.fixture
async def app() -> AsyncIterator[Endpoint]:
    """An app's own address, for a Slack without Socket Mode."""
    async with Endpoint() as endpoint:
        yield endpoint
