"""What slack_sdk does above single calls: uploads, retries and pages."""

import asyncio
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox

POST = "chat.postMessage"
PICTURE = b"\x89PNG\r\n\x1a\n and no more"


def in_files(message: dict[str, Any]) -> list[str]:
    return [file["name"] for file in message.get("files", ())]


async def test_one_file_is_uploaded_into_a_thread(slack: Sandbox, plain_client: WebClient) -> None:
    ana = slack.person("ana")
    said = await ana.say("A picture, please")
    answer = await asyncio.to_thread(
        plain_client.files_upload_v2,
        channel=ana.dm,
        thread_ts=said["ts"],
        content=PICTURE,
        filename="leek.png",
        title="Leek",
        alt_txt="A leek",
        initial_comment="There",
    )
    message = await ana.see("There", thread_ts=said["ts"])
    assert [file["id"] for file in message["files"]] == [answer["file"]["id"]]
    assert (message["files"][0]["title"], message["files"][0]["alt_txt"]) == ("Leek", "A leek")


async def test_several_files_are_one_message_in_each_channel(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana")
    names = ["one.txt", "two.txt", "three.txt"]
    await client.files_upload_v2(
        channels=["C0DESIGN01", "C0LAUNCH01"],
        file_uploads=[{"filename": name, "content": f"this is {name}"} for name in names],
        initial_comment="Three",
    )
    for channel in ("design", "launch"):
        assert in_files(await ana.see("Three", channel=channel)) == names


async def test_an_upload_whose_bytes_are_refused_is_said(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    slack.fault("upload", status=500)
    with pytest.raises(Exception, match="Failed to upload a file"):
        await client.files_upload_v2(channel="C0DESIGN01", content="x", filename="x.txt")


async def test_a_client_without_a_handler_is_told_to_wait(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    slack.fault(POST, retry_after=7)
    with pytest.raises(SlackApiError) as told:
        await client.chat_postMessage(channel="C0DESIGN01", text="now")
    assert told.value.response.status_code == 429
    assert told.value.response["error"] == "ratelimited"
    assert told.value.response.headers["Retry-After"] == "7"


async def test_the_handler_waits_as_long_as_it_is_told(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    """Six messages at once into a channel: the sixth comes a second later, and none is lost."""
    slack.rate_limits(True)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=3))
    posts = [client.chat_postMessage(channel="C0DESIGN01", text=f"{n}") for n in range(6)]
    await asyncio.gather(*posts)
    assert len(slack.person("ana").messages("design")) == 6
    refused = [call for call in slack.calls(POST) if not call.ok]
    assert {call.reason for call in refused} == {"ratelimited"}
    assert slack.calls(POST)[-1].at - refused[0].at >= 1


async def test_the_blocking_handler_waits_too(slack: Sandbox, plain_client: WebClient) -> None:
    slack.fault(POST, retry_after=1)
    plain_client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    await asyncio.to_thread(plain_client.chat_postMessage, channel="C0DESIGN01", text="now")
    first, second = slack.calls(POST)
    assert (first.ok, second.ok) == (False, True)
    assert second.at - first.at >= 1


async def test_a_broken_connection_is_tried_again(
    slack: Sandbox, client: AsyncWebClient, plain_client: WebClient
) -> None:
    """Both clients bring a handler for that; what was lost is only the first try."""
    slack.fault(POST, reset=True)
    await client.chat_postMessage(channel="C0DESIGN01", text="over asyncio")
    slack.fault(POST, reset=True)
    await asyncio.to_thread(plain_client.chat_postMessage, channel="C0DESIGN01", text="blocking")
    texts = [message["text"] for message in slack.person("ana").messages("design")]
    assert texts == ["over asyncio", "blocking"]
    assert [call.reason for call in slack.calls(POST)] == ["connection_lost", ""] * 2


async def test_a_lost_answer_makes_the_client_say_it_twice(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    """As in Slack: posting has no key by which a second try would be known."""
    slack.fault(POST, lost_answer=True)
    await client.chat_postMessage(channel="C0DESIGN01", text="once?")
    assert len(slack.person("ana").messages("design")) == 2


async def test_a_stream_grows_before_the_reader(slack: Sandbox, plain_client: WebClient) -> None:
    ana = slack.person("ana")
    said = await ana.say("What is there?")
    stream = plain_client.chat_stream(channel=ana.dm, thread_ts=said["ts"], buffer_size=8)
    await asyncio.to_thread(stream.append, markdown_text="Soup, then")
    begun = await ana.see("Soup", thread_ts=said["ts"])
    await asyncio.to_thread(stream.append, markdown_text=" a tart.")
    await asyncio.to_thread(stream.stop)
    assert "Soup, then a tart." in ana.refresh(begun)["text"]


async def test_pages_are_walked_through(
    slack: Sandbox, client: AsyncWebClient, plain_client: WebClient
) -> None:
    def blocking() -> list[str]:
        pages = plain_client.users_list(limit=1)
        return [member["name"] for page in pages for member in page["members"]]

    everyone = await client.users_list()
    assert await asyncio.to_thread(blocking) == [user["name"] for user in everyone["members"]]
    found = []
    async for page in await client.conversations_list(limit=2, types="public_channel,im"):
        found += [channel["id"] for channel in page["channels"]]
    whole = await client.conversations_list(types="public_channel,im")
    assert found == [channel["id"] for channel in whole["channels"]]
    assert len(found) > 4
