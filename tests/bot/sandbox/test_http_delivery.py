"""How events and interactions reach an app without Socket Mode, and what its answers mean."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Refused, Sandbox
from bot.sandbox.delivery.http import signature
from tests.bot.sandbox.conftest import http_manifest
from tests.bot.sandbox.endpoint import Endpoint

DESIGN = "C0DESIGN01"
VECTOR = (
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
    "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
    "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands"
    "%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
"""Slack's own example, signed with the secret below at 1531420618."""


@pytest.fixture
async def slack(app: Endpoint) -> AsyncIterator[Sandbox]:
    """A Slack that delivers over HTTP."""
    async with Sandbox(http_manifest(), request_url=app.url) as started:
        yield started


def test_a_signature_is_the_documented_one() -> None:
    signed = signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", VECTOR.encode())
    assert signed == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


async def test_every_request_is_signed_and_says_who_asks(slack: Sandbox, app: Endpoint) -> None:
    ana = slack.person("ana")
    await ana.say("hello <3 & ünïcode")
    await ana.command("/probe", "a b&c")
    await app.until("message")
    verifier = SignatureVerifier(slack.signing_secret)
    json_type, form_type = "application/json", "application/x-www-form-urlencoded"
    wanted = {"url_verification": json_type, "message": json_type, "/probe": form_type}
    assert {got.kind: got.headers["Content-Type"] for got in app.got} == wanted
    for got in app.got:
        headers = {name.lower(): value for name, value in got.headers.items()}
        assert verifier.is_valid_request(got.body, headers)
        assert not verifier.is_valid_request(got.body + b" ", headers)
        assert headers["user-agent"].startswith("Slackbot 1.0")


async def test_a_given_secret_signs(app: Endpoint) -> None:
    async with Sandbox(http_manifest(), request_url=app.url, signing_secret="s3cret") as slack:
        assert slack.signing_secret == "s3cret"
    headers = {name.lower(): value for name, value in app.got[0].headers.items()}
    assert SignatureVerifier("s3cret").is_valid_request(app.got[0].body, headers)


async def test_an_event_is_acknowledged_by_any_2xx(slack: Sandbox, app: Endpoint) -> None:
    app.status(204)
    await slack.person("ana").say("hello")
    got = await app.until("message")
    await slack.quiet()
    slack.advance(3600)
    assert got.payload["event"]["text"] == "hello"
    assert "X-Slack-Retry-Num" not in got.headers
    (entry,) = slack.sent("message.im")
    assert (entry.status, entry.reason) == (204, "")
    assert entry.ms > 0


async def fail_with(app: Endpoint, how: str) -> None:
    """Let the app's address fail in one of the ways that Slack tells apart."""
    if how == "http_error":
        app.body("no", "text/plain", status=500)
    elif how == "http_timeout":
        app.never()
    elif how == "too_many_redirects":
        app.status(302, Location=app.url)
    elif how == "unknown_error":

        async def hang_up(request: web.Request) -> web.StreamResponse:
            assert request.transport is not None
            request.transport.close()
            return web.Response()

        app.answer = hang_up


@pytest.mark.parametrize(
    "how", ["http_error", "http_timeout", "too_many_redirects", "unknown_error"]
)
async def test_a_failed_event_comes_again_three_times_and_says_why(
    slack: Sandbox, app: Endpoint, how: str
) -> None:
    await fail_with(app, how)
    each = 3 if how == "too_many_redirects" else 1  # the address itself and two redirects
    await slack.person("ana").say("hello")
    for number, seconds in enumerate((0, 60, 300, 3600), start=1):
        await app.until("message", number=number * each)
        if how == "http_timeout":
            slack.advance(3)
        if number > 1:  # the first retry comes at once
            await slack.quiet(idle_seconds=0.02)
        slack.advance(seconds)
    await slack.quiet(idle_seconds=0.05)
    heads = [got.headers for got in app.of("message")[::each]]
    assert [head.get("X-Slack-Retry-Num") for head in heads] == [None, "1", "2", "3"]
    assert [head.get("X-Slack-Retry-Reason") for head in heads] == [None, how, how, how]
    assert len({got.payload["event_id"] for got in app.of("message")}) == 1
    assert all(entry.reason.startswith(how) for entry in slack.sent("message.im"))


@pytest.mark.parametrize(("scheme", "reason"), [("http", "connection_failed"), ("https", "ssl")])
async def test_an_address_that_cannot_be_reached_says_so(scheme: str, reason: str) -> None:
    async with Endpoint() as app:
        url = app.url.replace("http", scheme, 1)
        if scheme == "https":
            async with Sandbox(http_manifest(), request_url=url) as slack:
                answer = await slack.verify_url()
                assert answer["problem"].startswith("ssl_error")
            return
    async with Sandbox(http_manifest(), request_url=url) as slack:
        assert (await slack.verify_url())["problem"].startswith(reason)
        with pytest.raises(Refused, match="dispatch_failed"):
            await slack.person("ana").command("/probe")


async def test_an_app_may_ask_not_to_be_sent_an_event_again(slack: Sandbox, app: Endpoint) -> None:
    app.status(503, x_slack_no_retry="1")
    await slack.person("ana").say("hello")
    await app.until("message")
    await slack.quiet(idle_seconds=0.02)
    slack.advance(3600)
    await slack.quiet(idle_seconds=0.02)
    assert len(app.of("message")) == 1


@pytest.mark.parametrize(("hops", "arrives"), [(1, True), (2, True), (3, False)])
@pytest.mark.parametrize("status", [301, 302])
async def test_an_event_follows_two_redirects(
    slack: Sandbox, app: Endpoint, hops: int, arrives: bool, status: int
) -> None:
    async def onward(request: web.Request) -> web.StreamResponse:
        at = int(request.query.get("hop", 0))
        if at == hops:
            return web.Response()
        return web.Response(status=status, headers={"Location": f"/slack/events?hop={at + 1}"})

    app.answer = onward
    await slack.person("ana").say("hello")
    await app.until("message", number=min(hops, 2) + 1)
    await slack.quiet(idle_seconds=0.02)
    first = slack.sent("message.im")[0]
    assert (first.status == 200) is arrives
    assert first.reason.startswith("" if arrives else "too_many_redirects")


async def test_a_redirect_does_not_lead_away_from_this_machine(
    slack: Sandbox, app: Endpoint
) -> None:
    app.status(302, Location="https://example.com/", x_slack_no_retry="1")
    await slack.person("ana").say("hello")
    await app.until("message")
    await slack.quiet(idle_seconds=0.02)
    assert "loopback addresses only" in slack.sent("message.im")[0].reason


async def test_a_redirect_other_than_301_and_302_is_an_error(slack: Sandbox, app: Endpoint) -> None:
    app.status(307, Location=app.url)
    await slack.person("ana").say("hello")
    await app.until("message")
    await slack.quiet(idle_seconds=0.02)
    assert slack.sent("message.im")[0].reason == "http_error: the app answered 307"


async def test_over_http_there_is_no_socket_to_open(slack: Sandbox) -> None:
    client = AsyncWebClient(base_url=slack.api_url)
    with pytest.raises(SlackApiError, match="not_allowed"):
        await client.apps_connections_open(app_token=slack.app_token)
