"""The forms about canvases: where an image goes, which canvas is meant, which inserts to undo.

Places go in and views come out; what is submitted goes in and ids or errors come out. Each form's
metadata is ids alone: what it is about is read from our rows.
"""

import hashlib
from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ExternalDataSelectElement,
    ImageBlock,
    InputBlock,
    Option,
    PlainTextObject,
    StaticSelectElement,
)
from slack_sdk.models.blocks.basic_components import SlackFile
from slack_sdk.models.views import View

from blocks import state
from blocks.insert import canvas_words, heading_words
from blocks.parts import MAX_GROUP_OPTIONS, context, option, section
from blocks.text import one_line, plural, quoted
from bot.domain.insertions import Insertion
from bot.domain.proposals import Place

PLACE_MODAL = "insert_place_modal"
"""Its metadata has the request's id, if it was asked in words, and those of the images."""
EDIT_PLACE_MODAL = "insert_edit_modal"
"""Its metadata has the item's id."""
CANVAS_MODAL = "insert_canvas_modal"
"""Its metadata has the request's id."""
UNDO_MODAL = "insert_undo_modal"
"""Its metadata has the id of one of the items."""

CANVAS = "insert_canvas"
HEADING = "insert_heading"
UNDONE = "insert_undone"

MAX_METADATA_CHARS = 3000
_CANVAS_BLOCK = "canvas"
_HEADING_BLOCK = "heading"
_UNDO_BLOCK = "undo"
_MAX_CHECKBOXES = 10
_END = "end"
_DIGEST_CHARS = 16
_MAX_ALT_CHARS = 2000


def place_form(
    subject: str,
    *,
    callback_id: str,
    titles: Sequence[str],
    picture_id: str = "",
    canvas: Place | None = None,
    headings: Sequence[Place] = (),
    chosen: Place | None = None,
    problem: str = "",
) -> View:
    """Asks for a canvas and, once that is chosen, for one of its headings.

    `picture_id` is the Slack file in which the only image can be seen; `chosen` is what stands in
    the form at first; `problem` is why the canvas that was chosen cannot be used.

    Raises: ValueError where the metadata would not fit.
    """
    blocks: list[Block] = []
    if len(titles) == 1:
        blocks.append(section(f"*{quoted(titles[0])}*"))
        if picture_id:
            blocks.append(
                ImageBlock(
                    slack_file=SlackFile(id=picture_id),
                    alt_text=one_line(titles[0], _MAX_ALT_CHARS) or "The image",
                )
            )
    else:
        names = ", ".join(quoted(title, 60) for title in titles[:5])
        more = f" and {len(titles) - 5} more" if len(titles) > 5 else ""
        blocks.append(section(f"*{plural(len(titles), 'image')}*: {names}{more}"))
    blocks.append(_canvas_input(canvas))
    if canvas is None:
        blocks.append(section(problem) if problem else context("Its headings appear once chosen."))
    else:
        options = [_heading_option(place) for place in headings[: MAX_GROUP_OPTIONS - 1]]
        options.append(option(_END, "At the end of the canvas"))
        wanted = heading_value(chosen) if chosen else None
        first = next((each for each in options if each.value == wanted), None)
        blocks.append(
            InputBlock(
                block_id=state.block_id(_HEADING_BLOCK, canvas.canvas_id),
                label="Under the heading",
                element=StaticSelectElement(
                    action_id=HEADING,
                    placeholder="Choose a heading",
                    options=options,
                    initial_option=first,
                ),
            )
        )
        blocks.append(
            context("It goes right below the heading, with a caption. You can undo it later.")
        )
    return View(
        type="modal",
        callback_id=callback_id,
        private_metadata=_fitting(subject),
        title="Insert into a canvas",
        submit="Save" if callback_id == EDIT_PLACE_MODAL else "Insert",
        close="Cancel",
        blocks=blocks,
    )


def canvas_form(request_id: str, *, said: str) -> View:
    """Asks which canvas to make images for."""
    return View(
        type="modal",
        callback_id=CANVAS_MODAL,
        private_metadata=_fitting(request_id),
        title="Choose a canvas",
        submit="Show the proposal",
        close="Cancel",
        blocks=[
            section(f"“{quoted(said, 300)}”"),
            _canvas_input(None, is_asking=False),
            context(
                "Each heading becomes an image on one card. Nothing is made or charged before "
                "you approve it."
            ),
        ],
    )


