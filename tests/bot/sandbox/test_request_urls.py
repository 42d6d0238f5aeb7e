"""Which addresses Slack delivers to without Socket Mode, and how they prove to be the app's."""

import pytest
from aiohttp import web

from bot.sandbox import Refused, Sandbox
from bot.sandbox.delivery.urls import is_loopback
from tests.bot.sandbox.conftest import http_manifest
from tests.bot.sandbox.endpoint import Endpoint


@pytest.mark.parametrize(
    ("content_type", "text", "status", "is_verified"),
    [
        ("text/plain", "{}", 200, True),
        ("application/json", '{{"challenge":"{}"}}', 200, True),
        ("application/x-www-form-urlencoded", "challenge={}", 200, True),
        ("text/plain", "challenge={}", 200, False),
        ("application/json", '"{}"', 200, False),
        ("text/plain", "not the word", 200, False),
        ("text/plain", "", 200, False),
        ("text/plain", "{}", 201, False),
        ("text/plain", "{}", 404, False),
    ],
)
async def test_an_address_is_verified_by_its_challenge_alone(
    app: Endpoint, content_type: str, text: str, status: int, is_verified: bool
) -> None:
    app.answers_challenges = False

    async def answer(request: web.Request) -> web.StreamResponse:
        said = text.format((await request.json())["challenge"])
        return web.Response(text=said, content_type=content_type, status=status)

    app.answer = answer
    async with Sandbox(http_manifest(), request_url=app.url) as slack:
        assert slack.world.delivery.connected is is_verified
        app.status(200)
        await slack.person("ana").say("hello")
        await slack.quiet(idle_seconds=0.02)
        assert len(app.of("message")) == is_verified


async def test_events_wait_for_nobody_until_the_address_is_verified() -> None:
    async with Endpoint() as taken:
        url = taken.url
    async with Sandbox(http_manifest(), request_url=url) as slack:
        await slack.person("ana").say("hello")
        (entry,) = slack.sent("message.im")
        assert entry.reason.startswith(f"url_not_verified: {url} is not verified: connection_fail")
        slack.advance(3600)
        assert len(slack.sent("message.im")) == 1


async def test_an_address_that_is_verified_later_gets_what_comes_later(app: Endpoint) -> None:
    app.answers_challenges = False
    async with Sandbox(http_manifest(), request_url=app.url) as slack:
        told: list[bool] = []
        slack.world.delivery.on_connected.append(told.append)
        app.answers_challenges = True
        answer = await slack.verify_url()
        assert (answer["verified"], answer["problem"], told) == (True, "", [True])
        assert answer["commands"] == {"/probe": {"url": app.url, "problem": ""}}
        await slack.connected()
        await slack.person("ana").say("hello")
        assert (await app.until("message")).payload["event"]["text"] == "hello"
    (check,) = [got for got in app.got if "ssl_check" in got.payload]
    assert check.payload == {"ssl_check": "1", "token": "sandbox-verification"}


async def test_placeholders_are_not_delivered_to() -> None:
    async with Sandbox(http_manifest()) as slack:
        answer = await slack.verify_url()
        assert answer["verified"] is False
        assert "https://example.com/slack/events is not on this machine" in answer["problem"]
        with pytest.raises(Refused, match="request_url_not_local"):
            await slack.person("ana").command("/probe")
        assert "loopback addresses only" in slack.refusals[-1].reason


async def test_other_machines_are_delivered_to_when_that_is_allowed(app: Endpoint) -> None:
    url = app.url.replace("127.0.0.1", "0.0.0.0")  # this machine too, but no loopback address
    async with Sandbox(http_manifest(), request_url=url) as slack:
        assert "loopback addresses only" in (await slack.verify_url())["problem"]
    assert app.got == []
    async with Sandbox(http_manifest(), request_url=url, allow_remote=True) as slack:
        assert (await slack.verify_url())["problem"] == ""


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:3000/slack/events", True),
        ("http://127.8.8.8/", True),
        ("http://[::1]:3000/", True),
        ("https://localhost/slack/events", True),
        ("http://10.0.0.7/", False),
        ("http://localhost.example.com/", False),
        ("http://127.0.0.1@example.com/", False),
        ("http://[::1/", False),
        ("not an address", False),
    ],
)
def test_only_loopback_addresses_are_on_this_machine(url: str, local: bool) -> None:
    assert is_loopback(url) is local


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ("events", "settings.event_subscriptions.request_url"),
        ("interactivity", "settings.interactivity.request_url"),
        ("command", "/probe needs Socket Mode or a url"),
    ],
)
def test_a_manifest_without_socket_mode_names_its_addresses(gone: str, words: str) -> None:
    plan = http_manifest()
    if gone == "events":
        del plan["settings"]["event_subscriptions"]["request_url"]
    elif gone == "interactivity":
        del plan["settings"]["interactivity"]["request_url"]
    else:
        del plan["features"]["slash_commands"][0]["url"]
    with pytest.raises(ValueError, match=words):
        Sandbox(plan, request_url="http://127.0.0.1:3000/slack/events")


def test_with_socket_mode_an_address_is_never_used() -> None:
    plan = http_manifest()
    plan["settings"]["socket_mode_enabled"] = True
    with pytest.raises(ValueError, match="Socket Mode"):
        Sandbox(plan, request_url="http://127.0.0.1:3000/slack/events")
