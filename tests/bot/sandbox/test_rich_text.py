"""Rich text of an app: its parts are taken as Slack takes them, and broken ones are refused."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

DESIGN = "C0DESIGN01"
Json = dict[str, Any]


def section(*leaves: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(leaves)}


def text(words: str = "x", **more: Any) -> Json:
    return {"type": "text", "text": words} | more


def bullets(**more: Any) -> Json:
    return {"type": "rich_text_list", "style": "bullet", "elements": [section(text())]} | more


async def test_every_part_of_the_composer_is_taken(client: AsyncWebClient) -> None:
    leaves = [
        text("bold", style={"bold": True, "strike": False}),
        {"type": "link", "url": "https://example.com", "text": "a link"},
        {"type": "link", "url": "mailto:ana@example.com"},
        {"type": "emoji", "name": "tada"},
        {"type": "user", "user_id": "U0ANA00001"},
        {"type": "channel", "channel_id": DESIGN},
        {"type": "broadcast", "range": "here"},
        {"type": "date", "timestamp": 1_700_000_000, "format": "{date}", "fallback": "then"},
        {"type": "color", "value": "#F405B3"},
    ]
    parts = [
        section(*leaves),
        bullets(indent=1, border=0),
        bullets(style="ordered", offset=3),
        {"type": "rich_text_quote", "elements": [text()]},
        {"type": "rich_text_preformatted", "elements": [text()], "border": 1},
    ]
    block = {"type": "rich_text", "elements": parts}
    posted = await client.chat_postMessage(channel=DESIGN, text="x", blocks=[block])
    assert posted["message"]["blocks"][0]["elements"] == parts


BROKEN: list[tuple[Json, str]] = [
    (text(), "/elements/0/type"),
    (section(text("")), "/elements/0/elements/0/text"),
    (section({"type": "text"}), "/elements/0/elements/0"),
    (section({"type": "mrkdwn", "text": "x"}), "/elements/0/elements/0/type"),
    (section(text(style={"loud": True})), "/elements/0/elements/0/style"),
    (section({"type": "link", "url": "example"}), "/elements/0/elements/0/url"),
    (section({"type": "user"}), "/elements/0/elements/0"),
    (section({"type": "broadcast", "range": "all"}), "/elements/0/elements/0/range"),
    (section({"type": "color", "value": "red"}), "/elements/0/elements/0/value"),
    (bullets(style="dashes"), "/elements/0/style"),
    (bullets(indent=9), "/elements/0/indent"),
    (bullets(elements=[text()]), "/elements/0/elements/0/type"),
]


@pytest.mark.parametrize(("part", "pointer"), BROKEN)
async def test_a_broken_part_is_refused_with_its_place(
    client: AsyncWebClient, part: Json, pointer: str
) -> None:
    block = {"type": "rich_text", "elements": [part]}
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=DESIGN, text="x", blocks=[block])
    assert caught.value.response["error"] == "invalid_blocks"
    assert f"[json-pointer:/blocks/0{pointer}]" in caught.value.response["errors"][0]
