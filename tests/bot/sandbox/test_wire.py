"""How arguments and tokens may travel, and what is refused before a method looks at them."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from tests.bot.sandbox.conftest import manifest

DESIGN = "C0DESIGN01"
HELLO = {"channel": DESIGN, "text": "hello"}


async def posted(slack: Sandbox, method: str, **how: Any) -> dict[str, Any]:
    """The answer to a plain POST, with the bot's token unless headers are given."""
    how.setdefault("headers", {"Authorization": f"Bearer {slack.bot_token}"})
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.api_url}{method}", **how) as answer,
    ):
        found: dict[str, Any] = await answer.json()
        return found


@pytest.mark.parametrize(
    ("form", "code"), [("data", None), ("params", "not_authed"), ("json", "not_authed")]
)
async def test_a_token_without_a_header_travels_in_a_form_alone(
    slack: Sandbox, form: str, code: str | None
) -> None:
    sent = {form: {**HELLO, "token": slack.bot_token}}
    answer = await posted(slack, "chat.postMessage", headers={}, **sent)
    assert answer.get("error") == code


async def test_a_token_in_json_does_not_count_beside_the_header(slack: Sandbox) -> None:
    answer = await posted(slack, "chat.postMessage", json={**HELLO, "token": "xoxb-other"})
    assert answer["ok"]


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        ("{", "application/json", "invalid_json"),
        ("[]", "application/json", "json_not_object"),
        ('{"channel": "C0DESIGN01", "text": "x"}', "text/csv", "invalid_post_type"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    slack: Sandbox, body: str, kind: str, code: str
) -> None:
    headers = {"Authorization": f"Bearer {slack.bot_token}", "Content-Type": kind}
    answer = await posted(slack, "chat.postMessage", headers=headers, data=body)
    assert answer["error"] == code


async def test_a_query_string_is_not_read_beside_json(slack: Sandbox) -> None:
    answer = await posted(
        slack, "chat.postMessage", params={"channel": DESIGN}, json={"text": "hello"}
    )
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


@pytest.mark.parametrize(
    ("method", "args", "message"),
    [
        ("chat.postMessage", HELLO | {"colour": "red"}, "unsupported argument: colour"),
        ("chat.postMessage", {"text": "x"}, "missing required field: channel"),
        ("chat.postMessage", HELLO | {"unfurl_links": "maybe"}, "must be a boolean: unfurl_links"),
        ("conversations.list", {"limit": "ten"}, "must be an integer: limit"),
        ("views.publish", {"user_id": "U0ANA00001", "view": "{"}, "must be JSON: view"),
    ],
)
async def test_a_wrong_argument_is_named(
    slack: Sandbox, method: str, args: dict[str, Any], message: str
) -> None:
    for how in ("data", "params"):
        answer = await posted(slack, method, **{how: args})
        assert answer["error"] == "invalid_arguments"
        assert answer["response_metadata"]["messages"] == [f"[ERROR] {message}"]


@pytest.mark.parametrize("value", [True, 1, "1", "true"])
@pytest.mark.parametrize("how", ["json", "data"])
async def test_a_yes_is_written_in_many_ways(slack: Sandbox, how: str, value: Any) -> None:
    yes = value if how == "json" else str(value).lower()
    args = {"users": "U0ANA00001", "return_im": yes}
    assert (await posted(slack, "conversations.open", **{how: args}))["channel"]["is_im"]


@pytest.mark.parametrize("how", ["data", "params", "json"])
async def test_a_method_that_reads_takes_no_json(slack: Sandbox, how: str) -> None:
    answer = await posted(slack, "users.info", **{how: {"user": "U0ANA00001"}})
    if how == "json":
        assert answer["error"] == "invalid_arguments"
        assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]
    else:
        assert answer["user"]["name"] == "ana"


async def test_a_method_that_reads_takes_its_query_string_beside_json(slack: Sandbox) -> None:
    answer = await posted(
        slack, "users.info", params={"user": "U0ANA00001"}, json={"user": "U0BEN00001"}
    )
    assert answer["user"]["name"] == "ana"


async def test_a_revoked_token_opens_nothing(slack: Sandbox) -> None:
    assert (await posted(slack, "auth.revoke", data={}))["revoked"]
    assert (await posted(slack, "users.list", data={}))["error"] == "token_revoked"


async def test_a_refused_call_still_names_the_scopes_and_the_wait() -> None:
    async with Sandbox(manifest(), rate_limits=True) as slack, aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {slack.bot_token}"}
        for _ in range(21):
            async with session.post(f"{slack.api_url}users.list", headers=headers) as answer:
                last = answer
        assert last.status == 429
        assert int(last.headers["Retry-After"]) == 3
        assert "users:read" in last.headers["x-oauth-scopes"].split(",")
        slack.advance(3)
        async with session.post(f"{slack.api_url}users.list", headers=headers) as answer:
            assert answer.status == 200


async def test_posting_is_counted_in_the_channel_and_in_the_workspace() -> None:
    async with Sandbox(manifest(), rate_limits=True) as slack:
        channels = [slack.add_channel(f"room-{n}", members=["ana", "bot"]) for n in range(90)]
        codes = [
            (await posted(slack, "chat.postMessage", json={"channel": c, "text": "x"})).get("error")
            for c in channels
            for _ in range(5)
        ]
    assert codes[:300] == [None] * 300
    assert "ratelimited" in codes
