"""Changing a picture: the form, the card, the exact bytes that go to the provider."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.catalog import Aspect
from bot.domain.images import Origin
from bot.domain.people import Mode, Tool
from bot.domain.proposals import ItemState, ProposalState
from bot.errors import Refused, Unavailable, Unknown
from bot.gallery import shown
from storage import gallery
from tests.conftest import Studio
from tests.flows.reading import credits, newest
from tests.flows.results import MUG, Json, approved, finished, full_studio, images
from tests.flows.rules import rules, set_mode
from tests.pictures import photo
from tests.providers import FakeProvider, made


@pytest.fixture
def sketch() -> FakeProvider:
    """The provider that draws and edits."""
    return FakeProvider()


@pytest.fixture
async def studio(tmp_path: Path, sketch: FakeProvider) -> AsyncIterator[Studio]:
    """A studio in which pictures can be made, edited and enlarged."""
    async with full_studio(tmp_path, sketch=sketch) as started:
        yield started


WARMER = "make the background warmer, but keep the subject the same"


async def change(studio: Studio, card: Json, words: str = WARMER) -> Json:
    """Ana presses Edit on a card and says what should change; what the form answers."""
    await studio.ana.click(card, "result_edit")
    form = await studio.ana.see_modal("What should change?")
    return await studio.ana.submit(form, {"change_instruction": words})


async def test_an_edit_is_proposed_with_its_source_and_made_from_its_exact_bytes(
    studio: Studio, sketch: FakeProvider
) -> None:
    done = await finished(studio)
    second = (await images(studio))[1]
    item_id = (await newest(studio)).items[0].id
    await studio.ana.choose(done, "result_image", f"{item_id}.2")
    await studio.ana.click(done, "result_edit")
    form = await studio.ana.see_modal("What should change?")
    assert form["blocks"][0]["title"]["text"] == "Image 2 of the sheet"
    assert "1 image · *1 credit*" in str(form["blocks"])
    answer = await studio.ana.submit(form, {"change_instruction": WARMER})
    assert answer["response_action"] == "clear"
    card = await studio.ana.see("Approval needed")
    assert card["thread_ts"] == done["thread_ts"]
    proposal = await newest(studio)
    assert proposal.tool is Tool.EDIT
    assert proposal.items[0].sources[0].image_id == second.id
    assert "fox logo, image 2" in card["text"]
    assert proposal.items[0].title == "fox logo"
    assert proposal.items[0].settings.prompt == WARMER
    assert proposal.items[0].settings.aspect is Aspect.SQUARE
    assert proposal.shows_sources
    assert await credits(studio) == (2, 0)
    await approved(studio.ana)
    order = sketch.orders[-1]
    data = await studio.services.blobs.get(second.sha256, team_id=second.team_id)
    assert [source.data for source in order.sources] == [data]
    assert (order.prompt, order.model.id) == (WARMER, "sketch/retouch")
    image = (await images(studio))[0]
    assert (image.origin, image.parent_id) == (Origin.EDITED, second.id)
    assert await credits(studio) == (3, 0)
    assert studio.slack.refusals == []


async def test_the_form_follows_the_count_with_its_price(studio: Studio) -> None:
    done = await finished(studio, MUG)
    await studio.ana.click(done, "result_edit")
    form = await studio.ana.see_modal("What should change?")
    await studio.ana.fill(form, {"change_instruction": WARMER})
    await studio.ana.choose(form, "change_count", "3")
    form = await studio.ana.see_modal("3 images · *3 credits*")
    assert WARMER in str(form["state"])
    await studio.ana.submit(form)
    await studio.ana.see("Approve · 3 credits")
    assert studio.slack.refusals == []


async def test_from_the_modal_the_form_lies_on_it_and_leads_to_the_images_thread(
    studio: Studio,
) -> None:
    done = await finished(studio, MUG)
    await studio.ana.click(done, "More")
    await studio.ana.click(await studio.ana.modal(), "Edit…")
    form = await studio.ana.see_modal("What should change?")
    assert len(studio.ana.views()) == 2
    await studio.ana.submit(form, {"change_instruction": WARMER})
    card = await studio.ana.see("Approval needed")
    assert card["thread_ts"] == done["thread_ts"]
    assert studio.ana.views() == []
    assert studio.slack.refusals == []


@pytest.mark.parametrize("words", ["   ", "\n"])
async def test_without_a_change_the_form_asks_for_one(studio: Studio, words: str) -> None:
    done = await finished(studio, MUG)
    answer = await change(studio, done, words)
    assert answer["errors"] == {"instruction": "Write what should change."}


async def test_words_with_control_characters_are_refused_under_the_field(studio: Studio) -> None:
    done = await finished(studio, MUG)
    answer = await change(studio, done, "make it\x07 blue")
    assert "invisible control character" in answer["errors"]["instruction"]


async def test_the_shortcut_edits_a_picture_of_somebody_elses_message(
    studio: Studio, sketch: FakeProvider
) -> None:
    message = await studio.ben.say("our team", channel="design", files=[photo()])
    await studio.slack.quiet()
    await studio.ana.shortcut("edit_image", message)
    form = await studio.ana.see_modal("What should change?")
    assert form["blocks"][0]["slack_file"]["id"] == message["files"][0]["id"]
    await studio.ana.submit(form, {"change_instruction": WARMER})
    card = await studio.ana.see("Approval needed", channel="design")
    assert card["thread_ts"] == message["ts"]
    item = (await newest(studio)).items[0]
    assert (item.title, item.settings.aspect) == ("picture.png", Aspect.LANDSCAPE_3_2)
    source = await studio.services.store.read(
        gallery.find, item.sources[0].image_id, team_id=studio.slack.team_id
    )
    assert source is not None and source.is_imported
    await approved(studio.ana, channel="design")
    data = await studio.services.blobs.get(source.sha256, team_id=source.team_id)
    assert sketch.orders[-1].sources[0].data == data
    assert (await images(studio))[0].parent_id == source.id
    assert studio.slack.refusals == []


async def test_the_shortcut_on_a_sheet_of_ours_asks_which_image(studio: Studio) -> None:
    await finished(studio)
    both = await images(studio)
    sheet = await studio.ana.see(lambda m: bool(m.get("files")))
    await studio.ana.shortcut("edit_image", sheet)
    form = await studio.ana.see_modal("Image 1 of the sheet")
    await studio.ana.choose(form, "pick_picture", both[1].id)
    form = await studio.ana.see_modal("Image 2 of the sheet")
    await studio.ana.submit(form, {"change_instruction": WARMER})
    await studio.ana.see("Approval needed")
    assert (await newest(studio)).items[0].sources[0].image_id == both[1].id
    assert studio.slack.refusals == []


async def test_where_importing_asks_the_picture_is_imported_once_the_card_is_approved(
    studio: Studio, sketch: FakeProvider
) -> None:
    await set_mode(studio, Tool.IMPORT_ATTACHMENT, Mode.ASK)
    message = await studio.ben.say("our team", channel="design", files=[photo()])
    await studio.slack.quiet()
    await studio.ana.shortcut("edit_image", message)
    form = await studio.ana.see_modal("What should change?")
    await studio.ana.submit(form, {"change_instruction": WARMER})
    await studio.ana.see("Approval needed", channel="design")
    proposal = await newest(studio)
    source = proposal.items[0].sources[0]
    assert (source.image_id, source.slack_file_id) == ("", message["files"][0]["id"])
    assert Tool.IMPORT_ATTACHMENT in proposal.tools
    await approved(studio.ana, channel="design")
    source = (await newest(studio)).items[0].sources[0]
    assert source.image_id.startswith("img_")
    assert len(sketch.orders[-1].sources[0].data) > 100
    assert (await images(studio))[0].parent_id == source.image_id
    assert await credits(studio) == (1, 0)


async def test_importing_that_is_blocked_after_the_approval_ends_the_job_uncharged(
    studio: Studio, sketch: FakeProvider
) -> None:
    await set_mode(studio, Tool.IMPORT_ATTACHMENT, Mode.ASK)
    message = await studio.ben.say("our team", channel="design", files=[photo()])
    await studio.slack.quiet()
    await studio.ana.shortcut("edit_image", message)
    form = await studio.ana.see_modal("What should change?")
    await studio.ana.submit(form, {"change_instruction": WARMER})
    card = await studio.ana.see("Approval needed", channel="design")
    await set_mode(studio, Tool.IMPORT_ATTACHMENT, Mode.BLOCKED)
    await studio.ana.click(card, "Approve")
    await studio.ana.see_notice("Importing pictures is blocked in this workspace")
    assert sketch.orders == []
    assert await credits(studio) == (0, 0)


async def test_blocked_importing_refuses_the_edit_of_a_posted_picture(studio: Studio) -> None:
    await set_mode(studio, Tool.IMPORT_ATTACHMENT, Mode.BLOCKED)
    message = await studio.ben.say("our team", channel="design", files=[photo()])
    await studio.slack.quiet()
    await studio.ana.shortcut("edit_image", message)
    form = await studio.ana.see_modal("What should change?")
    await studio.ana.submit(form, {"change_instruction": WARMER})
    await studio.ana.see_notice("Importing pictures is blocked in this workspace")


@pytest.mark.parametrize("surface", ["card", "shortcut", "modal"])
async def test_blocked_editing_opens_no_form(studio: Studio, surface: str) -> None:
    done = await finished(studio, MUG)
    await set_mode(studio, Tool.EDIT, Mode.BLOCKED)
    posted = await studio.ana.see(lambda m: bool(m.get("files")))
    if surface == "card":
        await studio.ana.click(done, "result_edit")
    elif surface == "shortcut":
        await studio.ana.shortcut("edit_image", posted)
    else:
        await studio.ana.click(done, "More")
        await studio.ana.click(await studio.ana.modal(), "Edit…")
    await studio.slack.quiet()
    assert "Editing is blocked in this workspace" in str(
        [*studio.ana.notices(), *studio.ana.views()]
    )
    assert "What should change?" not in str(studio.ana.views())


async def test_where_no_model_edits_there_is_no_button_and_a_sentence(studio: Studio) -> None:
    await rules(studio, model_ids=["sketch/compose"])
    message = await studio.ben.say("our team", channel="design", files=[photo()])
    await studio.slack.quiet()
    await studio.ana.shortcut("edit_image", message)
    await studio.ana.see_notice("No model of this workspace can edit pictures")


async def test_an_image_deleted_before_the_approval_ends_the_job_uncharged(
    studio: Studio, sketch: FakeProvider
) -> None:
    done = await finished(studio, MUG)
    await change(studio, done)
    card = await studio.ana.see("Approval needed")
    await studio.ana.click(done, "More")
    await studio.ana.click(await studio.ana.modal(), "Delete")
    await studio.ana.see_modal("The image is deleted")
    before = len(sketch.orders)
    await studio.ana.click(studio.ana.refresh(card), "Approve")
    await studio.ana.see("The picture to work on was deleted")
    proposal = await newest(studio)
    assert (proposal.state, proposal.items[0].state) == (ProposalState.FAILED, ItemState.FAILED)
    assert len(sketch.orders) == before
    assert await credits(studio) == (1, 0)


@pytest.mark.parametrize(
    ("answer", "words", "charged"),
    [
        (Refused("a public figure is shown", was_billed=False), "a public figure is shown", (1, 0)),
        (Unavailable("closed for today", retry_after_seconds=0.01), "1 credit charged*", (2, 0)),
        (Unknown(), "The provider did not answer", (1, 1)),
    ],
)
async def test_a_provider_that_fails_an_edit_is_dealt_with_as_for_any_image(
    tmp_path: Path, answer: Exception, words: str, charged: tuple[int, int]
) -> None:
    sketch = FakeProvider(made, answer)
    async with full_studio(tmp_path, sketch=sketch) as studio:
        done = await finished(studio, MUG)
        await change(studio, done)
        card = await studio.ana.see("Approval needed")
        await studio.ana.click(card, "Approve")
        seen = await studio.ana.see(
            lambda m: m["ts"] == card["ts"] and words.lower() in str(m["blocks"]).lower(),
            timeout_seconds=10,
        )
        assert seen["thread_ts"] == done["thread_ts"]
        await studio.slack.quiet()
        assert await credits(studio) == charged


async def test_one_submission_delivered_twice_is_one_card(studio: Studio) -> None:
    done = await finished(studio, MUG)
    studio.slack.delivery_fault("duplicate", name="view_submission change_modal")
    await change(studio, done)
    await studio.ana.see("Approval needed")
    await studio.slack.quiet()
    assert sum("Approval needed" in m["text"] for m in studio.ana.messages()) == 1


async def test_the_last_image_is_edited_by_asking_for_it(
    studio: Studio, sketch: FakeProvider
) -> None:
    done = await finished(studio, MUG)
    first = (await images(studio))[0]
    await studio.ana.say(
        "Edit the last image so the background is warmer, but keep the subject the same",
        thread_ts=done["thread_ts"],
    )
    await studio.ana.see("Approval needed")
    proposal = await newest(studio)
    assert proposal.tool is Tool.EDIT
    assert proposal.items[0].sources[0].image_id == first.id
    await approved(studio.ana)
    assert (await images(studio))[0].parent_id == first.id


@pytest.mark.parametrize(
    ("words", "row"), [("make the second one blue", 1), ("make the last image warmer", 2)]
)
async def test_a_row_of_a_batch_is_meant_by_its_number_and_the_last_by_its_place(
    studio: Studio, words: str, row: int
) -> None:
    said = await studio.ana.say("an icon of a house, an icon of a tree and an icon of a boat")
    await studio.ana.click(await studio.ana.see("Approval needed: 3 images"), "Approve all")
    await studio.ana.see("*3 credits charged*", timeout_seconds=20)
    rows = [item.id for item in (await newest(studio)).items]
    await studio.ana.say(words, thread_ts=said["ts"])
    await studio.slack.quiet()
    proposal = await newest(studio)
    assert proposal.tool is Tool.EDIT
    found = await shown.find(
        studio.services, proposal.items[0].sources[0].image_id, team_id=proposal.team_id
    )
    assert found.image.item_id == rows[row]
