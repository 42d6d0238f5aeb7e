"""The sandbox itself: how fast it starts, how many events it carries, what it holds after many."""

import asyncio
import gc
import json
import os
import statistics
import sys
import time
from typing import Any

import psutil

from bot.manifest import load_manifest
from bot.sandbox import Sandbox
from tests.bench.measure import Row

STARTS = 20
EVENTS = 20_000
AT_ONCE = 64
MESSAGES = 100_000
FIRST = 20_000
MESSAGE_LIMIT = 5_000


async def starts(row: Row) -> None:
    """From nothing to a workspace that answers."""
    manifest = load_manifest()
    seconds = []
    for _ in range(STARTS):
        started = time.perf_counter()
        async with Sandbox(manifest):
            seconds.append(time.perf_counter() - started)
    median = statistics.median(seconds) * 1000
    row("Sandbox: start of a workspace", f"{median:.1f} ms", "under 100 ms", is_met=median < 100)


async def events(row: Row) -> None:
    """Events acknowledged in a second by a client in another process that does nothing else."""
    async with Sandbox(load_manifest(), message_limit=MESSAGE_LIMIT) as slack:
        process = await acknowledging(slack)
        started = time.perf_counter()
        await say(slack, EVENTS)
        await acknowledged(slack)
        rate = EVENTS / (time.perf_counter() - started)
        await ended(process)
    row("Sandbox: events a second", f"{rate:.0f}", "at least 1000", is_met=rate >= 1000)


async def memory(row: Row) -> None:
    """What the process holds after many messages, with a limit set."""
    async with Sandbox(load_manifest(), message_limit=MESSAGE_LIMIT) as slack:
        process = await acknowledging(slack)
        await say(slack, FIRST)
        await acknowledged(slack)
        before = _megabytes()
        await say(slack, MESSAGES - FIRST)
        await acknowledged(slack)
        grown = _megabytes() - before
        await ended(process)
    what = f"Sandbox: memory grown from message {FIRST} to {MESSAGES}, {MESSAGE_LIMIT} kept"
    row(what, f"{grown:+.1f} MB of {before:.0f} MB", "at most 5 MB", is_met=grown <= 5)


async def acknowledging(slack: Sandbox) -> asyncio.subprocess.Process:
    """A connected process that acknowledges and says nothing."""
    orders = {"app_token": slack.app_token, "api_url": slack.api_url}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.apps",
        "acknowledging",
        stdin=asyncio.subprocess.PIPE,
        env=os.environ | {"BENCH": json.dumps(orders)},
        start_new_session=True,
    )
    await slack.connected(timeout_seconds=30)
    return process


async def ended(process: asyncio.subprocess.Process) -> None:
    process.kill()
    await process.wait()


async def say(slack: Sandbox, count: int) -> None:
    """So many messages of one person, no more than `AT_ONCE` of them unacknowledged."""
    ana = slack.person("ana")
    for number in range(count):
        if slack.world.delivery.waiting >= AT_ONCE:
            await acknowledged(slack)
        await ana.say(f"message {number}", channel="design")


async def acknowledged(slack: Sandbox) -> None:
    while slack.world.delivery.waiting:  # noqa: ASYNC110 (nothing tells)
        await asyncio.sleep(0.0005)


def _megabytes() -> float:
    gc.collect()
    used: Any = psutil.Process().memory_full_info()
    return float(used.uss) / 1e6
