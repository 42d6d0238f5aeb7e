"""Whatever somebody writes: an answer, quickly, with nothing live in it."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.catalog import MAX_PROMPT_CHARS
from bot.domain.context import NOTHING, Context
from bot.domain.people import Tool
from bot.domain.proposals import MAX_ITEMS, ItemSettings
from bot.domain.requests import (
    ChangePlan,
    ImportPlan,
    InsertPlan,
    ProposePlan,
    QuestionPlan,
    ReplyPlan,
)
from bot.planner.document import rows
from bot.planner.revise import changed
from bot.planner.rules import needs_context
from bot.studio.check import checked
from tests.bot.planner.asking import (
    ALL,
    ANA,
    US,
    pending,
    planned,
    planned_item,
    posted,
    request,
    sheet,
)
from tests.bot.planner.test_canvas import Heading

LIVE = re.compile(r"<[@#!]|<[a-z]{1,30}:")
SAID = """
create make a an the of for with in as and please three 4 variations versions images logo poster
banner hero product square wide 9:16 1080x1920 seed 4711 style watercolor flat fox mug model Sketch
2K DALL-E using no text thanks ! ? . , : ; " “ ” ' ( ) <!channel> <@U1> <#C1|x> &lt; &gt; &amp;
:fox_face: 🦊 ארנב 狐 - 1. 2. gallery models edit the last image upscale it them both all
second first #2 x4 insert under canvas section each import Ana's picture posted I combine remove
make instead cheaper concepts different one like approve yes yours bigger into document
"""
PIECES = ("\n", *SAID.split())
texts = st.one_of(
    st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
)
VIEWS = (
    NOTHING,
    Context(recent=sheet("fox logo", "r1", "r2")),
    Context(attached=posted("F1", "F2"), thread=sheet("<!here> fox", "a1", by=ANA)),
    Context(thread=(*posted("A1", by=ANA), *sheet("fox", "a1", "a2", "a3", "a4"))),
    Context(pending=pending(planned_item()), thread=sheet("fox", "a1")),
    Context(pending=pending(planned_item("a dog"), planned_item("a cat"), planned_item("a"))),
)
views = st.sampled_from(VIEWS)


@settings(deadline=None, max_examples=400)
@given(texts, views)
def test_any_text_is_planned_soundly(text: str, view: Context) -> None:
    understood = planned(text, view)

    match understood:
        case ReplyPlan(detail=detail):
            assert not LIVE.search(detail)
        case QuestionPlan(choices=choices):
            assert 1 <= len(choices) <= 4
            assert len({choice.label for choice in choices}) == len(choices)
            assert all(0 < len(choice.label) <= 75 for choice in choices)
            assert not any(LIVE.search(choice.label + choice.text) for choice in choices)
        case ImportPlan(sources=sources) | InsertPlan(sources=sources):
            assert sources
        case ChangePlan(proposal_id=proposal_id):
            assert view.pending is not None
            assert proposal_id == view.pending.id
        case ProposePlan(tool=tool, items=items):
            assert 1 <= len(items) <= MAX_ITEMS
            assert (len(items) > 1) >= (tool is Tool.GENERATE_BATCH)
            for item in items:
                assert 1 <= item.count <= 4
                assert (len(item.prompt.strip()) > 0) != (tool is Tool.UPSCALE)
                assert len(item.prompt) <= MAX_PROMPT_CHARS
                assert 0 < len(item.title) <= 80
                assert bool(item.sources) == (tool in (Tool.EDIT, Tool.UPSCALE))
                for words in (item.title, item.prompt, item.original, item.model_reason):
                    assert not LIVE.search(words)


@settings(deadline=None, max_examples=200)
@given(texts)
def test_what_is_planned_is_what_its_model_can_do(text: str) -> None:
    understood = planned(text)

    if isinstance(understood, ProposePlan):
        for item in understood.items:
            wanted = ItemSettings(**item.model_dump(include=set(ItemSettings.model_fields)))
            assert checked(wanted, ALL).id == item.model_id


@settings(deadline=None, max_examples=200)
@given(texts)
def test_whatever_is_wanted_different_can_be_done(text: str) -> None:
    items = (planned_item("a dog"), planned_item("a cat", model_id="sketch/mark"))
    revision = changed(items, text, catalog=ALL, tool=Tool.GENERATE_BATCH)

    assert len(revision.removed_positions) < len(items)
    for item in revision.items:
        wanted = ItemSettings(**item.model_dump(include=set(ItemSettings.model_fields)))
        assert checked(wanted, ALL).id == item.model_id
        assert not LIVE.search(item.prompt + item.title)


@settings(deadline=None, max_examples=200)
@given(texts, texts)
def test_any_canvas_becomes_rows(heading: str, body: str) -> None:
    for item in rows([Heading(heading, body)], body, catalog=ALL):
        assert 0 < len(item.title) <= 80
        assert 0 < len(item.prompt) <= MAX_PROMPT_CHARS
        assert not LIVE.search(item.prompt + item.title)


@settings(deadline=None, max_examples=300)
@given(texts)
def test_what_is_in_view_matters_only_where_it_is_needed(text: str) -> None:
    said = request(text)

    if not needs_context(said, bot_user_id=US):
        assert planned(text, VIEWS[1]) == planned(text)


@given(st.text(max_size=100))
def test_the_same_text_is_planned_the_same(text: str) -> None:
    assert planned(text) == planned(text)


@pytest.mark.parametrize(
    "piece",
    ["a ", "with ", "in a ", "image for ", "1 ", "3 x 4 ", "three ", "a\n", ",", '"a" ', "please ",
     "thanks ", "one with ", "watercolor ", "seed ", "4 images ", "a logo and a ", "<", "*a ",
     "the second ", "image 2 and ", "the picture Ana ", "remove the ", "- a\n", "1. a logo\n",
     "make it ", "Ana's ", "all of ", "images for each section ", " and ", "one red, ", "in the ",
     "instead of ", "under the ", "it and put it ", "change a to "],
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    short = (piece * 3000)[:2990]
    started = time.process_time()

    for view in VIEWS[3:]:
        planned(short, view)
    needs_context(request(short), bot_user_id=US)
    changed([planned_item("a"), planned_item("b")], short, catalog=ALL)
    rows([Heading(short[:200], short)], short, catalog=ALL)
    planned((piece * 50_000)[:50_000])

    # Milliseconds where it is idle; what this guards against takes seconds and more.
    assert time.process_time() - started < 0.5
