"""A studio in a Slack of its own for each test that asks for one."""

import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from pydantic import SecretStr

from bot.app import running, utc_now
from bot.config import Settings
from bot.manifest import load_manifest
from bot.sandbox import Sandbox
from bot.services import Services
from bot.studio.provider import Provider
from bot.studio.safety import Score
from tests.providers import FakeProvider

settings.register_profile("suite", derandomize=True, deadline=None)
settings.load_profile("suite")
"""The same examples in every run, so that a red run is one's own doing."""


def settings_for(slack: Sandbox, folder: Path, **changes: Any) -> Settings:
    """Settings that point the bot at a sandbox, with all it keeps in a folder."""
    values: dict[str, Any] = {
        "slack_bot_token": SecretStr(slack.bot_token),
        "slack_app_token": SecretStr(slack.app_token),
        "slack_api_url": slack.api_url,
        "data_dir": folder,
        "queue_poll_seconds": 0.02,
        "sweep_seconds": 60,
    }
    return Settings(**values | changes)


class Studio:
    """A running bot and the Slack around it."""

    def __init__(self, slack: Sandbox, services: Services) -> None:
        self.slack = slack
        self.services = services
        self.ana = slack.person("ana")
        self.ben = slack.person("ben")
        self.cem = slack.person("cem")


@contextlib.asynccontextmanager
async def studio_in(
    folder: Path,
    *,
    providers: Mapping[str, Provider] | None = None,
    environment: Mapping[str, str] | None = None,
    score: Score | None = None,
    now: Callable[[], datetime] = utc_now,
    **changes: Any,
) -> AsyncIterator[Studio]:
    """A fresh Slack with the bot in it.

    `environment` is all that is known of providers' keys and addresses: never whose machine it is.
    """
    async with (
        Sandbox(load_manifest()) as slack,
        running(
            settings_for(slack, folder, **changes),
            providers=providers,
            environment=environment or {},
            score=score,
            now=now,
        ) as services,
    ):
        await slack.connected()
        yield Studio(slack, services)


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    """A fresh Slack with the bot in it, and a provider that answers at once."""
    async with studio_in(tmp_path, providers={"sketch": FakeProvider()}) as started:
        yield started


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing a test does leaves the machine, whatever its environment says."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
