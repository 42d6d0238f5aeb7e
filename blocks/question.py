"""A question back with the likely meanings as buttons: choices in, a message out."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from blocks.message import Message, message
from blocks.parts import actions, button, context, pack, section
from blocks.text import mention, quoted
from bot.domain.requests import Choice

MAX_CHOICES = 4
CHOICES = tuple(f"question_choice_{number}" for number in range(1, MAX_CHOICES + 1))
"""The action ids of the buttons, one each, for they stand in one block."""

_NOTE = "Or say it in your own words."
_WORDS_CHARS = 600


def question(words: str, choices: Sequence[Choice], *, request_id: str) -> Message:
    """The question, its buttons carrying the request's id and the number of the choice."""
    asked = quoted(words, _WORDS_CHARS)
    buttons = [
        button(choice.label, action_id=action_id, value=pack(request_id, at), spoken=choice.label)
        for at, (action_id, choice) in enumerate(zip(CHOICES, choices, strict=False))
    ]
    blocks: list[Block] = [section(asked)]
    if buttons:
        blocks.append(actions(buttons))
    blocks.append(context(_NOTE))
    labels = [f"• {quoted(choice.label)}" for choice in choices[:MAX_CHOICES]]
    return message([asked, *labels, _NOTE], blocks)


def answered(choice: Choice, *, by: str) -> Message:
    """What stands in the question's place once somebody chose."""
    words = f"{mention(by)} chose: “{quoted(choice.label)}”"
    return message([words], [context(words)])


def not_again(choices: Sequence[Choice]) -> Message:
    """What is said instead of asking a second time."""
    example = next((choice.text for choice in choices if choice.text), "")
    shown = f", such as “{quoted(example)}”" if example else ""
    words = (
        f"I am still not sure what you mean. Please say it in one sentence{shown}. "
        "Nothing was made or charged."
    )
    return message([words], [section(words)])


def not_yours(user_id: str) -> str:
    """Somebody else's question."""
    return f"This question is for {mention(user_id)}. Nothing was done."
