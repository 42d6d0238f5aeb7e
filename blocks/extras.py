"""The fields of the form about an item that only some models have."""

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    NumberInputElement,
    PlainTextInputElement,
    StaticSelectElement,
)

from blocks import state
from blocks.parts import option
from bot.domain.catalog import MAX_PROMPT_CHARS, ImageModel
from bot.domain.proposals import ItemSettings

MAX_SEED = 2**31 - 1
NEGATIVE_PROMPT = "edit_negative_prompt"
SEED = "edit_seed"
GROUND = "edit_ground"
_SEE_THROUGH = "see-through"


def blocks(draft: ItemSettings, model: ImageModel | None) -> list[Block]:
    """What to avoid, the background and the seed, each where the model has it."""
    shown: list[Block] = []
    if model and model.has_negative_prompt:
        shown.append(
            InputBlock(
                block_id=state.block_id("negative_prompt"),
                label="What to avoid",
                optional=True,
                element=PlainTextInputElement(
                    action_id=NEGATIVE_PROMPT,
                    max_length=MAX_PROMPT_CHARS,
                    initial_value=draft.negative_prompt or None,
                ),
            )
        )
    if model and model.has_transparency:
        grounds = [option("painted", "As in the prompt"), option(_SEE_THROUGH, "Transparent")]
        shown.append(
            InputBlock(
                block_id=state.block_id("is_transparent"),
                label="Background",
                element=StaticSelectElement(
                    action_id=GROUND,
                    options=grounds,
                    initial_option=grounds[draft.is_transparent],
                ),
            )
        )
    if model and model.has_seed:
        shown.append(
            InputBlock(
                block_id=state.block_id("seed"),
                label="Seed",
                hint="The same seed makes the same picture again. Leave it empty for a new one.",
                optional=True,
                element=NumberInputElement(
                    action_id=SEED,
                    min_value=0,
                    max_value=MAX_SEED,
                    initial_value=draft.seed,
                ),
            )
        )
    return shown


def is_transparent(values: state.Values) -> bool:
    """Whether a see-through background was chosen."""
    return state.entered(values, "is_transparent") == _SEE_THROUGH
