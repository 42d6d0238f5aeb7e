"""Starting the apps: each in a process of its own, told everything by its environment."""

import asyncio
import contextlib
import fcntl
import hashlib
import os
import random
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import playwright
import pytest

ROOT = Path(__file__).parents[2]
JS = Path(__file__).parent / "js"
BUILD = ROOT / "build" / "clients"
PYTHON_APP = (sys.executable, "-m", "tests.clients.python_app")


OLDEST_NODE = 20


def node() -> str:
    """The machine's node, or the one that Playwright brings where it is absent or too old."""
    found = shutil.which("node")
    if found is not None:
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True)
        if int(said.stdout.lstrip("v").partition(".")[0]) >= OLDEST_NODE:
            return found
    return str(Path(playwright.__file__).parent / "driver" / "node")


def js_app(name: str = "app.js") -> tuple[Sequence[str], Path]:
    """How to run an app in JavaScript: the command, and the folder with its packages in it.

    Skips the test where there is no npm or no network; in CI it fails instead.
    """
    if shutil.which("npm") is None:
        _cannot("npm is not installed: the app in JavaScript cannot run here")
    locked = b"".join((JS / name).read_bytes() for name in ("package.json", "package-lock.json"))
    folder = BUILD / hashlib.sha256(locked).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the suite's workers install once between them
        for path in JS.iterdir():
            if path.is_file():
                shutil.copy(path, folder / path.name)
        ready = folder / "ready"
        if not ready.exists():
            command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode:
                _cannot(f"npm could not install the JavaScript app: {done.stderr[-500:]}")
            ready.touch()
    return (node(), name), folder


def _cannot(words: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


def free_port() -> int:
    """A port that nothing listens on, below those that the system hands out by itself."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextlib.asynccontextmanager
async def app_running(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    folder: Path = ROOT,
    says: str | None = None,
) -> AsyncIterator[list[str]]:
    """The app, once it has printed a line with `says`, if any; yields what it prints.

    Raises: RuntimeError with its output when it ends before that.
    """
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    running = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=bare | {"PYTHONUNBUFFERED": "1"} | dict(environment),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert running.stdout is not None
    printed: list[str] = []
    started = asyncio.Event()

    async def read(lines: asyncio.StreamReader) -> None:
        async for line in lines:
            printed.append(line.decode(errors="replace").rstrip())
            if says is not None and says in printed[-1]:
                started.set()

    reading = asyncio.ensure_future(read(running.stdout))
    reading.add_done_callback(lambda _: started.set())
    try:
        if says is not None:
            async with asyncio.timeout(30):
                await started.wait()
            if not any(says in line for line in printed):
                raise RuntimeError("the app ended: " + "\n".join(printed))
        yield printed
    finally:
        with contextlib.suppress(ProcessLookupError):
            running.kill()
        await running.wait()
        await reading
