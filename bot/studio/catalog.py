"""The models as data, what a workspace is offered of them, and how they are searched by words."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from bot.domain.catalog import Aspect, Catalog, ImageModel, Size, Speed, Task
from bot.studio.styles import STYLES

_PIXELS_1K: Mapping[Aspect, Size] = {
    Aspect.SQUARE: Size(width_px=1024, height_px=1024),
    Aspect.PORTRAIT_4_5: Size(width_px=896, height_px=1120),
    Aspect.PORTRAIT_3_4: Size(width_px=864, height_px=1152),
    Aspect.PORTRAIT_2_3: Size(width_px=832, height_px=1248),
    Aspect.STORY: Size(width_px=720, height_px=1280),
    Aspect.LANDSCAPE_5_4: Size(width_px=1120, height_px=896),
    Aspect.LANDSCAPE_4_3: Size(width_px=1152, height_px=864),
    Aspect.LANDSCAPE_3_2: Size(width_px=1248, height_px=832),
    Aspect.WIDE: Size(width_px=1280, height_px=720),
    Aspect.BANNER: Size(width_px=1568, height_px=672),
}
"""About a megapixel each, both sides multiples of 16, the ratios exact."""

_PIXELS_2K: Mapping[Aspect, Size] = {
    Aspect.SQUARE: Size(width_px=2048, height_px=2048),
    Aspect.PORTRAIT_4_5: Size(width_px=1632, height_px=2048),
    Aspect.PORTRAIT_3_4: Size(width_px=1536, height_px=2048),
    Aspect.PORTRAIT_2_3: Size(width_px=1360, height_px=2048),
    Aspect.STORY: Size(width_px=1152, height_px=2048),
    Aspect.LANDSCAPE_5_4: Size(width_px=2048, height_px=1632),
    Aspect.LANDSCAPE_4_3: Size(width_px=2048, height_px=1536),
    Aspect.LANDSCAPE_3_2: Size(width_px=2048, height_px=1360),
    Aspect.WIDE: Size(width_px=2048, height_px=1152),
    Aspect.BANNER: Size(width_px=2048, height_px=880),
}
"""2048 on the long side, both sides multiples of 16, the ratios within half a percent."""

_HOUSE_PRICE = (
    "house price of the local engine, so that credits can be tried; change it in the catalog"
)
_HOUSE_PRICE_AS_OF = date(2026, 11, 24)

MODELS: tuple[ImageModel, ...] = (
    ImageModel(
        id="sketch/compose",
        provider="sketch",
        name="Sketch",
        strength="Instant drafts of anything",
        tasks=(
            Task.PRODUCT,
            Task.PHOTO,
            Task.POSTER,
            Task.ILLUSTRATION,
            Task.DRAFT,
            Task.LOGO,
            Task.TYPOGRAPHY,
            Task.PATTERN,
        ),
        sizes=_PIXELS_1K,
        has_seed=True,
        speed=Speed.FAST,
        price_usd=Decimal("0.01"),
        price_source=_HOUSE_PRICE,
        price_as_of=_HOUSE_PRICE_AS_OF,
        is_ai=False,
    ),
    ImageModel(
        id="sketch/compose-2k",
        provider="sketch",
        name="Sketch 2K",
        strength="Twice the pixels, for large screens and print",
        tasks=(Task.PRODUCT, Task.PHOTO, Task.POSTER, Task.ILLUSTRATION),
        sizes=_PIXELS_2K,
        has_seed=True,
        speed=Speed.MEDIUM,
        price_usd=Decimal("0.02"),
        price_source=_HOUSE_PRICE,
        price_as_of=_HOUSE_PRICE_AS_OF,
        is_ai=False,
    ),
    ImageModel(
        id="sketch/mark",
        provider="sketch",
        name="Sketch Mark",
        strength="Marks, lettering and repeats",
        tasks=(Task.LOGO, Task.TYPOGRAPHY, Task.PATTERN),
        sizes={
            aspect: _PIXELS_1K[aspect]
            for aspect in (
                Aspect.SQUARE,
                Aspect.LANDSCAPE_4_3,
                Aspect.PORTRAIT_3_4,
                Aspect.WIDE,
            )
        },
        has_seed=True,
        speed=Speed.FAST,
        price_usd=Decimal("0.01"),
        price_source=_HOUSE_PRICE,
        price_as_of=_HOUSE_PRICE_AS_OF,
        is_ai=False,
    ),
    ImageModel(
        id="sketch/retouch",
        provider="sketch",
        name="Sketch Retouch",
        strength="Tone, colour, background, medium, crop and lettering",
        tasks=(Task.EDIT,),
        max_sources=1,
        speed=Speed.FAST,
        price_usd=Decimal("0.01"),
        price_source=_HOUSE_PRICE,
        price_as_of=_HOUSE_PRICE_AS_OF,
        is_ai=False,
    ),
    ImageModel(
        id="waifu2x/photo",
        provider="waifu2x",
        name="waifu2x Photo",
        strength="Two or four times the size, sharp and faithful",
        tasks=(Task.UPSCALE,),
        scales=(2, 4),
        max_count=1,
        speed=Speed.MEDIUM,
        price_usd=Decimal("0.02"),
        price_source=_HOUSE_PRICE,
        price_as_of=_HOUSE_PRICE_AS_OF,
    ),
)
"""Every model we know, in the order to show them; each lists its tasks from its best on."""

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


def catalog(providers: Iterable[str]) -> Catalog:
    """The models whose provider is among the named ones, with every style."""
    names = frozenset(providers)
    return Catalog(
        models=tuple(model for model in MODELS if model.provider in names), styles=STYLES
    )


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
    if any(part.startswith(word) for part in _WORD.findall(model.strength.lower())):
        return 10
    return 0


def _same(known: str, typed: str) -> bool:
    """Whether a typed word begins a known one, singular or plural ("logo", "logos", "poster")."""
    return known.startswith(typed) or (typed.endswith("s") and known == typed[:-1])
