"""Finished images put into canvases by hand, and taken out again, as conversations."""

import pytest

from bot.domain.audit import Deed
from bot.domain.images import Image
from bot.domain.insertions import InsertionState
from bot.domain.people import Mode, Tool
from bot.domain.proposals import ItemState, ProposalState
from bot.sandbox.wire import Json
from bot.tools.insert import insert
from storage import audit, gallery
from tests.conftest import Studio
from tests.flows.canvases import (
    ask_for_images,
    ask_to_insert,
    insertions_now,
    pictures,
    plan_of_channel,
)
from tests.flows.reading import credits, newest
from tests.flows.rules import rules, set_mode
from tests.flows.showing import show_button


async def an_image(studio: Studio, *, text: str = "a red fox", channel: str = "design") -> Image:
    """An image that Ana asked for and has."""
    await studio.ana.say(f"@aethera {text}", channel=channel)
    card = await studio.ana.see("Approval needed", channel=channel)
    await studio.ana.click(card, "Approve")
    await studio.ana.see("credit charged*", channel=channel)
    images, _ = await studio.services.store.read(
        gallery.search, team_id=studio.slack.team_id, user_id=studio.ana.id, limit=1
    )
    return images[0]


async def deeds(studio: Studio) -> list[tuple[Deed, str]]:
    """What the audit log has, newest first: deed and who."""
    found = await studio.services.store.read(audit.newest, team_id=studio.slack.team_id, limit=9)
    return [(entry.deed, entry.actor_id) for _, entry in found]


async def inserted(studio: Studio) -> Json:
    """The card that says so."""
    return await studio.ana.see("Inserted into canvas", channel="design")


async def test_insert_asks_where_and_puts_it_there(studio: Studio) -> None:
    canvas_id = await plan_of_channel(studio)
    before = studio.ana.canvas_markdown(canvas_id)
    image = await an_image(studio)
    await studio.ana.click(await show_button(studio, "result_insert", image.id), "result_insert")
    modal = await studio.ana.modal()
    assert image.title in str(modal["blocks"])
    await studio.ana.choose(modal, "insert_canvas", "Launch plan")
    modal = await studio.ana.see_modal("Under the heading")
    result = await studio.ana.submit(modal, {"insert_heading": _option(modal, "Social")})
    assert result["response_action"] == "close"
    card = await inserted(studio)
    assert f"Approved by <@{studio.ana.id}>" in card["text"] and "under “Social”" in card["text"]
    assert card["thread_ts"] == (await newest(studio)).thread_ts
    lines = studio.ana.canvas_markdown(canvas_id).split("\n\n")
    at = lines.index("## Social") + 1
    assert lines[at].startswith("![AI-generated image: ")
    del lines[at : at + 2]
    assert "\n\n".join(lines) == before
    assert await credits(studio) == (1, 0)
    proposal = await newest(studio)
    assert (proposal.state, proposal.price_credits) == (ProposalState.DONE, 0)
    assert (await deeds(studio))[0] == (Deed.INSERTED, studio.ana.id)
    files = [file for m in studio.ana.messages("design") for file in m.get("files", ())]
    assert [file["mimetype"] for file in files if file["mode"] != "quip"] == ["image/png"]
    assert studio.slack.refusals == []


def _option(modal: Json, label: str) -> str:
    """The value of the heading with that label."""
    for block in modal["blocks"]:
        for option in block.get("element", {}).get("options", ()):
            if option["text"]["text"] == label:
                return str(option["value"])
    raise LookupError(label)


async def test_the_end_of_a_canvas_is_a_place_too(studio: Studio) -> None:
    canvas_id = await plan_of_channel(studio)
    image = await an_image(studio)
    await studio.ana.click(await show_button(studio, "result_insert", image.id), "result_insert")
    await studio.ana.choose(await studio.ana.modal(), "insert_canvas", "Launch plan")
    modal = await studio.ana.see_modal("Under the heading")
    await studio.ana.submit(modal, {"insert_heading": "end"})
    assert "at its end" in (await inserted(studio))["text"]
    assert studio.ana.canvas_markdown(canvas_id).split("\n\n")[-1].startswith("Image: ")


async def test_a_heading_that_went_while_the_form_was_open_is_said_in_it(studio: Studio) -> None:
    canvas_id = await plan_of_channel(studio)
    image = await an_image(studio)
    await studio.ana.click(await show_button(studio, "result_insert", image.id), "result_insert")
    await studio.ana.choose(await studio.ana.modal(), "insert_canvas", "Launch plan")
    modal = await studio.ana.see_modal("Under the heading")
    social = _option(modal, "Social")
    await studio.ana.edit_canvas(canvas_id, "replace", "## Media", section="Social")
    answer = await studio.ana.submit(modal, {"insert_heading": social})
    assert "not in the canvas any more" in str(answer["errors"])
    assert pictures(studio.ana.canvas_markdown(canvas_id)) == []


