"""Wrong, late, forged and hostile input: a clear sentence, nothing lost, nothing spent."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.people import Mode, Tool
from bot.domain.proposals import ProposalState
from bot.jobs.sweep import sweep
from tests.conftest import Studio, studio_in
from tests.flows.reading import credits, has_files, newest
from tests.flows.rules import rules
from tests.providers import FakeProvider

MUG = "Create a square product hero for a ceramic coffee mug."


async def test_an_empty_mention_is_asked_what_to_make(studio: Studio) -> None:
    await studio.ana.say("@aethera", channel="design")
    await studio.ana.see("What should I make?", channel="design")


async def test_a_prompt_of_fifty_thousand_characters_is_refused_with_its_length(
    studio: Studio,
) -> None:
    await studio.ana.say("draw " + "a fox and " * 5000)
    await studio.ana.see("Your request has 5")
    assert await credits(studio) == (0, 0)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("make the background warmer", "I see no picture here that you could mean"),
        ("upscale the image I attached", "No model here can upscale pictures"),
        ("make 30 homepage hero image concepts", "at most 20 different images"),
        ("12 variations of a fox logo", "at most 4 variations"),
        ("what is the weather?", "I am not sure what you want"),
        ("help", "I propose a prompt, a model and a price"),
        ("which models are good for logos?", "Sketch Mark"),
    ],
)
async def test_what_cannot_be_done_is_said_with_what_can(
    studio: Studio, text: str, answer: str
) -> None:
    await studio.ana.say(text)
    await studio.ana.see(answer)
    assert studio.slack.refusals == []


async def test_an_example_can_be_pressed_once(studio: Studio) -> None:
    await studio.ana.say("what is the weather?")
    unsure = await studio.ana.see("I am not sure what you want")
    await studio.ana.click(unsure, "Ask for this")
    await studio.ana.see("Approval needed")
    await studio.ana.click(unsure, "Ask for this")
    assert sum("Approval needed" in m["text"] for m in studio.ana.messages()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "draw a sign that says <!channel> and <@U0BEN00001>",
        "draw a sign that says @channel @ben",
        "draw \u202ea cat\u202c with שלום and 🦊👩‍👩‍👧",
        "draw a cat *bold* _it_ `code` &lt;!here&gt;",
    ],
)
async def test_what_people_type_is_never_re_emitted_live(studio: Studio, text: str) -> None:
    await studio.ana.say(text)
    card = await studio.ana.see("Approve")
    shown = str(card["blocks"]) + card["text"]
    assert "<!channel>" not in shown
    assert "<!here>" not in shown
    assert f"<@{studio.ben.id}>" not in shown
    assert "\u202e" not in shown
    await studio.ana.click(card, "Approve")
    posted = await studio.ana.see(has_files)
    assert "<!channel>" not in posted["text"]
    assert f"<@{studio.ben.id}>" not in posted["text"]


async def test_somebody_else_gets_a_private_notice_and_nothing_happens(studio: Studio) -> None:
    await studio.ana.say("@aethera draw a red fox", channel="design")
    card = await studio.ana.see("Approve", channel="design")
    for button in ("Approve", "Edit", "Deny"):
        await studio.ben.click(card, button)
        notice = await studio.ben.see_notice("can decide this proposal")
        assert f"<@{studio.ana.id}>" in notice["text"]
    assert studio.ana.notices() == []
    assert studio.ben.views() == []
    assert (await newest(studio)).state is ProposalState.AWAITING


async def test_a_named_approver_may_decide(studio: Studio) -> None:
    await rules(studio, approvers=frozenset({studio.ben.id}))
    await studio.ana.say("@aethera draw a red fox", channel="design")
    await studio.ben.click(await studio.ben.see("Approve", channel="design"), "Approve")
    card = await studio.ana.see("1 credit charged*", channel="design")
    assert f"Approved by <@{studio.ben.id}>" in str(card["blocks"])


async def test_a_guest_may_ask_but_not_spend(studio: Studio) -> None:
    await rules(studio, approvers=frozenset({studio.ben.id}))
    await studio.cem.say("draw a red fox")
    await studio.cem.click(await studio.cem.see("Approve"), "Approve")
    await studio.cem.see_notice("Guests cannot spend credits")
    assert await credits(studio) == (0, 0)


async def test_two_clicks_at_once_run_once(studio: Studio) -> None:
    await rules(studio, approvers=frozenset({studio.ben.id}))
    await studio.ana.say("@aethera draw a red fox", channel="design")
    card = await studio.ana.see("Approve", channel="design")
    await asyncio.gather(studio.ana.click(card, "Approve"), studio.ben.click(card, "Approve"))
    await studio.ana.see("1 credit charged*", channel="design")
    await studio.ana.see(has_files, channel="design")
    assert len(studio.ana.notices()) + len(studio.ben.notices()) == 1
    notice = (studio.ana.notices() + studio.ben.notices())[0]
    assert "already approved by <@" in notice["text"]
    assert await credits(studio) == (1, 0)
    assert sum(has_files(m) for m in studio.ana.messages("design")) == 1


async def test_an_edit_between_looking_and_pressing_stops_the_approval(studio: Studio) -> None:
    await studio.ana.say(MUG)
    card = await studio.ana.see("Approve")
    seen = next(
        element["value"]
        for block in card["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id") == "proposal_approve"
    )
    await studio.ana.click(card, "Edit")
    modal = await studio.ana.modal()
    await studio.ana.submit(modal, {"edit_count": "4"})
    await studio.ana.see("4 credits")
    await forge(studio, card, "proposal_approve", seen)
    await studio.ana.see_notice("changed while you were looking")
    assert await credits(studio) == (0, 0)


async def test_saving_too_late_is_said_in_the_form_in_plain_words(studio: Studio) -> None:
    await rules(studio, approvers=frozenset({studio.ben.id}))
    await studio.ana.say("@aethera draw a red fox", channel="design")
    card = await studio.ana.see("Approve", channel="design")
    await studio.ana.click(card, "Edit")
    modal = await studio.ana.modal()
    await studio.ben.click(card, "Approve")
    answer = await studio.ana.submit(modal, {"edit_prompt": "A blue fox"})
    assert answer["response_action"] == "errors"
    words = answer["errors"]["prompt"]
    assert words.startswith("This proposal was already approved by ben, 20")
    assert "<" not in words


@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        ("proposal_approve", "prp_of_another_workspace.1"),
        ("proposal_approve", "nonsense"),
        ("proposal_edit", "prp_of_another_workspace"),
        ("proposal_deny", "prp_of_another_workspace"),
        ("proposal_again", "prp_of_another_workspace"),
        ("item_check", "itm_of_another_workspace"),
        ("item_retry", "itm_of_another_workspace"),
        ("item_give_up", "itm_of_another_workspace"),
        ("item_full_size", "itm_of_another_workspace.1"),
        ("item_full_size", "itm_of_another_workspace"),
        ("reply_example", "no such example"),
    ],
)
async def test_a_forged_id_is_told_so_and_does_nothing(
    studio: Studio, action_id: str, value: str
) -> None:
    await studio.ana.say(MUG)
    card = await studio.ana.see("Approve")
    await forge(studio, card, action_id, value)
    await studio.ana.see_notice("Nothing was done")
    assert studio.ana.views() == []
    assert (await newest(studio)).state is ProposalState.AWAITING
    assert await credits(studio) == (0, 0)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"count": ("edit_count", {"value": "0"})}, "Choose 1 to 4 images."),
        ({"count": ("edit_count", {"value": "99"})}, "Choose 1 to 4 images."),
        ({"model_id": ("edit_model", {"value": "acme/secret"})}, "not in this workspace's catalog"),
        ({"aspect": ("edit_aspect", {"value": "7:1"})}, "Choose an aspect from the list."),
        ({"seed": ("edit_seed", "-3")}, "A seed is a whole number"),
        ({"prompt": ("edit_prompt", "x" * 3001)}, "3,001 characters"),
    ],
)
async def test_a_forged_form_is_answered_under_its_field(
    studio: Studio, values: dict[str, tuple[str, Any]], sentence: str
) -> None:
    await studio.ana.say(MUG)
    await studio.ana.click(await studio.ana.see("Approve"), "Edit")
    modal = await studio.ana.modal()
    state = modal["state"]["values"]
    for block, (action_id, value) in values.items():
        block_id = next(each for each in state if each.partition(":")[0] == block)
        held = state[block_id][action_id]
        key = "value" if isinstance(value, str) else "selected_option"
        state[block_id][action_id] = held | {key: value}
    answer = await studio.slack.world.delivery.ask(
        "interactive",
        {
            "type": "view_submission",
            "team": {"id": studio.slack.team_id},
            "user": {"id": studio.ana.id, "team_id": studio.slack.team_id},
            "api_app_id": modal["app_id"],
            "view": modal | {"state": {"values": state}},
            "trigger_id": "1.2.x",
        },
        name="view_submission",
    )
    assert answer["response_action"] == "errors"
    assert sentence in str(answer["errors"])
    assert (await newest(studio)).revision == 1


async def test_a_model_that_is_not_offered_cannot_be_typed(studio: Studio) -> None:
    await studio.ana.say(MUG)
    await studio.ana.click(await studio.ana.see("Approve"), "Edit")
    modal = await studio.ana.modal()
    assert await studio.ana.suggest(modal, "edit_model", "midjourney") == []
    names = [option["value"] for option in await studio.ana.suggest(modal, "edit_model", "logo")]
    assert "sketch/mark" in names


async def test_a_card_expires_without_a_click_and_can_be_proposed_again(tmp_path: Path) -> None:
    clock = {"now": datetime(2026, 11, 24, 12, tzinfo=UTC)}
    async with studio_in(
        tmp_path, providers={"sketch": FakeProvider()}, now=lambda: clock["now"]
    ) as studio:
        await studio.ana.say(MUG)
        card = await studio.ana.see("Approve")
        approve_value = str(card["blocks"])
        clock["now"] += timedelta(hours=24, seconds=1)
        await sweep(studio.services)
        expired = studio.ana.refresh(card)
        assert "Expired after 24 hours. Nothing was charged." in str(expired["blocks"])
        assert approve_value != str(expired["blocks"])
        await studio.ana.click(expired, "Propose again")
        fresh = await studio.ana.see("Approve")
        assert fresh["ts"] != card["ts"]
        await studio.ana.click(fresh, "Approve")
        await studio.ana.see("1 credit charged*")


@pytest.mark.parametrize("button", ["Approve", "Edit", "Deny"])
async def test_a_press_on_a_card_whose_time_is_over_says_so_and_rewrites_it(
    tmp_path: Path, button: str
) -> None:
    clock = {"now": datetime(2026, 11, 24, 12, tzinfo=UTC)}
    async with studio_in(
        tmp_path, providers={"sketch": FakeProvider()}, now=lambda: clock["now"]
    ) as studio:
        await studio.ana.say(MUG)
        card = await studio.ana.see("Approve")
        clock["now"] += timedelta(hours=24, seconds=1)
        await studio.ana.click(card, button)
        await studio.ana.see_notice("This proposal has expired; nothing was charged.")
        assert "Expired after 24 hours" in str(studio.ana.refresh(card)["blocks"])
        assert studio.ana.views() == []
        assert await credits(studio) == (0, 0)


async def test_over_budget_nothing_is_held_and_the_card_stays_open(studio: Studio) -> None:
    await rules(studio, budget_credits=2)
    await studio.ana.say("three variations of a fox logo")
    card = await studio.ana.see("Approve")
    await studio.ana.click(card, "Approve")
    await studio.ana.see_notice("This costs 3 credits, but 2 credits of 2 are left")
    assert (await newest(studio)).state is ProposalState.AWAITING
    assert await credits(studio) == (0, 0)


@pytest.mark.parametrize("tool", [Tool.GENERATE, Tool.PROPOSE])
async def test_a_blocked_tool_is_said_to_the_asker_and_makes_no_card(
    studio: Studio, tool: Tool
) -> None:
    await rules(studio, modes={tool: Mode.BLOCKED})
    await studio.ana.say(MUG)
    await studio.ana.see_notice("is blocked in this workspace")
    assert studio.slack.calls("chat.postMessage") == []


async def test_a_tool_blocked_while_a_card_waits_cannot_be_approved(studio: Studio) -> None:
    await studio.ana.say(MUG)
    card = await studio.ana.see("Approve")
    await rules(studio, modes={Tool.GENERATE: Mode.BLOCKED})
    await studio.ana.click(card, "Approve")
    await studio.ana.see_notice("Generating an image is blocked in this workspace")
    assert await credits(studio) == (0, 0)


async def test_in_auto_it_runs_at_once_and_says_what_it_cost(studio: Studio) -> None:
    await rules(studio, modes={Tool.GENERATE: Mode.AUTO})
    await studio.ana.say(MUG)
    card = await studio.ana.see("1 credit charged*")
    assert "Approve ·" not in str(card["blocks"])
    assert await credits(studio) == (1, 0)


async def test_a_channel_without_us_is_told_to_the_asker_of_a_command(studio: Studio) -> None:
    channel = studio.slack.add_channel("elsewhere", members=["ana", "ben"])
    await studio.ana.command("/studio", "draw a red fox", channel=channel)
    await studio.ana.see_notice("I cannot post in this channel")
    await sweep(studio.services, at_start=True)
    assert (await newest(studio)).state is ProposalState.EXPIRED


async def forge(studio: Studio, card: dict[str, Any], action_id: str, value: str) -> None:
    """Send a button's payload that no button of ours would send now."""
    action = {
        "type": "button",
        "action_id": action_id,
        "block_id": "forged",
        "value": value,
        "action_ts": "1.2",
    }
    await studio.slack.world.delivery.ask(
        "interactive",
        {
            "type": "block_actions",
            "team": {"id": studio.slack.team_id},
            "user": {"id": studio.ana.id, "team_id": studio.slack.team_id},
            "api_app_id": "A0SANDBOX1",
            "channel": {"id": card["channel"]},
            "container": {
                "type": "message",
                "channel_id": card["channel"],
                "message_ts": card["ts"],
                "thread_ts": card.get("thread_ts"),
            },
            "message": card,
            "trigger_id": "1.2.x",
            "actions": [action],
        },
        name="block_actions",
    )


async def test_a_card_that_was_deleted_is_given_up(studio: Studio) -> None:
    await studio.ana.say(MUG)
    card = await studio.ana.see("Approve")
    studio.slack.fault("chat.update", times=9, error="message_not_found")
    await studio.ana.click(card, "Deny")
    await studio.ana.submit(await studio.ana.modal())
    await sweep(studio.services, at_start=True)
    tried = len(studio.slack.calls("chat.update"))
    await sweep(studio.services, at_start=True)
    assert len(studio.slack.calls("chat.update")) == tried
