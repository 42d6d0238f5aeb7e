"""What Slack sends the app, whichever way it goes: events with their retries, interactions."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from ..activity import Activity
from ..clock import Clock
from ..errors import Refused
from ..journal import Journal
from ..wire import Json
from .attempt import EVENT, Attempt, Missing, Outcome, Transport
from .carrier import TOO_LATE, Carrier, words_of
from .faults import DeliveryFaults
from .limits import Limits

RETRY_AFTER_SECONDS = (0.0, 60.0, 300.0)
_REMEMBERED = 200

_LIMITED = Missing("app_rate_limited", "more events in an hour than Slack delivers to a workspace")
_SWITCHED_OFF = Missing(
    "subscriptions_disabled",
    "over 95 % of deliveries failed within an hour, so Slack sends no more events until resumed",
)


class Delivery:
    """The one way to the app for events and interactions."""

    def __init__(
        self,
        transport: Transport,
        *,
        clock: Clock,
        journal: Journal,
        activity: Activity,
        limits: Limits,
    ) -> None:
        self._transport = transport
        self._clock = clock
        self._journal = journal
        self._carrier = Carrier(transport, clock=clock, journal=journal, activity=activity)
        self._last_events: OrderedDict[str, tuple[str, Json]] = OrderedDict()
        self.limits = limits

    @property
    def connected(self) -> bool:
        """Whether events reach the app now."""
        return self._transport.connected

    @property
    def on_connected(self) -> list[Callable[[bool], None]]:
        """Who is told when that changes."""
        return self._transport.on_connected

    @property
    def waiting(self) -> int:
        """How many payloads are not acknowledged yet."""
        return self._carrier.waiting

    @property
    def faults(self) -> DeliveryFaults:
        return self._carrier.faults

    def send_event(self, payload: Json, *, name: str) -> None:
        """Deliver an event; without an answer in three seconds it is sent again, three times."""
        self._last_events[payload["event_id"]] = name, payload
        while len(self._last_events) > _REMEMBERED:
            self._last_events.popitem(last=False)
        self._send_event(payload, name=name)

    def redeliver(self, event_id: str | None = None) -> str:
        """Send the last (or that) event once more as a retry.

        Raises: Refused `event_not_found`, `event_too_late`.
        """
        known = event_id or next(reversed(self._last_events), "")
        if known not in self._last_events:
            raise Refused("event_not_found", "no such event was sent", status=404)
        name, payload = self._last_events[known]
        if self._carrier.is_too_late(payload):
            raise Refused(TOO_LATE.code, TOO_LATE.words, status=400)
        self._send_event(payload, name=name, number=1, why="http_timeout", by_hand=True)
        return known

    async def ask(self, kind: str, payload: Json, *, name: str) -> Json:
        """Deliver an interaction and return what the app acknowledged with.

        Raises: Refused with the code the person sees, `operation_timeout` after three seconds.
        """
        missing = self._transport.missing(kind, payload)
        if missing is not None:
            self._carrier.explain(self._carrier.attempt("refused", kind, name, payload), missing)
            raise Refused(missing.code, missing.words, status=503)
        outcome = await self.once(kind, payload, name=name, entry_kind="interaction")
        if outcome.failure:
            status = 504 if outcome.code == "operation_timeout" else 502
            raise Refused(outcome.code, outcome.words, status=status)
        return outcome.answer

    async def once(self, kind: str, payload: Json, *, name: str, entry_kind: str) -> Outcome:
        """Deliver something that is not sent again, and say what became of it."""
        over: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        attempt = self._carrier.attempt(entry_kind, kind, name, payload)

        def then(outcome: Outcome) -> None:
            if outcome.failure and entry_kind == "interaction":
                attempt.entry.kind = "refused"
            if not over.done():
                over.set_result(outcome)

        attempt.then = then
        self._carrier.begin(attempt)
        self._carrier.put(attempt)
        try:
            return await over
        finally:
            self._carrier.give_up(attempt, "nobody waits for the answer any more")

    def clear(self) -> None:
        """Forget faults, counts, and what was to be sent."""
        self._carrier.clear()
        self.limits.clear()
        self._last_events.clear()

    async def close(self) -> None:
        await self._carrier.close()

    def _send_event(
        self, payload: Json, *, name: str, number: int = 0, why: str = "", by_hand: bool = False
    ) -> None:
        attempt = self._carrier.attempt("event", EVENT, name, payload, number=number, why=why)
        if not by_hand:
            attempt.then = partial(self._after_event, attempt)
        blocked = self._blocked(attempt)
        if blocked is None:
            self._carrier.put(attempt)
            return
        self._carrier.explain(attempt, blocked)
        if blocked.passing and not by_hand:
            self._plan_retry(attempt, "http_timeout")

    def _blocked(self, attempt: Attempt) -> Missing | None:
        now, team = self._clock.now(), attempt.payload.get("team_id", "")
        if self.limits.is_switched_off:
            return _SWITCHED_OFF
        missing = self._transport.missing(attempt.kind, attempt.payload)
        if missing is None and not self.limits.take(team, now):
            self._tell_limited(attempt.payload, team, now)
            return _LIMITED
        return missing

    def _tell_limited(self, payload: Json, team: str, now: float) -> None:
        """Once in each minute the app hears that it is limited; it needs no subscription."""
        minute = self.limits.to_tell(team, now)
        if minute is None:
            return
        told: Json = {name: payload.get(name) for name in ("token", "team_id", "api_app_id")}
        told |= {"type": "app_rate_limited", "minute_rate_limited": minute}
        self._carrier.put(self._carrier.attempt("event", EVENT, "app_rate_limited", told))

    def _after_event(self, attempt: Attempt, outcome: Outcome) -> None:
        failed = bool(outcome.failure)
        now, is_first = self._clock.now(), not attempt.number
        if self.limits.note(now, is_first=is_first, is_failed=failed):
            self._journal.add("refused", "events", at=now, status=0, reason=words_of(_SWITCHED_OFF))
        if failed and not outcome.no_retry:
            self._plan_retry(attempt, outcome.failure)

    def _plan_retry(self, attempt: Attempt, why: str) -> None:
        if attempt.number >= len(RETRY_AFTER_SECONDS):
            return
        number = attempt.number + 1

        def again() -> None:
            self._send_event(attempt.payload, name=attempt.name, number=number, why=why)

        self._carrier.later(RETRY_AFTER_SECONDS[attempt.number], again)
