"""Orders wait for places, take all of theirs at once, and never lose them for good."""

import asyncio

import pytest

from bot.errors import Unavailable
from bot.studio.remote.places import Places


def places(most: int = 3, *, lease_seconds: float = 60, wait_seconds: float = 5) -> Places:
    return Places(most, title="Somebody", lease_seconds=lease_seconds, wait_seconds=wait_seconds)


async def test_an_order_waits_until_the_places_of_another_are_free() -> None:
    room = places()
    async with room.take(2) as taken:
        taken.keep("a")
        taken.keep("b")
    assert room.used == 2

    async def second() -> int:
        async with room.take(2):
            return room.used

    waiting = asyncio.create_task(second())
    await asyncio.sleep(0.01)
    assert not waiting.done()
    room.free(["a"])
    assert await waiting == 3
    assert room.used == 1


async def test_places_that_were_not_kept_are_free_at_once() -> None:
    room = places()
    with pytest.raises(ValueError):
        async with room.take(3):
            raise ValueError
    assert room.used == 0


async def test_an_order_that_finds_no_place_in_time_was_not_sent() -> None:
    room = places(wait_seconds=0.05)
    async with room.take(3):
        with pytest.raises(Unavailable) as busy:
            async with room.take(1):
                raise AssertionError("it was let in")
    assert "Somebody" in busy.value.reason


async def test_places_that_nobody_gives_back_become_free_by_themselves() -> None:
    room = places(lease_seconds=0.05)
    async with room.take(3) as taken:
        taken.keep("forgotten", 3)
    async with room.take(3):
        assert room.used == 3


async def test_two_orders_never_wait_for_each_others_places() -> None:
    """With two of four places each, both would wait for ever for the rest."""
    room = places(4)
    done = 0

    async def order(name: str) -> None:
        nonlocal done
        async with room.take(3) as taken:
            await asyncio.sleep(0.01)
            taken.keep(name, 3)
        done += 1
        room.free([name])

    async with asyncio.timeout(2):
        await asyncio.gather(*(order(str(number)) for number in range(5)))
    assert done == 5 and room.used == 0


async def test_an_order_of_more_than_all_places_is_let_in_alone() -> None:
    room = places(2)
    async with room.take(4):
        assert room.used == 4
