"""A clean SVG in, its pixels as PNG out, drawn in a process that can open no file and is ended.

A drawing can make a renderer crash, hang or read files; so each is drawn in a process of its own,
which gives up the right to open anything before it looks at the drawing.
"""

import asyncio
import contextlib
import sys
import xml.etree.ElementTree as ET
from asyncio.subprocess import PIPE

from bot.errors import BadPicture
from bot.studio.processes import bare_environment
from bot.studio.vector.clean import drawing_size

MAX_LONG_SIDE_PX = 4096
TIME_SECONDS = 20.0
"""How long a drawing may take; those of the vector models take a tenth of a second."""


async def rasterise(
    svg: bytes, *, long_side_px: int = 2048, time_seconds: float = TIME_SECONDS
) -> bytes:
    """PNG bytes of what `clean_svg` gave, transparent where nothing is drawn.

    Letters that are not outlines are not drawn: no font is at hand.

    Raises: BadPicture where it cannot be drawn, or takes too long.
    """
    if not 1 <= long_side_px <= MAX_LONG_SIDE_PX:
        raise ValueError(f"drawings get 1 to {MAX_LONG_SIDE_PX} pixels, not {long_side_px}")
    width, height = await asyncio.to_thread(_size, svg)
    ratio = long_side_px / max(width, height)
    across, down = (max(round(side * ratio), 1) for side in (width, height))
    return await _drawn(svg, across, down, time_seconds=time_seconds)


def _size(svg: bytes) -> tuple[float, float]:
    try:
        return drawing_size(ET.fromstring(svg))
    except ET.ParseError as error:
        raise BadPicture("That is not an SVG drawing.") from error


async def _drawn(svg: bytes, width_px: int, height_px: int, *, time_seconds: float) -> bytes:
    size = (str(width_px), str(height_px))
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "bot.studio.vector.worker", *size),
            stdin=PIPE,
            stdout=PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=bare_environment(),
            start_new_session=True,  # Ctrl+C is ours to answer
        )
    except OSError as error:
        raise BadPicture("That drawing cannot be drawn now.") from error
    try:
        async with asyncio.timeout(time_seconds):
            data, _ = await process.communicate(svg)
    except TimeoutError as error:
        raise BadPicture("That drawing takes too long to draw.") from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode != 0:
        raise BadPicture("That drawing cannot be drawn.")
    return data
