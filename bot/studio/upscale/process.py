"""A picture's bytes in, a PNG two or four times as large out, made in a process of its own.

One process for each picture, one at a time: it takes a quarter of a second to start, holds no
memory while nothing is enlarged, and whatever happens to it, the next one is fresh.
"""

import asyncio
import contextlib
import json
import os
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import structlog

from bot.domain.base import Value
from bot.errors import BadPicture, Unavailable
from bot.studio.picture import MAX_BYTES
from bot.studio.processes import bare_environment
from bot.studio.upscale.limits import MAX_MEMORY_BYTES, SCALES

SILENCE_SECONDS = 120.0
"""How long the process may say nothing before it is taken for stuck: alone on the machine, a tile
takes 0.05 s and packing the largest picture 3 s."""
MAX_THREADS = 4
"""The most that the network works on where the number is not given."""
_RETRY_SECONDS = 1.0

_log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class Upscaled:
    """An enlarged picture."""

    data: bytes
    """PNG without metadata, in sRGB."""
    width_px: int
    height_px: int
    seconds: float
    """From the start of its process, without the time in line."""
    peak_rss_bytes: int
    """The most memory that its process held."""


class _Report(Value):
    """One line of the process, with the fields of one of its kinds."""

    done: int = 0
    total: int = 0
    refused: str = ""
    size_bytes: int = 0
    width_px: int = 0
    height_px: int = 0
    peak_rss_bytes: int = 0


class _Broken(Exception):
    """The process died, fell silent or talked nonsense."""


class Upscaler:
    """Enlarges pictures, one at a time, on so many threads of a process with low priority."""

    def __init__(
        self,
        *,
        threads: int | None = None,
        silence_seconds: float = SILENCE_SECONDS,
        memory_bytes: int = MAX_MEMORY_BYTES,
    ) -> None:
        self._threads = threads or min(MAX_THREADS, os.cpu_count() or 1)
        self._silence_seconds = silence_seconds
        self._memory_bytes = memory_bytes
        self._turn = asyncio.Semaphore(1)
        self._running: set[Process] = set()
        self._is_closed = False

    async def upscale(
        self,
        data: bytes,
        *,
        scale: int,
        on_progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> Upscaled:
        """A PNG, JPEG or WebP picture with `scale` (2 or 4) times the width and height.

        `on_progress` is told the tiles done and the tiles in all, from the event loop. Cancelled,
        it ends the process.

        Raises: BadPicture where it is no picture, or gets too large; Unavailable where the
        process did not come to its end, or after `close`.
        """
        if scale not in SCALES:
            raise ValueError(f"pictures are enlarged {SCALES} times, not {scale}")
        async with self._turn:
            started = time.monotonic()
            try:
                async with self._process() as process:
                    report, made = await self._converse(
                        process, data, scale=scale, on_progress=on_progress
                    )
            except _Broken as error:
                reason = "The upscaler stopped before it was done."
                raise Unavailable(reason, retry_after_seconds=_RETRY_SECONDS) from error
        return Upscaled(
            data=made,
            width_px=report.width_px,
            height_px=report.height_px,
            seconds=time.monotonic() - started,
            peak_rss_bytes=report.peak_rss_bytes,
        )

    async def close(self) -> None:
        """End what is running and start nothing more; who waits for a picture gets Unavailable."""
        self._is_closed = True
        for process in self._running:
            _kill(process)
        async with self._turn:
            pass  # whoever had the turn has seen the process end

    @contextlib.asynccontextmanager
    async def _process(self) -> AsyncIterator[Process]:
        """A process for one picture, which does not outlive the block."""
        if self._is_closed:
            raise _Broken("closed")
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "bot.studio.upscale.worker"),
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                limit=2**20,
                env=_environment(),
                start_new_session=True,  # Ctrl+C is ours to answer
            )
        except OSError as error:
            raise _Broken(str(error)) from error
        self._running.add(process)
        if self._is_closed:  # while it was starting
            _kill(process)
        try:
            yield process
        except _Broken as error:
            said = await _end(process)
            _log.warning(
                "upscaler_broke", reason=str(error), status=process.returncode, said=said[-2000:]
            )
            raise
        finally:
            await _end(process)
            self._running.discard(process)

    async def _converse(
        self,
        process: Process,
        data: bytes,
        *,
        scale: int,
        on_progress: Callable[[int, int], None],
    ) -> tuple[_Report, bytes]:
        """Hand the picture over, and listen until it comes back."""
        assert process.stdin is not None and process.stdout is not None, "both are pipes"
        order = {
            "scale": scale,
            "threads": self._threads,
            "memory_bytes": self._memory_bytes,
            "size_bytes": len(data),
        }
        try:
            async with asyncio.timeout(self._silence_seconds):
                process.stdin.write(json.dumps(order).encode() + b"\n")
                process.stdin.write(data)
                await process.stdin.drain()
            while True:
                async with asyncio.timeout(self._silence_seconds):
                    line = await process.stdout.readline()
                if not line:
                    raise _Broken("it ended in the middle")
                report = _Report.model_validate_json(line)
                if report.refused:
                    raise BadPicture(report.refused)
                if report.size_bytes > MAX_BYTES:
                    raise _Broken(f"it would send {report.size_bytes} bytes")
                if report.size_bytes:
                    async with asyncio.timeout(self._silence_seconds):
                        return report, await process.stdout.readexactly(report.size_bytes)
                on_progress(report.done, report.total)
        except TimeoutError as error:
            raise _Broken(f"it said nothing for {self._silence_seconds:g} s") from error
        except (ConnectionError, EOFError) as error:
            raise _Broken("it ended in the middle") from error
        except ValueError as error:  # of JSON, of pydantic, and of a line without an end
            raise _Broken("it talked nonsense") from error


def _environment() -> dict[str, str]:
    return bare_environment() | {
        # Threads that wait by spinning were measured four times as slow on a busy machine.
        "OMP_WAIT_POLICY": "passive",
        # numpy's own threads would do nothing here and take addresses of memory.
        "OPENBLAS_NUM_THREADS": "1",
    }


def _kill(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()


async def _end(process: Process) -> str:
    """Kill a process if it still runs, read what is left in its pipes; what it said of errors."""
    _kill(process)
    if process.stdin is not None:
        process.stdin.close()
    _, said = await process.communicate()
    return said.decode(errors="replace")
