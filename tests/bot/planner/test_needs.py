"""What a text needs of a model beyond its task, and which model is then proposed."""

from decimal import Decimal

import pytest

from bot.domain.catalog import Catalog, Task
from bot.domain.edit_words import asks_to_cut_out
from bot.domain.requests import ProposePlan
from bot.planner.choose import choose_editor
from bot.planner.needs import take_transparency, take_wish
from bot.planner.rules import plan
from bot.studio.catalog import catalog, models
from tests.bot.planner.asking import request

LOCAL = catalog(["sketch"])
FLARE = next(model for model in models() if model.id == "openai/gpt-image-2.6-flare")
CLEAR = FLARE.model_copy(update={"id": "x/clear", "name": "Clear", "has_transparency": True})
VECTOR = FLARE.model_copy(
    update={
        "id": "x/vector",
        "name": "Vector",
        "tasks": (Task.VECTOR, Task.LOGO),
        "has_transparency": False,
    }
)
CUTTER = FLARE.model_copy(
    update={"id": "x/cut", "name": "Cut", "tasks": (Task.CUT_OUT,), "sizes": {}, "max_sources": 1}
)
EDITOR = FLARE.model_copy(update={"id": "x/edit", "name": "Ed", "price_usd": Decimal(1)})
FULL = Catalog(models=(CLEAR, VECTOR, CUTTER, EDITOR, *LOCAL.models), styles=LOCAL.styles)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a fox logo on a transparent background", "a fox logo"),
        ("a fox logo with transparent background, please", "a fox logo , please"),
        ("a fox logo as a transparent PNG", "a fox logo"),
        ("a sticker of a cat with no background", "a sticker of a cat"),
        ("a sticker of a cat without a background", "a sticker of a cat"),
        ("a see-through background behind the mug", "behind the mug"),
    ],
)
def test_a_transparent_background_is_taken_out_of_the_text(text: str, left: str) -> None:
    found, rest = take_transparency(text, FULL)
    assert found is True
    assert " ".join(rest.split()) == left


@pytest.mark.parametrize(
    "text",
    [
        "a transparent glass bottle",
        "a transparent window",
        "a plain background",
        "a fox",
        "a poster that says no background music",
        "a portrait without background people",
    ],
)
def test_what_is_only_see_through_itself_is_left_alone(text: str) -> None:
    assert take_transparency(text, FULL) == (None, text)


def test_where_no_model_can_the_words_stay_in_the_prompt() -> None:
    text = "a fox logo on a transparent background"
    assert take_transparency(text, LOCAL) == (None, text)


@pytest.mark.parametrize(
    ("text", "wish", "left"),
    [
        ("a fox logo as SVG", Task.VECTOR, "a fox logo"),
        ("an SVG logo of a fox", Task.VECTOR, "logo of a fox"),
        ("a vector logo of a fox", Task.VECTOR, "a vector logo of a fox"),
        ("vectors in a physics book", None, "vectors in a physics book"),
        ("a fox", None, "a fox"),
    ],
)
def test_a_kind_of_model_is_heard(text: str, wish: Task | None, left: str) -> None:
    found, rest = take_wish(text, FULL)
    assert (found, " ".join(rest.split())) == (wish, left)


def test_a_draft_is_drawn_by_a_model_for_drafts() -> None:
    assert take_wish("a quick draft of a fox", LOCAL)[0] is Task.DRAFT


@pytest.mark.parametrize(
    ("text", "model", "reason"),
    [
        (
            "a fox logo on a transparent background",
            "x/clear",
            "chosen for its transparent background",
        ),
        ("a fox logo as an SVG", "x/vector", "chosen for vector drawings"),
    ],
)
def test_the_model_that_can_is_proposed_and_it_is_said_why(
    text: str, model: str, reason: str
) -> None:
    found = plan(request(text), catalog=FULL, bot_user_id="U0BOT")
    assert isinstance(found, ProposePlan)
    item = found.items[0]
    assert (item.model_id, item.model_reason) == (model, reason)
    assert item.is_transparent is (model == "x/clear")


@pytest.mark.parametrize(
    "text",
    [
        "remove the background",
        "Please remove its background.",
        "cut out the subject",
        "make the background transparent",
        "remove the background from the mug, thanks!",
        "on a transparent background",
        "without background",
    ],
)
def test_cutting_out_is_known_where_it_is_all_that_is_asked(text: str) -> None:
    assert asks_to_cut_out(text)
    assert choose_editor(FULL, sources=1, cuts_out=True)[0] is CUTTER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "make the background blue",
        "remove the background and add a red one",
        "remove the cup",
        "remove the noise in the background",
        "remove the background from the mug and make it red",
        "remove the background of the mug, make it red",
    ],
)
def test_other_edits_are_not_for_a_model_that_only_cuts_out(text: str) -> None:
    assert not asks_to_cut_out(text)
    assert choose_editor(FULL, sources=1)[0] is not CUTTER
    with pytest.raises(LookupError):
        choose_editor(Catalog(models=(CUTTER,), styles=()), sources=1)
