"""An app's own address: a real server that keeps what Slack sends and answers as it is told."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs

from aiohttp import web

Json = dict[str, Any]
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Got:
    """One request: `payload` is the JSON, the form's `payload`, or the form's fields."""

    path: str
    headers: dict[str, str]
    body: bytes
    payload: Json

    @property
    def kind(self) -> str:
        """The type of the event or interaction, or the name of the command."""
        inner = self.payload.get("event") or self.payload
        return str(inner.get("type") or inner.get("command") or "")


class Endpoint:
    """Answers a challenge with itself and everything else with an empty 200, unless told."""

    def __init__(self) -> None:
        self.got: list[Got] = []
        self.answer: Answer | None = None
        self.answers_challenges = True
        self._arrived = asyncio.Event()
        self._runner: web.AppRunner

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/{rest:.*}", self._handle)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        return int(self._runner.addresses[0][1])

    @property
    def url(self) -> str:
        """Where Bolt listens, too."""
        return f"http://127.0.0.1:{self.port}/slack/events"

    def status(self, status: int, **headers: str) -> None:
        """Answer everything but a challenge with this."""

        async def answer(request: web.Request) -> web.StreamResponse:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return web.Response(status=status, headers=named)

        self.answer = answer

    def body(self, text: str, content_type: str = "application/json", status: int = 200) -> None:
        """Answer everything but a challenge with this."""

        async def answer(request: web.Request) -> web.StreamResponse:
            return web.Response(text=text, content_type=content_type, status=status)

        self.answer = answer

    def never(self) -> None:
        """Answer nothing."""

        async def answer(request: web.Request) -> web.StreamResponse:
            await asyncio.Event().wait()
            raise AssertionError

        self.answer = answer

    async def until(self, kind: str, *, number: int = 1) -> Got:
        """The so-many-th request of a kind, waited for.

        Raises: TimeoutError.
        """
        async with asyncio.timeout(5):
            while len(found := self.of(kind)) < number:
                self._arrived.clear()
                await self._arrived.wait()
        return found[number - 1]

    def of(self, kind: str) -> list[Got]:
        return [got for got in self.got if got.kind == kind]

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        got = Got(request.path, dict(request.headers), body, _payload(request.content_type, body))
        self.got.append(got)
        self._arrived.set()
        if got.kind == "url_verification" and self.answers_challenges:
            return web.json_response({"challenge": got.payload["challenge"]})
        return await self.answer(request) if self.answer else web.Response()


def _payload(content_type: str, body: bytes) -> Json:
    if content_type == "application/json":
        payload: Json = json.loads(body)
        return payload
    fields = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    return json.loads(fields["payload"]) if "payload" in fields else fields
