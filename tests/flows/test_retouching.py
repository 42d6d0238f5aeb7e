"""An edit and an upscale: the picture in sight, the settings of the tool, its own words."""

from typing import Any

from bot.domain.people import Tool
from bot.domain.proposals import ItemSource
from bot.domain.requests import PlannedItem, ProposePlan
from storage import gallery
from tests.conftest import Studio
from tests.flows.asking import ask, planned, propose
from tests.flows.reading import credits, has_files, newest
from tests.flows.rules import rules


async def made_mug(studio: Studio, *, channel: str = "dm") -> ItemSource:
    """A picture of a mug, made and posted."""
    await propose(studio, [planned("mug")], channel=channel)
    await studio.ana.click(await studio.ana.see("Approve", channel=channel), "Approve")
    await studio.ana.see("*1 credit charged*", channel=channel)
    item = (await newest(studio)).items[0]
    (image,) = await studio.services.store.read(
        gallery.of_item, item.id, team_id=studio.slack.team_id
    )
    posted = await studio.ana.see(has_files, channel=channel)
    return ItemSource(image_id=image.id, slack_file_id=posted["files"][0]["id"], title="mug")


def edit_of(*sources: ItemSource, **changes: Any) -> PlannedItem:
    """Make the mug warmer."""
    values: dict[str, Any] = {
        "prompt": "Make the background warmer",
        "original": "make the background of the mug warmer",
        "model_id": "sketch/retouch",
        "sources": sources,
    }
    return planned("mug, warmer", **values | changes)


def pictures(card: dict[str, Any]) -> list[dict[str, Any]]:
    """The picture blocks of a card."""
    return [block for block in card["blocks"] if block["type"] == "image"]


async def test_an_edit_shows_the_picture_it_is_about(studio: Studio) -> None:
    mug = await made_mug(studio)
    await propose(studio, [edit_of(mug)], tool=Tool.EDIT)
    card = await studio.ana.see("wants to change *mug*: Make the background warmer")
    (block,) = pictures(card)
    assert block["slack_file"]["id"] == mug.slack_file_id
    assert block["alt_text"] == "Picture to edit: mug"
    assert "Approve · 1 credit" in str(card["blocks"])
    assert studio.slack.refusals == []


async def test_a_picture_that_slack_refuses_costs_no_card(studio: Studio) -> None:
    mug = await made_mug(studio)
    studio.slack.fault("chat.postMessage", times=1, error="invalid_blocks")
    plan = ProposePlan(tool=Tool.EDIT, items=(edit_of(mug),))
    await ask(studio, plan, thread_ts=(await newest(studio)).thread_ts)
    card = await studio.ana.see("wants to change *mug*")
    assert pictures(card) == []
    assert "Approve · 1 credit" in str(card["blocks"])


async def test_the_form_of_an_edit_asks_what_should_change_and_of_models_that_can(
    studio: Studio,
) -> None:
    mug = await made_mug(studio)
    await propose(studio, [edit_of(mug)], tool=Tool.EDIT)
    card = await studio.ana.see("wants to change *mug*")
    await studio.ana.click(card, "Edit")
    form = await studio.ana.modal()
    labels = [b["label"]["text"] for b in form["blocks"] if b["type"] == "input"]
    assert labels == ["What should change", "Model", "Images"]
    offered = await studio.ana.suggest(form, "edit_model", "")
    assert {option["value"] for option in offered} == {"sketch/retouch"}
    await studio.ana.submit(form, {"edit_prompt": "Make it blue", "edit_count": "2"})
    await studio.ana.see("wants to change *mug*: Make it blue")
    item = (await newest(studio)).items[0]
    assert (item.settings.count, item.settings.style_id) == (2, "photo")


async def test_the_original_words_can_be_taken_back_in_the_form(studio: Studio) -> None:
    await propose(studio, [planned("mug", original="a mug pls")])
    await studio.ana.click(await studio.ana.see("Approve"), "Edit")
    form = await studio.ana.modal()
    await studio.ana.click(form, "Use the original words")
    form = await studio.ana.see_modal("Use the improved prompt")
    assert form["blocks"][1]["element"]["initial_value"] == "a mug pls"
    await studio.ana.submit(form)
    await studio.ana.see("a mug pls")
    assert (await newest(studio)).items[0].settings.prompt == "a mug pls"


async def test_more_pictures_than_the_model_takes_are_refused_in_a_sentence(
    studio: Studio,
) -> None:
    mug = await made_mug(studio)
    await propose(studio, [edit_of(mug, mug)], tool=Tool.EDIT)
    await studio.ana.see_notice("Sketch Retouch edits at most one picture at a time")
    assert await credits(studio) == (1, 0)


async def test_a_search_lists_only_models_the_workspace_allows(studio: Studio) -> None:
    await propose(studio, [planned("mug")])
    await rules(studio, model_ids=frozenset({"sketch/compose", "sketch/mark"}))
    await studio.ana.click(await studio.ana.see("Approve"), "Edit")
    offered = await studio.ana.suggest(await studio.ana.modal(), "edit_model", "")
    assert {option["value"] for option in offered} == {"sketch/compose", "sketch/mark"}
