"""One image from a sentence to the thread, as conversations."""

import io

import pytest
from PIL import Image as Picture

from bot.domain.proposals import ProposalState
from storage import gallery
from tests.conftest import Studio
from tests.flows.reading import credits, has_files, newest

MUG = "Create a square product hero for a ceramic coffee mug."


async def test_a_request_becomes_a_card_that_costs_nothing_yet(studio: Studio) -> None:
    said = await studio.ana.say(MUG)
    card = await studio.ana.see("Approve")
    assert card["thread_ts"] == said["ts"]
    assert card["text"].startswith("Approval needed: 1 image, 1 credit, asked by <@")
    assert "not an AI model" in card["text"]
    assert await credits(studio) == (0, 0)
    assert studio.slack.refusals == []


async def test_approving_brings_the_image_into_the_thread_and_the_gallery(studio: Studio) -> None:
    said = await studio.ana.say(MUG)
    await studio.ana.click(await studio.ana.see("Approve"), "Approve")
    done = await studio.ana.see("1 credit charged*")
    posted = await studio.ana.see(has_files)
    assert posted["thread_ts"] == said["ts"]
    assert len(posted["files"]) == 1
    assert posted["files"][0]["alt_txt"].startswith("AI-generated image: ")
    assert "1 credit charged" in posted["text"]
    assert "not an AI model" in posted["text"]
    assert "Approved by <@" in str(done["blocks"])
    assert await credits(studio) == (1, 0)
    images, total = await studio.services.store.run(
        gallery.search, team_id=studio.slack.team_id, user_id=studio.ana.id, limit=5
    )
    assert total == 1
    assert images[0].seed is not None
    kept = await studio.services.blobs.get(images[0].sha256, team_id=studio.slack.team_id)
    assert Picture.open(io.BytesIO(kept)).size == (images[0].width_px, images[0].height_px)
    assert studio.slack.refusals == []


async def test_edited_settings_are_the_ones_that_run(studio: Studio) -> None:
    await studio.ana.say(MUG)
    await studio.ana.click(await studio.ana.see("Approve"), "Edit")
    modal = await studio.ana.modal()
    await studio.ana.choose(modal, "edit_model", "sketch/compose-2k")
    modal = await studio.ana.see_modal("2 credits")
    await studio.ana.choose(modal, "edit_count", "3")
    modal = await studio.ana.see_modal("6 credits")
    result = await studio.ana.submit(modal, {"edit_prompt": "A red mug", "edit_seed": "7"})
    assert result["response_action"] == "close"
    card = await studio.ana.see("Approve · 6 credits")
    assert "your choice" in card["text"]
    await studio.ana.click(card, "Approve")
    await studio.ana.see("6 credits charged*", timeout_seconds=20)
    images, _ = await studio.services.store.run(
        gallery.search, team_id=studio.slack.team_id, user_id=studio.ana.id, limit=5
    )
    assert sorted(image.seed or 0 for image in images) == [7, 8, 9]
    assert {image.prompt for image in images} == {"A red mug"}
    assert [image.charged_credits for image in images] == [2, 2, 2]


async def test_denying_with_a_reason_brings_a_new_proposal(studio: Studio) -> None:
    await studio.ana.say(MUG)
    card = await studio.ana.see("Approve")
    await studio.ana.click(card, "Deny")
    await studio.ana.submit(await studio.ana.modal(), {"deny_feedback": "too dark, make it 16:9"})
    denied = await studio.ana.see("Denied by")
    assert denied["ts"] == card["ts"]
    assert "too dark" in str(denied["blocks"])
    fresh = await studio.ana.see("Brighter")
    assert fresh["ts"] != card["ts"]
    assert "16:9" in fresh["text"]
    await studio.ana.see("a new proposal")
    assert await credits(studio) == (0, 0)


async def test_denying_without_a_reason_ends_it(studio: Studio) -> None:
    await studio.ana.say(MUG)
    await studio.ana.click(await studio.ana.see("Approve"), "Deny")
    await studio.ana.submit(await studio.ana.modal())
    await studio.ana.see("nothing was charged")
    assert (await newest(studio)).state is ProposalState.DENIED


async def test_a_mention_in_a_channel_is_one_request_though_slack_says_it_twice(
    studio: Studio,
) -> None:
    await studio.ana.say("@aethera a poster of a lighthouse", channel="design")
    card = await studio.ana.see("Approve", channel="design")
    assert card["thread_ts"] != card["ts"]
    assert len(studio.slack.sent("app_mention")) == 1
    assert studio.slack.sent("message.channels")
    assert len(studio.slack.calls("chat.postMessage")) == 1


async def test_a_redelivered_event_is_not_a_second_request(studio: Studio) -> None:
    await studio.ana.say(MUG)
    await studio.ana.see("Approve")
    studio.slack.redeliver()
    await studio.ana.say("help")
    await studio.ana.see("I am Aethera")
    assert sum("Approval needed" in message["text"] for message in studio.ana.messages()) == 1


@pytest.mark.parametrize("text", ["a fox in the snow", "thanks, great work!"])
async def test_talk_in_a_channel_without_a_mention_is_left_alone(studio: Studio, text: str) -> None:
    await studio.ana.say(text, channel="design")
    await studio.ana.say("help")
    await studio.ana.see("I am Aethera")
    assert len(studio.slack.calls("chat.postMessage")) == 1


async def test_a_reply_in_our_thread_needs_no_mention_but_only_from_whom_we_work_for(
    studio: Studio,
) -> None:
    said = await studio.ana.say("@aethera a red fox", channel="design")
    await studio.ana.see("Approve", channel="design")
    thread = said["ts"]
    await studio.ben.say("draw a blue whale, watercolor", channel="design", thread_ts=thread)
    await studio.ana.say("draw a green owl, watercolor", channel="design", thread_ts=thread)
    await studio.ana.see(
        lambda m: "Approval needed" in m["text"] and "owl" in m["text"], channel="design"
    )
    assert len(studio.slack.calls("chat.postMessage")) == 2


async def test_the_command_proposes_in_the_channel_and_answers_words_to_one_alone(
    studio: Studio,
) -> None:
    await studio.ana.command("/studio", "a square icon of a fox", channel="design")
    await studio.ana.see("Approve", channel="design")
    await studio.ana.command("/studio", "models logos", channel="design")
    await studio.ana.see_notice("Sketch Mark")
    await studio.ana.command("/studio", "gallery", channel="design")
    await studio.ana.see_notice("No images yet")


async def test_the_gallery_lists_what_was_made(studio: Studio) -> None:
    await studio.ana.say(MUG)
    await studio.ana.click(await studio.ana.see("Approve"), "Approve")
    await studio.ana.see("1 credit charged*")
    await studio.ana.command("/studio", "gallery mug", channel="dm")
    await studio.ana.see_notice("ceramic coffee mug")
    await studio.ana.command("/studio", "gallery zebra", channel="dm")
    await studio.ana.see_notice("No images for “zebra”")


async def test_the_home_shows_what_waits_and_what_is_left(studio: Studio) -> None:
    await studio.ana.say(MUG)
    await studio.ana.see("Approve")
    await studio.ana.home()
    home = await studio.ana.see_home("Waiting for your decision")
    assert "ceramic coffee mug" in str(home["blocks"])
    assert "1,000 of 1,000 left" in str(home["blocks"])
