"""The proposal's card and the form that denies it: ids, card(), deny_modal(), parse_deny().

A proposal goes in and a message comes out; the form to edit an item is in `blocks.edit`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    InteractiveElement,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from blocks import insert, state
from blocks.message import Message, message
from blocks.parts import (
    MAX_SECTION_CHARS,
    MAX_VALUE_CHARS,
    actions,
    button,
    context,
    literal,
    option,
    section,
)
from blocks.status import held_words, status_line
from blocks.text import clip, credits, mention, plain, plural, quoted, when
from blocks.words import SEPARATOR, cost_words, model_words, settings_words
from bot.domain.catalog import Catalog
from bot.domain.insertions import Insertion
from bot.domain.money import Balance
from bot.domain.proposals import Item, ItemState, Proposal, ProposalState

APPROVE = "proposal_approve"
EDIT = "proposal_edit"
DENY = "proposal_deny"
AGAIN = "proposal_again"
FULL_SIZE = "item_full_size"
CHECK_AGAIN = "item_check"
TRY_AGAIN = "item_retry"
GIVE_UP = "item_give_up"

DENY_MODAL = "proposal_deny_modal"
FEEDBACK = "deny_feedback"
_FEEDBACK_BLOCK = "feedback"

MAX_FEEDBACK_CHARS = 1000

_SPOKEN_PROMPT_CHARS = 400
_ORIGINAL_CHARS = 400
_AGAIN_STATES = frozenset({ProposalState.DENIED, ProposalState.EXPIRED, ProposalState.FAILED})


@dataclass(frozen=True)
class CardView:
    """All that one card shows, read in one go."""

    proposal: Proposal
    catalog: Catalog
    balance: Balance
    queue_position: int | None = None
    """Of the item's work while it is queued, from 1."""
    next_link: str | None = None
    """The permalink of the proposal that superseded this one."""
    insertions: Sequence[Insertion] = ()
    """What its items put, or are to put, into a canvas."""
    shows_pictures: bool = True
    """Whether the pictures to work on are shown; not where Slack refuses one of them."""


def pack(row_id: str, number: int) -> str:
    """An id with the revision or image number that was seen, as a button carries it.

    Raises: ValueError where it would not fit.
    """
    value = f"{row_id}.{number}"
    if len(value) > MAX_VALUE_CHARS:
        raise ValueError("a button's value holds at most 2000 characters")
    return value


def unpack(value: str) -> tuple[str, int]:
    """The id and the number of `pack`.

    Raises: ValueError for anything that `pack` does not make.
    """
    row_id, dot, number = value.rpartition(".")
    if not (dot and row_id and number.isascii() and number.isdigit() and len(number) < 10):
        raise ValueError("not a value of ours")
    return row_id, int(number)


def card(view: CardView) -> Message:
    """The proposal as it is committed, whatever its state."""
    proposal = view.proposal
    asker = mention(proposal.requester_id)
    title = quoted(proposal.items[0].title)
    asked = f"{asker} asked for *{title}*"
    if insert.is_insertion(proposal):
        asked = insert.asked_line(proposal)
    blocks: list[Block] = [section(asked)]
    spoken: list[str] = []
    for item in proposal.items:
        placed = insert.card_lines(proposal, item, view.insertions)
        if insert.is_insertion(proposal):
            blocks += [context(*placed)] if placed else []
            spoken += placed
            continue
        lines = [*_request_lines(item, view), *placed]
        blocks += [_prompt_block(item), context(*lines)]
        spoken += [_spoken_prompt(item), *lines]
    if proposal.state is ProposalState.AWAITING:
        cost = cost_words(proposal.price_credits, view.balance)
        until = f"open until {when(proposal.expires_at)}"
        first = (
            f"Approval needed: {plural(proposal.image_count, 'image')}, "
            f"{credits(proposal.price_credits)}, asked by {asker}: {title}"
        )
        blocks += [section(f"{cost}{SEPARATOR}{until}"), actions(_decisions(proposal))]
        return message([first, *spoken, f"{cost}{SEPARATOR}{until}"], blocks)
    lines = []
    for item in proposal.items:
        line = status_line(
            proposal, item, queue_position=view.queue_position, next_link=view.next_link
        )
        lines.append(line)
        blocks.append(section(line))
        if item.state is ItemState.UNKNOWN:
            lines.append(held_words(item))
            blocks.append(context(held_words(item)))
        steps = _next_steps(proposal, item)
        if steps:
            blocks.append(actions(steps))
    placed_steps = insert.steps(view.insertions)
    if placed_steps:
        blocks.append(actions(placed_steps))
    return message([f"{title}{SEPARATOR}{lines[0]}", *lines[1:], *spoken], blocks)


