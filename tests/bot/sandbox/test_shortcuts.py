"""Shortcuts, from anywhere and on a message, and what may be answered to them."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Refused, Sandbox
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.conftest import manifest
from tests.bot.sandbox.test_files import PNG


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    """A Slack whose app has a shortcut of each kind."""
    plan = manifest()
    plan["features"]["shortcuts"] = [
        {"type": kind, "name": kind, "callback_id": f"from-{kind}", "description": "Try"}
        for kind in ("global", "message")
    ]
    async with Sandbox(plan) as started:
        yield started


async def answered(url: str, body: dict[str, Any]) -> tuple[int, str]:
    """How an answer to a response URL is taken."""
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
        return answer.status, await answer.text()


async def test_a_global_shortcut_has_a_trigger_and_nothing_to_answer_to(slack: Sandbox) -> None:
    async with Answering(slack) as app:
        await slack.person("ana").shortcut("from-global")
        payload = app.payloads[-1]
    assert (payload["type"], payload["callback_id"]) == ("shortcut", "from-global")
    assert payload["trigger_id"]
    assert "response_url" not in payload
    assert "channel" not in payload


async def test_a_message_shortcut_names_its_message(slack: Sandbox) -> None:
    async with Answering(slack) as app:
        said = await slack.person("ben").say("look at this", channel="design")
        await slack.person("ana").shortcut("from-message", said)
        payload = app.payloads[-1]
        assert payload["type"] == "message_action"
        assert payload["message"]["text"] == "look at this"
        assert payload["message_ts"] == said["ts"]
        url = payload["response_url"]
    for change in ({"replace_original": True, "text": "x"}, {"delete_original": True}):
        status, text = await answered(url, change)
        assert status == 400
        assert "cant_update_message" in text
    assert await answered(url, {"text": "noted"}) == (200, "ok")
    assert [notice["text"] for notice in slack.person("ana").notices()] == ["noted"]


async def test_a_message_shortcut_brings_the_files_of_its_message(slack: Sandbox) -> None:
    ana, cem = slack.person("ana"), slack.person("cem")
    async with Answering(slack) as app:
        said = await ana.say("two", channel="design", files=[PNG, PNG])
        await ana.shortcut("from-message", said)
        payload = app.payloads[-1]
        files = payload["message"]["files"]
        assert [file["id"] for file in files] == [file["id"] for file in said["files"]]
        assert files[0]["mimetype"] == "image/png"
        assert files[0]["url_private"].startswith(slack.url)
        assert payload["channel"]["id"] == said["channel"]
        reply = await ana.say("below", channel="design", thread_ts=said["ts"], files=[PNG])
        await ana.shortcut("from-message", reply)
        assert app.payloads[-1]["message"]["thread_ts"] == said["ts"]
        before = len(app.payloads)
        with pytest.raises(Refused):
            await cem.shortcut("from-message", said)
        assert len(app.payloads) == before


async def test_each_shortcut_works_from_its_own_place(slack: Sandbox) -> None:
    async with Answering(slack):
        ana = slack.person("ana")
        said = await ana.say("hello", channel="design")
        with pytest.raises(Refused, match="unknown_shortcut"):
            await ana.shortcut("from-message")
        with pytest.raises(Refused, match="unknown_shortcut"):
            await ana.shortcut("from-global", said)
