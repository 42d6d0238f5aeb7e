"""A result's address in, its bytes out: from the provider's own hosts, never from inside our net.

The key is never sent along: such addresses are signed, and lie with whoever stores the pictures.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from urllib.parse import urljoin

import httpx2

from bot.errors import ProviderError, Unavailable, Unknown
from bot.studio.picture import MAX_BYTES
from bot.studio.remote.api import RETRY_SECONDS
from bot.studio.remote.body import UNPACKED, TooLongError, read_body
from bot.studio.remote.hosts import https_host, is_among, is_at, is_public

MAX_REDIRECTS = 3
_SILENCE_SECONDS = 30.0
_TOTAL_SECONDS = 120.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TYPES = ("image/", "application/octet-stream", "binary/octet-stream")

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""A host's IP addresses. Raises: OSError where there are none."""


async def resolve(host: str) -> Sequence[str]:
    """A host's IP addresses, as the system says."""
    found = await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return [str(place[0]) for *_, place in found]


async def download(
    client: httpx2.AsyncClient,
    address: str,
    *,
    title: str,
    hosts: Sequence[str],
    own_url: str = "",
    own_headers: Mapping[str, str] | None = None,
    most_bytes: int = MAX_BYTES,
    total_seconds: float = _TOTAL_SECONDS,
    resolve: Resolve = resolve,
) -> bytes:
    """Fetch a picture that a provider made.

    `hosts` are those it keeps results on, or their last parts; only https, only public addresses.
    `own_url` is where the operator says that the provider itself is: its origin is trusted as it
    stands, so that a server at home can be asked. `own_headers` go to that origin alone, for a
    server behind something that wants a key.

    Raises: Unavailable where another try may succeed, Unknown where none will: the picture is made
        and billed, and a person decides.
    """
    try:
        async with asyncio.timeout(total_seconds):
            for _ in range(MAX_REDIRECTS + 1):
                is_own = is_at(address, own_url)
                if not is_own:
                    await _check(address, title=title, hosts=hosts, resolve=resolve)
                async with client.stream(
                    "GET",
                    address,
                    headers={**UNPACKED, **((is_own and own_headers) or {})},
                    timeout=httpx2.Timeout(_SILENCE_SECONDS, connect=10),
                ) as response:
                    if not is_own:
                        _check_peer(response, title=title)
                    if response.status_code in _REDIRECTS:
                        address = urljoin(address, response.headers.get("location", ""))
                        continue
                    return await _read(response, title=title, most_bytes=most_bytes)
    except (httpx2.TransportError, httpx2.DecodingError, TimeoutError) as error:
        raise _again(f"The picture could not be fetched from {title}.") from error
    except (httpx2.InvalidURL, ValueError) as error:
        raise Unknown(f"{title} gave an address that is none.") from error
    raise Unknown(f"{title} sends us from one address to the next.")


async def _check(address: str, *, title: str, hosts: Sequence[str], resolve: Resolve) -> None:
    host = https_host(address)
    if not is_among(host, hosts):
        raise Unknown(f"{title} gave an address outside its hosts ({host or 'none'}).")
    try:
        found = await resolve(host)
    except OSError as error:
        raise _again(f"{host} cannot be found.") from error
    for ip in found:
        _check_public(ip, title=title)


def _check_peer(response: httpx2.Response, *, title: str) -> None:
    """Look again at whom we are connected to: a name may mean another address by then."""
    stream = response.extensions.get("network_stream")
    peer = None if stream is None else stream.get_extra_info("server_addr")
    if peer:
        _check_public(str(peer[0]), title=title)


def _check_public(ip: str, *, title: str) -> None:
    if not is_public(ip):
        raise Unknown(f"{title} gave an address inside a private network.")


async def _read(response: httpx2.Response, *, title: str, most_bytes: int) -> bytes:
    if response.status_code == 429 or response.status_code >= 500:
        raise _again(f"The picture could not be fetched from {title}.")
    if response.status_code != 200:
        raise Unknown(f"{title} does not have the picture any more ({response.status_code}).")
    kind = response.headers.get("content-type", "").lower()
    if kind and not kind.startswith(_TYPES):
        raise Unknown(f"{title} sent something that is not a picture ({kind.split(';')[0]}).")
    try:
        body = await read_body(response, most_bytes=most_bytes)
    except TooLongError as error:
        megabytes = most_bytes // 1_000_000
        raise Unknown(f"{title} sent a picture of more than {megabytes} MB.") from error
    if not body:
        raise _again(f"{title} sent an empty picture.")
    return body


def _again(words: str) -> ProviderError:
    return Unavailable(words, retry_after_seconds=RETRY_SECONDS)
