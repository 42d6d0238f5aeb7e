"""The short answers: each says what to do next, and holds any text."""

import pytest

from blocks import replies
from blocks.replies import REPLY_EXAMPLE, example, gallery, models, oops, reply, said
from bot.domain.images import Origin
from bot.domain.requests import ReplyKind, ReplyPlan

from .checked import checked_message, nodes
from .samples import CATALOG, DUO, IMAGE, NEXT_LINK, PAINTER
from .stored import assert_snapshot
from .test_proposal import LIVE, NASTY, OURS

LOOKED_UP = [ReplyKind.MODELS, ReplyKind.GALLERY]
PLAIN = [kind for kind in ReplyKind if kind not in LOOKED_UP]
REASONS = [
    "too_many",
    "too_many_items",
    "name_each",
    "which_picture",
    "no_such_picture",
    "already_in_gallery",
    "no_generator",
    "no_editor",
    "no_upscaler",
    "approve_in_text",
    "deny_in_text",
    "vary",
    "undo",
    "delete",
    "edit",
    "canvas",
]
"""Why the planner does not do something, as it calls it."""


@pytest.mark.parametrize("kind", PLAIN)
@pytest.mark.parametrize(
    "detail", ["", "50000", *REASONS, *NASTY.values()], ids=["empty", "number", *REASONS, *NASTY]
)
def test_every_answer_holds_any_detail(kind: ReplyKind, detail: str) -> None:
    shown = reply(ReplyPlan(kind=kind, detail=detail))
    checked_message(shown)
    assert not LIVE.search(shown.text)


@pytest.mark.parametrize("kind", LOOKED_UP)
def test_answers_that_need_looking_up_are_not_made_up(kind: ReplyKind) -> None:
    with pytest.raises(ValueError, match="needs what was found"):
        reply(ReplyPlan(kind=kind))


@pytest.mark.parametrize("kind", [ReplyKind.HELP, ReplyKind.EMPTY, ReplyKind.NOT_UNDERSTOOD])
def test_examples_can_be_pressed_and_read(kind: ReplyKind) -> None:
    shown = reply(ReplyPlan(kind=kind))
    keys = [n["value"] for n in nodes(checked_message(shown)) if n.get("type") == "button"]
    assert 2 <= len(keys) <= 3
    assert all(f"“{example(key)}”" in shown.text for key in keys)
    assert all(
        n["action_id"] == REPLY_EXAMPLE
        for n in nodes(checked_message(shown))
        if n.get("type") == "button"
    )


def test_forged_example_is_refused() -> None:
    with pytest.raises(ValueError, match="not an example of ours"):
        example("<!channel>")


def test_help_is_as_stored() -> None:
    shown = reply(ReplyPlan(kind=ReplyKind.HELP))
    assert_snapshot("help", {"text": shown.text, "blocks": checked_message(shown)})


@pytest.mark.parametrize("detail", REASONS)
def test_what_is_not_done_is_said_with_what_to_do_instead(detail: str) -> None:
    unknown = reply(ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail="?")).text
    words = reply(ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail=detail)).text
    assert words.split("\n")[0] != unknown.split("\n")[0] == "I cannot do that."


def test_too_long_says_how_long_and_how_long_it_may_be() -> None:
    text = reply(ReplyPlan(kind=ReplyKind.TOO_LONG, detail="50000")).text
    assert text.startswith("Your request has 50,000 characters; I can take 3,000 at most.")


def test_models_are_as_stored() -> None:
    shown = models(CATALOG, CATALOG.models)
    assert_snapshot("models", {"text": shown.text, "blocks": checked_message(shown)})


def test_models_found_are_only_those() -> None:
    shown = models(CATALOG, [DUO], query="illustration")
    checked_message(shown)
    assert shown.text.startswith("Models for “illustration”:\n• *Duo* · 13 credits each")
    assert PAINTER.name not in shown.text


@pytest.mark.parametrize("query", NASTY.values(), ids=NASTY)
def test_no_model_found_shows_all(query: str) -> None:
    shown = models(CATALOG, [], query=query)
    checked_message(shown)
    assert not LIVE.search(shown.text)
    assert all(model.name in shown.text for model in CATALOG.models)


def test_many_models_fit_one_message() -> None:
    many = [
        PAINTER.model_copy(update={"id": f"a/{n}", "name": "&" * 300, "strength": "*" * 300})
        for n in range(80)
    ]
    catalog = CATALOG.model_copy(update={"models": tuple(many)})
    checked_message(models(catalog, many))


@pytest.mark.parametrize("title", NASTY.values(), ids=NASTY)
def test_gallery_holds_many_images_of_any_title(title: str) -> None:
    images = [IMAGE.model_copy(update={"id": f"img_{n}", "title": title}) for n in range(100)]
    links = {image.id: NEXT_LINK for image in images}
    shown = gallery(images, query=title, total=130, links=links, catalog=CATALOG)
    json = checked_message(shown)
    assert shown.text.split("\n")[0].endswith("; the latest 20:")
    assert all(not LIVE.search(OURS.sub("", node["text"])) for node in nodes(json)
               if node.get("type") == "mrkdwn")  # fmt: skip


def test_gallery_row_says_what_it_is_and_where() -> None:
    shown = gallery([IMAGE], query="mug", total=3, links={IMAGE.id: NEXT_LINK}, catalog=CATALOG)
    first, row = shown.text.split("\n")
    assert first == "3 images for “mug”; the latest:"
    assert row == (
        "*ceramic coffee mug, product hero* · Painter 2 pro · 1:1 square · seed 4711 · "
        "<!date^1795513320^{date_short_pretty} at {time}|2026-11-24 09:42 UTC> · 4 credits · "
        f"<{NEXT_LINK}|open in Slack>"
    )


def test_gallery_row_of_an_imported_picture_names_no_model_and_no_price() -> None:
    kept = IMAGE.model_copy(
        update={"origin": Origin.IMPORTED, "model_id": "", "seed": None, "charged_credits": 0}
    )
    shown = gallery([kept], query="", total=1, links={}, catalog=CATALOG)
    assert shown.text.split("\n")[1] == (
        "*ceramic coffee mug, product hero* · imported · 1:1 square · "
        "<!date^1795513320^{date_short_pretty} at {time}|2026-11-24 09:42 UTC>"
    )


@pytest.mark.parametrize(
    ("query", "words"), [("", "No images yet."), ("fox", "No images for “fox”.")]
)
def test_empty_gallery_says_how_to_fill_it(query: str, words: str) -> None:
    shown = gallery([], query=query, total=0, links={}, catalog=CATALOG)
    checked_message(shown)
    assert shown.text.startswith(words)
    assert replies.example("mug") in shown.text


def test_bug_gets_a_reference() -> None:
    checked_message(oops("AB12"))
    assert "reference: `AB12`" in oops("AB12").text


def test_sentence_is_its_own_message() -> None:
    assert said("Done.").text == "Done."
    checked_message(said("Done."))
