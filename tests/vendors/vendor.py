"""A provider on localhost: what each of them shares, above all how to let it fail.

Each module beside this one is one provider's interface as its makers publish it, written from the
contract and without a look at our adapter: strict about what it takes (unknown fields, wrong types
and missing keys are refused as the provider does), and recording what it was asked.
"""

import asyncio
import email
import email.policy
import io
import json
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType
from typing import Any, ClassVar, Self

from aiohttp import web
from PIL import Image

KEY = "key-of-the-tests"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Seen:
    """A request as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Its body as JSON."""
        return json.loads(self.body)

    @property
    def form(self) -> list[tuple[str, str | bytes]]:
        """The fields of its multipart form in their order: text as text, files as their bytes."""
        return _fields(self.headers.get("Content-Type", ""), self.body)


@dataclass(frozen=True)
class Fault:
    """What happens to a request instead of, or around, its proper answer."""

    status: int = 0
    """Answered with this and `body`; 0 lets the proper answer come."""
    body: Any = ""
    """Text, bytes, or what becomes JSON."""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_seconds: float = 0
    """Silence before the answer."""
    gate: asyncio.Event | None = None
    """Silence until it is set."""
    drops: bool = False
    """The request is taken and worked on, and the connection closed without an answer."""
    keep_bytes: int | None = None
    """How much of the proper answer's body is sent before the connection breaks."""


class Vendor:
    """A provider's server; a context manager that listens while it is open."""

    paid: ClassVar[str]
    """A pattern of the paths of the calls that are billed, such as `/images/.*`."""
    results: ClassVar[str] = ""
    """A pattern of the paths of pictures to download; empty where answers hold them."""

    def __init__(self) -> None:
        self.url = ""
        self.key = KEY
        """The one key that is accepted."""
        self.is_out_of_credit = False
        self.seen: list[Seen] = []
        self.met = asyncio.Event()
        """Set once a request has met a fault."""
        self._faults: list[tuple[str, Fault]] = []
        self._runner: web.AppRunner | None = None

    def routes(self) -> Iterable[web.RouteDef]:
        """The provider's paths."""
        raise NotImplementedError

    def seeds(self) -> list[int]:
        """The seeds that the billed calls named, in the order of the calls."""
        return []

    def fail(self, path: str, fault: Fault) -> None:
        """Let the next request whose path matches the pattern meet a fault; faults queue up."""
        self._faults.append((path, fault))

    @property
    def orders(self) -> list[Seen]:
        """The billed calls that came."""
        return [seen for seen in self.seen if re.search(self.paid, seen.path)]

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._around], client_max_size=1 << 28)
        app.add_routes(self.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @web.middleware
    async def _around(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        body = await request.read()
        self.seen.append(
            Seen(
                method=request.method,
                path=request.path,
                query=dict(request.query),
                headers=dict(request.headers),
                body=body,
            )
        )
        fault = self._fault(request.path)
        if fault is None:
            return await handler(request)
        if fault.delay_seconds:
            await asyncio.sleep(fault.delay_seconds)
        if fault.gate is not None:
            await fault.gate.wait()
        if fault.status:
            return _said(fault)
        answer = await handler(request)
        if fault.drops and request.transport is not None:
            request.transport.close()
        if fault.keep_bytes is not None and isinstance(answer, web.Response):
            await _cut(request, answer, fault.keep_bytes)
        return answer

    def _fault(self, path: str) -> Fault | None:
        for number, (pattern, fault) in enumerate(self._faults):
            if re.search(pattern, path):
                del self._faults[number]
                self.met.set()
                return fault
        return None


def _said(fault: Fault) -> web.Response:
    if isinstance(fault.body, bytes):
        return web.Response(status=fault.status, body=fault.body, headers=fault.headers)
    if isinstance(fault.body, str):
        return web.Response(status=fault.status, text=fault.body, headers=fault.headers)
    return web.json_response(fault.body, status=fault.status, headers=fault.headers)


async def _cut(request: web.Request, answer: web.Response, keep_bytes: int) -> None:
    """Announce the whole body, send some of it, and break the connection."""
    body = bytes(answer.body) if isinstance(answer.body, bytes | bytearray) else b""
    head = web.StreamResponse(status=answer.status, headers={"Content-Type": answer.content_type})
    head.content_length = len(body)
    await head.prepare(request)
    await head.write(body[: min(keep_bytes, len(body) - 1)])
    if request.transport is not None:
        request.transport.close()


async def form_of(request: web.Request) -> list[tuple[str, str | bytes]]:
    """The fields of a multipart form in their order: text as text, files as their bytes.

    aiohttp's own reader wants the stream, which was read to be recorded.
    """
    return _fields(request.headers.get("Content-Type", ""), await request.read())


def _fields(content_type: str, body: bytes) -> list[tuple[str, str | bytes]]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = email.message_from_bytes(head + body, policy=email.policy.HTTP)
    fields: list[tuple[str, str | bytes]] = []
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        fields.append((name, data if part.get_filename() else data.decode()))
    return fields


@cache
def picture(width_px: int, height_px: int, *, number: int = 1, form: str = "PNG") -> bytes:
    """A plain picture, in a colour by its number."""
    buffer = io.BytesIO()
    colour = (60 + 45 * (number % 4), 90, 140)
    Image.new("RGB", (width_px, height_px), colour).save(buffer, form)
    return buffer.getvalue()


def is_picture(data: bytes) -> bool:
    """Whether bytes are a picture, as providers look at what they are sent."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.verify()
    except Exception:
        return False
    return True
