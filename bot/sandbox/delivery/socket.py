"""Socket Mode: envelopes out over up to ten WebSockets, acknowledgements back."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import WSMsgType, web

from ..clock import Clock, Timer
from ..errors import Refused
from ..journal import Entry, Journal
from ..wire import Json, dump, load, new_id, secret

ACK_SECONDS = 3.0
WARNING_SECONDS = 10.0
REFRESH_SECONDS = 1.0
RETRY_AFTER_SECONDS = (0.0, 60.0, 300.0)
MAX_CONNECTIONS = 10


@dataclass(slots=True)
class _Sent:
    """An envelope waiting for its acknowledgement."""

    entry: Entry
    kind: str
    payload: Json
    attempt: int
    timer: Timer | None = None
    answer: "asyncio.Future[Any] | None" = None


class SocketMode:
    """The app's connections; payloads go to one of them in turn."""

    def __init__(self, *, clock: Clock, journal: Journal, app_id: str) -> None:
        self._clock = clock
        self._journal = journal
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._connections: list[web.WebSocketResponse] = []
        self._next = 0
        self._waiting: OrderedDict[str, _Sent] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self.on_connected: list[Callable[[bool], None]] = []
        self.last_events: OrderedDict[str, tuple[str, Json]] = OrderedDict()

    @property
    def connected(self) -> bool:
        return bool(self._connections)

    @property
    def waiting(self) -> int:
        """How many payloads are not acknowledged yet."""
        return len(self._waiting)

    def new_ticket(self) -> str:
        """A one-time word that opens one connection."""
        ticket = secret("ticket")
        self._tickets.add(ticket)
        return ticket

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One WebSocket, from `hello` to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=401)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=True, compress=False)
        await socket.prepare(request)
        if len(self._connections) >= MAX_CONNECTIONS:
            await socket.send_str(dump({"type": "disconnect", "reason": "too_many_websockets"}))
            await socket.close()
            return socket
        self._connections.append(socket)
        seconds = 360 if request.query.get("debug_reconnects") == "true" else 18_060
        await socket.send_str(dump(self._hello(seconds)))
        self._tell_connected()
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledge(frame.data)
        finally:
            self._connections.remove(socket)
            self._tell_connected()
        return socket

    def send_event(self, payload: Json, *, name: str) -> None:
        """Deliver an event; without an answer in three seconds it is sent again, three times."""
        self.last_events[payload["event_id"]] = name, payload
        while len(self.last_events) > 200:
            self.last_events.popitem(last=False)
        self._send_event(payload, name=name, attempt=0)

    def redeliver(self, event_id: str | None = None) -> str:
        """Send the last (or that) event once more as a retry.

        Raises: Refused `event_not_found`.
        """
        known = event_id or next(reversed(self.last_events), "")
        if known not in self.last_events:
            raise Refused("event_not_found", "no such event was sent", status=404)
        name, payload = self.last_events[known]
        self._send_event(payload, name=name, attempt=1, retries=False)
        return known

    async def ask(self, kind: str, payload: Json, *, name: str) -> Json:
        """Deliver an interaction and return what the app acknowledged with.

        Raises: Refused `app_not_connected`, or `operation_timeout` after three seconds.
        """
        started = self._clock.now()
        entry = self._journal.add(
            "interaction", name, at=started, status=0, request=payload, response=None
        )
        if not self._connections:
            entry.kind, entry.reason = "refused", "app_not_connected"
            self._journal.changed(entry)
            raise Refused("app_not_connected", "the app is not connected", status=503)
        envelope_id = new_id("E", 20)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = _Sent(entry, kind, payload, 0, answer=answer)
        self._write(envelope_id, kind, payload, accepts_response=True)
        try:
            given = await self._clock.within(answer, ACK_SECONDS)
        except TimeoutError:
            entry.kind, entry.reason = "refused", "operation_timeout"
            raise Refused(
                "operation_timeout", "the app did not answer within three seconds", status=504
            ) from None
        finally:
            self._waiting.pop(envelope_id, None)
            entry.ms = (self._clock.now() - started) * 1000
            self._journal.changed(entry)
        return given if isinstance(given, dict) else {}

    def disconnect(self, reason: str) -> None:
        """Tell every connection to come again, as Slack does every few hours, then drop it."""
        frame = dump({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
        seconds = WARNING_SECONDS if reason == "warning" else REFRESH_SECONDS
        for socket in self._connections:
            self._track(_send(socket, frame))
            self._clock.call_later(seconds, partial(self._drop, socket))

    async def close(self) -> None:
        for sent in self._waiting.values():
            if sent.timer is not None:
                sent.timer.cancel()
        self._waiting.clear()
        for socket in list(self._connections):
            await socket.close(code=1001)
        for task in list(self._tasks):
            task.cancel()

    def _hello(self, seconds: int) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": seconds,
            },
            "connection_info": {"app_id": self._app_id},
        }

    def _send_event(self, payload: Json, *, name: str, attempt: int, retries: bool = True) -> None:
        entry = self._journal.add(
            "event", name, at=self._clock.now(), status=0, request=payload, response=None
        )
        envelope_id = new_id("E", 20)
        sent = _Sent(entry, "events_api", payload, attempt)
        if not self._connections:
            entry.reason = "app_not_connected"
            self._journal.changed(entry)
            if retries:
                self._plan_retry(sent, name)
            return
        self._waiting[envelope_id] = sent

        def give_up() -> None:
            self._waiting.pop(envelope_id, None)
            entry.reason = "not acknowledged in three seconds"
            self._journal.changed(entry)
            if retries:
                self._plan_retry(sent, name)

        sent.timer = self._clock.call_later(ACK_SECONDS, give_up)
        self._write(envelope_id, "events_api", payload, accepts_response=False, attempt=attempt)

    def _plan_retry(self, sent: _Sent, name: str) -> None:
        if sent.attempt >= len(RETRY_AFTER_SECONDS):
            return
        attempt = sent.attempt + 1

        def again() -> None:
            self._send_event(sent.payload, name=name, attempt=attempt)

        self._clock.call_later(RETRY_AFTER_SECONDS[sent.attempt], again)

    def _write(
        self,
        envelope_id: str,
        kind: str,
        payload: Json,
        *,
        accepts_response: bool,
        attempt: int = 0,
    ) -> None:
        envelope: Json = {
            "envelope_id": envelope_id,
            "payload": payload,
            "type": kind,
            "accepts_response_payload": accepts_response,
        }
        if kind == "events_api":
            envelope["retry_attempt"] = attempt
            envelope["retry_reason"] = "http_timeout" if attempt else ""
        self._next = (self._next + 1) % len(self._connections)
        self._track(_send(self._connections[self._next], dump(envelope)))

    def _drop(self, socket: web.WebSocketResponse) -> None:
        if socket in self._connections:
            self._track(_close(socket))

    def _track(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _acknowledge(self, text: str) -> None:
        try:
            frame = load(text)
            sent = self._waiting.pop(frame["envelope_id"], None)
        except (ValueError, KeyError, TypeError):
            sent = None  # what is no acknowledgement goes unanswered
        if sent is None:
            return
        sent.entry.status = 200
        sent.entry.response = frame.get("payload")
        sent.entry.ms = (self._clock.now() - sent.entry.at) * 1000
        self._journal.changed(sent.entry)
        if sent.timer is not None:
            sent.timer.cancel()
        if sent.answer is not None and not sent.answer.done():
            sent.answer.set_result(frame.get("payload"))

    def _tell_connected(self) -> None:
        for listener in self.on_connected:
            listener(self.connected)


async def _send(socket: web.WebSocketResponse, frame: str) -> None:
    try:
        await socket.send_str(frame)
    except (ConnectionError, RuntimeError):
        return  # the connection is gone; the missing acknowledgement says so


async def _close(socket: web.WebSocketResponse) -> None:
    await socket.close()
