"""The form that sets model, style or aspect of every row of a batch: ids, modal(), parse()."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    OptionGroup,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from blocks import state
from blocks.parts import MAX_SECTION_CHARS, context, literal, mrkdwn, option
from blocks.pick import model_option, model_options, selected, style_options
from blocks.text import mention, plain, plural, when
from blocks.words import SEPARATOR, cost_words
from bot.domain.base import Value
from bot.domain.catalog import Aspect, Catalog, ImageModel
from bot.domain.money import Balance
from bot.domain.people import Tool
from bot.domain.proposals import Item, ItemSettings, Proposal

SET_ALL_MODAL = "batch_set_all_modal"
MODEL = "set_all_model"
STYLE = "set_all_style"
ASPECT = "set_all_aspect"

_KEEP = "-"
_AS_IT_IS = option(_KEEP, "As it is")


class Wanted(Value):
    """What every row is to have; None leaves it as it is."""

    model_id: str | None = None
    style_id: str | None = None
    aspect: Aspect | None = None

    def of(self, settings: ItemSettings) -> ItemSettings:
        """A row's settings with what is wanted."""
        wanted = {name: value for name, value in self if value is not None}
        return settings.model_copy(update=wanted)


def modal(
    proposal: Proposal,
    *,
    draft: Wanted,
    catalog: Catalog,
    balance: Balance,
    note: str = "",
) -> View:
    """The form, showing `draft`; `note` says which rows cannot have it."""
    model = catalog.model(draft.model_id or "")
    rows = plural(len(proposal.live), "image")
    blocks: list[Block] = [
        context(
            f"Asked by {mention(proposal.requester_id)}{SEPARATOR}{rows}{SEPARATOR}"
            f"open until {when(proposal.expires_at)}"
        ),
        InputBlock(
            block_id=state.block_id("model_id"),
            label="Model",
            dispatch_action=True,
            element=ExternalDataSelectElement(
                action_id=MODEL,
                placeholder="Search by name or task",
                min_query_length=0,
                initial_option=model_option(model, tool=proposal.tool) if model else _AS_IT_IS,
            ),
        ),
    ]
    if proposal.tool not in (Tool.EDIT, Tool.UPSCALE):
        styles = [_AS_IT_IS, *style_options(catalog)]
        offered = model.aspects if model else _aspects(catalog)
        aspects = [_AS_IT_IS, *(option(aspect.value, aspect.label) for aspect in offered)]
        wanted = draft.aspect.value if draft.aspect else _KEEP
        blocks += [
            _choice("style_id", "Style", STYLE, styles, draft.style_id or _KEEP),
            _choice("aspect", "Aspect", ASPECT, aspects, wanted, draft.model_id or ""),
        ]
    if note:
        blocks.append(SectionBlock(text=literal(plain(note, MAX_SECTION_CHARS))))
    price = sum(_price(item, draft, catalog, tool=proposal.tool) for item in proposal.live)
    images = plural(proposal.image_count, "image")
    live = f"{images}{SEPARATOR}{cost_words(price, balance)}"
    blocks.append(SectionBlock(block_id="cost", text=mrkdwn(live)))
    return View(
        type="modal",
        callback_id=SET_ALL_MODAL,
        private_metadata=proposal.id,
        title="Set for all images",
        submit="Set for all",
        close="Cancel",
        blocks=blocks,
    )


def parse(values: state.Values) -> Wanted | dict[str, str]:
    """What every row is to have, or a sentence for each block that holds something wrong."""
    entered = {field: _entered(values, field) for field in Wanted.model_fields}
    aspect = state.aspect(entered["aspect"])
    if entered["aspect"] is not None and aspect is None:
        return {block_of(values, "aspect"): "Choose an aspect from the list."}
    if not any(entered.values()):
        return {block_of(values, "model_id"): "Choose what all images should have."}
    return Wanted(model_id=entered["model_id"], style_id=entered["style_id"], aspect=aspect)


def draft_from_state(values: state.Values, catalog: Catalog, tool: Tool) -> Wanted:
    """What the form would set now; what is forged, or the chosen model cannot do, is left out."""
    model = catalog.model(_entered(values, "model_id") or "")
    style = catalog.style(_entered(values, "style_id") or "")
    aspect = state.aspect(_entered(values, "aspect"))
    chosen = model if model and model.does(tool) else None
    if aspect is not None and chosen is not None and aspect not in chosen.sizes:
        aspect = None
    return Wanted(
        model_id=chosen.id if chosen else None,
        style_id=style.id if style else None,
        aspect=aspect,
    )


def block_of(values: state.Values, field: str) -> str:
    """The block under which an error of a field is shown."""
    return state.find_block(values, field) or state.block_id("model_id")


def options(models: Sequence[ImageModel], *, tool: Tool, words: str = "") -> list[OptionGroup]:
    """What can be chosen as the model: none of them, or one, by task."""
    unchanged = OptionGroup(label=literal("Every image as it is"), options=[_AS_IT_IS])
    return [unchanged, *model_options(models, tool=tool, words=words)]


def _entered(values: state.Values, field: str) -> str | None:
    value = state.entered(values, field)
    return None if value == _KEEP else value


def _aspects(catalog: Catalog) -> list[Aspect]:
    """Every aspect that some model makes."""
    return [aspect for aspect in Aspect if any(aspect in m.sizes for m in catalog.models)]


def _price(item: Item, wanted: Wanted, catalog: Catalog, *, tool: Tool) -> int:
    settings = wanted.of(item.settings)
    model = catalog.model(settings.model_id)
    if model is None:
        return item.price_credits
    return model.price_credits(settings.count, tool=tool)


def _choice(
    field: str, label: str, action_id: str, options: Sequence[Option], value: str, variant: str = ""
) -> InputBlock:
    return InputBlock(
        block_id=state.block_id(field, variant),
        label=label,
        dispatch_action=True,
        element=StaticSelectElement(
            action_id=action_id,
            placeholder="As it is",
            options=options,
            initial_option=selected(options, value),
        ),
    )
