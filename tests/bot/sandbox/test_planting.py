"""The control calls that plant faults, break connections and see to the app's address."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.conftest import http_manifest
from tests.bot.sandbox.endpoint import Endpoint

ANA = "U0ANA00001"


async def control(slack: Sandbox, act: str, /, **args: Any) -> dict[str, Any]:
    """Post to the control interface."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.url}/control/{act}", json=args) as answer,
    ):
        return {"status": answer.status, **await answer.json()}


async def planted(slack: Sandbox) -> dict[str, Any]:
    """What `GET /control/faults` says."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{slack.url}/control/faults") as answer,
    ):
        found: dict[str, Any] = await answer.json()
        return found


async def test_what_is_planted_is_shown_with_what_is_left_of_it(slack: Sandbox) -> None:
    await control(slack, "fault", method="chat.update", times=3, status=503)
    await control(slack, "fault", method="chat.update", error="fatal_error")
    await control(slack, "delivery_fault", what="duplicate", times=2)
    await control(slack, "delivery_fault", what="delay", name="app_mention", seconds=5)
    async with Answering(slack):
        await slack.person("ana").say("hello")
        await slack.quiet(idle_seconds=0.02)
    async with aiohttp.ClientSession() as session:
        await session.post(f"{slack.api_url}chat.update")
    assert await planted(slack) == {
        "ok": True,
        "methods": [
            {"method": "chat.update", "times": 2, "status": 503},
            {"method": "chat.update", "times": 1, "error": "fatal_error"},
        ],
        "deliveries": [
            {"what": "duplicate", "times": 1},
            {"what": "delay", "times": 1, "name": "app_mention", "seconds": 5},
        ],
        "events_switched_off": False,
    }
    await control(slack, "faults_clear")
    left = await planted(slack)
    assert (left["methods"], left["deliveries"]) == ([], [])


@pytest.mark.parametrize(
    ("name", "args", "code"),
    [
        ("delivery_fault", {}, "missing_field"),
        ("delivery_fault", {"what": "delay"}, "invalid_fault"),
        ("delivery_fault", {"what": 7}, "invalid_field"),
        ("delivery_fault", {"what": "drop", "colour": "red"}, "invalid_fault"),
        ("delivery_fault", {"what": "drop", "times": "often"}, "invalid_fault"),
        ("fault", {"method": "api.test", "times": "often"}, "invalid_fault"),
        ("fault", {"method": "api.test", "times": 0}, "invalid_fault"),
        ("fault", {"method": "api.test", "delay_seconds": -1}, "invalid_fault"),
        ("disconnect", {"reason": "boredom"}, "invalid_reason"),
        ("verify_url", {}, "socket_mode_enabled"),
    ],
)
async def test_what_makes_no_sense_is_refused_in_a_sentence(
    slack: Sandbox, name: str, args: dict[str, Any], code: str
) -> None:
    answer = await control(slack, name, **args)
    assert (answer["status"], answer["error"]) == (400, code)
    assert answer["message"]


async def test_sockets_are_closed_from_outside(slack: Sandbox) -> None:
    async with Answering(slack) as app:
        assert (await control(slack, "disconnect", reason="lost"))["ok"]
        await app.closed.wait()


async def test_an_address_is_verified_from_outside(app: Endpoint) -> None:
    async with Sandbox(http_manifest(), request_url=app.url) as slack:
        app.answers_challenges = False
        answer = await control(slack, "verify_url")
        assert answer["verified"] is False
        assert "the value of the challenge" in answer["problem"]
        app.answers_challenges = True
        assert (await control(slack, "verify_url"))["verified"] is True
        refused = await control(slack, "disconnect")
        assert (refused["status"], refused["error"]) == (400, "socket_mode_disabled")
        assert (await control(slack, "resume_events"))["ok"]
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{slack.url}/control/state?user={ANA}") as got,
        ):
            shown = (await got.json())["app"]
    assert shown["connected"] is True
    assert shown["delivery"] == {
        "transport": "http",
        "request_url": app.url,
        "verified": True,
        "problem": "",
    }
