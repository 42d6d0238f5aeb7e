"""When Slack stops sending events: too many for a workspace in an hour, or too many failures."""

from collections import deque

HOUR_MINUTES = 60
DELIVERIES_AN_HOUR = 30_000
SPARED_EVENTS_AN_HOUR = 1_000
FAILING_SHARE = 0.95


class Tally:
    """How many there were in the last sixty minutes, counted minute by minute."""

    __slots__ = ("_minutes", "_total")

    def __init__(self) -> None:
        self._minutes: deque[list[int]] = deque()
        self._total = 0

    def add(self, minute: int) -> None:
        if not self._minutes or self._minutes[-1][0] != minute:
            self._minutes.append([minute, 0])
        self._minutes[-1][1] += 1
        self._total += 1

    def total(self, minute: int) -> int:
        while self._minutes and self._minutes[0][0] <= minute - HOUR_MINUTES:
            self._total -= self._minutes.popleft()[1]
        return self._total


class Limits:
    """Counts event deliveries and their failures; a few additions for each.

    Source: https://docs.slack.dev/apis/events-api (2026)
    """

    def __init__(
        self,
        *,
        deliveries_an_hour: int = DELIVERIES_AN_HOUR,
        spared_events_an_hour: int = SPARED_EVENTS_AN_HOUR,
    ) -> None:
        self._most = deliveries_an_hour
        self._spared = spared_events_an_hour
        self.clear()

    def clear(self) -> None:
        self._deliveries: dict[str, Tally] = {}
        self._told: dict[str, int] = {}
        self.resume()

    def resume(self) -> None:
        """Send events again after they were switched off, and count failures anew."""
        self._events, self._attempts, self._failures = Tally(), Tally(), Tally()
        self.is_switched_off = False

    def take(self, team: str, now: float) -> bool:
        """Count one delivery to a workspace, unless its hour is used up."""
        minute = int(now // 60)
        tally = self._deliveries.setdefault(team, Tally())
        if tally.total(minute) >= self._most:
            return False
        tally.add(minute)
        return True

    def to_tell(self, team: str, now: float) -> int | None:
        """The minute, in epoch seconds, that the app has yet to hear it is limited in."""
        minute = int(now // 60)
        if self._told.get(team) == minute:
            return None
        self._told[team] = minute
        return minute * 60

    def note(self, now: float, *, is_first: bool, is_failed: bool) -> bool:
        """Count how an attempt at an event went.

        Returns: whether this failure switches the subscriptions off.
        """
        minute = int(now // 60)
        self._attempts.add(minute)
        if is_first:
            self._events.add(minute)
        if not is_failed or self.is_switched_off:
            return False
        self._failures.add(minute)
        if self._events.total(minute) < self._spared:
            return False
        share = self._failures.total(minute) / self._attempts.total(minute)
        self.is_switched_off = share > FAILING_SHARE
        return self.is_switched_off
