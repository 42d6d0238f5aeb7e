"""The process that enlarges: whatever happens to it, nothing is left and the next picture works."""

import asyncio
import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest
from PIL import Image

from bot.errors import BadPicture, Unavailable
from bot.studio.picture import encode_png, open_picture
from bot.studio.sketch import draw
from bot.studio.upscale.process import Upscaler

ROOT = Path(__file__).parents[3]
WORKER = "bot.studio.upscale.worker"
MUG = encode_png(draw("a mug", style="product", width_px=300, height_px=300, seed=7))
"""Nine tiles."""
TILES = 9


def workers(parent: psutil.Process | None = None) -> list[psutil.Process]:
    """The processes of a parent, this one where none is given, that are enlarging pictures."""
    return [
        child
        for child in (parent or psutil.Process()).children()
        if child.status() != psutil.STATUS_ZOMBIE and WORKER in child.cmdline()
    ]


@pytest.fixture
async def upscaler() -> AsyncIterator[Upscaler]:
    upscaler = Upscaler()
    yield upscaler
    await upscaler.close()
    assert psutil.Process().children() == [], "not even a zombie"


class At:
    """Does something once, when the first tile is done."""

    def __init__(self, act: Callable[[psutil.Process], None]) -> None:
        self._act: Callable[[psutil.Process], None] | None = act
        self.reached = asyncio.Event()

    def __call__(self, done: int, total: int) -> None:
        if self._act is not None:
            (worker,) = workers()
            self._act(worker)
            self._act = None
            self.reached.set()


async def test_a_picture_goes_in_and_comes_back_larger_while_the_loop_goes_on() -> None:
    upscaler = Upscaler()
    told: list[tuple[int, int]] = []
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.005)
            ticks += 1

    ticking = asyncio.create_task(tick())
    large = encode_png(draw("a mug", style="product", width_px=512, height_px=512, seed=7))
    made = await upscaler.upscale(large, scale=2, on_progress=lambda *each: told.append(each))
    ticking.cancel()

    assert open_picture(made.data).size == (made.width_px, made.height_px) == (1024, 1024)
    assert open_picture(made.data).info == {}
    assert told == [(done, 16) for done in range(1, 17)]
    assert made.seconds > 0
    # It takes about 1.2 s; a blocked loop would tick once or twice.
    assert ticks > 20
    # 206 MB were measured.
    assert 50e6 < made.peak_rss_bytes < 400e6
    assert psutil.Process().children() == []


async def test_four_times_is_four_times(upscaler: Upscaler) -> None:
    made = await upscaler.upscale(encode_png(Image.new("RGB", (33, 7), "teal")), scale=4)

    assert open_picture(made.data).size == (132, 28)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a PNG"),
        (MUG[:-500], "damaged"),
        (encode_png(Image.new("1", (3000, 3000))), "6,000 × 6,000"),
    ],
    ids=["nothing", "half", "large"],
)
async def test_what_cannot_be_enlarged_is_refused_in_a_sentence(
    data: bytes, says: str, upscaler: Upscaler
) -> None:
    with pytest.raises(BadPicture, match=says) as refusal:
        await upscaler.upscale(data, scale=2)
    assert refusal.value.words.endswith(".")


async def test_another_scale_is_a_mistake_of_the_caller(upscaler: Upscaler) -> None:
    with pytest.raises(ValueError, match="not 3"):
        await upscaler.upscale(MUG, scale=3)


async def test_a_killed_process_is_answered_and_the_next_picture_works(upscaler: Upscaler) -> None:
    with pytest.raises(Unavailable) as failure:
        await upscaler.upscale(MUG, scale=2, on_progress=At(lambda worker: worker.kill()))

    assert failure.value.retry_after_seconds == 1
    assert failure.value.reason.endswith(".")
    assert (await upscaler.upscale(MUG, scale=2)).width_px == 600


async def test_cancelling_ends_the_process_and_the_next_picture_works(upscaler: Upscaler) -> None:
    seen: list[psutil.Process] = []
    at = At(seen.append)
    task = asyncio.create_task(upscaler.upscale(MUG, scale=4, on_progress=at))
    await at.reached.wait()

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert not seen[0].is_running()
    assert (await upscaler.upscale(MUG, scale=2)).width_px == 600


