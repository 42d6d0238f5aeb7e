"""What a message may hold, where it may go, and what an edit leaves of it."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.conftest import manifest

DESIGN = "C0DESIGN01"
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "a block"}}
EVENT = {"event_type": "made", "event_payload": {"id": 1}}


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({}, "no_text"),
        ({"text": "", "blocks": []}, "no_text"),
        ({"text": "x", "markdown_text": "x"}, "markdown_text_conflict"),
        ({"blocks": [SECTION], "markdown_text": "x"}, "markdown_text_conflict"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"text": "x", "attachments": ["x"]}, "invalid_attachments"),
        ({"text": "x", "attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
        ({"text": "x", "metadata": {"event_type": "made"}}, "invalid_metadata_format"),
        (
            {"text": "x", "metadata": EVENT | {"event_payload": {"x": "y" * 8000}}},
            "metadata_too_large",
        ),
        ({"text": "x", "as_user": True}, "as_user_not_supported"),
        ({"text": "x", "username": "Somebody"}, "missing_scope"),
        ({"text": "x", "reply_broadcast": True}, "invalid_arguments"),
    ],
)
async def test_what_cannot_be_said_is_refused(
    client: AsyncWebClient, args: dict[str, Any], code: str
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("chat.postMessage", json={"channel": DESIGN, **args})
    assert caught.value.response["error"] == code


async def test_a_long_text_is_cut_when_posted(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=DESIGN, text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({"text": "new"}, {"text": "new", "blocks": None, "edited": True}),
        ({"text": "new", "blocks": [SECTION]}, {"text": "new", "blocks": 1, "edited": False}),
        ({"blocks": [SECTION, SECTION]}, {"text": "old", "blocks": 2, "edited": False}),
    ],
)
async def test_an_edit_replaces_the_blocks_and_keeps_the_metadata(
    client: AsyncWebClient, changes: dict[str, Any], left: dict[str, Any]
) -> None:
    posted = await client.chat_postMessage(
        channel=DESIGN, text="old", blocks=[SECTION], metadata=EVENT
    )
    await client.api_call("chat.update", json={"channel": DESIGN, "ts": posted["ts"], **changes})
    history = await client.conversations_history(channel=DESIGN, include_all_metadata=True)
    message = history["messages"][0]
    assert message["text"] == left["text"]
    assert len(message.get("blocks") or []) == (left["blocks"] or 0)
    assert ("edited" in message) is left["edited"]
    assert message["metadata"] == EVENT


async def test_only_a_reply_is_also_sent_to_the_channel(client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel=DESIGN, text="parent")
    reply = await client.chat_postMessage(channel=DESIGN, text="quiet", thread_ts=str(parent["ts"]))
    with pytest.raises(SlackApiError, match="cant_broadcast_message"):
        await client.chat_update(
            channel=DESIGN, ts=str(parent["ts"]), text="x", reply_broadcast=True
        )
    loud: Any = {"channel": DESIGN, "ts": str(reply["ts"]), "text": "loud"}
    await client.chat_update(**loud, reply_broadcast=True)
    await client.chat_update(**loud)
    history = await client.conversations_history(channel=DESIGN)
    assert [m["text"] for m in history["messages"]] == ["loud", "parent"]


async def test_an_edit_can_add_a_file_to_a_message(client: AsyncWebClient) -> None:
    uploaded = await client.files_upload_v2(content="text", filename="a.txt")
    file_id = uploaded["files"][0]["id"]
    posted = await client.chat_postMessage(channel=DESIGN, text="Drawing…")
    ts = str(posted["ts"])
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.chat_update(channel=DESIGN, ts=ts, text="Done", file_ids=["F0NOTHING1"])
    await client.chat_update(channel=DESIGN, ts=ts, text="Done", file_ids=[file_id])
    message = (await client.conversations_history(channel=DESIGN))["messages"][0]
    assert (message["text"], [file["id"] for file in message["files"]]) == ("Done", [file_id])


async def test_a_scope_lets_it_post_in_public_channels_and_no_further() -> None:
    plan = manifest()
    plan["oauth_config"]["scopes"]["bot"].append("chat:write.public")
    async with Sandbox(plan) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        secret = slack.add_channel("secret", members=["ana"], private=True)
        await client.chat_postMessage(channel="C0GENERAL1", text="x")
        with pytest.raises(SlackApiError, match="channel_not_found"):
            await client.chat_postMessage(channel=secret, text="x")
        with pytest.raises(SlackApiError, match="not_in_channel"):
            await client.files_upload_v2(content="x", filename="a.txt", channel="C0GENERAL1")


async def test_a_persons_id_means_the_conversation_with_them_when_posting_alone(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana")
    posted = await client.chat_postMessage(channel=ana.id, text="hello")
    assert posted["channel"] == ana.dm
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_update(channel=ana.id, ts=str(posted["ts"]), text="x")
