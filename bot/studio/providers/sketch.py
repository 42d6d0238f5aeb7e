"""The local engine as a provider: an order in, pictures composed or edited on two threads out."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

from bot.errors import BadPicture, Refused
from bot.studio.check import MAX_SEED
from bot.studio.picture import encode_png, open_picture
from bot.studio.provider import Absent, Accepted, Made, Order, Picture, Provider
from bot.studio.retouch import retouch
from bot.studio.sketch import describe, draw

MAX_AT_ONCE = 2
"""Pictures drawn at the same time: drawing is work for a core, not waiting."""
ONE_OUTCOME = "There is only one way to do this edit, so further images would be the same."


class SketchProvider(Provider):
    """Composes and edits pictures without a model; no key, no network, no queue of its own."""

    name = "sketch"
    poll_seconds = 1.0

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(MAX_AT_ONCE, thread_name_prefix="sketch")

    async def submit(self, order: Order) -> Made:
        """Draw the pictures, or edit the first source; the same order gives the same bytes.

        Raises: Refused for an edit that changing pixels cannot do, and for upscaling.
        """
        if order.scale is not None:
            raise Refused("The local engine does not upscale.", was_billed=False)
        loop = asyncio.get_running_loop()
        started = time.monotonic()
        make = _edited if order.sources else _drawn
        making = [
            loop.run_in_executor(self._threads, make, order, index)
            for index in range(1, order.count + 1)
        ]
        pictures = _distinct(await asyncio.gather(*making))
        return Made(
            pictures=pictures,
            seconds=time.monotonic() - started,
            shortfall=ONE_OUTCOME if len(pictures) < order.count else "",
        )

    async def poll(self, order: Order, reference: str) -> None:
        """Nothing: an order is drawn when it is submitted, so there is never one to wait for."""

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """Always absent: what a process was drawing ended with the process."""
        return Absent()


def _drawn(order: Order, index: int) -> Picture:
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


def _edited(order: Order, index: int) -> Picture:
    """The plain edit first, whatever the order's seed: an edit is asked for, not a throw of dice.

    Raises: Refused.
    """
    try:
        source = open_picture(order.sources[0].data)
    except BadPicture as error:
        raise Refused(error.words, was_billed=False) from error
    result = retouch(source, order.prompt, seed=index - 1)
    return Picture(data=encode_png(result.image), description=result.description, index=index)


def _distinct(pictures: list[Picture]) -> tuple[Picture, ...]:
    """The pictures without those that are the same as one before: nobody pays for a copy."""
    seen: set[bytes] = set()
    distinct = []
    for picture in pictures:
        if picture.data not in seen:
            distinct.append(picture)
        seen.add(picture.data)
    return tuple(distinct)
