"""Calls: what goes wrong as our errors, and where a key may go."""

import asyncio
import gzip
import resource
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest

from bot.errors import (
    BadKey,
    OutOfCredit,
    ProviderError,
    Refused,
    Unavailable,
    Unknown,
)
from bot.studio.remote.api import Answer, Api, Read, open_client, plain

KEY = "sk-secret"
URL = "https://api.x.ai/v1"

Handle = Callable[[httpx2.Request], httpx2.Response]


class Said(Read):
    id: str


def api_of(
    handle: Handle, *, url: str = URL, key: str = KEY, key_hosts: tuple[str, ...] = ()
) -> Api:
    """A provider that answers as `handle` does."""
    client = httpx2.AsyncClient(transport=httpx2.MockTransport(handle), follow_redirects=False)
    return Api(
        client=client,
        title="Xai",
        url=url,
        headers={"Authorization": f"Bearer {key}"},
        judge=lambda answer: None,
        key_hosts=key_hosts,
    )


def answering(status: int = 200, **given: Any) -> Handle:
    return lambda request: httpx2.Response(status, **given)


def raising(error: Exception) -> Handle:
    def handle(request: httpx2.Request) -> httpx2.Response:
        raise error

    return handle


@asynccontextmanager
async def server(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[str]:
    """A server on localhost that says to everybody what it likes."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(one, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    finally:
        listening.close()


def head(headers: Mapping[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode()


NEVER_SENT = [
    httpx2.ConnectError("no"),
    httpx2.ConnectTimeout("no"),
    httpx2.PoolTimeout("no"),
    httpx2.ProxyError("no"),
    httpx2.UnsupportedProtocol("no"),
]
MAYBE_SENT = [
    httpx2.ReadError("no"),
    httpx2.ReadTimeout("no"),
    httpx2.WriteError("no"),
    httpx2.WriteTimeout("no"),
    httpx2.CloseError("no"),
    httpx2.RemoteProtocolError("no"),
    httpx2.LocalProtocolError("no"),
    httpx2.SSEError("no"),
    httpx2.DecodingError("no"),
]


def name(value: object) -> str:
    return type(value).__name__ if isinstance(value, Exception) else ""


def test_every_error_of_a_transport_is_in_one_of_the_lists() -> None:
    def leaves(kind: type[Exception]) -> set[type[Exception]]:
        below = kind.__subclasses__()
        return {kind} if not below else set().union(*map(leaves, below))

    tried = {type(error) for error in (*NEVER_SENT, *MAYBE_SENT)}
    assert leaves(httpx2.TransportError) <= tried


@pytest.mark.parametrize("is_order", [True, False], ids=["an order", "no order"])
@pytest.mark.parametrize("error", NEVER_SENT, ids=name)
async def test_what_was_never_sent_may_be_tried_again(error: Exception, is_order: bool) -> None:
    with pytest.raises(Unavailable):
        await api_of(raising(error)).call("POST", "/make", is_order=is_order)


@pytest.mark.parametrize("error", MAYBE_SENT, ids=name)
async def test_an_order_that_may_have_been_sent_is_unknown(error: Exception) -> None:
    with pytest.raises(Unknown):
        await api_of(raising(error)).call("POST", "/make", is_order=True)
    with pytest.raises(Unavailable):
        await api_of(raising(error)).call("GET", "/look", is_order=False)


@pytest.mark.parametrize(
    ("status", "body", "is_order", "kind"),
    [
        (401, "", True, BadKey),
        (403, "", False, BadKey),
        (402, "", True, OutOfCredit),
        (408, "", True, Unavailable),
        (429, "", True, Unavailable),
        (500, '{"error": 1}', True, Unavailable),
        (503, '{"error": 1}', True, Unavailable),
        (500, "<html>", True, Unknown),
        (502, '{"error": 1}', True, Unknown),
        (504, '{"error": 1}', True, Unknown),
        (502, "<html>", False, Unavailable),
        (301, "", True, Refused),
        (400, "", True, Refused),
        (404, "", False, Refused),
    ],
)
async def test_a_status_says_what_became_of_it(
    status: int, body: str, is_order: bool, kind: type[ProviderError]
) -> None:
    with pytest.raises(kind) as raised:
        await api_of(answering(status, text=body)).call("POST", "/make", is_order=is_order)
    assert type(raised.value) is kind
    assert KEY not in str(raised.value)


async def test_a_redirect_is_not_followed_and_the_key_goes_nowhere_else() -> None:
    seen: list[str] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.url.host)
        return httpx2.Response(307, headers={"Location": "https://evil.example/"})

    with pytest.raises(Refused):
        await api_of(handle).call("POST", "/make", is_order=True)
    async with open_client() as client:
        assert client.follow_redirects is False
    assert seen == ["api.x.ai"]


ELSEWHERE = [
    "https://api.x.ai@evil.example/1",
    "https://api.x.ai:443@evil.example/1",
    "https://evil.example/api.x.ai",
    "https://evil.example\\@api.x.ai/1",
    "https://evil.example#@api.x.ai/1",
    "https://evil.example?@api.x.ai/1",
    "https://api.x.ai.evil.example/1",
    "https://evilx.ai/1",
    "https://api.x.ai.:443/1",
    "https://api.x.ai./1",
    "https://api.x.ai:8443/1",
    "https://cdn.x.ai:22/1",
    "https://user@cdn.x.ai/1",
    "https://user:pass@api.x.ai/1",
    "https://evil.example\\.x.ai/1",
    "https://evil.example .x.ai/1",
    "https://evil.example%2f.x.ai/1",
    "http://api.x.ai/1",
    "http://cdn.x.ai/1",
    "ftp://cdn.x.ai/1",
    "https://[::1]/1",
    "https://[::ffff:127.0.0.1]/1",
    "https://127.0.0.1/1",
    "https://2130706433/1",
    "https://api.x.ai\t.evil.example/1",
    "https://api.x.ai\r\nX: y",
    "https://cdn.x.ai\n/1",
    " https://api.x.ai/1",
    "https://аpi.x.ai/1",
    "https://cdn．x．ai/1",
    "https:///1",
    "https://",
    "https:api.x.ai/1",
    "//evil.example/1?u=https://api.x.ai",
    "@evil.example/1",
    ".evil.example/1",
    ":8443/1",
    "evil",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("address", ELSEWHERE)
async def test_the_key_goes_to_no_other_host(address: str) -> None:
    seen: list[httpx2.Request] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json={})

    api = api_of(handle, key_hosts=("x.ai",))
    try:
        await api.call("GET", address, is_order=False)
    except Unknown as error:
        assert KEY not in str(error)
        assert seen == []
    else:
        # What starts with a slash stays at the provider's own address, whatever it looks like.
        assert [(one.url.scheme, one.url.host, one.url.port) for one in seen] == [
            ("https", "api.x.ai", None)
        ]
        assert address.startswith("/")


@pytest.mark.parametrize(
    ("address", "goes_to"),
    [
        ("/images?u=https://elsewhere.example", "https://api.x.ai/v1/images"),
        ("", "https://api.x.ai/v1"),
        ("https://api.x.ai/v2/jobs/1?a=b", "https://api.x.ai/v2/jobs/1"),
        ("https://api.x.ai?a=b", "https://api.x.ai"),
        ("https://api.eu.x.ai/jobs/1", "https://api.eu.x.ai/jobs/1"),
        ("https://API.EU.X.AI/jobs/1", "https://api.eu.x.ai/jobs/1"),
        ("https://x.ai:443/jobs/1", "https://x.ai/jobs/1"),
    ],
)
async def test_the_key_goes_to_the_providers_own_hosts(address: str, goes_to: str) -> None:
    seen: list[httpx2.Request] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json={})

    await api_of(handle, key_hosts=("x.ai",)).call("GET", address, is_order=False)
    [request] = seen
    assert str(request.url).partition("?")[0].rstrip("/") == goes_to
    assert request.headers["authorization"] == f"Bearer {KEY}"


async def test_a_server_at_home_keeps_its_port(url: str = "http://127.0.0.1:8188") -> None:
    api = api_of(answering(json={}), url=url)
    assert api.address("http://127.0.0.1:8188/jobs/1") == "http://127.0.0.1:8188/jobs/1"
    for other in ("http://127.0.0.1:81880/", "http://127.0.0.1:8189/", "http://127.0.0.1/"):
        with pytest.raises(Unknown):
            api.address(other)


@pytest.mark.parametrize("key", ["a\r\nX-Admin: 1", "a\nb", "a\0b", "clé", "a\x7f", "ключ"])
async def test_a_key_that_no_header_can_hold_is_a_bad_key(key: str) -> None:
    seen: list[httpx2.Request] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json={})

    with pytest.raises(BadKey) as bad:
        await api_of(handle, key=key).call("POST", "/make", is_order=True)
    assert key not in bad.value.reason
    assert seen == []


def test_the_key_is_not_shown_where_an_interface_is_printed() -> None:
    assert KEY not in repr(api_of(answering()))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "17"}, 17),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "1e12"}, 3600),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after-ms": "x", "retry-after": "9"}, 9),
        (
            {
                "retry-after": "Tue, 24 Nov 2026 19:00:40 GMT",
                "date": "Tue, 24 Nov 2026 19:00:00 GMT",
            },
            40,
        ),
        (
            {
                "retry-after": "Tue, 24 Nov 2026 18:00:00 GMT",
                "date": "Tue, 24 Nov 2026 19:00:00 GMT",
            },
            0,
        ),
        ({"retry-after": "Fri, 01 Jan 1999 00:00:00 GMT"}, 0),
        ({"retry-after": "Fri, 01 Jan 2999 00:00:00 GMT", "date": "never"}, 3600),
        ({"retry-after": "Fri, 99 Jan 2999 00:00:00 GMT"}, None),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert Answer(status=429, headers=headers, body=b"").retry_after_seconds == seconds


async def test_an_answer_of_more_than_the_limit_is_not_read_on() -> None:
    sent = 0

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(head({"Content-Type": "application/json"}))
        while sent < 1 << 30:
            writer.write(b" " * 65536)
            await writer.drain()
            sent += 65536

    async with server(endless) as url, open_client() as client:
        api = Api(client=client, title="Xai", url=url, headers={}, judge=lambda answer: None)
        with pytest.raises(Unknown, match="more than 1 MB"):
            await api.call("POST", "/make", is_order=True, most_bytes=1_000_000)
        with pytest.raises(Unavailable, match="more than 1 MB"):
            await api.call("GET", "/look", is_order=False, most_bytes=1_000_000)
    assert sent < 1 << 26


def bomb(*, megabytes: int, layers: int = 1) -> bytes:
    """Zeros, packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        packed = gzip.compress(packed, 9)
    return packed


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (bomb(megabytes=400), "gzip"),
        (bomb(megabytes=400, layers=2), "gzip, gzip"),
        (b"\x1f\x8b broken", "gzip"),
        (b"whatever", "br"),
        (b"whatever", "zstd"),
        (gzip.compress(b"{}")[:-4], "gzip"),
        (gzip.compress(b"{}") + b"more", "gzip"),
    ],
    ids=["bomb", "bomb in a bomb", "broken", "br", "zstd", "breaks off", "goes on"],
)
async def test_a_packed_answer_cannot_be_larger_than_the_limit(
    packed: bytes, encoding: str
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head({"Content-Encoding": encoding, "Content-Length": str(len(packed))}))
        writer.write(packed)
        await writer.drain()

    most = _memory()
    async with server(talk) as url, open_client() as client:
        api = Api(client=client, title="Xai", url=url, headers={}, judge=lambda answer: None)
        with pytest.raises(Unknown):
            await api.call("POST", "/make", is_order=True, most_bytes=10_000_000)
    assert _memory() - most < 100_000


