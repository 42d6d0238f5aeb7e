"""A host on this machine that gives what a test says, and keeps who asked with which token."""

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Host:
    """Answers every GET with `answer`."""

    def __init__(self, answer: Handler) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str]] = []
        self.origin = ""
        self._runner: web.AppRunner

    async def __aenter__(self) -> Self:
        async def handle(request: web.Request) -> web.StreamResponse:
            self.asked.append((request.path_qs, request.headers.get("Authorization", "")))
            return await self.answer(request)

        application = web.Application()
        application.router.add_get("/{any:.*}", handle)
        self._runner = web.AppRunner(application)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.origin = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._runner.cleanup()


def giving(body: bytes, *, content_type: str = "image/png", status: int = 200) -> Handler:
    """The same answer always."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type=content_type, status=status)

    return answer
