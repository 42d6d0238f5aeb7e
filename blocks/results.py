"""What can be done with a finished image, as a row of a card: an item in, menus and buttons out.

The buttons carry the item; which of its images is meant is in the state of the menu beside them.
"""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import InteractiveElement, StaticSelectElement

from blocks import parts
from blocks.parts import button, literal, option, pack
from blocks.text import credits, mention, plural
from blocks.words import SEPARATOR
from bot.domain.catalog import MAX_COUNT, Catalog, ImageModel
from bot.domain.people import Tool
from bot.domain.proposals import Item, Proposal

CHOOSE = "result_image"
UPSCALE = "result_upscale"
VARY = "result_vary"
EDIT = "result_edit"
OPEN = "result_open"
FULL_SIZE = "item_full_size"
"""A menu on the cards that earlier versions posted."""

DEFAULT_SCALE = 2
"""How many times larger the card's button makes each side."""


def steps(item: Item, proposal: Proposal, catalog: Catalog) -> list[InteractiveElement]:
    """What can be done next with the images of a finished item; nothing where none is left."""
    if not item.numbers or proposal.tool is Tool.INSERT_INTO_CANVAS:
        return []
    steps: list[InteractiveElement] = []
    if len(item.numbers) > 1:
        options = [option(pack(item.id, number), f"Image {number}") for number in item.numbers]
        steps.append(
            StaticSelectElement(
                action_id=CHOOSE,
                placeholder=literal("Which image?"),
                options=options,
                initial_option=options[0],
            )
        )
    of_what = item.title
    upscalers = catalog.upscalers()
    if upscalers:
        scale = DEFAULT_SCALE if DEFAULT_SCALE in upscalers else min(upscalers)
        upscaler = upscalers[scale]
        label = f"Upscale{SEPARATOR}{credits(upscaler.price_credits(1))}"
        value = pack(item.id, scale)
        steps.append(button(label, action_id=UPSCALE, value=value, spoken=f"{label}: {of_what}"))
    model = catalog.model(item.settings.model_id)
    if varies(model, proposal.tool):
        label = f"Vary{SEPARATOR}{credits(vary_credits(model))}"
        steps.append(button(label, action_id=VARY, value=item.id, spoken=f"{label}: {of_what}"))
    if catalog.for_tool(Tool.EDIT):
        steps.append(
            button("Edit…", action_id=EDIT, value=item.id, spoken=f"Edit… the image: {of_what}")
        )
    steps.append(
        button("More…", action_id=OPEN, value=item.id, spoken=f"More… of the image: {of_what}")
    )
    return steps


def open_row(item: Item) -> InteractiveElement:
    """The one button of a batch's row: all the rest is in what it opens."""
    number = item.numbers[0] if item.numbers else 1
    return button(
        "Open…",
        action_id=OPEN,
        value=pack(item.id, number),
        spoken=f"Open… image {item.position}: {item.title}",
    )


def deleted_words(item: Item) -> str:
    """Which of an item's images were deleted and by whom, in mrkdwn; empty where none was."""
    if not item.deleted:
        return ""
    is_all = not item.numbers
    by_whom: dict[str, list[int]] = {}
    for image in sorted(item.deleted, key=lambda gone: gone.index):
        by_whom.setdefault(image.by, []).append(image.index)
    words = []
    for by, numbers in by_whom.items():
        who = f"deleted by {mention(by)}" if by else "deleted because its time was over"
        if item.made_count == 1:
            words.append(f"The image was {who}.")
        elif is_all and len(by_whom) == 1:
            words.append(f"All {plural(item.made_count, 'image')} were {who}.")
        else:
            noun = "Image" if len(numbers) == 1 else "Images"
            verb = "was" if len(numbers) == 1 else "were"
            words.append(f"{noun} {_listed(numbers)} {verb} {who}.")
    return " ".join(words)


def unpack(value: str) -> tuple[str, int | None]:
    """The item's id and the number, if there is one.

    Raises: ValueError for anything that none of the buttons carries.
    """
    return parts.unpack(value) if "." in value else (value, None)


def chosen_number(values: object, item_id: str) -> int | None:
    """The image of an item that a message's menu has selected; None for anything else.

    `values` is `state.values` of Slack's payload, which anybody may forge.
    """
    if not isinstance(values, Mapping):
        return None
    for entries in values.values():
        entry = entries.get(CHOOSE) if isinstance(entries, Mapping) else None
        value = _option_value(entry)
        if value is None:
            continue
        try:
            of_item, number = unpack(value)
        except ValueError:
            continue
        if of_item == item_id:
            return number
    return None


def _option_value(entry: Any) -> str | None:
    chosen = entry.get("selected_option") if isinstance(entry, Mapping) else None
    value = chosen.get("value") if isinstance(chosen, Mapping) else None
    return value if isinstance(value, str) else None


def varies(model: ImageModel | None, tool: Tool) -> bool:
    """Whether the same again, with another seed, gives another picture."""
    return model is not None and model.generates and tool in (Tool.GENERATE, Tool.GENERATE_BATCH)


def vary_count(model: ImageModel) -> int:
    """How many variations are made where nobody said."""
    return min(MAX_COUNT, model.max_count)


def vary_credits(model: ImageModel | None) -> int:
    """What they cost."""
    return 0 if model is None else model.price_credits(vary_count(model))


def _listed(numbers: list[int]) -> str:
    """`1`, `1 and 2`, `1, 2 and 3`."""
    *others, last = map(str, numbers)
    return f"{', '.join(others)} and {last}" if others else last
