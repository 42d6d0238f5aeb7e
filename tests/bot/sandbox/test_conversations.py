"""Who is in which conversation, what is opened again, and what is left of a deleted one."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.model import User
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.conftest import manifest
from tests.bot.sandbox.refusing import refused

Json = dict[str, Any]
DESIGN = "C0DESIGN01"
ANA, BEN, CEM = "U0ANA00001", "U0BEN00001", "U0CEM00001"


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    plan = manifest()
    plan["oauth_config"]["scopes"]["bot"] += [
        "channels:join",
        "groups:read",
        "im:read",
        "mpim:history",
        "mpim:read",
        "mpim:write",
    ]
    plan["settings"]["event_subscriptions"]["bot_events"] += [
        "member_joined_channel",
        "message.mpim",
    ]
    async with Sandbox(plan) as started:
        yield started


async def test_a_group_is_opened_once_for_the_same_people(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    first = await client.conversations_open(users=f"{ANA},{BEN}", return_im=True)
    assert first["channel"]["is_mpim"]
    assert first["channel"]["name"] == "mpdm-ana--ben--probe-1"
    assert "already_open" not in first
    again = await client.conversations_open(users=[BEN, ANA, BEN])
    assert (again["channel"]["id"], again["already_open"]) == (first["channel"]["id"], True)
    other = await client.conversations_open(users=f"{ANA},{CEM}")
    assert other["channel"]["id"] != first["channel"]["id"]
    named = await client.conversations_open(channel=first["channel"]["id"])
    assert named["already_open"]


async def test_what_is_said_in_a_group_is_told_and_seen_by_its_people(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    opened = await client.conversations_open(users=f"{ANA},{BEN}")
    group = opened["channel"]["id"]
    async with Answering(slack) as app:
        await client.chat_postMessage(channel=group, text="to you both")
        await slack.person("ben").say("yes?", channel=group)
        await app.frame("events_api", number=2)
        assert [event["channel_type"] for event in app.events("message")] == ["mpim", "mpim"]
    assert [m["text"] for m in slack.person("ana").messages(group)] == ["to you both", "yes?"]
    with pytest.raises(Exception, match="channel_not_found"):
        slack.person("cem").messages(group)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({}, "users_list_not_supplied"),
        ({"channel": DESIGN}, "method_not_supported_for_channel_type"),
        ({"channel": "D0NOBODY01"}, "channel_not_found"),
        ({"users": f"{ANA},U0NOBODY01"}, "user_not_found"),
        ({"users": f"{ANA},U0BOT00001"}, "invalid_user_combination"),
        ({"users": f"{ANA},U0GONE0001"}, "user_disabled"),
        ({"users": ",".join(f"U0MANY000{n}" for n in range(9))}, "too_many_users"),
        ({"users": f"{ANA},{BEN}", "prevent_creation": True}, "channel_not_found"),
    ],
)
async def test_a_conversation_that_cannot_be_is_refused(
    slack: Sandbox, client: AsyncWebClient, args: Json, code: str
) -> None:
    users = slack.world.workspace.users
    users["U0GONE0001"] = User("U0GONE0001", "gone", "Gone", deleted=True)
    for n in range(9):
        users[f"U0MANY000{n}"] = User(f"U0MANY000{n}", f"many{n}", f"Many {n}")
    assert await refused(client.api_call("conversations.open", json=args)) == code


async def test_eight_others_are_not_too_many(slack: Sandbox, client: AsyncWebClient) -> None:
    ids = [f"U0MANY000{n}" for n in range(8)]
    slack.world.workspace.users.update({i: User(i, i.lower(), i) for i in ids})
    assert (await client.conversations_open(users=ids))["ok"]


async def test_each_kind_of_conversation_needs_its_scope(client: AsyncWebClient) -> None:
    plan = manifest()
    async with Sandbox(plan) as slack:
        own = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        assert await refused(own.conversations_open(users=f"{ANA},{BEN}")) == "missing_scope"
        assert await refused(own.users_conversations(types="mpim")) == "missing_scope"


async def test_a_member_is_in_what_the_bot_may_know_of(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    shared = slack.add_channel("shared", members=["ana", "bot"], private=True)
    secret = slack.add_channel("secret", members=["ana"], private=True)
    mine = await client.users_conversations(types="public_channel,private_channel")
    assert {c["id"] for c in mine["channels"]} == {DESIGN, "C0LAUNCH01", "C0PARTNER1", shared}
    hers = await client.users_conversations(user=ANA, types="public_channel,private_channel")
    ids = {c["id"] for c in hers["channels"]}
    assert ids == {"C0GENERAL1", DESIGN, "C0LAUNCH01", "C0PARTNER1", shared}
    assert secret not in ids
    assert await refused(client.users_conversations(user="U0NOBODY01")) == "user_not_found"
    assert await refused(client.users_conversations(types="rooms")) == "invalid_types"
    assert await refused(client.users_conversations(limit=1001)) == "invalid_limit"
    assert await refused(client.users_conversations(cursor="x")) == "invalid_cursor"


async def test_joining_is_told_once(slack: Sandbox, client: AsyncWebClient) -> None:
    first = await client.conversations_join(channel="C0GENERAL1")
    assert "warning" not in first
    again = await client.conversations_join(channel="C0GENERAL1")
    assert again["warning"] == "already_in_channel"
    assert len({e.args["event_id"] for e in slack.sent("member_joined_channel")}) == 1
    dm = slack.person("ana").dm
    assert await refused(client.conversations_join(channel=dm)) == (
        "method_not_supported_for_channel_type"
    )
    slack.world.workspace.channels["C0GENERAL1"].is_archived = True
    assert await refused(client.conversations_join(channel="C0GENERAL1")) == "is_archived"


async def test_a_tombstone_stands_where_replies_hang(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana")
    async with Answering(slack) as app:
        said = await ana.say("a question", channel="design")
        reply = await client.chat_postMessage(
            channel=DESIGN, text="an answer", thread_ts=said["ts"]
        )
        await ana.delete(said)
        history = (await client.conversations_history(channel=DESIGN))["messages"]
        replies = (await client.conversations_replies(channel=DESIGN, ts=said["ts"]))["messages"]
        await client.chat_delete(channel=DESIGN, ts=str(reply["ts"]))
        await app.frame("events_api", number=5)
        told = app.events("message")
    assert [(m["subtype"], m["user"], m["hidden"]) for m in history] == [
        ("tombstone", "USLACKBOT", True)
    ]
    assert [m["text"] for m in replies] == ["This message was deleted.", "an answer"]
    assert told[2]["subtype"] == "message_changed"
    assert told[2]["message"]["subtype"] == "tombstone"
    assert told[2]["previous_message"]["text"] == "a question"
    assert [event["subtype"] for event in told[3:]] == ["message_deleted", "message_deleted"]
    assert told[4]["previous_message"]["subtype"] == "tombstone"
    assert (await client.conversations_history(channel=DESIGN))["messages"] == []


async def test_a_tombstone_is_nobodys_to_change(slack: Sandbox, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=DESIGN, text="mine")
    ts = str(posted["ts"])
    await slack.person("ana").say("a reply", channel="design", thread_ts=ts)
    await client.chat_delete(channel=DESIGN, ts=ts)
    call = client.chat_update(channel=DESIGN, ts=ts, text="back")
    assert await refused(call) == "cant_update_message"
    assert await refused(client.chat_delete(channel=DESIGN, ts=ts)) == "cant_delete_message"


async def test_an_app_sold_elsewhere_reads_fifteen_messages_a_minute() -> None:
    async with Sandbox(manifest(), rate_limits=True, commercial=True) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        ana = slack.person("ana")
        for number in range(20):
            await ana.say(f"message {number}", channel="design")
        page = await client.conversations_history(channel=DESIGN, limit=100)
        assert (len(page["messages"]), page["has_more"]) == (15, True)
        assert await refused(client.conversations_history(channel=DESIGN)) == "ratelimited"
        slack.advance(60)
        assert len((await client.conversations_history(channel=DESIGN))["messages"]) == 15
