"""A studio in a process of its own that kills itself, with SIGKILL, at the point it is told.

Run as `python -m tests.flows.victim`; its orders are JSON in the environment variable VICTIM.
"""

import asyncio
import base64
import json
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot import asks, log
from bot.app import running
from bot.config import Settings
from bot.domain.catalog import Aspect
from bot.domain.requests import Plan, PlannedItem, ProposePlan
from bot.errors import Unknown
from bot.slack.gateway import Slack
from bot.studio.provider import Absent, Accepted, Made, Order, Picture, Provider
from storage.store import Store


class RemoteProvider(Provider):
    """A provider over HTTP that outlives the process; the test counts what it is sent."""

    name = "sketch"
    poll_seconds = 0.05

    def __init__(self, url: str, *, can_look_up: bool) -> None:
        self._url = url
        self._can_look_up = can_look_up

    async def submit(self, order: Order) -> Accepted | Made:
        answer = await self._call("submit", order)
        return _made(order, answer) if "pictures" in answer else Accepted(str(order.key))

    async def poll(self, order: Order, reference: str) -> Made | None:
        return _made(order, await self._call("poll", order))

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        if not self._can_look_up:
            raise Unknown("this provider cannot look an order up")
        answer = await self._call("look_up", order)
        return _made(order, answer) if "pictures" in answer else Absent()

    async def _call(self, what: str, order: Order) -> dict[str, Any]:
        body = {"key": order.key, "count": order.count}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self._url}/{what}", json=body) as answer,
        ):
            found: dict[str, Any] = await answer.json()
            return found


def _made(order: Order, answer: dict[str, Any]) -> Made:
    pictures = tuple(
        Picture(data=base64.b64decode(text), description="a colour", index=index)
        for index, text in enumerate(answer["pictures"], 1)
    )
    return Made(pictures=pictures, seconds=0.1)


def die() -> None:
    """End at once, as `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_at(point: str) -> None:
    """Arrange for the death: `before` or `after`, then a transaction or a call to Slack."""
    moment, name = point.split()

    def deadly(
        inner: Callable[..., Awaitable[Any]], is_it: Callable[..., bool]
    ) -> Callable[..., Awaitable[Any]]:
        async def outer(*arguments: Any, **named: Any) -> Any:
            hit = is_it(*arguments)
            if hit and moment == "before":
                die()
            result = await inner(*arguments, **named)
            if hit and moment == "after":
                die()
            return result

        return outer

    owner, method = (Slack, name) if hasattr(Slack, name) else (Store, "run")
    is_it = (lambda *_: True) if owner is Slack else (lambda _, made, *__: made.__name__ == name)
    setattr(owner, method, deadly(getattr(owner, method), is_it))


def propose_batches() -> None:
    """Have everything that is said understood as a batch of three images."""
    items = tuple(
        PlannedItem(
            title=title,
            prompt=title,
            original=title,
            model_id="sketch/compose",
            model_reason="",
            style_id="photo",
            aspect=Aspect.SQUARE,
            count=1,
        )
        for title in ("a fox", "an owl", "a hen")
    )

    def plan(*_arguments: Any, **_named: Any) -> Plan:
        return ProposePlan(items=items)

    vars(asks)["plan"] = plan


async def main() -> None:
    """Run until killed, by ourselves or by the test."""
    orders = json.loads(os.environ["VICTIM"])
    log.configure("WARNING")
    if orders["is_batch"]:
        propose_batches()
    if orders["point"]:
        kill_at(orders["point"])
    settings = Settings(
        slack_bot_token=SecretStr(orders["bot_token"]),
        slack_app_token=SecretStr(orders["app_token"]),
        slack_api_url=orders["api_url"],
        data_dir=Path(orders["folder"]),
        queue_poll_seconds=0.05,
        sweep_seconds=0.5,
    )
    provider = RemoteProvider(orders["provider"], can_look_up=orders["can_look_up"])
    async with running(settings, providers={"sketch": provider}):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
