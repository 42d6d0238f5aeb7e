"""What a person sees, and what it costs, when a provider or Slack does not do its part."""

import asyncio
from pathlib import Path

import pytest

from bot.domain.people import Mode, Tool
from bot.domain.proposals import ItemState, ProposalState
from bot.errors import Refused, Unavailable, Unknown
from bot.jobs.make import submit
from bot.jobs.sweep import sweep
from bot.studio.provider import Accepted, Picture
from tests.conftest import Studio, studio_in
from tests.flows.reading import credits, entries, has_files, job, newest, submissions
from tests.flows.rules import set_mode
from tests.providers import Answer, FakeProvider, made

FOXES = "three variations of a fox logo"


async def approve(studio: Studio, text: str = FOXES) -> None:
    await studio.ana.say(text)
    await studio.ana.click(await studio.ana.see("Approve"), "Approve")


async def test_a_refusal_says_why_and_is_not_charged(tmp_path: Path) -> None:
    provider = FakeProvider(Refused("public figure", was_billed=False))
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        card = await studio.ana.see("refused by the provider: “public figure”")
        assert "Not charged." in str(card["blocks"])
        assert "Edit prompt…" in str(card["blocks"])
        assert await credits(studio) == (0, 0)
        assert await entries(studio) == [("hold", 3), ("settle", 0), ("release", 3)]
        assert len(provider.orders) == 1


async def test_a_refusal_that_the_provider_bills_is_charged_and_said(tmp_path: Path) -> None:
    provider = FakeProvider(Refused("unsafe result", was_billed=True))
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        await studio.ana.see("The provider bills for a refusal: 3 credits charged.")
        assert await credits(studio) == (3, 0)


async def test_a_provider_that_cannot_now_is_asked_again(tmp_path: Path) -> None:
    busy = Unavailable("busy", retry_after_seconds=0.01)
    provider = FakeProvider(busy, busy)
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        await studio.ana.see("3 credits charged*")
        assert len({order.key for order in provider.orders}) == 3
        assert await credits(studio) == (3, 0)


async def test_a_provider_that_never_can_is_given_up_and_nothing_charged(tmp_path: Path) -> None:
    busy = Unavailable("The provider is overloaded", retry_after_seconds=0.01)
    provider = FakeProvider(*[busy] * 9)
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        await studio.ana.see("failed. The provider is overloaded. Not charged.")
        assert len(provider.orders) == 5
        assert await credits(studio) == (0, 0)


async def test_fewer_images_than_asked_are_charged_as_fewer(tmp_path: Path) -> None:
    provider = FakeProvider(lambda o: made(o, missing=1, shortfall="the provider timed out"))
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        card = await studio.ana.see("2 of 3 made")
        assert "2 credits charged" in str(card["blocks"])
        assert "1 failed, not charged: the provider timed out." in str(card["blocks"])
        assert await entries(studio) == [("hold", 3), ("settle", 2), ("release", 1)]
        assert (await newest(studio)).state is ProposalState.PARTLY_DONE


async def test_bytes_that_are_no_picture_are_not_charged(tmp_path: Path) -> None:
    def garbage(order: object) -> Answer:
        from bot.studio.provider import Made

        return Made(pictures=(Picture(data=b"<html>", description="", index=1),), seconds=0.1)

    async with studio_in(tmp_path, providers={"sketch": FakeProvider(garbage)}) as studio:
        await approve(studio, "a fox logo")
        await studio.ana.see("something that is not a picture. Not charged.")
        assert await credits(studio) == (0, 0)


async def test_the_card_says_that_images_are_being_made_while_they_are(tmp_path: Path) -> None:
    provider = FakeProvider()
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        provider.gate.clear()
        await approve(studio)
        await studio.ana.see("making 3 images")
        provider.gate.set()
        await studio.ana.see("3 credits charged*")


async def test_a_slow_provider_is_polled_until_it_has_the_pictures(tmp_path: Path) -> None:
    busy = Unavailable("busy", retry_after_seconds=0.01)
    provider = FakeProvider(Accepted("ref-1"), polls=[None, busy, None])
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        await studio.ana.see("3 credits charged*")
        assert await submissions(studio) == ["closed"]


async def test_no_answer_is_never_resent_and_the_credits_stay_held(tmp_path: Path) -> None:
    provider = FakeProvider(Unknown(), look_up=Unknown())
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        card = await studio.ana.see("the provider did not answer")
        assert "3 credits stay held" in str(card["blocks"])
        await sweep(studio.services, at_start=True)
        await studio.ana.click(card, "Check again")
        await asyncio.wait_for(provider.looked.wait(), 5)
        assert provider.looked_up == [provider.orders[0].key]
        assert len(provider.orders) == 1
        assert await credits(studio) == (0, 3)
        assert (await newest(studio)).items[0].state is ItemState.UNKNOWN


