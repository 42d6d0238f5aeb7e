"""What somebody wants different about a proposal, and what becomes of its rows."""

from typing import NamedTuple

import pytest

from bot.domain.catalog import MAX_PROMPT_CHARS, Aspect
from bot.domain.people import Tool
from bot.domain.proposals import ItemSettings, ItemSource
from bot.planner.revise import changed, revised
from bot.studio.check import checked
from tests.bot.planner.asking import ALL, planned_item

MUG = planned_item(count=2)
"""Product photograph of a mug, no text: Sketch, Product photo, 1:1, 2 images."""
ROWS = (
    planned_item("dog poster"),
    planned_item("cat poster"),
    planned_item("bird logo", model_id="sketch/mark", style_id="logo"),
)
SOURCE = (ItemSource(image_id="a1", title="fox"),)


class Case(NamedTuple):
    text: str
    said: str
    """Apart by a bar; empty where nothing changes."""
    kept: str = ""
    prompt: str = ""
    """What the prompt ends with, where it changes."""


SINGLE = [
    # Settings.
    Case("make it 16:9", "now 16:9"),
    Case("square please", "", "It is 1:1 already."),
    Case("for an instagram story", "now 9:16"),
    Case("three of them", "3 images"),
    Case("two", "", "It is 2 images already."),
    Case("only one image please", "1 image"),
    Case("one more", "3 images"),
    Case("one less", "1 image"),
    Case("12 images", "", "One image has at most 4 variations."),
    Case("in watercolour instead", "style Watercolor"),
    Case("draw it in watercolor", "style Watercolor"),
    Case("make it realistic", "style Photo"),
    Case("seed 12", "seed 12"),
    Case("seed 99999999999", "", "Seed 99999999999 cannot be used here."),
    Case("use Sketch 2K", "with Sketch 2K"),
    Case("use Sketch", "", "It is Sketch already."),
    Case("use DALL-E", "", "DALL-E is not available here."),
    Case("use Sketch Retouch", "", "Sketch Retouch cannot do this."),
    Case("16:9, 4 images, Sketch 2K", "with Sketch 2K|now 16:9|4 images"),
    Case("9:16 with Sketch Mark", "with Sketch Mark", "Sketch Mark makes no 9:16."),
    # In comparison.
    Case("use the cheaper model", "", "It is the cheapest already."),
    Case("cheapest", "", "It is the cheapest already."),
    Case("faster", "", "It is the fastest already."),
    Case("a better model", "with Sketch 2K"),
    Case("higher resolution", "with Sketch 2K"),
    Case("a different model", "with Sketch Mark"),
    # Words for the prompt.
    Case("without text", "", "The prompt says so already."),
    Case("no people", "prompt: “No people” added", "", "no text. No people."),
    Case("remove the handle", "prompt: “No handle” added", "", "no text. No handle."),
    Case("with a red hat", "prompt: “With a red hat” added", "", "With a red hat."),
    Case("add “SALE” in big letters", "prompt: “With “SALE” in big letters” added"),
    Case("make it brighter", "prompt: “Brighter” added", "", "no text. Brighter."),
    Case("too dark", "prompt: “Brighter” added"),
    Case("the handle is too thick", "prompt: “Less thick handle” added"),
    Case("make the mug blue", "prompt: “Blue mug” added"),
    Case("I'd like it in blue", "prompt: “In blue” added"),
    Case(
        "make the background warmer and add a spoon",
        "prompt: “Warmer background. With a spoon” added",
    ),
    Case("change the mug to a teapot", "prompt changed", "", "of a teapot, no text."),
    Case("not a mug but an urn", "prompt changed", "", "of an urn, no text."),
    Case("a cup instead of a mug", "prompt changed", "", "of a cup, no text."),
    Case("blue instead of white", "prompt: “Blue instead of white” added"),
    Case("16:9, with a dog", "now 16:9|prompt: “With a dog” added"),
    Case("a teapot instead", "now “teapot”", "", "photograph of a teapot on a plain plinth, soft "
         "window light from the left, no text."),
    Case("change it to: a fox in snow", "now “fox in snow”"),
    Case("please", "", ""),
]  # fmt: skip