async def test_somebody_who_is_not_there_cannot_insert_it(studio: Studio) -> None:
    await plan_of_channel(studio)
    image = await an_image(studio)
    shown = await show_button(studio, "result_insert", image.id, channel="launch")
    await studio.cem.click(shown, "result_insert")
    await studio.cem.see_notice("made in a conversation that you are not in")


async def test_blocked_it_is_not_even_proposed(studio: Studio) -> None:
    canvas_id = await plan_of_channel(studio)
    image = await an_image(studio)
    await set_mode(studio, Tool.INSERT_INTO_CANVAS, Mode.BLOCKED)
    await studio.ana.click(await show_button(studio, "result_insert", image.id), "result_insert")
    await studio.ana.choose(await studio.ana.modal(), "insert_canvas", "Launch plan")
    modal = await studio.ana.see_modal("Under the heading")
    await studio.ana.submit(modal, {"insert_heading": "end"})
    await studio.ana.see_notice("Inserting into a canvas is blocked in this workspace.")
    assert pictures(studio.ana.canvas_markdown(canvas_id)) == []


async def test_asked_in_words_with_its_place_it_waits_for_approval(studio: Studio) -> None:
    canvas_id = await plan_of_channel(studio)
    image = await an_image(studio)
    await ask_to_insert(studio, image.id, heading="hero")
    card = await studio.ana.see("under “Hero”", channel="design")
    assert "Approval needed" in card["text"]
    assert pictures(studio.ana.canvas_markdown(canvas_id)) == []
    await studio.ana.click(card, "Edit")
    modal = await studio.ana.see_modal("Under the heading")
    await studio.ana.submit(modal, {"insert_heading": _option(modal, "Social")})
    card = await studio.ana.see("under “Social”", channel="design")
    await studio.ana.click(card, "Approve")
    await inserted(studio)
    lines = studio.ana.canvas_markdown(canvas_id).split("\n\n")
    assert lines[lines.index("## Social") + 1].startswith("![")
    assert await credits(studio) == (1, 0)


async def test_where_insertions_run_by_themselves_nobody_is_asked(studio: Studio) -> None:
    canvas_id = await plan_of_channel(studio)
    image = await an_image(studio)
    await set_mode(studio, Tool.INSERT_INTO_CANVAS, Mode.AUTO)
    await ask_to_insert(studio, image.id, heading="Hero")
    await inserted(studio)
    assert len(pictures(studio.ana.canvas_markdown(canvas_id))) == 1


ASKED_BACK = [
    ("", "Under which heading of"),
    ("Footer", "has no heading “Footer”. It has “Hero one”, “Hero two”."),
    ("hero", "has 2 headings like “hero”. Which one?"),
]


@pytest.mark.parametrize(("heading", "words"), ASKED_BACK)
async def test_an_open_place_is_asked_for_once(studio: Studio, heading: str, words: str) -> None:
    canvas_id = await plan_of_channel(studio, "## Hero one\n\nA.\n\n## Hero two\n\nB.")
    image = await an_image(studio)
    await ask_to_insert(studio, image.id, heading=heading)
    question = await studio.ana.see(words, channel="design")
    await studio.ana.click(question, "Choose where")
    await studio.ana.choose(await studio.ana.modal(), "insert_canvas", "Launch plan")
    modal = await studio.ana.see_modal("Under the heading")
    await studio.ana.submit(modal, {"insert_heading": _option(modal, "Hero two")})
    await inserted(studio)
    assert len(pictures(studio.ana.canvas_markdown(canvas_id))) == 1
    await studio.ana.click(question, "Choose where")
    await studio.ana.choose(await studio.ana.modal(), "insert_canvas", "Launch plan")
    modal = await studio.ana.see_modal("Under the heading")
    await studio.ana.submit(modal, {"insert_heading": "end"})
    await studio.ana.see_notice("This was answered before")
    assert len(pictures(studio.ana.canvas_markdown(canvas_id))) == 1


async def test_without_a_canvas_here_the_place_is_asked_for(studio: Studio) -> None:
    image = await an_image(studio)
    await ask_to_insert(studio, image.id)
    question = await studio.ana.see("Where should it go?", channel="design")
    await studio.ben.click(question, "Choose where")
    await studio.ben.see_notice("Only the person who asked can choose here.")


