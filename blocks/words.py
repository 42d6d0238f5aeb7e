"""How an item and a balance are put into words; the same thing is called the same everywhere."""

from collections.abc import Mapping

from blocks.text import credits, month_name, plural, quoted
from bot.domain.catalog import Catalog, ImageModel
from bot.domain.images import Image
from bot.domain.money import Balance
from bot.domain.people import Tool
from bot.domain.proposals import Item, ItemSettings, ItemState

SEPARATOR = " · "

DOING_WORDS: Mapping[Tool, str] = {
    Tool.GENERATE: "making",
    Tool.GENERATE_BATCH: "making",
    Tool.EDIT: "editing",
    Tool.UPSCALE: "upscaling",
    Tool.INSERT_INTO_CANVAS: "inserting",
}
DONE_WORDS: Mapping[Tool, str] = {
    Tool.GENERATE: "done",
    Tool.GENERATE_BATCH: "done",
    Tool.EDIT: "edited",
    Tool.UPSCALE: "upscaled",
    Tool.INSERT_INTO_CANVAS: "inserted",
}


def settings_words(item: Item, catalog: Catalog) -> list[str]:
    """What an item is made with, in mrkdwn.

    Style, aspect and count, or of a picture that is there what is done with it; then seed and
    avoidance if set.
    """
    settings = item.settings
    if settings.scale is not None:
        words = [f"{settings.scale} times the size"]
    elif item.sources:
        words = [plural(settings.count, "image")]
    else:
        look = [style_name(settings, catalog), settings.aspect.label]
        words = [*look, plural(settings.count, "image")]
    if settings.is_transparent:
        words.append("transparent background")
    seed = seed_words(item)
    if seed:
        words.append(seed)
    if settings.negative_prompt:
        words.append(f"avoid: “{quoted(settings.negative_prompt)}”")
    return words


def model_words(item: Item, catalog: Catalog) -> str:
    """The model in mrkdwn, with why it was taken."""
    model = catalog.known(item.settings.model_id)
    name = honest_name(model, item.settings.model_id)
    reason = quoted(item.model_reason)
    words = f"{name}, {reason}" if reason else name
    return SEPARATOR.join(filter(None, [words, last_day_words(model)]))


def last_day_words(model: ImageModel | None) -> str:
    """`retires on 1 December 2026`, where its makers have said when."""
    if model is None or model.retires_on is None:
        return ""
    return f"retires on {model.retires_on.day} {model.retires_on:%B %Y}"


def about_words(model: ImageModel, *, tool: Tool = Tool.GENERATE) -> str:
    """`4 credits each · Sharp type`, for menus: plain text of one line."""
    parts = [price_words(model, tool=tool), last_day_words(model), model.strength]
    return SEPARATOR.join(filter(None, parts))


def honest_name(model: ImageModel | None, model_id: str) -> str:
    """A model's name in mrkdwn with the plain truth about it; its id once it is gone."""
    return quoted(model.label if model else f"{model_id} (no longer offered)")


def maker_words(image: Image, catalog: Catalog) -> str:
    """What made a picture of the gallery, in mrkdwn: its model, or that it was imported."""
    if image.is_imported:
        return "imported"
    return honest_name(catalog.known(image.model_id), image.model_id)


def style_name(settings: ItemSettings, catalog: Catalog) -> str:
    """The style's name in mrkdwn, or its id once it is gone."""
    style = catalog.style(settings.style_id)
    return quoted(style.name if style else settings.style_id)


def seed_words(item: Item) -> str:
    """`seed 4711`, or `seeds 4711 to 4714` where several images were made; empty without one."""
    if item.used_seed is None:
        return "" if item.settings.seed is None else f"seed {item.settings.seed}"
    if item.made_count > 1:
        return f"seeds {item.used_seed} to {item.used_seed + item.made_count - 1}"
    return f"seed {item.used_seed}"


def price_words(model: ImageModel, *, tool: Tool = Tool.GENERATE) -> str:
    """`4 credits each`, or `free`."""
    price = model.price_credits(1, tool=tool)
    return f"{credits(price)} each" if price else "free"


def left_words(balance: Balance) -> str:
    """`984 of 1,000 left in November`."""
    left = max(balance.left_credits, 0)
    return f"{left:,} of {balance.budget_credits:,} left in {month_name(balance.month)}"


def cost_words(price_credits: int, balance: Balance) -> str:
    """The price, what is left, and whether that is enough: `*16 credits* · 984 of 1,000 left…`."""
    words = f"*{credits(price_credits)}*{SEPARATOR}{left_words(balance)}"
    missing = price_credits - max(balance.left_credits, 0)
    return f"{words}, {credits(missing)} short" if missing > 0 else words


def is_unposted(item: Item) -> bool:
    """True where the images are in the gallery but do not stand in the thread."""
    return item.state is ItemState.DELIVERED and not item.is_posted
