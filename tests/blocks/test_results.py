"""What is offered for a finished image: on its card, in its modal, in the forms it leads to."""

from decimal import Decimal
from typing import Any

import pytest

from blocks import alt, change, image, posted, receipt, results, subject
from blocks.image import ImageView
from blocks.message import to_json
from blocks.parts import actions
from blocks.subject import Pick, Subject
from bot.domain.images import Image, Origin
from bot.domain.people import Tool
from bot.domain.proposals import DeletedImage, Item, ItemState
from bot.studio.catalog import catalog
from bot.studio.styles import STYLES

from .checked import checked_message, checked_view, nodes, submitted
from .samples import BALANCE, CATALOG, IMAGE, ITEM, PROPOSAL

MODELS = catalog(["sketch", "waifu2x"]).models
FULL = CATALOG.model_copy(update={"models": (*CATALOG.models, *MODELS), "styles": STYLES})
EDITOR = next(model for model in MODELS if model.edits)
UPSCALER = next(model for model in MODELS if model.upscales)
PICK = Pick(picture_id="img_01k", title="mug", file_id="F0123ABCD", alt_text="A mug.")


def item(**fields: Any) -> Item:
    """A finished item."""
    done = {"state": ItemState.DELIVERED, "is_posted": True, "made_count": 4}
    return ITEM.model_copy(update=done | fields)


def labels(row: object) -> list[str]:
    """What the buttons of some blocks say."""
    return [node["text"]["text"] for node in nodes(row) if node.get("type") == "button"]


def step_labels(finished: Item, tool: Tool = Tool.GENERATE) -> list[str]:
    """What the card's row offers."""
    shown = results.steps(finished, PROPOSAL.model_copy(update={"tool": tool}), FULL)
    return labels(to_json([actions(shown)])) if shown else []


@pytest.mark.parametrize(
    ("finished", "tool", "offered"),
    [
        (item(), Tool.GENERATE, ["Upscale · 2 credits", "Vary · 16 credits", "Edit…", "More…"]),
        (item(), Tool.EDIT, ["Upscale · 2 credits", "Edit…", "More…"]),
        (item(made_count=0), Tool.GENERATE, []),
        (item(made_count=1, deleted=(DeletedImage(index=1),)), Tool.GENERATE, []),
        (item(), Tool.INSERT_INTO_CANVAS, []),
    ],
)
def test_a_card_offers_what_can_be_done_with_its_images(
    finished: Item, tool: Tool, offered: list[str]
) -> None:
    assert step_labels(finished, tool) == offered


def test_the_menu_leaves_out_what_was_deleted() -> None:
    finished = item(deleted=(DeletedImage(index=2, by="U0ANA00001"),))
    menu = to_json([actions(results.steps(finished, PROPOSAL, FULL))])[0]["elements"][0]
    assert [option["value"] for option in menu["options"]] == [
        f"{ITEM.id}.1",
        f"{ITEM.id}.3",
        f"{ITEM.id}.4",
    ]
    assert menu["initial_option"] == menu["options"][0]


@pytest.mark.parametrize(
    ("made", "deleted", "words"),
    [
        (4, [], ""),
        (1, [(1, "U1")], "The image was deleted by <@U1>."),
        (1, [(1, "")], "The image was deleted because its time was over."),
        (4, [(3, "U1"), (1, "U1")], "Images 1 and 3 were deleted by <@U1>."),
        (2, [(1, "U1"), (2, "U1")], "All 2 images were deleted by <@U1>."),
        (
            3,
            [(1, "U1"), (2, "U2")],
            "Image 1 was deleted by <@U1>. Image 2 was deleted by <@U2>.",
        ),
    ],
)
def test_a_card_says_which_images_were_deleted_by_whom(
    made: int, deleted: list[tuple[int, str]], words: str
) -> None:
    gone = tuple(DeletedImage(index=index, by=by) for index, by in deleted)
    assert results.deleted_words(item(made_count=made, deleted=gone)) == words


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ({"b": {"result_image": {"selected_option": {"value": "itm_01k.2"}}}}, 2),
        ({"b": {"result_image": {"selected_option": {"value": "itm_other.2"}}}}, None),
        ({"b": {"result_image": {"selected_option": {"value": "itm_01k.x"}}}}, None),
        ({"b": {"result_image": {"selected_option": None}}}, None),
        ({"b": {"result_image": "2"}}, None),
        ({"b": []}, None),
        ([], None),
        (None, None),
    ],
)
def test_what_the_menu_has_selected_is_read_from_any_payload(
    values: object, number: int | None
) -> None:
    assert results.chosen_number(values, "itm_01k") == number


def modal(shown: Image = IMAGE, **fields: Any) -> dict[str, Any]:
    """The modal of an image as Slack reads it, checked."""
    view = ImageView(image=shown, catalog=FULL, file_id="F0123ABCD", may_change=True, **fields)
    return checked_view(image.modal(view))


def test_every_button_of_the_modal_is_heard_as_another() -> None:
    child = IMAGE.model_copy(update={"id": "img_02k", "origin": Origin.EDITED})
    parent = IMAGE.model_copy(update={"id": "img_00k", "origin": Origin.IMPORTED})
    shown = modal(versions=[parent, IMAGE, child], of_count=4)
    spoken = [node["accessibility_label"] for node in nodes(shown) if node.get("type") == "button"]
    assert len(set(spoken)) == len(spoken) == 12
    assert "v1 imported → *v2 generated (this one)* → v3 edited" in str(shown)
    assert shown["blocks"][0]["title"]["text"] == "Image 1 of the sheet"


