"""Fetching results: from the provider's own hosts, never from inside our net, never without end."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

import httpx2
import pytest

from bot.errors import Unavailable, Unknown
from bot.studio.remote.download import MAX_REDIRECTS, Resolve, download
from bot.studio.remote.hosts import is_public
from tests.vendors.vendor import picture

PICTURE = picture(8, 8)
HOSTS = ("bfl.ai", "delivery.example")
GOOD = "https://cdn.bfl.ai/a.png?sig=1"

Handle = Callable[[httpx2.Request], httpx2.Response]


class Net:
    """Hosts that answer as they are told, and the names of the net."""

    def __init__(self, handle: Handle, *, names: Mapping[str, Sequence[str]]) -> None:
        self.seen: list[httpx2.Request] = []
        self._handle = handle
        self._names = names
        self.client = httpx2.AsyncClient(transport=httpx2.MockTransport(self._one))

    def _one(self, request: httpx2.Request) -> httpx2.Response:
        self.seen.append(request)
        return self._handle(request)

    async def resolve(self, host: str) -> Sequence[str]:
        """Any name is a public address unless it is told otherwise."""
        found = self._names.get(host, ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
        if not found:
            raise OSError("Name or service not known")
        return found

    async def fetch(self, address: str, **given: Any) -> bytes:
        resolve: Resolve = self.resolve
        return await download(
            self.client, address, title="BFL", hosts=HOSTS, resolve=resolve, **given
        )


class _Stream:
    """What a connection says of whom it leads to."""

    def __init__(self, ip: str) -> None:
        self._ip = ip

    def get_extra_info(self, name: str) -> object:
        return (self._ip, 443) if name == "server_addr" else None


def good(request: httpx2.Request) -> httpx2.Response:
    return answer(PICTURE)


def answer(body: bytes, *, kind: str = "image/png", status: int = 200) -> httpx2.Response:
    headers = {"Content-Type": kind} if kind else {}
    return httpx2.Response(status, content=body, headers=headers)


def net(handle: Handle = good, **names: Sequence[str]) -> Net:
    return Net(handle, names={name.replace("_", "."): ips for name, ips in names.items()})


@pytest.mark.parametrize(
    "address",
    [GOOD, "https://bfl.ai/a.png", "https://CDN.BFL.AI:443/a.png", "https://delivery.example/1"],
)
async def test_a_picture_comes_from_the_providers_hosts_as_it_is(address: str) -> None:
    over = net()
    assert await over.fetch(address) == PICTURE
    assert len(over.seen) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://cdn.bfl.ai/a.png",
        "https://cdn.bfl.ai:8443/a.png",
        "https://cdn.bfl.ai:22/a.png",
        "https://cdn.bfl.ai@evil.example/a.png",
        "https://user:pass@cdn.bfl.ai/a.png",
        "https://evil.example\\.bfl.ai/a.png",
        "https://evil.example%2f.bfl.ai/a.png",
        "https://evil.example\\@cdn.bfl.ai/a.png",
        "https://evil.example/cdn.bfl.ai",
        "https://evilbfl.ai/a.png",
        "https://bfl.ai.evil.example/a.png",
        "https://cdn.bfl.ai./a.png",
        "https://ｂfl.ai/a.png",
        "https://bfl。ai/a.png",
        "https://cdn.bfl.ai\n.evil.example/a.png",
        "https://127.0.0.1/a.png",
        "https://2130706433/a.png",
        "https://0x7f000001/a.png",
        "https://0177.0.0.1/a.png",
        "https://127.1/a.png",
        "https://0.0.0.0/a.png",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/a.png",
        "https://[::ffff:127.0.0.1]/a.png",
        "https://[fe80::1%25eth0]/a.png",
        "https://localhost/a.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "https://",
        "https://[",
        "https://cdn.bfl.ai:99999/a.png",
        "https://cdn.bfl.ai:x/a.png",
        "",
        "a.png",
    ],
)
async def test_nothing_is_fetched_from_anywhere_else(address: str) -> None:
    over = net()
    with pytest.raises(Unknown):
        await over.fetch(address)
    assert over.seen == []


INSIDE = [
    "127.0.0.1",
    "10.0.0.5",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.1.1",
    "239.1.1.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fd00::1",
    "ff0e::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2002:a00:1::",
]


@pytest.mark.parametrize("ip", INSIDE)
async def test_a_name_that_means_a_place_inside_is_not_asked(ip: str) -> None:
    over = net(cdn_bfl_ai=["93.184.215.14", ip])
    with pytest.raises(Unknown, match="private network"):
        await over.fetch(GOOD)
    assert over.seen == []


@pytest.mark.parametrize("ip", INSIDE)
async def test_a_name_that_means_another_place_by_the_time_of_the_call_is_not_read(ip: str) -> None:
    def handle(request: httpx2.Request) -> httpx2.Response:
        stream = _Stream(ip)
        return httpx2.Response(200, content=PICTURE, extensions={"network_stream": stream})

    with pytest.raises(Unknown, match="private network"):
        await net(handle).fetch(GOOD)


@pytest.mark.parametrize("ip", ["93.184.215.14", "2606:4700::1", "64:ff9b::5db8:d70e"])
def test_places_of_the_open_net_are_public(ip: str) -> None:
    assert is_public(ip)


async def test_a_name_that_is_not_found_may_be_by_and_by() -> None:
    over = net(cdn_bfl_ai=[])
    with pytest.raises(Unavailable):
        await over.fetch(GOOD)


async def test_every_step_of_a_chain_is_looked_at() -> None:
    """And a chain of good steps is followed, but not for ever."""

    def to(address: str) -> Handle:
        def handle(request: httpx2.Request) -> httpx2.Response:
            if request.url.host == "cdn.bfl.ai" and request.url.path == "/a.png":
                return httpx2.Response(302, headers={"Location": address})
            return answer(PICTURE)

        return handle

    assert await net(to("https://delivery.example/b.png")).fetch(GOOD) == PICTURE
    assert await net(to("/b.png")).fetch(GOOD) == PICTURE
    for inside in ("http://127.0.0.1/", "https://evil.example/", "//evil.example/", "file:///x"):
        over = net(to(inside))
        with pytest.raises(Unknown):
            await over.fetch(GOOD)
        assert len(over.seen) == 1
    over = net(to("https://inside.bfl.ai/"), inside_bfl_ai=["10.0.0.1"])
    with pytest.raises(Unknown):
        await over.fetch(GOOD)
    round_and_round = net(to("/a.png"))
    with pytest.raises(Unknown, match="one address to the next"):
        await round_and_round.fetch(GOOD)
    assert len(round_and_round.seen) == MAX_REDIRECTS + 1


async def test_headers_for_a_server_at_home_go_there_alone() -> None:
    def handle(request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "127.0.0.1":
            return httpx2.Response(302, headers={"Location": GOOD})
        return answer(PICTURE)

    over = net(handle)
    await over.fetch(
        "http://127.0.0.1:8188/view",
        own_url="http://127.0.0.1:8188/comfy",
        own_headers={"Authorization": "Bearer secret"},
    )
    assert [request.headers.get("authorization") for request in over.seen] == [
        "Bearer secret",
        None,
    ]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8189/view",
        "http://127.0.0.1/view",
        "http://127.0.0.1:81880/view",
        "http://127.0.0.1:8188@evil.example/view",
        "https://127.0.0.1:8188/view",
        "http://127.0.0.1:8188.evil.example/view",
    ],
)
async def test_only_the_very_origin_of_a_server_at_home_is_trusted(address: str) -> None:
    over = net()
    with pytest.raises(Unknown):
        await over.fetch(address, own_url="http://127.0.0.1:8188")
    assert over.seen == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (answer(PICTURE, kind="text/html"), Unknown),
        (answer(b'{"error": 1}', kind="application/json"), Unknown),
        (answer(PICTURE, status=404), Unknown),
        (answer(PICTURE, status=403), Unknown),
        (answer(PICTURE, status=206), Unknown),
        (answer(b"", status=204), Unknown),
        (answer(b"", status=429), Unavailable),
        (answer(b"", status=500), Unavailable),
        (answer(b"", status=503), Unavailable),
        (answer(b""), Unavailable),
        (answer(bytes(1_000_001)), Unknown),
        (httpx2.Response(302), Unknown),
    ],
)
async def test_what_is_no_picture_is_not_taken(
    said: httpx2.Response, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        await net(lambda request: said).fetch(GOOD, most_bytes=1_000_000)


@pytest.mark.parametrize(
    "kind", ["image/webp", "IMAGE/PNG; x=y", "application/octet-stream", "binary/octet-stream", ""]
)
async def test_pictures_come_under_several_types(kind: str) -> None:
    over = net(lambda request: answer(PICTURE, kind=kind))
    assert await over.fetch(GOOD, most_bytes=len(PICTURE)) == PICTURE


@pytest.mark.parametrize(
    "error",
    [httpx2.ConnectError("x"), httpx2.ReadTimeout("x"), httpx2.RemoteProtocolError("x")],
    ids=lambda error: type(error).__name__,
)
async def test_a_broken_connection_may_hold_another_time(error: Exception) -> None:
    def handle(request: httpx2.Request) -> httpx2.Response:
        raise error

    with pytest.raises(Unavailable):
        await net(handle).fetch(GOOD)


class _Body(httpx2.AsyncByteStream):
    """A body that comes in pieces, with a pause before each."""

    def __init__(self, pieces: Sequence[bytes], *, pause_seconds: float = 0) -> None:
        self._pieces = pieces
        self._pause_seconds = pause_seconds

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            await asyncio.sleep(self._pause_seconds)
            yield piece


async def test_a_picture_that_trickles_is_given_up_in_the_end() -> None:
    body = _Body([b"x"] * 1000, pause_seconds=0.02)
    with pytest.raises(Unavailable):
        await net(lambda request: httpx2.Response(200, stream=body)).fetch(GOOD, total_seconds=0.1)


async def test_a_packed_picture_is_unpacked_no_further_than_the_limit() -> None:
    packed = gzip.compress(bytes(100_000_000))
    stream = _Body([packed])
    over = net(lambda r: httpx2.Response(200, stream=stream, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(Unknown, match="more than 1 MB"):
        await over.fetch(GOOD, most_bytes=1_000_000)
    assert over.seen[0].headers["accept-encoding"] == "identity"


async def test_a_truncated_picture_may_come_whole_another_time() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nnot all")
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, httpx2.AsyncClient() as client:
        with pytest.raises(Unavailable):
            await download(client, f"{url}/a.png", title="Home", hosts=(), own_url=url)
