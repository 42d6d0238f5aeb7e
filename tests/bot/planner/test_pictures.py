"""What people say of pictures in view, and the work that is proposed on exactly those."""

from typing import NamedTuple

import pytest

from bot.domain.catalog import Catalog
from bot.domain.context import NOTHING, Context
from bot.domain.people import Tool
from bot.domain.requests import (
    ImportPlan,
    InsertPlan,
    ProposePlan,
    QuestionPlan,
    ReplyKind,
    ReplyPlan,
)
from bot.planner.choose import choose_editor
from bot.planner.rules import plan
from bot.studio.catalog import catalog
from tests.bot.planner.asking import (
    ALL,
    ANA,
    BEN,
    OFFERED,
    US,
    ids,
    item,
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

ONE = Context(thread=sheet("fox logo", "a1"))
FOUR = Context(thread=sheet("fox logo", "a1", "a2", "a3", "a4"))
RECENT = Context(recent=sheet("fox logo", "a1"))
SENT = Context(attached=posted("F1"))
BOTH = Context(attached=posted("F1", "F2"))
TALK = Context(thread=(*posted("A1", "A2", by=ANA), *posted("B1", by=BEN), *posted("A3", by=ANA)))
MIXED = Context(thread=(*sheet("fox logo", "a1", "a2"), *posted("A1", by=ANA)))
TWO = Context(thread=(*sheet("fox logo", "a1"), *sheet("jazz poster", "b1")))
REPLY_TO = Context(attached=posted("F1"), thread=sheet("fox logo", "a1", "a2"))


class Edit(NamedTuple):
    text: str
    view: Context
    prompt: str
    pictures: str
    """Of each item, apart by a bar; those of one item apart by a plus."""


EDITS = [
    # The spec's own sentence.
    Edit(
        "Edit the last image so the background is warmer, but keep the subject the same.",
        ONE,
        "Make the background warmer, but keep the subject the same.",
        "a1",
    ),
    Edit("Edit the last image so the background is warmer", FOUR, "Make the background warmer.",
         "a4"),
    # Ways to ask.
    Edit("make it brighter", ONE, "Make it brighter.", "a1"),
    Edit("can you make the fox bigger, please?", ONE, "Make the fox bigger.", "a1"),
    Edit("make the background blue", ONE, "Make the background blue.", "a1"),
    Edit("turn it into a watercolor", ONE, "Turn it into a watercolor.", "a1"),
    Edit("remove the text", ONE, "Remove the text.", "a1"),
    Edit("add text “SALE” at the top", ONE, "Add text “SALE” at the top.", "a1"),
    Edit("give the fox a hat", ONE, "Give the fox a hat.", "a1"),
    Edit("put a hat on the fox", ONE, "Put a hat on the fox.", "a1"),
    Edit("I'd like it to be darker", ONE, "Make it darker.", "a1"),
    Edit("I want it in blue", ONE, "Make it in blue.", "a1"),
    Edit("use this as a sticker", ONE, "Use it as a sticker.", "a1"),
    Edit("crop it to 16:9", ONE, "Crop it to 16:9.", "a1"),
    Edit("the sky is too dark", ONE, "Make the sky brighter.", "a1"),
    Edit("too dark", ONE, "Make it brighter.", "a1"),
    Edit("more contrast please", ONE, "More contrast.", "a1"),
    Edit("make a version of it with a hat", ONE, "Give it a hat.", "a1"),
    Edit("edit it and add a moon", ONE, "Add a moon.", "a1"),
    Edit("I love the second one. Make it blue.", FOUR, "Make it blue.", "a2"),
    # Which one.
    Edit("make the second one blue", FOUR, "Make it blue.", "a2"),
    Edit("#2 in blue", FOUR, "Make it in blue.", "a2"),
    Edit("the second one but with a hat", FOUR, "Make it with a hat.", "a2"),
    Edit("remove the background from image 3", FOUR, "Remove the background.", "a3"),
    Edit("the background of number 4 should be blue", FOUR, "The background should be blue.",
         "a4"),
    Edit("in the first image, make the sky purple", FOUR, "Make the sky purple.", "a1"),
    Edit("make the 3rd picture warmer", FOUR, "Make it warmer.", "a3"),
    Edit("make it warmer", TWO, "Make it warmer.", "b1"),
    Edit("make the fox logo blue", TWO, "Make the fox logo blue.", "a1"),
    Edit("make it warmer", RECENT, "Make it warmer.", "a1"),
    Edit("make it warmer", SENT, "Make it warmer.", "F1"),
    Edit("make it warmer", REPLY_TO, "Make it warmer.", "F1"),
    Edit("make it warmer", TALK, "Make it warmer.", "A3"),
    Edit(
        "edit the second picture Ana posted so that the sky is blue",
        TALK,
        "Make the sky blue.",
        "A2",
    ),
    Edit("the third picture ana posted in black and white", TALK, "Make it in black and white.",
         "A3"),
    Edit("make the picture <@U0BEN> posted warmer", TALK, "Make it warmer.", "B1"),
    Edit("edit the last image: add a hat", MIXED, "Add a hat.", "a2"),
    # Sent along.
    Edit("a poster with this mug", SENT, "A poster with this mug.", "F1"),
    Edit("watercolor style", SENT, "Make it watercolor style.", "F1"),
    Edit("turn this photo into a watercolor", SENT, "Turn it into a watercolor.", "F1"),
    # Each of several, or one of all.
    Edit("make them all warmer", FOUR, "Make it warmer.", "a1|a2|a3|a4"),
    Edit("remove the background of the first and third", FOUR, "Remove the background.", "a1|a3"),
    Edit("make these black and white", BOTH, "Make it black and white.", "F1|F2"),
    Edit("remove the background of both", BOTH, "Remove the background.", "F1|F2"),
    Edit("combine these two", BOTH, "Combine the two pictures.", "F1+F2"),
    Edit("combine these two", TWO, "Combine the two pictures.", "a1+b1"),
    Edit("combine image 1 and 3", FOUR, "Combine the two pictures.", "a1+a3"),
    Edit("put the logo on the mug", BOTH, "Put the logo on the mug.", "F1+F2"),
    Edit(
        "put the logo from the first onto the second",
        BOTH,
        "Put the logo from picture 2 onto picture 1.",
        "F2+F1",
    ),
    Edit(
        "combine Ana's first picture and Ben's picture",
        TALK,
        "Combine picture 1 and picture 2.",
        "A1+B1",
    ),
    Edit(
        "replace the background of image 2 with this photo",
        REPLY_TO,
        "Replace the background of picture 1 with picture 2.",
        "a2+F1",
    ),
    Edit("create a poster like image 2", FOUR, "Create a poster like it.", "a2"),
]  # fmt: skip


@pytest.mark.parametrize("case", EDITS, ids=lambda case: case.text[:50])
def test_what_is_to_change_is_proposed_for_the_pictures_that_are_meant(case: Edit) -> None:
    found = proposed(case.text, case.view)

    assert found.tool is Tool.EDIT
    assert {one.prompt for one in found.items} == {case.prompt}
    assert ["+".join(ids(one.sources)) for one in found.items] == case.pictures.split("|")
    for one in found.items:
        assert (one.model_id, one.style_id, one.count) == ("sketch/retouch", "", 1)
        assert one.original == case.text.replace("<@U0BEN>", "a teammate")


@pytest.mark.parametrize(
    ("text", "view", "pictures", "scale"),
    [
        ("Upscale the image I attached.", SENT, "F1", 2),
        ("upscale it", ONE, "a1", 2),
        ("make it bigger", ONE, "a1", 2),
        ("upscale it 4x", ONE, "a1", 4),
        ("upscale x4 please", ONE, "a1", 4),
        ("make it four times larger", ONE, "a1", 4),
        ("double the resolution", ONE, "a1", 2),
        ("upscale to 400%", ONE, "a1", 4),
        ("enlarge this as large as possible", SENT, "F1", 4),
        ("give me a higher resolution version", ONE, "a1", 2),
        ("get it in 4k", ONE, "a1", 2),
        ("upscale it 3x", ONE, "a1", 3),
        ("upscale image 3", FOUR, "a3", 2),
        ("make image 2 bigger", FOUR, "a2", 2),
        ("upscale the first and third", FOUR, "a1|a3", 2),
        ("upscale all of them ×4", FOUR, "a1|a2|a3|a4", 4),
        ("upscale these", BOTH, "F1|F2", 2),
        ("upscale the last image", RECENT, "a1", 2),
        ("upscale Ben's picture", TALK, "B1", 2),
        ("upscale both", TWO, "a1|b1", 2),
    ],
)
def test_an_upscale_is_proposed_for_each_picture(
    text: str, view: Context, pictures: str, scale: int
) -> None:
    found = proposed(text, view)

    assert found.tool is Tool.UPSCALE
    assert ["+".join(ids(one.sources)) for one in found.items] == pictures.split("|")
    for one in found.items:
        assert (one.prompt, one.scale, one.count, one.style_id) == ("", scale, 1, "")
        assert one.model_id == "waifu2x/photo"


@pytest.mark.parametrize(
    ("text", "view", "pictures"),
    [
        ("import this", SENT, "F1"),
        ("import", SENT, "F1"),
        ("import these", BOTH, "F1|F2"),
        ("save this picture to the gallery", SENT, "F1"),
        ("keep it in the studio", SENT, "F1"),
        ("add Ana's second picture to my gallery", TALK, "A2"),
        ("add Ana Lopez's second picture to the studio gallery", TALK, "A2"),
        ("import all pictures Ana posted", TALK, "A1|A2|A3"),
        ("import the picture <@U0BEN> posted", TALK, "B1"),
        ("import the photo from Ben", TALK, "B1"),
        ("import it", MIXED, "A1"),
        ("import the picture", MIXED, "A1"),
    ],
)
def test_what_was_posted_is_imported(text: str, view: Context, pictures: str) -> None:
    understood = planned(text, view)

    assert isinstance(understood, ImportPlan), understood
    assert ids(understood.sources) == pictures.split("|")


@pytest.mark.parametrize(
    ("text", "view", "detail"),
    [
        ("make it brighter", NOTHING, "which_picture"),
        ("upscale it", NOTHING, "which_picture"),
        ("insert the last image into the launch canvas under Hero", NOTHING, "which_picture"),
        ("image 7 in blue", FOUR, "no_such_picture"),
        ("make my picture warmer", TALK, "no_such_picture"),
        ("upscale Carla's photo", TALK, "no_such_picture"),
        ("import this", ONE, "already_in_gallery"),
        ("vary image 2", FOUR, "vary"),
        ("more variations of it", ONE, "vary"),
        ("again", ONE, "vary"),
        ("undo", ONE, "undo"),
        ("delete it", ONE, "delete"),
        ("make 12 versions of it with a hat", ONE, "too_many"),
    ],
)
def test_what_cannot_be_done_is_said(text: str, view: Context, detail: str) -> None:
    assert reply(text, view) == ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail=detail)


