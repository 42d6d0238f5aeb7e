"""Kill -9 at each step of a job, restart: nothing lost, nothing submitted twice, one charge."""

import asyncio
import base64
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web

from bot.manifest import load_manifest
from bot.sandbox import Refused, Sandbox
from storage.store import make_engine
from storage.tables import IMAGES, ITEMS, LEDGER
from tests.flows.reading import has_files
from tests.providers import picture

COUNT = 2
REQUEST = "two variations of a fox logo"

POINTS_WITHOUT_INTENT = ["before approve", "after approve", "before intend"]
POINTS_IN_SUBMISSION = ["after intend", "during submit", "before made"]
POINTS_AFTERWARDS = [
    "after made",
    "before begin_upload",
    "after begin_upload",
    "before posting",
    "after posting",
    "after send_bytes",
    "before share_many",
    "after share_many",
    "before posted",
    "after posted",
    "before finish",
    "after finish",
]
POINTS_OF_A_BATCH = [
    "after made",
    "after posting",
    "after send_bytes",
    "after share_many",
    "after finish",
]


class Counted:
    """A provider's server that counts, and remembers what it made under each key."""

    def __init__(self) -> None:
        self.submitted: list[str] = []
        self.made: dict[str, dict[str, Any]] = {}
        self.kill: asyncio.subprocess.Process | None = None

    async def submit(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.submitted.append(body["key"])
        pictures = [picture(index).data for index in range(1, body["count"] + 1)]
        answer = {"pictures": [base64.b64encode(data).decode() for data in pictures]}
        self.made[body["key"]] = answer
        if self.kill is not None:
            self.kill.send_signal(signal.SIGKILL)
            await self.kill.wait()
        return web.json_response(answer)

    async def look_up(self, request: web.Request) -> web.Response:
        body = await request.json()
        return web.json_response(self.made.get(body["key"], {}))


@contextlib.asynccontextmanager
async def served(counted: Counted) -> AsyncIterator[str]:
    application = web.Application()
    application.router.add_post("/submit", counted.submit)
    application.router.add_post("/look_up", counted.look_up)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


class Life:
    """A bot that dies and is started again, its Slack and its provider around it."""

    def __init__(
        self, folder: Path, *, point: str, can_look_up: bool, is_batch: bool = False
    ) -> None:
        self.folder = folder
        self.is_batch = is_batch
        self.point = point
        self.can_look_up = can_look_up
        self.counted = Counted()
        self.started: list[asyncio.subprocess.Process] = []

    @contextlib.asynccontextmanager
    async def after_death(self) -> AsyncIterator[Sandbox]:
        """Ask and approve in a process that dies at the point; then one lives."""
        async with Sandbox(load_manifest()) as slack, served(self.counted) as url:
            try:
                await self._die(slack, url)
                yield slack
            finally:
                for process in self.started:
                    with contextlib.suppress(ProcessLookupError):
                        process.kill()
                    await process.wait()

    async def _die(self, slack: Sandbox, url: str) -> None:
        ana = slack.person("ana")
        in_submit = self.point == "during submit"
        doomed = await self._start(slack, url, point="" if in_submit else self.point)
        self.counted.kill = doomed if in_submit else None
        await ana.say(REQUEST)
        card = await ana.see("Approve", timeout_seconds=10)
        with contextlib.suppress(Refused):
            await ana.click(card, "Approve")
        assert await asyncio.wait_for(doomed.wait(), 20) == -signal.SIGKILL
        self.counted.kill = None
        await self._start(slack, url, point="")
        if self.point == "before approve":
            await ana.click(card, "Approve")

    async def _start(self, slack: Sandbox, url: str, *, point: str) -> asyncio.subprocess.Process:
        orders = {
            "bot_token": slack.bot_token,
            "app_token": slack.app_token,
            "api_url": slack.api_url,
            "folder": str(self.folder),
            "provider": url,
            "can_look_up": self.can_look_up,
            "is_batch": self.is_batch,
            "point": point,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.flows.victim",
            cwd=Path(__file__).parents[2],
            env=os.environ | {"VICTIM": json.dumps(orders)},
        )
        self.started.append(process)
        await slack.connected(timeout_seconds=30)
        return process


def kept(folder: Path) -> tuple[list[str], list[tuple[str, int]], int]:
    """The items' states, the ledger's entries and the number of images in the gallery."""
    engine = make_engine(f"sqlite:///{folder / 'studio.db'}")
    with engine.connect() as tx:
        states = [row.state for row in tx.execute(sa.select(ITEMS.c.state))]
        ledger = [(r.kind, r.credits) for r in tx.execute(sa.select(LEDGER).order_by(LEDGER.c.id))]
        images = tx.execute(sa.select(sa.func.count()).select_from(IMAGES)).scalar_one()
    engine.dispose()
    return states, ledger, images


@pytest.mark.parametrize("point", POINTS_WITHOUT_INTENT + POINTS_IN_SUBMISSION + POINTS_AFTERWARDS)
async def test_a_provider_that_can_look_up_makes_it_once(point: str, tmp_path: Path) -> None:
    life = Life(tmp_path, point=point, can_look_up=True)
    async with life.after_death() as slack:
        ana = slack.person("ana")
        await ana.see("2 credits charged*", timeout_seconds=30)
        await ana.see(has_files)
        posted = [message for message in ana.messages() if has_files(message)]
    assert len(life.counted.submitted) == 1
    assert [len(message["files"]) for message in posted] == [1]
    states, ledger, images = kept(tmp_path)
    assert states == ["delivered"]
    assert ledger == [("hold", 2), ("settle", 2), ("release", 0)]
    assert images == COUNT


@pytest.mark.parametrize("point", POINTS_IN_SUBMISSION)
async def test_a_provider_that_cannot_is_never_asked_twice(point: str, tmp_path: Path) -> None:
    life = Life(tmp_path, point=point, can_look_up=False)
    async with life.after_death() as slack:
        await slack.person("ana").see("2 credits stay held", timeout_seconds=30)
    assert len(life.counted.submitted) <= 1
    assert kept(tmp_path) == (["unknown"], [("hold", 2)], 0)


@pytest.mark.parametrize("point", POINTS_OF_A_BATCH)
async def test_a_batch_is_made_once_and_posted_together_once(point: str, tmp_path: Path) -> None:
    life = Life(tmp_path, point=point, can_look_up=True, is_batch=True)
    async with life.after_death() as slack:
        ana = slack.person("ana")
        await ana.see("*3 credits charged*", timeout_seconds=40)
        posted = [message for message in ana.messages() if has_files(message)]
    assert len(life.counted.submitted) == 3
    assert [len(message["files"]) for message in posted] == [3]
    states, ledger, images = kept(tmp_path)
    assert states == ["delivered"] * 3
    assert sorted(ledger) == [("hold", 1)] * 3 + [("release", 0)] * 3 + [("settle", 1)] * 3
    assert images == 3
