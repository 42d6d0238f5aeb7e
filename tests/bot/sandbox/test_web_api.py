"""Each row is a call that Slack refuses, with the code that it answers."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.api.rates import POSTING_BURST
from tests.bot.sandbox.conftest import SCOPES, manifest

DESIGN = "C0DESIGN01"
UNKNOWN_TS = "1111111111.000001"

Calling = Callable[[AsyncWebClient], Awaitable[Any]]


async def refused(call: Awaitable[Any]) -> dict[str, Any]:
    """The answer to a call that must be refused."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return dict(caught.value.response.data)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda c: c.chat_postMessage(channel="C0NOWHERE1", text="x"), "channel_not_found"),
        (lambda c: c.chat_postMessage(channel="C0GENERAL1", text="x"), "not_in_channel"),
        (lambda c: c.api_call("chat.postMessage", json={"channel": DESIGN}), "no_text"),
        (
            lambda c: c.chat_update(channel=DESIGN, ts=UNKNOWN_TS, text="x"),
            "message_not_found",
        ),
        (lambda c: c.chat_delete(channel=DESIGN, ts=UNKNOWN_TS), "message_not_found"),
        (
            lambda c: c.chat_postEphemeral(channel=DESIGN, user="U0NOBODY01", text="x"),
            "user_not_in_channel",
        ),
        (
            lambda c: c.chat_getPermalink(channel=DESIGN, message_ts=UNKNOWN_TS),
            "message_not_found",
        ),
        (lambda c: c.users_info(user="U0NOBODY01"), "user_not_found"),
        (lambda c: c.conversations_info(channel="C0NOWHERE1"), "channel_not_found"),
        (
            lambda c: c.conversations_replies(channel=DESIGN, ts=UNKNOWN_TS),
            "thread_not_found",
        ),
        (lambda c: c.files_info(file="F0NOTHING1"), "file_not_found"),
        (lambda c: c.views_open(trigger_id="1.2.x", view=view()), "invalid_trigger_id"),
        (
            lambda c: c.views_update(view_id="V0NOTHING1", view=view()),
            "not_found",
        ),
        (
            lambda c: c.reactions_add(channel=DESIGN, timestamp=UNKNOWN_TS, name="eyes"),
            "missing_scope",
        ),
        (lambda c: c.conversations_open(users="U0NOBODY01"), "user_not_found"),
        (lambda c: c.conversations_open(users="U0ANA00001,U0BEN00001"), "missing_scope"),
        (lambda c: c.conversations_list(types="rooms"), "invalid_types"),
        (lambda c: c.conversations_history(channel=DESIGN, cursor="nowhere"), "invalid_cursor"),
        (lambda c: c.conversations_history(channel="C0GENERAL1"), "not_in_channel"),
        (
            lambda c: c.assistant_threads_setStatus(
                channel_id=DESIGN, thread_ts=UNKNOWN_TS, status="thinking"
            ),
            "invalid_thread_ts",
        ),
        (lambda c: c.api_call("no.such.method"), "unknown_method"),
        (
            lambda c: c.api_call("chat.postMessage", json={"channel": DESIGN, "text": "x", "z": 1}),
            "invalid_arguments",
        ),
    ],
)
async def test_what_slack_refuses_is_refused(
    client: AsyncWebClient, call: Calling, code: str
) -> None:
    assert (await refused(call(client)))["error"] == code


