"""A Bolt app behind its own HTTP address, unchanged but for the address of the API."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox import Refused, Sandbox
from tests.bot.sandbox.conftest import http_manifest
from tests.bot.sandbox.endpoint import Endpoint
from tests.bot.sandbox.probe import Probe

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@pytest.fixture
async def slack(app: Endpoint) -> AsyncIterator[Sandbox]:
    """A Slack that delivers to the app's address."""
    async with Sandbox(http_manifest(), request_url=app.url, signing_secret=SECRET) as started:
        yield started


def serve(slack: Sandbox, app: Endpoint, *, signing_secret: str = SECRET) -> Probe:
    """Put a Bolt app, with its own adapter for aiohttp, behind the address."""
    probe = Probe(slack, signing_secret=signing_secret)
    app.answers_challenges = False
    app.answer = probe.app.server(port=app.port, path="/slack/events").handle_post_requests
    return probe


async def test_a_conversation_over_http(slack: Sandbox, app: Endpoint) -> None:
    probe = serve(slack, app)
    assert (await slack.verify_url())["problem"] == ""
    ana = slack.person("ana")
    said = await ana.say("hello")
    message = await ana.see("Press", thread_ts=said["ts"])
    await ana.click(message, "Open")
    modal = await ana.modal()
    assert [o["value"] for o in await ana.suggest(modal, "colour", "re")] == ["red", "green"]
    answer = await ana.submit(modal, {"colour": "red", "note": "soon"})
    assert answer == {"response_action": "close"}
    values = probe.submitted[0]["view"]["state"]["values"]
    assert values["colour"]["colour"]["selected_option"]["value"] == "red"
    await ana.home()
    await ana.see_home("Welcome home")
    await slack.quiet(idle_seconds=0.05)
    assert slack.refusals == []


async def test_errors_of_a_modal_come_back_over_http(slack: Sandbox, app: Endpoint) -> None:
    probe = serve(slack, app)
    probe.answer = {"response_action": "errors", "errors": {"note": "Too long"}}
    ana = slack.person("ana")
    await ana.say("hello")
    await ana.click(await ana.see("Press"), "Open")
    modal = await ana.modal()
    await ana.suggest(modal, "colour", "re")
    answer = await ana.submit(modal, {"colour": "red"})
    assert answer == {"response_action": "errors", "errors": {"note": "Too long"}}


async def test_an_app_with_another_secret_takes_nothing(slack: Sandbox, app: Endpoint) -> None:
    probe = serve(slack, app, signing_secret="another")
    assert (await slack.verify_url())["problem"] == "http_error: the app answered 401, not 200"
    await slack.person("ana").say("hello")
    await slack.quiet(idle_seconds=0.02)
    assert probe.heard == []
    with pytest.raises(Refused, match="http_client_error"):
        await slack.person("ana").command("/probe")


async def test_a_press_that_nobody_handles_is_an_error(slack: Sandbox, app: Endpoint) -> None:
    serve(slack, app)
    with pytest.raises(Refused, match="http_client_error"):
        await slack.person("ana").command("/probe")
    assert slack.refusals[-1].status == 404


async def test_bolt_hears_which_retry_it_is(slack: Sandbox, app: Endpoint) -> None:
    app.status(503)
    await slack.person("ana").say("hello")
    await app.until("message", number=2)
    await slack.quiet(idle_seconds=0.02)
    probe = serve(slack, app)
    slack.advance(60)
    await slack.person("ana").see("Press")
    assert probe.headers[0]["x-slack-retry-num"] == ["2"]
    assert probe.headers[0]["x-slack-retry-reason"] == ["http_error"]
