"""Orders that a provider works off in a queue of its own: tickets in, one reference, pictures out.

All that is needed to ask again stands in the reference, which is committed before anything waits:
whichever process comes next goes on from there.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from decimal import Decimal

from pydantic import ValidationError

from bot.domain.base import Value
from bot.errors import ProviderError, Unavailable, Unknown
from bot.studio.provider import Accepted, Made, Order
from bot.studio.remote.variations import merged, split


class Ticket(Value):
    """What a provider gave for one call of an order."""

    id: str = ""
    url: str = ""
    """Where to ask for it, as the provider says."""
    result_url: str = ""
    """Where to fetch what came of it, if that is another place."""
    cancel_url: str = ""
    cost_usd: Decimal | None = None
    """What the provider said at once that it costs."""
    lost: str = ""
    """Why there is none: the call was refused, or not answered, while others were taken."""


class Reference(Value):
    """What is kept of an accepted order."""

    at: float
    """When it was accepted, in seconds of Unix time."""
    tickets: tuple[Ticket, ...]


async def order_all(
    order: Order,
    start: Callable[[Order], Awaitable[Ticket]],
    *,
    gate: asyncio.Semaphore,
    now: Callable[[], float] = time.time,
) -> Accepted:
    """Hand an order over by one call or several; accepted as soon as one of them was taken.

    Raises: ProviderError where none was.
    """

    async def one(call: Order) -> Ticket | ProviderError:
        async with gate:
            try:
                return await start(call)
            except ProviderError as error:
                return error

    calls = split(order)
    outcomes = await asyncio.gather(*(one(call) for call in calls))
    tickets = [outcome for outcome in outcomes if isinstance(outcome, Ticket)]
    if not tickets:
        merged(order, calls, [o for o in outcomes if isinstance(o, ProviderError)])
    kept = tuple(o if isinstance(o, Ticket) else Ticket(lost=_words(o)) for o in outcomes)
    return Accepted(Reference(at=now(), tickets=kept).model_dump_json(exclude_defaults=True))


async def collect(
    order: Order,
    reference: str,
    look: Callable[[Order, Ticket], Awaitable[Made | None]],
    *,
    patience_seconds: float,
    now: Callable[[], float] = time.time,
) -> Made | None:
    """The pictures once every ticket has come to an end, or patience has; None until then.

    `look` gives the pictures of one ticket's call, None while it is being worked on.

    Raises: ProviderError where no picture came out; Unavailable where nothing is known just now;
        Unknown where the provider is still not done after `patience_seconds`.
    """
    kept = read(reference)

    async def one(call: Order, ticket: Ticket) -> Made | ProviderError | None:
        if ticket.lost:
            return Unknown(ticket.lost)
        try:
            return await look(call, ticket)
        except ProviderError as error:
            return error

    calls = split(order)
    outcomes = await asyncio.gather(*(one(*pair) for pair in zip(calls, kept.tickets, strict=True)))
    is_over = now() - kept.at > patience_seconds
    ended: list[Made | ProviderError] = []
    for outcome in outcomes:
        if outcome is None or isinstance(outcome, Unavailable):
            if not is_over:
                if isinstance(outcome, Unavailable):
                    raise outcome
                return None
            outcome = Unknown("The provider is still not done with it.")
        ended.append(outcome)
    return merged(order, calls, ended)


async def cancel_all(reference: str, cancel: Callable[[Ticket], Awaitable[bool]]) -> bool:
    """Cancel every ticket; True where it is certain of each that nothing is billed."""

    async def one(ticket: Ticket) -> bool:
        if ticket.lost:
            return False
        try:
            return await cancel(ticket)
        except ProviderError:
            return False

    return all(await asyncio.gather(*(one(ticket) for ticket in read(reference).tickets)))


def read(reference: str) -> Reference:
    """A reference as it was kept.

    Raises: Unknown for one that is not ours.
    """
    try:
        return Reference.model_validate_json(reference)
    except ValidationError as error:
        raise Unknown("What was kept of the order cannot be read.") from error


def _words(error: ProviderError) -> str:
    return str(getattr(error, "reason", "")) or "The provider did not answer for one of them."
