"""The batch's card: its rows in every state, as stored and within Slack's limits on every page."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as configured
from hypothesis import strategies as st

from blocks import batch, steps
from blocks.batch import batch_title, paged, parse_row, row_value
from blocks.proposal import card
from blocks.view import CardView
from bot.domain.catalog import Aspect
from bot.domain.insertions import Insertion, InsertionState
from bot.domain.people import Tool
from bot.domain.proposals import (
    MAX_ITEMS,
    Item,
    ItemSource,
    ItemState,
    Place,
    Proposal,
    ProposalState,
)

from .checked import Json, checked_message, nodes
from .samples import APPROVAL, CREATED, ITEM, NEXT_LINK, PROPOSAL, SKETCH, settings, view
from .stored import assert_snapshot
from .test_proposal import LIVE, NASTY, OURS

TITLES = ("Sunrise desk", "Team at work", "Paper plane")
ASKED = "<@U0BOT00001> please make me three homepage hero concepts. Thanks!"


def row(position: int, **changes: Any) -> Item:
    """One row of the sample batch."""
    values: dict[str, Any] = {
        "id": f"itm_{position:02}",
        "position": position,
        "title": TITLES[(position - 1) % 3],
        "original": ASKED,
        "settings": settings(prompt=f"Wide photo, number {position}, no text.", count=1),
        "price_credits": 4,
    }
    return ITEM.model_copy(update=values | changes)


def proposed(*rows: Item, **fields: Any) -> Proposal:
    """A batch of these rows."""
    return PROPOSAL.model_copy(update={"items": rows, **fields})


MADE = {"made_count": 1, "used_seed": 7, "seconds": 4.2}
DELIVERED = {
    **MADE,
    "state": ItemState.DELIVERED,
    "charged_credits": 4,
    "is_posted": True,
}
PLACE = Place(canvas_id="F0CANVAS01", canvas_title="Launch plan", heading="Hero")
INSERTION = Insertion(
    id="ins_1",
    team_id="T0SANDBOX1",
    item_id="itm_01",
    image_id="img_1",
    place=PLACE,
    marker="m1",
    state=InsertionState.INSERTED,
    by="U0ANA00001",
    created_at=CREATED,
)

BATCHES: dict[str, CardView] = {
    "batch_awaiting": view(proposed(row(1), row(2), row(3))),
    "batch_row_removed": view(proposed(row(1), row(2, state=ItemState.REMOVED), row(3))),
    "batch_running": view(
        proposed(
            row(1, **{**MADE, "state": ItemState.MADE}),
            row(2, state=ItemState.SUBMITTED),
            row(3, state=ItemState.QUEUED),
            state=ProposalState.APPROVED,
            outcome=APPROVAL,
        )
    ),
    "batch_automatic": view(
        proposed(
            row(1, state=ItemState.SUBMITTING),
            row(2, state=ItemState.QUEUED),
            state=ProposalState.APPROVED,
            outcome=APPROVAL,
            is_automatic=True,
        )
    ),
    "batch_unknown": view(
        proposed(
            row(1, **DELIVERED),
            row(2, state=ItemState.UNKNOWN),
            state=ProposalState.APPROVED,
            outcome=APPROVAL,
        )
    ),
    "batch_done": view(
        proposed(
            row(1, **DELIVERED), row(2, **DELIVERED), state=ProposalState.DONE, outcome=APPROVAL
        )
    ),
    "batch_partly_done": view(
        proposed(
            row(1, **DELIVERED),
            row(2, state=ItemState.REFUSED, failure="public figure"),
            row(3, state=ItemState.FAILED, failure="The provider timed out"),
            row(4, state=ItemState.STOPPED),
            row(5, state=ItemState.REMOVED),
            state=ProposalState.PARTLY_DONE,
            outcome=APPROVAL,
        )
    ),
    "batch_retried": view(
        proposed(
            row(1, **DELIVERED),
            row(2, state=ItemState.FAILED, failure="The provider timed out"),
            state=ProposalState.PARTLY_DONE,
            outcome=APPROVAL,
            superseded_by="prp_01m",
        ),
        next_link=NEXT_LINK,
    ),
    "batch_expired": view(proposed(row(1), row(2), state=ProposalState.EXPIRED)),
    "batch_edits": view(
        proposed(
            row(1, sources=(ItemSource(image_id="img_1", title="Mug"),)),
            row(2, sources=(ItemSource(image_id="img_2", title="Fox"),)),
            tool=Tool.EDIT,
        )
    ),
    "batch_for_a_canvas": view(
        proposed(
            row(1, **DELIVERED, place=PLACE),
            row(2, state=ItemState.QUEUED, place=PLACE),
            state=ProposalState.APPROVED,
            outcome=APPROVAL,
        ),
        insertions=[INSERTION],
    ),
}


@pytest.mark.parametrize("name", BATCHES)
def test_card_is_as_stored(name: str) -> None:
    shown = card(BATCHES[name])
    assert_snapshot(name, {"text": shown.text, "blocks": checked_message(shown)})


@pytest.mark.parametrize("name", BATCHES)
def test_text_says_every_row_and_the_sum(name: str) -> None:
    shown = card(BATCHES[name])
    for item in BATCHES[name].proposal.items:
        assert f"{item.position}  {item.title}" in shown.text or item.sources
    assert "three homepage hero concepts" in shown.text.split("\n")[0]


def nasty_rows() -> st.SearchStrategy[list[Item]]:
    """1 to 20 rows of the nastiest texts in any state, with pictures and places."""
    text = st.sampled_from([*NASTY.values(), "mug"])
    source = st.builds(
        ItemSource, image_id=st.just("img_1"), slack_file_id=st.just("F0FILE00001"), title=text
    )

    @st.composite
    def one(draw: st.DrawFn, position: int, is_waiting: bool) -> Item:
        states = [ItemState.WAITING, ItemState.REMOVED] if is_waiting else list(ItemState)
        return row(
            position,
            state=draw(st.sampled_from(states)),
            title=draw(text),
            original=draw(text),
            model_reason=draw(text),
            failure=draw(text),
            settings=settings(
                prompt=draw(text),
                negative_prompt=draw(text),
                model_id=draw(st.sampled_from(["old/gone", SKETCH.id])),
                style_id=draw(text),
                aspect=Aspect.LANDSCAPE_4_3,
                count=draw(st.integers(1, 4)),
                scale=draw(st.none() | st.just(2)),
            ),
            price_credits=999_999_999,
            charged_credits=draw(st.sampled_from([0, 999_999_999])),
            made_count=draw(st.integers(0, 4)),
            used_seed=2**31 - 1,
            seconds=3599.0,
            is_posted=draw(st.booleans()),
            sources=tuple(draw(st.lists(source, max_size=3))),
            place=draw(
                st.none()
                | st.builds(
                    Place,
                    canvas_id=st.just("F0CANVAS01"),
                    canvas_title=text,
                    canvas_url=st.just("https://northwind.slack.com/docs/T0/F0CANVAS01"),
                    heading=text,
                )
            ),
        )

    return st.booleans().flatmap(
        lambda is_waiting: st.integers(1, MAX_ITEMS).flatmap(
            lambda count: st.tuples(*(one(n, is_waiting) for n in range(1, count + 1))).map(list)
        )
    )


@configured(max_examples=40)
@given(
    nasty_rows(),
    st.sampled_from(list(ProposalState)),
    st.sampled_from([Tool.GENERATE, Tool.EDIT, Tool.UPSCALE, Tool.INSERT_INTO_CANVAS]),
    st.booleans(),
)
def test_any_batch_stays_within_slacks_limits_on_every_page(
    rows: list[Item], state: ProposalState, tool: Tool, is_automatic: bool
) -> None:
    if not any(item.state is not ItemState.REMOVED for item in rows):
        return
    seen: set[int] = set()
    page = 1
    while True:
        shown = proposed(
            *rows, state=state, outcome=APPROVAL, tool=tool, is_automatic=is_automatic, page=page
        )
        json = checked_message(card(view(shown, next_link=NEXT_LINK)))
        words = str(json)
        for node in nodes(json):
            if node.get("type") == "mrkdwn":
                assert not LIVE.search(OURS.sub("", node["text"]))
        seen |= {item.position for item in rows if f"{item.position}  " in words}
        if batch.NEXT not in words:
            break
        page += 1
    assert len(rows) == 1 or seen == set(range(1, len(rows) + 1))


def test_a_page_beyond_the_last_is_the_last() -> None:
    rows = [
        row(n, title="long " * 60, settings=settings(prompt="long " * 60)) for n in range(1, 21)
    ]
    shown = card(view(proposed(*rows, page=99)))
    text = str(checked_message(shown))
    assert "Images 11 to 20 of 20" in text
    assert batch.NEXT not in text
    assert batch.PREVIOUS in text


@pytest.mark.parametrize(
    ("rows", "blocks", "room", "pages"),
    [
        ([(2, 10)] * 3, 48, 100, [3]),
        ([(2, 10)] * 20, 48, 1000, [20]),
        ([(2, 10)] * 20, 48, 180, [10, 10]),  # 18 would fit, but 10 and 10 are even
        ([(3, 10)] * 20, 48, 1000, [10, 10]),  # 60 blocks
        ([(2, 90), (2, 20), (2, 20)], 48, 100, [1, 2]),  # even pages of two would not fit
        ([(2, 500)], 48, 100, [1]),  # a row is never left out
    ],
)
def test_rows_are_spread_over_few_even_pages(
    rows: list[tuple[int, int]], blocks: int, room: int, pages: list[int]
) -> None:
    assert [len(page) for page in paged(rows, blocks=blocks, room=room)] == pages


@pytest.mark.parametrize(
    ("original", "title"),
    [
        (ASKED, "three homepage hero concepts"),
        ("Make three homepage hero image concepts for this product launch",
         "three homepage hero image concepts for this product launch"),
        ("hey aethera, can you draw us a fox and an owl?", "a fox and an owl"),
        ("create", "Sunrise desk, Team at work and 1 more"),
        ("Make these images:\n1. a desk\n2. a team", "Sunrise desk, Team at work and 1 more"),
        ("draw " + "a very long wish " * 20,
         "a very long wish a very long wish a very long wish a very long wish a very…"),
    ],
)  # fmt: skip
def test_a_batch_is_named_by_what_was_asked(original: str, title: str) -> None:
    rows = [row(n, original=original) for n in (1, 2, 3)]
    assert batch_title(proposed(*rows)) == title


def test_a_batch_of_different_words_is_named_by_its_rows() -> None:
    rows = [row(1, original="Hero"), row(2, original="Team")]
    assert batch_title(proposed(*rows)) == "Sunrise desk, Team at work"


@pytest.mark.parametrize("what", [batch.EDIT_ROW, batch.REMOVE_ROW])
def test_parse_row_undoes_row_value(what: str) -> None:
    value = row_value(what, row(1))
    assert parse_row(value) == (what, "itm_01")
    assert len(value) <= 150


@pytest.mark.parametrize("value", ["", "edit", "edit:", ":itm_1", "approve:itm_1"])
def test_parse_row_refuses_nonsense(value: str) -> None:
    with pytest.raises(ValueError, match="not a value of ours"):
        parse_row(value)


def actions_of(view: CardView) -> set[str]:
    """The action ids on a card."""
    return {n["action_id"] for n in nodes(checked_message(card(view))) if "action_id" in n}


@pytest.mark.parametrize(
    ("name", "wanted", "unwanted"),
    [
        ("batch_awaiting", {steps.APPROVE, steps.SET_ALL, steps.DENY, batch.ROW_MENU},
         {steps.EDIT, steps.STOP}),
        ("batch_row_removed", {batch.RESTORE, batch.ROW_MENU}, set()),
        ("batch_running", {steps.STOP}, {steps.APPROVE, batch.ROW_MENU}),
        ("batch_automatic", {steps.STOP}, {steps.APPROVE}),
        ("batch_unknown", {steps.CHECK_AGAIN, steps.TRY_AGAIN, steps.GIVE_UP}, {steps.STOP}),
        ("batch_partly_done", {steps.RETRY, "result_open"}, {steps.STOP, batch.RESTORE}),
        ("batch_retried", {"result_open"}, {steps.RETRY}),
        ("batch_expired", {steps.AGAIN}, {batch.ROW_MENU}),
    ],
)  # fmt: skip
def test_each_state_offers_its_steps(name: str, wanted: set[str], unwanted: set[str]) -> None:
    found = actions_of(BATCHES[name])
    assert wanted <= found
    assert not unwanted & found


def test_a_row_names_the_picture_it_works_on() -> None:
    text = str(checked_message(card(BATCHES["batch_edits"])))
    assert "1  Mug: Sunrise desk" in text
    assert "16:9" not in text


def test_the_line_below_adds_up() -> None:
    found = nodes(checked_message(card(BATCHES["batch_partly_done"])))
    line = next(n["text"] for n in found if "of 4 made" in str(n.get("text", "")))
    while not isinstance(line, str):
        line = line["text"]
    assert line.endswith(
        "1 of 4 made · *4 credits charged* · 1 refused · 1 failed · 1 stopped · image below"
    )


def test_twenty_rows_of_usual_length_fit_one_page() -> None:
    json: list[Json] = checked_message(card(view(proposed(*(row(n) for n in range(1, 21))))))
    assert batch.NEXT not in str(json)
    assert sum(node.get("type") == "overflow" for node in nodes(json)) == 20