def deny_modal(proposal: Proposal) -> View:
    """Asks, without insisting, what should be different."""
    return View(
        type="modal",
        callback_id=DENY_MODAL,
        private_metadata=proposal.id,
        title="Deny",
        submit="Deny",
        close="Cancel",
        blocks=[
            InputBlock(
                block_id=_FEEDBACK_BLOCK,
                label="What should change?",
                hint="If you say, a new proposal follows. Nothing is charged either way.",
                optional=True,
                element=PlainTextInputElement(
                    action_id=FEEDBACK,
                    multiline=True,
                    max_length=MAX_FEEDBACK_CHARS,
                    focus_on_load=True,
                ),
            )
        ],
    )


def parse_deny(values: state.Values) -> str:
    """What should change, or nothing."""
    return clip((state.entered(values, _FEEDBACK_BLOCK) or "").strip(), MAX_FEEDBACK_CHARS)


def _prompt_block(item: Item) -> SectionBlock:
    return SectionBlock(text=literal(plain(item.settings.prompt, MAX_SECTION_CHARS)))


def _spoken_prompt(item: Item) -> str:
    return f"Prompt: {quoted(item.settings.prompt, _SPOKEN_PROMPT_CHARS)}"


def _request_lines(item: Item, view: CardView) -> list[str]:
    """What it would be made with; where the prompt was edited, also what was asked for.

    The price of a decided proposal is history and stands among its settings; that of an awaiting
    one stands by the button.
    """
    settings = settings_words(item, view.catalog)
    if view.proposal.state is not ProposalState.AWAITING:
        settings.append(credits(item.price_credits))
    lines = [model_words(item, view.catalog), SEPARATOR.join(settings)]
    return [f"Prompt edited. {_asked_for(item)}", *lines] if _is_edited(item) else lines


def _is_edited(item: Item) -> bool:
    return item.settings.prompt != item.proposed_prompt


def _asked_for(item: Item) -> str:
    return f"Asked for: “{quoted(item.original, _ORIGINAL_CHARS)}”"


def _decisions(proposal: Proposal) -> list[InteractiveElement]:
    """Approving carries the revision, so that exactly what was seen is approved."""
    title = proposal.items[0].title
    price = credits(proposal.price_credits)
    images = plural(proposal.image_count, "image")
    return [
        button(
            f"Approve{SEPARATOR}{price}",
            action_id=APPROVE,
            value=pack(proposal.id, proposal.revision),
            spoken=f"Approve{SEPARATOR}{price} for {images}: {title}",
            style="primary",
        ),
        insert.edit_button(proposal.items[0])
        if insert.is_insertion(proposal)
        else button(
            "Edit…", action_id=EDIT, value=proposal.id, spoken=f"Edit… the proposal: {title}"
        ),
        button("Deny", action_id=DENY, value=proposal.id, spoken=f"Deny the proposal: {title}"),
    ]


def _next_steps(proposal: Proposal, item: Item) -> list[InteractiveElement]:
    """What can still be done with a decided proposal."""
    if item.state is ItemState.UNKNOWN:
        return _unknown_steps(item)
    steps: list[InteractiveElement] = []
    if item.is_posted and item.made_count > 1:
        steps.append(
            StaticSelectElement(
                action_id=FULL_SIZE,
                placeholder=literal("Full size…"),
                options=[
                    option(pack(item.id, index), f"Image {index}")
                    for index in range(1, item.made_count + 1)
                ],
            )
        )
    if proposal.state in _AGAIN_STATES:
        steps.append(
            button(
                "Propose again",
                action_id=AGAIN,
                value=proposal.id,
                spoken=f"Propose again: {item.title}",
            )
        )
    return steps


def _unknown_steps(item: Item) -> list[InteractiveElement]:
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