@pytest.mark.parametrize("text", ["make it brighter", "remove the text from image 1"])
def test_without_a_model_that_edits_it_is_said(text: str) -> None:
    offered = Catalog(models=ALL.models[:3], styles=ALL.styles)

    assert planned(text, ONE, offered=offered) == ReplyPlan(
        kind=ReplyKind.UNSUPPORTED, detail="no_editor"
    )
    assert planned("upscale it", ONE, offered=OFFERED) == ReplyPlan(
        kind=ReplyKind.UNSUPPORTED, detail="no_upscaler"
    )
    assert planned("a fox", offered=Catalog(models=ALL.models[3:], styles=ALL.styles)) == ReplyPlan(
        kind=ReplyKind.UNSUPPORTED, detail="no_generator"
    )


@pytest.mark.parametrize(
    ("text", "view", "labels"),
    [
        ("make it brighter", FOUR, ["Image 1: fox logo", "Image 2: fox logo",
                                    "Image 3: fox logo", "Image 4: fox logo"]),
        ("upscale x4", FOUR, ["Image 1: fox logo", "Image 2: fox logo", "Image 3: fox logo",
                              "Image 4: fox logo"]),
        ("put it into the launch canvas under “Hero & more”", FOUR,
         ["Image 1: fox logo", "Image 2: fox logo", "Image 3: fox logo", "Image 4: fox logo"]),
        ("make it warmer", MIXED, ["Image 1: fox logo", "Image 2: fox logo",
                                   "Ana Lopez’s 1: A1.jpg"]),
        ("upscale Ana's picture", TALK, ["Ana Lopez’s 1: A1.jpg", "Ana Lopez’s 2: A2.jpg",
                                         "Ana Lopez’s 1: A3.jpg"]),
    ],
)  # fmt: skip
def test_pictures_that_are_equally_likely_are_asked_for_once(
    text: str, view: Context, labels: list[str]
) -> None:
    asked = question(text, view)

    assert [choice.label for choice in asked.choices] == labels
    assert all(len(choice.sources) == 1 for choice in asked.choices)


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("make it brighter", FOUR),
        ("too dark", FOUR),
        ("upscale x4", FOUR),
        ("make it as large as possible", FOUR),
        ("import the picture Ana posted", TALK),
        ("put it into https://a.slack.com/docs/T1/F0ABC00000 under “Hero & more”", FOUR),
        ("make 3 versions of it with a hat", FOUR),
        ("I love it. Make it blue, with Sketch Retouch", FOUR),
        ("remove the text “a. b”", FOUR),
        ("create a poster with Ana's picture", TALK),
        ("edit image 2", FOUR),
        ("", SENT),
        ("", BOTH),
        ("what a lovely mug, is it yours?", SENT),
    ],
)
def test_pressing_a_choice_says_something_that_needs_no_further_question(
    text: str, view: Context
) -> None:
    for choice in question(text, view).choices:
        sent = tuple(
            picture
            for source in choice.sources
            for picture in (*view.thread, *view.attached)
            if picture.source == source
        )
        assert sent
        understood = planned(choice.text, Context(attached=sent, thread=view.thread))
        match understood:
            case ProposePlan(items=items):
                assert tuple(one.sources[0] for one in items) == choice.sources
            case ImportPlan() | InsertPlan():
                assert understood.sources == choice.sources
            case _:
                pytest.fail(f"{choice.text}: {understood}")