def _memory() -> int:
    """The most memory that the process ever had, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "identity", ""])
async def test_a_packed_answer_within_the_limit_is_read(encoding: str) -> None:
    body = b'{"id": "a"}' + b" " * 2_000
    packers: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress}
    packed = packers.get(encoding, bytes)(body)
    handle = answering(headers={"Content-Encoding": encoding}, stream=_Chunks(packed))
    answer = await api_of(handle).call("GET", "/look", is_order=False, most_bytes=len(body))
    assert answer.body == body


class _Chunks(httpx2.AsyncByteStream):
    """A body in pieces, so that nothing was unpacked before us."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self._data), 7):
            yield self._data[start : start + 7]


async def test_answers_are_asked_for_unpacked_and_no_cookie_is_kept() -> None:
    asked: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head({"Set-Cookie": "who=workspace-1; Path=/", "Content-Length": "2"}) + b"{}")
        await writer.drain()
        asked.append(await reader.readuntil(b"\r\n\r\n"))

    async with server(talk) as url, open_client() as client:
        api = Api(client=client, title="Xai", url=url, headers={}, judge=lambda answer: None)
        await api.call("GET", "/one", is_order=False)
        with pytest.raises(Unavailable):
            await api.call("GET", "/two", is_order=False)
    assert b"who=" not in asked[0]
    assert b"accept-encoding: identity" in asked[0].lower()


