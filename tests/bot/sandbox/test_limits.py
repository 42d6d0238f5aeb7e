"""Each length and count is the one that an independent list of Slack's limits has."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slackblocks import _limits as theirs

Json = dict[str, Any]
URL = "https://example.com/a.png"


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str = "v", text: str = "V", **more: Any) -> Json:
    return {"text": plain(text), "value": value} | more


def options(count: int) -> list[Json]:
    return [option(f"v{number}") for number in range(count)]


def button(**more: Any) -> Json:
    return {"type": "button", "action_id": "a", "text": plain("B")} | more


def act(*elements: Json) -> list[Json]:
    return [{"type": "actions", "elements": list(elements)}]


def buttons(count: int) -> list[Json]:
    return act(*(button(action_id=f"a{number}") for number in range(count)))


def confirm(**more: Any) -> list[Json]:
    return act(button(confirm={"title": plain("T"), "text": plain("t")} | more))


def menu(**more: Any) -> list[Json]:
    return act({"type": "static_select", "action_id": "s", "options": options(1)} | more)


def grouped(count: int, each: int = 1, label: str = "L") -> list[Json]:
    groups = [{"label": plain(label), "options": options(each)} for _ in range(count)]
    return act({"type": "static_select", "action_id": "s", "option_groups": groups})


def image(**more: Any) -> list[Json]:
    return [{"type": "image", "alt_text": "a", "image_url": URL} | more]


def entry(element: Json | None = None, **more: Any) -> list[Json]:
    element = element or {"type": "plain_text_input", "action_id": "i"}
    return [{"type": "input", "label": plain("L"), "element": element} | more]


def written(**more: Any) -> list[Json]:
    return entry({"type": "plain_text_input", "action_id": "i"} | more)


def section(**more: Any) -> list[Json]:
    return [{"type": "section", "text": plain("t")} | more]


def card(**more: Any) -> list[Json]:
    return [{"type": "card", "title": plain("t")} | more]


LONGEST: list[tuple[str, Callable[[int], list[Json]]]] = [
    ("ACTION_ID_MAX_LENGTH", lambda n: act(button(action_id="x" * n))),
    ("BLOCK_ID_MAX_LENGTH", lambda n: section(block_id="x" * n)),
    ("BUTTON_TEXT_MAX_LENGTH", lambda n: act(button(text=plain("x" * n)))),
    ("BUTTON_VALUE_MAX_LENGTH", lambda n: act(button(value="x" * n))),
    ("BUTTON_URL_MAX_LENGTH", lambda n: act(button(url=URL + "x" * (n - len(URL))))),
    ("BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH", lambda n: act(button(accessibility_label="x" * n))),
    ("CONFIRMATION_TITLE_MAX_LENGTH", lambda n: confirm(title=plain("x" * n))),
    ("CONFIRMATION_TEXT_MAX_LENGTH", lambda n: confirm(text=plain("x" * n))),
    ("CONFIRMATION_CONFIRM_MAX_LENGTH", lambda n: confirm(confirm=plain("x" * n))),
    ("CONFIRMATION_DENY_MAX_LENGTH", lambda n: confirm(deny=plain("x" * n))),
    ("OPTION_TEXT_MAX_LENGTH", lambda n: menu(options=[option(text="x" * n)])),
    ("OPTION_VALUE_MAX_LENGTH", lambda n: menu(options=[option("x" * n)])),
    (
        "OPTION_DESCRIPTION_MAX_LENGTH",
        lambda n: menu(options=[option(description=plain("x" * n))]),
    ),
    (
        "OPTION_URL_MAX_LENGTH",
        lambda n: act(
            {
                "type": "overflow",
                "action_id": "o",
                "options": [option(url=URL + "x" * (n - len(URL)))],
            }
        ),
    ),
    ("OPTION_GROUP_LABEL_MAX_LENGTH", lambda n: grouped(1, label="x" * n)),
    ("OPTION_GROUP_OPTIONS_MAX_ITEMS", lambda n: grouped(1, n)),
    ("SELECT_OPTION_GROUPS_MAX_ITEMS", grouped),
    ("SELECT_OPTIONS_MAX_ITEMS", lambda n: menu(options=options(n))),
    ("SELECT_PLACEHOLDER_MAX_LENGTH", lambda n: menu(placeholder=plain("x" * n))),
    (
        "OVERFLOW_OPTIONS_MAX_ITEMS",
        lambda n: act({"type": "overflow", "action_id": "o", "options": options(n)}),
    ),
    (
        "CHECKBOXES_OPTIONS_MAX_ITEMS",
        lambda n: act({"type": "checkboxes", "action_id": "c", "options": options(n)}),
    ),
    (
        "RADIO_BUTTONS_OPTIONS_MAX_ITEMS",
        lambda n: act({"type": "radio_buttons", "action_id": "r", "options": options(n)}),
    ),
    (
        "FILE_INPUT_MAX_FILES_MAX",
        lambda n: entry({"type": "file_input", "action_id": "f", "max_files": n}),
    ),
    ("PLAIN_TEXT_INPUT_MIN_LENGTH_MAX", lambda n: written(min_length=n)),
    ("PLAIN_TEXT_INPUT_MAX_LENGTH_MAX", lambda n: written(max_length=n)),
    ("ACTIONS_ELEMENTS_MAX_ITEMS", buttons),
    ("CONTEXT_ELEMENTS_MAX_ITEMS", lambda n: [{"type": "context", "elements": [plain("x")] * n}]),
    ("HEADER_TEXT_MAX_LENGTH", lambda n: [{"type": "header", "text": plain("x" * n)}]),
    ("IMAGE_IMAGE_URL_MAX_LENGTH", lambda n: image(image_url=URL + "x" * (n - len(URL)))),
    ("IMAGE_ALT_TEXT_MAX_LENGTH", lambda n: image(alt_text="x" * n)),
    ("IMAGE_TITLE_MAX_LENGTH", lambda n: image(title=plain("x" * n))),
    ("INPUT_LABEL_MAX_LENGTH", lambda n: entry(label=plain("x" * n))),
    ("INPUT_HINT_MAX_LENGTH", lambda n: entry(hint=plain("x" * n))),
    ("MARKDOWN_TEXT_MAX_LENGTH", lambda n: [{"type": "markdown", "text": "x" * n}]),
    (
        "MARKDOWN_TOTAL_TEXT_MAX_LENGTH",
        lambda n: [{"type": "markdown", "text": "x" * (n - 1)}, {"type": "markdown", "text": "x"}],
    ),
    ("SECTION_TEXT_MAX_LENGTH", lambda n: section(text=plain("x" * n))),
    ("SECTION_FIELDS_MAX_ITEMS", lambda n: section(fields=[plain("x")] * n)),
    ("SECTION_FIELDS_ITEM_MAX_LENGTH", lambda n: section(fields=[plain("x" * n)])),
    ("CARD_TITLE_MAX_LENGTH", lambda n: card(title=plain("x" * n))),
    ("CARD_BODY_MAX_LENGTH", lambda n: card(body=plain("x" * n))),
    (
        "CARD_ACTIONS_MAX_ITEMS",
        lambda n: card(actions=[button(action_id=f"a{k}") for k in range(n)]),
    ),
    ("CAROUSEL_ELEMENTS_MAX_ITEMS", lambda n: [{"type": "carousel", "elements": card() * n}]),
    ("MESSAGE_BLOCKS_MAX_ITEMS", lambda n: [{"type": "divider"}] * n),
]


async def objections(client: AsyncWebClient, kind: str, value: Any) -> list[str]:
    """What Slack says against these blocks, or this view."""
    try:
        await client.api_call("blocks.validate", data={kind: json.dumps(value)})
    except SlackApiError as error:
        assert error.response["error"] == f"invalid_{kind}"
        found: list[Json] = error.response["errors"]
        assert all(one["pointer"].startswith(f"/{kind}") for one in found)
        return [one["message"] for one in found]
    return []


def words(name: str, limit: int) -> str:
    """How Slack says that this limit is broken."""
    if name.endswith("MAX_ITEMS"):
        return f"no more than {limit} items allowed"
    if name.startswith(("FILE_INPUT", "PLAIN_TEXT_INPUT")):
        return f"must be less than or equal to {limit}"
    total = " in total" if "TOTAL" in name else ""
    return f"must be less than {limit + 1} characters{total}"


@pytest.mark.parametrize(("name", "made"), LONGEST, ids=[name for name, _ in LONGEST])
async def test_the_limit_itself_is_allowed_and_one_more_is_not(
    client: AsyncWebClient, name: str, made: Callable[[int], list[Json]]
) -> None:
    limit = getattr(theirs, name)
    assert await objections(client, "blocks", made(limit)) == []
    assert words(name, limit) in await objections(client, "blocks", made(limit + 1))


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("VIEW_TITLE_MAX_LENGTH", lambda n: {"title": plain("x" * n)}),
        ("VIEW_SUBMIT_MAX_LENGTH", lambda n: {"submit": plain("x" * n)}),
        ("VIEW_CLOSE_MAX_LENGTH", lambda n: {"close": plain("x" * n)}),
        ("VIEW_PRIVATE_METADATA_MAX_LENGTH", lambda n: {"private_metadata": "x" * n}),
        ("VIEW_CALLBACK_ID_MAX_LENGTH", lambda n: {"callback_id": "x" * n}),
        ("VIEW_EXTERNAL_ID_MAX_LENGTH", lambda n: {"external_id": "x" * n}),
        ("VIEW_BLOCKS_MAX_ITEMS", lambda n: {"blocks": [{"type": "divider"}] * n}),
    ],
)
async def test_a_view_keeps_the_same_limits(
    client: AsyncWebClient, name: str, made: Callable[[int], Json]
) -> None:
    limit = getattr(theirs, name)
    least: Json = {"type": "modal", "title": plain("T"), "blocks": [{"type": "divider"}]}
    assert await objections(client, "view", least | made(limit)) == []
    assert words(name, limit) in await objections(client, "view", least | made(limit + 1))
