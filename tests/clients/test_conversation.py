"""One conversation, held with the same app on Bolt for JavaScript and on Bolt for Python."""

import contextlib
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox import Person, Sandbox
from tests.clients.manifest import Json, lunch_manifest
from tests.clients.processes import PYTHON_APP, ROOT, app_running, free_port, js_app


@contextlib.asynccontextmanager
async def lunch(client: str, *, transport: str = "socket") -> AsyncIterator[Sandbox]:
    """A Slack with the app in it, reached over Socket Mode or at its address."""
    command, folder = js_app() if client == "js" else (PYTHON_APP, ROOT)
    manifest = lunch_manifest()
    manifest["settings"]["socket_mode_enabled"] = transport == "socket"
    port = str(free_port())
    url = f"http://127.0.0.1:{port}/slack/events" if transport == "http" else None
    async with Sandbox(manifest, rate_limits=True, request_url=url) as slack:
        environment = {"SLACK_API_URL": slack.api_url, "SLACK_BOT_TOKEN": slack.bot_token}
        if transport == "http":
            environment |= {"SLACK_SIGNING_SECRET": slack.signing_secret, "PORT": port}
        else:
            environment["SLACK_APP_TOKEN"] = slack.app_token
        async with app_running(command, environment, folder=folder, says="running") as printed:
            if transport == "http":
                assert (await slack.verify_url())["verified"]
            await slack.connected()
            yield slack
    assert not [line for line in printed if "error" in line.lower()]


@pytest.mark.parametrize("transport", ["socket", "http"])
@pytest.mark.parametrize("client", ["js", "python"])
async def test_lunch_is_ordered(client: str, transport: str) -> None:
    async with lunch(client, transport=transport) as slack:
        ana = slack.person("ana")
        await ana.say("hello there")
        card = await ana.see("what would you like?")
        papers = await order(ana, card)
        assert await contents(ana, papers) == [
            f"{name} for Leek tart\n" for name in ("receipt", "menu", "allergens")
        ]

        await ana.home()
        home = await ana.see_home("Pumpkin curry")
        assert len(home["blocks"]) == 5

        await ana.command("/lunch", "ramen")
        await ana.see_notice("Today there is ramen")

        await ana.shortcut("same_again", papers)
        repeated = await ana.see("The same again", thread_ts=card["ts"])
        assert repeated["text"] == f"The same again for <@{ana.id}>"
        assert slack.refusals == []


async def order(ana: Person, card: Json) -> Json:
    """From the button to the papers in the thread."""
    await ana.click(card, "Order")
    modal = await ana.modal()
    offered = await ana.suggest(modal, "dish", "le")
    assert [option["value"] for option in offered] == ["Lentil soup", "Leek tart"]

    answer = await ana.submit(modal, {"dish": "Leek tart", "time": "noon"})
    assert answer == {"response_action": "errors", "errors": {"time": "Write it as 12:30"}}
    assert [view["id"] for view in ana.views()] == [modal["id"]]

    answer = await ana.submit(modal, {"time": "12:30"})
    assert answer == {"response_action": "close"}
    assert ana.views() == []

    papers = await ana.see("Leek tart at 12:30", thread_ts=card["ts"])
    assert [file["title"] for file in papers["files"]] == ["receipt", "menu", "allergens"]
    return papers


async def contents(person: Person, message: Json) -> list[str]:
    """What somebody finds in a message's files."""
    found = []
    async with aiohttp.ClientSession() as session:
        for file in message["files"]:
            async with session.get(file["url_private"], params={"as": person.id}) as answer:
                found.append(await answer.text())
    return found
