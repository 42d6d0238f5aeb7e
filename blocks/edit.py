"""The form that changes an item, whatever its tool: ids, modal(), parse().

An item and a draft of its settings go in and a view comes out; what is submitted goes in and
settings or errors come out.
"""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from blocks import extras, state
from blocks.extras import MAX_SEED
from blocks.parts import MAX_SECTION_CHARS, actions, button, context, literal, mrkdwn, option
from blocks.pick import model_option, selected, style_options
from blocks.text import clip, mention, one_line, plain, plural, quoted, when
from blocks.words import SEPARATOR, cost_words
from bot.domain.catalog import MAX_COUNT, MAX_PROMPT_CHARS, Aspect, Catalog, ImageModel
from bot.domain.money import Balance
from bot.domain.people import Tool
from bot.domain.proposals import Item, ItemSettings, Proposal

EDIT_MODAL = "proposal_edit_modal"
REWORD_MODAL = "proposal_reword_modal"
"""The same form about a proposal that was refused: what is submitted becomes a new one."""
PROMPT = "edit_prompt"
ORIGINAL = "edit_original"
IMPROVED = "edit_improved"
MODEL = "edit_model"
STYLE = "edit_style"
ASPECT = "edit_aspect"
COUNT = "edit_count"
SCALE = "edit_scale"


_SCALES = (2, 4)
_PLACEHOLDERS = {
    "style_id": "Choose a style",
    "aspect": "Choose an aspect",
    "count": "Choose how many",
    "scale": "Choose a size",
}


def modal(
    proposal: Proposal,
    item: Item,
    *,
    draft: ItemSettings,
    catalog: Catalog,
    balance: Balance,
    note: str = "",
    wording: int = 0,
    callback_id: str = EDIT_MODAL,
) -> View:
    """The form that changes an item, showing `draft`.

    Only what the proposal's tool and the draft's model need is asked for. `note` says what was
    changed because the model cannot do it; `wording` counts how often the prompt was replaced, so
    that Slack shows it anew. `callback_id` is REWORD_MODAL where a new proposal is made of it.
    """
    model = catalog.model(draft.model_id)
    asked = f"Asked by {mention(proposal.requester_id)}"
    first = f"{asked}{SEPARATOR}open until {when(proposal.expires_at)}"
    if callback_id == REWORD_MODAL:
        first = f"{asked}{SEPARATOR}this makes a new proposal; the old card stays as it is"
    blocks: list[Block] = [context(first)]
    if proposal.tool is not Tool.UPSCALE:
        blocks += _prompt_blocks(proposal, item, draft, wording)
    blocks.append(
        InputBlock(
            block_id=state.block_id("model_id"),
            label="Model",
            dispatch_action=True,
            element=ExternalDataSelectElement(
                action_id=MODEL,
                placeholder="Search by name or task",
                min_query_length=0,
                initial_option=model_option(model, tool=proposal.tool) if model else None,
            ),
        )
    )
    if proposal.tool is Tool.UPSCALE:
        scales = [
            option(str(n), f"{n} times the size") for n in (model.scales if model else _SCALES)
        ]
        blocks.append(_choice("scale", "Size", SCALE, scales, str(draft.scale), draft.model_id))
    elif proposal.tool is not Tool.EDIT:
        styles = style_options(catalog)
        aspects = [option(a.value, a.label) for a in (model.aspects if model else tuple(Aspect))]
        blocks += [
            _choice("style_id", "Style", STYLE, styles, draft.style_id),
            _choice("aspect", "Aspect", ASPECT, aspects, draft.aspect.value, draft.model_id),
        ]
    max_count = model.max_count if model else MAX_COUNT
    if max_count > 1:
        counts = [option(str(n), plural(n, "image")) for n in range(1, max_count + 1)]
        blocks.append(
            _choice("count", "Images", COUNT, counts, str(draft.count), str(max_count), live=True)
        )
    if note:
        blocks.append(SectionBlock(text=literal(plain(note, MAX_SECTION_CHARS))))
    live = _live(draft, model, balance, tool=proposal.tool)
    blocks.append(SectionBlock(block_id="cost", text=mrkdwn(live)))
    blocks += extras.blocks(draft, model)
    is_new = callback_id == REWORD_MODAL
    title = f"Edit image {item.position}" if proposal.is_batch else "Edit proposal"
    return View(
        type="modal",
        callback_id=callback_id,
        private_metadata=item.id,
        title="New proposal" if is_new else title,
        submit="Propose" if is_new else "Save",
        close="Cancel",
        blocks=blocks,
    )


