"""A control call that answers only when the app has done all it will do about it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from .activity import IDLE_SECONDS, TIMEOUT_SECONDS
from .errors import Refused
from .wire import Json
from .world import World

_MOST_MS = 600_000


@dataclass(frozen=True)
class Settling:
    """Nothing is to be under way for `idle_ms`; after `timeout_ms` the answer comes regardless."""

    idle_ms: float
    timeout_ms: float

    @classmethod
    def of(cls, args: Json) -> Settling | None:
        """Take `settle`, `settle_ms` and `settle_timeout_ms` out of a call's arguments.

        Raises: Refused `invalid_settle`.
        """
        wanted = args.pop("settle", False)
        idle_ms = _number(args.pop("settle_ms", IDLE_SECONDS * 1000))
        timeout_ms = _number(args.pop("settle_timeout_ms", TIMEOUT_SECONDS * 1000))
        if wanted not in (True, False, "true", "false"):
            raise Refused("invalid_settle", "settle is true or false", status=400)
        return cls(idle_ms, timeout_ms) if wanted in (True, "true") else None

    async def answer(self, world: World) -> Json:
        """Wait; `settled` says whether it became quiet, and if not, what is still under way."""
        started = time.perf_counter()
        is_quiet = await world.activity.quiet(
            idle_seconds=self.idle_ms / 1000, timeout_seconds=self.timeout_ms / 1000
        )
        settled: Json = {
            "settled": is_quiet,
            "settled_ms": round((time.perf_counter() - started) * 1000),
        }
        if not is_quiet:
            settled["under_way"] = world.activity.under_way
            settled["settled_why"] = f"it did not become quiet within {self.timeout_ms:g} ms"
        return settled


def _number(given: Any) -> float:
    try:
        number = float(given)
    except (TypeError, ValueError, OverflowError):
        number = -1.0
    if not 0 <= number <= _MOST_MS:
        words = f"settle_ms and settle_timeout_ms are numbers from 0 to {_MOST_MS}"
        raise Refused("invalid_settle", words, status=400)
    return number
