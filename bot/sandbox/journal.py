"""What passed between Slack and the app, newest last, in bounded memory."""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .rules import rule_for
from .wire import Json

MOST_CHARACTERS = 50_000_000


@dataclass(slots=True)
class Entry:
    """One exchange; `request` may still be the raw JSON text that arrived."""

    n: int
    at: float
    kind: str
    name: str
    ms: float
    status: int
    request: Any
    response: Any
    reason: str = ""
    size: int = 0

    @property
    def args(self) -> Json:
        """What the app or the person sent."""
        if isinstance(self.request, str | bytes):
            self.request = json.loads(self.request or "{}")
        return self.request if isinstance(self.request, dict) else {}

    @property
    def answer(self) -> Json:
        if isinstance(self.response, str | bytes):
            self.response = json.loads(self.response or "{}")
        return self.response if isinstance(self.response, dict) else {}

    @property
    def ok(self) -> bool:
        return self.kind != "refused"

    def shown(self) -> Json:
        entry: Json = {
            "n": self.n,
            "at": self.at,
            "kind": self.kind,
            "name": self.name,
            "ms": round(self.ms, 2),
            "status": self.status,
            "request": self.args,
            "response": self.answer,
        }
        if self.reason:
            entry["reason"] = self.reason
            rule = rule_for(self.reason)
            if rule is not None:
                entry["rule"] = rule.shown()
        return entry


class Journal:
    """The last `limit` entries, as far as there is room, and who wants to hear of new ones."""

    def __init__(self, *, limit: int, most_characters: int = MOST_CHARACTERS) -> None:
        self._entries: deque[Entry] = deque()
        self._limit = limit
        self._most_characters = most_characters
        self._characters = 0
        self.last = 0
        self.listeners: list[Callable[[Entry], None]] = []

    def add(
        self,
        kind: str,
        name: str,
        *,
        at: float,
        ms: float = 0.0,
        status: int = 200,
        request: Any = None,
        response: Any = None,
        reason: str = "",
    ) -> Entry:
        self.last += 1
        entry = Entry(self.last, at, kind, name, ms, status, request, response, reason)
        entry.size = _size(request)
        self._entries.append(entry)
        self._characters += entry.size
        while len(self._entries) > self._limit or (
            self._characters > self._most_characters and len(self._entries) > 1
        ):
            self._characters -= self._entries.popleft().size
        self.changed(entry)
        return entry

    def changed(self, entry: Entry) -> None:
        """Tell those who watch of a new entry, or of one that has got its answer."""
        for listener in self.listeners:
            listener(entry)

    def after(self, n: int, *, limit: int = 200) -> list[Entry]:
        """Up to `limit` entries younger than number `n`, the newest if there are more."""
        found = [entry for entry in self._entries if entry.n > n]
        return found[-limit:]

    def named(self, name: str, *, kinds: tuple[str, ...]) -> list[Entry]:
        return [e for e in self._entries if e.name == name and e.kind in kinds]

    def of_kind(self, kind: str) -> list[Entry]:
        return [entry for entry in self._entries if entry.kind == kind]

    def clear(self) -> None:
        self._entries.clear()
        self._characters = 0


def _size(request: Any) -> int:
    """About how much a request holds: its text, or its longest fields."""
    if isinstance(request, dict):
        return sum(len(value) for value in request.values() if isinstance(value, str))
    return len(request) if isinstance(request, str | bytes) else 0