def test_what_a_choice_says_keeps_the_scale_the_canvas_and_the_heading() -> None:
    scaled = question("upscale x4", FOUR).choices[1]
    assert item(scaled.text, SENT).scale == 4

    several = question("make 3 versions of it with a hat", FOUR).choices[0]
    assert (item(several.text, SENT).count, item(several.text, SENT).prompt) == (
        3,
        "Give it a hat.",
    )

    link = "https://a.slack.com/docs/T1/F0ABC00000"
    put = question(f"put it into {link} under “Hero & more”", FOUR).choices[0]
    placed = planned(put.text, SENT)
    assert isinstance(placed, InsertPlan)
    assert (placed.canvas_id, placed.heading) == ("F0ABC00000", "Hero & more")


def test_a_picture_with_other_words_is_asked_about() -> None:
    asked = question("draw a cat", SENT)

    start, anew = asked.choices
    assert ids(item(start.text, SENT).sources) == ["F1"]
    assert item(anew.text).title == "cat"
    assert anew.sources == ()


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("a fox in the snow", FOUR),
        ("draw a cat", FOUR),
        ("a warmer version of a mug", RECENT),
        ("a brighter future poster", RECENT),
        ("an upscale restaurant interior", FOUR),
        ("upscale hotel lobby", FOUR),
        ("swap meet flyer", FOUR),
        ("the second world war memorial at dawn", FOUR),
        ("the last train at night", FOUR),
        ("a picture of the first man on the moon", FOUR),
        ('a poster saying "edit the last image"', FOUR),
        ("a canvas tote bag on a hook", FOUR),
        ("insert coin arcade poster", FOUR),
        ("number 7 on a jersey", FOUR),
        ("another brick in the wall", FOUR),
        ("a mug with its logo", FOUR),
    ],
)
def test_words_of_work_in_a_description_start_no_work(text: str, view: Context) -> None:
    found = proposed(text, view)

    assert found.tool is Tool.GENERATE
    assert found.items[0].sources == ()


