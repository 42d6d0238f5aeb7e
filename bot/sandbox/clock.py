"""The sandbox's time: real seconds that can also be moved on, with the timers that hang on them."""

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable


class Timer:
    """A callback waiting for its time; cancelling one that has run does nothing."""

    __slots__ = ("callback", "due")

    def __init__(self, due: float, callback: Callable[[], None]) -> None:
        self.due = due
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        self.callback = None


class Clock:
    """Seconds since the epoch, running with the machine and shifted by `advance`."""

    def __init__(self) -> None:
        self._base = time.time() - time.monotonic()
        self._offset = 0.0
        self._heap: list[tuple[float, int, Timer]] = []
        self._order = itertools.count()
        self._wake: asyncio.TimerHandle | None = None
        self._wake_at = float("inf")

    def now(self) -> float:
        return self._base + time.monotonic() + self._offset

    def advance(self, seconds: float) -> None:
        """Move on by `seconds`; timers that fall due run, each at its time, before this returns.

        Raises: ValueError if time would run backwards.
        """
        if seconds < 0:
            raise ValueError("time does not run backwards")
        end = self.now() + seconds
        while self._heap and self._heap[0][0] <= end:
            self._offset += max(0.0, self._heap[0][0] - self.now())
            self._run_first()
        self._offset += max(0.0, end - self.now())
        self._run_due()

    def call_later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        timer = Timer(self.now() + seconds, callback)
        heapq.heappush(self._heap, (timer.due, next(self._order), timer))
        if timer.due < self._wake_at:
            self._arm()
        return timer

    async def sleep(self, seconds: float) -> None:
        """Return when so many seconds of this clock have passed."""
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def end() -> None:
            if not over.done():
                over.set_result(None)

        timer = self.call_later(seconds, end)
        try:
            await over
        finally:
            timer.cancel()

    def stop(self) -> None:
        """Forget every timer."""
        self._heap.clear()
        if self._wake is not None:
            self._wake.cancel()
            self._wake = None

    def _arm(self) -> None:
        if self._wake is not None:
            self._wake.cancel()
            self._wake = None
        while self._heap and self._heap[0][2].callback is None:
            heapq.heappop(self._heap)
        if not self._heap:
            self._wake_at = float("inf")
            return
        self._wake_at = self._heap[0][0]
        delay = max(0.0, self._wake_at - self.now())
        self._wake = asyncio.get_running_loop().call_later(delay, self._run_due)

    def _run_due(self) -> None:
        while self._heap and self._heap[0][0] <= self.now():
            self._run_first()
        self._arm()

    def _run_first(self) -> None:
        timer = heapq.heappop(self._heap)[2]
        callback, timer.callback = timer.callback, None
        if callback is not None:
            callback()
