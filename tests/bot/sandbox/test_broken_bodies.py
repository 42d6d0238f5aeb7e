"""Bodies, addresses and fields that nothing sound would send: refused in words, never a 500."""

import time
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.sandbox import Sandbox
from bot.sandbox.journal import Journal
from bot.sandbox.model import ResponseUrl
from bot.sandbox.response_urls import lives_until, new_url
from bot.sandbox.typed_text import stored
from bot.sandbox.wire import load
from tests.bot.sandbox.conftest import manifest

Json = dict[str, Any]
DESIGN = "C0DESIGN01"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
DEEP = "[" * 200_000
BODIES = [
    (JSON, DEEP, "invalid_json"),
    (JSON, f'{{"channel": "{DESIGN}", "text": "x", "a": NaN}}', "invalid_json"),
    (JSON, f'{{"channel": "{DESIGN}", "text": "x", "a": -Infinity}}', "invalid_json"),
    (JSON, f'{{"channel": "{DESIGN}", "text": "x", "a": 1e999}}', "invalid_json"),
    (JSON, b'{"text": "\xff"}', "invalid_json"),
    (f"{JSON}; charset=bogus", "{}", "invalid_charset"),
    (f"{FORM}; charset=bogus", "text=x", "invalid_charset"),
    (FORM, b"text=\xff", "invalid_form_data"),
    ("multipart/form-data", b"x", "invalid_form_data"),
    ("multipart/form-data; boundary=zz", b"x", "invalid_form_data"),
]


async def post(url: str, body: Any, kind: str = JSON, **headers: str) -> tuple[int, Json]:
    async with (
        aiohttp.ClientSession(headers={"Content-Type": kind, **headers}) as session,
        session.post(url, data=body) as answer,
    ):
        return answer.status, await answer.json(content_type=None)


@pytest.mark.parametrize(("kind", "body", "code"), BODIES)
async def test_a_call_that_cannot_be_read_is_refused(
    slack: Sandbox, kind: str, body: str | bytes, code: str
) -> None:
    token = f"Bearer {slack.bot_token}"
    status, answer = await post(f"{slack.api_url}chat.postMessage", body, kind, Authorization=token)
    assert (status, answer["error"]) == (200, code)
    assert slack.refusals[-1].reason.startswith(code)


@pytest.mark.parametrize(
    ("kind", "body", "code"), [one for one in BODIES if not one[0].startswith(FORM)]
)
async def test_a_control_call_that_cannot_be_read_is_refused(
    slack: Sandbox, kind: str, body: str | bytes, code: str
) -> None:
    status, answer = await post(f"{slack.url}/control/say", body, kind)
    assert (status, answer["error"]) == (400, code)


def test_nesting_has_an_end() -> None:
    assert load("[" * 100 + "]" * 100)
    with pytest.raises(ValueError, match="nested"):
        load("[" * 102 + "]" * 102)
    assert len(load(f"[{'[],' * 500}[]]")) == 501


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("say", {"user": "ana", "channel": "design", "text": "x", "settle_ms": 10**400}, "settle"),
        ("clock", {"advance_seconds": 10**400}, "invalid_seconds"),
        ("clock", {"advance_seconds": 1e300}, "invalid_seconds"),
        ("clock", {"advance_seconds": True}, "invalid_seconds"),
        ("upload", {"user": "ana", "name": "a.txt", "data": "abc"}, "invalid_field"),
        ("invite", {"user": "ana", "channel": "design", "who": "nobody"}, "user_not_found"),
        ("edit", {"user": "ana", "channel": "design", "ts": "", "text": "x" * 60_001}, "msg_too"),
        ("fault", {"method": "api.test", "status": "x"}, "invalid_fault"),
        ("fault", {"method": "api.test", "status": False}, "invalid_fault"),
        ("fault", {"method": "api.test", "status": 1_000_000}, "invalid_fault"),
        ("fault", {"method": "api.test", "status": 429, "retry_after": []}, "invalid_fault"),
        ("fault", {"method": "api.test", "error": [1]}, "invalid_fault"),
        ("fault", {"method": "api.test", "reset": "no"}, "invalid_fault"),
        ("fault", {"method": "api.test", "times": 1.5}, "invalid_fault"),
    ],
)
async def test_a_value_out_of_bounds_is_refused(
    slack: Sandbox, client: AsyncWebClient, name: str, body: Json, code: str
) -> None:
    if name == "edit":
        body = body | {"ts": (await slack.person("ana").say("x", channel="design"))["ts"]}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.url}/control/{name}", json=body) as answer,
    ):
        assert 400 <= answer.status < 500
        assert code in (await answer.json())["error"]
    await slack.person("ana").say("all is well", channel="design")
    assert (await client.api_test())["ok"]


