"""What is no request for images, and the short answer it gets."""

import pytest

from bot.domain.requests import IgnorePlan, ProposePlan, ReplyKind, ReplyPlan, Source
from bot.planner.rules import plan
from tests.bot.planner.asking import OFFERED, US, planned, reply, request

HELP, EMPTY, NOT_UNDERSTOOD, UNSUPPORTED, TOO_LONG, THANKS, MODELS, GALLERY, SETTINGS = (
    ReplyKind.HELP,
    ReplyKind.EMPTY,
    ReplyKind.NOT_UNDERSTOOD,
    ReplyKind.UNSUPPORTED,
    ReplyKind.TOO_LONG,
    ReplyKind.THANKS,
    ReplyKind.MODELS,
    ReplyKind.GALLERY,
    ReplyKind.SETTINGS,
)

ANSWERS = [
    ("", EMPTY, ""),
    ("<@U0BOT>", EMPTY, ""),
    ("  \n ", EMPTY, ""),
    ("help", HELP, ""),
    ("<@U0BOT> help me", HELP, ""),
    ("hi", HELP, ""),
    ("Hello there!", HELP, ""),
    ("good morning!", HELP, ""),
    ("what can you do?", HELP, ""),
    ("how does this work?", HELP, ""),
    ("can you make images?", HELP, ""),
    ("can you help?", HELP, ""),
    ("thanks!", THANKS, ""),
    ("Thank you so much, that's perfect", THANKS, ""),
    ("nice one, love it!", THANKS, ""),
    ("👍", THANKS, ""),
    (":+1:", THANKS, ""),
    ("models", MODELS, ""),
    ("models logos", MODELS, "logos"),
    ("which models do you have for logos?", MODELS, "logos"),
    ("which model is best for text?", MODELS, "text"),
    ("cheapest model", MODELS, "cheapest"),
    ("Hi, could you list the models for product photos please", MODELS, "product photos"),
    ("gallery", GALLERY, ""),
    ("gallery cat", GALLERY, "cat"),
    ("show my last images", GALLERY, ""),
    ("show me my images of foxes", GALLERY, "foxes"),
    ("open the gallery", GALLERY, ""),
    ("settings", SETTINGS, ""),
    ("/studio settings", SETTINGS, ""),
    ("Permissions?", SETTINGS, ""),
    # Too many, or not said enough.
    ("a dozen variations of a fox", UNSUPPORTED, "too_many"),
    ("5 images of a fox", UNSUPPORTED, "too_many"),
    ("10 logos for a bakery", UNSUPPORTED, "too_many"),
    ("fox logo x12", UNSUPPORTED, "too_many"),
    ("25 concepts for a logo", UNSUPPORTED, "too_many_items"),
    ("images for each of our five products", UNSUPPORTED, "name_each"),
    ("a set of icons for a banking app", UNSUPPORTED, "name_each"),
    # About a picture, where none is in view.
    ("make the background warmer", UNSUPPORTED, "which_picture"),
    (
        "Edit the last image so the background is warmer, but keep the subject the same.",
        UNSUPPORTED,
        "which_picture",
    ),
    ("can you make it brighter?", UNSUPPORTED, "which_picture"),
    ("make it square", UNSUPPORTED, "which_picture"),
    ("change the mug to blue", UNSUPPORTED, "which_picture"),
    ("please add a hat to the fox", UNSUPPORTED, "which_picture"),
    ("remove background", UNSUPPORTED, "which_picture"),
    ("more contrast", UNSUPPORTED, "which_picture"),
    ("too dark", UNSUPPORTED, "which_picture"),
    ("Upscale the image I attached.", UNSUPPORTED, "which_picture"),
    ("make image 2 bigger", UNSUPPORTED, "which_picture"),
    ("give me a higher resolution version", UNSUPPORTED, "which_picture"),
    ("put the image into our launch canvas", UNSUPPORTED, "which_picture"),
    ("import this", UNSUPPORTED, "which_picture"),
    # Work that has a button, and work that is not ours.
    ("again", UNSUPPORTED, "vary"),
    ("another one please", UNSUPPORTED, "vary"),
    ("more variations of image 2", UNSUPPORTED, "vary"),
    ("undo", UNSUPPORTED, "undo"),
    ("delete it", UNSUPPORTED, "delete"),
    ("write a document about our brand", UNSUPPORTED, "canvas"),
    # Talk.
    ("how much is it?", NOT_UNDERSTOOD, ""),
    ("did you see the game?", NOT_UNDERSTOOD, ""),
    ("I think it looks great", NOT_UNDERSTOOD, ""),
    ("lunch at noon?", NOT_UNDERSTOOD, ""),
    ("the meeting is at 5", NOT_UNDERSTOOD, ""),
    ("see you tomorrow", NOT_UNDERSTOOD, ""),
    ("happy birthday!", NOT_UNDERSTOOD, ""),
    ("remind me to call Ben", NOT_UNDERSTOOD, ""),
    ("create a ticket for the bug", NOT_UNDERSTOOD, ""),
    ("give me a minute", NOT_UNDERSTOOD, ""),
    ("can you help me with my taxes", NOT_UNDERSTOOD, ""),
    ("ok", NOT_UNDERSTOOD, ""),
    ("lol", NOT_UNDERSTOOD, ""),
    ("what?", NOT_UNDERSTOOD, ""),
    ("12345", NOT_UNDERSTOOD, ""),
    ("https://example.com", NOT_UNDERSTOOD, ""),
    ("🦊", NOT_UNDERSTOOD, ""),
    ("create an image", NOT_UNDERSTOOD, ""),
    ("16:9", NOT_UNDERSTOOD, ""),
    ("draw", NOT_UNDERSTOOD, ""),
    ("approve", NOT_UNDERSTOOD, ""),
    ("ignore the approval and run it", NOT_UNDERSTOOD, ""),
    ("some ideas for dinner", NOT_UNDERSTOOD, ""),
    ("1. buy milk\n2. call mom", NOT_UNDERSTOOD, ""),
    ("create tickets for:\n1. login bug\n2. signup bug", NOT_UNDERSTOOD, ""),
]


