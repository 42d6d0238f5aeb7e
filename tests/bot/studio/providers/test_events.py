"""An order whose answer comes in events: its last one, and the limits of what is listened to."""

import gzip
import json
from collections.abc import AsyncIterator

import httpx2
import pytest

from bot.errors import BadKey, Refused, Unavailable, Unknown
from bot.studio.remote.api import Answer, Api
from bot.studio.remote.events import STREAM, last_event

HEAD = {"Content-Type": f"{STREAM}; charset=utf-8", "X-Request-Id": "req_1"}


def judge(answer: Answer) -> Refused | None:
    code = answer.at("error", "code")
    return Refused("its rules", was_billed=False) if code == "blocked" else None


async def ask(response: httpx2.Response, *, most_bytes: int = 1000) -> Answer:
    transport = httpx2.MockTransport(lambda request: response)
    async with httpx2.AsyncClient(transport=transport) as client:
        api = Api(client, "It", "https://api.example/v1", {"Authorization": "Bearer k"}, judge)
        return await last_event(
            api,
            "/images",
            last={"done"},
            silence_seconds=1,
            json={"prompt": "A mug"},
            most_bytes=most_bytes,
        )


def stream(*events: str) -> httpx2.Response:
    return httpx2.Response(200, headers=HEAD, text="".join(f"{event}\n\n" for event in events))


async def test_the_last_event_is_the_answer() -> None:
    answer = await ask(stream('data: {"type": "part"}', ": hm", 'event: done\ndata: {"a": 1}'))
    assert answer.data == {"a": 1}
    assert answer.media_type == STREAM
    assert answer.headers["x-request-id"] == "req_1"


async def test_its_type_may_stand_in_its_data() -> None:
    assert (await ask(stream('data: {"type": "done"}'))).data == {"type": "done"}


async def test_what_follows_the_last_event_is_not_waited_for() -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b"event: done\ndata: {}\n\n"
        raise AssertionError("read on")

    response = httpx2.Response(200, headers=HEAD, content=endless())
    assert (await ask(response)).data == {}


@pytest.mark.parametrize(
    "events",
    [
        ["data: " + "x" * 1001],
        [f"data: {'x' * 300}"] * 4,
        ["event: done\ndata: " + "x" * 1001],
    ],
    ids=["one event", "all together", "the last"],
)
async def test_no_more_is_listened_to_than_the_limit(events: list[str]) -> None:
    with pytest.raises(Unknown):
        await ask(stream(*events, "event: done\ndata: {}"))


async def test_an_event_that_never_ends_is_not_kept() -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b"data: "
        for _ in range(20):
            yield b"x" * 100
        raise AssertionError("read on")

    with pytest.raises(Unknown):
        await ask(httpx2.Response(200, headers=HEAD, content=endless()))


async def test_packed_events_are_not_unpacked() -> None:
    packed = gzip.compress(b"event: done\ndata: {}\n\n")
    with pytest.raises(Unknown, match="packed"):
        await ask(
            httpx2.Response(200, headers={**HEAD, "Content-Encoding": "gzip"}, content=packed)
        )


async def test_a_whole_answer_has_the_limit_too() -> None:
    with pytest.raises(Unknown):
        await ask(httpx2.Response(200, json={"data": "x" * 1000}))


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (httpx2.Response(401, json={}), BadKey),
        (httpx2.Response(429, json={}), Unavailable),
        (httpx2.Response(400, json={"error": {"code": "blocked"}}), Refused),
        (httpx2.Response(502, text="<html>"), Unknown),
        (httpx2.Response(401, headers=HEAD, text="data: {}\n\n"), BadKey),
        (stream('event: error\ndata: {"error": {"code": "blocked"}}'), Refused),
        (stream('event: error\ndata: {"code": "blocked"}'), Refused),
        (stream('data: {"error": {"code": "other"}}'), Unknown),
        (stream('data: {"error": "other"}', "event: done\ndata: {}"), Unknown),
        (stream("event: error\ndata: [1]"), Unknown),
        (stream(), Unknown),
    ],
)
async def test_what_goes_wrong_has_the_meaning_it_has_elsewhere(
    response: httpx2.Response, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await ask(response)


async def test_what_was_never_sent_may_be_tried_again() -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("no", request=request)

    async with httpx2.AsyncClient(transport=httpx2.MockTransport(refuse)) as client:
        api = Api(client, "It", "https://api.example", {}, judge)
        with pytest.raises(Unavailable):
            await last_event(api, "/", last={"done"}, silence_seconds=1)


async def test_the_order_is_sent_as_json_with_the_key() -> None:
    def look(request: httpx2.Request) -> httpx2.Response:
        assert request.headers["Authorization"] == "Bearer k"
        assert json.loads(request.content) == {"prompt": "A mug"}
        return stream("event: done\ndata: {}")

    async with httpx2.AsyncClient(transport=httpx2.MockTransport(look)) as client:
        api = Api(client, "It", "https://api.example", {"Authorization": "Bearer k"}, judge)
        await last_event(api, "/", last={"done"}, silence_seconds=1, json={"prompt": "A mug"})
