"""A message that grows while it is written: what is taken, what is refused, what people see."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp, AsyncSayStream
from slack_sdk.errors import SlackApiError
from slack_sdk.models.messages.chunk import (
    BlocksChunk,
    MarkdownTextChunk,
    PlanUpdateChunk,
    TaskUpdateChunk,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.conftest import manifest
from tests.bot.sandbox.refusing import refused

DESIGN = "C0DESIGN01"
Json = dict[str, Any]
Say = Callable[..., Awaitable[Json]]


def words(text: str) -> Json:
    return {"type": "markdown_text", "text": text}


def task(task_id: str = "t", status: str = "in_progress", **more: Any) -> Json:
    return {"type": "task_update", "id": task_id, "title": task_id, "status": status} | more


class Stream:
    """A stream in a thread of Ana's, and calls on it."""

    def __init__(self, slack: Sandbox, client: AsyncWebClient) -> None:
        self.slack, self.client = slack, client
        self.thread = ""
        self.ts = ""

    async def begin(self, **args: Any) -> None:
        said = await self.slack.person("ana").say("a question")
        self.thread = said["ts"]
        dm = self.slack.person("ana").dm
        begun = await self.client.chat_startStream(channel=dm, thread_ts=self.thread, **args)
        self.ts = begun["ts"]

    async def append(self, **args: Any) -> None:
        dm = self.slack.person("ana").dm
        await self.client.chat_appendStream(channel=dm, ts=self.ts, **args)

    async def stop(self, **args: Any) -> Json:
        dm = self.slack.person("ana").dm
        answer = await self.client.chat_stopStream(channel=dm, ts=self.ts, **args)
        message: Json = answer["message"]
        return message

    @property
    def shown(self) -> Json:
        ana = self.slack.person("ana")
        return next(m for m in ana.messages() if m["ts"] == self.ts)


@pytest.fixture
def stream(slack: Sandbox, client: AsyncWebClient) -> Stream:
    return Stream(slack, client)


async def test_a_message_grows_chunk_by_chunk(stream: Stream) -> None:
    await stream.begin()
    assert (stream.shown["text"], stream.shown["streaming_state"]) == ("", "in_progress")
    await stream.append(markdown_text="**hello** ")
    await stream.append(markdown_text="world")
    assert stream.shown["text"] == "**hello** world"
    assert [block["type"] for block in stream.shown["blocks"]] == ["markdown"]
    first_id = stream.shown["blocks"][0]["block_id"]
    end = {"type": "divider"}
    message = await stream.stop(markdown_text="!", blocks=[end])
    assert message["text"] == "**hello** world!"
    assert [block["type"] for block in message["blocks"]] == ["markdown", "divider"]
    assert message["blocks"][0]["block_id"] == first_id
    assert (message["streaming_state"], message["thread_ts"]) == ("completed", stream.thread)


async def test_tasks_stand_between_the_words_or_together_in_a_plan(stream: Stream) -> None:
    chunks = [words("first"), task("a"), words("then"), task("b", "pending")]
    await stream.begin(chunks=chunks)
    kinds = [block["type"] for block in stream.shown["blocks"]]
    assert kinds == ["markdown", "task_card", "markdown", "task_card"]
    await stream.begin(task_display_mode="plan", chunks=chunks)
    await stream.append(chunks=[{"type": "plan_update", "title": "How it goes"}])
    blocks = stream.shown["blocks"]
    assert [block["type"] for block in blocks] == ["markdown", "plan", "markdown"]
    assert blocks[1]["title"] == "How it goes"
    assert [one["task_id"] for one in blocks[1]["tasks"]] == ["a", "b"]


async def test_a_known_task_is_brought_up_to_date_and_its_details_grow(stream: Stream) -> None:
    source = {"type": "url", "url": "https://example.com/", "text": "Example"}
    await stream.begin(chunks=[task(details="one, ")])
    await stream.append(chunks=[task(status="complete", details="two", output="done")])
    await stream.append(chunks=[task(status="complete", title="renamed", sources=[source])])
    [card] = stream.shown["blocks"]
    assert (card["title"], card["status"], card["sources"]) == ("renamed", "complete", [source])
    assert card["details"]["elements"][0]["elements"][0]["text"] == "one, two"
    assert card["output"]["elements"][0]["elements"][0]["text"] == "done"


