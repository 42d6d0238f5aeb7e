"""The sandbox for tests, in process: a workspace to start, and what the app called in it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from . import acts
from .api.faults import Fault
from .journal import Entry
from .model import Channel, Kind
from .person import Person
from .server import Server
from .wire import Json, new_id
from .world import Settings, World


class Sandbox:
    """A workspace on a local address for as long as the `async with` lasts."""

    def __init__(
        self,
        manifest: Json,
        *,
        rate_limits: bool = False,
        file_processing_seconds: float = 0.05,
        file_share_seconds: float = 0.01,
        trigger_seconds: float = 3.0,
        message_limit: int = 20_000,
        host: str = "127.0.0.1",
        port: int = 0,
        bot_token: str | None = None,
        app_token: str | None = None,
    ) -> None:
        settings = Settings(
            trigger_seconds=trigger_seconds,
            file_share_seconds=file_share_seconds,
            file_processing_seconds=file_processing_seconds,
            message_limit=message_limit,
        )
        self.server = Server(
            manifest,
            host=host,
            port=port,
            bot_token=bot_token,
            app_token=app_token,
            rate_limits=rate_limits,
            settings=settings,
        )
        self._people: dict[str, Person] = {}

    async def __aenter__(self) -> Sandbox:
        await self.server.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for person in self._people.values():
            person.leave()
        await self.server.stop()

    @property
    def world(self) -> World:
        return self.server.world

    @property
    def url(self) -> str:
        return self.world.base_url

    @property
    def api_url(self) -> str:
        """What `AsyncWebClient(base_url=…)` wants."""
        return f"{self.world.base_url}/api/"

    @property
    def bot_token(self) -> str:
        return self.world.home.install.bot_token

    @property
    def app_token(self) -> str:
        return self.world.app_token

    @property
    def team_id(self) -> str:
        return self.world.home.id

    @property
    def bot_user_id(self) -> str:
        return self.world.home.install.bot_user

    def person(self, name: str) -> Person:
        """Ana, Ben or Cem, by name or id; the same object each time.

        Raises: Refused `user_not_found`.
        """
        user = acts.person(self.world.home, name)
        if user.id not in self._people:
            self._people[user.id] = Person(self.world, self.server.stream, user)
        return self._people[user.id]

    async def connected(self, *, timeout_seconds: float = 5) -> None:
        """Wait until the app has opened a socket.

        Raises: TimeoutError.
        """
        listeners = self.world.socket.on_connected
        arrived = asyncio.Event()

        def note(connected: bool) -> None:
            if connected:
                arrived.set()

        listeners.append(note)
        try:
            if not self.world.socket.connected:
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

    def redeliver(self, event_id: str | None = None) -> str:
        return self.world.socket.redeliver(event_id)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        self.world.socket.disconnect(reason)

    def rate_limits(self, enabled: bool) -> None:
        self.world.rates.enabled = enabled
        self.world.rates.clear()

    def free_plan(self, enabled: bool) -> None:
        """Whether the workspace pays for canvases outside channels."""
        self.world.home.free_plan = enabled

    def add_channel(self, name: str, *, members: Sequence[str], private: bool = False) -> str:
        """A further channel with these people (names or ids; `bot` is the app); returns its id."""
        home = self.world.home
        ids = [self.bot_user_id if m == "bot" else acts.person(home, m).id for m in members]
        kind = Kind.GROUP if private else Kind.CHANNEL
        return home.add_channel(Channel(new_id("C"), name, kind, ids)).id
