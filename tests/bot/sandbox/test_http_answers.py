"""What an app's answers over HTTP mean to the person who pressed something."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Refused, Sandbox
from tests.bot.sandbox.conftest import http_manifest
from tests.bot.sandbox.endpoint import Endpoint, Json
from tests.bot.sandbox.probe import form, plain

DESIGN = "C0DESIGN01"


@pytest.fixture
async def slack(app: Endpoint) -> AsyncIterator[Sandbox]:
    """A Slack that delivers over HTTP."""
    async with Sandbox(http_manifest(), request_url=app.url) as started:
        yield started


async def test_each_kind_of_payload_has_its_address(app: Endpoint) -> None:
    plan = http_manifest()
    settings = plan["settings"]
    base = f"http://127.0.0.1:{app.port}"
    settings["event_subscriptions"]["request_url"] = f"{base}/events"
    settings["interactivity"]["request_url"] = f"{base}/actions"
    settings["interactivity"]["message_menu_options_url"] = f"{base}/options"
    plan["features"]["slash_commands"][0]["url"] = f"{base}/commands"

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.json_response({"options": []} if request.path == "/options" else {})

    app.answer = answer
    async with Sandbox(plan) as slack:
        ana = slack.person("ana")
        await ana.say("hello")
        await ana.command("/probe")
        await ana.suggest(await posted(slack, ana.dm), "colour", "re")
        await ana.click(await posted(slack, ana.dm), "keep")
        await app.until("message")
        await slack.quiet(idle_seconds=0.02)
    assert {got.kind: got.path for got in app.got} == {
        "url_verification": "/events",
        "message": "/events",
        "/probe": "/commands",
        "block_suggestion": "/options",
        "block_actions": "/actions",
    }


async def posted(slack: Sandbox, channel: str) -> Json:
    """A message of the app with a button and a menu that asks it."""
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    menu = form()["blocks"][1]["element"]
    button = {"type": "button", "action_id": "keep", "text": plain("Keep"), "value": "1"}
    blocks = [{"type": "actions", "block_id": "row", "elements": [button, menu]}]
    answer = await client.chat_postMessage(channel=channel, text="Press", blocks=blocks)
    message: Json = answer["message"]
    return message | {"channel": channel}


@pytest.mark.parametrize(
    ("text", "content_type", "seen"),
    [
        ("it is sunny", "text/plain", "it is sunny"),
        ('{"text":"it is sunny"}', "application/json", "it is sunny"),
        ('{"text":"raw"}', "text/plain", '{"text":"raw"}'),
    ],
)
async def test_a_command_is_answered_in_the_body(
    slack: Sandbox, app: Endpoint, text: str, content_type: str, seen: str
) -> None:
    app.body(text, content_type)
    ana = slack.person("ana")
    await ana.command("/probe", "x")
    notice = await ana.see_notice(lambda shown: bool(shown["text"] == seen))
    assert notice["is_ephemeral"] is True


async def test_a_command_comes_as_the_fields_of_a_form(slack: Sandbox, app: Endpoint) -> None:
    await slack.person("ana").command("/probe", "a b & c", channel="design")
    got = await app.until("/probe")
    assert got.payload["text"] == "a b &amp; c"
    assert got.payload["channel_id"] == DESIGN
    assert b"command=%2Fprobe&text=a+b" in got.body
    assert got.payload["response_url"].startswith(slack.url)
    assert slack.world.journal.named("/probe", kinds=("interaction",))[0].status == 200


@pytest.mark.parametrize(
    ("text", "content_type", "status", "code"),
    [
        ("", "text/plain", 404, "http_client_error"),
        ("", "text/plain", 500, "http_service_error"),
        ("", "text/plain", 201, "http_client_error"),
        ("", "text/plain", 302, "http_client_error"),
        ("{", "application/json", 200, "invalid_response"),
        ("[]", "application/json", 200, "invalid_response"),
        ("[" * 100_000, "application/json", 200, "invalid_response"),
        ('{"blocks":[]}', "application/json", 200, "invalid_command_response"),
    ],
)
async def test_a_command_that_is_not_answered_well_fails(
    slack: Sandbox, app: Endpoint, text: str, content_type: str, status: int, code: str
) -> None:
    app.body(text, content_type, status)
    with pytest.raises(Refused, match=code):
        await slack.person("ana").command("/probe")
    assert code in slack.refusals[-1].reason


async def test_an_interaction_is_not_waited_for_beyond_three_seconds(
    slack: Sandbox, app: Endpoint
) -> None:
    app.never()
    pressing = asyncio.ensure_future(slack.person("ana").command("/probe"))
    await app.until("/probe")
    slack.advance(3)
    with pytest.raises(Refused, match="operation_timeout"):
        await pressing
    assert len(app.of("/probe")) == 1


async def test_without_an_options_address_a_menu_stays_empty(app: Endpoint) -> None:
    plan = http_manifest()
    del plan["settings"]["interactivity"]["message_menu_options_url"]
    async with Sandbox(plan, request_url=app.url) as slack:
        ana = slack.person("ana")
        assert await ana.suggest(await posted(slack, ana.dm), "colour", "red") == []
        assert "message_menu_options_url" in slack.refusals[-1].reason
    assert app.of("block_suggestion") == []


@pytest.mark.parametrize(("text", "is_taken"), [("", True), ("ok", False), ("{}", False)])
async def test_a_submitted_modal_is_closed_by_an_empty_body_alone(
    slack: Sandbox, app: Endpoint, text: str, is_taken: bool
) -> None:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    ana = slack.person("ana")
    await ana.command("/probe")
    trigger = (await app.until("/probe")).payload["trigger_id"]
    view: Json = form()
    view["blocks"] = view["blocks"][2:]
    await client.views_open(trigger_id=trigger, view=view)
    app.body(text, "text/plain")
    if is_taken:
        assert await ana.submit(await ana.modal()) == {"response_action": "close"}
        assert ana.views() == []
        return
    with pytest.raises(Refused, match="invalid_view"):
        await ana.submit(await ana.modal())
    assert len(ana.views()) == 1
