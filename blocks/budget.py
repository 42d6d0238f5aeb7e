"""What is said where a budget is too short, and to the admins who are asked for more."""

from blocks.message import Message, message
from blocks.parts import actions, button, section
from blocks.text import credits, link, mention, month_name, quoted
from bot.domain.money import Balance
from bot.domain.proposals import Proposal

ASK_FOR_MORE = "budget_more"
"""Asks the admins; its value is the proposal's id."""
OPEN_BUDGETS = "budget_open"
"""Opens the form with the budgets, for an admin."""


def too_little(words: str, *, proposal_id: str) -> Message:
    """The sentence, and the button that asks the budget's owners for more."""
    ask = button(
        "Ask the admins for more",
        action_id=ASK_FOR_MORE,
        value=proposal_id,
        spoken="Ask the admins of this workspace for more credits",
    )
    return message([words], [section(words), actions([ask])])


def request_for_more(
    proposal: Proposal, balance: Balance, *, by: str, card_link: str | None
) -> Message:
    """What an admin is told in a direct message: who asks, for what, how much, and where."""
    what = f"“{quoted(proposal.items[0].title)}”"
    if card_link:
        what = link(card_link, what)
    left = max(balance.left_credits, 0)
    words = (
        f"{mention(by)} asks for more credits: {what} costs *{credits(proposal.price_credits)}*, "
        f"and {left:,} of {balance.budget_credits:,} are left in {month_name(balance.month)}."
    )
    then = "Once there is enough, the card can be approved as it stands. Nothing was charged."
    change = button(
        "Change budgets…",
        action_id=OPEN_BUDGETS,
        value=proposal.id,
        spoken="Change budgets… of this workspace",
    )
    return message([words, then], [section(f"{words}\n{then}"), actions([change])])


def asked(admin_names: list[str]) -> str:
    """The sentence for who asked."""
    who = ", ".join(quoted(name, 80) for name in admin_names)
    return f"I asked {who} for more credits. Nothing was charged; the card stays as it is."


ALREADY_ASKED = "The admins were asked about this card before. Nothing was charged."
NOBODY_ASKED = (
    "I could not reach an admin of this workspace. Please ask one yourself; nothing was charged."
)
