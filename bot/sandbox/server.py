"""The sandbox as a running server: one address for the API, the sockets, the files and the page."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web

from . import authorising, cast, control, downloads, founding, front, response_urls
from .activity import Activity
from .api.dispatch import answer_call
from .api.faults import Faults
from .api.rates import Rates
from .clock import Clock
from .delivery.delivery import Delivery
from .delivery.http import HttpRequests, new_signing_secret
from .delivery.limits import Limits
from .delivery.socket import SocketMode
from .delivery.urls import urls_of
from .delivery.verifying import challenge
from .errors import Refused
from .journal import Journal
from .manifest import app_from
from .store import Store
from .wire import Json, secret
from .world import Settings, World

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
        org: str = "",
        request_url: str | None = None,
        signing_secret: str | None = None,
        allow_remote: bool = False,
        settings: Settings | None = None,
    ) -> None:
        self._host, self._port, self._org = host, port, org
        self._tokens = (bot_token, app_token)
        settings = settings or Settings()
        clock = Clock()
        journal = Journal(limit=settings.journal_limit)
        app = app_from(manifest, app_id=cast.APP)
        if app.socket_mode and request_url:
            raise ValueError("the manifest turns Socket Mode on, so a request URL is never used")
        activity = Activity()
        socket = SocketMode(clock=clock, app_id=app.id)
        http = (
            None
            if app.socket_mode
            else HttpRequests(
                urls_of(app, request_url=request_url),
                signing_secret=signing_secret or new_signing_secret(),
                allow_remote=allow_remote,
            )
        )
        self.world = World(
            app=app,
            settings=settings,
            clock=clock,
            journal=journal,
            store=Store(),
            socket=socket,
            delivery=Delivery(
                http or socket,
                clock=clock,
                journal=journal,
                activity=activity,
                limits=Limits(
                    deliveries_an_hour=settings.deliveries_an_hour,
                    spared_events_an_hour=settings.spared_events_an_hour,
                ),
            ),
            activity=activity,
            http=http,
            rates=Rates(clock=clock, enabled=rate_limits),
            faults=Faults(),
            client_id=f"{_digits()}.{_digits()}",
            client_secret=secret("secret"),
        )
        self.world.reset = self._reset
        self.world.delivery.on_connected.append(self._app_connected)
        self._runner: web.AppRunner | None = None

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
        if self.world.http is not None:
            await challenge(self.world.delivery, self.world.http)

    async def stop(self) -> None:
        self.world.faults.clear()
        await self.world.delivery.close()
        self.world.clock.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    def _reset(self) -> None:
        """Everything as at the start; who watches the first workspace and is connected stays."""
        world = self.world
        watching = world.stream
        world.store.clear()
        world.streams.clear()
        world.journal.clear()
        world.rates.clear()
        world.faults.clear()
        world.delivery.clear()
        self._settle()
        world.stream.take_over(watching)

    def _settle(self) -> None:
        world = self.world
        bot_token, app_token = self._tokens
        founding.found_first(world, bot_token=bot_token, app_token=app_token, org=self._org)
        self._tokens = world.workspace.install.bot_token, world.app_token

    def _app_connected(self, connected: bool) -> None:
        for stream in self.world.streams.values():
            stream.app_connected(connected)

    def _route(self, application: web.Application) -> None:
        router = application.router
        world = self.world

        def bound(
            answer: Answer, activity: str = ""
        ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
            async def handle(request: web.Request) -> web.StreamResponse:
                return await answer(request, world)

            async def handle_as_activity(request: web.Request) -> web.StreamResponse:
                ended = world.activity.began(activity)
                try:
                    return await answer(request, world)
                finally:
                    ended()

            return handle_as_activity if activity else handle

        async def watch(request: web.Request) -> web.StreamResponse:
            try:
                return await control.watch(request, world)
            except Refused as refusal:
                return web.json_response(refusal.body(), status=404)

        for verb in ("GET", "POST"):
            router.add_route(verb, "/api/{method}", bound(answer_call))
        router.add_get("/socket", world.socket.handle)
        router.add_post("/upload/{team}/{file}", bound(downloads.take_upload, "upload"))
        router.add_get("/files-pri/{file}/{name}", bound(downloads.give_file, "download"))
        router.add_get("/files-pri/{file}/download/{name}", bound(downloads.give_file, "download"))
        router.add_get("/files/{user}/{file}/{name}", bound(downloads.give_permalink))
        router.add_post("/response/{team}/{id}", bound(response_urls.answer_response, "response"))
        router.add_get("/control/stream", watch)
        for verb in ("GET", "POST"):
            router.add_route(verb, "/control/{name}", bound(control.answer_control))
        router.add_get("/oauth/v2/authorize", bound(authorising.ask))
        router.add_post("/oauth/v2/authorize", bound(authorising.answer))
        front.add_routes(router)


def _digits() -> str:
    return str(10**12 + secrets.randbelow(9 * 10**12))


async def serve(
    manifest: Json,
    *,
    host: str = "127.0.0.1",
    port: int = 8700,
    bot_token: str | None = None,
    app_token: str | None = None,
    rate_limits: bool = True,
    org: str = "",
    request_url: str | None = None,
    signing_secret: str | None = None,
    allow_remote: bool = False,
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
        org=org,
        request_url=request_url,
        signing_secret=signing_secret,
        allow_remote=allow_remote,
        settings=settings,
    )
    await server.start()
    try:
        if on_ready is not None:
            on_ready(server.world)
        await asyncio.Event().wait()
    finally:
        await server.stop()
