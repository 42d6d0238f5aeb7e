"""Each row breaks one documented rule of Block Kit and is refused as Slack refuses it."""

import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox

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


def carousel(*cards: dict[str, Any]) -> dict[str, Any]:
    return {"type": "carousel", "elements": list(cards)}


def image(**source: Any) -> dict[str, Any]:
    return {"type": "image", "alt_text": "a", **source}


OWN_URL = "http://127.0.0.1/a.png"
SENT_URL = "https://example.com/a.png"

MESSAGES: list[tuple[str, list[dict[str, Any]], str, str]] = [
    ("60 blocks", [{"type": "divider"}] * 60, "no more than 50 items allowed", "/blocks"),
    ("an unknown type", [{"type": "bogus"}], "unsupported type: bogus", "/blocks/0/type"),
    ("no type", [{"text": plain("x")}], "missing required field: type", "/blocks/0"),
    (
        "an unknown field",
        [section(colour="red")],
        "invalid additional property: colour",
        "/blocks/0",
    ),
    (
        "3001 characters",
        [section("x" * 3001)],
        "must be less than 3001 characters",
        "/blocks/0/text/text",
    ),
    ("an empty text", [section("")], "must be more than 0 characters", "/blocks/0/text/text"),
    ("no text", [{"type": "section"}], "missing required field: text", "/blocks/0"),
    (
        "a header of 151",
        [{"type": "header", "text": plain("x" * 151)}],
        "must be less than 151 characters",
        "/blocks/0/text/text",
    ),
    (
        "a mrkdwn header",
        [{"type": "header", "text": section()["text"]}],
        "must be plain_text",
        "/blocks/0/text/type",
    ),
    (
        "11 in a context",
        [{"type": "context", "elements": [plain("x")] * 11}],
        "no more than 10 items allowed",
        "/blocks/0/elements",
    ),
    (
        "11 fields",
        [{"type": "section", "fields": [plain("x")] * 11}],
        "no more than 10 items allowed",
        "/blocks/0/fields",
    ),
    (
        "a field of 2001",
        [{"type": "section", "fields": [plain("x" * 2001)]}],
        "must be less than 2001 characters",
        "/blocks/0/fields/0/text",
    ),
    (
        "26 actions",
        [actions(*[button(f"a{n}") for n in range(26)])],
        "no more than 25 items allowed",
        "/blocks/0/elements",
    ),
    (
        "a button of 76",
        [actions(button(text="x" * 76))],
        "must be less than 76 characters",
        "/blocks/0/elements/0/text/text",
    ),
    (
        "a button's value of 2001",
        [actions(button(value="x" * 2001))],
        "must be less than 2001 characters",
        "/blocks/0/elements/0/value",
    ),
    (
        "a button's style",
        [actions(button(style="loud"))],
        "must be one of: primary, danger",
        "/blocks/0/elements/0/style",
    ),
    (
        "an action_id of 256",
        [actions(button("a" * 256))],
        "must be less than 256 characters",
        "/blocks/0/elements/0/action_id",
    ),
    (
        "a block_id of 256",
        [section(block_id="b" * 256)],
        "must be less than 256 characters",
        "/blocks/0/block_id",
    ),
    (
        "an option's value of 151",
        [actions(select(options=[option("x" * 151)]))],
        "must be less than 151 characters",
        "/blocks/0/elements/0/options/0/value",
    ),
    (
        "an option's text of 76",
        [actions(select(options=[option(text="x" * 76)]))],
        "must be less than 76 characters",
        "/blocks/0/elements/0/options/0/text/text",
    ),
    (
        "101 options",
        [actions(select(options=[option(f"v{n}") for n in range(101)]))],
        "no more than 100 items allowed",
        "/blocks/0/elements/0/options",
    ),
    (
        "six in an overflow",
        [actions({"type": "overflow", "options": [option(f"v{n}") for n in range(6)]})],
        "no more than 5 items allowed",
        "/blocks/0/elements/0/options",
    ),
    (
        "an initial option not offered",
        [actions(select(initial_option=option("w", "W")))],
        "initial_option must match one of the provided options",
        "/blocks/0/elements/0/initial_option",
    ),
    (
        "one block_id twice",
        [section(block_id="b"), section(block_id="b")],
        "block_id already exists: b",
        "/blocks/1/block_id",
    ),
    (
        "one action_id twice",
        [actions(button("a"), button("a"))],
        '"a" action_id already exists in this block',
        "/blocks/0/elements/1",
    ),
    (
        "one block_id on two cards",
        [carousel(*[{"type": "card", "title": plain("x"), "block_id": "b"}] * 2)],
        "block_id already exists: b",
        "/blocks/0/elements/1/block_id",
    ),
    (
        "an alert",
        [{"type": "alert", "text": plain("x")}],
        "unsupported type: alert",
        "/blocks/0/type",
    ),
    (
        "a picker for dates and times in a section",
        [section(accessory={"type": "datetimepicker", "action_id": "a"})],
        "unsupported type: datetimepicker",
        "/blocks/0/accessory/type",
    ),
    (
        "markdown of 12001 in two blocks",
        [{"type": "markdown", "text": "x" * size} for size in (12_000, 1)],
        "must be less than 12001 characters in total",
        "/blocks/1",
    ),
    (
        "an unknown file",
        [image(slack_file={"id": "F0NOTHING1"})],
        "invalid slack file",
        "/blocks/0/slack_file",
    ),
    (
        "an id that is none of a file",
        [image(slack_file={"id": "F1"})],
        "must match pattern ^[F][A-Z0-9]{8,}$",
        "/blocks/0/slack_file/id",
    ),
    (
        "a picture of this machine",
        [image(image_url=OWN_URL)],
        "downloading image failed",
        "/blocks/0/image_url",
    ),
    (
        "a picture from two sources",
        [image(image_url=SENT_URL, slack_file={"url": SENT_URL})],
        "must have exactly one of: image_url, slack_file",
        "/blocks/0",
    ),
    (
        "a picture without words",
        [{"type": "image", "image_url": SENT_URL}],
        "missing required field: alt_text",
        "/blocks/0",
    ),
]


