"""Which requests need what is in view, and how pictures are told apart that people speak of."""

import pytest

from bot.domain.context import Context
from bot.domain.requests import Attachment, Source
from bot.planner.meant import sheets
from bot.planner.pictures import Kind, references
from bot.planner.rules import needs_context, plan
from tests.bot.planner import (
    test_answers,
    test_canvas,
    test_pending,
    test_pictures,
    test_requests,
    test_several,
)
from tests.bot.planner.asking import ALL, ANA, BEN, US, posted, request, sheet

RECENT = Context(recent=sheet("fox logo", "a1"))
SAID = [
    *(case.text for case in test_requests.CASES),
    *(case.text for case in test_several.CASES),
    *(text for text, _, _ in test_answers.ANSWERS),
    *(case.text for case in test_pictures.EDITS),
    *(said.text for said in test_pending.CHANGES),
    test_canvas.EACH,
]


@pytest.mark.parametrize("text", [case.text for case in test_requests.CASES])
def test_a_request_out_of_the_blue_reads_nothing(text: str) -> None:
    assert not needs_context(request(text), bot_user_id=US)


@pytest.mark.parametrize(
    "text",
    [
        "Make three homepage hero image concepts for this product launch.",
        "a logo and a banner for my bakery",
        "a warmer version of a mug",
        "the second world war memorial at dawn",
        "help",
        "models logos",
        "thanks!",
        "",
    ],
)
def test_neither_does_one_whose_words_only_look_as_if_they_referred(text: str) -> None:
    assert not needs_context(request(text), bot_user_id=US)


@pytest.mark.parametrize(
    "text",
    [
        "make it brighter",
        "Edit the last image so the background is warmer",
        "upscale x4",
        "import this",
        "insert it into the canvas",
        "image 2 with a hat",
        "too dark",
        test_canvas.EACH,
        "illustrate <https://acme.slack.com/docs/T1/F0ABC12345|our plan>",
        "create a poster like the second one",
    ],
)
def test_a_request_about_what_is_there_reads_it(text: str) -> None:
    assert needs_context(request(text), bot_user_id=US)


def test_replies_and_requests_with_pictures_read_what_is_in_view() -> None:
    reply = request("a fox", thread_ts="0.9")
    root = request("a fox", thread_ts="1.1")
    sent = request("a fox", attachments=(Attachment(file_id="F1"),))
    chosen = request("a fox").model_copy(update={"sources": (RECENT.recent[0].source,)})

    assert [needs_context(one, bot_user_id=US) for one in (reply, root, sent, chosen)] == [
        True,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("source", [Source.DM, Source.THREAD, Source.COMMAND])
def test_what_needs_nothing_in_view_is_planned_the_same_with_it(source: Source) -> None:
    for text in SAID:
        said = request(text, source=source, channel_id="C1")
        if not needs_context(said, bot_user_id=US):
            alone = plan(said, catalog=ALL, bot_user_id=US)
            assert plan(said, RECENT, catalog=ALL, bot_user_id=US) == alone, text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the last image", [("the last image", Kind.LAST)]),
        ("the last two pictures", [("the last two pictures", Kind.LAST)]),
        ("the second one", [("the second one", Kind.NUMBERS)]),
        ("the first and the third", [("the first and the third", Kind.NUMBERS)]),
        ("image 2, 3 and 4", [("image 2, 3 and 4", Kind.NUMBERS)]),
        ("picture two", [("picture two", Kind.NUMBERS)]),
        ("#2", [("#2", Kind.NUMBERS)]),
        ("both", [("both", Kind.ALL)]),
        ("all of them", [("all of them", Kind.ALL)]),
        ("these two", [("these two", Kind.ALL)]),
        ("the picture Ana posted", [("the picture Ana posted", Kind.ONE)]),
        ("Ana's second picture", [("Ana's second picture", Kind.NUMBERS)]),
        ("my photos", [("my photos", Kind.ALL)]),
        ("the image I attached", [("the image I attached", Kind.ONE)]),
        ("make it 16:9", [("it", Kind.ONE)]),
        ("put the first onto the second",
         [("the first", Kind.NUMBERS), ("the second", Kind.NUMBERS)]),
        ("make the second 3:4", [("the second", Kind.NUMBERS)]),
        # Near misses.
        ("the first letter", []),
        ("the last line of the poem", []),
        ("the second mug", []),
        ("image 16:9", []),
        ("version 2.0", []),
        ("photo 3x4", []),
        ("image 1024px", []),
        ("all text", []),
        ("every corner", []),
        ("these letters", []),
        ("this mug", []),
        ("it's late", []),
        ("a picture of a dog", []),
        ("the dog's tail", []),
        ("30% more", []),
        ("&#39;", []),
    ],
)  # fmt: skip
def test_where_a_text_speaks_of_pictures(text: str, found: list[tuple[str, Kind]]) -> None:
    assert [(text[ref.start : ref.end], ref.kind) for ref in references(text)] == found


def test_pictures_stand_together_by_message_and_sheet() -> None:
    pictures = (
        *posted("A1", "A2", by=ANA),
        *posted("B1", by=BEN),
        *sheet("fox", "a1", "a2"),
        *sheet("bear", "b1"),
        *posted("A3", "A4", by=ANA),
    )

    assert [len(each) for each in sheets(pictures)] == [2, 1, 2, 1, 2]
    assert sheets(()) == []
