"""What the app is told: the envelope, and the shapes of messages, edits and files."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, acts
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.conftest import manifest

DESIGN = "C0DESIGN01"


async def test_the_envelope_names_team_app_and_installation(slack: Sandbox) -> None:
    async with Answering(slack) as app:
        await slack.person("ana").say("hello")
        outer = (await app.frame("events_api"))["payload"]
    assert outer["type"] == "event_callback"
    assert outer["team_id"] == outer["context_team_id"] == slack.team_id
    assert outer["api_app_id"] == slack.world.app.id
    assert outer["is_ext_shared_channel"] is False
    assert outer["authorizations"][0]["user_id"] == slack.bot_user_id
    event = outer["event"]
    assert event["channel_type"] == "im"
    assert event["client_msg_id"]
    assert event["blocks"][0]["type"] == "rich_text"


async def test_a_reply_names_its_thread_and_who_began_it(slack: Sandbox) -> None:
    async with Answering(slack) as app:
        ana, ben = slack.person("ana"), slack.person("ben")
        parent = await ana.say("a question", channel="design")
        await ben.say("an answer", channel="design", thread_ts=parent["ts"])
        event = (await app.frame("events_api", number=2))["payload"]["event"]
    assert event["thread_ts"] == parent["ts"]
    assert event["parent_user_id"] == ana.id


async def test_the_app_hears_itself_with_its_bot_id(slack: Sandbox, client: AsyncWebClient) -> None:
    async with Answering(slack) as app:
        posted = await client.chat_postMessage(channel=DESIGN, text="one")
        await client.chat_update(channel=DESIGN, ts=str(posted["ts"]), text="two")
        await client.chat_delete(channel=DESIGN, ts=str(posted["ts"]))
        await app.frame("events_api", number=3)
        first, second, third = app.events("message")
    assert first["bot_id"] == slack.world.workspace.install.bot_id
    assert (second["subtype"], second["message"]["text"]) == ("message_changed", "two")
    assert second["previous_message"]["text"] == "one"
    assert (third["subtype"], third["deleted_ts"]) == ("message_deleted", posted["ts"])


async def test_files_of_people_and_of_the_app_come_as_file_share(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    async with Answering(slack) as app:
        await slack.person("ana").say("see", channel="design", files=[b"some bytes"])
        await client.files_upload_v2(content="text", filename="a.txt", channel=DESIGN)
        await app.frame("events_api", number=2)
        events = app.events("message")
    assert [event["subtype"] for event in events] == ["file_share", "file_share"]
    assert all(len(event["files"]) == 1 for event in events)
    assert events[1]["bot_id"]


async def test_what_people_edit_and_delete_is_told(slack: Sandbox) -> None:
    async with Answering(slack) as app:
        ana = slack.person("ana")
        said = await ana.say("teh", channel="design")
        await ana.edit(said, "the")
        await ana.delete(said)
        await app.frame("events_api", number=3)
        subtypes = [event.get("subtype") for event in app.events("message")]
    assert subtypes == [None, "message_changed", "message_deleted"]


async def test_a_reply_also_sent_to_the_channel_stands_in_both(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    parent = await client.chat_postMessage(channel=DESIGN, text="parent")
    await client.chat_postMessage(
        channel=DESIGN, text="loud", thread_ts=str(parent["ts"]), reply_broadcast=True
    )
    await client.chat_postMessage(channel=DESIGN, text="quiet", thread_ts=str(parent["ts"]))
    history = await client.conversations_history(channel=DESIGN)
    assert [m["text"] for m in history["messages"]] == ["loud", "parent"]
    replies = await client.conversations_replies(channel=DESIGN, ts=str(parent["ts"]))
    assert [m["text"] for m in replies["messages"]] == ["parent", "loud", "quiet"]


async def test_a_mention_is_two_events_about_one_message(slack: Sandbox) -> None:
    async with Answering(slack) as app:
        bot = slack.bot_user_id
        said = await slack.person("ana").say(f"hey <@{bot}>", channel="design")
        outers = [(await app.frame("events_api", number=number))["payload"] for number in (1, 2)]
    assert {outer["event"]["type"] for outer in outers} == {"app_mention", "message"}
    assert {outer["event"]["ts"] for outer in outers} == {said["ts"]}
    assert len({outer["event_id"] for outer in outers}) == 2
    mention = next(o["event"] for o in outers if o["event"]["type"] == "app_mention")
    assert "channel_type" not in mention


async def test_files_of_a_shared_channel_come_as_stubs(slack: Sandbox) -> None:
    async with Answering(slack) as app:
        ana = slack.person("ana")
        said = await ana.say("see", channel="partners", files=[b"some bytes"])
        await ana.edit(said, "look")
        await ana.delete(said)
        await app.frame("events_api", number=3)
        posted, edited, deleted = app.events("message")
    file_id = said["files"][0]["id"]
    stub = {"id": file_id, "mode": "file_access", "file_access": "check_file_info"}
    assert posted["files"] == [stub]
    assert edited["message"]["files"] == edited["previous_message"]["files"] == [stub]
    assert deleted["previous_message"]["files"] == [stub]
    assert said["files"][0]["file_access"] == "visible"
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    assert (await client.files_info(file=file_id))["file"]["name"] == "picture.png"


async def test_a_file_shared_in_a_shared_channel_is_marked_so() -> None:
    plan = manifest()
    plan["settings"]["event_subscriptions"]["bot_events"].append("file_shared")
    async with Sandbox(plan) as slack, Answering(slack):
        for channel in ("partners", "design"):
            await slack.person("ana").say("see", channel=channel, files=[b"some bytes"])
        marks = [entry.args["is_ext_shared_channel"] for entry in slack.sent("file_shared")]
    assert marks == [True, False]


async def test_who_joins_is_told_to_an_app_that_is_there() -> None:
    plan = manifest()
    plan["settings"]["event_subscriptions"]["bot_events"].append("member_joined_channel")
    plan["oauth_config"]["scopes"]["bot"].append("groups:read")
    async with Sandbox(plan) as slack:
        cem = slack.person("cem").id
        for members, private in ((["ana"], False), (["ana"], True), (["ana", "bot"], True)):
            name = f"room-{len(members)}-{private}".lower()
            room = slack.add_channel(name, members=members, private=private)
            acts.join(slack.world, slack.world.workspace.channels[room], cem)
        (entry,) = slack.sent("member_joined_channel")
        event = entry.args["event"]
        assert (event["channel"], event["channel_type"]) == (room, "C")
        acts.join(slack.world, slack.world.workspace.channels["C0GENERAL1"], slack.bot_user_id)
        assert len(slack.sent("member_joined_channel")) == 2