async def test_undo_takes_out_exactly_what_was_inserted(studio: Studio) -> None:
    canvas_id = await plan_of_channel(studio)
    before = studio.ana.canvas_markdown(canvas_id)
    image = await an_image(studio)
    await set_mode(studio, Tool.INSERT_INTO_CANVAS, Mode.AUTO)
    await ask_to_insert(studio, image.id, heading="Hero")
    card = await inserted(studio)
    await studio.ana.click(card, "Undo insert")
    undone = await studio.ana.see(", and undone", channel="design")
    assert undone["ts"] == card["ts"]
    assert studio.ana.canvas_markdown(canvas_id) == before
    assert (await deeds(studio))[0] == (Deed.INSERT_UNDONE, studio.ana.id)
    assert await credits(studio) == (1, 0)
    await studio.ana.click(undone, "Insert again")
    again = await studio.ana.see(
        lambda m: "Inserted into canvas" in m["text"] and m["ts"] != card["ts"], channel="design"
    )
    assert len(pictures(studio.ana.canvas_markdown(canvas_id))) == 1
    await studio.ana.click(undone, "Insert again")
    await studio.ana.see_notice("This was answered before")
    assert len(pictures(studio.ana.canvas_markdown(canvas_id))) == 1
    assert again["thread_ts"] == card["thread_ts"]


async def test_who_asked_approvers_and_admins_may_undo_and_nobody_else(studio: Studio) -> None:
    canvas_id = await plan_of_channel(studio)
    image = await an_image(studio)
    await set_mode(studio, Tool.INSERT_INTO_CANVAS, Mode.AUTO)
    await ask_to_insert(studio, image.id, heading="Hero")
    card = await inserted(studio)
    await studio.ben.click(card, "Undo insert")
    await studio.ben.see_notice("can decide this proposal")
    assert len(pictures(studio.ana.canvas_markdown(canvas_id))) == 1
    await rules(studio, approvers=[studio.ben.id])
    await set_mode(studio, Tool.INSERT_INTO_CANVAS, Mode.BLOCKED)
    await studio.ben.click(card, "Undo insert")
    await studio.ana.see(", and undone", channel="design")
    assert (await deeds(studio))[0] == (Deed.INSERT_UNDONE, studio.ben.id)


CHANGED = [
    ("caption", "The image's caption was changed"),
    ("between", "moved or removed from above its caption"),
    ("moved", "moved or removed from above its caption"),
    ("deleted canvas", "it was deleted, or is not shared with me"),
    ("unreachable", "Slack could not be reached"),
    ("refused", "Slack did not take the change to that canvas."),
]


@pytest.mark.parametrize(("what", "words"), CHANGED)
async def test_what_others_changed_is_left_as_it_is(studio: Studio, what: str, words: str) -> None:
    canvas_id = await plan_of_channel(studio)
    image = await an_image(studio)
    await set_mode(studio, Tool.INSERT_INTO_CANVAS, Mode.AUTO)
    await ask_to_insert(studio, image.id, heading="Hero")
    card = await inserted(studio)
    (insertion,) = await insertions_now(studio)
    match what:
        case "caption":
            mine = f"Our new mug. {insertion.marker}"
            await studio.ben.edit_canvas(canvas_id, "replace", mine, section="Image: red fox")
        case "between":
            await studio.ben.edit_canvas(
                canvas_id, "insert_before", "Note!", section="Image: red fox"
            )
        case "moved":
            await studio.ben.edit_canvas(
                canvas_id, "move", section=insertion.marker, after="Last words"
            )
        case "deleted canvas":
            await studio.ana.delete_canvas(canvas_id)
        case "unreachable":
            studio.slack.fault("canvases.edit", status=503, times=9)
        case "refused":
            studio.slack.fault("canvases.edit", error="canvas_editing_failed", times=9)
    before = None if what == "deleted canvas" else studio.ana.canvas_markdown(canvas_id)
    await studio.ana.click(card, "Undo insert")
    await studio.ana.see_notice(words)
    if before is not None:
        assert studio.ana.canvas_markdown(canvas_id) == before
    (insertion,) = await insertions_now(studio)
    assert insertion.state is InsertionState.INSERTED


async def test_what_somebody_took_out_by_hand_counts_as_undone(studio: Studio) -> None:
    canvas_id = await plan_of_channel(studio)
    image = await an_image(studio)
    await set_mode(studio, Tool.INSERT_INTO_CANVAS, Mode.AUTO)
    await ask_to_insert(studio, image.id, heading="Hero")
    card = await inserted(studio)
    (insertion,) = await insertions_now(studio)
    await studio.ben.edit_canvas(canvas_id, "delete", section=insertion.marker)
    await studio.ben.edit_canvas(canvas_id, "delete", section=insertion.marker)
    before = studio.ana.canvas_markdown(canvas_id)
    await studio.ana.click(card, "Undo insert")
    await studio.ana.see_notice("Somebody had taken the image out of the canvas before")
    await studio.ana.see(", and undone", channel="design")
    assert studio.ana.canvas_markdown(canvas_id) == before


