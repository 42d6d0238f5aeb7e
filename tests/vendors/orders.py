"""Orders to try a provider with, and what becomes of them."""

import asyncio
from typing import Any

from bot.domain.catalog import Aspect, ImageModel, Size
from bot.studio.catalog import models
from bot.studio.provider import Accepted, Made, Order, Provider, SourcePicture
from bot.studio.styles import STYLES
from tests.vendors import CASES
from tests.vendors.vendor import picture

SOURCE = SourcePicture(data=picture(256, 192, number=3), mime="image/png")
_DEADLINE_SECONDS = 10


def model_of(model_id: str) -> ImageModel:
    known = (*models(), *(model for case in CASES for model in case.models))
    return next(model for model in known if model.id == model_id)


def order_of(model_id: str, *, aspect: Aspect = Aspect.SQUARE, **fields: Any) -> Order:
    """An order of one picture from words."""
    model = model_of(model_id)
    given: dict[str, Any] = {
        "key": "sub_1",
        "model": model,
        "prompt": "A hand-thrown ceramic mug on a plain plinth",
        "title": "Mug",
        "style": STYLES[0],
        "size": model.sizes.get(aspect, Size(width_px=256, height_px=192)),
        "aspect": aspect,
        "count": 1,
        "seed": 7 if model.has_seed else None,
        "negative_prompt": "",
    }
    return Order(**{**given, **fields})


def edit_of(model_id: str, **fields: Any) -> Order:
    """An order to change one picture of 256 x 192."""
    given: dict[str, Any] = {
        "prompt": "make the mug blue",
        "size": Size(width_px=256, height_px=192),
        "aspect": None,
        "sources": (SOURCE,),
    }
    return order_of(model_id, **{**given, **fields})


def upscale_of(model_id: str, **fields: Any) -> Order:
    """An order to enlarge one picture of 256 x 192."""
    scale = model_of(model_id).scales[0]
    given: dict[str, Any] = {
        "prompt": "",
        "size": Size(width_px=256 * scale, height_px=192 * scale),
        "aspect": None,
        "sources": (SOURCE,),
        "scale": scale,
    }
    return order_of(model_id, **{**given, **fields})


async def made_by(provider: Provider, order: Order) -> Made:
    """The pictures of an order, asked for again and again where the provider has a queue."""
    answer = await provider.submit(order)
    if isinstance(answer, Made):
        return answer
    return await fetched(provider, order, answer)


async def fetched(provider: Provider, order: Order, accepted: Accepted) -> Made:
    """The pictures of an accepted order."""
    async with asyncio.timeout(_DEADLINE_SECONDS):
        while True:
            made = await provider.poll(order, accepted.reference)
            if made is not None:
                return made
            await asyncio.sleep(0.01)
