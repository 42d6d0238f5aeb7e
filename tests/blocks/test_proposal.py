"""The proposal's card: every state as stored, and every state with text that means harm."""

import re
from dataclasses import replace

import pytest

from blocks import proposal
from blocks.proposal import CardView, card, deny_modal, pack, parse_deny, unpack

from .checked import Json, checked_message, checked_view, nodes, submitted, texts
from .samples import BALANCE, CARDS, PROPOSAL
from .stored import assert_snapshot

NASTY = {
    "long": "a photograph of " + "very " * 596,
    "long_without_spaces": "x" * 3000,
    "emoji": "👩‍👩‍👧‍👦" * 400,
    "entities": "&" * 3000,
    "brackets": "<>" * 1500,
    "right_to_left": "כוס קפה מקרמיקה على الطاولة",
    "override": "mug \u202egnp.exe\u202c \u2066x",
    "channel": "<!channel> <!here> <!subteam^S1|all> <@U0BEN00001> <#C0DESIGN01>",
    "link": "<https://evil.example|your bank> https://evil.example",
    "marks": "*bold* _italic_ ~gone~ `code` ```block``` > quote\n>>> more",
    "shortcodes": ":smile: :skull_and_crossbones: 12:30",
    "entity": "&lt;!channel&gt; &amp;",
    "control": "a\x00b\x07c\x1b[31m\u2028d\ud800e",
    "lines": "\n\n\n" * 500 + "x",
    "date": "<!date^0^{date}|never>",
}

LIVE = re.compile(r"<[!@#]\S")
OURS = re.compile(r"<@U0(ANA|BEN)00001>|<!date\^\d+\^\{date_short_pretty\} at \{time\}\|[^>]+>")


def with_text(view: CardView, text: str) -> CardView:
    """The same card with that text wherever somebody else's words may stand."""
    item = view.proposal.items[0]
    settings = item.settings.model_copy(update={"prompt": text, "negative_prompt": text})
    changes = {
        "title": text,
        "original": text,
        "model_reason": text,
        "settings": settings,
        "failure": text,
    }
    fields: Json = {"items": (item.model_copy(update=changes),)}
    if view.proposal.outcome:
        fields["outcome"] = view.proposal.outcome.model_copy(update={"feedback": text})
    return replace(view, proposal=view.proposal.model_copy(update=fields))


@pytest.mark.parametrize("state", CARDS)
def test_card_is_as_stored(state: str) -> None:
    shown = card(CARDS[state])
    assert_snapshot(state, {"text": shown.text, "blocks": checked_message(shown)})


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("state", CARDS)
def test_card_holds_any_text(state: str, name: str) -> None:
    shown = card(with_text(CARDS[state], NASTY[name]))
    json = checked_message(shown)
    shown.text.encode()
    for node in texts(json):
        node["text"].encode()
        assert not LIVE.search(OURS.sub("", node["text"]))
    assert not LIVE.search(OURS.sub("", shown.text))


@pytest.mark.parametrize("name", ["marks", "shortcodes", "link"])
def test_foreign_text_is_never_formatted(name: str) -> None:
    shown = card(with_text(CARDS["denied_with_feedback"], NASTY[name]))
    mrkdwn = [node for node in texts(checked_message(shown)) if node["type"] == "mrkdwn"]
    assert all(node["verbatim"] for node in mrkdwn)
    for line in [shown.text, *(node["text"] for node in mrkdwn)]:
        assert not re.search(r"\bitalic_|`code|:smile:|~gone|\*bold|<https", line)


@pytest.mark.parametrize("state", [name for name in CARDS if not name.startswith("awaiting")])
def test_decided_card_is_locked(state: str) -> None:
    actions = {node.get("action_id") for node in nodes(checked_message(card(CARDS[state])))}
    assert not actions & {proposal.APPROVE, proposal.EDIT, proposal.DENY}


@pytest.mark.parametrize("state", CARDS)
def test_text_carries_what_the_blocks_say(state: str) -> None:
    shown = card(CARDS[state])
    first, rest = shown.text.split("\n", 1)
    assert "ceramic coffee mug, product hero" in first
    assert CARDS[state].proposal.items[0].settings.prompt in rest
    for block in checked_message(shown)[2:]:
        if block["type"] == "context":
            assert all(line in rest for line in block["elements"][0]["text"].split("\n"))
        elif block["type"] == "section":
            assert block["text"]["text"] in shown.text


