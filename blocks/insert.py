"""Pictures in canvases, in words and buttons: what a card says of a place and of an insertion."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConfirmObject,
    InteractiveElement,
    LinkButtonElement,
    PlainTextObject,
)

from blocks.message import Message, message
from blocks.parts import actions, button, context, section
from blocks.text import link, plural, quoted, sentence
from bot.domain.insertions import Insertion, InsertionState
from bot.domain.proposals import Item, ItemState, Place, Proposal, ProposalState

INSERT = "result_insert"
"""Asks where an image is to go; the button's value is the image's id."""
EDIT = "insert_edit"
"""Changes where an insertion goes; the button's value is the item's id."""
UNDO = "insert_undo"
UNDO_SEVERAL = "insert_undo_several"
AGAIN = "insert_again"
OPEN = "insert_open"
CHOOSE_PLACE = "insert_choose_place"
"""On a question of ours; the value is the request's id and those of the images."""
CHOOSE_CANVAS = "insert_choose_canvas"
"""On a question of ours; the value is the request's id, and whether to insert."""

KEPT = "The image is in your gallery."
"""What follows every reason for which it is not in the canvas."""

_TITLE_CHARS = 80
_HEADING_CHARS = 80
_FAILURE_CHARS = 400


def canvas_words(place: Place) -> str:
    """The canvas's title in mrkdwn, leading to it where its address is known."""
    title = quoted(place.canvas_title, _TITLE_CHARS) or "Untitled"
    return f"*{link(place.canvas_url, title) if place.canvas_url else title}*"


def heading_words(place: Place) -> str:
    """`under “Hero”`, `under the second “Hero”`, or `at its end`."""
    if not place.heading:
        return "at its end"
    which = "" if place.occurrence == 1 else f"the {_ordinal(place.occurrence)} "
    return f"under {which}“{quoted(place.heading, _HEADING_CHARS)}”"


def place_words(place: Place) -> str:
    """`into canvas *Launch plan*, under “Hero”`, in mrkdwn."""
    return f"into canvas {canvas_words(place)}, {heading_words(place)}"


def insertion_line(insertion: Insertion, *, is_row: bool = False) -> str:
    """What has become of an insertion, as a sentence in mrkdwn.

    `is_row` leaves out the canvas, where a batch says it once for all its rows.
    """
    place = insertion.place
    where = heading_words(place) if is_row else place_words(place)
    match insertion.state:
        case InsertionState.PENDING:
            return f"Being inserted {where}"
        case InsertionState.INSERTED:
            return f"Inserted {where}"
        case InsertionState.UNDONE:
            return f"Inserted {where}, and undone. {KEPT}"
        case InsertionState.FAILED:
            why = sentence(quoted(insertion.failure, _FAILURE_CHARS))
            kept = "" if "gallery" in why else f" {KEPT}"
            return f"Not inserted {where}: {why}{kept}"


def undo_button(insertion: Insertion) -> ButtonElement:
    """Takes out exactly what was inserted, after asking."""
    made = button(
        "Undo insert",
        action_id=UNDO,
        value=insertion.id,
        spoken=f"Undo the insert into {insertion.place.canvas_title}",
    )
    made.confirm = ConfirmObject(
        title="Undo insert",
        text=PlainTextObject(
            text=(
                "The image and its caption are taken out of the canvas. Nothing else in it "
                "changes, and the image stays in your gallery."
            )
        ),
        confirm="Undo insert",
        deny="Keep it",
    )
    return made


def again_button(insertion: Insertion) -> ButtonElement:
    """After an undo the same once more; after a failure, somewhere else."""
    title = insertion.place.canvas_title
    if insertion.state is InsertionState.FAILED:
        return button(
            "Choose where…",
            action_id=INSERT,
            value=insertion.image_id,
            spoken=f"Choose where to insert the image that did not go into {title}",
        )
    return button(
        "Insert again",
        action_id=AGAIN,
        value=insertion.id,
        spoken=f"Insert the image into {title} again",
    )