def _prompt_blocks(
    proposal: Proposal, item: Item, draft: ItemSettings, wording: int
) -> list[Block]:
    """The prompt, and where it was improved, the way back to what was said and forth again."""
    blocks: list[Block] = [
        InputBlock(
            block_id=state.block_id("prompt", str(wording) if wording else ""),
            label="What should change" if proposal.tool is Tool.EDIT else "Prompt",
            hint=literal(f"Asked for: {one_line(item.original, 600)}"),
            element=PlainTextInputElement(
                action_id=PROMPT,
                multiline=True,
                max_length=MAX_PROMPT_CHARS,
                initial_value=draft.prompt,
            ),
        )
    ]
    labels = {ORIGINAL: "Use the original words", IMPROVED: "Use the improved prompt"}
    offered = {
        action_id: labels[action_id]
        for action_id, words in wordings(item).items()
        if words != draft.prompt
    }
    if len({other.original for other in proposal.items}) < len(proposal.items):
        # What was said is about all the rows, not about this one.
        offered.pop(ORIGINAL, None)
    if offered:
        blocks.append(
            actions(
                button(label, action_id=action_id, value=item.id, spoken=label)
                for action_id, label in offered.items()
            )
        )
    return blocks


def wordings(item: Item) -> dict[str, str]:
    """From the id of each button that replaces the prompt to what it puts there."""
    original = clip(item.original.strip(), MAX_PROMPT_CHARS)
    return {ORIGINAL: original or item.proposed_prompt, IMPROVED: item.proposed_prompt}


def wording_of(values: state.Values) -> int:
    """How often the prompt of this form was replaced."""
    found = state.find_block(values, "prompt") or ""
    return state.whole(found.partition(":")[2]) or 0


def _choice(
    field: str,
    label: str,
    action_id: str,
    options: Sequence[Option],
    value: str,
    variant: str = "",
    *,
    live: bool = False,
) -> InputBlock:
    return InputBlock(
        block_id=state.block_id(field, variant),
        label=label,
        dispatch_action=live or None,
        element=StaticSelectElement(
            action_id=action_id,
            placeholder=_PLACEHOLDERS[field],
            options=options,
            initial_option=selected(options, value),
        ),
    )


def _live(draft: ItemSettings, model: ImageModel | None, balance: Balance, *, tool: Tool) -> str:
    if model is None:
        return f"{quoted(draft.model_id)} is no longer offered: choose another model."
    price = model.price_credits(draft.count, tool=tool)
    return f"{plural(draft.count, 'image')}{SEPARATOR}{cost_words(price, balance)}"


def parse(values: state.Values, *, kept: ItemSettings, tool: Tool) -> ItemSettings | dict[str, str]:
    """The settings of a submitted form, or a sentence for each block that holds something wrong.

    What the form of the tool does not ask for is as `kept` has it; a seed and what to avoid are
    gone where the model does not have them. Whether the catalog offers the model, and the model
    all the rest, is not looked at here.
    """
    entered = {field: state.entered(values, field) for field in ItemSettings.model_fields}
    asked = {field for field in entered if state.find_block(values, field) is not None}
    errors: dict[str, str] = {}
    prompt = (entered["prompt"] or "") if "prompt" in asked else kept.prompt
    if "prompt" in asked and not prompt.strip():
        wanted = "what should change" if tool is Tool.EDIT else "what the image should show"
        errors["prompt"] = f"Write {wanted}."
    elif len(prompt) > MAX_PROMPT_CHARS:
        errors["prompt"] = _too_long(prompt)
    if not entered["model_id"]:
        errors["model_id"] = "Choose a model."
    style_id = entered["style_id"] if "style_id" in asked else kept.style_id
    if not style_id:
        errors["style_id"] = "Choose a style."
    aspect = state.aspect(entered["aspect"]) if "aspect" in asked else kept.aspect
    if aspect is None:
        errors["aspect"] = "Choose an aspect from the list."
    count = state.whole(entered["count"]) if "count" in asked else kept.count
    if count is None or not 1 <= count <= MAX_COUNT:
        errors["count"] = f"Choose 1 to {MAX_COUNT} images."
    scale = state.whole(entered["scale"]) if "scale" in asked else kept.scale
    if "scale" in asked and scale is None:
        errors["scale"] = "Choose a size from the list."
    seed = state.whole(entered["seed"])
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
        style_id=style_id or "",
        aspect=aspect,
        count=count,
        seed=seed,
        negative_prompt=avoided,
        is_transparent=extras.is_transparent(values),
        scale=scale,
    )


def block_of(values: state.Values, field: str) -> str:
    """The block under which an error of a field of the settings is shown.

    A field the form does not have is complained of under the model, which is why it has none:
    Slack refuses errors for blocks that are not there.
    """
    return state.find_block(values, field) or state.block_id("model_id")


def _too_long(text: str) -> str:
    return f"This has {len(text):,} characters; {MAX_PROMPT_CHARS:,} is the most."