@pytest.mark.parametrize("name", ["action", "submit", "say"])
async def test_a_form_is_checked_as_json_is(slack: Sandbox, name: str) -> None:
    form = aiohttp.FormData(
        {"user": "ana", "view_id": "V0", "container": "x", "values": "x", "files": "F0"},
        default_to_multipart=True,
    )
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.url}/control/{name}", data=form) as answer,
    ):
        assert (await answer.json())["error"] == "invalid_field"


async def test_a_page_of_too_many_digits_is_refused(slack: Sandbox) -> None:
    url = f"{slack.url}/control/log"
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, params={"limit": "9" * 5000}) as answer,
    ):
        assert (answer.status, (await answer.json())["error"]) == (400, "invalid_number")


@pytest.mark.parametrize("name", ["%00", "a" * 5000, "..%2fclient.py", "%2fetc%2fpasswd"])
async def test_the_page_gives_out_its_own_files_alone(slack: Sandbox, name: str) -> None:
    for folder in ("page", "page/v-x"):
        address = URL(f"{slack.url}/{folder}/{name}", encoded=True)
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            assert answer.status == 404


async def test_who_is_brought_into_a_channel_by_name_is_a_member(slack: Sandbox) -> None:
    body = {"user": "ana", "channel": "design", "who": "cem"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.url}/control/invite", json=body) as answer,
    ):
        assert answer.status == 200
    assert slack.person("cem").user.id in slack.world.workspace.channels[DESIGN].members


@pytest.mark.parametrize("name", ["text", "thread_ts", "response_type"])
@pytest.mark.parametrize("value", [{"a": 1}, [1], True, 1.5])
async def test_a_response_of_another_kind_is_refused(slack: Sandbox, name: str, value: Any) -> None:
    workspace = slack.world.workspace
    url = ResponseUrl(slack.person("ana").user.id, DESIGN, lives_until(workspace))
    async with (
        aiohttp.ClientSession() as session,
        session.post(new_url(workspace, url), json={"text": "x", name: value}) as answer,
    ):
        assert (answer.status, (await answer.json())["error"]) == (400, "invalid_payload")


async def test_half_an_address_is_text_like_any_other() -> None:
    made = manifest()
    made["features"]["unfurl_domains"] = ["example.com"]
    async with Sandbox(made) as slack:
        said = await slack.person("ana").say("see http://[x and https://example.com/a")
        assert "example.com" in said["text"]
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        assert (await client.chat_postMessage(channel=DESIGN, text="<http://[x>"))["ok"]
        text = {"type": "plain_text", "text": "Go"}
        button = {"type": "button", "action_id": "a", "text": text, "url": "http://[x"}
        with pytest.raises(SlackApiError, match="must be a valid url"):
            blocks = [{"type": "actions", "elements": [button]}]
            await client.chat_postMessage(channel=DESIGN, text="x", blocks=blocks)


async def test_a_long_word_is_read_at_once(slack: Sandbox) -> None:
    word = "x" * 60_000
    began = time.process_time()
    assert stored(slack.world.workspace, word)[0] == word
    assert time.process_time() - began < 1  # many seconds if each letter reads all the rest


@pytest.mark.parametrize("day", ["2026-02-30", "20260228", "٢٠٢٦-٠٢-٠١"])
async def test_a_menu_begins_with_a_day_that_there_is(client: AsyncWebClient, day: str) -> None:
    picker = {"type": "datepicker", "action_id": "a", "initial_date": day}
    blocks = [{"type": "actions", "elements": [picker]}]
    with pytest.raises(SlackApiError, match="YYYY-MM-DD"):
        await client.chat_postMessage(channel=DESIGN, text="x", blocks=blocks)


async def test_the_type_of_metadata_is_text(client: AsyncWebClient) -> None:
    metadata = {"event_type": 1, "event_payload": {}}
    with pytest.raises(SlackApiError, match="invalid_metadata_format"):
        await client.chat_postMessage(channel=DESIGN, text="x", metadata=metadata)


def test_the_journal_holds_as_much_as_there_is_room_for() -> None:
    journal = Journal(limit=10, most_characters=1000)
    for _ in range(5):
        journal.add("call", "x", at=0.0, request={"text": "x" * 400})
    assert [entry.n for entry in journal.after(0)] == [4, 5]
    journal.add("call", "x", at=0.0, request="x" * 5000)
    assert [entry.n for entry in journal.after(0)] == [6]
