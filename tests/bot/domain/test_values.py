"""The rules of the domain: prices, states and what items add up to."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalog import Aspect, ImageModel, Size, Speed, Task
from bot.domain.ids import new_id
from bot.domain.money import Balance, month_of
from bot.domain.proposals import (
    ITEM_ENDS,
    ITEM_MOVES,
    ItemState,
    ProposalState,
    proposal_end,
)


def model(price_usd: str) -> ImageModel:
    return ImageModel(
        id="acme/one",
        provider="acme",
        name="One",
        strength="anything",
        tasks=(Task.PHOTO,),
        sizes={Aspect.SQUARE: Size(width_px=1024, height_px=1024)},
        speed=Speed.FAST,
        price_usd=Decimal(price_usd),
        price_source="a test",
        price_as_of=date(2026, 11, 24),
    )


@pytest.mark.parametrize(
    ("price_usd", "count", "credits"),
    [
        ("0.01", 1, 1),
        ("0.01", 4, 4),
        ("0.04", 4, 16),
        ("0.0336", 1, 4),  # 3.36 rounded up
        ("0.0336", 4, 14),  # 13.44 rounded up once, not 4 x 4
        ("0.007", 1, 1),
        ("0.007", 4, 3),  # 2.8
        ("0", 4, 0),
    ],
)
def test_a_price_is_rounded_up_once_for_all_images_of_an_item(
    price_usd: str, count: int, credits: int
) -> None:
    assert model(price_usd).price_credits(count) == credits


@given(price=st.decimals(min_value=0, max_value=2, places=4), count=st.integers(1, 3))
def test_fewer_images_never_cost_more(price: Decimal, count: int) -> None:
    priced = model(str(price))
    assert priced.price_credits(count) <= priced.price_credits(count + 1)


def test_ids_sort_by_the_time_they_were_made_and_are_never_the_same() -> None:
    made = [new_id("prp") for _ in range(1000)]
    assert len(set(made)) == 1000
    assert [each[:13] for each in made] == sorted(each[:13] for each in made)


def test_what_is_held_and_charged_is_not_left() -> None:
    balance = Balance(month="2026-11", budget_credits=100, held_credits=16, charged_credits=4)
    assert balance.left_credits == 80


def test_a_month_is_that_of_utc() -> None:
    assert month_of(datetime(2026, 11, 30, 23, 59, tzinfo=UTC)) == "2026-11"


@pytest.mark.parametrize("state", list(ItemState))
def test_every_state_either_ends_or_leads_on(state: ItemState) -> None:
    assert (state in ITEM_ENDS) != bool(ITEM_MOVES.get(state))


@pytest.mark.parametrize("state", sorted(set(ItemState) - ITEM_ENDS))
def test_every_open_state_can_reach_an_end(state: ItemState) -> None:
    reached, frontier = {state}, {state}
    while frontier:
        frontier = {n for s in frontier for n in ITEM_MOVES.get(s, frozenset())} - reached
        reached |= frontier
    assert reached & ITEM_ENDS


@pytest.mark.parametrize(
    ("states", "all_made", "end"),
    [
        ((ItemState.DELIVERED,), True, ProposalState.DONE),
        ((ItemState.DELIVERED,), False, ProposalState.PARTLY_DONE),
        ((ItemState.DELIVERED, ItemState.FAILED), True, ProposalState.PARTLY_DONE),
        ((ItemState.REFUSED,), True, ProposalState.FAILED),
        ((ItemState.FAILED, ItemState.STOPPED), True, ProposalState.FAILED),
        ((ItemState.STOPPED, ItemState.STOPPED), True, ProposalState.STOPPED),
        ((ItemState.DELIVERED, ItemState.MADE), True, None),
        ((ItemState.UNKNOWN,), True, None),
    ],
)
def test_a_proposal_ends_with_its_last_item(
    states: tuple[ItemState, ...], all_made: bool, end: ProposalState | None
) -> None:
    assert proposal_end(states, all_made=all_made) is end
