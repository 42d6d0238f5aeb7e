"""Several pictures of one order: how it is split, and what comes together again."""

import asyncio
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadKey, OutOfCredit, ProviderError, Refused, Unavailable, Unknown
from bot.studio.check import MAX_SEED
from bot.studio.provider import Made, Order, Picture
from bot.studio.remote.variations import make_all, merged, split
from tests.vendors.orders import model_of, order_of

SKETCH = "sketch/compose"
BUSY = Unavailable("busy", retry_after_seconds=1)
REFUSED = Refused("no", was_billed=False)


def order(*, count: int, batch: int = 1, seed: int | None = 7) -> Order:
    model = model_of(SKETCH).model_copy(update={"max_batch": batch})
    return order_of(SKETCH, count=count, seed=seed).model_copy(update={"model": model})


def made(*indexes: int, cost: str = "", shortfall: str = "", request_id: str = "") -> Made:
    return Made(
        pictures=tuple(Picture(data=b"x", description="", index=n) for n in indexes),
        seconds=len(indexes),
        cost_usd=Decimal(cost) if cost else None,
        shortfall=shortfall,
        request_id=request_id,
    )


@given(count=st.integers(1, 12), batch=st.integers(1, 8), seed=st.integers(0, MAX_SEED))
def test_calls_make_what_was_ordered_with_seeds_and_keys_of_their_own(
    count: int, batch: int, seed: int
) -> None:
    whole = order(count=count, batch=batch, seed=seed)
    calls = split(whole)
    assert sum(call.count for call in calls) == count
    assert all(1 <= call.count <= batch for call in calls)
    seeds = [(call.seed or 0) + n for call in calls for n in range(call.count)]
    assert [n % (MAX_SEED + 1) for n in seeds] == [
        (seed + n) % (MAX_SEED + 1) for n in range(count)
    ]
    keys = [call.key for call in calls]
    assert len(set(keys)) == len(keys) and keys[0] == whole.key
    assert split(whole) == calls


def test_a_model_without_seeds_gets_none() -> None:
    assert [call.seed for call in split(order(count=3, seed=None))] == [None] * 3


def test_pictures_keep_their_places_where_a_call_between_them_failed() -> None:
    whole = order(count=6, batch=2)
    together = merged(whole, split(whole), [made(1, 2), BUSY, made(1)])
    assert [one.index for one in together.pictures] == [1, 2, 5]
    assert together.shortfall == "busy"
    assert together.seconds == 2


@pytest.mark.parametrize(
    ("errors", "kind"),
    [
        ([BUSY, REFUSED, Unknown()], Unknown),
        ([BUSY, REFUSED, OutOfCredit("x")], Refused),
        ([BUSY, BadKey("x"), OutOfCredit("x")], OutOfCredit),
        ([BUSY, BadKey("x")], BadKey),
        ([BUSY, BUSY], Unavailable),
    ],
)
def test_where_nothing_came_the_error_that_says_most_does(
    errors: list[ProviderError], kind: type[ProviderError]
) -> None:
    whole = order(count=len(errors))
    with pytest.raises(kind):
        merged(whole, split(whole), errors)


def test_a_lost_part_is_said_even_where_it_has_no_words() -> None:
    whole = order(count=2)
    assert "may have made more" in merged(whole, split(whole), [made(1), Unknown()]).shortfall


@pytest.mark.parametrize(
    ("costs", "whole"), [(("0.1", "0.2"), Decimal("0.3")), (("0.1", ""), None), (("", ""), None)]
)
def test_the_cost_is_known_where_every_part_of_it_is(
    costs: tuple[str, str], whole: Decimal | None
) -> None:
    two = order(count=2)
    assert merged(two, split(two), [made(1, cost=cost) for cost in costs]).cost_usd == whole


def test_the_ids_of_all_calls_are_kept() -> None:
    three = order(count=3)
    parts = [made(1, request_id="a"), made(1), made(1, request_id="c")]
    assert merged(three, split(three), parts).request_id == "a c"


async def test_no_more_calls_run_at_once_than_the_gate_lets_through() -> None:
    now, most = 0, 0

    async def make(call: Order) -> Made:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1
        return made(1)

    whole = await make_all(order(count=8), make, gate=asyncio.Semaphore(3))
    assert [one.index for one in whole.pictures] == list(range(1, 9))
    assert most == 3
