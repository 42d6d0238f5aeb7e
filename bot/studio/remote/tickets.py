"""Orders that a provider works off in a queue of its own: tickets in, one reference, pictures out.

All that is needed to ask again stands in the reference, which is committed before anything waits:
whichever process comes next goes on from there.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from decimal import Decimal
from typing import TypeGuard, TypeVar

from pydantic import ValidationError

from bot.domain.base import Value
from bot.errors import BadKey, OutOfCredit, ProviderError, Unavailable, Unknown
from bot.studio.provider import Accepted, Made, Order
from bot.studio.remote.api import Answer
from bot.studio.remote.variations import merged, split, split_by

_LOCKED_OUT_SECONDS = 60.0
"""Between looks at an order for which the key or the account is not good any more."""

_NOT_DONE = "The provider is still not done with it."

_T = TypeVar("_T")


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
    count: int = 1
    """How many pictures the call is to make; set by `order_all`."""
    lost: str = ""
    """Why there is none: the call was refused, or not answered, while others were taken."""
    may_be_billed: bool = False
    """Whether the lost call may have been taken all the same."""


class Reference(Value):
    """What is kept of an accepted order."""

    at: float
    """When it was accepted, in seconds of Unix time."""
    tickets: tuple[Ticket, ...]


Fetch = Callable[[], Awaitable[Made]]
"""Brings the pictures of a ticket that is done; called once all the others have ended too."""


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
    errors = [outcome for outcome in outcomes if isinstance(outcome, ProviderError)]
    if len(errors) == len(calls):
        merged(order, calls, errors)
    tickets = tuple(
        (outcome if isinstance(outcome, Ticket) else _lost(outcome)).model_copy(
            update={"count": call.count}
        )
        for call, outcome in zip(calls, outcomes, strict=True)
    )
    return Accepted(Reference(at=now(), tickets=tickets).model_dump_json(exclude_defaults=True))


async def collect(
    order: Order,
    reference: str,
    look: Callable[[Order, Ticket], Awaitable[Made | Fetch | None]],
    *,
    patience_seconds: float,
    now: Callable[[], float] = time.time,
) -> Made | None:
    """The pictures once every ticket has come to an end, or patience has; None until then.

    `look` gives the pictures of one ticket's call, or what fetches them, so that none is fetched
    again and again while others are still being worked on; None while it is itself.

    Raises: ProviderError where no picture came out; Unavailable where nothing is known just now;
        Unknown where the provider is still not done after `patience_seconds`.
    """
    kept = read(reference)
    if sum(ticket.count for ticket in kept.tickets) != order.count:
        raise Unknown("What was kept of the order does not fit it.")
    calls = split_by(order, [ticket.count for ticket in kept.tickets])
    is_over = now() - kept.at > patience_seconds

    async def looked(call: Order, ticket: Ticket) -> Made | Fetch | ProviderError | None:
        return _loss(ticket) if ticket.lost else await _outcome(look(call, ticket))

    async def fetched(found: Made | Fetch | ProviderError | None) -> Made | ProviderError:
        if found is None:
            return Unknown(_NOT_DONE)
        return await _outcome(found()) if callable(found) else found

    found = await asyncio.gather(*map(looked, calls, kept.tickets))
    if not is_over:
        _raise_passing(kept, found)
        if None in found:
            return None
    ended = await asyncio.gather(*map(fetched, found))
    if not is_over:
        _raise_passing(kept, ended)
    return merged(
        order,
        calls,
        [
            Unknown(outcome.reason) if _passes(outcome, ticket) else outcome
            for ticket, outcome in zip(kept.tickets, ended, strict=True)
        ],
    )


async def cancel_all(
    reference: str,
    cancel: Callable[[Ticket], Awaitable[bool]],
    *,
    waits: Callable[[Ticket], Awaitable[bool]] | None = None,
) -> bool:
    """Cancel every ticket; True where it is certain of each that nothing is billed.

    `waits` says whether the work on a ticket has not begun. Where it is given and some has begun,
    nothing is cancelled: what is billed anyway is better delivered than destroyed.
    """
    tickets = read(reference).tickets

    async def all_are(so: Callable[[Ticket], Awaitable[bool]]) -> bool:
        async def one(ticket: Ticket) -> bool:
            if ticket.lost:
                return not ticket.may_be_billed
            try:
                return await so(ticket)
            except ProviderError:
                return False

        return all(await asyncio.gather(*(one(ticket) for ticket in tickets)))

    if waits is not None and not await all_are(waits):
        return False
    return await all_are(cancel)


def read(reference: str) -> Reference:
    """A reference as it was kept.

    Raises: Unknown for one that is not ours.
    """
    try:
        kept = Reference.model_validate_json(reference)
    except ValidationError as error:
        raise Unknown("What was kept of the order cannot be read.") from error
    if all(ticket.lost for ticket in kept.tickets):
        raise Unknown("What was kept of the order names nothing to ask for.")
    return kept


def judge_look(answer: Answer) -> ProviderError | None:
    """Reads what is no success of a call that only asks for an accepted order.

    A provider that does not find the order, or the question wrong, has not said what became of it.
    """
    if 400 <= answer.status < 500 and answer.status not in (401, 402, 403, 408, 425, 429):
        return Unknown(f"The provider does not know the order any more ({answer.status}).")
    return None


async def _outcome(answer: Awaitable[_T]) -> _T | ProviderError:
    """What comes, or what goes wrong.

    A key or an account that was good for the order says nothing of the order once it is not.
    """
    try:
        return await answer
    except (BadKey, OutOfCredit) as error:
        return Unavailable(error.reason, retry_after_seconds=_LOCKED_OUT_SECONDS)
    except ProviderError as error:
        return error


def _passes(outcome: object, ticket: Ticket) -> TypeGuard[Unavailable]:
    """Whether nothing is known of the ticket just now."""
    return isinstance(outcome, Unavailable) and not ticket.lost


def _raise_passing(kept: Reference, outcomes: Sequence[object]) -> None:
    for ticket, outcome in zip(kept.tickets, outcomes, strict=True):
        if _passes(outcome, ticket):
            raise outcome


def _lost(error: ProviderError) -> Ticket:
    reason = str(getattr(error, "reason", ""))
    return Ticket(
        lost=reason or "The provider did not answer for one of them.",
        may_be_billed=isinstance(error, Unknown),
    )


def _loss(ticket: Ticket) -> ProviderError:
    """Why a call has no ticket; one that was certainly not taken never outweighs the others."""
    if ticket.may_be_billed:
        return Unknown(ticket.lost)
    return Unavailable(ticket.lost, retry_after_seconds=0)
