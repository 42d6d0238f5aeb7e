"""Whatever arrives is answered: no broken payload is a broken server, and memory has an end."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.conftest import manifest

Json = dict[str, Any]
DESIGN = "C0DESIGN01"


def entry(**element: Any) -> Json:
    """A modal with one input."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "T"},
        "submit": {"type": "plain_text", "text": "S"},
        "blocks": [
            {
                "type": "input",
                "label": {"type": "plain_text", "text": "L"},
                "element": {"action_id": "a"} | element,
            }
        ],
    }


@pytest.mark.parametrize("kind", [[], {}, 1, None, True])
async def test_a_type_that_is_no_word_is_refused(client: AsyncWebClient, kind: Any) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=DESIGN, text="x", blocks=[{"type": kind}])
    assert caught.value.response["error"] == "invalid_blocks"


async def test_null_is_as_good_as_absent(client: AsyncWebClient) -> None:
    text = {"type": "plain_text_input", "min_length": None, "max_length": None}
    number = {"type": "number_input", "is_decimal_allowed": False, "min_value": None}
    for element in (text, number | {"initial_value": "3"}):
        view = json.dumps(entry(**element))
        assert (await client.api_call("blocks.validate", data={"view": view}))["ok"]


async def test_half_a_surrogate_pair_becomes_a_question_mark(slack: Sandbox) -> None:
    headers = {
        "Authorization": f"Bearer {slack.bot_token}",
        "Content-Type": "application/json; charset=utf-8",
    }
    body = rf'{{"channel": "{DESIGN}", "text": "a \ud83d b \ud83d\ude00"}}'
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{slack.api_url}chat.postMessage", data=body) as answer,
    ):
        assert (await answer.json())["message"]["text"] == "a ? b \U0001f600"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("say", {"user": ["ana"], "channel": "design", "text": "x"}),
        ("say", {"user": "ana", "channel": {"id": "design"}, "text": "x"}),
        ("say", {"user": "ana", "channel": "design", "text": ["x"]}),
        ("say", {"user": "ana", "channel": "design", "text": "x", "files": [1]}),
        ("action", {"user": "ana", "container": "here", "block_id": "b", "action_id": "a"}),
        ("submit", {"user": "ana", "view_id": "V", "values": {"b": "x"}}),
        ("redeliver", {"event_id": []}),
    ],
)
async def test_a_field_of_another_kind_is_named(slack: Sandbox, name: str, body: Json) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.url}/control/{name}", json=body) as answer,
    ):
        assert answer.status == 400
        assert (await answer.json())["error"] == "invalid_field"


async def test_old_messages_are_forgotten_beyond_the_limit() -> None:
    async with Sandbox(manifest(), message_limit=10) as slack:
        ana = slack.person("ana")
        for number in range(25):
            await ana.say(f"message {number}")
        assert [m["text"] for m in ana.messages()] == [f"message {n}" for n in range(15, 25)]


async def test_what_hung_on_a_forgotten_message_is_forgotten_with_it() -> None:
    async with Sandbox(manifest(), message_limit=10) as slack:
        ana, workspace = slack.person("ana"), slack.world.workspace
        parent = await ana.say("the thread", channel="design")
        for number in range(25):
            # The parent is posted again and again as the youngest, so that it outlives its replies.
            await ana.say(f"{number}", channel="design", thread_ts=parent["ts"], files=[b"text"])
            workspace._ages.remove((parent["channel"], parent["ts"]))
            workspace._ages.append((parent["channel"], parent["ts"]))
        held = workspace.channels[parent["channel"]].messages
        assert len(held) == 10
        assert held[parent["ts"]].replies == list(held)[1:]
        assert len(workspace.files) == 9
