"""The form that edits an item before it is approved: ids, modal(), parse().

An item and a draft of its settings go in and a view comes out; what is submitted goes in and
settings or errors come out.
"""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    ExternalDataSelectElement,
    InputBlock,
    NumberInputElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from blocks import state
from blocks.fit import fitted
from blocks.parts import (
    MAX_GROUP_OPTIONS,
    MAX_SECTION_CHARS,
    context,
    literal,
    mrkdwn,
    option,
)
from blocks.text import clip, mention, one_line, plain, plural, quoted, when
from blocks.words import SEPARATOR, cost_words, price_words
from bot.domain.catalog import MAX_COUNT, MAX_PROMPT_CHARS, Aspect, Catalog, ImageModel
from bot.domain.money import Balance
from bot.domain.proposals import Item, ItemSettings, Proposal

EDIT_MODAL = "proposal_edit_modal"
PROMPT = "edit_prompt"
MODEL = "edit_model"
STYLE = "edit_style"
ASPECT = "edit_aspect"
COUNT = "edit_count"
SEED = "edit_seed"
NEGATIVE_PROMPT = "edit_negative_prompt"

MAX_SEED = 2**31 - 1


def modal(
    proposal: Proposal,
    item: Item,
    *,
    draft: ItemSettings,
    catalog: Catalog,
    balance: Balance,
    note: str = "",
) -> View:
    """The form that edits an item before it is approved, showing `draft`.

    Only what the draft's model supports is asked for. `note` says what was changed because the
    model cannot do it.
    """
    model = catalog.model(draft.model_id)
    aspects = [option(a.value, a.label) for a in (model.aspects if model else tuple(Aspect))]
    max_count = model.max_count if model else MAX_COUNT
    counts = [option(str(n), plural(n, "image")) for n in range(1, max_count + 1)]
    styles = [option(style.id, style.name) for style in catalog.styles]
    asked = f"Asked by {mention(proposal.requester_id)}"
    blocks: list[Block] = [
        context(f"{asked}{SEPARATOR}open until {when(proposal.expires_at)}"),
        InputBlock(
            block_id=state.block_id("prompt"),
            label="Prompt",
            hint=literal(f"Asked for: {one_line(item.original, 600)}"),
            element=PlainTextInputElement(
                action_id=PROMPT,
                multiline=True,
                max_length=MAX_PROMPT_CHARS,
                initial_value=draft.prompt,
            ),
        ),
        InputBlock(
            block_id=state.block_id("model_id"),
            label="Model",
            dispatch_action=True,
            element=ExternalDataSelectElement(
                action_id=MODEL,
                placeholder="Search by name or task",
                min_query_length=0,
                initial_option=_model_option(model) if model else None,
            ),
        ),
        InputBlock(
            block_id=state.block_id("style_id"),
            label="Style",
            element=StaticSelectElement(
                action_id=STYLE,
                placeholder="Choose a style",
                options=styles,
                initial_option=_selected(styles, draft.style_id),
            ),
        ),
        InputBlock(
            block_id=state.block_id("aspect", draft.model_id),
            label="Aspect",
            element=StaticSelectElement(
                action_id=ASPECT,
                placeholder="Choose an aspect",
                options=aspects,
                initial_option=_selected(aspects, draft.aspect.value),
            ),
        ),
        InputBlock(
            block_id=state.block_id("count", str(max_count)),
            label="Images",
            dispatch_action=True,
            element=StaticSelectElement(
                action_id=COUNT,
                placeholder="Choose how many",
                options=counts,
                initial_option=_selected(counts, str(draft.count)),
            ),
        ),
    ]
    if note:
        blocks.append(SectionBlock(text=literal(plain(note, MAX_SECTION_CHARS))))
    if model:
        price = model.price_credits(draft.count)
        live = f"{plural(draft.count, 'image')}{SEPARATOR}{cost_words(price, balance)}"
    else:
        live = f"{quoted(draft.model_id)} is no longer offered: choose another model."
    blocks.append(SectionBlock(block_id="cost", text=mrkdwn(live)))
    if model and model.has_negative_prompt:
        blocks.append(
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
    if model and model.has_seed:
        blocks.append(
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
    return View(
        type="modal",
        callback_id=EDIT_MODAL,
        private_metadata=item.id,
        title="Edit proposal",
        submit="Save",
        close="Cancel",
        blocks=blocks,
    )


def parse(values: state.Values) -> ItemSettings | dict[str, str]:
    """The settings of a submitted form, or a sentence for each block that holds something wrong.

    Whether the catalog offers the model, and the model all the rest, is not looked at here.
    """
    entered = {field: state.entered(values, field) for field in ItemSettings.model_fields}
    errors: dict[str, str] = {}
    prompt = entered["prompt"] or ""
    if not prompt.strip():
        errors["prompt"] = "Write what the image should show."
    elif len(prompt) > MAX_PROMPT_CHARS:
        errors["prompt"] = _too_long(prompt)
    if not entered["model_id"]:
        errors["model_id"] = "Choose a model."
    if not entered["style_id"]:
        errors["style_id"] = "Choose a style."
    aspect = _aspect(entered["aspect"])
    if aspect is None:
        errors["aspect"] = "Choose an aspect from the list."
    count = _whole(entered["count"])
    if count is None or not 1 <= count <= MAX_COUNT:
        errors["count"] = f"Choose 1 to {MAX_COUNT} images."
    seed = _whole(entered["seed"])
    if entered["seed"] and (seed is None or seed > MAX_SEED):
        errors["seed"] = f"A seed is a whole number from 0 to {MAX_SEED:,}."
    avoided = entered["negative_prompt"] or ""
    if len(avoided) > MAX_PROMPT_CHARS:
        errors["negative_prompt"] = _too_long(avoided)
    if errors or aspect is None or count is None:
        return {block_of(values, field): words for field, words in errors.items()}
    return ItemSettings(
        prompt=prompt,
        model_id=entered["model_id"] or "",
        style_id=entered["style_id"] or "",
        aspect=aspect,
        count=count,
        seed=seed,
        negative_prompt=avoided,
    )


def block_of(values: state.Values, field: str) -> str:
    """The block under which an error of a field of the settings is shown.

    A field the form does not have is complained of under the model, which is why it has none:
    Slack refuses errors for blocks that are not there.
    """
    return state.find_block(values, field) or state.block_id("model_id")


def draft_from_state(
    values: state.Values, item: Item, catalog: Catalog
) -> tuple[ItemSettings, str]:
    """What the form would save now, for its live update, and a note on what had to change.

    What is empty, absent or forged is as the item has it; what the chosen model cannot do is
    changed to what it can, and the note says so.
    """
    kept = item.settings
    model_id = state.entered(values, "model_id") or ""
    style_id = state.entered(values, "style_id") or ""
    count = _whole(state.entered(values, "count"))
    draft = ItemSettings(
        prompt=clip(state.entered(values, "prompt") or kept.prompt, MAX_PROMPT_CHARS),
        model_id=model_id if catalog.model(model_id) else kept.model_id,
        style_id=style_id if catalog.style(style_id) else kept.style_id,
        aspect=_aspect(state.entered(values, "aspect")) or kept.aspect,
        count=count if count is not None and 1 <= count <= MAX_COUNT else kept.count,
        seed=_seed_now(values, kept),
        negative_prompt=_negative_prompt_now(values, kept),
    )
    return fitted(draft, catalog)


def model_options(catalog: Catalog, models: Sequence[ImageModel]) -> list[OptionGroup]:
    """The given models of the catalog as groups by task, in the catalog's order of tasks."""
    wanted = {model.id for model in models}
    groups = []
    for task, offered in catalog.by_task():
        options = [_model_option(model) for model in offered if model.id in wanted]
        if options:
            label = task.value[0].upper() + task.value[1:]
            groups.append(OptionGroup(label=literal(label), options=options[:MAX_GROUP_OPTIONS]))
    return groups


def _model_option(model: ImageModel) -> Option:
    """The same wherever a model can be chosen: Slack compares the initial option with the list."""
    return option(model.id, model.label, description=f"{price_words(model)} · {model.strength}")


def _selected(options: Sequence[Option], value: str) -> Option | None:
    return next((entry for entry in options if entry.value == value), None)


def _too_long(text: str) -> str:
    return f"This has {len(text):,} characters; {MAX_PROMPT_CHARS:,} is the most."


def _aspect(value: str | None) -> Aspect | None:
    return Aspect(value) if value in set(Aspect) else None


def _whole(value: str | None) -> int | None:
    """A whole number of at most twelve digits, or None."""
    if value and value.isascii() and value.isdigit() and len(value) <= 12:
        return int(value)
    return None


def _seed_now(values: state.Values, kept: ItemSettings) -> int | None:
    if state.find_block(values, "seed") is None:
        return kept.seed
    text = state.entered(values, "seed")
    if not text:
        return None
    seed = _whole(text)
    return seed if seed is not None and seed <= MAX_SEED else kept.seed


def _negative_prompt_now(values: state.Values, kept: ItemSettings) -> str:
    if state.find_block(values, "negative_prompt") is None:
        return kept.negative_prompt
    return clip(state.entered(values, "negative_prompt") or "", MAX_PROMPT_CHARS)
