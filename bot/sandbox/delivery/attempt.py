"""One attempt to bring a payload to the app, what became of it, and what a transport does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from ..clock import Timer
from ..journal import Entry
from ..wire import Json

EVENT = "events_api"
COMMAND = "slash_commands"
HANDSHAKE = "url_verification"
SSL_CHECK = "ssl_check"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt.

    `failure` is empty once the app has acknowledged, else the reason as a retry names it; `code`
    is what the person sees who pressed something, `words` say what happened.
    """

    status: int = 0
    answer: Json = field(default_factory=dict)
    failure: str = ""
    code: str = ""
    words: str = ""
    no_retry: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """Why nothing can be sent; a `passing` lack lets events come again later."""

    code: str
    words: str
    passing: bool = False


@dataclass(eq=False, slots=True)
class Attempt:
    """One envelope or request; `number` counts the retries, `why` says what the last one met."""

    kind: str
    name: str
    payload: Json
    entry: Entry
    number: int = 0
    why: str = ""
    then: Callable[[Outcome], None] = lambda outcome: None
    finish: Callable[[Outcome], None] = lambda outcome: None
    timer: Timer | None = None
    began: float = 0.0
    envelope_id: str = ""
    is_over: bool = False

    @property
    def names(self) -> frozenset[str]:
        """What a planted fault may call it: its name, its type, its kind of interaction."""
        inner = self.payload.get("event") or {}
        named = (self.name, self.kind, self.payload.get("type"), inner.get("type"))
        return frozenset(str(name) for name in named if name)


class Transport(Protocol):
    """How payloads reach the app."""

    on_connected: list[Callable[[bool], None]]

    @property
    def connected(self) -> bool:
        """Whether events reach the app now."""

    def missing(self, kind: str, payload: Json) -> Missing | None:
        """What stands in the way of sending this, if anything."""

    def start(self, attempt: Attempt) -> None:
        """Send; `attempt.finish` is called with the outcome, unless it is abandoned before."""

    def abandon(self, attempt: Attempt) -> None:
        """Nobody waits for this one any more."""

    async def close(self) -> None:
        """Let go of every connection."""