async def test_a_task_left_open_has_failed_at_the_end(stream: Stream) -> None:
    await stream.begin(chunks=[task("a"), task("b", "complete")])
    message = await stream.stop()
    assert [block["status"] for block in message["blocks"]] == ["error", "complete"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"recipient_user_id": None}, "missing_recipient_user_id"),
        ({"recipient_team_id": None}, "missing_recipient_team_id"),
        ({"recipient_user_id": "U0NOBODY01"}, "user_not_found"),
        ({"recipient_team_id": "T0NOBODY01"}, "team_not_found"),
        ({"thread_ts": None}, "invalid_thread_ts"),
        ({"thread_ts": "1111111111.000001"}, "invalid_thread_ts"),
        ({"channel": "C0NOWHERE1"}, "channel_not_found"),
        ({"channel": "C0GENERAL1"}, "not_in_channel"),
        ({"task_display_mode": "spread"}, "invalid_arguments"),
        ({"username": "Somebody"}, "missing_scope"),
        ({"chunks": [words("x")], "markdown_text": "x"}, "streaming_mode_mismatch"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"chunks": "x"}, "invalid_chunks"),
        ({"chunks": [{"type": "joke"}]}, "invalid_chunks"),
        ({"chunks": [{"type": "markdown_text"}]}, "invalid_chunks"),
        ({"chunks": [words("x" * 12_001)]}, "msg_too_long"),
        ({"chunks": [task(status="perhaps")]}, "invalid_chunks"),
        ({"chunks": [task(title="x" * 257)]}, "invalid_chunks"),
        ({"chunks": [task(sources=[{"type": "url"}])]}, "invalid_chunks"),
        ({"chunks": [{"type": "plan_update", "title": ""}]}, "invalid_chunks"),
        ({"chunks": [{"type": "blocks", "blocks": [{"type": "alert"}]}]}, "invalid_blocks"),
        ({"chunks": [{"type": "blocks", "blocks": {}}]}, "invalid_blocks_format"),
        ({"chunks": [words("x" * 11_000), task(), words("x" * 3000)]}, "msg_blocks_too_long"),
        ({"chunks": [task(f"t{n}") for n in range(51)]}, "msg_blocks_too_many"),
    ],
)
async def test_a_stream_that_cannot_begin_leaves_nothing(
    slack: Sandbox, client: AsyncWebClient, change: Json, expected: str
) -> None:
    said = await slack.person("ana").say("a question", channel="design")
    sound = {
        "channel": DESIGN,
        "thread_ts": said["ts"],
        "recipient_user_id": said["user"],
        "recipient_team_id": slack.team_id,
    }
    args = {name: value for name, value in (sound | change).items() if value is not None}
    assert await refused(client.api_call("chat.startStream", json=args)) == expected
    assert len(slack.person("ana").messages("design")) == 1
    await client.api_call("chat.startStream", json=sound)


async def test_a_chunk_that_is_refused_is_named_by_its_place(stream: Stream) -> None:
    await stream.begin()
    with pytest.raises(SlackApiError) as caught:
        await stream.append(chunks=[words("x"), task(status="perhaps")])
    line = "must be one of: pending, in_progress, complete, error [json-pointer:/chunks/1/status]"
    assert caught.value.response["errors"] == [line]
    assert stream.shown["text"] == ""


async def test_one_way_of_writing_is_kept(stream: Stream) -> None:
    await stream.begin(markdown_text="x")
    assert await refused(stream.append(chunks=[words("y")])) == "streaming_mode_mismatch"
    await stream.begin(chunks=[words("x")])
    assert await refused(stream.append(markdown_text="y")) == "streaming_mode_mismatch"
    assert await refused(stream.stop(markdown_text="y")) == "streaming_mode_mismatch"
    await stream.begin(task_display_mode="timeline")
    assert await refused(stream.append(markdown_text="y")) == "streaming_mode_mismatch"


async def test_only_an_open_stream_of_its_own_is_written_to(
    slack: Sandbox, client: AsyncWebClient, stream: Stream
) -> None:
    ana = slack.person("ana")
    await stream.begin()
    assert await refused(stream.append()) == "no_text"
    assert await refused(stream.stop()) == "no_text"
    call = client.chat_update(channel=ana.dm, ts=stream.ts, text="x")
    assert await refused(call) == "streaming_state_conflict"
    await stream.stop(markdown_text="the end")
    assert await refused(stream.append(markdown_text="x")) == "message_not_in_streaming_state"
    assert await refused(stream.stop()) == "message_not_in_streaming_state"
    await client.chat_update(channel=ana.dm, ts=stream.ts, text="changed")
    stream.ts = stream.thread
    assert await refused(stream.append(markdown_text="x")) == "message_not_owned_by_app"
    stream.ts = "1111111111.000001"
    assert await refused(stream.append(markdown_text="x")) == "message_not_found"


async def test_the_last_blocks_and_metadata_are_checked(stream: Stream) -> None:
    await stream.begin(markdown_text="x")
    assert await refused(stream.stop(blocks=[{"type": "bogus"}])) == "invalid_blocks"
    long = [{"type": "markdown", "text": "x" * 11_000}, *[{"type": "divider"}] * 20]
    assert await refused(stream.stop(blocks=long)) == "msg_blocks_too_long"
    assert await refused(stream.stop(metadata={"event_type": "x"})) == "invalid_metadata_format"
    assert await refused(stream.stop(session_status="active")) == "not_allowed"
    event = {"event_type": "made", "event_payload": {"id": 1}}
    assert (await stream.stop(metadata=event))["metadata"] == event


