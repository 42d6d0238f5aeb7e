"""Attempts one by one: the transport, three seconds, planted faults, what the journal says."""

from collections.abc import Callable
from functools import partial

from ..activity import Activity
from ..clock import Clock, Timer
from ..journal import Journal
from ..wire import Json
from .attempt import EVENT, Attempt, Missing, Outcome, Transport
from .faults import DeliveryFault, DeliveryFaults

ACK_SECONDS = 3.0
HELD_SECONDS = 10.0
LATEST_SECONDS = 7200.0

TOO_LATE = Missing("event_too_late", "more than two hours late, so Slack gives it up")


class Carrier:
    """Hands attempts to the transport and closes them, once each."""

    def __init__(
        self, transport: Transport, *, clock: Clock, journal: Journal, activity: Activity
    ) -> None:
        self._transport = transport
        self.faults = DeliveryFaults()
        self._clock = clock
        self._journal = journal
        self._activity = activity
        self._open: dict[Attempt, Callable[[], None]] = {}
        self._held: list[Attempt] = []
        self._planned: set[Timer] = set()

    @property
    def waiting(self) -> int:
        """How many payloads are not acknowledged yet."""
        return len(self._open)

    def attempt(
        self,
        entry_kind: str,
        kind: str,
        name: str,
        payload: Json,
        *,
        number: int = 0,
        why: str = "",
    ) -> Attempt:
        """A new attempt and its entry in the journal; nothing is sent yet."""
        entry = self._journal.add(
            entry_kind, name, at=self._clock.now(), status=0, request=payload, response=None
        )
        attempt = Attempt(kind, name, payload, entry, number=number, why=why)
        attempt.finish = partial(self._finish, attempt)
        return attempt

    def put(self, attempt: Attempt) -> None:
        """Send it, or do to it what the next planted fault says."""
        fault = self.faults.next(attempt.names, is_holding=bool(self._held))
        held, self._held = self._held, []
        if fault is None:
            self._start(attempt)
        else:
            self._suffer(attempt, fault)
        for one in held:
            self._start(one)

    def _suffer(self, attempt: Attempt, fault: DeliveryFault) -> None:
        attempt.entry.reason = f"planted fault: {fault.what}"
        if fault.what == "delay":
            attempt.entry.reason += f" of {fault.seconds:g} s"
            self.later(fault.seconds, partial(self._start, attempt))
        elif fault.what == "reorder":
            self._held.append(attempt)
            self.later(HELD_SECONDS, partial(self._release, attempt))
        elif fault.what == "drop":
            self.begin(attempt)
        else:
            self._start(attempt)
            self._start(self._copy(attempt))

    def _release(self, attempt: Attempt) -> None:
        """Nothing came that it could be sent after."""
        if attempt in self._held:
            self._held.remove(attempt)
            self._start(attempt)

    def _start(self, attempt: Attempt) -> None:
        if attempt.is_over:  # its person has given up, but it is still on its way
            attempt = self._copy(attempt)
        if attempt.kind == EVENT and self.is_too_late(attempt.payload):
            self.explain(attempt, TOO_LATE)
            return
        self.begin(attempt)
        self._transport.start(attempt)

    def is_too_late(self, payload: Json) -> bool:
        """Whether an event is older than Slack still delivers."""
        event_time = payload.get("event_time")
        return event_time is not None and self._clock.now() - event_time > LATEST_SECONDS

    def _copy(self, attempt: Attempt) -> Attempt:
        copy = self.attempt(
            "event" if attempt.kind == EVENT else "interaction",
            attempt.kind,
            attempt.name,
            attempt.payload,
            number=attempt.number,
            why=attempt.why,
        )
        copy.entry.reason = attempt.entry.reason
        return copy

    def begin(self, attempt: Attempt) -> None:
        """The three seconds begin, if they have not."""
        if attempt in self._open:
            return
        self._open[attempt] = self._activity.began(f"delivery {attempt.name}")
        attempt.began = self._clock.now()
        attempt.timer = self._clock.call_later(ACK_SECONDS, partial(self._expire, attempt))

    def _expire(self, attempt: Attempt) -> None:
        self._transport.abandon(attempt)
        words = "not acknowledged in three seconds"
        self._finish(
            attempt, Outcome(failure="http_timeout", code="operation_timeout", words=words)
        )

    def _finish(self, attempt: Attempt, outcome: Outcome) -> None:
        ended = self._open.pop(attempt, None)
        if ended is None:
            return
        attempt.is_over = True
        if attempt.timer is not None:
            attempt.timer.cancel()
        entry = attempt.entry
        entry.status, entry.response = outcome.status, outcome.answer
        entry.ms = (self._clock.now() - attempt.began) * 1000
        if outcome.failure:
            code = outcome.failure if attempt.kind == EVENT else outcome.code
            said = f"{code or outcome.failure}: {outcome.words}"
            entry.reason = "; ".join(filter(None, (entry.reason, said)))
        attempt.then(outcome)
        self._journal.changed(entry)
        ended()

    def explain(self, attempt: Attempt, missing: Missing) -> None:
        """Say in the journal why this one is not sent."""
        attempt.entry.reason = words_of(missing)
        self._journal.changed(attempt.entry)

    def give_up(self, attempt: Attempt, words: str) -> None:
        """Whoever waited for this one went away."""
        if not attempt.is_over:
            self._transport.abandon(attempt)
            self._finish(attempt, Outcome(failure="unknown_error", words=words))

    def clear(self) -> None:
        """Forget faults, retries to come and what is held back."""
        self.faults.clear()
        self._held.clear()
        for timer in self._planned:
            timer.cancel()
        self._planned.clear()

    async def close(self) -> None:
        """Wait for nothing any more, and let go of the connections."""
        self.clear()
        for attempt in list(self._open):
            self.give_up(attempt, "the sandbox stopped")
        await self._transport.close()

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        """Do something at its time, unless everything is cleared before."""

        def run() -> None:
            self._planned.discard(timer)
            act()

        timer = self._clock.call_later(seconds, run)
        self._planned.add(timer)


def words_of(missing: Missing) -> str:
    """A reason as the journal words it."""
    return f"{missing.code}: {missing.words}"
