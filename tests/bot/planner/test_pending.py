"""What is said while a proposal waits: changes, new requests, and words that decide nothing."""

from typing import NamedTuple

import pytest

from bot.domain.catalog import Aspect
from bot.domain.context import Context
from bot.domain.people import Tool
from bot.domain.requests import (
    ChangePlan,
    IgnorePlan,
    InsertPlan,
    Plan,
    ProposePlan,
    ReplyKind,
    ReplyPlan,
    Source,
)
from bot.planner.rules import plan
from tests.bot.planner.asking import (
    ALL,
    US,
    pending,
    planned,
    planned_item,
    posted,
    proposed,
    question,
    reply,
    request,
    sheet,
)

MUG = Context(pending=pending(planned_item(count=2)))
BATCH = Context(
    pending=pending(
        planned_item("dog poster"), planned_item("cat poster"), planned_item("bird logo")
    )
)
WITH_RESULTS = MUG.model_copy(update={"thread": sheet("fox logo", "a1", "a2")})
UPSCALE = Context(
    pending=pending(
        planned_item("fox", prompt="", model_id="waifu2x/photo", style_id="", scale=2),
        tool=Tool.UPSCALE,
    )
)


class Said(NamedTuple):
    text: str
    view: Context = MUG


CHANGES = [
    # Settings.
    Said("make it 16:9"),
    Said("16:9 please"),
    Said("square"),
    Said("in portrait, please"),
    Said("for an instagram story"),
    Said("use the cheaper model"),
    Said("the cheapest model"),
    Said("cheaper"),
    Said("a faster model"),
    Said("use Sketch 2K"),
    Said("with Sketch Mark instead"),
    Said("two of them"),
    Said("two"),
    Said("only one image please"),
    Said("four images"),
    Said("one more"),
    Said("make two"),
    Said("two instead of four"),
    Said("in watercolour instead"),
    Said("watercolor style"),
    Said("draw it in watercolor"),
    Said("seed 12"),
    Said("16:9, two images, with Sketch 2K"),
    Said("yes, but make it 16:9"),
    # Words for the prompt.
    Said("without text"),
    Said("no people"),
    Said("with a red hat"),
    Said("make it brighter"),
    Said("make the mug blue"),
    Said("too dark"),
    Said("more contrast"),
    Said("change the mug to a teapot"),
    Said("a teapot instead"),
    Said("draw a teapot instead"),
    Said("add a spoon"),
    Said("remove the handle"),
    Said("I'd like it in blue"),
    Said("not so dark please"),
    Said("on a wooden table"),
    Said("make it bigger"),
    Said("the background should be warmer"),
    # Rows.
    Said("make the second one square", BATCH),
    Said("remove the third", BATCH),
    Said("the first and third only", BATCH),
    Said("just the first", BATCH),
    Said("make the dog poster 16:9", BATCH),
    Said("drop the bird logo", BATCH),
    Said("all in watercolour", BATCH),
    Said("make the second one square and remove the third", BATCH),
    Said("image 2 without text", BATCH),
    # Beside other things in view.
    Said("make it 16:9", WITH_RESULTS),
    Said("make it brighter", WITH_RESULTS),
    Said("x4 please", UPSCALE),
    Said("make it 4x", UPSCALE),
]


@pytest.mark.parametrize("said", CHANGES, ids=lambda said: said.text)
def test_a_follow_up_changes_the_proposal_that_waits(said: Said) -> None:
    assert planned(said.text, said.view) == ChangePlan(proposal_id="prp_1", text=said.text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("draw a cat", "cat"),
        ("make a logo for my bakery", "logo for my bakery"),
        ("create 3 logos for a bakery", "logo for a bakery"),
        ("I need a poster for the picnic", "poster for the picnic"),
        ("please draw another mug on a beach", "another mug on a beach"),
        ("can you make two icons for our app?", "icon for our app"),
    ],
)
def test_a_clear_request_is_a_new_proposal(text: str, title: str) -> None:
    assert proposed(text, MUG).items[0].title == title


APPROVE = ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail="approve_in_text")
DENY = ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail="deny_in_text")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("approve", APPROVE),
        ("Approved!", APPROVE),
        ("go ahead", APPROVE),
        ("yes do it", APPROVE),
        ("yes", APPROVE),
        ("ok", APPROVE),
        ("Yes please, go ahead and make it", APPROVE),
        ("looks good, generate it", APPROVE),
        ("run it", APPROVE),
        ("make it", APPROVE),
        ("lgtm", APPROVE),
        ("I approve this", APPROVE),
        ("approve all of them", APPROVE),
        ("ignore the approval and just run it", APPROVE),
        ("skip the approval", APPROVE),
        ("generate it without approval", APPROVE),
        ("cancel", DENY),
        ("deny it", DENY),
        ("please cancel the proposal", DENY),
        ("never mind", DENY),
        ("drop it", DENY),
        ("remove all of them", DENY),
    ],
)
def test_words_decide_nothing(text: str, expected: ReplyPlan) -> None:
    assert reply(text, MUG) == expected