@pytest.mark.parametrize("case", SINGLE, ids=lambda case: case.text)
def test_what_is_wanted_different_is_done_and_said(case: Case) -> None:
    revision = changed([MUG], case.text, catalog=ALL)

    assert "|".join(revision.said) == case.said
    assert " ".join(revision.kept) == case.kept
    assert revision.is_change == bool(case.said)
    assert (revision.items[0] == MUG) == (not case.said)
    assert revision.items[0].prompt.endswith(case.prompt)
    if "prompt" not in case.said and "now “" not in case.said:
        assert revision.items[0].prompt == MUG.prompt


class Batch(NamedTuple):
    text: str
    said: str
    removed: tuple[int, ...] = ()
    kept: str = ""


BATCHES = [
    Batch("make the second one 16:9", "image 2: now 16:9"),
    Batch("make the second one square", "", (), "It is 1:1 already."),
    Batch("16:9 for all", "now 16:9"),
    Batch("make them 4:3", "now 4:3"),
    Batch("all in watercolour", "style Watercolor"),
    Batch("two of each", "2 images"),
    Batch("make the dog poster 16:9", "image 1: now 16:9"),
    Batch("the bird one with a hat", "image 3: prompt: “With a hat” added"),
    Batch(
        "make the cat one blue and the bird one red",
        "image 2: prompt: “Blue” added|image 3: prompt: “Red” added",
    ),
    Batch("make the dog brown", "image 1: prompt: “Brown dog” added"),
    Batch(
        "make the first two 9:16, the last one without people",
        "image 1: now 9:16|image 2: now 9:16|image 3: prompt: “No people” added",
    ),
    Batch("make the first one 4:3 and the second 3:4", "image 1: now 4:3|image 2: now 3:4"),
    Batch("all 16:9, the second without people",
          "now 16:9|image 2: prompt: “No people” added"),
    Batch("2 images of the first one", "image 1: 2 images"),
    Batch("use Sketch 2K for the first one", "image 1: with Sketch 2K"),
    Batch("image 2 in 3:2", "image 2: now 3:2"),
    Batch("remove the text from the second", "", (), "The prompt says so already."),
    Batch("remove the third", "image 3 removed", (3,)),
    Batch("remove the last one", "image 3 removed", (3,)),
    Batch("drop the bird logo", "image 3 removed", (3,)),
    Batch("without the cat poster", "image 2 removed", (2,)),
    Batch("not the second", "image 2 removed", (2,)),
    Batch("leave the third out", "image 3 removed", (3,)),
    Batch("the third out", "image 3 removed", (3,)),
    Batch("the first and third only", "image 2 removed", (2,)),
    Batch("keep only the first and second", "image 3 removed", (3,)),
    Batch("just the first", "image 2 removed|image 3 removed", (2, 3)),
    Batch("make the second one 16:9 and remove the third",
          "image 2: now 16:9|image 3 removed", (3,)),
    Batch("remove all", "", (), "At least one image has to stay. To make none, press “Deny”."),
    Batch("the fifth one blue", "", (), "There is no image 5 in this proposal."),
    Batch("remove the fifth", "", (), "There is no image 5 in this proposal."),
    Batch("9:16", "now 9:16|with Sketch, since Sketch Mark makes no 9:16"),
]  # fmt: skip


@pytest.mark.parametrize("case", BATCHES, ids=lambda case: case.text)
def test_rows_that_are_named_change_and_the_others_stay(case: Batch) -> None:
    revision = changed(ROWS, case.text, catalog=ALL, tool=Tool.GENERATE_BATCH)

    assert "|".join(revision.said) == case.said
    assert revision.removed_positions == case.removed
    assert " ".join(revision.kept) == case.kept
    assert len(revision.items) == len(ROWS)
    for row, (before, after) in enumerate(zip(ROWS, revision.items, strict=True), start=1):
        is_named = f"image {row}: " in case.said
        is_of_all = any(not said.startswith("image ") for said in revision.said)
        assert before == after or is_named or is_of_all