@pytest.mark.parametrize(
    ("source", "text", "title"),
    [
        ("fox logo", "make it blue", "fox logo, edited"),
        ("fox logo, edited", "make it blue", "fox logo, edited"),
        ("fox logo, edited", "upscale it", "fox logo, edited, upscaled ×2"),
        ("fox logo, upscaled ×2", "upscale it x4", "fox logo, upscaled ×4"),
        ("IMG_2033.JPG", "make it blue", "IMG_2033, edited"),
        ("", "make it blue", "picture, edited"),
        ("<!channel> " + "x" * 90, "make it blue", "!channel " + "x" * 63 + ", edited"),
    ],
)
def test_the_title_says_what_became_of_the_picture(source: str, text: str, title: str) -> None:
    assert item(text, Context(thread=sheet(source, "a1"))).title == title


@pytest.mark.parametrize(
    ("text", "model", "reason"),
    [
        ("make it darker", "sketch/retouch", "chosen for edits"),
        ("with Sketch Retouch make it darker", "sketch/retouch", "as you asked"),
        ("make it darker with waifu2x Photo", "sketch/retouch",
         "waifu2x Photo cannot edit pictures; chosen for edits"),
        ("make it darker, use DALL-E", "sketch/retouch",
         "DALL-E is not available here; chosen for edits"),
        ("upscale it", "waifu2x/photo", "chosen for upscaling"),
        ("upscale it with Sketch 2K", "waifu2x/photo",
         "Sketch 2K cannot upscale pictures; chosen for upscaling"),
    ],
)  # fmt: skip
def test_the_reason_for_the_model_is_true(text: str, model: str, reason: str) -> None:
    found = item(text, ONE)

    assert (found.model_id, found.model_reason) == (model, reason)


