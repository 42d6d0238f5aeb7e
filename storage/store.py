"""Runs one plain function as one transaction on the storage thread; the async side awaits it."""

import asyncio
import contextlib
import fcntl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import IO, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import SetupError, StorageError

P = ParamSpec("P")
T = TypeVar("T")

BUSY_TIMEOUT_SECONDS = 0.6
"""How long a transaction waits for another one's lock; several in a row stay below Slack's 3 s."""

_INSIST_PAUSES_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 20.0)

_READER_THREADS = 2


def make_engine(url: str, *, is_durable: bool = True) -> sa.Engine:
    """An engine with WAL and foreign keys on SQLite.

    Durable: a commit waits for the disk, because an intent that a power cut takes back would be
    submitted twice. Otherwise a commit survives the process, but perhaps not the machine.
    """
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", partial(_prepare_sqlite, is_durable=is_durable))
        sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(
    connection: DBAPIConnection, _entry: ConnectionPoolEntry, *, is_durable: bool
) -> None:
    connection.isolation_level = None  # sqlite3's own switch
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT_SECONDS * 1000)}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute(f"PRAGMA synchronous = {'FULL' if is_durable else 'NORMAL'}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # A transaction that reads before it writes would otherwise fail when another wrote between.
    is_reading = connection.get_execution_options().get("is_reading", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


class Store:
    """The database. Every use is `await store.run(function, ...)` or one of its kin.

    `read` where it only reads, `note` where nobody minds if a power cut takes it, `insist` where it
    must not be forgotten.

    One thread writes, as SQLite has one writer; readers neither wait for it nor hold it up.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._swift = make_engine(engine.url.render_as_string(False), is_durable=False)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="storage")
        self._readers = ThreadPoolExecutor(_READER_THREADS, thread_name_prefix="storage-read")
        self._kept: sa.Connection | None = None
        self._lock: IO[str] | None = None

    @property
    def engine(self) -> sa.Engine:
        """For the job engine, which keeps its tables in the same database."""
        return self._engine

    async def run(
        self,
        function: Callable[Concatenate[sa.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function(transaction, ...)` and commit; roll back if it raises.

        Raises: StorageError where the database is locked, full or gone; whatever else the
            function raises.
        """
        return await asyncio.get_running_loop().run_in_executor(
            self._writer, self._transact, lambda tx: function(tx, *args, **kwargs), self._engine
        )

    async def insist(
        self,
        function: Callable[Concatenate[sa.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """`run`, again and again for a minute while the database is busy or full.

        For what has happened outside already and must not be forgotten.

        Raises: as `run`, in the end.
        """
        for pause_seconds in _INSIST_PAUSES_SECONDS:
            try:
                return await self.run(function, *args, **kwargs)
            except StorageError:
                await asyncio.sleep(pause_seconds)
        return await self.run(function, *args, **kwargs)

    async def note(
        self,
        function: Callable[Concatenate[sa.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """`run` for what costs nobody anything if a power cut takes the last moment of it.

        A request can be made again, a card drawn again; they need not wait for the disk.

        Raises: as `run`.
        """
        return await asyncio.get_running_loop().run_in_executor(
            self._writer, self._transact_swiftly, lambda tx: function(tx, *args, **kwargs)
        )

    async def read(
        self,
        function: Callable[Concatenate[sa.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a `function(transaction, ...)` that only reads, on one consistent state.

        Raises: StorageError where the database cannot be used; whatever else the function raises.
        """
        return await asyncio.get_running_loop().run_in_executor(
            self._readers,
            self._transact,
            lambda tx: function(tx, *args, **kwargs),
            self._engine.execution_options(is_reading=True),
        )

    def _transact(self, function: Callable[[sa.Connection], T], engine: sa.Engine) -> T:
        with _in_words(), engine.begin() as transaction:
            return function(transaction)

    def _transact_swiftly(self, function: Callable[[sa.Connection], T]) -> T:
        """On a connection that the writer's thread keeps: taking one costs as much as a row."""
        try:
            with _in_words():
                if self._kept is None:
                    self._kept = self._swift.connect()
                with self._kept.begin():
                    return function(self._kept)
        except BaseException:
            # Whatever state it is in, the next transaction begins on a fresh one.
            self._let_go()
            raise

    def _let_go(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    def claim(self) -> None:
        """Take this SQLite file for this process alone; held until the process ends.

        Raises: SetupError where another process has it: both would run the same jobs.
        """
        name = self._engine.url.database
        if self._engine.dialect.name != "sqlite" or not name:
            return
        lock = Path(name + ".lock").open("w")  # noqa: SIM115  # held for the process's life
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise SetupError(
                f"Another Aethera Studio already runs on {name}. Stop it first, or give this one "
                "another DATABASE_URL."
            ) from error
        self._lock = lock

    def close(self) -> None:
        """End the threads and the connections, and let the file go."""
        self._writer.submit(self._let_go)
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self._swift.dispose()
        self._engine.dispose()
        if self._lock is not None:
            self._lock.close()
            self._lock = None


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """Raise what the database cannot do now as our own error."""
    try:
        yield
    except (OperationalError, sa.exc.InterfaceError) as error:
        raise StorageError(_reason(error)) from error


def _reason(error: DBAPIError) -> str:
    text = str(error.orig)
    if "full" in text:
        return "The studio's disk is full"
    if "locked" in text:
        return "The studio's database is busy"
    return "The studio's database cannot be used"