async def test_checking_again_finds_what_was_made_after_all(tmp_path: Path) -> None:
    provider = FakeProvider(Unknown(), look_up=made)
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        await studio.ana.click(await studio.ana.see("did not answer"), "Check again")
        await studio.ana.see("3 credits charged*")
        assert len(provider.orders) == 1
        assert await credits(studio) == (3, 0)


async def test_a_provider_slow_to_look_up_does_not_keep_the_button_waiting(tmp_path: Path) -> None:
    provider = FakeProvider(Unknown(), look_up=made)
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        card = await studio.ana.see("did not answer")
        provider.look_up_gate.clear()
        await studio.ana.click(card, "Check again")
        assert await credits(studio) == (0, 3)
        provider.look_up_gate.set()
        await studio.ana.see("3 credits charged*")


async def test_trying_again_is_a_second_submission_by_choice(tmp_path: Path) -> None:
    provider = FakeProvider(Unknown())
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        await studio.ana.click(await studio.ana.see("did not answer"), "Try again")
        await studio.ana.see("3 credits charged*")
        assert len(provider.orders) == 2
        assert await credits(studio) == (3, 0)


async def test_giving_up_releases_the_credits(tmp_path: Path) -> None:
    provider = FakeProvider(Unknown())
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        card = await studio.ana.see("did not answer")
        await studio.ana.click(card, "Give up")
        await studio.ana.see("you gave up. Not charged.")
        assert await credits(studio) == (0, 0)


async def test_a_bug_in_an_adapter_counts_as_sent(tmp_path: Path) -> None:
    provider = FakeProvider(KeyError("data"))
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        await studio.ana.see("did not answer")
        assert await credits(studio) == (0, 3)


async def test_a_tool_blocked_after_approval_does_not_run(tmp_path: Path) -> None:
    provider = FakeProvider(Unavailable("busy", retry_after_seconds=0.05))
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        provider.gate.clear()
        await approve(studio)
        await asyncio.wait_for(provider.asked.wait(), 5)
        await set_mode(studio, Tool.GENERATE, Mode.BLOCKED)
        provider.gate.set()
        await studio.ana.see("Generating an image is blocked in this workspace")
        assert len(provider.orders) == 1
        assert await credits(studio) == (0, 0)


async def test_an_intent_found_while_blocked_is_looked_up_and_not_released(tmp_path: Path) -> None:
    provider = FakeProvider(look_up=Unknown())
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        provider.gate.clear()
        await approve(studio)
        await asyncio.wait_for(provider.asked.wait(), 5)
        await set_mode(studio, Tool.GENERATE, Mode.BLOCKED)
        await submit(studio.services, (await newest(studio)).items[0].id, 0)
        assert provider.looked_up == [provider.orders[0].key]
        assert await credits(studio) == (0, 3)
        provider.gate.set()


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 503},
        {"error": "ratelimited", "status": 429, "retry_after": 1},
        {"error": "internal_error"},
    ],
)
async def test_slack_failing_for_a_while_delays_the_images_and_loses_none(
    tmp_path: Path, fault: dict[str, object]
) -> None:
    async with studio_in(tmp_path, providers={"sketch": FakeProvider()}) as studio:
        await studio.ana.say(FOXES)
        card = await studio.ana.see("Approve")
        studio.slack.fault("files.getUploadURLExternal", times=1, **fault)
        await studio.ana.click(card, "Approve")
        await studio.ana.see("3 credits charged*", timeout_seconds=15)
        await studio.ana.see(has_files)
        assert sum(has_files(message) for message in studio.ana.messages()) == 1


async def test_a_channel_that_takes_no_files_leaves_the_images_in_the_gallery(
    studio: Studio,
) -> None:
    await studio.ana.say(FOXES)
    card = await studio.ana.see("Approve")
    studio.slack.fault("files.completeUploadExternal", times=1, error="posting_to_channel_denied")
    await studio.ana.click(card, "Approve")
    await studio.ana.see("made and in your gallery, but could not be posted here")
    assert await credits(studio) == (3, 0)
    assert (await job(studio)).item.is_posted is False


async def test_a_card_that_slack_did_not_take_is_shown_by_the_sweep(studio: Studio) -> None:
    await studio.ana.say(FOXES)
    card = await studio.ana.see("Approve")
    studio.slack.fault("chat.update", times=4, error="internal_error")
    await studio.ana.click(card, "Deny")
    await studio.ana.submit(await studio.ana.modal())
    assert "Approve" in str(studio.ana.refresh(card)["blocks"])
    studio.slack.world.faults.clear()
    await sweep(studio.services, at_start=True)
    assert "Denied by" in str(studio.ana.refresh(card)["blocks"])
