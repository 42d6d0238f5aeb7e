"""What a form that is still being filled in would save, fitted to its model."""

from blocks import extras, state
from blocks.extras import MAX_SEED
from blocks.fit import fitted
from blocks.text import clip
from bot.domain.catalog import MAX_COUNT, MAX_PROMPT_CHARS, Catalog
from bot.domain.people import Tool
from bot.domain.proposals import Item, ItemSettings


def draft_from_state(
    values: state.Values, item: Item, catalog: Catalog, *, tool: Tool = Tool.GENERATE
) -> tuple[ItemSettings, str]:
    """What the form would save now, for its live update, and a note on what had to change.

    What is empty, absent or forged is as the item has it; what the chosen model cannot do is
    changed to what it can, and the note says so.
    """
    kept = item.settings
    model = catalog.model(state.entered(values, "model_id") or "")
    style_id = state.entered(values, "style_id") or ""
    count = state.whole(state.entered(values, "count"))
    draft = ItemSettings(
        prompt=clip(state.entered(values, "prompt") or kept.prompt, MAX_PROMPT_CHARS),
        model_id=model.id if model and model.does(tool) else kept.model_id,
        style_id=style_id if catalog.style(style_id) else kept.style_id,
        aspect=state.aspect(state.entered(values, "aspect")) or kept.aspect,
        count=count if count is not None and 1 <= count <= MAX_COUNT else kept.count,
        seed=_seed_now(values, kept),
        negative_prompt=_negative_prompt_now(values, kept),
        is_transparent=_ground_now(values, kept),
        scale=state.whole(state.entered(values, "scale")) or kept.scale,
    )
    return fitted(draft, catalog, tool=tool)


def _seed_now(values: state.Values, kept: ItemSettings) -> int | None:
    if state.find_block(values, "seed") is None:
        return kept.seed
    text = state.entered(values, "seed")
    if not text:
        return None
    seed = state.whole(text)
    return seed if seed is not None and seed <= MAX_SEED else kept.seed


def _ground_now(values: state.Values, kept: ItemSettings) -> bool:
    if state.find_block(values, "is_transparent") is None:
        return kept.is_transparent
    return extras.is_transparent(values)


def _negative_prompt_now(values: state.Values, kept: ItemSettings) -> str:
    if state.find_block(values, "negative_prompt") is None:
        return kept.negative_prompt
    return clip(state.entered(values, "negative_prompt") or "", MAX_PROMPT_CHARS)
