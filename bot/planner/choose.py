"""A task or a name goes in, the model to propose and the reason for it come out."""

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from bot.domain.catalog import Aspect, Catalog, ImageModel, Task
from bot.domain.people import Tool

DEFAULT_REASON = "this workspace's default"

_FLAGS = re.IGNORECASE
_BEFORE = r"(?:,\s*)?(?:\b(?:please\s+)?(?:with|using|use|via|by|through|on|in)\s+)?(?:the\s+)?"
_NAMED = r"(?:,\s*)?\b(?:please\s+)?(?:with|using|use|via|by|through)\s+(?:the\s+)?(?:model\s+)?"
_AFTER = r"(?:\s+(?:image\s+)?(?:model|engine|style))?(?!\w)"
_FOREIGN_SURE = re.compile(
    _BEFORE + r"\b(dall[\s·.-]?e(?:[\s-]?[23])?|mid-?journey"
    r"|stable[\s-]diffusion(?:[\s-]?(?:xl|\d(?:\.\d)?))?|sdxl|gpt[\s-]image(?:[\s-]?\d(?:\.\d)?)?"
    r"|chat-?gpt|nano[\s-]banana(?:[\s-]pro)?|seedream(?:[\s-]?\d(?:\.\d)?)?|adobe[\s-]firefly"
    r"|flux[\s.-]?\d(?:\.\d)?(?:[\s-](?:pro|dev|schnell|max|flex))?"
    r"|ideogram|recraft(?:[\s-]?v?\d)?|imagen[\s-]?\d?)" + _AFTER,
    _FLAGS,
)
_FOREIGN_NAMED = re.compile(
    _NAMED + r"(firefly|flux|leonardo|gemini|playground|krea|grok|qwen|kling|sora|hunyuan)"
    r"(?:\s+(?:image\s+)?(?:model|engine))?(?=\s*(?:$|[.,;!?\n]|please\b|for\b|to\b|thanks?\b))",
    _FLAGS,
)
_FOREIGN_MODEL = re.compile(
    r"(?:,\s*)?\b(?:with|using|use|via)\s+(?:the\s+)?model\s+([\w./-]{2,40})", _FLAGS
)
_FOREIGN_SEEN = re.compile(
    r"\b(?:dall|mid|stable|sdxl|gpt|chat|nano|seedream|adobe|flux|ideogram|recraft|imagen|firefly"
    r"|leonardo|gemini|playground|krea|grok|qwen|kling|sora|hunyuan|model)",
    _FLAGS,
)
_TASK_WORDS = {
    Task.PHOTO: "photoreal images",
    Task.ILLUSTRATION: "illustrations",
    Task.VECTOR: "vector drawings",
}
_BEST = 3
"""How many of a model's tasks, from its best on, count as what it is made for."""
_LUXURY_USD = Decimal("0.12")
"""The price of one image from which a model is for somebody to choose, not for us."""
_FOREIGN_NAMES = {
    "dalle": "DALL-E",
    "dall": "DALL-E",
    "midjourney": "Midjourney",
    "chatgpt": "ChatGPT",
    "sdxl": "SDXL",
}


def choose_model(
    catalog: Catalog,
    task: Task,
    *,
    aspect: Aspect | None = None,
    wish: Task | None = None,
    is_transparent: bool = False,
) -> tuple[ImageModel, str]:
    """The best model for a task, and why: `chosen for product photos`.

    One that can do what is needed comes first: a transparent background, the kind that is wished
    (vector, a draft). Then AI models come before engines that are none, models made for more than
    drafts before those, and those that stay before those that retire. Of the ones that list the
    task, and make `aspect`, it is the cheapest that has it among its best, not a luxury where
    something else will do; equal ones stand in the order of the catalog.

    Raises: LookupError where the catalog has no model that makes images from words.
    """
    models = catalog.for_tool(Tool.GENERATE)
    if not models:
        raise LookupError("the catalog has no model that makes images from words")
    is_draft = Task.DRAFT in (task, wish)

    def rank(model: ImageModel) -> tuple[object, ...]:
        place = model.tasks.index(task) if task in model.tasks else len(Task)
        return (
            is_transparent and not model.has_transparency,
            wish is not None and wish not in model.tasks,
            not model.is_ai,
            model.tasks[0] is Task.DRAFT and not is_draft,
            model.retires_on is not None,
            task not in model.tasks,
            aspect is not None and aspect not in model.sizes,
            model.price_usd >= _LUXURY_USD,
            place >= _BEST,
            model.price_usd,
        )

    model = min(models, key=rank)
    found = wish if wish in model.tasks else task
    if is_transparent and model.has_transparency:
        return model, "chosen for its transparent background"
    if found is None or found not in model.tasks:
        return model, "the nearest there is"
    return model, f"chosen for {_TASK_WORDS.get(found, found.value)}"


