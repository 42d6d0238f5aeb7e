"""Slack's client for JavaScript: pages, uploads, and waiting when it is told to."""

import json

from bot.sandbox import Sandbox
from tests.clients.processes import app_running, js_app


async def test_the_client_pages_uploads_and_waits(slack: Sandbox) -> None:
    command, folder = js_app("sdk.js")
    slack.fault("chat.postMessage", retry_after=1)
    slack.fault("auth.test", retry_after=7)
    environment = {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "CHANNEL": "C0DESIGN01",
        "TEAM": slack.team_id,
        "PERSON": slack.person("ana").id,
    }
    async with app_running(command, environment, folder=folder, says='{"names"') as printed:
        got = json.loads(printed[-1])
    assert got["names"] == [user.name for user in slack.world.workspace.users.values()]
    shared, said, streamed = slack.person("ana").messages("design")
    assert [file["id"] for file in shared["files"]] == [got["file"]]
    assert (said["ts"], said["text"]) == (got["ts"], "after a while")
    assert (streamed["ts"], streamed["thread_ts"]) == (got["streamed"], got["ts"])
    assert "Soup, then a **leek** tart." in streamed["text"]
    first, second = slack.calls("chat.postMessage")
    assert first.reason == "ratelimited"
    assert second.at - first.at >= 1
    assert got["refused"] == ["slack_webapi_rate_limited_error", 7]
