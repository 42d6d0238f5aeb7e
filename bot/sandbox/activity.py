"""What is under way between Slack and the app, and who waits until nothing is."""

import asyncio
from collections import Counter
from collections.abc import Callable

IDLE_SECONDS = 0.2
TIMEOUT_SECONDS = 5.0


class Activity:
    """Deliveries without an acknowledgement, calls without an answer, files in the making.

    Costs a count when something begins and ends; timers run only while somebody waits.
    """

    def __init__(self) -> None:
        self._running = 0
        self._names: Counter[str] = Counter()
        self._waits: list[_Wait] = []

    def began(self, name: str) -> Callable[[], None]:
        """Something began; call what is returned when it has ended (more than once is harmless)."""
        self._running += 1
        self._names[name] += 1
        for wait in self._waits:
            wait.disarm()
        is_over = False

        def ended() -> None:
            nonlocal is_over
            if is_over:
                return
            is_over = True
            self._running -= 1
            self._names[name] -= 1
            if not self._names[name]:
                del self._names[name]
            if not self._running:
                for wait in self._waits:
                    wait.arm()

        return ended

    @property
    def under_way(self) -> list[str]:
        """In words, what has not ended yet."""
        return sorted(self._names)

    async def quiet(
        self, *, idle_seconds: float = IDLE_SECONDS, timeout_seconds: float = TIMEOUT_SECONDS
    ) -> bool:
        """Wait until nothing has been under way for so many real seconds.

        Returns: False when that did not happen in time.
        """
        wait = _Wait(idle_seconds)
        self._waits.append(wait)
        if not self._running:
            wait.arm()
        try:
            async with asyncio.timeout(timeout_seconds):
                await wait.over
        except TimeoutError:
            return False
        finally:
            wait.disarm()
            self._waits.remove(wait)
        return True


class _Wait:
    """One who waits: the timer runs while nothing is under way."""

    def __init__(self, idle_seconds: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._idle_seconds = idle_seconds
        self._timer: asyncio.TimerHandle | None = None
        self.over: asyncio.Future[None] = self._loop.create_future()

    def arm(self) -> None:
        self.disarm()
        self._timer = self._loop.call_later(self._idle_seconds, self._end)

    def disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _end(self) -> None:
        if not self.over.done():
            self.over.set_result(None)
