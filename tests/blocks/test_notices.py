"""Sentences said to one person: who, what it costs, what helps; and the receipt."""

import pytest

from blocks import notices
from blocks.receipt import MAX_ALT_CHARS, alt_text, receipt
from bot.domain.money import Limit, Shortage
from bot.domain.people import Tool
from bot.domain.proposals import Item

from .samples import CARDS, CATALOG, CREATED
from .test_proposal import NASTY, with_text


def made(state: str) -> Item:
    """The item of a card."""
    return CARDS[state].proposal.items[0]


@pytest.mark.parametrize(
    ("approvers", "who"),
    [
        ([], "Only <@U1> can decide"),
        (["U1"], "Only <@U1> can decide"),
        (["U2"], "Only <@U1> or <@U2> can decide"),
        (["U3", "U2", "U3"], "Only <@U1>, <@U2> or <@U3> can decide"),
    ],
)
def test_somebody_elses_proposal_names_who_decides(approvers: list[str], who: str) -> None:
    assert notices.not_yours("U1", approvers).startswith(who)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("approved_making", "This proposal was already approved by <@U0ANA00001>, <!date^"),
        ("done", "This proposal was already approved by <@U0ANA00001>, <!date^"),
        ("denied_and_revised", "This proposal was already denied by <@U0BEN00001>, <!date^"),
        ("expired", "This proposal has expired; nothing was charged."),
        ("expired_and_proposed_again", "This proposal changed while you were looking at it"),
        ("awaiting", "This proposal changed while you were looking at it"),
    ],
)
def test_who_comes_late_is_told_who_was_first(state: str, words: str) -> None:
    assert notices.already_decided(CARDS[state].proposal).startswith(words)


@pytest.mark.parametrize(
    ("charged", "words"),
    [
        (990, "This costs 16 credits, but 10 credits of 1,000 are left in November."),
        (999, "This costs 16 credits, but 1 credit of 1,000 is left in November."),
        (1200, "This costs 16 credits, but 0 credits of 1,000 are left in November."),
    ],
)
def test_over_budget_says_cost_and_rest(charged: int, words: str) -> None:
    shortage = Shortage(
        limit=Limit.WORKSPACE_MONTH,
        needed_credits=16,
        left_credits=1000 - charged,
        budget_credits=1000,
    )
    assert notices.over_budget(shortage, at=CREATED).startswith(words)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit.PERSON_DAY, "3 credits of 50 are left today for whoever asked for this."),
        (Limit.CHANNEL_MONTH, "3 credits of 50 are left in November for this channel."),
    ],
)
def test_over_budget_names_the_budget_that_is_too_short(limit: Limit, words: str) -> None:
    shortage = Shortage(limit=limit, needed_credits=4, left_credits=3, budget_credits=50)
    assert words in notices.over_budget(shortage, at=CREATED)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "Its admins can change that."),
        (["Ben"], "Ben can change that."),
        (["Ben", "Cem"], "Ben and Cem can change that."),
        (["Ana", "Ben", "Cem"], "Ana, Ben and Cem can change that."),
        (["Ana", "Ben", "Cem", "Dee"], "Ana, Ben, Cem and other admins can change that."),
    ],
)
def test_who_can_change_a_setting_is_named(names: list[str], words: str) -> None:
    assert notices.who_can_change(names) == words
    assert notices.blocked(Tool.GENERATE) == "Generating an image is blocked in this workspace."


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            "done",
            "*ceramic coffee mug, product hero* · Painter 2 pro · 16 credits charged",
        ),
        (
            "done_one",
            "*ceramic coffee mug, product hero* · Sketch (sketch engine, not an AI model) · "
            "1 credit charged",
        ),
    ],
)
def test_receipt(state: str, words: str) -> None:
    assert receipt([made(state)], CATALOG) == words


def test_receipt_of_a_batch_names_each_image_and_its_model_once() -> None:
    mug = made("done")
    fox = mug.model_copy(update={"position": 2, "title": "fox"})
    assert receipt([mug, fox], CATALOG) == (
        "*8 images* · Painter 2 pro · 32 credits charged\n"
        "1  ceramic coffee mug, product hero\n"
        "2  fox"
    )
    drafted = fox.model_copy(update={"settings": made("done_one").settings})
    assert receipt([mug, drafted], CATALOG) == (
        "*8 images* · 32 credits charged\n"
        "1  ceramic coffee mug, product hero · Painter 2 pro\n"
        "2  fox · Sketch (sketch engine, not an AI model)"
    )


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_receipt_and_alt_text_hold_any_text(text: str) -> None:
    line = receipt([with_text(CARDS["done"], text).proposal.items[0]], CATALOG)
    assert "\n" not in line
    assert len(line) < 3000
    for is_ai in (True, False):
        alt = alt_text(text, text, is_ai=is_ai)
        alt.encode()
        assert len(alt) <= MAX_ALT_CHARS
        assert alt.startswith("AI-generated image: ")
        assert alt.endswith("not an AI model.") is not is_ai


def test_alt_text_without_a_description_is_the_title() -> None:
    assert alt_text("ceramic mug", " ", is_ai=True) == "AI-generated image: ceramic mug."
    assert alt_text("ceramic mug", "a mug on a plinth", is_ai=False) == (
        "AI-generated image: ceramic mug. A mug on a plinth. "
        "Composed by the sketch engine, not an AI model."
    )
