"""The sandbox's time: it runs by itself, is moved on, and wakes each timer at its own time."""

import asyncio

import pytest

from bot.sandbox.clock import Clock


async def test_each_timer_runs_at_its_time_when_time_is_moved_on() -> None:
    clock = Clock()
    start = clock.now()
    ran: list[tuple[str, int]] = []

    def note(name: str) -> None:
        ran.append((name, round(clock.now() - start)))

    def again() -> None:
        note("first")
        clock.call_later(60, lambda: note("from the first"))

    clock.call_later(30, lambda: note("second"))
    clock.call_later(10, again)
    clock.call_later(20, lambda: note("cancelled")).cancel()
    clock.advance(100)
    assert ran == [("first", 10), ("second", 30), ("from the first", 70)]
    assert round(clock.now() - start) == 100


async def test_a_timer_runs_without_being_moved_on() -> None:
    clock = Clock()
    ran = asyncio.Event()
    clock.call_later(3600, ran.set)
    clock.call_later(0.01, ran.set)
    async with asyncio.timeout(5):
        await ran.wait()
    clock.stop()


async def test_time_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        Clock().advance(-1)


async def test_sleep_ends_by_the_clock() -> None:
    clock = Clock()
    sleeping = [asyncio.ensure_future(clock.sleep(seconds)) for seconds in (3, 3600)]
    await asyncio.sleep(0)
    clock.advance(3)
    async with asyncio.timeout(5):
        await sleeping[0]
    assert not sleeping[1].done()
    sleeping[1].cancel()
    clock.stop()