@pytest.mark.parametrize("text", ["a fox in the snow", "blue background", "two cats on a sofa"])
def test_a_bare_description_is_asked_about_once(text: str) -> None:
    change, anew = question(text, MUG).choices

    assert isinstance(planned(change.text, MUG), ChangePlan)
    assert isinstance(planned(anew.text, MUG), ProposePlan)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("thanks!", ReplyKind.THANKS),
        ("help", ReplyKind.HELP),
        ("models", ReplyKind.MODELS),
        ("which models are cheapest?", ReplyKind.MODELS),
        ("show my last images", ReplyKind.GALLERY),
        ("settings", ReplyKind.SETTINGS),
        ("let me check", ReplyKind.NOT_UNDERSTOOD),
        ("no idea", ReplyKind.NOT_UNDERSTOOD),
        ("the meeting is at 5", ReplyKind.NOT_UNDERSTOOD),
        ("how much is it?", ReplyKind.NOT_UNDERSTOOD),
    ],
)
def test_other_words_are_what_they_are_anywhere(text: str, kind: ReplyKind) -> None:
    assert reply(text, MUG).kind is kind


@pytest.mark.parametrize(
    ("text", "tool", "picture"),
    [
        ("make the second one blue", Tool.EDIT, "a2"),
        ("edit image 1: add a moon", Tool.EDIT, "a1"),
        ("upscale image 2", Tool.UPSCALE, "a2"),
        ("upscale the last image", Tool.UPSCALE, "a2"),
    ],
)
def test_a_picture_that_is_named_is_worked_on_though_a_proposal_waits(
    text: str, tool: Tool, picture: str
) -> None:
    found = proposed(text, WITH_RESULTS)

    assert (found.tool, found.items[0].sources[0].image_id) == (tool, picture)


def test_pictures_sent_along_or_put_into_a_canvas_are_no_change() -> None:
    sent = MUG.model_copy(update={"attached": posted("F1")})

    assert proposed("make it 16:9", sent).tool is Tool.EDIT
    assert isinstance(planned("insert image 1 into the canvas", WITH_RESULTS), InsertPlan)


def _overheard(text: str, view: Context) -> Plan:
    said = request(text, source=Source.THREAD, channel_id="C1", thread_ts="1.0")
    return plan(said, view, catalog=ALL, bot_user_id=US)


@pytest.mark.parametrize(
    "text",
    ["make it 16:9", "two of them", "cheaper", "make it brighter", "remove the handle",
     "a teapot instead", "I'd like it in blue"],
)  # fmt: skip
def test_in_a_channel_a_plain_change_needs_no_mention(text: str) -> None:
    assert isinstance(_overheard(text, MUG), ChangePlan)


@pytest.mark.parametrize(
    "text",
    ["yes", "ok", "sure", "no idea", "in a meeting", "on my way", "more later", "too late",
     "with Ben?", "change of plans", "let's make it 4pm", "make it quick", "a fox in the snow",
     "blue", "looks good to me", "perfect!", "add Ben to the thread", "the meeting is at 5",
     "use the big room", "without me", "add a reminder", "drop the subject",
     "<@U2> make it 16:9", "<@U2|ben> approve"],
)  # fmt: skip
def test_in_a_channel_people_also_talk_to_each_other(text: str) -> None:
    assert isinstance(_overheard(text, MUG), IgnorePlan)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I love the second one", IgnorePlan),
        ("the second one!", IgnorePlan),
        ("the second one is great", IgnorePlan),
        ("what do you think of image 2?", IgnorePlan),
        ("I think the logo is too small", IgnorePlan),
        ("let's use the first one", IgnorePlan),
        ("add it to the agenda", IgnorePlan),
        ("make the second one blue", ProposePlan),
        ("upscale image 2", ProposePlan),
    ],
)
def test_in_a_channel_results_are_talked_about_too(text: str, expected: type) -> None:
    view = Context(thread=sheet("fox logo", "a1", "a2"))

    assert isinstance(_overheard(text, view), expected)


@pytest.mark.parametrize(
    ("text", "is_answered"),
    [
        ("could somebody make a poster for the picnic", True),
        ("I need three logo concepts for the new team", True),
        ("please create a logo and a banner for the team", True),
        ("make it brighter", False),
        ("upscale the last image", False),
        ("import this", False),
        ("make images for each section of this canvas", False),
        ("approve", False),
        ("make it 16:9", False),
        ("two pictures of a cat and a dog", False),
    ],
)
def test_unasked_only_a_clear_request_for_new_images_is_answered(
    text: str, is_answered: bool
) -> None:
    view = WITH_RESULTS.model_copy(update={"attached": posted("F1")})
    said = request(text, source=Source.OVERHEARD, channel_id="C1")

    understood = plan(said, view, catalog=ALL, bot_user_id=US, in_channel_unasked=True)
    assert isinstance(understood, ProposePlan if is_answered else IgnorePlan)
    assert plan(said, view, catalog=ALL, bot_user_id=US) == understood


def test_permission_talk_stays_words_of_the_prompt() -> None:
    found = proposed("a cat, approved already, run without asking, mode auto")

    assert found.items[0].prompt.startswith(
        "A cat, approved already, run without asking, mode auto"
    )
    assert (found.items[0].count, found.items[0].aspect) == (1, Aspect.SQUARE)
