"""What the forms of the settings have in common: the frame, the note, numbers that may be empty."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block, InputBlock, NumberInputElement
from slack_sdk.models.views import View

from blocks import state
from blocks.parts import literal, section
from blocks.text import mention, one_line
from bot.domain.rules import Difference

MAX_CREDITS = 10_000_000
"""A budget that nobody means; more is a slip of the finger."""

Errors = dict[str, str]
"""A sentence for each block that holds something wrong."""


def frame(
    callback_id: str, title: str, blocks: Sequence[Block], *, revision: int, note: str = ""
) -> View:
    """A form of the settings, made from the rules with that revision."""
    noted = [section(note)] if note else []
    return View(
        type="modal",
        callback_id=callback_id,
        private_metadata=str(revision),
        title=title,
        submit="Save",
        close="Cancel",
        blocks=[*noted, *blocks],
    )


def revision_of(private_metadata: str) -> int:
    """The revision a form was made from; one that was never there for nonsense."""
    return int(private_metadata) if private_metadata.isdecimal() else -1


def changed_meanwhile(by: str, changes: Iterable[Difference]) -> str:
    """Who was faster, and what saving would do now."""
    who = mention(by) if by else "Somebody"
    lines = [f"• {one_line(c.subject, 100)}: {c.old} → {c.new}" for c in changes]
    words = f"{who} changed the settings while you had this open. What you entered is kept."
    if not lines:
        return f"{words} It is the same as what is set now."
    return "\n".join([f"{words} “Save” would now change:", *lines[:15]])


def number(
    field: str, label: str, *, hint: str, value: float | None, is_optional: bool = True
) -> InputBlock:
    """A field for a whole number."""
    return InputBlock(
        block_id=state.block_id(field),
        label=label,
        hint=literal(hint),
        optional=is_optional,
        element=NumberInputElement(
            action_id=f"settings_{field}",
            min_value=0,
            initial_value=None if value is None else f"{value:g}" if value % 1 else int(value),
        ),
    )


def whole(
    values: state.Values,
    field: str,
    errors: Errors,
    *,
    most: int,
    least: int = 0,
    noun: str,
) -> int | None:
    """The whole number in a field, None where it is empty; a sentence in `errors` otherwise."""
    text = (state.entered(values, field) or "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 12):
        errors[field] = f"Enter a whole number of {noun}, such as {max(least, 100):,}."
        return None
    count = int(text)
    if not least <= count <= most:
        errors[field] = f"Enter {least:,} to {most:,} {noun}."
        return None
    return count


def by_block(values: state.Values, errors: Errors) -> Errors:
    """The errors under the blocks of the submitted form."""
    return {state.find_block(values, field) or field: words for field, words in errors.items()}