async def test_a_process_that_says_nothing_more_is_given_up() -> None:
    upscaler = Upscaler(silence_seconds=1.5)

    with pytest.raises(Unavailable):
        await upscaler.upscale(MUG, scale=2, on_progress=At(lambda worker: worker.suspend()))

    assert psutil.Process().children() == []


async def test_more_memory_than_allowed_ends_the_process_alone() -> None:
    with pytest.raises(Unavailable):
        await Upscaler(memory_bytes=250_000_000).upscale(MUG, scale=2)


async def test_one_picture_is_enlarged_at_a_time(upscaler: Upscaler) -> None:
    at_once: list[int] = []

    async def one() -> None:
        await upscaler.upscale(MUG, scale=2, on_progress=lambda *_: at_once.append(len(workers())))

    await asyncio.gather(one(), one())

    assert at_once == [1] * 2 * TILES


async def test_closing_ends_what_runs_and_what_waits() -> None:
    upscaler = Upscaler()
    at = At(lambda worker: None)
    running = asyncio.create_task(upscaler.upscale(MUG, scale=4, on_progress=at))
    waiting = asyncio.create_task(upscaler.upscale(MUG, scale=4))
    await at.reached.wait()

    await upscaler.close()

    assert psutil.Process().children() == []
    for task in (running, waiting):
        with pytest.raises(Unavailable):
            await task
    with pytest.raises(Unavailable):
        await upscaler.upscale(MUG, scale=2)


async def test_closing_ends_what_is_just_starting() -> None:
    upscaler = Upscaler()
    starting = asyncio.create_task(upscaler.upscale(MUG, scale=2))
    await asyncio.sleep(0)  # now it waits for its process

    await upscaler.close()

    assert psutil.Process().children() == []
    with pytest.raises(Unavailable):
        await starting


async def test_the_process_gives_way_and_is_not_told_our_secrets(
    upscaler: Upscaler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    told: list[tuple[dict[str, str], int]] = []

    await upscaler.upscale(
        MUG, scale=2, on_progress=At(lambda worker: told.append((worker.environ(), worker.nice())))
    )

    ((environment, niceness),) = told
    assert "xoxb-secret" not in environment.values()
    assert niceness > os.nice(0)


async def test_it_runs_the_code_of_its_parent_wherever_that_was_started(
    upscaler: Upscaler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bot.py").write_text("raise SystemExit('not this one')")
    monkeypatch.chdir(tmp_path)

    assert (await upscaler.upscale(MUG, scale=2)).width_px == 600


PARENT = """
import asyncio, sys, psutil
from bot.studio.upscale.process import Upscaler

def say(done, total):
    if done == 1:
        print(psutil.Process().children()[0].pid, flush=True)

asyncio.run(Upscaler().upscale(sys.stdin.buffer.read(), scale=4, on_progress=say))
"""


def test_the_process_ends_when_its_parent_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as parent:
        assert parent.stdin is not None and parent.stdout is not None
        # 4 s of work, so that it is not over by itself.
        parent.stdin.write(encode_png(Image.new("RGB", (512, 512), "teal")))
        parent.stdin.close()
        watched = os.pidfd_open(int(parent.stdout.readline()))
        with contextlib.closing(select.epoll()) as poll:
            poll.register(watched, select.EPOLLIN)
            parent.send_signal(signal.SIGKILL)
            assert poll.poll(timeout=2) != [], "it still runs"
        os.close(watched)


def test_a_process_that_is_busy_for_long_ends_with_its_parent_too() -> None:
    program = (
        "import threading; from bot.studio.upscale.worker import end_with_parent;"
        "threading.Thread(target=end_with_parent, daemon=True).start();"
        "threading.Event().wait()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, cwd=ROOT) as busy:
        assert busy.stdin is not None
        busy.stdin.close()
        assert busy.wait(timeout=60) == 1


def test_importing_the_bot_loads_no_network() -> None:
    program = (
        "import sys, bot.app;"
        "print([name for name in ('ncnn', 'numpy', 'requests') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
