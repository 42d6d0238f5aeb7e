"""What can be done with a finished image, as conversations."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.images import Origin
from bot.domain.people import Mode, Tool
from bot.domain.proposals import ProposalState
from bot.sandbox.errors import Refused
from storage import gallery, stars
from tests.conftest import Studio
from tests.flows.reading import credits, has_files, newest
from tests.flows.results import MUG, finished, full_studio, images
from tests.flows.rules import set_mode


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio in which pictures can be made, edited and enlarged."""
    async with full_studio(tmp_path) as started:
        yield started


async def test_varying_proposes_four_more_with_other_seeds_in_the_same_thread(
    studio: Studio,
) -> None:
    done = await finished(studio, MUG)
    first = (await images(studio))[0]
    await studio.ana.click(done, "Vary · 4")
    card = await studio.ana.see("Approve · 4 credits")
    assert card["thread_ts"] == done["thread_ts"]
    proposal = await newest(studio)
    assert proposal.tool is Tool.GENERATE
    settings = proposal.items[0].settings
    assert (settings.prompt, settings.count, settings.seed) == (first.prompt, 4, None)
    assert await credits(studio) == (1, 0)
    await studio.ana.click(card, "Approve")
    await studio.ana.see("4 credits charged*", timeout_seconds=20)
    assert await credits(studio) == (5, 0)
    assert studio.slack.refusals == []


async def test_the_menu_says_which_image_the_buttons_are_about(studio: Studio) -> None:
    done = await finished(studio)
    second = (await images(studio))[1]
    item_id = (await newest(studio)).items[0].id
    await studio.ana.choose(done, "result_image", f"{item_id}.2")
    await studio.ana.click(done, "Upscale")
    await studio.ana.see("Approve · 2 credits")
    assert (await newest(studio)).items[0].sources[0].image_id == second.id
    assert studio.slack.refusals == []


async def test_without_a_choice_the_buttons_are_about_the_first_image(studio: Studio) -> None:
    done = await finished(studio)
    first = (await images(studio))[0]
    await studio.ana.click(done, "Upscale")
    await studio.ana.see("Approve · 2 credits")
    assert (await newest(studio)).items[0].sources[0].image_id == first.id


async def test_everybody_chooses_for_themselves(studio: Studio) -> None:
    done = await finished(studio, channel="design")
    both = await images(studio)
    item_id = (await newest(studio)).items[0].id
    await studio.ana.choose(done, "result_image", f"{item_id}.2")
    await studio.ben.click(done, "Upscale")
    await studio.ben.see("Approve · 2 credits", channel="design")
    proposal = await newest(studio)
    assert proposal.items[0].sources[0].image_id == both[0].id
    assert proposal.requester_id == studio.ben.id


async def test_more_shows_the_image_with_how_it_was_made(studio: Studio) -> None:
    done = await finished(studio)
    both = await images(studio)
    await studio.ana.click(done, "More")
    modal = await studio.ana.see_modal("Image 1 of the sheet")
    shown = str(modal["blocks"])
    assert both[0].prompt in shown
    assert f"seed {both[0].seed}" in shown
    assert "64 × 64 px" in shown
    assert "1 credit charged" in shown
    assert modal["blocks"][0]["alt_text"].startswith("AI-generated image: ")
    assert studio.slack.refusals == []


async def test_full_size_posts_an_image_of_a_sheet_once_and_then_leads_to_it(
    studio: Studio,
) -> None:
    done = await finished(studio)
    item_id = (await newest(studio)).items[0].id
    await studio.ana.choose(done, "result_image", f"{item_id}.2")
    await studio.ana.click(done, "More")
    await studio.ana.click(await studio.ana.see_modal("Image 2 of the sheet"), "Full size")
    await studio.ana.see_modal("on its way into the thread")
    original = await studio.ana.see("Image 2, ")
    assert len(original["files"]) == 1
    await studio.slack.quiet()
    await studio.ana.click(await studio.ana.modal(), "Full size")
    await studio.ana.see_modal("is in this thread already")
    assert sum(has_files(message) for message in studio.ana.messages()) == 2


async def test_full_size_of_a_single_image_leads_to_the_post_there_is(studio: Studio) -> None:
    done = await finished(studio, MUG)
    await studio.ana.click(done, "More")
    await studio.ana.click(await studio.ana.see_modal("Full size"), "Full size")
    await studio.ana.see_modal("is in this thread already")
    assert sum(has_files(message) for message in studio.ana.messages()) == 1


async def test_the_settings_can_be_used_again_and_edited(studio: Studio) -> None:
    done = await finished(studio, MUG)
    first = (await images(studio))[0]
    await studio.ana.click(done, "More")
    await studio.ana.click(await studio.ana.modal(), "Use these settings")
    await studio.ana.see_modal("A proposal is ready")
    proposal = await newest(studio)
    settings = proposal.items[0].settings
    assert proposal.state is ProposalState.AWAITING
    assert (settings.seed, settings.prompt, settings.count) == (first.seed, first.prompt, 1)


