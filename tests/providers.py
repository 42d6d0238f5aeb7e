"""A provider for tests that does at once, or fails, as it is told."""

import asyncio
import io
from collections.abc import Callable, Sequence
from typing import TypeAlias

from PIL import Image

from bot.studio.provider import Absent, Accepted, Made, Order, Picture, Provider

Answer: TypeAlias = Made | Accepted | Absent | Exception
Script: TypeAlias = Callable[[Order], Answer]


def made(order: Order, *, missing: int = 0, shortfall: str = "") -> Made:
    """All the pictures of an order but the last `missing` ones, each in a colour of its own."""
    count = order.count - missing
    return Made(
        pictures=tuple(picture(index) for index in range(1, count + 1)),
        seconds=0.1,
        shortfall=shortfall,
    )


def picture(index: int, *, width_px: int = 64, height_px: int = 64) -> Picture:
    """A plain picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (width_px, height_px), (40 * index, 90, 120)).save(buffer, "PNG")
    return Picture(data=buffer.getvalue(), description="a plain colour", index=index)


class FakeProvider(Provider):
    """Answers each submission as the next step of its script says; at the end, with pictures."""

    def __init__(
        self,
        *script: Script | Answer,
        polls: Sequence[Script | Answer | None] = (),
        look_up: Script | Answer | None = None,
        name: str = "sketch",
        can_cancel: bool = False,
    ) -> None:
        self._name = name
        self._script = list(script)
        self.polls = list(polls)
        self._look_up = look_up
        self.can_cancel = can_cancel
        self.cancelled: list[str] = []
        self.orders: list[Order] = []
        self.looked_up: list[str] = []
        self.asked = asyncio.Event()
        self.looked = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()
        """Cleared by a test that wants submissions to hang."""
        self.look_up_gate = asyncio.Event()
        self.look_up_gate.set()
        """Cleared by a test that wants look-ups to hang."""

    @property
    def name(self) -> str:
        return self._name

    @property
    def poll_seconds(self) -> float:
        return 0.02

    async def submit(self, order: Order) -> Accepted | Made:
        self.orders.append(order)
        self.asked.set()
        await self.gate.wait()
        answer = _said(self._script.pop(0) if self._script else made, order)
        assert isinstance(answer, Accepted | Made)
        return answer

    async def poll(self, order: Order, reference: str) -> Made | None:
        step = self.polls.pop(0) if self.polls else made
        if step is None:
            return None
        answer = _said(step, order)
        assert isinstance(answer, Made)
        return answer

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        self.looked_up.append(order.key)
        self.looked.set()
        await self.look_up_gate.wait()
        answer = _said(self._look_up if self._look_up is not None else Absent(), order)
        assert isinstance(answer, Accepted | Made | Absent)
        return answer

    async def cancel(self, order: Order, reference: str) -> bool:
        self.cancelled.append(reference)
        return self.can_cancel


def _said(step: Script | Answer, order: Order) -> Answer:
    answer = step(order) if callable(step) and not isinstance(step, Exception) else step
    if isinstance(answer, Exception):
        raise answer
    return answer
