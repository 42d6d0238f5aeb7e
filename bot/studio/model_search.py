"""Plain words in, the models of a catalog that fit them out, best first."""

import re
from collections.abc import Mapping

from bot.domain.catalog import Catalog, ImageModel, Speed, Task

_PLAIN_WORDS: Mapping[str, frozenset[Task]] = {
    "text": frozenset({Task.TYPOGRAPHY, Task.POSTER}),
    "words": frozenset({Task.TYPOGRAPHY, Task.POSTER}),
    "lettering": frozenset({Task.TYPOGRAPHY}),
    "type": frozenset({Task.TYPOGRAPHY}),
    "fonts": frozenset({Task.TYPOGRAPHY}),
    "brand": frozenset({Task.LOGO}),
    "icons": frozenset({Task.LOGO}),
    "realistic": frozenset({Task.PHOTO}),
    "people": frozenset({Task.PHOTO}),
    "packshot": frozenset({Task.PRODUCT}),
    "shop": frozenset({Task.PRODUCT}),
    "drawing": frozenset({Task.ILLUSTRATION}),
    "art": frozenset({Task.ILLUSTRATION}),
    "cartoon": frozenset({Task.ILLUSTRATION}),
    "flyer": frozenset({Task.POSTER}),
    "seamless": frozenset({Task.PATTERN}),
    "texture": frozenset({Task.PATTERN}),
    "wallpaper": frozenset({Task.PATTERN}),
    "retouch": frozenset({Task.EDIT}),
    "change": frozenset({Task.EDIT}),
    "enlarge": frozenset({Task.UPSCALE}),
    "upscale": frozenset({Task.UPSCALE}),
    "upscaler": frozenset({Task.UPSCALE}),
    "bigger": frozenset({Task.UPSCALE}),
    "svg": frozenset({Task.VECTOR}),
    "scalable": frozenset({Task.VECTOR}),
    "cutout": frozenset({Task.CUT_OUT}),
    "isolate": frozenset({Task.CUT_OUT}),
    "resolution": frozenset({Task.UPSCALE}),
}
"""How people ask for a task without its name."""

_WORD = re.compile(r"\w+")
_CHEAP = frozenset({"cheap", "cheaper", "cheapest", "inexpensive", "affordable", "price"})
_FAST = frozenset({"fast", "faster", "fastest", "quick", "quickest", "instant", "speed"})
_FILLER = frozenset(
    _WORD.findall(
        "a all an and any are available best can could do does for good have i image images in is "
        "list me model models of our show some the there to use what which with you your"
    )
)
_SPEEDS = tuple(Speed)


def search_models(catalog: Catalog, words: str) -> list[ImageModel]:
    """The models that fit, best first: all of them for no words, none where no word fits.

    Words match the beginnings of words in a model's name, id, strength and tasks, and plain ways
    to ask for a task ("text" finds typography). "cheap" and "fast" sort. A model that fits every
    word comes alone with its like; else those that fit at least one.
    """
    asked = [word for word in _WORD.findall(words.lower()) if word not in _FILLER]
    order = [word for word in asked if word in _CHEAP or word in _FAST]
    sought = [word for word in asked if word not in order]
    scored = [(model, [_fit(model, word) for word in sought]) for model in catalog.models]
    kept = [(model, fits) for model, fits in scored if all(fits)]
    if not kept:
        kept = [(model, fits) for model, fits in scored if any(fits)]
    kept.sort(key=lambda pair: -sum(pair[1]))
    models = [model for model, _ in kept]
    if any(word in _FAST for word in order):
        models.sort(key=lambda model: (_SPEEDS.index(model.speed), model.price_usd))
    if any(word in _CHEAP for word in order):
        models.sort(key=lambda model: model.price_usd)
    return models


def _fit(model: ImageModel, word: str) -> int:
    """How well one word fits a model: 0 not at all; a name weighs more than a task."""
    name = _WORD.findall(model.name.lower())
    if word in name:
        return 60
    if any(part.startswith(word) for part in name):
        return 50
    if any(part.startswith(word) for part in _WORD.findall(model.id.lower())):
        return 40
    plain = next((tasks for key, tasks in _PLAIN_WORDS.items() if _same(key, word)), frozenset())
    for rank, task in enumerate(model.tasks):
        if task in plain or any(_same(part, word) for part in _WORD.findall(task.value)):
            return 30 - rank
    if model.has_transparency and _same("transparent", word):
        return 20
    if any(part.startswith(word) for part in _WORD.findall(model.strength.lower())):
        return 10
    return 0


def _same(known: str, typed: str) -> bool:
    """Whether a typed word begins a known one, singular or plural ("logo", "logos", "poster")."""
    return known.startswith(typed) or (typed.endswith("s") and known == typed[:-1])
