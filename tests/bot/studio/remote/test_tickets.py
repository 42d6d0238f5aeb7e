"""Tickets of a provider with a queue: taken in part, looked at, fetched once, given up in time."""

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadKey, OutOfCredit, ProviderError, Refused, Unavailable, Unknown
from bot.studio.provider import Made, Order, Picture
from bot.studio.remote.tickets import (
    Fetch,
    Reference,
    Ticket,
    cancel_all,
    collect,
    order_all,
    read,
)
from tests.vendors.orders import order_of

ACCEPTED_AT = 1000.0
BUSY = Unavailable("busy", retry_after_seconds=7)
MODERATED = Refused("violence", was_billed=True)

Look = Callable[[Order, Ticket], Awaitable[Made | Fetch | None]]


def ordered(count: int) -> Order:
    return order_of("sketch/compose", count=count, seed=7)


def made(call: Order) -> Made:
    pictures = tuple(
        Picture(data=b"%d" % ((call.seed or 0) + n), description="", index=n + 1)
        for n in range(call.count)
    )
    return Made(pictures=pictures, seconds=1, cost_usd=Decimal("0.03"))


async def accepted(order: Order, *failures: ProviderError | None) -> str:
    """The reference of an order, of which the first calls fail in these ways."""
    outcomes = list(failures) + [None] * order.count
    numbers = iter(range(order.count))

    async def start(call: Order) -> Ticket:
        number = next(numbers)
        failure = outcomes[number]
        if failure is not None:
            raise failure
        return Ticket(id=f"t{number}")

    answer = await order_all(order, start, gate=asyncio.Semaphore(8), now=lambda: ACCEPTED_AT)
    return answer.reference


async def collected(
    order: Order, reference: str, look: Look, *, after_seconds: float = 1
) -> Made | None:
    return await collect(
        order,
        reference,
        look,
        patience_seconds=60,
        now=lambda: ACCEPTED_AT + after_seconds,
    )


def answers(**by_id: Made | Fetch | ProviderError | None) -> Look:
    """Looks that find a value, None, an error, or the pictures where nothing is said."""

    async def look(call: Order, ticket: Ticket) -> Made | Fetch | None:
        found = by_id.get(ticket.id, made(call))
        if isinstance(found, ProviderError):
            raise found
        return found

    return look


async def test_the_pictures_of_all_tickets_come_in_their_places_with_their_seeds() -> None:
    order = ordered(3)
    got = await collected(order, await accepted(order), answers())
    assert got is not None
    assert [(one.index, one.data) for one in got.pictures] == [(1, b"7"), (2, b"8"), (3, b"9")]
    assert got.cost_usd == Decimal("0.09")


async def test_what_was_taken_in_part_is_kept_and_the_rest_is_said() -> None:
    order = ordered(3)
    got = await collected(order, await accepted(order, BUSY), answers())
    assert got is not None
    assert [one.index for one in got.pictures] == [2, 3]
    assert got.shortfall == "busy"


async def test_an_order_that_was_taken_nowhere_is_no_reference() -> None:
    with pytest.raises(Refused):
        await accepted(ordered(2), BUSY, MODERATED)


async def test_a_call_that_was_certainly_not_taken_does_not_hide_the_refusal_of_the_others() -> (
    None
):
    order = ordered(2)
    with pytest.raises(Refused) as refused:
        await collected(order, await accepted(order, BUSY), answers(t1=MODERATED))
    assert refused.value.was_billed


async def test_a_call_that_may_have_been_taken_leaves_it_to_a_person() -> None:
    order = ordered(2)
    with pytest.raises(Unknown):
        await collected(order, await accepted(order, Unknown()), answers(t1=MODERATED))


