"""The app that the documentation prints, run as it is printed."""

import asyncio
import os
import re
import sys
from pathlib import Path

from bot.sandbox import Sandbox

PAGE = Path(__file__).parents[3] / "docs" / "sandbox.md"
PRINTED_ADDRESS = "http://127.0.0.1:8700/api/"


async def test_the_printed_app_answers(slack: Sandbox, tmp_path: Path) -> None:
    printed = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    assert PRINTED_ADDRESS in printed
    app = tmp_path / "app.py"
    app.write_text(printed.replace(PRINTED_ADDRESS, slack.api_url), encoding="utf-8")
    tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
    running = await asyncio.create_subprocess_exec(
        sys.executable, str(app), env=os.environ | tokens, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await slack.connected(timeout_seconds=20)
        ana = slack.person("ana")
        said = await ana.say("hi")
        answer = await ana.see("Hello!", thread_ts=said["ts"])
        assert answer["user"] == slack.bot_user_id
    finally:
        running.terminate()
        await running.wait()