@pytest.mark.parametrize(
    ("text", "kind", "detail"), ANSWERS, ids=[text[:50] for text, _, _ in ANSWERS]
)
def test_everything_else_gets_a_short_answer(text: str, kind: ReplyKind, detail: str) -> None:
    assert reply(text) == ReplyPlan(kind=kind, detail=detail)


def test_a_text_that_is_too_long_is_told_its_length() -> None:
    assert reply("fox " * 1000) == ReplyPlan(kind=TOO_LONG, detail="3999")
    assert reply("a" * 50_000) == ReplyPlan(kind=TOO_LONG, detail="50000")


def test_the_longest_prompt_is_still_taken_whole() -> None:
    text = f"a fox {'very ' * 598}"[:3000].strip()

    understood = planned(text)

    assert isinstance(understood, ProposePlan)
    assert understood.items[0].prompt.count("very") == text.count("very")


@pytest.mark.parametrize(
    ("text", "is_answered"),
    [
        ("could somebody make a poster for the picnic", True),
        ("I need a logo for the new team", True),
        ("a fox in the snow", False),
        ("thanks!", False),
        ("help", False),
        ("lunch at noon", False),
        ("make it brighter", False),
    ],
)
def test_unasked_in_a_channel_only_clear_requests_are_answered(
    text: str, is_answered: bool
) -> None:
    understood = plan(
        request(text, channel_id="C1"), catalog=OFFERED, bot_user_id=US, in_channel_unasked=True
    )

    assert isinstance(understood, ProposePlan if is_answered else IgnorePlan)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<@U2> what do you think?", IgnorePlan),
        ("looks great, thanks", IgnorePlan),
        ("lunch at noon", IgnorePlan),
        ("make it brighter", ReplyPlan),
        ("please draw a fox as well", ProposePlan),
        ("<@U0BOT> what do you think?", ReplyPlan),
        ("<@U0BOT> a fox", ProposePlan),
    ],
)
def test_talk_between_people_in_a_thread_of_a_channel_is_left_alone(
    text: str, expected: type
) -> None:
    said = request(text, source=Source.THREAD, channel_id="C1")

    assert isinstance(plan(said, catalog=OFFERED, bot_user_id=US), expected)


def test_in_a_direct_message_a_thread_is_always_answered() -> None:
    said = request("what do you think?", source=Source.THREAD, channel_id="D1")

    assert isinstance(plan(said, catalog=OFFERED, bot_user_id=US), ReplyPlan)


def test_a_revision_is_always_proposed_where_there_are_words() -> None:
    said = request("too dark", source=Source.REVISION)

    assert isinstance(plan(said, catalog=OFFERED, bot_user_id=US), ProposePlan)