def test_an_edit_takes_a_count_and_leaves_it_out_of_its_words() -> None:
    found = item("make 3 versions of it with a hat", ONE)

    assert (found.count, found.prompt) == (3, "Give it a hat.")


def test_other_pictures_for_a_pending_edit_keep_its_words() -> None:
    waiting = planned_item("fox", prompt="Make it blue.", model_id="sketch/retouch", style_id="")
    view = FOUR.model_copy(update={"pending": pending(waiting, tool=Tool.EDIT)})

    found = proposed("use image 3 instead", view)

    assert [(one.prompt, ids(one.sources)) for one in found.items] == [("Make it blue.", ["a3"])]


def test_more_pictures_than_a_batch_holds_are_refused() -> None:
    many = Context(thread=sheet("fox", *(f"a{n}" for n in range(25))))

    assert reply("upscale all of them", many).detail == "too_many_items"


def test_the_workspace_default_is_used_for_work_it_can_do() -> None:
    def reason(text: str, default: str) -> tuple[str, str]:
        found = plan(request(text), ONE, catalog=ALL, bot_user_id=US, default_model_id=default)
        assert isinstance(found, ProposePlan)
        return found.items[0].model_id, found.items[0].model_reason

    usual = "this workspace's default"
    assert reason("make it blue", "sketch/retouch") == ("sketch/retouch", usual)
    assert reason("make it blue", "sketch/compose") == ("sketch/retouch", "chosen for edits")
    assert reason("upscale it", "waifu2x/photo") == ("waifu2x/photo", usual)
    assert reason("a logo for a bakery", "sketch/compose-2k") == ("sketch/compose-2k", usual)
    assert reason("a logo for a bakery, 9:16", "sketch/mark")[0] == "sketch/compose"
    assert reason("a fox", "sketch/retouch") == ("sketch/compose", "chosen for illustrations")
    assert reason("a fox with Sketch Mark", "sketch/compose") == ("sketch/mark", "as you asked")


def test_a_model_that_makes_no_images_from_words_is_not_taken_for_them() -> None:
    found = item("a fox with Sketch Retouch")

    assert found.model_id == "sketch/compose"
    assert found.model_reason.startswith("Sketch Retouch makes no images from words; ")


def test_a_question_has_at_most_four_choices() -> None:
    many = Context(thread=(*sheet("fox", "a1", "a2", "a3"), *posted("A1", "A2", "A3", by=ANA)))

    assert isinstance(planned("make it blue", many), QuestionPlan)
    assert len(question("make it blue", many).choices) == 4


def test_a_model_that_only_cuts_out_or_redraws_is_not_chosen_for_an_edit() -> None:
    chosen, _ = choose_editor(catalog(["stability", "sketch"]), sources=1)

    assert chosen.id == "sketch/retouch"
