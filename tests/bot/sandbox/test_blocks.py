"""Each row breaks one documented rule of Block Kit and is refused as Slack refuses it."""

import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.conftest import manifest

DESIGN = "C0DESIGN01"


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(text: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}} | more


def button(action_id: str = "a", text: str = "B", **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": plain(text)} | more


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def option(value: str = "v", text: str = "V") -> dict[str, Any]:
    return {"text": plain(text), "value": value}


def select(**more: Any) -> dict[str, Any]:
    return {
        "type": "static_select",
        "action_id": "s",
        "placeholder": plain("p"),
        "options": [option()],
    } | more


MESSAGES: list[tuple[str, list[dict[str, Any]], str]] = [
    ("too many blocks", [{"type": "divider"}] * 51, ""),
    ("an unknown block", [{"type": "bogus"}], "/blocks/0"),
    ("a text too long", [section("x" * 3001)], "/blocks/0/text/text"),
    ("an empty text", [section("")], "/blocks/0/text/text"),
    ("no text at all", [{"type": "section"}], "/blocks/0"),
    ("a header too long", [{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text"),
    ("a mrkdwn header", [{"type": "header", "text": section()["text"]}], "/blocks/0/text"),
    ("eleven in a context", [{"type": "context", "elements": [plain("x")] * 11}], "/blocks/0"),
    ("eleven fields", [{"type": "section", "fields": [plain("x")] * 11}], "/blocks/0/fields"),
    ("26 actions", [actions(*[button(f"a{n}") for n in range(26)])], "/blocks/0/elements"),
    ("a button's text", [actions(button(text="x" * 76))], "/blocks/0/elements/0/text"),
    ("a button's value", [actions(button(value="x" * 2001))], "/blocks/0/elements/0/value"),
    ("a button's style", [actions(button(style="loud"))], "/blocks/0/elements/0/style"),
    ("an option's value", [actions(select(options=[option("x" * 151)]))], "/options/0/value"),
    ("101 options", [actions(select(options=[option(f"v{n}") for n in range(101)]))], "/options"),
    ("an option not offered", [actions(select(initial_option=option("w", "W")))], "initial_option"),
    ("one block_id twice", [section(block_id="b"), section(block_id="b")], "block_id"),
    ("one action_id twice", [actions(button("a"), button("a"))], "action_id"),
    ("an alert in a message", [{"type": "alert", "text": plain("x")}], "/blocks/0"),
    (
        "an unknown file",
        [{"type": "image", "alt_text": "a", "slack_file": {"id": "F0NOTHING1"}}],
        "slack_file",
    ),
    (
        "an image of here",
        [{"type": "image", "alt_text": "a", "image_url": "http://127.0.0.1/a.png"}],
        "",
    ),
    (
        "an image without words",
        [{"type": "image", "image_url": "https://example.com/a.png"}],
        "/blocks/0",
    ),
]


@pytest.mark.parametrize(
    ("blocks", "pointer"), [row[1:] for row in MESSAGES], ids=[row[0] for row in MESSAGES]
)
async def test_a_broken_message_is_refused_with_the_place(
    client: AsyncWebClient, blocks: list[dict[str, Any]], pointer: str
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=DESIGN, text="x", blocks=blocks)
    answer = caught.value.response
    assert answer["error"] in {"invalid_blocks", "invalid_blocks_format"}
    assert pointer in str(answer.data)
    if answer.get("errors"):
        assert "[json-pointer:" in answer["errors"][0] or "downloading" in answer["errors"][0]


VIEWS: list[tuple[str, dict[str, Any]]] = [
    ("a title too long", {"title": plain("x" * 25)}),
    ("a submit too long", {"submit": plain("x" * 25)}),
    ("inputs without submit", {"submit": None}),
    ("metadata too long", {"private_metadata": "x" * 3001}),
    ("a callback_id too long", {"callback_id": "x" * 256}),
    ("too many blocks", {"blocks": [{"type": "divider"}] * 101}),
    ("a markdown block", {"blocks": [{"type": "markdown", "text": "x"}]}),
    (
        "focus twice",
        {
            "blocks": [
                {
                    "type": "input",
                    "label": plain("l"),
                    "element": {
                        "type": "plain_text_input",
                        "action_id": f"a{number}",
                        "focus_on_load": True,
                    },
                }
                for number in range(2)
            ]
        },
    ),
]


@pytest.mark.parametrize("change", [row[1] for row in VIEWS], ids=[row[0] for row in VIEWS])
async def test_a_broken_view_is_refused(
    slack: Sandbox, client: AsyncWebClient, change: dict[str, Any]
) -> None:
    sound: dict[str, Any] = {
        "type": "modal",
        "title": plain("T"),
        "submit": plain("S"),
        "blocks": [
            {
                "type": "input",
                "label": plain("l"),
                "element": {"type": "plain_text_input", "action_id": "a"},
            }
        ],
    }
    broken = {key: value for key, value in (sound | change).items() if value is not None}
    answer = await client.api_call("blocks.validate", data={"view": json.dumps(sound)})
    assert answer["ok"]
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("blocks.validate", data={"view": json.dumps(broken)})
    assert caught.value.response["error"] in {"invalid_view", "invalid_arguments", "invalid_blocks"}


async def test_a_file_can_be_shown_once_slack_has_processed_it() -> None:
    async with Sandbox(manifest(), file_processing_seconds=60) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        uploaded = await client.files_upload_v2(
            content=PNG, filename="a.png", channel=DESIGN, alt_txt="a dot"
        )
        file_id = uploaded["files"][0]["id"]
        block = {"type": "image", "alt_text": "a", "slack_file": {"id": file_id}}
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=DESIGN, text="x", blocks=[block])
        assert "invalid slack file" in str(caught.value.response.data)
        slack.advance(61)
        await client.chat_postMessage(channel=DESIGN, text="x", blocks=[block])


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)
