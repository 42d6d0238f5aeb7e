"""Whatever somebody writes: an answer, quickly, with nothing live in it."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.catalog import MAX_PROMPT_CHARS
from bot.domain.proposals import ItemSettings
from bot.domain.requests import ProposePlan, ReplyPlan
from bot.studio.check import checked
from tests.bot.planner.asking import OFFERED, planned

LIVE = re.compile(r"<[@#!]|<[a-z]{1,30}:")
SAID = """
create make a an the of for with in as and please three 4 variations versions images logo poster
banner hero product square wide 9:16 1080x1920 seed 4711 style watercolor flat fox mug model Sketch
2K DALL-E using no text thanks ! ? . , : ; " “ ” ' ( ) <!channel> <@U1> <#C1|x> &lt; &gt; &amp;
:fox_face: 🦊 ארנב 狐 - 1. 2. gallery models edit the last image
"""
PIECES = ("\n", *SAID.split())
texts = st.one_of(
    st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
)


@settings(deadline=None, max_examples=300)
@given(texts)
def test_any_text_is_planned_soundly(text: str) -> None:
    understood = planned(text)

    if isinstance(understood, ReplyPlan):
        assert not LIVE.search(understood.detail)
        return
    assert isinstance(understood, ProposePlan)
    item = understood.items[0]
    assert 1 <= item.count <= 4
    assert 0 < len(item.prompt.strip()) <= MAX_PROMPT_CHARS
    assert 0 < len(item.title) <= 80
    for words in (item.title, item.prompt, item.original, item.model_reason):
        assert not LIVE.search(words)


@settings(deadline=None, max_examples=200)
@given(texts)
def test_what_is_planned_is_what_its_model_can_do(text: str) -> None:
    understood = planned(text)

    if isinstance(understood, ProposePlan):
        item = understood.items[0]
        wanted = ItemSettings(**item.model_dump(include=set(ItemSettings.model_fields)))
        assert checked(wanted, OFFERED).id == item.model_id


@given(st.text(max_size=100))
def test_the_same_text_is_planned_the_same(text: str) -> None:
    assert planned(text) == planned(text)


@pytest.mark.parametrize(
    "piece",
    ["a ", "with ", "in a ", "image for ", "1 ", "3 x 4 ", "three ", "a\n", ",", '"a" ', "please ",
     "thanks ", "one with ", "watercolor ", "seed ", "4 images ", "a logo and a ", "<", "*a "],
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    short = (piece * 3000)[:2990]
    started = time.process_time()

    planned(short)
    planned((piece * 50_000)[:50_000])

    # Milliseconds where it is idle; what this guards against takes seconds and more.
    assert time.process_time() - started < 0.5
