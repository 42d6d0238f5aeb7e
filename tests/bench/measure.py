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
from typing import Any

import psutil
import sqlalchemy as sa

from bot.manifest import load_manifest
from bot.sandbox import Sandbox
from storage.store import make_engine
from storage.tables import ITEMS

ANIMALS = ("fox", "owl", "whale", "horse", "cat", "bear", "frog", "crane", "wolf", "hare")
COLOURS = ("red", "blue", "green", "golden", "grey", "black", "white", "purple", "pink", "brown")
_WAIT_SECONDS = 30.0


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
        self._answered: dict[str, asyncio.Future[float]] = {}
        self.slack.server.stream.watch(self.ana.id, self._receive)

    def _receive(self, frame: dict[str, Any]) -> None:
        if frame["type"] != "message" or not frame["message"].get("bot_id"):
            return
        waiting = self._answered.pop(str(frame["message"].get("thread_ts")), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(time.perf_counter())

    async def ask(self, number: int) -> float:
        """Seconds from the event to the card."""
        started = time.perf_counter()
        said = await self.ana.say(request(number))
        waiting: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._answered[str(said["ts"])] = waiting
        return await asyncio.wait_for(waiting, _WAIT_SECONDS) - started

    async def flood(self, numbers: range, *, at_once: int) -> float:
        """Cards per second with so many requests in flight."""
        queue = iter(numbers)

        async def one_after_another() -> None:
            for number in queue:
                await self.ask(number)

        started = time.perf_counter()
        await asyncio.gather(*(one_after_another() for _ in range(at_once)))
        return len(numbers) / (time.perf_counter() - started)

    def memory_mb(self) -> float:
        """Resident memory of the process."""
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1e6

    async def idle_cpu_percent(self, seconds: float) -> float:
        """Of one core, while nothing is asked."""
        process = psutil.Process(self.process.pid)
        before = process.cpu_times()
        await asyncio.sleep(seconds)
        after = process.cpu_times()
        used_seconds: float = after.user + after.system - before.user - before.system
        return 100 * used_seconds / seconds

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
            env=os.environ | {"BENCH": json.dumps(orders)},
        )
        try:
            await slack.connected(timeout_seconds=_WAIT_SECONDS)
            yield Subject(slack, process, folder)
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
