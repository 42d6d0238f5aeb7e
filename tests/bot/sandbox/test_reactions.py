"""Reactions by the app and by people, and the emoji there are."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.api.reactions import MOST_EMOJI
from tests.bot.sandbox.conftest import manifest
from tests.bot.sandbox.refusing import refused

Json = dict[str, Any]
DESIGN = "C0DESIGN01"
NAMES = ["eyes", "tada", "heart", "fire", "rocket", "wave", "pray", "clap", "bulb", "zap", "boom"]


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    plan = manifest()
    plan["oauth_config"]["scopes"]["bot"] += ["emoji:read", "reactions:read", "reactions:write"]
    plan["settings"]["event_subscriptions"]["bot_events"].append("reaction_added")
    async with Sandbox(plan) as started:
        yield started


@pytest.mark.parametrize("name", ["eyes", "+1", "thumbsup", "flag-de", "wave::skin-tone-3"])
async def test_a_standard_emoji_is_put_and_taken_away(
    slack: Sandbox, client: AsyncWebClient, name: str
) -> None:
    said = await slack.person("ana").say("look", channel="design")
    where = {"channel": DESIGN, "timestamp": said["ts"]}
    await client.reactions_add(name=name, **where)
    answer = await client.reactions_get(**where)
    reaction = {"name": name, "users": [slack.bot_user_id], "count": 1}
    assert (answer["type"], answer["message"]["reactions"]) == ("message", [reaction])
    assert answer["message"]["permalink"].endswith(f"p{said['ts'].replace('.', '')}")
    assert await refused(client.reactions_add(name=name, **where)) == "already_reacted"
    await client.reactions_remove(name=name, **where)
    assert await refused(client.reactions_remove(name=name, **where)) == "no_reaction"


@pytest.mark.parametrize(
    "name", ["", "Eyes", "no_such_emoji", "eyes::skin-tone-3", "wave::skin-tone-9", ":eyes:"]
)
async def test_a_name_that_no_emoji_has_is_refused(
    slack: Sandbox, client: AsyncWebClient, name: str
) -> None:
    said = await slack.person("ana").say("look", channel="design")
    where = {"channel": DESIGN, "timestamp": said["ts"]}
    expected = "invalid_name" if name else "invalid_arguments"
    assert await refused(client.reactions_add(name=name, **where)) == expected
    assert await refused(client.reactions_remove(name=name, **where)) == expected


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ({}, "no_item_specified"),
        ({"channel": DESIGN}, "no_item_specified"),
        ({"channel": DESIGN, "timestamp": "yesterday"}, "bad_timestamp"),
        ({"channel": DESIGN, "timestamp": "1111111111.000001"}, "message_not_found"),
        ({"channel": "C0NOWHERE1", "timestamp": "1111111111.000001"}, "channel_not_found"),
    ],
)
async def test_a_reaction_needs_a_message(client: AsyncWebClient, where: Json, code: str) -> None:
    add, remove = {**where, "name": "eyes"}, {**where, "name": "eyes"}
    assert await refused(client.api_call("reactions.add", json=add)) == code
    assert await refused(client.api_call("reactions.remove", json=remove)) == code
    assert await refused(client.api_call("reactions.get", params=where)) == code


async def test_a_message_carries_only_so_many_emoji(slack: Sandbox, client: AsyncWebClient) -> None:
    said = await slack.person("ana").say("look", channel="design")
    names = [f"clock{hour}" for hour in range(1, 13)] + NAMES
    for name in names[:MOST_EMOJI]:
        await client.reactions_add(channel=DESIGN, timestamp=said["ts"], name=name)
    call = client.reactions_add(channel=DESIGN, timestamp=said["ts"], name="100")
    assert await refused(call) == "too_many_emoji"
    again = client.reactions_add(channel=DESIGN, timestamp=said["ts"], name=names[0])
    assert await refused(again) == "already_reacted"


async def test_an_archived_channel_takes_no_reactions(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    said = await slack.person("ana").say("look", channel="design")
    where = {"channel": DESIGN, "timestamp": said["ts"]}
    slack.world.workspace.channels[DESIGN].is_archived = True
    assert await refused(client.reactions_add(name="eyes", **where)) == "is_archived"
    assert (await client.reactions_get(**where))["message"]["text"] == "look"


async def test_a_tombstone_takes_no_reactions(slack: Sandbox, client: AsyncWebClient) -> None:
    ana = slack.person("ana")
    said = await ana.say("look", channel="design")
    await ana.say("a reply", channel="design", thread_ts=said["ts"])
    await ana.delete(said)
    call = client.reactions_add(channel=DESIGN, timestamp=said["ts"], name="eyes")
    assert await refused(call) == "not_reactable"


async def test_people_react_with_what_there_is(slack: Sandbox, client: AsyncWebClient) -> None:
    ana = slack.person("ana")
    said = await ana.say("look", channel="design")
    with pytest.raises(Exception, match="invalid_name"):
        await ana.react(said, "northwind")
    assert (await client.emoji_list())["emoji"] == {}
    slack.add_emoji("northwind")
    await ana.react(said, "northwind")
    assert "northwind" in (await client.emoji_list())["emoji"]
    told = {e.args["event_id"]: e.args["event"]["reaction"] for e in slack.sent("reaction_added")}
    assert list(told.values()) == ["northwind"]


async def test_a_file_has_its_place_among_what_is_reacted_to(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    said = await slack.person("ana").say("see", channel="design", files=[b"bytes"])
    file_id = said["files"][0]["id"]
    assert (await client.reactions_get(file=file_id))["file"]["id"] == file_id
    assert await refused(client.reactions_get(file="F0NOTHING1")) == "file_not_found"
