"""Tools without a card whose mode is `ask`: words are asked, once, and wait for a person."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.audit import Deed
from bot.domain.people import Mode, Tool
from bot.jobs.sweep import sweep
from storage import audit
from tests.conftest import Studio, studio_in
from tests.flows.rules import rules, set_mode
from tests.providers import FakeProvider

ASKED = [
    (Tool.BROWSE_MODELS, "models", "The models you can choose from"),
    (Tool.LIST_IMAGES, "gallery", "No images yet"),
    (Tool.PROPOSE, "draw a red fox", "Approval needed"),
]


@pytest.mark.parametrize(("tool", "words", "answer"), ASKED)
async def test_it_is_answered_once_somebody_says_to_go_ahead(
    studio: Studio, tool: Tool, words: str, answer: str
) -> None:
    await set_mode(studio, tool, Mode.ASK)
    said = await studio.ana.say(f"@aethera {words}", channel="design")
    question = await studio.ana.see("needs a go-ahead in this workspace", channel="design")
    assert question["thread_ts"] == said["ts"]
    await studio.ben.click(question, "Go ahead")
    await studio.ben.see_notice("can decide this. Nothing was done.")
    await sweep(studio.services, at_start=True)
    assert len(studio.ana.messages("design")) == 2
    await studio.ana.click(question, "Go ahead")
    shown = await studio.ana.see(answer, channel="design")
    assert shown["thread_ts"] == said["ts"]
    await studio.ana.see("said to go ahead", channel="design")
    with pytest.raises(LookupError):
        await studio.ana.click(question, "Go ahead")
    ((_, entry),) = await studio.services.store.run(
        audit.newest, team_id=studio.slack.team_id, limit=5
    )
    assert (entry.deed, entry.actor_id) == (Deed.APPROVED, studio.ana.id)
    assert studio.slack.refusals == []


async def test_no_ends_it(studio: Studio) -> None:
    await set_mode(studio, Tool.LIST_IMAGES, Mode.ASK)
    await studio.ana.say("gallery")
    await studio.ana.click(await studio.ana.see("needs a go-ahead"), "No")
    await studio.ana.see("said no")
    assert "No images" not in str(studio.ana.messages())
    assert studio.slack.refusals == []


async def test_an_approver_may_say_so_and_a_command_is_answered_to_the_asker_alone(
    studio: Studio,
) -> None:
    await rules(studio, approvers=frozenset({studio.ben.id}), modes={Tool.LIST_IMAGES: Mode.ASK})
    await studio.ana.command("/studio", "gallery", channel="design")
    question = await studio.ben.see("needs a go-ahead", channel="design")
    await studio.ben.click(question, "Go ahead")
    await studio.ana.see_notice("No images yet")
    assert "No images yet" not in str(studio.ben.messages("design"))
    assert studio.slack.refusals == []


async def test_nobody_said_so_in_time(tmp_path: Path) -> None:
    now = [datetime(2026, 11, 24, 10, tzinfo=UTC)]
    async with studio_in(
        tmp_path, providers={"sketch": FakeProvider()}, now=lambda: now[0]
    ) as studio:
        await set_mode(studio, Tool.LIST_IMAGES, Mode.ASK)
        await studio.ana.say("gallery")
        question = await studio.ana.see("needs a go-ahead")
        now[0] += timedelta(hours=25)
        await studio.ana.click(question, "Go ahead")
        await studio.ana.see_notice("The time to decide this is over")
        await sweep(studio.services)
        await studio.ana.see("nobody said to go ahead in time")
        assert studio.slack.refusals == []


async def test_blocked_after_the_question_stays_blocked(studio: Studio) -> None:
    await set_mode(studio, Tool.LIST_IMAGES, Mode.ASK)
    await studio.ana.say("gallery")
    question = await studio.ana.see("needs a go-ahead")
    await set_mode(studio, Tool.LIST_IMAGES, Mode.BLOCKED)
    await studio.ana.click(question, "Go ahead")
    await studio.ana.see_notice("Listing images is blocked in this workspace. ana can change that.")