def choose_editor(
    catalog: Catalog,
    *,
    sources: int,
    named: ImageModel | None = None,
    missing: str = "",
    default_model_id: str | None = None,
    cuts_out: bool = False,
) -> tuple[ImageModel, str]:
    """The model to edit `sources` pictures with, and why; one that takes so many is preferred.

    `cuts_out` is whether the background is to go and nothing else; models that can do only that
    are for nothing else.

    Raises: LookupError where the catalog has no model that edits.
    """

    task = Task.CUT_OUT if cuts_out else Task.EDIT

    def rank(model: ImageModel) -> tuple[object, ...]:
        place = model.tasks.index(task) if task in model.tasks else len(Task)
        price = model.price_usd if model.edit_price_usd is None else model.edit_price_usd
        return (
            model.only_cuts_out and not cuts_out,
            model.max_sources < sources,
            task not in model.tasks,
            not model.is_ai,
            model.tasks[0] is Task.DRAFT,
            model.retires_on is not None,
            price >= _LUXURY_USD,
            place >= _BEST,
            price,
        )

    usual = catalog.model(default_model_id or "")
    fits = usual is not None and usual.max_sources >= max(1, sources)
    fits = fits and (cuts_out or not (usual and usual.only_cuts_out))
    best = min(catalog.for_tool(Tool.EDIT), key=rank, default=None)
    if best is not None and best.only_cuts_out and not cuts_out:
        best = None
    return _chosen(
        best,
        named=named if named and named.edits else None,
        usual=usual if fits else None,
        task=task if best and task in best.tasks else Task.EDIT,
        lack=f"{named.name} cannot edit pictures" if named else _not_here(missing),
    )


def choose_upscaler(
    catalog: Catalog,
    *,
    scale: int,
    named: ImageModel | None = None,
    missing: str = "",
    default_model_id: str | None = None,
) -> tuple[ImageModel, str]:
    """The model to make a picture `scale` times larger, and why; one that can is preferred.

    Raises: LookupError where the catalog has no model that upscales.
    """

    def rank(model: ImageModel) -> tuple[bool, int, object]:
        place = model.tasks.index(Task.UPSCALE) if Task.UPSCALE in model.tasks else len(Task)
        return (scale not in model.scales, place, model.price_usd)

    usual = catalog.model(default_model_id or "")
    fits = usual is not None and scale in usual.scales
    best = min(catalog.for_tool(Tool.UPSCALE), key=rank, default=None)
    return _chosen(
        best,
        named=named if named and named.upscales else None,
        usual=usual if fits else None,
        task=Task.UPSCALE,
        lack=f"{named.name} cannot upscale pictures" if named else _not_here(missing),
    )


def _chosen(
    best: ImageModel | None,
    *,
    named: ImageModel | None,
    usual: ImageModel | None,
    task: Task,
    lack: str,
) -> tuple[ImageModel, str]:
    """The model that was named, else the workspace's, else the best, with the reason for it."""
    if best is None:
        raise LookupError(f"the catalog has no model for {task.value}")
    if named is not None:
        return named, "as you asked"
    model, reason = (usual, DEFAULT_REASON) if usual else (best, f"chosen for {task.value}")
    return model, f"{lack}; {reason}" if lack else reason


def _not_here(missing: str) -> str:
    return f"{missing} is not available here" if missing else ""


def nearest_aspect(width: float, height: float, aspects: Iterable[Aspect] = Aspect) -> Aspect:
    """The aspect whose ratio is nearest to a width and height, compared as a designer would."""
    wanted = math.log(width / height)

    def distance(aspect: Aspect) -> float:
        across, down = (int(side) for side in aspect.value.split(":"))
        return abs(math.log(across / down) - wanted)

    return min(aspects, key=distance)


def take_model(text: str, catalog: Catalog) -> tuple[ImageModel | None, str, str]:
    """The model a text names, the name of one that is not there, and the text without either."""
    lower = text.lower()
    for model in sorted(catalog.models, key=lambda model: -len(model.name)):
        if model.name.split()[0].lower() not in lower and model.id not in lower:
            continue
        named = _model_pattern(model.name, model.id).search(text)
        if named:
            return model, "", _without(text, named)
    if not _FOREIGN_SEEN.search(text):
        return None, "", text
    for pattern in (_FOREIGN_SURE, _FOREIGN_NAMED, _FOREIGN_MODEL):
        if named := pattern.search(text):
            return None, _spelt(named[1]), _without(text, named)
    return None, "", text


@cache
def _model_pattern(name: str, model_id: str) -> re.Pattern[str]:
    """How a text names a model; a name of one word needs "with" or "using" before it."""
    words = [re.escape(word) for word in name.split()]
    by_id = re.escape(model_id)
    before = _BEFORE if len(words) > 1 else _NAMED
    spelt = r"[\s-]?".join(words)
    return re.compile(rf"{before}\b(?:{spelt}){_AFTER}|{_BEFORE}{by_id}(?![\w-])", _FLAGS)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _spelt(name: str) -> str:
    """A model's name as its makers write it, where we know, else as the person did."""
    key = re.sub(r"[^a-z]", "", name.lower())
    known = next((spelt for start, spelt in _FOREIGN_NAMES.items() if key.startswith(start)), None)
    return known or (name.title() if name.islower() else name)
