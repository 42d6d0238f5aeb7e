"""An app at its barest: one raw socket that acknowledges what it is told to, and keeps it all."""

import asyncio
import json
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.sandbox import Sandbox

Json = dict[str, Any]


class Answering:
    """`answers` holds by payload type what is acknowledged with; `silent` acknowledges nothing."""

    def __init__(self, slack: Sandbox, *, silent: bool = False) -> None:
        self._slack = slack
        self.silent = silent
        self.answers: dict[str, Any] = {}
        self.frames: list[Json] = []
        self.closed = asyncio.Event()
        self._arrived = asyncio.Event()
        self._session: aiohttp.ClientSession
        self.socket: aiohttp.ClientWebSocketResponse
        self._reading: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        self.socket = await self._session.ws_connect(await open_address(self._slack))
        self._reading = asyncio.ensure_future(self._read())
        await self.frame("hello")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.socket.close()
        await self._session.close()
        await self._reading

    @property
    def payloads(self) -> list[Json]:
        """What arrived in envelopes, oldest first."""
        return [frame["payload"] for frame in self.frames if "payload" in frame]

    def events(self, kind: str) -> list[Json]:
        """The inner events of a type so far."""
        inner = [payload["event"] for payload in self.payloads if "event" in payload]
        return [event for event in inner if event["type"] == kind]

    async def frame(self, kind: str, *, number: int = 1) -> Json:
        """The frame of a type, the so-many-th of it, waited for.

        Raises: TimeoutError.
        """
        return await self.until(lambda frame: frame["type"] == kind, number=number)

    async def until(self, matches: Callable[[Json], bool], *, number: int = 1) -> Json:
        """The so-many-th frame that matches, waited for.

        Raises: TimeoutError.
        """
        async with asyncio.timeout(5):
            while len(found := [frame for frame in self.frames if matches(frame)]) < number:
                self._arrived.clear()
                await self._arrived.wait()
        return found[number - 1]

    async def _read(self) -> None:
        async for message in self.socket:
            frame: Json = json.loads(message.data)
            self.frames.append(frame)
            self._arrived.set()
            if "envelope_id" in frame and not self.silent:
                kind = frame["payload"].get("type", frame["type"])
                answer: Json = {"envelope_id": frame["envelope_id"]}
                if kind in self.answers:
                    answer["payload"] = self.answers[kind]
                await self.socket.send_json(answer)
        self.closed.set()


async def open_address(slack: Sandbox) -> str:
    """The address of a new socket."""
    headers = {"Authorization": f"Bearer {slack.app_token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.api_url}apps.connections.open", headers=headers) as answer,
    ):
        return str((await answer.json())["url"])
