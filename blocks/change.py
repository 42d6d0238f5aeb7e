"""The form that asks what should change about a picture: ids, modal(), parse().

The pictures to choose from and a draft go in and a view comes out; what is submitted goes in and
a draft or errors come out.
"""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from blocks import state
from blocks.parts import literal, mrkdwn, option
from blocks.subject import Pick, Subject, chooser, picture
from blocks.text import plural
from blocks.words import SEPARATOR, about_words, cost_words
from bot.domain.base import Value
from bot.domain.catalog import MAX_COUNT, MAX_PROMPT_CHARS, ImageModel
from bot.domain.money import Balance
from bot.domain.people import Tool

CHANGE_MODAL = "change_modal"
INSTRUCTION = "change_instruction"
MODEL = "change_model"
COUNT = "change_count"

_HINT = "For example: make the background warmer, but keep the subject the same."


class Draft(Value):
    """What a person wants changed, with what and how often."""

    instruction: str = ""
    model_id: str
    count: int = 1


def modal(
    subject: Subject,
    picks: Sequence[Pick],
    chosen: Pick,
    *,
    draft: Draft,
    editors: Sequence[ImageModel],
    balance: Balance,
    shows_picture: bool = True,
) -> View:
    """Asks for the change, showing the picture it is about and what it would cost."""
    model = next((m for m in editors if m.id == draft.model_id), editors[0])
    models = [option(m.id, m.label, description=about_words(m, tool=Tool.EDIT)) for m in editors]
    counts = [option(str(n), plural(n, "image")) for n in range(1, model.max_count + 1)]
    count = min(draft.count, model.max_count)
    blocks: list[Block] = []
    if shows_picture:
        blocks += picture(chosen)
    if len(picks) > 1:
        blocks.append(chooser(picks, chosen))
    cost = cost_words(model.price_credits(count, tool=Tool.EDIT), balance)
    blocks += [
        InputBlock(
            block_id=state.block_id("instruction"),
            label="What should change?",
            hint=literal(_HINT),
            element=PlainTextInputElement(
                action_id=INSTRUCTION,
                multiline=True,
                max_length=MAX_PROMPT_CHARS,
                initial_value=draft.instruction or None,
                focus_on_load=True,
            ),
        ),
        InputBlock(
            block_id=state.block_id("model_id"),
            label="Model",
            dispatch_action=True,
            element=StaticSelectElement(
                action_id=MODEL,
                placeholder="Choose a model",
                options=models,
                initial_option=next(o for o in models if o.value == model.id),
            ),
        ),
        InputBlock(
            block_id=state.block_id("count", str(model.max_count)),
            label="Images",
            dispatch_action=True,
            element=StaticSelectElement(
                action_id=COUNT,
                placeholder="Choose how many",
                options=counts,
                initial_option=counts[count - 1],
            ),
        ),
        SectionBlock(block_id="cost", text=mrkdwn(f"{plural(count, 'image')}{SEPARATOR}{cost}")),
    ]
    return View(
        type="modal",
        callback_id=CHANGE_MODAL,
        private_metadata=subject.packed,
        title="Edit image",
        submit="Propose",
        close="Cancel",
        blocks=blocks,
    )


def parse(values: state.Values) -> Draft | dict[str, str]:
    """What was filled in, or a sentence for each block that holds something wrong.

    Whether the model is offered, and can do it, is not looked at here.
    """
    errors: dict[str, str] = {}
    instruction = (state.entered(values, "instruction") or "").strip()
    if not instruction:
        errors["instruction"] = "Write what should change."
    elif len(instruction) > MAX_PROMPT_CHARS:
        errors["instruction"] = (
            f"This has {len(instruction):,} characters; {MAX_PROMPT_CHARS:,} is the most."
        )
    model_id = state.entered(values, "model_id")
    if not model_id:
        errors["model_id"] = "Choose a model."
    count = _count(values)
    if count is None:
        errors["count"] = f"Choose 1 to {MAX_COUNT} images."
    if errors or model_id is None or count is None:
        return {block_of(values, field): words for field, words in errors.items()}
    return Draft(instruction=instruction, model_id=model_id, count=count)


def draft_from_state(values: state.Values, editors: Sequence[ImageModel]) -> Draft:
    """What the form would propose now, for its live update; what is forged is as at first."""
    model_id = state.entered(values, "model_id")
    known = next((m.id for m in editors if m.id == model_id), editors[0].id)
    instruction = (state.entered(values, "instruction") or "")[:MAX_PROMPT_CHARS]
    return Draft(instruction=instruction, model_id=known, count=_count(values) or 1)


def block_of(values: state.Values, field: str) -> str:
    """The block under which an error of a field is shown; of one that is not there, the first."""
    named = "instruction" if field == "prompt" else field
    return state.find_block(values, named) or state.block_id("instruction")


def _count(values: state.Values) -> int | None:
    entered = state.entered(values, "count") or ""
    if not (entered.isascii() and entered.isdigit() and len(entered) == 1):
        return None
    return int(entered) if 1 <= int(entered) <= MAX_COUNT else None
