"""The words, buttons and forms about canvases."""

import pytest

from blocks import insert, insert_form
from bot.domain.insertions import Insertion, InsertionState
from bot.domain.proposals import Place
from tests.blocks.checked import checked_message, checked_view, submitted
from tests.blocks.samples import CREATED, PROPOSAL

CANVAS = Place(
    canvas_id="F0CANVAS001",
    canvas_title="Launch plan",
    canvas_url="https://northwind.slack.com/docs/T0SANDBOX1/F0CANVAS001",
)
HERO = CANVAS.model_copy(update={"heading": "Hero"})
SECOND = CANVAS.model_copy(update={"heading": "Hero", "occurrence": 2})
LONG = CANVAS.model_copy(update={"heading": "A very long heading " * 20})
HEADINGS = (HERO, SECOND, LONG)


def insertion(number: int = 1, **changes: object) -> Insertion:
    """One of Ana's, inserted."""
    made = Insertion(
        id=f"ins_{number:02}",
        team_id="T0SANDBOX1",
        item_id=f"itm_{number:02}",
        image_id=f"img_{number:02}",
        place=HERO,
        marker="a1b2c3d4",
        state=InsertionState.INSERTED,
        by="U0ANA00001",
        created_at=CREATED,
    )
    return made.model_copy(update=changes)


PLACES = [
    (HERO, "under “Hero”"),
    (SECOND, "under the second “Hero”"),
    (CANVAS, "at its end"),
    (CANVAS.model_copy(update={"heading": "<!channel> *x*"}), "under “&lt;!channel&gt;"),
]


@pytest.mark.parametrize(("place", "words"), PLACES)
def test_a_place_is_said_in_words(place: Place, words: str) -> None:
    assert words in insert.place_words(place)
    assert "<!channel>" not in insert.place_words(place)


LINES = [
    (InsertionState.PENDING, "Being inserted into canvas"),
    (InsertionState.INSERTED, "Inserted into canvas *<https"),
    (InsertionState.UNDONE, ", and undone. The image is in your gallery."),
    (InsertionState.FAILED, ": The heading is gone. The image is in your gallery."),
]


@pytest.mark.parametrize(("state", "words"), LINES)
def test_an_insertion_says_what_became_of_it(state: InsertionState, words: str) -> None:
    assert words in insert.insertion_line(insertion(state=state, failure="The heading is gone"))


STEPS = [
    ([insertion()], [insert.UNDO, insert.OPEN]),
    ([insertion(state=InsertionState.UNDONE)], [insert.AGAIN, insert.OPEN]),
    ([insertion(state=InsertionState.FAILED)], [insert.INSERT, insert.OPEN]),
    ([insertion(state=InsertionState.FAILED, image_id="")], [insert.OPEN]),
    ([insertion(state=InsertionState.PENDING)], [insert.OPEN]),
    ([insertion(1), insertion(2)], [insert.UNDO_SEVERAL, insert.OPEN]),
    ([insertion(1, state=InsertionState.UNDONE), insertion(2)], [insert.UNDO_SEVERAL, insert.OPEN]),
    ([insertion(1, state=InsertionState.UNDONE)] * 2, [insert.OPEN]),
    ([], []),
]


@pytest.mark.parametrize(("insertions", "action_ids"), STEPS)
def test_each_state_offers_what_can_follow(
    insertions: list[Insertion], action_ids: list[str]
) -> None:
    assert [step.action_id for step in insert.steps(insertions)] == action_ids


@pytest.mark.parametrize("chosen", [None, *HEADINGS])
def test_what_the_form_shows_is_what_it_submits(chosen: Place | None) -> None:
    view = insert_form.place_form(
        "img_01k",
        callback_id=insert_form.PLACE_MODAL,
        titles=["A fox"],
        picture_id="F0PICTURE01",
        canvas=CANVAS,
        headings=HEADINGS,
        chosen=chosen,
    )
    parsed = insert_form.parse_place(submitted(checked_view(view)))
    if chosen is None:
        assert isinstance(parsed, dict)
        return
    assert isinstance(parsed, tuple)
    assert insert_form.find_place(CANVAS, HEADINGS, parsed[1]) == chosen


def test_a_heading_of_another_canvas_is_not_taken() -> None:
    """The canvas was changed, and the form submitted before its headings came."""
    view = insert_form.place_form(
        "img_01k",
        callback_id=insert_form.PLACE_MODAL,
        titles=["A fox"],
        canvas=CANVAS,
        headings=HEADINGS,
        chosen=HERO,
    )
    values = submitted(checked_view(view))
    values["canvas"]["insert_canvas"]["selected_option"]["value"] = "F0OTHER0001"
    assert isinstance(insert_form.parse_place(values), dict)


def test_a_form_before_and_after_a_choice_holds_to_slacks_limits() -> None:
    many = [HERO.model_copy(update={"heading": f"Part {n}"}) for n in range(300)]
    for canvas, headings, problem in (
        (None, (), ""),
        (None, (), "I cannot see it."),
        (CANVAS, many, ""),
    ):
        checked_view(
            insert_form.place_form(
                "req_01.img_01.img_02",
                callback_id=insert_form.PLACE_MODAL,
                titles=["A fox", "A " + "very " * 500 + "long title"],
                canvas=canvas,
                headings=headings,
                problem=problem,
            )
        )


def test_a_list_of_twenty_inserts_fits_and_leaves_what_was_unmarked() -> None:
    view = checked_view(insert_form.undo_form([insertion(n) for n in range(20)]))
    values = submitted(view)
    assert insert_form.parse_undo(values) == [f"ins_{n:02}" for n in range(20)]


def test_questions_and_the_form_for_a_canvas_hold_to_slacks_limits() -> None:
    checked_message(insert.choose_place("Where?", packed="req_01.img_01"))
    checked_message(insert.choose_canvas("Which?", packed="req_01.insert"))
    checked_message(insert.only_some(CANVAS, shown=20, total=31))
    view = checked_view(insert_form.canvas_form("req_01.insert", said="x" * 5000))
    assert isinstance(insert_form.parse_canvas(submitted(view)), dict)


def test_what_would_not_fit_a_forms_metadata_is_a_bug() -> None:
    with pytest.raises(ValueError, match="3000"):
        insert_form.canvas_form("x" * 3001, said="")


def test_a_batch_into_one_canvas_names_it_once() -> None:
    one = PROPOSAL.items[0].model_copy(update={"place": HERO})
    other = one.model_copy(update={"id": "itm_2", "place": SECOND})
    elsewhere = other.model_copy(
        update={"place": SECOND.model_copy(update={"canvas_id": "F0OTHER0001"})}
    )
    both = PROPOSAL.model_copy(update={"items": (one, other)})
    assert "|Launch plan>*" in insert.batch_words(both)
    for items in ((one, elsewhere), (one, PROPOSAL.items[0])):
        assert insert.batch_words(PROPOSAL.model_copy(update={"items": items})) == ""
