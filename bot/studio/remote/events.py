"""A call whose answer comes as a stream of events in, the event that ends it out.

A provider that takes a minute is heard from meanwhile, so no box on the way cuts a silent
connection. Money hangs on the same distinction as in `api`: once a stream has begun, the order was
taken, and whatever keeps its last event from us leaves it Unknown.

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html (2026-11)
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import httpx2

from bot.errors import ProviderError, Refused, Unknown
from bot.studio.remote.api import MAX_ANSWER_BYTES, Answer, Api, Upload, headers_of, plain

STREAM = "text/event-stream"
"""The media type of an answer in events."""

_HEADERS = {"Accept": f"{STREAM}, application/json"}


async def last_event(
    api: Api,
    path: str,
    *,
    last: Collection[str],
    silence_seconds: float,
    json: Any = None,
    form: Mapping[str, str] | None = None,
    files: Sequence[Upload] = (),
    most_bytes: int = MAX_ANSWER_BYTES,
) -> Answer:
    """Order by a POST, and give back the event whose type is one of `last` as the answer's body.

    A server that does not stream answers whole; its answer is given back as it is, and its media
    type tells the two apart.

    Raises: as `Api.call` for an order. An error event is Refused where the provider's own code says
        so, else Unknown, as is a stream that breaks, ends without its last event, or never ends.
    """
    async with api.begun(
        "POST",
        path,
        is_order=True,
        silence_seconds=silence_seconds,
        json=json,
        form=form,
        files=files,
        headers=_HEADERS,
    ) as response:
        answer = Answer(response.status_code, headers_of(response), b"")
        if answer.status != 200 or answer.media_type != STREAM:
            return await api.whole(response, is_order=True, most_bytes=most_bytes)
        return await _last(api, answer, response, last=last, most_bytes=most_bytes)


async def _last(
    api: Api,
    answer: Answer,
    response: httpx2.Response,
    *,
    last: Collection[str],
    most_bytes: int,
) -> Answer:
    if answer.headers.get("content-encoding", "identity") != "identity":
        # Unpacked by the chunk, a few kilobytes can be gigabytes before anybody counts them.
        raise Unknown(f"{api.title} sent its events packed.")
    taken = 0
    async for event in httpx2.EventSource(response, max_event_size=most_bytes):
        taken += len(event.data)
        if taken > most_bytes:
            raise Unknown(f"It sent more than {most_bytes // 1_000_000} MB.")
        found = Answer(answer.status, answer.headers, event.data.encode())
        kind = found.at("type") or event.event
        if kind == "error" or found.at("error"):
            raise _error(api, found)
        if kind in last:
            return found
    raise Unknown(f"{api.title} stopped before the picture was done.")


def _error(api: Api, found: Answer) -> ProviderError:
    """A refusal is final; of all else nobody knows what was made by then."""
    nested = found.at("error")
    body = found.body if isinstance(nested, dict) else json.dumps({"error": found.data}).encode()
    judged = api.judge(Answer(found.status, found.headers, body))
    if isinstance(judged, Refused):
        return judged
    words = plain(found.at("error", "message")) or plain(found.at("message"))
    return Unknown(f"{api.title} stopped: {words}" if words else f"{api.title} stopped.")
