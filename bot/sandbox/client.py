"""The sandbox for tests, in process: a workspace to start, and what the app called in it."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any

from . import founding
from .activity import IDLE_SECONDS, TIMEOUT_SECONDS
from .api.faults import Fault
from .delivery.faults import DeliveryFault
from .delivery.limits import DELIVERIES_AN_HOUR, SPARED_EVENTS_AN_HOUR
from .delivery.verifying import verify
from .journal import Entry
from .server import Server
from .team import Team
from .wire import Json
from .world import Settings


class Sandbox(Team):
    """A Slack on a local address for as long as the `async with` lasts, and its first workspace."""

    def __init__(
        self,
        manifest: Json,
        *,
        rate_limits: bool = False,
        file_processing_seconds: float = 0.05,
        file_share_seconds: float = 0.01,
        trigger_seconds: float = 3.0,
        token_seconds: float = 43_200.0,
        message_limit: int = 20_000,
        host: str = "127.0.0.1",
        port: int = 0,
        bot_token: str | None = None,
        app_token: str | None = None,
        org: str = "",
        request_url: str | None = None,
        signing_secret: str | None = None,
        allow_remote: bool = False,
        deliveries_an_hour: int = DELIVERIES_AN_HOUR,
        spared_events_an_hour: int = SPARED_EVENTS_AN_HOUR,
        commercial: bool = False,
    ) -> None:
        settings = Settings(
            trigger_seconds=trigger_seconds,
            token_seconds=token_seconds,
            file_share_seconds=file_share_seconds,
            file_processing_seconds=file_processing_seconds,
            message_limit=message_limit,
            deliveries_an_hour=deliveries_an_hour,
            spared_events_an_hour=spared_events_an_hour,
            commercial=commercial,
        )
        self.server = Server(
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
        super().__init__(self.server.world)
        self._others: list[Team] = []

    async def __aenter__(self) -> Sandbox:
        await self.server.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for team in (self, *self._others):
            team.leave()
        await self.server.stop()

    @property
    def url(self) -> str:
        return self.world.base_url

    @property
    def api_url(self) -> str:
        """What `AsyncWebClient(base_url=…)` wants."""
        return f"{self.world.base_url}/api/"

    @property
    def app_token(self) -> str:
        return self.world.app_token

    @property
    def client_id(self) -> str:
        return self.world.client_id

    @property
    def client_secret(self) -> str:
        return self.world.client_secret

    def add_workspace(self, name: str, *, org: str = "", is_installed: bool = True) -> Team:
        """A further workspace, perhaps of an organisation; with the app in it or not yet.

        Raises: Refused `name_taken`.
        """
        workspace = founding.found(self.world, name, org=org, is_installed=is_installed)
        team = Team(self.world.at(workspace.id))
        self._others.append(team)
        return team

    async def connected(self, *, timeout_seconds: float = 5) -> None:
        """Wait until the app has opened a socket, or its address for events is verified.

        Raises: TimeoutError.
        """
        listeners = self.world.delivery.on_connected
        arrived = asyncio.Event()

        def note(connected: bool) -> None:
            if connected:
                arrived.set()

        listeners.append(note)
        try:
            if not self.world.delivery.connected:
                async with asyncio.timeout(timeout_seconds):
                    await arrived.wait()
        finally:
            listeners.remove(note)

    def calls(self, method: str) -> list[Entry]:
        """What the app called, oldest first: `.args`, `.answer`, `.ok`, `.reason`."""
        return self.world.journal.named(method, kinds=("call", "refused"))

    def sent(self, name: str) -> list[Entry]:
        """Events of this type that went to the app."""
        return self.world.journal.named(name, kinds=("event",))

    @property
    def refusals(self) -> list[Entry]:
        """Everything that was refused, of the app or of a person."""
        return self.world.journal.of_kind("refused")

    def advance(self, seconds: float) -> None:
        self.world.clock.advance(seconds)

    def fault(self, method: str, **how: Any) -> None:
        """Plant a failure: `times`, `error`, `status`, `retry_after`, `delay_seconds`, …"""
        self.world.faults.plant(method, Fault(**how))

    def delivery_fault(
        self, what: str, *, times: int = 1, name: str = "", seconds: float = 0
    ) -> None:
        """The next deliveries (of a name) meet a `delay`, `duplicate`, `reorder` or `drop`."""
        self.world.delivery.faults.plant(DeliveryFault(what, times, name, seconds))

    def redeliver(self, event_id: str | None = None) -> str:
        return self.world.delivery.redeliver(event_id)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """End every socket: `warning`, `refresh_requested`, `link_disabled`, or just `lost`."""
        self.world.socket.disconnect(reason)

    @property
    def signing_secret(self) -> str:
        """What requests to the app are signed with; empty with Socket Mode."""
        return self.world.http.signing_secret if self.world.http is not None else ""

    async def verify_url(self) -> Json:
        """Challenge the app's address for events (again); says `verified` and the `problem`."""
        return await verify(self.world.delivery, self.world.http)

    def resume_events(self) -> None:
        """Switch event subscriptions on again after too many failures."""
        self.world.delivery.limits.resume()

    async def quiet(
        self, *, idle_seconds: float = IDLE_SECONDS, timeout_seconds: float = TIMEOUT_SECONDS
    ) -> None:
        """Wait until the app has done what it will do: nothing under way for `idle_seconds`.

        Raises: TimeoutError, saying what is still under way.
        """
        activity = self.world.activity
        if not await activity.quiet(idle_seconds=idle_seconds, timeout_seconds=timeout_seconds):
            raise TimeoutError(f"still under way: {', '.join(activity.under_way) or 'calls'}")

    def rate_limits(self, enabled: bool) -> None:
        self.world.rates.enabled = enabled
        self.world.rates.clear()
