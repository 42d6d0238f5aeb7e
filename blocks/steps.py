"""The buttons of a card: those that decide it, stop it, and go on after it ended."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement, InteractiveElement

from blocks import insert
from blocks.parts import button, pack
from blocks.text import credits, plural
from blocks.words import SEPARATOR
from bot.domain.catalog import Catalog
from bot.domain.people import Tool
from bot.domain.proposals import Item, ItemState, Proposal, ProposalState

APPROVE = "proposal_approve"
EDIT = "proposal_edit"
DENY = "proposal_deny"
SET_ALL = "proposal_set_all"
STOP = "proposal_stop"
AGAIN = "proposal_again"
RETRY = "proposal_retry"
REWORD = "proposal_reword"
CHECK_AGAIN = "item_check"
TRY_AGAIN = "item_retry"
GIVE_UP = "item_give_up"

RUNNING: frozenset[ItemState] = frozenset(
    {ItemState.WAITING, ItemState.QUEUED, ItemState.SUBMITTING, ItemState.SUBMITTED}
)
"""States of an item that is not made yet and has not ended."""

_AGAIN_STATES = frozenset({ProposalState.DENIED, ProposalState.EXPIRED})
_ENDED_STATES = frozenset(
    {ProposalState.DONE, ProposalState.PARTLY_DONE, ProposalState.FAILED, ProposalState.STOPPED}
)


def decisions(proposal: Proposal, *, title: str) -> list[InteractiveElement]:
    """Approve, change, deny. Approving carries the revision: exactly what was seen is approved."""
    price = price_words(proposal.price_credits)
    approve = "Approve all" if len(proposal.live) > 1 else "Approve"
    change = button(
        "Edit…",
        action_id=EDIT,
        value=proposal.id,
        spoken=f"Edit… the proposal: {title}",
    )
    if proposal.is_batch:
        change = button(
            "Set for all…",
            action_id=SET_ALL,
            value=proposal.id,
            spoken=f"Set for all… model, style or aspect: {title}",
        )
    elements: list[InteractiveElement] = [
        button(
            f"{approve}{SEPARATOR}{price}",
            action_id=APPROVE,
            value=pack(proposal.id, proposal.revision),
            spoken=f"{approve}{SEPARATOR}{price} for {images_words(proposal)}: {title}",
            style="primary",
        )
    ]
    if can_be_edited(proposal):
        elements.append(change)
    elif not proposal.is_batch:
        elements.append(insert.edit_button(proposal.items[0]))
    elements.append(
        button("Deny", action_id=DENY, value=proposal.id, spoken=f"Deny the proposal: {title}")
    )
    return elements


def can_be_edited(proposal: Proposal) -> bool:
    """Whether there are settings to change; a place in a canvas has a form of its own."""
    return proposal.tool is not Tool.INSERT_INTO_CANVAS


def images_words(proposal: Proposal) -> str:
    """`4 images`."""
    return plural(proposal.image_count, "image")


def price_words(price_credits: int) -> str:
    """`16 credits`, or `free`."""
    return credits(price_credits) if price_credits else "free"


def follow_ups(proposal: Proposal, catalog: Catalog, *, title: str) -> list[InteractiveElement]:
    """What can be done with a decided proposal as a whole."""
    if proposal.state is ProposalState.APPROVED:
        if any(item.state in RUNNING for item in proposal.items):
            return [
                button("Stop", action_id=STOP, value=proposal.id, spoken=f"Stop the work: {title}")
            ]
        return []
    if proposal.superseded_by is not None:
        return []
    if proposal.state in _AGAIN_STATES:
        return [_again(proposal, title=title)]
    if proposal.state not in _ENDED_STATES or not proposal.missing:
        return []
    steps: list[InteractiveElement] = []
    if not proposal.is_batch and proposal.items[0].state is ItemState.REFUSED:
        steps.append(
            button(
                "Edit prompt…",
                action_id=REWORD,
                value=proposal.items[0].id,
                spoken=f"Edit prompt… and propose again: {title}",
            )
        )
    elif proposal.state is ProposalState.STOPPED or not (
        proposal.is_batch or proposal.state is ProposalState.PARTLY_DONE
    ):
        steps.append(_again(proposal, title=title))
    else:
        steps.append(_retry(proposal, catalog, title=title))
    return steps


def _again(proposal: Proposal, *, title: str) -> ButtonElement:
    return button(
        "Propose again",
        action_id=AGAIN,
        value=proposal.id,
        spoken=f"Propose again: {title}",
    )


def _retry(proposal: Proposal, catalog: Catalog, *, title: str) -> ButtonElement:
    """Asks for what did not come out, at its price today."""
    images = sum(item.settings.count for item in proposal.missing)
    has_failed = any(item.state is not ItemState.STOPPED for item in proposal.missing)
    what = "Retry failed" if has_failed else "Make the rest"
    label = f"{what} ({images}){SEPARATOR}{price_words(retry_price(proposal, catalog))}"
    return button(
        label,
        action_id=RETRY,
        value=proposal.id,
        spoken=f"{label}: {title}",
    )


def retry_price(proposal: Proposal, catalog: Catalog) -> int:
    """What asking for everything that is missing would cost."""
    price = 0
    for item in proposal.missing:
        model = catalog.known(item.settings.model_id)
        price += model.price_credits(item.settings.count, tool=proposal.tool) if model else 0
    return price


def unknown_steps(item: Item) -> Sequence[InteractiveElement]:
    """What a person can do about an item of which nobody knows whether it was made."""
    return [
        button(
            "Check again",
            action_id=CHECK_AGAIN,
            value=item.id,
            spoken=f"Check again with the provider: {item.title}",
        ),
        button(
            "Try again, may be billed twice",
            action_id=TRY_AGAIN,
            value=item.id,
            spoken=f"Try again, may be billed twice: {item.title}",
        ),
        button(
            "Give up",
            action_id=GIVE_UP,
            value=item.id,
            spoken=f"Give up and release {credits(item.price_credits)}: {item.title}",
        ),
    ]