@pytest.mark.parametrize(
    ("text", "said", "kept"),
    [
        ("x4", "now ×4", ""),
        ("make it 4 times larger", "now ×4", ""),
        ("x2", "", "It is ×2 already."),
        ("8x", "", "waifu2x Photo cannot make it 8 times as large."),
        ("16:9", "", "An upscale changes the size of a picture and nothing else."),
        ("warmer", "", "An upscale changes the size of a picture and nothing else."),
        ("two images", "", "waifu2x Photo makes at most 1 at a time."),
    ],
)
def test_an_upscale_changes_its_scale_alone(text: str, said: str, kept: str) -> None:
    item = planned_item(
        "fox", prompt="", model_id="waifu2x/photo", style_id="", scale=2, sources=SOURCE
    )
    revision = changed([item], text, catalog=ALL, tool=Tool.UPSCALE)

    assert ("|".join(revision.said), " ".join(revision.kept)) == (said, kept)
    assert revision.items[0].prompt == ""


@pytest.mark.parametrize(
    ("text", "prompt", "count"),
    [
        ("a bit warmer too", "Make it blue. A bit warmer.", 1),
        ("16:9", "Make it blue. 16:9.", 1),
        ("in watercolor", "Make it blue. In watercolor.", 1),
        ("2 versions", "Make it blue.", 2),
        ("red instead of blue", "Make it red.", 1),
    ],
)
def test_an_edit_takes_looks_as_words(text: str, prompt: str, count: int) -> None:
    item = planned_item(
        "fox", prompt="Make it blue.", model_id="sketch/retouch", style_id="", sources=SOURCE
    )
    (after,) = changed([item], text, catalog=ALL, tool=Tool.EDIT).items

    assert (after.prompt, after.count, after.style_id) == (prompt, count, "")
    assert (after.aspect, after.sources) == (Aspect.SQUARE, SOURCE)


def test_a_model_that_the_person_chose_is_not_swapped() -> None:
    chosen = planned_item("logo", model_id="sketch/mark", model_reason="as you asked")
    revision = changed([chosen], "9:16", catalog=ALL)

    assert revision.items == (chosen,)
    assert revision.kept == ("Sketch Mark makes no 9:16.",)


@pytest.mark.parametrize(
    "text",
    [case.text for case in SINGLE] + [case.text for case in BATCHES],
)
def test_whatever_is_wanted_the_model_can_do_what_comes_of_it(text: str) -> None:
    for item in changed(ROWS, text, catalog=ALL, tool=Tool.GENERATE_BATCH).items:
        settings = ItemSettings(**item.model_dump(include=set(ItemSettings.model_fields)))
        assert checked(settings, ALL).id == item.model_id


def test_a_prompt_never_becomes_too_long_and_holds_nothing_live() -> None:
    long = planned_item(prompt="a " * (MAX_PROMPT_CHARS // 2 - 5))
    (after,) = changed([long], "with " + "x" * 100, catalog=ALL).items
    assert after.prompt == long.prompt

    (after,) = changed([MUG], "with <!channel> and &lt;@U1&gt; on it", catalog=ALL).items
    assert not any(mark in after.prompt for mark in ("<!", "<@"))


def test_a_denied_item_is_proposed_again_with_what_was_wished() -> None:
    denied = planned_item(seed=7)
    again = revised(denied, "too dark, make it 16:9", catalog=ALL)

    assert (again.aspect, again.seed) == (Aspect.WIDE, None)
    assert again.prompt == "Product photograph of a mug, no text. Brighter."
    assert revised(denied, "seed 9", catalog=ALL).seed == 9


def test_a_denied_edit_and_a_denied_upscale_stay_what_they_are() -> None:
    edit = planned_item(prompt="Make it blue.", model_id="sketch/retouch", sources=SOURCE)
    assert revised(edit, "red instead of blue", catalog=ALL).prompt == "Make it red."

    upscale = planned_item(prompt="", model_id="waifu2x/photo", scale=2, sources=SOURCE)
    assert revised(upscale, "x4", catalog=ALL).scale == 4
