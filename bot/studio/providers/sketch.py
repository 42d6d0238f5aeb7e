"""The local engine as a provider: an order in, pictures composed on two threads out."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

from bot.studio.check import MAX_SEED
from bot.studio.picture import encode_png
from bot.studio.provider import Absent, Accepted, Made, Order, Picture, Provider
from bot.studio.sketch import describe, draw

MAX_AT_ONCE = 2
"""Pictures drawn at the same time: drawing is work for a core, not waiting."""


class SketchProvider(Provider):
    """Composes pictures without a model; needs no key, no network, and has no queue of its own."""

    name = "sketch"
    poll_seconds = 1.0

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(MAX_AT_ONCE, thread_name_prefix="sketch")

    async def submit(self, order: Order) -> Made:
        """Draw the pictures; the same order gives the same bytes."""
        loop = asyncio.get_running_loop()
        started = time.monotonic()
        drawings = [
            loop.run_in_executor(self._threads, _picture, order, index)
            for index in range(1, order.count + 1)
        ]
        pictures = await asyncio.gather(*drawings)
        return Made(pictures=tuple(pictures), seconds=time.monotonic() - started)

    async def poll(self, order: Order, reference: str) -> None:
        """Nothing: an order is drawn when it is submitted, so there is never one to wait for."""

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """Always absent: what a process was drawing ended with the process."""
        return Absent()


def _picture(order: Order, index: int) -> Picture:
    # The title names the image in lists; what is set in type is what the prompt has in quotes.
    image = draw(
        order.prompt,
        style=order.style.id,
        width_px=order.size.width_px,
        height_px=order.size.height_px,
        seed=((order.seed or 0) + index - 1) % (MAX_SEED + 1),
    )
    return Picture(
        data=encode_png(image),
        description=describe(order.prompt, style=order.style.id),
        index=index,
    )
