"""The proposal's card and the form that denies it: ids, card(), deny_modal(), parse_deny().

A proposal goes in and a message comes out; the form to edit an item is in `blocks.edit`.
"""

from slack_sdk.models.blocks import InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from blocks import batch, single, state
from blocks.message import Message
from blocks.parts import pack, unpack
from blocks.steps import (
    AGAIN,
    APPROVE,
    CHECK_AGAIN,
    DENY,
    EDIT,
    GIVE_UP,
    RETRY,
    REWORD,
    SET_ALL,
    STOP,
    TRY_AGAIN,
)
from blocks.text import clip
from blocks.view import CardView
from bot.domain.proposals import Proposal

__all__ = [
    "AGAIN",
    "APPROVE",
    "CHECK_AGAIN",
    "DENY",
    "DENY_MODAL",
    "EDIT",
    "FEEDBACK",
    "GIVE_UP",
    "MAX_FEEDBACK_CHARS",
    "RETRY",
    "REWORD",
    "SET_ALL",
    "STOP",
    "TRY_AGAIN",
    "CardView",
    "card",
    "deny_modal",
    "pack",
    "parse_deny",
    "unpack",
]

DENY_MODAL = "proposal_deny_modal"
FEEDBACK = "deny_feedback"
_FEEDBACK_BLOCK = "feedback"

MAX_FEEDBACK_CHARS = 1000


def card(view: CardView) -> Message:
    """The proposal as it is committed, whatever its tool, its state and the number of its rows."""
    return batch.card(view) if view.proposal.is_batch else single.card(view)


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
