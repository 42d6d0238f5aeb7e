"""A person's window begins and ends: the page's files, and the modals that stood in it."""

import re

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, acts
from bot.sandbox.model import Change
from bot.sandbox.wire import Json

MODAL: Json = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "A form"},
    "notify_on_close": True,
    "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Words"}}],
}


async def opened(slack: Sandbox, client: AsyncWebClient) -> str:
    """A modal of Ana's; returns its id."""
    trigger = slack.world.workspace.new_trigger("U0ANA00001", seconds=3)
    answer = await client.views_open(trigger_id=trigger, view=MODAL)
    return str(answer["view"]["id"])


async def test_a_modal_is_lost_with_the_window_and_the_app_is_not_told(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    view = await opened(slack, client)
    before = slack.world.journal.last
    acts.open_window(slack.world, slack.world.workspace.users["U0ANA00001"])
    assert slack.world.workspace.stack("U0ANA00001") == []
    assert slack.world.journal.last == before
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_update(view_id=view, view=MODAL)


async def test_a_second_window_leaves_the_modal_of_the_first(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    async with aiohttp.ClientSession() as session:
        first = await session.ws_connect(f"{slack.url}/control/stream?user=ana")
        assert (await first.receive_json())["type"] == "hello"
        view = await opened(slack, client)
        await session.post(f"{slack.url}/control/open_window", json={"user": "ana"})
        assert [v.id for v in slack.world.workspace.stack("U0ANA00001")] == [view]
        await first.close()


async def test_the_document_holds_its_styles_and_names_every_module(slack: Sandbox) -> None:
    async with aiohttp.ClientSession() as session, session.get(slack.url) as answer:
        text = await answer.text()
        tag = answer.headers["ETag"]
        async with session.get(slack.url, headers={"If-None-Match": tag}) as again:
            assert (again.status, await again.text()) == (304, "")
    assert '<link rel="stylesheet"' not in text
    assert ".message {" in text
    modules = re.findall(r'modulepreload" href="(/page/v-[^"]+)"', text)
    assert any(name.endswith("/main.js") for name in modules)
    async with aiohttp.ClientSession() as session:
        for name in modules:
            async with session.get(slack.url + name) as answer:
                assert answer.status == 200
                assert "immutable" in answer.headers["Cache-Control"]
        old = re.sub(r"v-[0-9a-f]+", "v-0", modules[0])
        async with session.get(slack.url + old) as answer:
            assert answer.headers["Cache-Control"] == "no-cache"
        async with session.get(f"{slack.url}/page/v-0/%2e%2e/client.py") as answer:
            assert answer.status == 404


async def test_who_watched_and_is_gone_after_a_reset_hinders_nobody(slack: Sandbox) -> None:
    world = slack.world
    eve = slack.add_person("Eve").user
    world.stream.watch(eve.id, lambda frame: None)
    world.reset()
    await slack.person("ana").say("hello", channel="design")
    file = acts.upload(world, slack.person("ana").user, name="a.txt", data=b"x")
    world.workspace.tell(Change("file_changed", world.workspace.id, file=file))


async def test_windows_of_before_and_after_a_reset_close_in_any_order(slack: Sandbox) -> None:
    world, frames = slack.world, list[Json]()
    before = world.stream.watch("U0ANA00001", frames.append, with_log=True)
    world.reset()
    after = world.stream.watch("U0BEN00001", frames.append, with_log=True)
    before()
    world.journal.add("call", "x", at=0.0)
    assert [frame["type"] for frame in frames] == ["log"]
    after()
    assert world.journal.listeners == []