def test_approving_carries_the_revision_that_was_seen() -> None:
    buttons = {
        n["action_id"]: n
        for n in nodes(checked_message(card(CARDS["awaiting"])))
        if n.get("type") == "button"
    }
    assert unpack(buttons[proposal.APPROVE]["value"]) == ("prp_01k", 3)
    assert buttons[proposal.EDIT]["value"] == buttons[proposal.DENY]["value"] == "prp_01k"
    assert buttons[proposal.APPROVE]["text"]["text"] == "Approve · 16 credits"


def test_full_size_offers_each_image_that_was_made() -> None:
    (menu,) = [
        n
        for n in nodes(checked_message(card(CARDS["partly_done"])))
        if n.get("type") == "static_select"
    ]
    assert [unpack(option["value"]) for option in menu["options"]] == [
        ("itm_01k", 1), ("itm_01k", 2), ("itm_01k", 3),
    ]  # fmt: skip
    assert not [
        n
        for n in nodes(checked_message(card(CARDS["done_one"])))
        if n.get("type") == "static_select"
    ]


def test_sketches_are_never_called_ai() -> None:
    assert "sketch engine, not an AI model" in card(CARDS["awaiting_one_sketch"]).text


def test_edited_prompt_stands_beside_what_was_asked_for() -> None:
    shown = card(CARDS["awaiting_edited"])
    assert "Prompt edited. Asked for: “Create a square product hero" in shown.text
    assert "Prompt edited" not in card(CARDS["awaiting"]).text


@pytest.mark.parametrize(
    ("charged", "words"),
    [
        (984, "*16 credits* · 16 of 1,000 left in November"),
        (985, "*16 credits* · 15 of 1,000 left in November, 1 credit short"),
        (1200, "*16 credits* · 0 of 1,000 left in November, 16 credits short"),
    ],
)
def test_card_says_when_credits_do_not_suffice(charged: int, words: str) -> None:
    view = CardView(
        proposal=PROPOSAL,
        catalog=CARDS["awaiting"].catalog,
        balance=BALANCE.model_copy(update={"charged_credits": charged}),
    )
    text = card(view).text
    assert words in text
    assert (" short" in text) == (" short" in words)


@pytest.mark.parametrize(("row_id", "number"), [("prp_01k", 0), ("itm.with.dots", 4), ("p", 999)])
def test_unpack_undoes_pack(row_id: str, number: int) -> None:
    assert unpack(pack(row_id, number)) == (row_id, number)


@pytest.mark.parametrize(
    "value", ["", "prp_01k", ".3", "prp_01k.", "prp_01k.-1", "prp_01k.x", "prp_01k.٣", "p.1e9",
              "p." + "9" * 5000]
)  # fmt: skip
def test_unpack_refuses_nonsense(value: str) -> None:
    with pytest.raises(ValueError, match="not a value of ours"):
        unpack(value)


def test_pack_refuses_what_a_button_cannot_carry() -> None:
    with pytest.raises(ValueError, match="at most 2000"):
        pack("x" * 2000, 1)


def test_deny_form_asks_without_insisting() -> None:
    view = checked_view(deny_modal(PROPOSAL))
    assert view["private_metadata"] == PROPOSAL.id
    assert view["blocks"][0]["optional"]
    assert parse_deny(submitted(view)) == ""


@pytest.mark.parametrize(
    ("values", "feedback"),
    [
        ({"feedback": {proposal.FEEDBACK: {"value": "  lighter wood \n"}}}, "lighter wood"),
        ({"feedback": {proposal.FEEDBACK: {"value": None}}}, ""),
        ({"feedback": {proposal.FEEDBACK: {"value": "x" * 5000}}}, "x" * 999 + "…"),
        ({"feedback": "no"}, ""),
        ({}, ""),
    ],
)
def test_parse_deny(values: Json, feedback: str) -> None:
    assert parse_deny(values) == feedback


@pytest.mark.parametrize("name", CARDS)
def test_what_is_heard_of_a_button_begins_with_what_is_seen(name: str) -> None:
    """Whoever speaks to their machine says the words on the button (WCAG 2.5.3)."""
    for node in nodes(checked_message(card(CARDS[name]))):
        if node.get("type") == "button":
            assert node["accessibility_label"].startswith(node["text"]["text"])
