"""A planned item and what somebody wished to be different go in, a changed item comes out."""

import re

from bot.domain.catalog import MAX_PROMPT_CHARS, Catalog
from bot.domain.requests import PlannedItem
from bot.planner.choose import take_model
from bot.planner.hints import take_aspect, take_count, take_seed, take_style
from bot.planner.text import plain

_LEFTOVERS = re.compile(
    r"^(?:(?:please|pls|just|and|but|with|in|as|an?|the|make|it|use|this|that|them|should|be"
    r"|rather|instead|try|want|i|we|of|to)\b[\s,.:;-]*)+$",
    re.IGNORECASE,
)
"""What is left of "make it 16:9, please" once the aspect is taken."""


def revised(item: PlannedItem, feedback: str, *, catalog: Catalog) -> PlannedItem:
    """The item with the feedback heeded: settings it names are set, the rest joins the prompt.

    A setting that the item's model does not have, and a feedback too long for the prompt, change
    nothing: the new card shows what stands, and can be edited.
    """
    rest = plain(feedback, bot_user_id="")
    model, _unknown, rest = take_model(rest, catalog)
    chosen = model or catalog.model(item.model_id)
    aspect, rest = take_aspect(rest)
    count, rest = take_count(rest)
    style_id, rest = take_style(rest)
    seed, rest = take_seed(rest)
    changes: dict[str, object] = {"seed": None}
    if model is not None:
        changes |= {"model_id": model.id, "model_reason": "your choice"}
    if chosen is not None:
        wanted = aspect or item.aspect
        changes["aspect"] = wanted if wanted in chosen.sizes else chosen.aspects[0]
        if count is not None and 1 <= count.number <= chosen.max_count:
            changes["count"] = count.number
        if seed is not None and chosen.has_seed and seed < 2**31:
            changes["seed"] = seed
    if style_id is not None:
        changes["style_id"] = style_id
    changes["prompt"] = _joined(item.prompt, rest)
    return item.model_copy(update=changes)


def _joined(prompt: str, words: str) -> str:
    words = re.sub(r"\s+", " ", words).strip(" ,;.")
    if not words or _LEFTOVERS.match(words):
        return prompt
    joined = f"{prompt.rstrip(' .')}. {words[0].upper()}{words[1:]}."
    return joined if len(joined) <= MAX_PROMPT_CHARS else prompt
