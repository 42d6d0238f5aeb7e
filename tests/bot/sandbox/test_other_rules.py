"""Rules that belong to no one room: what a notice is, what a limit blocks, what comes when."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.api.rates import Rates, Tier
from bot.sandbox.clock import Clock
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.conftest import manifest
from tests.bot.sandbox.probe import plain
from tests.bot.sandbox.refusing import refused

Json = dict[str, Any]
DESIGN = "C0DESIGN01"
BUTTON = {"type": "button", "action_id": "a", "text": plain("Go")}
ROW: list[Json] = [{"type": "actions", "block_id": "row", "elements": [BUTTON]}]


async def answered(url: str, body: Json) -> str:
    """The error that a response URL answers with, or ok."""
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
        text = await answer.text()
        return "ok" if text == "ok" else str(json.loads(text)["error"])


async def test_a_notice_cannot_be_changed_or_deleted(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana")
    posted = await client.chat_postEphemeral(channel=DESIGN, user=ana.id, text="psst")
    ts = str(posted["message_ts"])
    assert await refused(client.chat_update(channel=DESIGN, ts=ts, text="x")) == "message_not_found"
    assert await refused(client.chat_delete(channel=DESIGN, ts=ts)) == "message_not_found"


async def test_a_notice_does_not_become_a_message(slack: Sandbox, client: AsyncWebClient) -> None:
    ana = slack.person("ana")
    async with Answering(slack) as app:
        await client.chat_postEphemeral(channel=DESIGN, user=ana.id, text="psst", blocks=ROW)
        await ana.click(await ana.see_notice("Go"), "a")
        url = app.payloads[-1]["response_url"]
        body = {"text": "for all", "response_type": "in_channel", "replace_original": False}
        assert await answered(url, body) == "invalid_payload"
        assert await answered(url, {"text": "instead", "replace_original": True}) == "ok"
    assert [m["text"] for m in ana.messages("design")] == ["instead"]
    assert slack.person("ben").messages("design") == []


async def test_a_command_has_no_message_to_replace_or_delete(slack: Sandbox) -> None:
    async with Answering(slack) as app:
        await slack.person("ana").command("/probe", channel="design")
        url = app.payloads[-1]["response_url"]
        assert await answered(url, {"delete_original": True}) == "message_not_found"
        body = {"text": "x", "replace_original": True}
        assert await answered(url, body) == "message_not_found"
        assert await answered(url, {"text": "seen", "response_type": "in_channel"}) == "ok"
    assert slack.person("ben").messages("design")[-1]["text"] == "seen"


async def test_an_answer_may_be_longer_than_a_message(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    long = [{"type": "section", "text": plain("x" * 3000)}] * 5
    body: Json = {"text": "x", "blocks": long}
    ana = slack.person("ana")
    async with Answering(slack) as app:
        await client.chat_postMessage(channel=DESIGN, text="Press", blocks=ROW)
        await ana.click(await ana.see("Go", channel="design"), "a")
        url = app.payloads[-1]["response_url"]
        assert await answered(url, body) == "ok"
        assert await answered(url, body | {"replace_original": True}) == "ok"
    posting = client.chat_postMessage(channel=DESIGN, text="x", blocks=long)
    assert await refused(posting) == "msg_blocks_too_long"
    upload = {"files": [{"id": await uploaded(client)}], "channel_id": DESIGN, "blocks": long}
    sharing = client.api_call("files.completeUploadExternal", json=upload)
    assert await refused(sharing) == "invalid_blocks"


async def test_an_answer_may_go_into_the_thread(slack: Sandbox, client: AsyncWebClient) -> None:
    ana = slack.person("ana")
    async with Answering(slack) as app:
        posted = await client.chat_postMessage(channel=DESIGN, text="Press", blocks=ROW)
        await ana.click(await ana.see("Go", channel="design"), "a")
        body = {
            "text": "below",
            "response_type": "in_channel",
            "replace_original": False,
            "thread_ts": posted["ts"],
        }
        assert await answered(app.payloads[-1]["response_url"], body) == "ok"
    assert ana.messages("design")[-1]["thread_ts"] == posted["ts"]


async def test_a_modal_answers_into_the_channel_that_was_chosen(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana")
    menu = {"type": "channels_select", "action_id": "where", "response_url_enabled": True}
    view = {
        "type": "modal",
        "title": plain("T"),
        "submit": plain("S"),
        "blocks": [{"type": "input", "block_id": "b", "label": plain("L"), "element": menu}],
    }
    async with Answering(slack) as app:
        await client.chat_postMessage(channel=DESIGN, text="Press", blocks=ROW)
        await ana.click(await ana.see("Go", channel="design"), "a")
        await client.views_open(trigger_id=app.payloads[-1]["trigger_id"], view=view)
        await ana.submit(await ana.modal(), {"where": "C0LAUNCH01"})
        [given] = app.payloads[-1]["response_urls"]
        assert given["channel_id"] == "C0LAUNCH01"
        body = {"text": "sent", "response_type": "in_channel"}
        assert await answered(given["response_url"], body) == "ok"
    await ana.see("sent", channel="launch")


async def test_names_in_a_command_are_escaped_if_the_manifest_says_so() -> None:
    for escaping in (True, False):
        plan = manifest()
        plan["features"]["slash_commands"][0]["should_escape"] = escaping
        async with Sandbox(plan) as slack, Answering(slack) as app:
            await slack.person("ana").command("/probe", "@ben & co", channel="design")
            words = "<@U0BEN00001>" if escaping else "@ben"
            assert app.payloads[-1]["text"] == f"{words} &amp; co"


async def test_only_the_limited_method_is_blocked() -> None:
    async with Sandbox(manifest(), rate_limits=True) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        for _ in range(20):
            await client.users_list()
        assert await refused(client.users_list()) == "ratelimited"
        await client.users_info(user="U0ANA00001")
        await client.conversations_list()


@pytest.mark.parametrize(
    ("tier", "burst"),
    [
        (Tier.ONE, 1),
        (Tier.TWO, 20),
        (Tier.THREE, 50),
        (Tier.FOUR, 100),
        (Tier.STATUS, 600),
        (Tier.POSTING, 5),
    ],
)
async def test_each_tier_has_its_calls_and_then_a_wait(tier: Tier, burst: int) -> None:
    clock = Clock()
    rates = Rates(clock=clock, enabled=True)
    waits = [rates.take(tier, ("T", "method")) for _ in range(burst + 1)]
    assert waits[:burst] == [0] * burst
    assert waits[burst] >= 1
    clock.advance(waits[burst])
    assert rates.take(tier, ("T", "method")) == 0
    assert rates.take(tier, ("T2", "method")) == 0


async def test_the_first_way_of_uploading_is_gone(client: AsyncWebClient) -> None:
    assert await refused(client.api_call("files.upload", data={})) == "method_deprecated"


async def uploaded(client: AsyncWebClient) -> str:
    place = await client.files_getUploadURLExternal(filename="a.txt", length=4)
    async with aiohttp.ClientSession() as session:
        await session.post(str(place["upload_url"]), data=b"four")
    return str(place["file_id"])


async def test_files_are_shared_a_little_after_the_answer() -> None:
    async with Sandbox(manifest(), file_share_seconds=30, file_processing_seconds=60) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        file_id = await uploaded(client)
        answer = await client.files_completeUploadExternal(
            files=[{"id": file_id}], channel_id=DESIGN
        )
        assert "ts" not in answer.data
        assert (answer["files"][0]["shares"], answer["files"][0]["channels"]) == ({}, [])
        await client.chat_postMessage(channel=DESIGN, text="right after")
        slack.advance(31)
        ana = slack.person("ana")
        assert [bool(m.get("files")) for m in ana.messages("design")] == [False, True]
        shares = (await client.files_info(file=file_id))["file"]["shares"]
        assert shares["public"][DESIGN][0]["ts"] == ana.messages("design")[-1]["ts"]


async def test_a_comment_stands_instead_of_blocks(slack: Sandbox, client: AsyncWebClient) -> None:
    section = {"type": "section", "text": plain("a block")}
    await client.files_completeUploadExternal(
        files=[{"id": await uploaded(client)}],
        channel_id=DESIGN,
        initial_comment="a comment",
        blocks=json.dumps([section]),
    )
    posted = await slack.person("ana").see("a comment", channel="design")
    assert "blocks" not in posted
    await client.files_completeUploadExternal(
        files=[{"id": await uploaded(client)}], channel_id=DESIGN, blocks=json.dumps([section])
    )
    posted = await slack.person("ana").see("a block", channel="design")
    assert posted["blocks"][0]["type"] == "section"


async def test_an_upload_without_a_channel_is_the_apps_alone(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    file_id = await uploaded(client)
    await client.files_completeUploadExternal(files=[{"id": file_id}])
    assert (await client.files_info(file=file_id))["file"]["is_public"] is False
    file = slack.world.workspace.files[file_id]
    assert not slack.world.workspace.may_see(slack.person("ana").id, file)


async def test_a_file_is_shared_into_at_most_a_hundred_channels(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    rooms = [slack.add_channel(f"room-{n}", members=["bot"]) for n in range(101)]
    files: list[Json] = [{"id": await uploaded(client)}]
    call = client.files_completeUploadExternal(files=files, channels=rooms)
    assert await refused(call) == "channels_limit_exceeded"


async def test_without_socket_mode_no_socket_is_opened() -> None:
    plan = manifest()
    plan["settings"] = {"socket_mode_enabled": False}
    del plan["features"]["slash_commands"]
    async with Sandbox(plan) as slack:
        own = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        call = own.apps_connections_open(app_token=slack.app_token)
        assert await refused(call) == "not_allowed"
        wrong = own.apps_connections_open(app_token=slack.bot_token)
        assert await refused(wrong) == "not_allowed_token_type"
