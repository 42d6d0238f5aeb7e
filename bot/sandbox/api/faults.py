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
        if type(self.times) is not int or self.times < 1:
            raise TypeError("times is a whole number of at least 1")
        if self.error is not None and not isinstance(self.error, str):
            raise TypeError("error is a code")
        if self.status is not None and not _is_whole(self.status, 200, 599):
            raise TypeError("status is a whole number from 200 to 599")
        if self.retry_after is not None and not _is_whole(self.retry_after, 0, 1_000_000):
            raise TypeError("retry_after is a whole number of seconds")
        if type(self.delay_seconds) not in (int, float) or not 0 <= self.delay_seconds <= 1_000_000:
            raise TypeError("delay_seconds is a number of at least 0")
        if not all(type(flag) is bool for flag in (self.reset, self.lost_answer, self.hold)):
            raise TypeError("reset, lost_answer and hold are true or false")

    def shown(self) -> Json:
        """What differs from an ordinary call, and `times`."""
        given = {field.name: field.default for field in fields(self)}
        set_ = {name: value for name, value in asdict(self).items() if value != given[name]}
        return {"times": self.times} | set_


def _is_whole(number: object, least: int, most: int) -> bool:
    return type(number) is int and least <= number <= most


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