@pytest.mark.parametrize(
    ("blocks", "words", "pointer"), [row[1:] for row in MESSAGES], ids=[row[0] for row in MESSAGES]
)
async def test_a_broken_message_is_refused_with_the_place(
    client: AsyncWebClient, blocks: list[dict[str, Any]], words: str, pointer: str
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=DESIGN, text="x", blocks=blocks)
    answer = caught.value.response
    line = f"{words} [json-pointer:{pointer}]"
    assert answer["error"] == "invalid_blocks"
    assert line in answer["errors"]
    assert f"[ERROR] {line}" in answer["response_metadata"]["messages"]


@pytest.mark.parametrize("blocks", ['{"type": "divider"}', "no JSON"])
async def test_blocks_that_are_no_list_are_refused_by_their_form(
    client: AsyncWebClient, blocks: str
) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks_format"):
        await client.chat_postMessage(channel=DESIGN, text="x", blocks=blocks)


async def test_what_cannot_be_posted_cannot_be_put_in_its_place(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    broken = [{"type": "bogus"}]
    posted = await client.chat_postMessage(channel=DESIGN, text="x")
    ana = slack.person("ana").id
    for call in (
        client.chat_update(channel=DESIGN, ts=str(posted["ts"]), text="x", blocks=broken),
        client.chat_postEphemeral(channel=DESIGN, user=ana, text="x", blocks=broken),
        client.views_publish(user_id=ana, view={"type": "home", "blocks": broken}),
    ):
        with pytest.raises(SlackApiError, match="unsupported type: bogus"):
            await call


def field(**element: Any) -> dict[str, Any]:
    """An input block around one element."""
    whole = {"type": "plain_text_input", "action_id": "a", **element}
    return {"type": "input", "label": plain("l"), "element": whole}


VIEWS: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "a title of 25",
        {"title": plain("x" * 25)},
        "must be less than 25 characters",
        "/view/title/text",
    ),
    (
        "a submit of 25",
        {"submit": plain("x" * 25)},
        "must be less than 25 characters",
        "/view/submit/text",
    ),
    ("no title", {"title": None}, "missing required field: title", "/view"),
    ("inputs without submit", {"submit": None}, "missing required field: submit", "/view"),
    (
        "private_metadata of 3001",
        {"private_metadata": "x" * 3001},
        "must be less than 3001 characters",
        "/view/private_metadata",
    ),
    (
        "a callback_id of 256",
        {"callback_id": "x" * 256},
        "must be less than 256 characters",
        "/view/callback_id",
    ),
    (
        "101 blocks",
        {"blocks": [{"type": "divider"}] * 101},
        "no more than 100 items allowed",
        "/view/blocks",
    ),
    (
        "a markdown block",
        {"blocks": [{"type": "markdown", "text": "x"}]},
        "unsupported type: markdown",
        "/view/blocks/0/type",
    ),
    (
        "a carousel",
        {"blocks": [carousel({"type": "card", "title": plain("x")})]},
        "unsupported type: carousel",
        "/view/blocks/0/type",
    ),
    (
        "two in focus",
        {"blocks": [field(focus_on_load=True), field(action_id="b", focus_on_load=True)]},
        "only one element may have focus_on_load",
        "/view/blocks/1/element",
    ),
    (
        "an input longer than 3000",
        {"blocks": [field(max_length=3001)]},
        "must be less than or equal to 3000",
        "/view/blocks/0/element/max_length",
    ),
    (
        "a number that is a number",
        {"blocks": [field(type="number_input", is_decimal_allowed=False, min_value=1)]},
        "must be formatted as a number in a string",
        "/view/blocks/0/element/min_value",
    ),
    ("a Home", {"type": "home"}, "must be one of: modal", "/view/type"),
]


@pytest.mark.parametrize(
    ("change", "words", "pointer"), [row[1:] for row in VIEWS], ids=[row[0] for row in VIEWS]
)
async def test_a_broken_modal_is_refused_with_the_place(
    client: AsyncWebClient, change: dict[str, Any], words: str, pointer: str
) -> None:
    sound = {"type": "modal", "title": plain("T"), "submit": plain("S"), "blocks": [field()]}
    broken = {key: value for key, value in (sound | change).items() if value is not None}
    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id="1.2.three", view=broken)
    answer = caught.value.response
    assert answer["error"] == "invalid_arguments"
    assert f"[ERROR] {words} [json-pointer:{pointer}]" in answer["response_metadata"]["messages"]


async def test_a_view_of_more_than_250_kilobytes_is_too_large(client: AsyncWebClient) -> None:
    blocks = [section("x" * 3000) for _ in range(90)]
    view = {"type": "modal", "title": plain("T"), "blocks": blocks}
    with pytest.raises(SlackApiError, match="view_too_large"):
        await client.views_open(trigger_id="1.2.three", view=view)


async def test_slack_judges_blocks_without_sending_them(client: AsyncWebClient) -> None:
    sound = [section()]
    assert (await client.api_call("blocks.validate", data={"blocks": json.dumps(sound)}))["ok"]
    broken = [section("x" * 3001)]
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("blocks.validate", data={"blocks": json.dumps(broken)})
    assert caught.value.response["error"] == "invalid_blocks"
    assert caught.value.response["errors"][0]["pointer"] == "/blocks/0/text/text"
