"""The one door to DBOS: durable runs of jobs go in; nobody else knows the engine.

One engine to a process, because DBOS is one to a process.
"""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import sqlalchemy as sa
from dbos import DBOS, DBOSClient
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, Pool

_WORKFLOW = "job"
_EXECUTOR = "local"
"""The embedded mode's executor id: a restart takes up what the last process left."""
_APPLICATION_VERSION = "1"
"""Pinned: with DBOS's default, a hash of the source, a new release would strand running jobs."""
_SHUTDOWN_SECONDS = 5
_LOOK_SECONDS = 0.05


class Steps(Protocol):
    """What a run may do that outlives the process."""

    async def run(self, name: str, step: Callable[[], Awaitable[float]]) -> float:
        """Do a step and remember what it returned; done again only if it was cut off."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait, across restarts."""
        ...


Run = Callable[[str, Steps], Awaitable[None]]


def lend_unixepoch() -> None:
    """Give SQLite before 3.42 the function that DBOS asks of it on Python 3.12 and later.

    DBOS fills its time columns with `unixepoch('subsec')`, which older libraries (Debian 12 has
    3.40) answer with nothing. Every connection of the process gets ours, for the columns' defaults
    are also filled by `enqueue` within our own transactions.
    """
    if sqlite3.sqlite_version_info < (3, 42) and not sa.event.contains(
        Pool, "connect", _add_unixepoch
    ):
        sa.event.listen(Pool, "connect", _add_unixepoch)


def _add_unixepoch(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.create_function("unixepoch", -1, lambda *_modifiers: time.time())


class Engine:
    """Runs jobs durably. Start it on the running event loop; jobs run on that loop."""

    def __init__(self, *, database_url: str, poll_seconds: float, concurrent_jobs: int) -> None:
        self._database_url = database_url
        self._poll_seconds = poll_seconds
        self._concurrent_jobs = concurrent_jobs
        self._client: DBOSClient | None = None
        self._queues: set[str] = set()

    async def start(
        self, run: Run, *, queues: Iterable[str], patient_queues: Iterable[str] = ()
    ) -> None:
        """Begin to run jobs, those that a former process left included.

        `patient_queues` are for jobs that mostly wait, as many at once as there are.
        """
        global _run
        _run = run
        loop = asyncio.get_running_loop()
        DBOS(
            config={
                "name": "aethera-studio",
                "system_database_url": self._database_url,
                "application_version": _APPLICATION_VERSION,
                "executor_id": _EXECUTOR,
                "log_level": "WARNING",
                "console_log_level": "WARNING",
                "scheduler_polling_interval_sec": 3600.0,
                "notification_listener_polling_interval_sec": self._poll_seconds,
            }
        )
        DBOS.launch()
        self._client = await loop.run_in_executor(
            None, lambda: DBOSClient(system_database_url=self._database_url)
        )
        for queue in patient_queues:
            await self._listen(queue, limit=None)
        for queue in queues:
            await self.listen(queue)

    async def listen(self, queue: str) -> None:
        """Work off a queue from now on; one that is worked off already stays as it is."""
        if queue not in self._queues:
            await self._listen(queue, limit=self._concurrent_jobs)

    async def _listen(self, queue: str, *, limit: int | None) -> None:
        self._queues.add(queue)
        await DBOS.register_queue_async(
            queue, worker_concurrency=limit, polling_interval_sec=self._poll_seconds
        )

    def enqueue(self, tx: sa.Connection, *, job_id: str, run: int, queue: str) -> None:
        """Enqueue a run of a job within the caller's transaction on the same database.

        The same run of the same job is enqueued once.
        """
        if self._client is None:
            raise RuntimeError("the engine has not been started")
        self._client.enqueue_in_transaction(
            tx,
            {
                "workflow_name": _WORKFLOW,
                "workflow_id": _run_id(job_id, run),
                "queue_name": queue,
                "app_version": _APPLICATION_VERSION,
            },
            job_id,
        )

    async def is_alive(self, job_id: str, run: int) -> bool:
        """Whether that run is queued or under way."""
        found = await DBOS.list_workflows_async(
            workflow_ids=[_run_id(job_id, run)],
            status=["ENQUEUED", "PENDING", "DELAYED"],
            load_input=False,
            load_output=False,
        )
        return bool(found)

    async def has_ended(self, job_id: str, run: int, *, timeout_seconds: float) -> bool:
        """Wait for a run to end; False where it is still alive after all."""
        deadline = time.monotonic() + timeout_seconds
        while await self.is_alive(job_id, run):
            if time.monotonic() >= deadline:
                return False
            await asyncio.sleep(_LOOK_SECONDS)
        return True

    async def stop(self) -> None:
        """Give jobs a few seconds to end; the next process takes up what is still under way."""
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_SHUTDOWN_SECONDS):
                    while _under_way:
                        await asyncio.wait(set(_under_way))
            # On a thread of its own: DBOS puts its own pool under the loop, and shuts it here.
            with ThreadPoolExecutor(max_workers=1) as thread:
                loop = asyncio.get_running_loop()
                await loop.run_in_executor(thread, client.destroy)
                await loop.run_in_executor(thread, DBOS.destroy)


def _run_id(job_id: str, run: int) -> str:
    return f"{job_id}.{run}"


class _DbosSteps:
    async def run(self, name: str, step: Callable[[], Awaitable[float]]) -> float:
        async def pause() -> float:
            return await step()

        return await DBOS.run_step_async({"name": name}, pause)

    async def sleep(self, seconds: float) -> None:
        await DBOS.sleep_async(seconds)


_run: Run | None = None
_under_way: set[asyncio.Task[None]] = set()


@DBOS.workflow(name=_WORKFLOW)
async def _job(job_id: str) -> None:
    if _run is None:
        raise RuntimeError("the engine has not been started")
    task = asyncio.current_task()
    assert task is not None, "DBOS runs coroutines as tasks"
    _under_way.add(task)
    try:
        await _run(job_id, _DbosSteps())
    finally:
        _under_way.discard(task)
