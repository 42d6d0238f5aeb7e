"""`make bench`: the bot beside a bare Bolt app in one run; figures and ratios, nothing asserted."""

import asyncio
import contextlib
import datetime
import os
import platform
import signal
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench import sandbox, upscaling
from tests.bench.measure import Flood, Subject, subject

ROUNDS = 5
SINGLES = 40
FLOOD = 200
AT_ONCE = 32
DRAWINGS = 5


def row(name: str, measured: str, target: str = "", *, is_met: bool | None = None) -> None:
    """Print one line of the table; without a target it only tells."""
    verdict = "" if is_met is None else "meets" if is_met else "falls short"
    print(f"| {name} | {measured} | {target} | {verdict} |", flush=True)


async def card_of(folder: Path) -> tuple[str, list[dict[str, Any]]]:
    """The text and blocks of a real card, for the bare app to say."""
    async with subject("ours", folder) as bot:
        await bot.ask(0)
        message = await bot.ana.see("Approve")
        blocks = [
            {name: value for name, value in block.items() if name != "block_id"}
            for block in message["blocks"]
        ]
        return str(message["text"]), blocks


async def answer_times(bare: Subject, ours: Subject) -> None:
    """Event to card, one at a time and in a flood, in alternating rounds."""
    singles: dict[str, list[float]] = {"bare": [], "ours": []}
    floods: dict[str, list[Flood]] = {"bare": [], "ours": []}
    subjects = {"bare": bare, "ours": ours}
    number = 1
    for each in subjects.values():
        for _ in range(20):
            await each.ask(number)
            number += 1
    for _ in range(ROUNDS):
        for name, each in subjects.items():
            for _ in range(SINGLES):
                singles[name].append(await each.ask(number))
                number += 1
    for _ in range(ROUNDS):
        for name, each in subjects.items():
            numbers = range(number, number + FLOOD)
            floods[name].append(await each.flood(numbers, at_once=AT_ONCE))
            number += FLOOD
    median = {name: statistics.median(times) * 1000 for name, times in singles.items()}
    p95 = {name: statistics.quantiles(times, n=20)[18] * 1000 for name, times in singles.items()}
    ratio = median["ours"] / median["bare"]
    row(
        "Event to card, median (p95), one at a time",
        f"{median['ours']:.1f} ({p95['ours']:.1f}) ms against {median['bare']:.1f} "
        f"({p95['bare']:.1f}) ms: {ratio:.2f} times",
        "at most 3 times",
        is_met=ratio <= 3,
    )
    rate = {
        name: statistics.median(flood.cards_per_second for flood in each)
        for name, each in floods.items()
    }
    share = rate["ours"] / rate["bare"]
    row(
        f"Cards per second, {AT_ONCE} at a time",
        f"{rate['ours']:.0f} against {rate['bare']:.0f}: {share:.2f} of it",
        "at least 0.3 of it",
        is_met=share >= 0.3,
    )
    cpu = {
        name: statistics.median(flood.app_cpu_ms for flood in each) for name, each in floods.items()
    }
    driving = statistics.median(flood.driver_cpu_ms for each in floods.values() for flood in each)
    row(
        f"CPU for a card, {AT_ONCE} at a time",
        f"{cpu['ours']:.1f} ms against {cpu['bare']:.1f} ms; driver and sandbox {driving:.1f} ms",
    )


async def at_rest(ours: Subject) -> None:
    """Memory and CPU of the bot while nothing is asked, after the load."""
    await asyncio.sleep(5)
    memory = ours.memory()
    row(
        "Idle memory (RSS) after the load",
        str(memory),
        "at most 160 MB",
        is_met=memory.rss_mb <= 160,
    )
    cpu = await ours.idle_cpu_percent(10)
    row("Idle CPU", f"{cpu:.1f} % of a core")


async def pictures(folder: Path) -> None:
    """From Approve to the images in the thread, beyond what the engine itself took."""
    async with subject("drawing", folder) as bot:
        await bot.approve(9, 1)
        for count in (1, 4):
            times = [await bot.approve(number, count) for number in range(DRAWINGS)]
            beyond = statistics.median(total - engine for total, engine in times)
            engine = statistics.median(seconds for _, seconds in times)
            row(
                f"Approve to images, {count} of 1024 × 1024, beyond the engine's {engine:.2f} s",
                f"{beyond:.2f} s",
                "at most 0.6 s",
                is_met=beyond <= 0.6,
            )
        row("Memory (RSS) after drawing", str(bot.memory()))


def machine() -> str:
    """What this ran on."""
    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


async def main() -> None:
    """Measure everything and print the table."""
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    print(f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, {machine()}, `make bench`\n")
    print("| What | Measured | Target | |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text, blocks = await card_of(folder / "card")
        async with (
            subject("bare", folder / "bare", text=text, blocks=blocks) as bare,
            subject("ours", folder / "ours") as ours,
        ):
            row("Memory (RSS) after the start", str(ours.memory()))
            await answer_times(bare, ours)
            await at_rest(ours)
        await pictures(folder / "drawing")
    await upscaling.times(row)
    await sandbox.starts(row)
    await sandbox.events(row)
    await sandbox.memory(row)


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit("Stopped; nothing is left running.")
