"""Faults of deliveries that somebody plants: late, twice, out of order, lost."""

from dataclasses import dataclass
from typing import Any

from ..errors import Refused
from ..wire import Json

KINDS = ("delay", "duplicate", "reorder", "drop")


@dataclass
class DeliveryFault:
    """What happens to the next `times` deliveries, of one name or of any.

    `delay` is by `seconds` of the sandbox's clock: an event leaves that much later, an interaction
    is that long on its way while its person waits. `duplicate` brings the same payload twice,
    `reorder` after the next one, `drop` not at all.
    """

    what: str
    times: int = 1
    name: str = ""
    seconds: float = 0.0

    def check(self) -> None:
        """Raises: Refused `invalid_fault`."""
        seconds: Any = self.seconds
        if self.what not in KINDS:
            raise _invalid(f"what is one of {', '.join(KINDS)}")
        if type(self.times) is not int or self.times < 1:
            raise _invalid("times is a whole number of at least 1")
        if type(seconds) not in (int, float) or not 0 <= seconds <= 1_000_000:
            raise _invalid("seconds is a number of at least 0")
        if (self.what == "delay") != (seconds > 0):
            raise _invalid("a delay, and nothing else, needs seconds")

    def shown(self) -> Json:
        shown: Json = {"what": self.what, "times": self.times}
        if self.name:
            shown["name"] = self.name
        if self.seconds:
            shown["seconds"] = self.seconds
        return shown


class DeliveryFaults:
    """The planted faults, first come first met."""

    def __init__(self) -> None:
        self._planted: list[DeliveryFault] = []

    def plant(self, fault: DeliveryFault) -> None:
        """Raises: Refused `invalid_fault`."""
        fault.check()
        self._planted.append(fault)

    def next(self, names: frozenset[str], *, is_holding: bool) -> DeliveryFault | None:
        """The fault a delivery of these names meets, if any; it is used up.

        While one delivery is held back the next one is not: it is what the first waits for.
        """
        for fault in self._planted:
            if fault.name and fault.name not in names:
                continue
            if fault.what == "reorder" and is_holding:
                continue
            fault.times -= 1
            if not fault.times:
                self._planted.remove(fault)
            return fault
        return None

    def shown(self) -> list[Json]:
        """What is planted, with how often it will still happen."""
        return [fault.shown() for fault in self._planted]

    def clear(self) -> None:
        self._planted.clear()


def _invalid(words: str) -> Refused:
    return Refused("invalid_fault", words, status=400)
