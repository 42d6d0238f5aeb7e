"""Faults a test plants: the next calls of a method fail in the way it says."""

import asyncio
from collections import deque
from dataclasses import asdict, dataclass, fields

from ..wire import Json


@dataclass
class Fault:
    """One kind of failure for the next `times` calls.

    `lost_answer` runs the call and then breaks the connection, `reset` breaks it at once, `hold`
    keeps it open and never answers. `delay_seconds` of the sandbox's clock pass before anything
    else happens.

    Raises: TypeError when made of something else.
    """

    times: int = 1
    error: str | None = None
    status: int | None = None
    retry_after: int | None = None
    delay_seconds: float = 0.0
    reset: bool = False
    lost_answer: bool = False
    hold: bool = False

    def __post_init__(self) -> None:
        numbers = (self.times, self.status or 0, self.retry_after or 0, self.delay_seconds)
        if not all(type(number) in (int, float) for number in numbers):
            raise TypeError("times, status, retry_after and delay_seconds are numbers")
        if self.times < 1 or not 0 <= self.delay_seconds <= 1_000_000:
            raise TypeError("times is at least 1, delay_seconds at least 0")

    def shown(self) -> Json:
        """What differs from an ordinary call, and `times`."""
        given = {field.name: field.default for field in fields(self)}
        set_ = {name: value for name, value in asdict(self).items() if value != given[name]}
        return {"times": self.times} | set_


class Faults:
    """Planted faults by method name; `upload`, `download` and `response_url` count as names."""

    def __init__(self) -> None:
        self._planted: dict[str, deque[Fault]] = {}
        self._holding: list[asyncio.Future[None]] = []

    def plant(self, method: str, fault: Fault) -> None:
        self._planted.setdefault(method, deque()).append(fault)

    def next(self, method: str) -> Fault | None:
        """The fault this call meets, if any; it is used up."""
        if not self._planted:
            return None
        waiting = self._planted.get(method)
        if not waiting:
            return None
        fault = waiting[0]
        fault.times -= 1
        if fault.times <= 0:
            waiting.popleft()
        return fault

    async def held(self) -> None:
        """Return when the faults are cleared; until then this call is not answered."""
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._holding.append(over)
        try:
            await over
        finally:
            self._holding.remove(over)

    def shown(self) -> list[Json]:
        """What is planted, with how often it will still happen."""
        return [
            {"method": method, **fault.shown()}
            for method, faults in self._planted.items()
            for fault in faults
        ]

    def clear(self) -> None:
        """Plant nothing any more, and let go of the calls that are held."""
        self._planted.clear()
        for over in self._holding:
            if not over.done():
                over.set_result(None)