async def test_the_inserts_of_a_batch_are_undone_from_a_list(studio: Studio) -> None:
    canvas_id = await plan_of_channel(studio)
    before = studio.ana.canvas_markdown(canvas_id)
    await ask_for_images(studio)
    await studio.ana.click(await studio.ana.see("Approval needed", channel="design"), "Approve")
    card = await studio.ana.see("Undo inserts (2)", channel="design")
    await studio.ben.click(card, "Undo inserts")
    await studio.ben.see_notice("can decide this proposal")
    await studio.ana.click(card, "Undo inserts")
    modal = await studio.ana.modal()
    ids = [each.id for each in await insertions_now(studio)]
    await studio.ana.submit(modal, {"insert_undone": [ids[0]]})
    card = await studio.ana.see("Undo inserts (1)", channel="design")
    assert len(pictures(studio.ana.canvas_markdown(canvas_id))) == 1
    await studio.ana.click(card, "Undo inserts")
    await studio.ana.submit(await studio.ana.modal())
    await studio.ana.see(lambda m: m["text"].count(", and undone") == 2, channel="design")
    assert studio.ana.canvas_markdown(canvas_id) == before
    assert await credits(studio) == (2, 0)


async def test_after_a_failure_another_place_can_be_chosen(studio: Studio) -> None:
    canvas_id = await plan_of_channel(studio)
    image = await an_image(studio)
    await ask_to_insert(studio, image.id, heading="Hero")
    card = await studio.ana.see("under “Hero”", channel="design")
    await studio.ana.edit_canvas(canvas_id, "replace", "## Heroes", section="Hero")
    await studio.ana.click(card, "Approve")
    failed = await studio.ana.see("Not inserted", channel="design")
    assert (await newest(studio)).items[0].state is ItemState.FAILED
    assert "The heading “Hero” is no longer in that canvas." in failed["text"]
    await studio.ana.click(failed, "Choose where")
    await studio.ana.choose(await studio.ana.modal(), "insert_canvas", "Launch plan")
    modal = await studio.ana.see_modal("Under the heading")
    await studio.ana.submit(modal, {"insert_heading": _option(modal, "Heroes")})
    await inserted(studio)
    assert await credits(studio) == (1, 0)


async def test_an_answer_that_was_lost_is_looked_for_and_nothing_inserted_twice(
    studio: Studio,
) -> None:
    canvas_id = await plan_of_channel(studio)
    image = await an_image(studio)
    await set_mode(studio, Tool.INSERT_INTO_CANVAS, Mode.AUTO)
    studio.slack.fault("canvases.edit", lost_answer=True)
    await ask_to_insert(studio, image.id, heading="Hero")
    await studio.ana.see("Being inserted", channel="design")
    while not pictures(studio.ana.canvas_markdown(canvas_id)):
        await studio.slack.quiet()
    item_id = (await newest(studio)).items[0].id
    assert await insert(studio.services, item_id, 1) == 0
    assert await insert(studio.services, item_id, 2) == 0
    assert len(pictures(studio.ana.canvas_markdown(canvas_id))) == 1
    assert len(studio.slack.calls("canvases.edit")) == 1
    (insertion,) = await insertions_now(studio)
    assert insertion.state is InsertionState.INSERTED
    await studio.ana.see("Inserted into canvas", channel="design", timeout_seconds=15)


async def test_somebody_who_edits_beside_us_keeps_every_word(studio: Studio) -> None:
    canvas_id = await plan_of_channel(studio)
    await ask_for_images(studio)
    card = await studio.ana.see("Approval needed", channel="design")
    await studio.ana.click(card, "Approve")
    await studio.ben.edit_canvas(canvas_id, "replace", "A blue mug.", section="A ceramic mug")
    await studio.ben.edit_canvas(canvas_id, "insert_before", "Between.", section="Social")
    await studio.ana.see(lambda m: m["text"].count("Inserted under") == 2, channel="design")
    await studio.ben.edit_canvas(canvas_id, "insert_at_end", "After all.")
    lines = studio.ana.canvas_markdown(canvas_id).split("\n\n")
    for heading in ("## Hero", "## Social"):
        at = lines.index(heading) + 1
        assert lines[at].startswith("![")
        del lines[at : at + 2]
    assert lines == [
        "# Launch plan", "Intro.", "## Hero", "A blue mug.", "Between.", "## Social",
        "- [ ] a fox", "Last words.", "After all.",
    ]  # fmt: skip