def undo_form(insertions: Sequence[Insertion]) -> View:
    """Lets a person choose which inserts of a proposal to undo; all are marked at first.

    Raises: ValueError without any.
    """
    if not insertions:
        raise ValueError("there is nothing to undo")
    blocks: list[Block] = [
        section(f"From canvas {canvas_words(insertions[0].place)}"),
    ]
    for start in range(0, len(insertions), _MAX_CHECKBOXES):
        options = [
            option(each.id, _capital(heading_words(each.place)))
            for each in insertions[start : start + _MAX_CHECKBOXES]
        ]
        blocks.append(
            InputBlock(
                block_id=state.block_id(_UNDO_BLOCK, str(start)),
                label="Take out the images" if start == 0 else "and",
                optional=True,
                element=CheckboxesElement(
                    action_id=UNDONE, options=options, initial_options=options
                ),
            )
        )
    blocks.append(
        context(
            "Each image is taken out with its caption. Nothing else in the canvas changes, and "
            "the images stay in your gallery."
        )
    )
    return View(
        type="modal",
        callback_id=UNDO_MODAL,
        private_metadata=_fitting(insertions[0].item_id),
        title="Undo inserts",
        submit="Undo",
        close="Cancel",
        blocks=blocks,
    )


def canvas_options(places: Sequence[Place]) -> list[Option]:
    """What the menu of canvases offers."""
    return [_canvas_option(place) for place in places[:MAX_GROUP_OPTIONS]]


def parse_place(values: state.Values) -> tuple[str, str] | dict[str, str]:
    """The canvas's id and the value of the heading, or what is missing, by block."""
    canvas_id = state.entered(values, _CANVAS_BLOCK)
    heading = state.entered(values, _HEADING_BLOCK)
    if not canvas_id:
        return {_CANVAS_BLOCK: "Choose a canvas."}
    found = state.find_block(values, _HEADING_BLOCK)
    if not heading or found != state.block_id(_HEADING_BLOCK, canvas_id):
        return {_CANVAS_BLOCK if found is None else found: "Choose a heading of this canvas."}
    return canvas_id, heading


def chosen_canvas(values: state.Values) -> str | None:
    """The canvas that stands in the form now."""
    return state.entered(values, _CANVAS_BLOCK)


def parse_canvas(values: state.Values) -> str | dict[str, str]:
    """The canvas's id, or that it is missing."""
    return state.entered(values, _CANVAS_BLOCK) or {_CANVAS_BLOCK: "Choose a canvas."}


def parse_undo(values: state.Values) -> list[str]:
    """The ids of the insertions that were left marked."""
    found: list[str] = []
    for block_id, entries in values.items():
        if block_id.partition(":")[0] != _UNDO_BLOCK:
            continue
        for entry in entries.values():
            chosen = entry.get("selected_options") or ()
            found += [str(each["value"]) for each in chosen]
    return found


def heading_block(values: state.Values) -> str:
    """Where to say what is wrong with the heading."""
    return state.find_block(values, _HEADING_BLOCK) or _CANVAS_BLOCK


def canvas_block() -> str:
    """Where to say what is wrong with the canvas."""
    return _CANVAS_BLOCK


def heading_value(place: Place) -> str:
    """How a heading is named in a form: its words may be longer than a value."""
    if not place.heading:
        return _END
    digest = hashlib.sha256(place.heading.encode()).hexdigest()[:_DIGEST_CHARS]
    return f"{place.occurrence}.{digest}"


def find_place(canvas: Place, headings: Sequence[Place], value: str) -> Place | None:
    """The place that a heading's value names; None where the canvas has it no more."""
    if value == _END:
        return canvas
    return next((place for place in headings if heading_value(place) == value), None)


def _canvas_input(canvas: Place | None, *, is_asking: bool = True) -> InputBlock:
    return InputBlock(
        block_id=_CANVAS_BLOCK,
        label="Canvas",
        dispatch_action=is_asking,
        element=ExternalDataSelectElement(
            action_id=CANVAS,
            placeholder="Choose a canvas",
            min_query_length=0,
            initial_option=_canvas_option(canvas) if canvas else None,
        ),
    )


def _canvas_option(place: Place) -> Option:
    return option(place.canvas_id, place.canvas_title or "Untitled")


def _heading_option(place: Place) -> Option:
    again = "" if place.occurrence == 1 else f" ({place.occurrence})"
    return Option(
        value=heading_value(place),
        text=PlainTextObject(
            text=f"{one_line(place.heading, 75 - len(again)) or '(empty)'}{again}", emoji=False
        ),
    )


def _fitting(metadata: str) -> str:
    if len(metadata) > MAX_METADATA_CHARS:
        raise ValueError("a form's metadata holds at most 3000 characters")
    return metadata


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