@pytest.mark.parametrize(
    ("token", "code"),
    [("", "not_authed"), ("xoxb-unknown", "invalid_auth"), ("app", "not_allowed_token_type")],
)
async def test_a_wrong_token_is_refused(slack: Sandbox, token: str, code: str) -> None:
    text = slack.app_token if token == "app" else token
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {text}"} if text else {}
        async with session.post(f"{slack.api_url}users.info", headers=headers) as answer:
            assert (await answer.json())["error"] == code


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("chat:write", lambda c: c.chat_postMessage(channel=DESIGN, text="x")),
        ("files:write", lambda c: c.files_getUploadURLExternal(filename="a.png", length=3)),
        ("files:read", lambda c: c.files_info(file="F0NOTHING1")),
        ("users:read", lambda c: c.users_info(user="U0ANA00001")),
    ],
)
async def test_a_scope_that_the_manifest_lacks_is_missed(scope: str, call: Calling) -> None:
    async with Sandbox(manifest(without=scope)) as slack:
        answer = await refused(call(AsyncWebClient(slack.bot_token, base_url=slack.api_url)))
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == scope
    assert scope not in answer["provided"].split(",")


async def test_a_conversation_is_opened_with_its_own_scope_alone() -> None:
    plan = manifest(without="im:write")
    plan["oauth_config"]["scopes"]["bot"].append("channels:manage")
    async with Sandbox(plan) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        answer = await refused(client.conversations_open(users="U0ANA00001"))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "im:write")


async def test_every_answer_names_the_scopes_of_its_token(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert sorted(answer.headers["x-oauth-scopes"].split(",")) == sorted(SCOPES)


@pytest.mark.parametrize("form", ["json", "form", "query"])
async def test_arguments_arrive_in_all_three_forms(slack: Sandbox, form: str) -> None:
    body = {"channel": DESIGN, "text": "hello"}
    how: dict[str, Any] = {
        "json": {"json": body},
        "form": {"data": body},
        "query": {"params": body},
    }[form]
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.api_url}chat.postMessage", headers=headers, **how) as answer,
    ):
        assert (await answer.json())["message"]["text"] == "hello"


async def test_a_thread_must_be_there_to_be_answered_in(client: AsyncWebClient) -> None:
    call = client.chat_postMessage(channel=DESIGN, text="x", thread_ts=UNKNOWN_TS)
    assert (await refused(call))["error"] == "thread_not_found"


async def test_the_message_of_somebody_else_cannot_be_changed(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    said = await slack.person("ana").say("mine", channel="design")
    changed = client.chat_update(channel=DESIGN, ts=said["ts"], text="yours")
    assert (await refused(changed))["error"] == "cant_update_message"
    deleted = client.chat_delete(channel=DESIGN, ts=said["ts"])
    assert (await refused(deleted))["error"] == "cant_delete_message"


async def test_an_update_has_at_most_four_thousand_characters(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=DESIGN, text="x")
    await client.chat_update(channel=DESIGN, ts=str(posted["ts"]), text="x" * 4000)
    call = client.chat_update(channel=DESIGN, ts=str(posted["ts"]), text="x" * 4001)
    assert (await refused(call))["error"] == "msg_too_long"


async def test_one_message_a_second_goes_to_a_channel() -> None:
    async with Sandbox(manifest(), rate_limits=True) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        for _ in range(POSTING_BURST):
            await client.chat_postMessage(channel=DESIGN, text="x")
        with pytest.raises(SlackApiError, match="ratelimited") as caught:
            await client.chat_postMessage(channel=DESIGN, text="one too many")
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "1"
        await client.chat_postMessage(channel="C0LAUNCH01", text="another channel")
        slack.advance(1)
        await client.chat_postMessage(channel=DESIGN, text="a second later")
        with pytest.raises(SlackApiError, match="ratelimited"):
            await client.chat_postMessage(channel=DESIGN, text="not yet another")


async def test_the_retry_handler_of_the_sdk_waits_it_out() -> None:
    async with Sandbox(manifest(), rate_limits=True) as slack:
        patient = AsyncRateLimitErrorRetryHandler(max_retry_count=2)
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[patient])
        for _ in range(POSTING_BURST + 1):
            await client.chat_postMessage(channel=DESIGN, text="x")
        assert [entry.status for entry in slack.refusals] == [429]


def view() -> dict[str, Any]:
    """The least of a modal."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "T"},
        "blocks": [{"type": "divider"}],
    }
