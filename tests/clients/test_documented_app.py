"""The documentation, followed to the letter as somebody new would."""

import asyncio
import re
import shlex
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.clients.processes import ROOT, app_running, free_port, js_app

PAGE = (ROOT / "docs" / "develop-your-own-app.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8700/"
CODE = {"PYTHONPATH": str(ROOT)}


def printed(language: str) -> list[str]:
    """The page's blocks in a language, in their order."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What somebody has after copying everything from the page."""
    app, suite = printed("python")
    (tmp_path / "manifest.yml").write_text(printed("yaml")[0], encoding="utf-8")
    (tmp_path / "app.py").write_text(app, encoding="utf-8")
    (tmp_path / "app.mjs").write_text(printed("js")[0], encoding="utf-8")
    (tmp_path / "test_app.py").write_text(suite, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("language", ["python", "js"])
async def test_the_printed_app_answers_in_the_printed_sandbox(folder: Path, language: str) -> None:
    start = next(line for line in PAGE.splitlines() if "studio sandbox" in line)
    port = free_port()
    asked = [sys.executable, "-m", "bot", *shlex.split(start)[1:], "--port", str(port)]
    app: tuple[str, ...] = (sys.executable, "app.py")
    if language == "js":
        (node, _), packages = js_app()
        (folder / "node_modules").symlink_to(packages / "node_modules")
        app = (node, "app.mjs")
    async with app_running(asked, CODE, folder=folder, says="SLACK_APP_TOKEN") as said:
        exported = dict(line.removeprefix("export ").split("=", 1) for line in said[1:4])
        assert list(exported) == re.findall(r"^export (\w+)=", PAGE, re.MULTILINE)
        async with app_running(app, exported, folder=folder), aiohttp.ClientSession() as session:
            page = f"http://127.0.0.1:{port}/"
            assert await said_hello(session, page) == "Hello <@U0ANA00001>!"
            for address, body in curled():
                async with session.post(page + address, data=body) as answer:
                    assert answer.status == 200, await answer.text()


async def said_hello(session: aiohttp.ClientSession, page: str) -> str:
    """What Ana is answered once the app is there."""
    async with asyncio.timeout(20), session.ws_connect(f"{page}control/stream?user=ana") as stream:
        while (await stream.receive_json()) != {"type": "app", "connected": True}:
            continue
        said = {"user": "ana", "channel": "dm", "text": "hello"}
        await session.post(f"{page}control/say", json=said)
        while True:
            frame = await stream.receive_json()
            if frame["type"] == "message" and "bot_id" in frame["message"]:
                return str(frame["message"]["text"])


def curled() -> list[tuple[str, str]]:
    """What the page sends to the control interface: address and body."""
    lines = [shlex.split(line) for line in PAGE.splitlines() if line.startswith("curl")]
    assert all(line[1] == "-d" and line[3].startswith(ADDRESS) for line in lines)
    return [(line[3].removeprefix(ADDRESS), line[2]) for line in lines]


async def test_the_printed_tests_pass(folder: Path) -> None:
    asked = [sys.executable, "-m", "pytest", "-q", "-o", "asyncio_mode=auto", "test_app.py"]
    async with app_running(asked, CODE, folder=folder, says=" passed") as said:
        assert re.match(r"2 passed", said[-1]), said
