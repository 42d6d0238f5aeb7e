"""What people do to an app, and what it may answer, from the first message to its Home."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Refused, Sandbox
from tests.bot.sandbox.conftest import manifest
from tests.bot.sandbox.probe import Json, Probe


async def press(slack: Sandbox, button: str) -> None:
    """Ana says hello and presses a button of the answer."""
    ana = slack.person("ana")
    await ana.say("hello")
    await ana.click(await ana.see("Press"), button)


async def test_from_a_message_to_three_files_and_a_home(slack: Sandbox, probe: Probe) -> None:
    ana = slack.person("ana")
    await press(slack, "Open")
    modal = await ana.modal()
    offered = await ana.suggest(modal, "colour", "re")
    assert [each["value"] for each in offered] == ["red", "green"]
    await ana.choose(modal, "colour", "green")
    probe.answer = {"response_action": "errors", "errors": {"note": "Not that."}}
    assert (await ana.submit(modal, {"note": "bad"}))["errors"] == {"note": "Not that."}
    probe.answer = {}
    assert (await ana.submit(modal, {"note": "good"}))["response_action"] == "close"
    assert ana.views() == []
    first = probe.heard[0]
    names = ["0.txt", "1.txt", "2.txt"]
    await probe.client.files_upload_v2(
        file_uploads=[{"content": name, "filename": name} for name in names],
        channel=first["channel"],
        thread_ts=first["ts"],
    )
    posted = await ana.see(lambda message: "files" in message, thread_ts=first["ts"])
    assert [file["name"] for file in posted["files"]] == names
    await ana.home()
    await ana.see_home("Welcome home")
    assert slack.refusals == []


async def test_a_click_tells_who_where_and_what(slack: Sandbox, probe: Probe) -> None:
    await press(slack, "Keep")
    body, first = probe.pressed[0], probe.heard[0]
    assert body["user"]["id"] == slack.person("ana").id
    assert body["container"]["thread_ts"] == first["ts"]
    assert body["message"]["ts"] == body["container"]["message_ts"]
    action = body["actions"][0]
    assert (action["block_id"], action["action_id"], action["value"]) == ("row", "keep", "1")


async def test_an_app_that_does_not_acknowledge_is_timed_out(slack: Sandbox, probe: Probe) -> None:
    pressing = asyncio.ensure_future(press(slack, "Mute"))
    async with asyncio.timeout(5):
        await probe.silent.wait()
    slack.advance(3)
    with pytest.raises(Refused, match="operation_timeout"):
        await pressing


async def test_a_button_of_a_conversation_that_is_not_hers_cannot_be_pressed(
    slack: Sandbox, probe: Probe
) -> None:
    await press(slack, "Keep")
    card = await slack.person("ana").see("Press")
    with pytest.raises(Refused, match="message_not_found"):
        await slack.person("ben").click(card, "Keep")
    assert len(probe.pressed) == 1


async def test_a_button_that_an_update_took_away_cannot_be_pressed(
    slack: Sandbox, probe: Probe
) -> None:
    await press(slack, "Keep")
    ana = slack.person("ana")
    card = await ana.see("Press")
    await probe.client.chat_update(channel=card["channel"], ts=card["ts"], text="Done")
    with pytest.raises(LookupError):
        await ana.click(card, "Keep")


async def test_a_menu_asks_the_app_from_its_second_letter_on(slack: Sandbox, probe: Probe) -> None:
    await press(slack, "Open")
    ana = slack.person("ana")
    modal = await ana.modal()
    with pytest.raises(Refused, match="query_too_short"):
        await ana.suggest(modal, "colour", "g")
    with pytest.raises(LookupError):
        await ana.choose(modal, "colour", "purple")


async def test_without_interactivity_nothing_can_be_pressed() -> None:
    plan = manifest()
    plan["settings"]["interactivity"]["is_enabled"] = False
    async with Sandbox(plan) as slack:
        probe = Probe(slack)
        button = {
            "type": "button",
            "action_id": "keep",
            "text": {"type": "plain_text", "text": "Keep"},
        }
        blocks = [{"type": "actions", "elements": [button]}]
        await probe.client.chat_postMessage(channel="C0DESIGN01", text="Press", blocks=blocks)
        ana = slack.person("ana")
        with pytest.raises(Refused, match="interactivity_disabled"):
            await ana.click(await ana.see("Press", channel="design"), "Keep")


async def test_nothing_happens_while_the_app_is_away(slack: Sandbox) -> None:
    with pytest.raises(Refused, match="app_not_connected"):
        await slack.person("ana").command("/probe", channel="design")


async def post(url: str, *bodies: Any) -> list[int]:
    """The statuses that a response URL answers with."""
    statuses = []
    async with aiohttp.ClientSession() as session:
        for body in bodies:
            async with session.post(url, json=body) as answer:
                statuses.append(answer.status)
    return statuses


async def test_an_answer_may_be_given_five_times(slack: Sandbox, probe: Probe) -> None:
    await press(slack, "Keep")
    answers = [{"text": f"note {number}"} for number in range(6)]
    assert await post(probe.pressed[0]["response_url"], *answers) == [200] * 5 + [404]
    assert len(slack.person("ana").notices()) == 5
    assert slack.refusals[-1].reason == "used_url"


async def test_an_answer_may_be_given_for_half_an_hour(slack: Sandbox, probe: Probe) -> None:
    await press(slack, "Keep")
    url = probe.pressed[0]["response_url"]
    slack.advance(1799)
    assert await post(url, {"text": "just in time"}) == [200]
    slack.advance(2)
    assert await post(url, {"text": "too late"}) == [404]


ANSWERS: list[tuple[Any, str]] = [
    ([], "invalid_payload"),
    ({}, "no_text"),
    ({"text": "x", "colour": "red"}, "invalid_payload"),
    ({"text": "x", "blocks": [{"type": "bogus"}]}, "invalid_blocks"),
    (
        {
            "text": "x",
            "response_type": "in_channel",
            "replace_original": False,
            "thread_ts": "1111111111.000001",
        },
        "thread_not_found",
    ),
]


@pytest.mark.parametrize(("body", "reason"), ANSWERS)
async def test_a_broken_answer_is_refused_and_does_not_count(
    slack: Sandbox, probe: Probe, body: Json, reason: str
) -> None:
    await press(slack, "Keep")
    url = probe.pressed[0]["response_url"]
    assert (await post(url, body))[0] >= 400
    assert slack.refusals[-1].reason.startswith(reason)
    assert await post(url, *[{"text": "x"}] * 5) == [200] * 5


async def test_an_answer_can_replace_and_delete_the_message(slack: Sandbox, probe: Probe) -> None:
    await press(slack, "Keep")
    ana = slack.person("ana")
    url = probe.pressed[0]["response_url"]
    await post(url, {"text": "Instead", "replace_original": True})
    await ana.see_gone("Press")
    await ana.see("Instead")
    await post(url, {"delete_original": True})
    await ana.see_gone("Instead")


async def test_a_notice_is_seen_by_one_person_alone(slack: Sandbox, probe: Probe) -> None:
    ana, ben = slack.person("ana"), slack.person("ben")
    await probe.client.chat_postEphemeral(channel="C0DESIGN01", user=ana.id, text="psst")
    await ana.see_notice("psst")
    assert ben.notices() == []
    assert all("psst" not in str(message) for message in ben.messages("design"))
    history = await probe.client.conversations_history(channel="C0DESIGN01")
    assert "psst" not in json.dumps(history["messages"])


async def test_a_command_does_not_work_in_a_thread_or_unknown(slack: Sandbox, probe: Probe) -> None:
    ana = slack.person("ana")
    said = await ana.say("hello", channel="design")
    with pytest.raises(Refused, match="not_supported_in_threads"):
        await ana.command("/probe", channel="design", thread_ts=said["ts"])
    with pytest.raises(Refused, match="unknown_command"):
        await ana.command("/unknown", channel="design")
