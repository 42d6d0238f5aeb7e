"""Apps for any workspace: a person installs them by Bolt's own OAuth flow and they work there."""

import contextlib
import sqlite3
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.team import Team
from tests.clients.browser import Browser
from tests.clients.manifest import Json, lunch_manifest
from tests.clients.processes import ROOT, app_running, free_port, js_app

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
KINDS = ["js", "python files", "python sql", "python asyncio"]


@dataclass
class Site:
    """A Slack with nobody's app in its second workspace, and the app's website."""

    slack: Sandbox
    team: Team
    address: str

    async def start(self, browser: Browser) -> None:
        """From the app's page to Slack's."""
        await browser.visit(f"{self.address}/slack/install")
        await browser.follow_link(self.slack.url)
        assert browser.status == 200

    async def install(self, *, place: str = "", who: str = "ben") -> None:
        """All the way, as somebody who allows it."""
        async with Browser(self.address) as browser:
            await self.start(browser)
            person = self.team.person(who).id
            await browser.decide("allow", who=f"{place or self.team.team_id}:{person}")
            assert browser.status == 200, browser.text
            assert browser.url.startswith(f"{self.address}/slack/oauth_redirect")

    async def hello(self, team: Team, who: str = "ben") -> str:
        """What somebody there is answered."""
        person = team.person(who)
        said = await person.say("hello")
        answer = await person.see(lambda message: message["ts"] > said["ts"])
        return str(answer["text"])

    def renewals(self) -> list[Json]:
        calls = self.slack.calls("oauth.v2.access")
        return [call.args for call in calls if call.args.get("grant_type") == "refresh_token"]


@contextlib.asynccontextmanager
async def site(kind: str, folder: Path, *, org: str = "", **how: Any) -> AsyncIterator[Site]:
    """The app of a kind, running over HTTP."""
    manifest = lunch_manifest()
    manifest["settings"]["socket_mode_enabled"] = False
    manifest["settings"]["event_subscriptions"]["bot_events"] += ["app_uninstalled"]
    manifest["settings"]["token_rotation_enabled"] = "token_seconds" in how
    manifest["settings"]["org_deploy_enabled"] = bool(org)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    url = f"{address}/slack/events"
    async with Sandbox(manifest, org=org, request_url=url, signing_secret=SECRET, **how) as slack:
        environment = {
            "SLACK_API_URL": slack.api_url,
            "SLACK_AUTHORIZE_URL": f"{slack.url}/oauth/v2/authorize",
            "SLACK_CLIENT_ID": slack.client_id,
            "SLACK_CLIENT_SECRET": slack.client_secret,
            "SLACK_SIGNING_SECRET": SECRET,
            "STORE_DIR": str(folder / "store"),
            "PORT": str(port),
        }
        module, says = "python_installed", "running"
        if kind == "python asyncio":
            module, says = "python_async", "Running on"
        command: Sequence[str] = (sys.executable, "-m", f"tests.clients.{module}")
        home = ROOT
        if kind == "js":
            command, home = js_app("installed.js")
        elif kind == "python sql":
            environment["DATABASE_URL"] = f"sqlite:///{folder / 'store.db'}"
        async with app_running(command, environment, folder=home, says=says):
            assert (await slack.verify_url())["verified"]
            team = slack.add_workspace("Southwind", org=org, is_installed=False)
            yield Site(slack, team, address)


def remembered(folder: Path) -> bool:
    """Whether the app still holds an installation."""
    database = folder / "store.db"
    if database.exists():
        with contextlib.closing(sqlite3.connect(database)) as connection:
            return bool(connection.execute("select * from slack_bots").fetchall())
    return any((folder / "store").rglob("*-latest"))


@pytest.mark.parametrize("kind", KINDS)
async def test_a_person_installs_the_app_and_it_answers_there(kind: str, tmp_path: Path) -> None:
    async with site(kind, tmp_path) as app:
        await app.install()
        assert await app.hello(app.team) == f"Hello from {app.team.team_id}"
        assert app.slack.refusals == []


@pytest.mark.parametrize("kind", KINDS)
async def test_another_browser_cannot_finish_an_install(kind: str, tmp_path: Path) -> None:
    """The state belongs to the browser that began: what came back is worth nothing elsewhere."""
    async with site(kind, tmp_path) as app, Browser(app.address) as one, Browser() as other:
        await app.start(one)
        other.text, other.url = one.text, one.url
        await other.decide("allow", who=f"{app.team.team_id}:{app.team.person('ben').id}")
        assert other.url.startswith(app.address)
        assert other.status >= 400
        assert app.slack.calls("oauth.v2.access") == []


@pytest.mark.parametrize("kind", KINDS)
async def test_who_cancels_installs_nothing(kind: str, tmp_path: Path) -> None:
    async with site(kind, tmp_path) as app, Browser(app.address) as browser:
        await app.start(browser)
        await browser.decide("deny", who="")
        assert browser.url.startswith(app.address)
        assert "error=access_denied" in browser.url
        assert app.slack.calls("oauth.v2.access") == []


@pytest.mark.parametrize("kind", KINDS)
async def test_a_token_near_its_end_is_renewed_before_the_answer(kind: str, tmp_path: Path) -> None:
    async with site(kind, tmp_path, token_seconds=3600) as app:
        await app.install()
        for number in (1, 2):
            assert await app.hello(app.team) == f"Hello from {app.team.team_id}"
            assert len({call["refresh_token"] for call in app.renewals()}) >= number
        assert app.slack.refusals == []


@pytest.mark.parametrize("kind", KINDS)
async def test_an_organisation_installs_once_for_all_its_workspaces(
    kind: str, tmp_path: Path
) -> None:
    async with site(kind, tmp_path, org="Acme") as app:
        labs = app.slack.add_workspace("Labs", org="Acme", is_installed=False)
        await app.install(place=app.team.org_id, who="ana")
        for team in (app.team, labs):
            team.add_app()
            assert await app.hello(team) == f"Hello from {team.team_id}"
        assert len(app.slack.calls("oauth.v2.access")) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_a_workspace_that_uninstalls_is_forgotten(kind: str, tmp_path: Path) -> None:
    async with site(kind, tmp_path) as app:
        await app.install()
        await app.hello(app.team)
        assert remembered(tmp_path)
        app.team.uninstall()
        await app.slack.quiet(idle_seconds=1)  # it forgets after it has acknowledged
        assert not remembered(tmp_path)
        await app.install()
        assert await app.hello(app.team) == f"Hello from {app.team.team_id}"