async def test_the_chain_of_versions_can_be_walked(studio: Studio) -> None:
    done = await finished(studio, MUG)
    await studio.ana.click(done, "Upscale")
    await studio.ana.click(await studio.ana.see("Approve · 2 credits"), "Approve")
    larger = await studio.ana.see("2 credits charged*", timeout_seconds=20)
    await studio.slack.quiet()
    await studio.ana.click(larger, "More")
    modal = await studio.ana.see_modal("v1 generated → *v2 upscaled (this one)*")
    await studio.ana.click(modal, "Back to v1")
    modal = await studio.ana.see_modal("*v1 generated (this one)* → v2 upscaled")
    await studio.ana.click(modal, "On to v2")
    await studio.ana.see_modal("*v2 upscaled (this one)*")
    image = (await images(studio))[0]
    assert image.origin is Origin.UPSCALED
    assert studio.slack.refusals == []


async def test_a_star_is_ones_own(studio: Studio) -> None:
    done = await finished(studio, MUG, channel="design")
    image = (await images(studio))[0]
    await studio.ana.click(done, "More")
    await studio.ana.click(await studio.ana.modal(), "Star")
    await studio.ana.see_modal("Unstar")
    await studio.ben.click(done, "More")
    await studio.ben.see_modal(lambda view: "Unstar" not in str(view))

    async def starred(user_id: str) -> bool:
        return await studio.services.store.read(
            stars.is_starred, image.id, team_id=studio.slack.team_id, user_id=user_id
        )

    assert (await starred(studio.ana.id), await starred(studio.ben.id)) == (True, False)
    await studio.ana.click(await studio.ana.modal(), "Unstar")
    await studio.ana.see_modal(lambda view: "Unstar" not in str(view))
    assert not await starred(studio.ana.id)


async def test_an_alt_text_keeps_saying_that_the_image_is_generated(studio: Studio) -> None:
    done = await finished(studio, MUG)
    await studio.ana.click(done, "More")
    await studio.ana.click(await studio.ana.modal(), "Edit alt text")
    form = await studio.ana.see_modal("What does it show?")
    assert "no way to change the alt text of a file that is posted already" in str(form)
    assert "AI-generated image" not in str(form["state"])
    answer = await studio.ana.submit(form, {"alt_text": "A blue mug\non a plinth."})
    assert answer["response_action"] == "close"
    await studio.ana.see_modal("The alt text is kept")
    kept = (await images(studio))[0].alt_text
    assert kept == (
        "AI-generated image: A blue mug on a plinth. "
        "Composed by the sketch engine, not an AI model."
    )


async def test_only_the_requester_and_admins_may_edit_the_alt_text(studio: Studio) -> None:
    done = await finished(studio, MUG, channel="design")
    before = (await images(studio))[0].alt_text
    await studio.ben.click(done, "More")
    modal = await studio.ben.modal()
    assert "Edit alt text" not in str(modal)
    assert "Delete" not in str(modal)
    assert (await images(studio))[0].alt_text == before


async def test_where_the_tool_runs_by_itself_a_press_is_enough(studio: Studio) -> None:
    done = await finished(studio, MUG)
    await set_mode(studio, Tool.UPSCALE, Mode.AUTO)
    await studio.ana.click(done, "Upscale")
    await studio.ana.see("2 credits charged*", timeout_seconds=20)
    assert await credits(studio) == (3, 0)


@pytest.mark.parametrize(("tool", "button"), [(Tool.GENERATE, "Vary"), (Tool.UPSCALE, "Upscale")])
async def test_a_blocked_tool_says_so_and_nothing_is_proposed(
    studio: Studio, tool: Tool, button: str
) -> None:
    done = await finished(studio, MUG)
    before = await newest(studio)
    await set_mode(studio, tool, Mode.BLOCKED)
    await studio.ana.click(done, button)
    await studio.ana.see_notice(f"{tool.label} is blocked in this workspace")
    await studio.ana.click(done, "More")
    await studio.ana.click(await studio.ana.modal(), button)
    await studio.ana.see_modal(f"{tool.label} is blocked in this workspace")
    assert (await newest(studio)).id == before.id
    assert await credits(studio) == (1, 0)


async def test_one_press_delivered_twice_is_one_card(studio: Studio) -> None:
    done = await finished(studio, MUG)
    studio.slack.delivery_fault("duplicate", name="block_actions result_vary")
    await studio.ana.click(done, "Vary")
    await studio.ana.see("Approve · 4 credits")
    await studio.slack.quiet()
    assert sum("Approval needed" in m["text"] for m in studio.ana.messages()) == 1


@pytest.mark.parametrize("value", ["", "itm_nobody", "itm_nobody.2", "x.y.z", "img_1"])
async def test_a_forged_button_is_refused_and_nothing_happens(studio: Studio, value: str) -> None:
    done = await finished(studio, MUG)
    before = await newest(studio)
    for block in done["blocks"]:
        for element in block.get("elements", ()):
            if element.get("action_id") in ("result_vary", "result_open"):
                element["value"] = value
    forge(studio, done)
    for button in ("result_vary", "result_open"):
        with contextlib.suppress(Refused):  # a button without a value is none to Slack
            await studio.ana.click(done, button)
    await studio.ana.see_notice("Nothing was done.")
    assert studio.ana.views() == []
    assert (await newest(studio)).id == before.id


def forge(studio: Studio, message: dict[str, object]) -> None:
    """Put a message into the thread's place as somebody with the token would."""
    channel = studio.slack.world.workspace.channels[str(message["channel"])]
    channel.messages[str(message["ts"])].body["blocks"] = message["blocks"]


async def test_an_image_of_another_workspace_is_not_found(studio: Studio) -> None:
    await finished(studio, MUG)
    image = (await images(studio))[0]
    found = await studio.services.store.read(gallery.find, image.id, team_id="T0OTHER001")
    assert found is None
