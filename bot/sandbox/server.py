"""The sandbox as a running server: one address for the API, the sockets, the files and the page."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from . import cast, control, downloads, response_urls
from .api.dispatch import answer_call
from .api.faults import Faults
from .api.rates import Rates
from .clock import Clock
from .delivery.events import Events
from .delivery.socket import SocketMode
from .errors import Refused
from .journal import Journal
from .manifest import app_from
from .model import Change
from .store import Store
from .stream import Stream
from .wire import Json
from .world import Settings, World

PAGE = Path(__file__).parent / "page"
_MOST_BODY_BYTES = 100_000_000
Answer = Callable[[web.Request, World], Awaitable[web.StreamResponse]]


class Server:
    """A workspace with one app installed, listening on a local address."""

    def __init__(
        self,
        manifest: Json,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        bot_token: str | None = None,
        app_token: str | None = None,
        rate_limits: bool = True,
        settings: Settings | None = None,
    ) -> None:
        self._host, self._port = host, port
        self._tokens = (bot_token, app_token)
        settings = settings or Settings()
        clock = Clock()
        journal = Journal(limit=settings.journal_limit)
        app = app_from(manifest, app_id=cast.APP)
        self.world = World(
            app=app,
            settings=settings,
            clock=clock,
            journal=journal,
            store=Store(),
            socket=SocketMode(clock=clock, journal=journal, app_id=app.id),
            rates=Rates(clock=clock, enabled=rate_limits),
            faults=Faults(),
        )
        self.world.reset = self._reset
        self._runner: web.AppRunner | None = None
        self.stream: Stream

    async def start(self) -> None:
        """Listen and settle the cast.

        Raises: OSError when the port is taken.
        """
        application = web.Application(client_max_size=_MOST_BODY_BYTES)
        self._route(application)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        port = self._runner.addresses[0][1]
        self.world.base_url = f"http://{self._host}:{port}"
        self._settle()

    async def stop(self) -> None:
        await self.world.socket.close()
        self.world.clock.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    def _reset(self) -> None:
        """Everything as at the start; who watches and who is connected stays."""
        world = self.world
        world.store.workspaces.clear()
        world.store.tokens.clear()
        world.journal.clear()
        world.rates.clear()
        world.faults.clear()
        watching = self.stream
        self._settle()
        self.stream.take_over(watching)

    def _settle(self) -> None:
        world = self.world
        bot_token, app_token = self._tokens
        listeners: list[Callable[[Change], None]] = []
        workspace = cast.settle(
            world.store,
            world.app,
            clock=world.clock,
            base_url=world.base_url,
            message_limit=world.settings.message_limit,
            bot_token=bot_token,
            app_token=app_token,
            listeners=listeners,
        )
        self._tokens = (
            workspace.install.bot_token,
            next(text for text, token in world.store.tokens.items() if token.kind == "app"),
        )
        world.app_token = self._tokens[1] or ""
        self.stream = Stream(workspace, world.journal)
        events = Events(
            workspace, lambda name, payload: world.socket.send_event(payload, name=name)
        )
        listeners += [events, self.stream]
        world.socket.on_connected[:] = [self.stream.app_connected]

    def _route(self, application: web.Application) -> None:
        router = application.router
        world = self.world

        def bound(answer: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
            async def handle(request: web.Request) -> web.StreamResponse:
                return await answer(request, world)

            return handle

        async def watch(request: web.Request) -> web.StreamResponse:
            try:
                return await control.watch(request, world, self.stream)
            except Refused as refusal:
                return web.json_response(refusal.body(), status=404)

        for verb in ("GET", "POST"):
            router.add_route(verb, "/api/{method}", bound(answer_call))
        router.add_get("/socket", world.socket.handle)
        router.add_post("/upload/{file}", bound(downloads.take_upload))
        router.add_get("/files-pri/{file}/{name}", bound(downloads.give_file))
        router.add_get("/files-pri/{file}/download/{name}", bound(downloads.give_file))
        router.add_get("/files/{user}/{file}/{name}", bound(downloads.give_permalink))
        router.add_post("/response/{id}", bound(response_urls.answer_response))
        router.add_get("/control/stream", watch)
        for verb in ("GET", "POST"):
            router.add_route(verb, "/control/{name}", bound(control.answer_control))
        router.add_get("/", _page)
        router.add_get("/page/{name:.+}", _page)
        router.add_get("/archives/{rest:.+}", _page)
        router.add_get("/docs/{rest:.+}", _page)


async def _page(request: web.Request) -> web.StreamResponse:
    """The page's files, never kept by the browser."""
    name = request.match_info.get("name", "index.html")
    path = (PAGE / name).resolve()
    if not path.is_relative_to(PAGE) or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Cache-Control": "no-store"})


async def serve(
    manifest: Json,
    *,
    host: str = "127.0.0.1",
    port: int = 8700,
    bot_token: str | None = None,
    app_token: str | None = None,
    rate_limits: bool = True,
    settings: Settings | None = None,
    on_ready: Callable[[World], None] | None = None,
) -> None:
    """Serve until cancelled; `on_ready` is called once the address answers.

    Raises: OSError when the port is taken, ValueError when the manifest cannot be read.
    """
    server = Server(
        manifest,
        host=host,
        port=port,
        bot_token=bot_token,
        app_token=app_token,
        rate_limits=rate_limits,
        settings=settings,
    )
    await server.start()
    try:
        if on_ready is not None:
            on_ready(server.world)
        await asyncio.Event().wait()
    finally:
        await server.stop()