async def test_nothing_is_given_and_nothing_fetched_while_one_is_worked_on() -> None:
    fetched = 0

    async def fetch() -> Made:
        nonlocal fetched
        fetched += 1
        return made(ordered(1))

    order = ordered(2)
    reference = await accepted(order)
    assert await collected(order, reference, answers(t0=fetch, t1=None)) is None
    assert fetched == 0
    got = await collected(order, reference, answers(t0=fetch))
    assert got is not None and len(got.pictures) == 2
    assert fetched == 1


async def test_what_is_still_worked_on_in_the_end_does_not_hold_back_the_others() -> None:
    order = ordered(2)
    reference = await accepted(order)
    got = await collected(order, reference, answers(t1=None), after_seconds=61)
    assert got is not None
    assert [one.index for one in got.pictures] == [1]
    assert "not done" in got.shortfall


async def test_an_order_of_which_nothing_came_in_time_is_unknown() -> None:
    order = ordered(1)
    with pytest.raises(Unknown) as lost:
        await collected(order, await accepted(order), answers(t0=None), after_seconds=61)
    assert "not done" in lost.value.reason


async def test_pictures_that_are_found_late_are_taken_all_the_same() -> None:
    order = ordered(1)
    got = await collected(order, await accepted(order), answers(), after_seconds=9999)
    assert got is not None and got.pictures


@pytest.mark.parametrize(
    "error", [BUSY, BadKey("gone"), OutOfCredit("empty")], ids=["busy", "key", "credit"]
)
async def test_a_look_that_is_not_answered_is_tried_again_until_patience_ends(
    error: ProviderError,
) -> None:
    """Also where the key was changed meanwhile: the order is taken and may be billed."""
    order = ordered(1)
    reference = await accepted(order)
    with pytest.raises(Unavailable) as passing:
        await collected(order, reference, answers(t0=error))
    assert passing.value.retry_after_seconds >= 7
    with pytest.raises(Unknown) as lost:
        await collected(order, reference, answers(t0=error), after_seconds=61)
    assert lost.value.reason


async def test_a_picture_that_cannot_be_fetched_now_is_fetched_later() -> None:
    async def fetch() -> Made:
        raise BUSY

    order = ordered(2)
    reference = await accepted(order)
    with pytest.raises(Unavailable):
        await collected(order, reference, answers(t0=fetch))
    got = await collected(order, reference, answers(t0=fetch), after_seconds=61)
    assert got is not None and got.shortfall == "busy"


async def test_a_batch_that_was_cut_otherwise_meanwhile_keeps_its_calls() -> None:
    """An operator may change `max_batch` while an order is being made."""
    order = ordered(4)
    of_two = order.model_copy(update={"model": order.model.model_copy(update={"max_batch": 2})})
    reference = await accepted(of_two)
    got = await collected(order, reference, answers())
    assert got is not None
    assert [(one.index, one.data) for one in got.pictures] == [
        (1, b"7"),
        (2, b"8"),
        (3, b"9"),
        (4, b"10"),
    ]


@settings(deadline=None)
@given(st.text() | st.sampled_from(["{}", "[]", '{"at":1,"tickets":[]}', '{"at":"x"}', "null"]))
def test_a_reference_that_is_not_ours_is_unknown(reference: str) -> None:
    with pytest.raises(Unknown):
        read(reference)


async def test_a_reference_of_another_order_is_unknown() -> None:
    with pytest.raises(Unknown):
        await collected(ordered(3), await accepted(ordered(2)), answers())
    lost = Reference(at=1, tickets=(Ticket(lost="busy"),)).model_dump_json()
    with pytest.raises(Unknown):
        await collected(ordered(1), lost, answers())


async def test_only_what_is_certain_of_every_ticket_is_cancelled() -> None:
    async def yes(ticket: Ticket) -> bool:
        return True

    async def fails(ticket: Ticket) -> bool:
        raise BUSY

    whole = await accepted(ordered(2))
    assert await cancel_all(whole, yes)
    assert not await cancel_all(whole, fails)
    assert await cancel_all(await accepted(ordered(2), BUSY), yes)
    assert not await cancel_all(await accepted(ordered(2), Unknown()), yes)
