"""Several pictures of one order: split into calls, made side by side, put together again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from bot.errors import BadKey, OutOfCredit, ProviderError, Refused, Unavailable, Unknown
from bot.studio.check import MAX_SEED
from bot.studio.provider import Made, Order, Picture

_LOST = "The provider did not answer for all of them; it may have made more."


def split(order: Order) -> tuple[Order, ...]:
    """The order as calls of at most `model.max_batch` pictures each, seeds following on.

    Each call has a key of its own, the first one that of the order.
    """
    most = order.model.max_batch
    return split_by(
        order, [min(most, order.count - first) for first in range(0, order.count, most)]
    )


def split_by(order: Order, counts: Sequence[int]) -> tuple[Order, ...]:
    """The order as calls of so many pictures each, seeds following on."""
    calls = []
    for first, count in zip(accumulate(counts, initial=0), counts, strict=False):
        seed = None if order.seed is None else (order.seed + first) % (MAX_SEED + 1)
        key = f"{order.key}-{first + 1}" if first else order.key
        calls.append(order.model_copy(update={"key": key, "count": count, "seed": seed}))
    return tuple(calls)


async def make_all(
    order: Order, make: Callable[[Order], Awaitable[Made]], *, gate: asyncio.Semaphore
) -> Made:
    """Make an order by one call or several at once, as many as the gate lets through.

    Raises: ProviderError where no picture came out at all, as `merged` does.
    """

    async def one(call: Order) -> Made | ProviderError:
        async with gate:
            try:
                return await make(call)
            except ProviderError as error:
                return error

    calls = split(order)
    return merged(order, calls, await asyncio.gather(*(one(call) for call in calls)))


def merged(order: Order, calls: Sequence[Order], outcomes: Sequence[Made | ProviderError]) -> Made:
    """What the calls of one order brought together; pictures keep their places in the order.

    Raises: where no picture came out, the error that says most: Unknown before all others, for
        then something may have been billed; a refusal before what may pass.
    """
    errors = [outcome for outcome in outcomes if isinstance(outcome, ProviderError)]
    made = [outcome for outcome in outcomes if isinstance(outcome, Made)]
    if not made:
        raise min(errors, key=_weight)
    pictures: list[Picture] = []
    first = 0
    for call, outcome in zip(calls, outcomes, strict=True):
        if isinstance(outcome, Made):
            for picture in outcome.pictures:
                pictures.append(replace(picture, index=first + picture.index))
        first += call.count
    costs = [outcome.cost_usd for outcome in made]
    return Made(
        pictures=tuple(pictures),
        seconds=max(outcome.seconds for outcome in made),
        shortfall=next(filter(None, [*map(_words, errors), *(m.shortfall for m in made)]), ""),
        cost_usd=None if None in costs else sum((c for c in costs if c is not None), Decimal(0)),
        request_id=" ".join(filter(None, (outcome.request_id for outcome in made))),
    )


_WEIGHTS: tuple[type[ProviderError], ...] = (Unknown, Refused, OutOfCredit, BadKey, Unavailable)


def _weight(error: ProviderError) -> int:
    return next((n for n, kind in enumerate(_WEIGHTS) if isinstance(error, kind)), len(_WEIGHTS))


def _words(error: ProviderError) -> str:
    if isinstance(error, Unknown):
        return error.reason or _LOST
    return str(getattr(error, "reason", ""))
