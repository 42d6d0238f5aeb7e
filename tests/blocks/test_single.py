"""The card of an edit, an upscale and an insertion: the picture in sight, the words of its tool."""

from typing import Any

import pytest

from blocks import steps
from blocks.proposal import card
from blocks.view import CardView
from bot.domain.catalog import Size
from bot.domain.people import Tool
from bot.domain.proposals import ItemSource, ItemState, ProposalState

from .checked import Json, checked_message, nodes
from .samples import APPROVAL, ENLARGER, RETOUCHER, WORKSHOP, proposal, settings, view
from .stored import assert_snapshot
from .test_batch import DELIVERED, INSERTION, PLACE
from .test_proposal import LIVE, NASTY, OURS

MUG = ItemSource(image_id="img_1", slack_file_id="F0MUG00001", title="Mug")
FOX = ItemSource(image_id="img_2", slack_file_id="F0FOX00001", title="Fox")
WARMER = "Make the background warmer"
EDIT: dict[str, Any] = {
    "title": "Mug, warmer",
    "sources": (MUG,),
    "proposed_prompt": WARMER,
    "settings": settings(prompt=WARMER, model_id=RETOUCHER.id, count=1),
    "price_credits": 4,
}
UPSCALE: dict[str, Any] = {
    "title": "Mug, larger",
    "sources": (MUG,),
    "proposed_prompt": "",
    "settings": settings(prompt="", model_id=ENLARGER.id, count=1, scale=2),
    "price_credits": 2,
}
INSERT: dict[str, Any] = {
    "title": "Mug",
    "sources": (MUG,),
    "place": PLACE,
    "proposed_prompt": "",
    "settings": settings(prompt="", model_id="canvas/insert", count=1),
    "price_credits": 0,
}


def shown(
    tool: Tool,
    item: dict[str, Any],
    state: ProposalState = ProposalState.AWAITING,
    *,
    changes: dict[str, Any] | None = None,
    **fields: Any,
) -> CardView:
    """The card of one item of that tool."""
    outcome = None if state is ProposalState.AWAITING else APPROVAL
    made = proposal(state, item=item | (changes or {}), tool=tool, outcome=outcome)
    return view(made, catalog=WORKSHOP, **fields)


CARDS: dict[str, CardView] = {
    "edit_awaiting": shown(Tool.EDIT, EDIT),
    "edit_of_two": shown(Tool.EDIT, EDIT, changes={"sources": (MUG, FOX)}),
    "edit_making": shown(
        Tool.EDIT, EDIT, ProposalState.APPROVED, changes={"state": ItemState.SUBMITTED}
    ),
    "edit_done": shown(Tool.EDIT, EDIT, ProposalState.DONE, changes=DELIVERED),
    "upscale_awaiting": shown(
        Tool.UPSCALE, UPSCALE, source_sizes={"img_1": Size(width_px=1024, height_px=768)}
    ),
    "upscale_done": shown(Tool.UPSCALE, UPSCALE, ProposalState.DONE, changes=DELIVERED),
    "insert_awaiting": shown(Tool.INSERT_INTO_CANVAS, INSERT),
    "insert_done": shown(
        Tool.INSERT_INTO_CANVAS,
        INSERT,
        ProposalState.DONE,
        changes={"state": ItemState.DELIVERED, "is_posted": True, "made_count": 1},
        insertions=[INSERTION.model_copy(update={"item_id": "itm_01k"})],
    ),
}


def lines(view: CardView) -> list[str]:
    """What its paragraphs and small print say."""
    return [n["text"] for n in nodes(checked_message(card(view))) if n.get("type") == "mrkdwn"]


@pytest.mark.parametrize("name", CARDS)
def test_card_is_as_stored(name: str) -> None:
    message = card(CARDS[name])
    assert_snapshot(name, {"text": message.text, "blocks": checked_message(message)})


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("edit_awaiting", "<@U0ANA00001> wants to change *Mug*: Make the background warmer"),
        ("edit_of_two", "<@U0ANA00001> wants to change *Mug and Fox*: Make the background warmer"),
        (
            "upscale_awaiting",
            "<@U0ANA00001> wants to upscale *Mug* to 2 times the size, 2048 × 1536 px",
        ),
        ("upscale_done", "<@U0ANA00001> wants to upscale *Mug* to 2 times the size"),
    ],
)
def test_first_line_says_who_wants_what_of_which_picture(name: str, first: str) -> None:
    assert lines(CARDS[name])[0] == first
    assert first in card(CARDS[name]).text


@pytest.mark.parametrize(
    ("name", "alts"),
    [
        ("edit_awaiting", ["Picture to edit: Mug"]),
        ("edit_of_two", ["Picture to edit: Mug", "Picture to edit: Fox"]),
        ("upscale_awaiting", ["Picture to upscale: Mug"]),
        ("insert_awaiting", ["Picture to insert: Mug"]),
        ("edit_done", []),
    ],
)
def test_the_pictures_are_shown_while_it_waits(name: str, alts: list[str]) -> None:
    found: list[Json] = [b for b in checked_message(card(CARDS[name])) if b["type"] == "image"]
    assert [block["alt_text"] for block in found] == alts


def test_without_pictures_the_words_stay() -> None:
    bare = shown(Tool.EDIT, EDIT, shows_pictures=False)
    assert not [b for b in checked_message(card(bare)) if b["type"] == "image"]
    assert "wants to change *Mug*" in card(bare).text


def test_a_picture_that_is_not_in_slack_is_named_only() -> None:
    bare = shown(Tool.EDIT, EDIT, changes={"sources": (ItemSource(image_id="i", title="Mug"),)})
    assert not [b for b in checked_message(card(bare)) if b["type"] == "image"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("edit_making", "editing 1 image"),
        ("edit_done", "edited in 4.2 s · *4 credits charged* · image below"),
        ("upscale_done", "upscaled in 4.2 s · *4 credits charged* · image below"),
        ("insert_done", "inserted"),
    ],
)
def test_each_tool_has_its_words(name: str, words: str) -> None:
    assert lines(CARDS[name])[-1].endswith(words)


def test_an_insertion_is_free_and_has_no_settings_to_edit() -> None:
    message = card(CARDS["insert_awaiting"])
    actions = {n.get("action_id") for n in nodes(checked_message(message))}
    assert steps.EDIT not in actions
    assert "Approve · free" in str(checked_message(message))
    assert "free" in message.text.split("\n")[0]


def test_a_long_change_stands_in_a_paragraph_of_its_own() -> None:
    long = "Make the background warmer, " * 12
    view = shown(Tool.EDIT, EDIT, changes={"settings": settings(prompt=long)})
    assert lines(view)[0] == "<@U0ANA00001> wants to change *Mug*"
    assert long.strip() in str(checked_message(card(view)))


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("name", CARDS)
def test_card_holds_any_text(name: str, text: str) -> None:
    view = CARDS[name]
    (item,) = view.proposal.items
    source = item.sources[0].model_copy(update={"title": text})
    wild = item.model_copy(
        update={
            "title": text,
            "original": text,
            "failure": text,
            "model_reason": text,
            "sources": (source,) * 12,
            "settings": item.settings.model_copy(update={"prompt": text}),
            "place": PLACE.model_copy(update={"canvas_title": text, "heading": text}),
        }
    )
    changed = view.proposal.model_copy(update={"items": (wild,)})
    message = card(CardView(proposal=changed, catalog=view.catalog, balance=view.balance))
    for node in nodes(checked_message(message)):
        if node.get("type") == "mrkdwn":
            assert not LIVE.search(OURS.sub("", node["text"]))
