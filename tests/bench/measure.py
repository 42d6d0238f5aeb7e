"""Drives one app in a sandbox of its own and times what a person would see."""

import asyncio
import contextlib
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psutil
import sqlalchemy as sa

from bot.manifest import load_manifest
from bot.sandbox import Sandbox
from storage.store import make_engine
from storage.tables import ITEMS

ANIMALS = ("fox", "owl", "whale", "horse", "cat", "bear", "frog", "crane", "wolf", "hare")
COLOURS = ("red", "blue", "green", "golden", "grey", "black", "white", "purple", "pink", "brown")
_WAIT_SECONDS = 30.0


@dataclass(frozen=True)
class Flood:
    """How many cards came each second, and what one cost."""

    cards_per_second: float
    app_cpu_ms: float
    """Of the app's process, a card."""
    driver_cpu_ms: float
    """Of the driver and the sandbox in it, a card."""


@dataclass(frozen=True)
class Memory:
    """What a process holds, in MB of 1e6 bytes."""

    rss_mb: float
    uss_mb: float
    """What would be free if it ended: without pages that it shares with others."""

    def __str__(self) -> str:
        return f"{self.rss_mb:.0f} MB ({self.uss_mb:.0f} MB of its own)"


class Row(Protocol):
    """Prints one line of the table."""

    def __call__(
        self, name: str, measured: str, target: str = "", *, is_met: bool | None = None
    ) -> None: ...


def request(number: int) -> str:
    """A request for one image; each number has words of its own."""
    colour = COLOURS[number % len(COLOURS)]
    animal = ANIMALS[number // len(COLOURS) % len(ANIMALS)]
    return f"draw a {colour} {animal} with {number} stars above it"


@dataclass
class Subject:
    """An app under measurement and the Slack around it."""

    slack: Sandbox
    process: asyncio.subprocess.Process
    folder: Path

    def __post_init__(self) -> None:
        self.ana = self.slack.person("ana")
        self._watched = psutil.Process(self.process.pid)
        self._answered: dict[str, asyncio.Future[float]] = {}
        self.slack.server.world.stream.watch(self.ana.id, self._receive)

    def _receive(self, frame: dict[str, Any]) -> None:
        if frame["type"] != "message" or not frame["message"].get("bot_id"):
            return
        arrived = time.perf_counter()
        message = frame["message"]
        waiting = self._answered.pop(str(message.get("thread_ts")), None)
        if waiting is None or waiting.done():
            return
        if any(block["type"] == "actions" for block in message.get("blocks", ())):
            waiting.set_result(arrived)
        else:
            waiting.set_exception(RuntimeError(f"No card, but: {message.get('text')}"))

    async def ask(self, number: int) -> float:
        """Seconds from the event to the card.

        Raises: RuntimeError where the answer is something else than a card.
        """
        started = time.perf_counter()
        said = await self.ana.say(request(number))
        waiting: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._answered[str(said["ts"])] = waiting
        return await asyncio.wait_for(waiting, _WAIT_SECONDS) - started

    async def flood(self, numbers: range, *, at_once: int) -> Flood:
        """Ask for so many cards with so many requests in flight."""
        queue = iter(numbers)

        async def one_after_another() -> None:
            for number in queue:
                await self.ask(number)

        driver = psutil.Process()
        app_before, driver_before = _cpu_seconds(self._watched), _cpu_seconds(driver)
        started = time.perf_counter()
        await asyncio.gather(*(one_after_another() for _ in range(at_once)))
        seconds = time.perf_counter() - started
        return Flood(
            cards_per_second=len(numbers) / seconds,
            app_cpu_ms=1000 * (_cpu_seconds(self._watched) - app_before) / len(numbers),
            driver_cpu_ms=1000 * (_cpu_seconds(driver) - driver_before) / len(numbers),
        )

    def memory(self) -> Memory:
        """What the app's process holds now."""
        full = self._watched.memory_full_info()
        return Memory(rss_mb=full.rss / 1e6, uss_mb=full.uss / 1e6)

    async def idle_cpu_percent(self, seconds: float) -> float:
        """Of one core, while nothing is asked."""
        before = _cpu_seconds(self._watched)
        await asyncio.sleep(seconds)
        return 100 * (_cpu_seconds(self._watched) - before) / seconds

    async def approve(self, number: int, count: int) -> tuple[float, float]:
        """Seconds from Approve to the images in the thread, and those of the engine itself."""
        said = await self.ana.say(
            f"{count} variations of a product photo of a {COLOURS[number % 10]} ceramic mug"
            if count > 1
            else f"product photo of a {COLOURS[number % 10]} ceramic mug"
        )
        thread_ts = str(said["ts"])
        card = await self.ana.see("Approve", thread_ts=thread_ts, timeout_seconds=_WAIT_SECONDS)
        started = time.perf_counter()
        await self.ana.click(card, "Approve")
        await self.ana.see(
            lambda message: bool(message.get("files")),
            thread_ts=thread_ts,
            timeout_seconds=_WAIT_SECONDS,
        )
        total = time.perf_counter() - started
        await self.ana.see("charged*", thread_ts=thread_ts, timeout_seconds=_WAIT_SECONDS)
        engine = make_engine(f"sqlite:///{self.folder / 'studio.db'}")
        with engine.connect() as tx:
            latest = sa.select(ITEMS.c.seconds).order_by(ITEMS.c.id.desc()).limit(1)
            seconds = float(tx.execute(latest).scalar_one())
        engine.dispose()
        return total, seconds


def _cpu_seconds(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


@contextlib.asynccontextmanager
async def subject(name: str, folder: Path, **orders: Any) -> AsyncIterator[Subject]:
    """An app of `tests.bench.apps` in a fresh Slack, without rate limits."""
    async with Sandbox(load_manifest(), rate_limits=False) as slack:
        orders |= {
            "bot_token": slack.bot_token,
            "app_token": slack.app_token,
            "api_url": slack.api_url,
            "folder": str(folder),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.bench.apps",
            name,
            stdin=asyncio.subprocess.PIPE,
            env=os.environ | {"BENCH": json.dumps(orders)},
            start_new_session=True,  # Ctrl+C is the driver's to answer
        )
        try:
            await slack.connected(timeout_seconds=_WAIT_SECONDS)
            yield Subject(slack, process, folder)
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