def test_which_image_of_several_it_is_stands_on_the_sheet_or_by_the_title() -> None:
    name = f"*{IMAGE.title}*"
    by_itself = IMAGE.model_copy(update={"slack_file_id": "F0123ABCD"})
    assert modal(of_count=4)["blocks"][1]["text"]["text"] == name
    assert modal(by_itself, of_count=4)["blocks"][1]["text"]["text"] == f"{name} · image 1"
    assert modal(by_itself)["blocks"][1]["text"]["text"] == name


def test_a_long_chain_shows_the_versions_around_the_one_shown() -> None:
    versions = [IMAGE.model_copy(update={"id": f"img_{n:03}"}) for n in range(30)]
    shown = modal(versions[20], versions=versions)
    assert "… → v17 generated" in str(shown)
    assert "v25 generated → …" in str(shown)


def test_what_may_not_be_changed_has_no_button_for_it() -> None:
    view = ImageView(image=IMAGE, catalog=FULL, file_id=None, may_change=False)
    shown = checked_view(image.modal(view))
    assert not {"Delete…", "Edit alt text…"} & set(labels(shown))
    assert shown["blocks"][0]["type"] == "section"


def test_an_import_offers_no_settings() -> None:
    imported = IMAGE.model_copy(
        update={"origin": Origin.IMPORTED, "model_id": "", "prompt": "", "source_user_id": "U2"}
    )
    shown = modal(imported)
    assert "Posted by <@U2> · kept for <@U0ANA00001>" in str(shown)
    assert not {"Use these settings", "Vary · 16 credits"} & set(labels(shown))


def test_what_the_change_form_shows_is_what_it_gives_back() -> None:
    draft = change.Draft(instruction="warmer", model_id=EDITOR.id, count=2)
    shown = checked_view(
        change.modal(
            Subject(("img_01k",)), [PICK], PICK, draft=draft, editors=[EDITOR], balance=BALANCE
        )
    )
    assert change.parse(submitted(shown)) == draft
    assert change.draft_from_state(submitted(shown), [EDITOR]) == draft


def test_the_alt_text_form_shows_what_is_said_of_the_picture_alone() -> None:
    whole = receipt.alt_whole("A mug.", is_generated=True, is_ai=False)
    shown = checked_view(
        alt.modal(IMAGE.model_copy(update={"alt_text": whole}), None, of_count=1, is_ai=False)
    )
    assert alt.parse(submitted(shown)) == "A mug."
    assert whole.startswith("AI-generated image: A mug.")
    assert receipt.alt_body(whole) == "A mug."


def test_pictures_without_words_are_asked_about_and_kept_in_sound_messages() -> None:
    checked_message(posted.ask(["F0123ABCD", "F0123ABCE"]))
    checked_message(posted.may_keep(["F0123ABCD"]))
    kept = posted.kept([IMAGE, IMAGE], failures=["That picture is animated."])
    assert "That picture is animated." in kept.text
    checked_message(kept)


@pytest.mark.parametrize("scale", [2, 4, 7])
def test_the_upscale_form_gives_back_its_scale(scale: int) -> None:
    shown = checked_view(
        posted.modal(
            Subject(("img_01k", "F0123ABCD"), "C1", "1.2"),
            [PICK, Pick("F0123ABCD", "photo", "F0123ABCD", "")],
            PICK,
            upscalers={2: UPSCALER, 4: UPSCALER},
            scale=scale,
            balance=BALANCE,
        )
    )
    assert posted.parse_scale(submitted(shown)) == (scale if scale in (2, 4) else 2)


def test_pictures_of_the_same_name_are_told_apart_by_their_place() -> None:
    same = [PICK, Pick("F0123ABCD", "mug", "F0123ABCD", "")]
    menu = to_json([subject.chooser(same, PICK)])[0]["element"]
    assert [entry["text"]["text"] for entry in menu["options"]] == ["1. mug", "2. mug"]


@pytest.mark.parametrize(
    "packed", [Subject(("img_1",)), Subject(("F1", "img_2"), "C1", "1.2"), Subject(("F1",), "C1")]
)
def test_a_forms_subject_is_read_as_it_was_packed(packed: Subject) -> None:
    assert subject.unpack(packed.packed) == packed


@pytest.mark.parametrize("forged", ["", " C1 1.2", "a,,b", "F1 C1 1.2 x", ",".join(["F1"] * 41)])
def test_a_forged_subject_is_refused(forged: str) -> None:
    with pytest.raises(ValueError, match="not a subject"):
        subject.unpack(forged)


def test_the_upscale_button_is_of_the_cheapest_that_can() -> None:
    dear = UPSCALER.model_copy(update={"id": "x/dear", "price_usd": Decimal("0.4")})
    catalog = FULL.model_copy(update={"models": (dear, UPSCALER)})
    assert catalog.upscalers() == {2: UPSCALER, 4: UPSCALER}
    shown = [step.to_dict() for step in results.steps(item(), PROPOSAL, catalog)]
    assert "Upscale · 2 credits" in [step["text"]["text"] for step in shown if "text" in step]
