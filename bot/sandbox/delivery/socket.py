"""Socket Mode: envelopes out over up to ten WebSockets, acknowledgements back."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from aiohttp import WSMsgType, web

from ..clock import Clock
from ..errors import Refused
from ..wire import Json, dump, load, new_id, secret
from .attempt import EVENT, Attempt, Missing, Outcome

WARNING_SECONDS = 10.0
REFRESH_SECONDS = 1.0
MAX_CONNECTIONS = 10
_MOST_TICKETS = 100
PING_SECONDS = 10.0
LIFE_SECONDS = 18_060
DEBUG_LIFE_SECONDS = 360

_NOT_CONNECTED = Missing("app_not_connected", "the app is not connected", passing=True)
_REASONS = ("warning", "refresh_requested", "link_disabled", "lost")


class SocketMode:
    """The app's connections; payloads go to one of them in turn."""

    def __init__(self, *, clock: Clock, app_id: str) -> None:
        self._clock = clock
        self._app_id = app_id
        self.ping_seconds = PING_SECONDS
        self._tickets: deque[str] = deque(maxlen=_MOST_TICKETS)
        self._connections: list[web.WebSocketResponse] = []
        self._wires: dict[web.WebSocketResponse, asyncio.Transport] = {}
        self._next = 0
        self._waiting: dict[str, Attempt] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.on_connected: list[Callable[[bool], None]] = []

    @property
    def connected(self) -> bool:
        """Whether at least one socket is open."""
        return bool(self._connections)

    def new_ticket(self) -> str:
        """A one-time word that opens one connection."""
        ticket = secret("ticket")
        self._tickets.append(ticket)
        return ticket

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One WebSocket, from `hello` to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=401)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(autoping=True, compress=False)
        await socket.prepare(request)
        if len(self._connections) >= MAX_CONNECTIONS:
            await socket.send_str(dump({"type": "disconnect", "reason": "too_many_websockets"}))
            await socket.close()
            return socket
        self._connections.append(socket)
        if request.transport is not None:
            self._wires[socket] = request.transport
        short = request.query.get("debug_reconnects") == "true"
        seconds = DEBUG_LIFE_SECONDS if short else LIFE_SECONDS
        await socket.send_str(dump(self._hello(seconds)))
        self._tell_connected()
        pinging = asyncio.ensure_future(_ping(socket, self.ping_seconds))
        # The warning only says what `refresh` will do: both fall due in the same moment.
        warn, refresh = partial(self._say, socket, "warning"), partial(self._end, socket)
        ending = [
            self._clock.call_later(seconds - WARNING_SECONDS, warn),
            self._clock.call_later(seconds, refresh),
        ]
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledge(frame.data)
        finally:
            pinging.cancel()
            for timer in ending:
                timer.cancel()
            if socket in self._connections:
                self._connections.remove(socket)
                self._wires.pop(socket, None)
                self._tell_connected()
        return socket

    def missing(self, kind: str, payload: Json) -> Missing | None:
        """Without a socket events wait for their retries, and interactions fail."""
        return None if self._connections else _NOT_CONNECTED

    def start(self, attempt: Attempt) -> None:
        """Put the payload into an envelope and send it over the next connection."""
        if not self._connections:
            return  # it went while the payload was on its way; the acknowledgement stays out
        envelope_id = attempt.envelope_id = new_id("E", 20)
        self._waiting[envelope_id] = attempt
        envelope: Json = {
            "envelope_id": envelope_id,
            "payload": attempt.payload,
            "type": attempt.kind,
            "accepts_response_payload": attempt.kind != EVENT,
        }
        if attempt.kind == EVENT:
            envelope |= {"retry_attempt": attempt.number, "retry_reason": attempt.why}
        self._next = (self._next + 1) % len(self._connections)
        self._track(_send(self._connections[self._next], dump(envelope)))

    def abandon(self, attempt: Attempt) -> None:
        """An acknowledgement that still comes is no longer one."""
        self._waiting.pop(attempt.envelope_id, None)

    def disconnect(self, reason: str) -> None:
        """Tell every connection to come again, as Slack does every few hours, then drop it.

        `lost` drops them at once and without a word, as a broken line does.

        Raises: Refused `invalid_reason`.
        """
        if reason not in _REASONS:
            words = f"reason is one of {', '.join(_REASONS)}"
            raise Refused("invalid_reason", words, status=400)
        if reason == "lost":
            self._lose_all()
            return
        for socket in self._connections:
            self._end(socket, reason)

    def _end(self, socket: web.WebSocketResponse, reason: str = "refresh_requested") -> None:
        seconds = WARNING_SECONDS if reason == "warning" else REFRESH_SECONDS
        self._say(socket, reason)
        self._clock.call_later(seconds, partial(self._drop, socket))

    def _say(self, socket: web.WebSocketResponse, reason: str) -> None:
        frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
        self._track(_send(socket, dump(frame)))

    def _lose_all(self) -> None:
        wires, self._wires = self._wires, {}
        self._connections.clear()
        for wire in wires.values():
            wire.abort()
        self._tell_connected()

    async def close(self) -> None:
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
            attempt = self._waiting.pop(frame["envelope_id"], None)
        except (ValueError, KeyError, TypeError):
            return  # what is no acknowledgement goes unanswered
        if attempt is not None:
            attempt.finish(_judged(attempt, frame.get("payload")))

    def _tell_connected(self) -> None:
        for listener in self.on_connected:
            listener(self.connected)


def _judged(attempt: Attempt, given: Any) -> Outcome:
    """An acknowledgement carries nothing or an object; an event's is not looked at."""
    if attempt.kind == EVENT or given is None:
        return Outcome(200)
    if isinstance(given, dict):
        return Outcome(200, given)
    words = "the payload of the acknowledgement is no JSON object"
    return Outcome(200, failure="http_error", code="invalid_response", words=words)


async def _send(socket: web.WebSocketResponse, frame: str) -> None:
    try:
        await socket.send_str(frame)
    except (ConnectionError, RuntimeError):
        return  # the connection is gone; the missing acknowledgement says so


async def _close(socket: web.WebSocketResponse) -> None:
    await socket.close()


async def _ping(socket: web.WebSocketResponse, seconds: float) -> None:
    """Show the client that the connection lives: some give it up after 30 s without a ping.

    In real seconds: it tells of the wire, not of the sandbox's time.

    Source: https://github.com/slack-go/slack/issues/1566 (2026)
    """
    with contextlib.suppress(ConnectionError, RuntimeError):
        while not socket.closed:
            await asyncio.sleep(seconds)
            await socket.ping(b"Ping from applink-sandbox")
