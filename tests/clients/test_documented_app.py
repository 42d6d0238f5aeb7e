"""The documentation, followed to the letter as somebody new would."""

import asyncio
import re
import shlex
import sys
from pathlib import Path

import aiohttp
import pytest
import yaml

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
async def test_the_printed_app_answers_over_socket_mode(folder: Path, language: str) -> None:
    app = command(folder, language)
    port = free_port()
    asked = [sys.executable, "-m", "bot", *starts()[0], "--port", str(port)]
    async with app_running(asked, CODE, folder=folder, says="SLACK_APP_TOKEN") as said:
        exported = dict(line.removeprefix("export ").split("=", 1) for line in said[1:4])
        assert list(exported) == re.findall(r"^export (\w+)=", PAGE, re.MULTILINE)
        async with app_running(app, exported, folder=folder), aiohttp.ClientSession() as session:
            page = f"http://127.0.0.1:{port}/"
            assert await said_hello(session, page) == "Hello <@U0ANA00001>!"
            for address, body in curled(without="verify_url"):
                async with session.post(page + address, data=body) as answer:
                    assert answer.status == 200, await answer.text()


@pytest.mark.parametrize("language", ["python", "js"])
async def test_the_printed_app_answers_over_http(folder: Path, language: str) -> None:
    app = command(folder, language)
    port, app_port = free_port(), str(free_port())
    for name in ("app.py", "app.mjs"):
        replace(folder / name, "3000", app_port)
    whole, changed = (yaml.safe_load(text) for text in printed("yaml"))
    (folder / "manifest.yml").write_text(yaml.safe_dump(whole | changed), encoding="utf-8")
    start = [word.replace("3000", app_port) for word in starts()[1]]
    asked = [sys.executable, "-m", "bot", *start, "--port", str(port)]
    async with app_running(asked, CODE, folder=folder, says="verify_url") as said:
        exported = dict(line.removeprefix("export ").split("=", 1) for line in said[1:4])
        assert "SLACK_SIGNING_SECRET" in exported
        running = app_running(app, exported, folder=folder, says="running")
        async with running, aiohttp.ClientSession() as session:
            page = f"http://127.0.0.1:{port}/"
            await session.post(f"{page}control/verify_url", data="{}")
            assert await said_hello(session, page) == "Hello <@U0ANA00001>!"


def starts() -> list[list[str]]:
    """The ways to start the sandbox that the page prints, without the program."""
    return [shlex.split(line)[1:] for line in PAGE.splitlines() if "/studio sandbox" in line]


def command(folder: Path, language: str) -> tuple[str, ...]:
    """How to run the printed app."""
    if language == "python":
        return (sys.executable, "app.py")
    (node, _), packages = js_app()
    (folder / "node_modules").symlink_to(packages / "node_modules")
    return (node, "app.mjs")


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


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


def curled(*, without: str) -> list[tuple[str, str]]:
    """What the page sends to the control interface: address and body."""
    lines = [shlex.split(line) for line in PAGE.splitlines() if line.startswith("curl")]
    assert all(line[1] == "-d" and line[3].startswith(ADDRESS) for line in lines)
    sent = [(line[3].removeprefix(ADDRESS), line[2]) for line in lines]
    return [(address, body) for address, body in sent if without not in address]


async def test_the_printed_tests_pass(folder: Path) -> None:
    asked = [sys.executable, "-m", "pytest", "-q", "-o", "asyncio_mode=auto", "test_app.py"]
    async with app_running(asked, CODE, folder=folder, says=" passed") as said:
        assert re.match(r"2 passed", said[-1]), said
