"""Pictures in canvases, in words and buttons: what a card says of a place and of an insertion."""

from collections.abc import Sequence

from slack_sdk.models.blocks import InteractiveElement

from blocks.text import link, quoted, sentence
from bot.domain.insertions import Insertion, InsertionState
from bot.domain.proposals import Item, ItemState, Place, Proposal, ProposalState


def place_words(place: Place) -> str:
    """`into canvas *Launch plan*, under “Hero”`, in mrkdwn."""
    title = f"*{quoted(place.canvas_title, 80) or 'Untitled'}*"
    canvas = link(place.canvas_url, title) if place.canvas_url else title
    where = f"under “{quoted(place.heading, 80)}”" if place.heading else "at its end"
    return f"into canvas {canvas}, {where}"


def card_lines(proposal: Proposal, item: Item, insertions: Sequence[Insertion]) -> list[str]:
    """What a row of a card says of its place: where it would go, or what became of it."""
    if item.place is None or item.state is ItemState.REMOVED:
        return []
    own = next((each for each in insertions if each.item_id == item.id), None)
    if own is not None:
        return [_line(own)]
    is_open = proposal.state in (ProposalState.AWAITING, ProposalState.APPROVED)
    if is_open and item.state not in (ItemState.REFUSED, ItemState.FAILED, ItemState.STOPPED):
        return [f"Goes {place_words(item.place)}"]
    return []


def steps(insertions: Sequence[Insertion]) -> list[InteractiveElement]:
    """The buttons for what was inserted, and what was not, by one proposal."""
    return []


def _line(insertion: Insertion) -> str:
    where = place_words(insertion.place)
    match insertion.state:
        case InsertionState.PENDING:
            return f"Being inserted {where}."
        case InsertionState.INSERTED:
            return f"Inserted {where}."
        case InsertionState.UNDONE:
            return f"The insert {where} was undone."
        case InsertionState.FAILED:
            return f"Not inserted {where}: {sentence(quoted(insertion.failure, 300))}"