async def test_a_stream_lives_for_five_minutes(slack: Sandbox, stream: Stream) -> None:
    await stream.begin(markdown_text="x")
    slack.advance(299)
    await stream.append(markdown_text="y")
    slack.advance(2)
    assert stream.shown["streaming_state"] == "completed"
    assert await refused(stream.append(markdown_text="z")) == "message_not_in_streaming_state"


async def test_a_deleted_stream_does_not_come_back(
    slack: Sandbox, client: AsyncWebClient, stream: Stream
) -> None:
    ana = slack.person("ana")
    frames: list[Json] = []
    await stream.begin(markdown_text="x")
    slack.world.stream.watch(ana.id, frames.append)
    await client.chat_delete(channel=ana.dm, ts=stream.ts)
    slack.advance(301)
    assert [f["type"] for f in frames if f.get("ts") == stream.ts] == ["message_deleted"]
    assert all(f.get("message", {}).get("ts") != stream.ts for f in frames)


async def test_a_person_can_stop_what_an_agent_writes() -> None:
    plan = manifest()
    plan["features"]["agent_view"] = {"agent_description": "Writes"}
    plan["settings"]["event_subscriptions"]["bot_events"].append("agent_session_stopped")
    async with Sandbox(plan) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        stream, ana = Stream(slack, client), slack.person("ana")
        await stream.begin(markdown_text="x")
        key = {"channel_id": ana.dm, "thread_ts": stream.thread}
        await client.agents_sessions_setStatus(**key, status="processing")
        await ana.stop(stream.shown)
        assert await refused(stream.append(markdown_text="y")) == "stopped_by_user"
        assert await refused(stream.stop()) == "message_not_in_streaming_state"
        await client.agents_sessions_setStatus(**key, status="processing")
        for given, left in (("suspended", "suspended"), (None, "active")):
            begun = await client.chat_startStream(
                channel=ana.dm, thread_ts=stream.thread, markdown_text="x"
            )
            await client.chat_stopStream(channel=ana.dm, ts=str(begun["ts"]), session_status=given)
            sessions = slack.world.workspace.sessions
            assert sessions[(ana.dm, stream.thread)]["status"] == left
        begun = await client.chat_startStream(
            channel=ana.dm, thread_ts=stream.thread, markdown_text="x"
        )
        call = client.chat_stopStream(channel=ana.dm, ts=str(begun["ts"]), session_status="over")
        assert await refused(call) == "invalid_arguments"


async def test_the_app_hears_of_its_stream_at_its_beginning_and_its_end(
    slack: Sandbox, stream: Stream
) -> None:
    async with Answering(slack) as app:
        await stream.begin()
        for part in "abc":
            await stream.append(markdown_text=part)
        await stream.stop()
        await app.frame("events_api", number=3)
        subtypes = [event.get("subtype") for event in app.events("message")]
        texts = [entry["message"]["text"] for entry in app.events("message") if "message" in entry]
    assert subtypes == [None, None, "message_changed"]
    assert texts == ["abc"]


async def test_the_helper_of_the_sdk_streams(slack: Sandbox, client: AsyncWebClient) -> None:
    ana = slack.person("ana")
    said = await ana.say("a question", channel="design")
    stream = await client.chat_stream(
        buffer_size=5,
        channel=DESIGN,
        thread_ts=said["ts"],
        recipient_user_id=ana.id,
        recipient_team_id=slack.team_id,
        task_display_mode="plan",
    )
    await stream.append(markdown_text="abc")
    assert len(ana.messages("design")) == 1
    await stream.append(markdown_text="def")
    task_update = TaskUpdateChunk(id="t", title="Look", status="complete", details="here")
    await stream.append(chunks=[PlanUpdateChunk(title="The plan"), task_update])
    divider = BlocksChunk(blocks=[{"type": "divider"}])
    await stream.stop(chunks=[MarkdownTextChunk(text="the end"), divider])
    message = ana.messages("design")[-1]
    assert message["text"] == "abcdefthe end"
    kinds = [block["type"] for block in message["blocks"]]
    assert kinds == ["markdown", "plan", "markdown", "divider"]


async def test_bolt_streams_with_say_stream(slack: Sandbox) -> None:
    app = AsyncApp(client=AsyncWebClient(slack.bot_token, base_url=slack.api_url))

    @app.event("message")
    async def answer(event: Json, say_stream: AsyncSayStream) -> None:
        if "bot_id" not in event and "subtype" not in event:
            streamer = await say_stream(thread_ts=event["ts"])
            await streamer.append(markdown_text="Hello, ")
            await streamer.stop(markdown_text="you")

    handler = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        ana = slack.person("ana")
        await ana.say("hello")
        seen = await ana.see("Hello, you")
        assert seen["streaming_state"] == "completed"
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
