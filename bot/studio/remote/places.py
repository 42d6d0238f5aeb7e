"""How many pictures are under way at a provider: orders wait here until theirs fit in.

Providers count the work that is not done yet, and refuse what is over. An order that works on in
their queue after it was handed over keeps its places until it is seen to be done, or long enough.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from bot.errors import Unavailable
from bot.studio.remote.api import RETRY_SECONDS


class Taken:
    """The places of one order while it is handed over."""

    def __init__(self) -> None:
        self.kept: dict[str, int] = {}

    def keep(self, name: str, count: int = 1) -> None:
        """Let `count` of the places be held on under a name, such as that of a ticket."""
        self.kept[name] = count


class Places:
    """A provider's places, counted by this process alone; another one may fill them too."""

    def __init__(
        self,
        most: int,
        *,
        title: str,
        lease_seconds: float,
        wait_seconds: float,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`lease_seconds` is how long places are held that nobody gives back."""
        self._most = most
        self._title = title
        self._lease_seconds = lease_seconds
        self._wait_seconds = wait_seconds
        self._now = now
        self._entering = 0
        self._held: dict[str, tuple[int, float]] = {}
        self._turn = asyncio.Lock()
        self._changed = asyncio.Event()

    @property
    def used(self) -> int:
        """How many are taken now."""
        self._held = {name: held for name, held in self._held.items() if held[1] > self._now()}
        return self._entering + sum(count for count, _ in self._held.values())

    @asynccontextmanager
    async def take(self, count: int) -> AsyncIterator[Taken]:
        """All the places of one order, or none: two that wait for each other's never end.

        Raises: Unavailable, before anything was sent, where they are not free in time.
        """
        try:
            async with asyncio.timeout(self._wait_seconds), self._turn:
                await self._wait_for(min(count, self._most))
                self._entering += count
        except TimeoutError as error:
            raise Unavailable(
                f"{self._title} still works on other images.", retry_after_seconds=RETRY_SECONDS
            ) from error
        taken = Taken()
        try:
            yield taken
        finally:
            self._entering -= count
            until = self._now() + self._lease_seconds
            self._held |= {name: (kept, until) for name, kept in taken.kept.items()}
            self._changed.set()

    def free(self, names: Iterable[str]) -> None:
        """Give places back; names that hold none are let be."""
        for name in names:
            self._held.pop(name, None)
        self._changed.set()

    async def _wait_for(self, count: int) -> None:
        while self.used + count > self._most:
            self._changed.clear()
            leases = [until - self._now() for _, until in self._held.values()]
            try:
                async with asyncio.timeout(max(min(leases), 0) if leases else None):
                    await self._changed.wait()
            except TimeoutError:
                continue  # a lease ran out
