"""One item's work as a durable run: strictly sequential steps, each of which reads our row first.

A step returns the seconds to wait before it is done again, or 0 to go on. What a step finds done
it leaves alone, so that a run may be repeated from its start at any time.
"""

from collections.abc import Awaitable, Callable

import structlog

from bot.engine import Run, Steps
from bot.jobs.deliver import deliver
from bot.jobs.make import submit, wait
from bot.jobs.settle import settle
from bot.services import Services
from bot.tools.insert import insert

Step = Callable[[Services, str, int], Awaitable[float]]
"""Services, the item's id and how often the step was done before; seconds to wait, or 0."""

STEPS: tuple[tuple[str, Step], ...] = (
    ("submit", submit),
    ("wait", wait),
    ("deliver", deliver),
    ("insert", insert),
    ("settle", settle),
)


def runner(services: Services) -> Run:
    """What the engine runs for a job."""

    async def run(job_id: str, steps: Steps) -> None:
        with structlog.contextvars.bound_contextvars(job=job_id):
            for name, step in STEPS:
                await _repeat(steps, name, step, services, job_id)

    return run


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