def edit_button(item: Item) -> ButtonElement:
    """Changes where an insertion goes, while it awaits a decision."""
    return button(
        "Edit…", action_id=EDIT, value=item.id, spoken=f"Edit… where it goes: {item.title}"
    )


def open_button(place: Place) -> LinkButtonElement:
    """Leads to the canvas."""
    return LinkButtonElement(
        text=PlainTextObject(text="Open canvas", emoji=False),
        url=place.canvas_url,
        action_id=OPEN,
    )


def steps(insertions: Sequence[Insertion]) -> list[InteractiveElement]:
    """The buttons for what was inserted, and what was not, by one proposal."""
    found: list[InteractiveElement] = []
    inserted = [each for each in insertions if each.state is InsertionState.INSERTED]
    if len(insertions) == 1:
        (only,) = insertions
        if only.state is InsertionState.INSERTED:
            found.append(undo_button(only))
        elif only.state is not InsertionState.PENDING and only.image_id:
            found.append(again_button(only))
    elif inserted:
        found.append(
            button(
                f"Undo inserts ({len(inserted)})…",
                action_id=UNDO_SEVERAL,
                value=inserted[0].item_id,
                spoken=f"Undo {plural(len(inserted), 'insert')}…",
            )
        )
    if insertions and insertions[0].place.canvas_url:
        found.append(open_button(insertions[0].place))
    return found


def card_lines(proposal: Proposal, item: Item, insertions: Sequence[Insertion]) -> list[str]:
    """What a row of a card says of its place: where it would go, or what became of it.

    `insertions` are those of the proposal. A row that is to be inserted and did not come out says
    nothing more: its own line has the reason.
    """
    if item.place is None or item.state is ItemState.REMOVED:
        return []
    is_row = bool(proposal.is_batch and batch_words(proposal))
    own = next((each for each in insertions if each.item_id == item.id), None)
    if own is not None:
        return [insertion_line(own, is_row=is_row)]
    is_open = proposal.state in (ProposalState.AWAITING, ProposalState.APPROVED)
    if is_open and item.state not in (ItemState.REFUSED, ItemState.FAILED, ItemState.STOPPED):
        where = heading_words(item.place) if is_row else place_words(item.place)
        return [f"Goes {where}"]
    return []


def batch_words(proposal: Proposal) -> str:
    """`into canvas *Launch plan*`, where all its rows go into one; empty otherwise."""
    places = [item.place for item in proposal.live]
    first = places[0] if places else None
    if first is None or any(p is None or p.canvas_id != first.canvas_id for p in places):
        return ""
    return f"into canvas {canvas_words(first)}"


def choose_place(words: str, *, packed: str) -> Message:
    """Asks where images are to go; `packed` has the ids of the request and of the images."""
    pressed = button(
        "Choose where…",
        action_id=CHOOSE_PLACE,
        value=packed,
        spoken="Choose the canvas and the heading",
    )
    return _question(words, pressed)


def choose_canvas(words: str, *, packed: str) -> Message:
    """Asks which canvas is meant; `packed` is the request's id and whether to insert."""
    pressed = button(
        "Choose a canvas…",
        action_id=CHOOSE_CANVAS,
        value=packed,
        spoken="Choose the canvas to make images for",
    )
    return _question(words, pressed)


def only_some(place: Place, *, shown: int, total: int) -> Message:
    """Says that a canvas has more sections than one card has rows."""
    words = (
        f"{canvas_words(place)} has {plural(total, 'section')}; the card has the first {shown}. "
        "For the others, ask again once these are made, with the headings you want."
    )
    return message([words], [section(words)])


def _question(words: str, pressed: ButtonElement) -> Message:
    note = "Nothing is made or charged before you approve."
    blocks: list[Block] = [section(words), actions([pressed]), context(note)]
    return message([words, note], blocks)


def _ordinal(number: int) -> str:
    names = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
    return names.get(number, f"{number}th")
