"""One item's work as a durable run: strictly sequential steps, each of which reads our row first.

A step returns the seconds to wait before it is done again, or 0 to go on. What a step finds done
it leaves alone, so that a run may be repeated from its start at any time.
"""

from collections.abc import Awaitable, Callable

import structlog

from bot.domain.proposals import ItemState
from bot.engine import Run, Steps
from bot.jobs.deliver import deliver
from bot.jobs.make import submit, wait
from bot.jobs.settle import settle
from bot.services import Services
from bot.tools.insert import insert
from storage import jobs

Step = Callable[[Services, str, int], Awaitable[float]]
"""Services, the item's id and how often the step was done before; seconds to wait, or 0."""

_MAKING: tuple[tuple[str, Step], ...] = (("submit", submit), ("wait", wait))
_POSTING: tuple[tuple[str, Step], ...] = (("deliver", deliver), ("insert", insert))
_ENDING: tuple[tuple[str, Step], ...] = (("settle", settle),)

SHARES: tuple[tuple[tuple[str, Step], ...], ...] = (
    (*_MAKING, *_POSTING, *_ENDING),
    (*_MAKING, *_ENDING),
    (*_POSTING, *_ENDING),
)
"""What one run does: all of it; or for an item of a batch, the making or the posting alone.

The pictures of a batch are posted together, so those that are made wait for the others. In one run
with the making they would take the places of those they wait for.
"""


def runner(services: Services) -> Run:
    """What the engine runs for a job."""

    async def run(job_id: str, steps: Steps) -> None:
        async def share() -> float:
            return await _share(services, job_id)

        with structlog.contextvars.bound_contextvars(job=job_id):
            # A step, so that a run that is taken up again remembers what it was begun for.
            chosen = SHARES[int(await steps.run("share", share))]
            for name, step in chosen:
                await _repeat(steps, name, step, services, job_id)

    return run


async def _share(services: Services, job_id: str) -> int:
    """Which of the shares of work a run that begins now has."""
    job = await services.store.read(jobs.load, job_id)
    if not job.posts_apart:
        return 0
    return 2 if job.item.state is ItemState.MADE else 1


async def _repeat(steps: Steps, name: str, step: Step, services: Services, job_id: str) -> None:
    done = 0
    while True:
        times = done

        async def once(times: int = times) -> float:
            return await step(services, job_id, times)

        pause_seconds = await steps.run(name, once)
        if pause_seconds <= 0:
            return
        await steps.sleep(pause_seconds)
        done += 1
