"""An app on plain Bolt for Python, unchanged but for the address, and what it may not do."""

import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncSay
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Refused, Sandbox

Json = dict[str, Any]
COLOURS = ["red", "green", "blue"]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def form(*, metadata: str = "") -> Json:
    """A modal with a menu that asks the app, and a text."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Order"),
        "submit": plain("Send"),
        "private_metadata": metadata,
        "notify_on_close": True,
        "blocks": [
            {
                "type": "input",
                "block_id": "colour",
                "label": plain("Colour"),
                "element": {
                    "type": "external_select",
                    "action_id": "colour",
                    "min_query_length": 2,
                    "placeholder": plain("Search"),
                },
            },
            {
                "type": "input",
                "block_id": "note",
                "label": plain("Note"),
                "optional": True,
                "element": {
                    "type": "plain_text_input",
                    "action_id": "note",
                    "initial_value": "as ever",
                },
            },
        ],
    }


class Probe:
    """A small app, and what it was told."""

    def __init__(self, slack: Sandbox) -> None:
        self.client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        self.app = AsyncApp(client=self.client)
        self.triggers: list[str] = []
        self.urls: list[str] = []
        self.submitted: list[Json] = []
        self.heard: list[Json] = []
        self._listen()

    def _listen(self) -> None:
        app, client = self.app, self.client

        @app.event("message")
        async def hear(event: Json, say: AsyncSay) -> None:
            self.heard.append(event)
            if "bot_id" in event:
                return
            open_ = {"type": "button", "action_id": "open", "text": plain("Open"), "value": "1"}
            mute = {"type": "button", "action_id": "mute", "text": plain("Mute")}
            blocks = [{"type": "actions", "elements": [open_, mute]}]
            await say(text="Press", blocks=blocks, thread_ts=event["ts"])

        @app.action("open")
        async def open_form(ack: AsyncAck, body: Json) -> None:
            await ack()
            self.triggers.append(body["trigger_id"])
            self.urls.append(body["response_url"])
            await client.views_open(trigger_id=body["trigger_id"], view=form(metadata="kept"))

        @app.action("mute")
        async def never_acknowledge(body: Json) -> None:
            self.triggers.append(body["trigger_id"])

        @app.options("colour")
        async def colours(ack: AsyncAck, payload: Json) -> None:
            found = [name for name in COLOURS if payload["value"] in name]
            await ack(options=[{"text": plain(name), "value": name} for name in found])

        @app.view("form")
        async def sent(ack: AsyncAck, view: Json, body: Json) -> None:
            self.submitted.append(view)
            if view["state"]["values"]["note"]["note"]["value"] == "bad":
                await ack(response_action="errors", errors={"note": "Not that."})
                return
            await ack()
            files = [
                {"content": f"file {number}", "filename": f"{number}.txt"} for number in range(3)
            ]
            parent = next(event for event in self.heard if "bot_id" not in event)
            await client.files_upload_v2(
                file_uploads=files, channel=parent["channel"], thread_ts=parent["ts"]
            )

        @app.event("app_home_opened")
        async def home(event: Json) -> None:
            blocks = [{"type": "section", "text": plain("Welcome home")}]
            await client.views_publish(
                user_id=event["user"], view={"type": "home", "blocks": blocks}
            )


@pytest.fixture
async def probe(slack: Sandbox) -> AsyncIterator[Probe]:
    """The small app, connected."""
    made = Probe(slack)
    handler = AsyncSocketModeHandler(made.app, slack.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await slack.connected()
    yield made
    await handler.close_async()  # type: ignore[no-untyped-call]


async def open_form(slack: Sandbox) -> Json:
    ana = slack.person("ana")
    await ana.say("hello")
    await ana.click(await ana.see("Press"), "Open")
    return await ana.modal()


async def test_from_a_message_to_three_files_and_a_home(slack: Sandbox, probe: Probe) -> None:
    ana = slack.person("ana")
    modal = await open_form(slack)
    assert modal["private_metadata"] == "kept"
    with pytest.raises(Refused, match="letters are needed"):
        await ana.suggest(modal, "colour", "g")
    assert [each["value"] for each in await ana.suggest(modal, "colour", "re")] == ["red", "green"]
    await ana.choose(modal, "colour", "green")
    wrong = await ana.submit(modal, {"note": "bad"})
    assert wrong["errors"] == {"note": "Not that."}
    done = await ana.submit(modal, {"note": "good"})
    assert done["response_action"] == "close"
    values = probe.submitted[-1]["state"]["values"]
    assert values["colour"]["colour"]["selected_option"]["value"] == "green"
    posted = await ana.see(lambda message: len(message.get("files", [])) == 3)
    assert [file["name"] for file in posted["files"]] == ["0.txt", "1.txt", "2.txt"]
    await ana.home()
    await ana.see_home("Welcome home")


async def test_what_was_there_at_first_is_part_of_the_state(slack: Sandbox, probe: Probe) -> None:
    modal = await open_form(slack)
    await slack.person("ana").choose(modal, "colour", "blue")
    await slack.person("ana").submit(modal)
    assert probe.submitted[-1]["state"]["values"]["note"]["note"]["value"] == "as ever"


async def test_a_required_field_is_not_sent_empty(slack: Sandbox, probe: Probe) -> None:
    modal = await open_form(slack)
    result = await slack.person("ana").submit(modal)
    assert result["response_action"] == "errors"
    assert list(result["errors"]) == ["colour"]
    assert probe.submitted == []


async def test_a_trigger_works_once_and_for_three_seconds(slack: Sandbox, probe: Probe) -> None:
    await open_form(slack)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await probe.client.views_open(trigger_id=probe.triggers[0], view=form())
    ana = slack.person("ana")
    with pytest.raises(Refused, match="operation_timeout"):
        await ana.click(await ana.see("Press"), "Mute")
    slack.advance(4)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await probe.client.views_open(trigger_id=probe.triggers[1], view=form())


async def test_a_stale_hash_is_a_conflict_and_the_id_stays(slack: Sandbox, probe: Probe) -> None:
    modal = await open_form(slack)
    fresh = await probe.client.views_update(view_id=modal["id"], hash=modal["hash"], view=form())
    assert fresh["view"]["id"] == modal["id"]
    assert fresh["view"]["hash"] != modal["hash"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await probe.client.views_update(view_id=modal["id"], hash=modal["hash"], view=form())


async def test_an_answer_may_be_given_five_times(slack: Sandbox, probe: Probe) -> None:
    await open_form(slack)
    async with aiohttp.ClientSession() as session:
        answers = []
        for number in range(6):
            async with session.post(probe.urls[0], json={"text": f"note {number}"}) as answer:
                answers.append(answer.status)
    assert answers[:5] == [200] * 5
    assert answers[5] >= 400
    assert len(slack.person("ana").notices()) == 5


async def test_a_notice_is_seen_by_one_person_alone(slack: Sandbox, probe: Probe) -> None:
    ana, ben = slack.person("ana"), slack.person("ben")
    await probe.client.chat_postEphemeral(channel="C0DESIGN01", user=ana.id, text="psst")
    await ana.see_notice("psst")
    assert ben.notices() == []
    assert all("psst" not in str(message) for message in ben.messages("design"))
    history = await probe.client.conversations_history(channel="C0DESIGN01")
    assert "psst" not in json.dumps(history["messages"])


async def test_an_event_that_is_not_subscribed_is_not_sent(slack: Sandbox, probe: Probe) -> None:
    ana = slack.person("ana")
    said = await ana.say("look", channel="design")
    await ana.react(said, "eyes")
    await ana.see("Press", channel="design")
    assert slack.sent("reaction_added") == []


async def test_a_mention_is_told_twice_under_two_ids(slack: Sandbox, probe: Probe) -> None:
    ana = slack.person("ana")
    await ana.say("@probe hello", channel="design")
    await ana.see("Press", channel="design")
    events = slack.sent("app_mention") + slack.sent("message.channels")[:1]
    ids = [entry.request["event_id"] for entry in events]
    assert len(set(ids)) == len(ids) == 2
    assert len({entry.request["event"]["ts"] for entry in events}) == 1


@pytest.mark.parametrize(
    ("typed", "arrives"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("@ben look", "<@U0BEN00001> look"),
        ("#design", "<#C0DESIGN01|design>"),
        ("@here", "<!here>"),
    ],
)
async def test_what_is_typed_arrives_as_slack_sends_it(
    slack: Sandbox, probe: Probe, typed: str, arrives: str
) -> None:
    await slack.person("ana").say(typed)
    await slack.person("ana").see("Press")
    assert probe.heard[0]["text"] in {arrives, arrives.replace("|design", "|")}


async def test_a_command_does_not_work_in_a_thread_or_unknown(slack: Sandbox, probe: Probe) -> None:
    ana = slack.person("ana")
    said = await ana.say("hello", channel="design")
    with pytest.raises(Refused):
        await ana.command("/probe", channel="design", thread_ts=said["ts"])
    with pytest.raises(Refused):
        await ana.command("/unknown", channel="design")


async def test_a_lost_socket_is_opened_again(slack: Sandbox, probe: Probe) -> None:
    slack.disconnect()
    with contextlib.suppress(TimeoutError):
        await slack.connected()
    await slack.person("ana").say("still there?")
    await slack.person("ana").see("Press", timeout_seconds=15)
