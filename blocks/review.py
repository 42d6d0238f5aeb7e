"""A proposal in a modal, for who decides it without seeing its channel: modal(), done()."""

from slack_sdk.models.blocks import ActionsBlock, Block, ConfirmObject, SectionBlock
from slack_sdk.models.views import View

from blocks.message import Message
from blocks.parts import actions, button, section
from blocks.proposal import pack
from blocks.text import credits
from bot.domain.proposals import Proposal, ProposalState

MODAL = "review_modal"
DENY = "review_deny"


def modal(proposal: Proposal, card: Message) -> View:
    """The card without what is pressed on it; sending the form approves what it shows."""
    is_open = proposal.state is ProposalState.AWAITING
    shown: list[Block] = [_bare(b) for b in card.blocks if not isinstance(b, ActionsBlock)]
    if is_open:
        deny = button(
            "Deny",
            action_id=DENY,
            value=proposal.id,
            spoken="Deny this proposal",
            style="danger",
        )
        deny.confirm = ConfirmObject(
            title="Deny it?",
            text="Nothing is made and nothing is charged. Its card says that you denied it.",
            confirm="Deny",
            deny="Back",
        )
        shown.append(actions([deny]))
    approve = f"Approve · {credits(proposal.price_credits)}"
    if len(approve) > _MAX_SUBMIT_CHARS:
        approve = "Approve"
    return View(
        type="modal",
        callback_id=MODAL,
        private_metadata=pack(proposal.id, proposal.revision),
        title="Decide",
        submit=approve if is_open else None,
        close="Cancel" if is_open else "Close",
        blocks=shown,
    )


def done(words: str) -> View:
    """What became of it."""
    return View(type="modal", title="Decide", close="Close", blocks=[section(words)])


_MAX_SUBMIT_CHARS = 24


def _bare(block: Block) -> Block:
    if isinstance(block, SectionBlock) and block.accessory is not None:
        return SectionBlock(text=block.text, fields=block.fields, expand=block.expand)
    return block
