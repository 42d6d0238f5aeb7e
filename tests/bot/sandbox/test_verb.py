"""What `studio sandbox` prints for an app without Socket Mode."""

import asyncio
from pathlib import Path

import pytest
import yaml

from bot.__main__ import parser, sandbox
from bot.config import Settings
from bot.errors import SetupError
from tests.bot.sandbox.conftest import http_manifest, manifest
from tests.bot.sandbox.endpoint import Endpoint


def written(plan: dict[str, object], folder: Path) -> str:
    path = folder / "manifest.yml"
    path.write_text(yaml.safe_dump(plan), encoding="utf-8")
    return str(path)


async def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What the verb prints until it is ready."""
    arguments = parser().parse_args(["sandbox", "--port", "0", *words])
    running = asyncio.ensure_future(sandbox(arguments, Settings()))
    text = ""
    try:
        async with asyncio.timeout(10):
            while "SIGNING_SECRET" not in text:
                text += capsys.readouterr().out
                await asyncio.sleep(0)
                if running.done():
                    running.result()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    return text + capsys.readouterr().out


async def test_it_prints_the_secret_it_made(
    app: Endpoint, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(http_manifest(), tmp_path)
    text = await printed(capsys, "--manifest", path, "--request-url", app.url)
    (secret,) = [line for line in text.splitlines() if "SLACK_SIGNING_SECRET=" in line]
    assert len(secret.partition("=")[2]) == 32
    assert "SLACK_APP_TOKEN" not in text
    assert "verify_url" not in text
    assert len(app.of("url_verification")) == 1


async def test_it_says_what_to_do_while_the_address_is_not_verified(
    app: Endpoint, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app.answers_challenges = False
    path = written(http_manifest(), tmp_path)
    words = ("--manifest", path, "--request-url", app.url, "--signing-secret", "s3cret")
    text = await printed(capsys, *words)
    assert "SLACK_SIGNING_SECRET=s3cret" in text
    assert f"{app.url} is not verified" in text
    assert "/control/verify_url" in text


async def test_an_address_for_an_app_with_socket_mode_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(manifest(), tmp_path)
    with pytest.raises(SetupError, match="Socket Mode on"):
        await printed(capsys, "--manifest", path, "--request-url", "http://127.0.0.1:1/")
