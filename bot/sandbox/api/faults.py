"""Faults a test plants: the next calls of a method fail in the way it says."""

from collections import deque
from dataclasses import dataclass


@dataclass
class Fault:
    """One kind of failure for the next `times` calls.

    `lost_answer` runs the call and then breaks the connection, `reset` breaks it at once,
    `delay_seconds` are real seconds before anything else happens.
    """

    times: int = 1
    error: str | None = None
    status: int | None = None
    retry_after: int | None = None
    delay_seconds: float = 0.0
    reset: bool = False
    lost_answer: bool = False


class Faults:
    """Planted faults by method name; `upload`, `download` and `response_url` count as names."""

    def __init__(self) -> None:
        self._planted: dict[str, deque[Fault]] = {}

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

    def clear(self) -> None:
        self._planted.clear()
