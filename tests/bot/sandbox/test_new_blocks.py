"""The newer blocks: what is taken, what is refused and where, and how much a message holds."""

import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.bot.sandbox.corpus.building import DIVIDER, Json, plain
from tests.bot.sandbox.corpus.cards import CARDS
from tests.bot.sandbox.corpus.sound import NEWER
from tests.bot.sandbox.corpus.tables import TABLES

DESIGN = "C0DESIGN01"
BROKEN = TABLES + CARDS


@pytest.mark.parametrize("block", NEWER, ids=lambda block: str(block["type"]))
async def test_a_sound_block_is_taken(client: AsyncWebClient, block: Json) -> None:
    await client.chat_postMessage(channel=DESIGN, text="x", blocks=[block])


@pytest.mark.parametrize(
    ("blocks", "words", "pointer"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
async def test_a_broken_block_is_refused_with_the_place(
    client: AsyncWebClient, blocks: Any, words: str, pointer: str
) -> None:
    given = blocks if isinstance(blocks, list) else [blocks]
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=DESIGN, text="x", blocks=given)
    answer = caught.value.response
    assert answer["error"] == "invalid_blocks"
    assert f"{words} [json-pointer:/blocks{pointer}]" in answer["errors"]


@pytest.mark.parametrize(
    ("surface", "kinds"),
    [
        (
            "modal",
            "carousel container context_actions data_table data_visualization file markdown plan "
            "table task_card",
        ),
        ("home", "alert context_actions file markdown plan task_card"),
        ("message", "alert"),
    ],
)
async def test_a_block_stands_on_its_own_surfaces_alone(
    client: AsyncWebClient, surface: str, kinds: str
) -> None:
    extra: list[Json] = [
        {"type": "alert", "text": plain()},
        {"type": "markdown", "text": "x"},
        {"type": "file", "external_id": "x", "source": "remote"},
    ]
    by_type: Json = {block["type"]: block for block in [*NEWER, *extra]}
    refused = []
    for kind, block in by_type.items():
        given: Any = [block]
        name = "blocks"
        if surface != "message":
            name = "view"
            given = {"type": surface, "title": plain(), "blocks": [block]}
        try:
            await client.api_call("blocks.validate", data={name: json.dumps(given)})
        except SlackApiError as error:
            assert "unsupported type" in str(error.response["errors"])
            refused.append(kind)
    assert sorted(refused) == sorted(kinds.split())


@pytest.mark.parametrize(
    ("blocks", "fits"),
    [
        ([{"type": "markdown", "text": "x" * 12_000}], True),
        ([{"type": "section", "text": plain("x" * 3000)}] * 4, True),
        ([{"type": "section", "text": plain("x" * 3000)}] * 5, False),
        ([{"type": "markdown", "text": "x" * 12_000}, *[DIVIDER] * 12], False),
        ([{"type": "header", "text": plain("x" * 20)}] * 50, True),
        ([{"type": "section", "text": plain("x" * 200)}] * 50, False),
    ],
)
async def test_all_blocks_of_a_message_have_a_size_together(
    client: AsyncWebClient, blocks: list[Json], fits: bool
) -> None:
    posted = await client.chat_postMessage(channel=DESIGN, text="x")
    for call in (
        client.chat_postMessage(channel=DESIGN, text="x", blocks=blocks),
        client.chat_update(channel=DESIGN, ts=str(posted["ts"]), text="x", blocks=blocks),
    ):
        if fits:
            await call
        else:
            with pytest.raises(SlackApiError, match="msg_blocks_too_long"):
                await call


async def test_an_update_counts_bytes(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=DESIGN, text="x")
    await client.chat_update(channel=DESIGN, ts=str(posted["ts"]), text="字" * 1333)
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await client.chat_update(channel=DESIGN, ts=str(posted["ts"]), text="字" * 1334)