async def test_an_answer_that_trickles_for_ever_is_given_up() -> None:
    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head({}))
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with server(trickle) as url, open_client() as client:
        api = Api(client=client, title="Xai", url=url, headers={}, judge=lambda answer: None)
        async with asyncio.timeout(5):
            with pytest.raises(Unknown):
                await api.call("POST", "/make", is_order=True, timeout_seconds=0.1)


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"[" * 200_000, b'{"a":' * 200_000, b"9" * 10_000, b'{"id": 1}', b"NaN"],
    ids=["nothing", "no text", "deep list", "deep object", "long number", "wrong type", "NaN"],
)
async def test_an_answer_of_any_form_is_one_of_our_errors(body: bytes) -> None:
    api = api_of(answering(content=body))
    answer = await api.call("POST", "/make", is_order=True)
    assert answer.at("error", 0, "code") is None
    with pytest.raises(Unknown):
        api.read(answer, Said, is_order=True)
    with pytest.raises(Unavailable):
        api.read(answer, Said, is_order=False)
    with pytest.raises(ProviderError):
        await api_of(answering(500, content=body)).call("POST", "/make", is_order=True)


def test_a_providers_words_are_one_bounded_line() -> None:
    assert plain("a\n\n b\t c ") == "a b c"
    assert plain(None) == plain(5) == plain(["a"]) == ""
    assert len(plain("x" * 10_000)) == 300
