"""A file's address in, its bytes out; the token goes to Slack's own hosts alone."""

import asyncio
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

import aiohttp

from bot.errors import SlackError, SlackUnavailable
from bot.slack.calls import DEFAULT_RETRY_SECONDS, unreachable

METHOD = "download"
"""What stands for a method's name in the errors of a download."""
MAX_REDIRECTS = 3

_TOTAL_SECONDS = 60.0
_SILENCE_SECONDS = 20.0
_CHUNK_BYTES = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_SLACK_HOSTS = ("slack.com", "slack-gov.com")


@dataclass(frozen=True)
class Fetched:
    """What an address gave."""

    data: bytes
    content_type: str
    """Without parameters, in lower case."""


def trusted_origins(api_url: str, workspace_url: str) -> frozenset[str]:
    """Where the token may go: where files lie, and the workspace's own host.

    For Slack itself `https://files.slack.com` and the host that `auth.test` names; where the API
    is somebody else's (a sandbox), that origin and no other.

    Source: https://docs.slack.dev/reference/objects/file-object (2026-11)
    """
    api, workspace = urlsplit(api_url), urlsplit(workspace_url)
    host = api.hostname or ""
    if host not in _SLACK_HOSTS:
        return frozenset({_origin(api)})
    origins = {f"https://files.{host}"}
    if workspace.scheme == "https" and (workspace.hostname or "").endswith(f".{host}"):
        origins.add(_origin(workspace))
    return frozenset(origins)


async def fetch(
    session: aiohttp.ClientSession,
    address: str,
    *,
    token: str,
    trusted_origins: frozenset[str],
    most_bytes: int,
) -> Fetched:
    """Fetch bytes with the token, following redirects only among the trusted origins.

    Raises: SlackUnavailable where another try may succeed; SlackError `untrusted_address`,
    `sign_in_page`, `too_many_redirects`, `too_large`, `truncated`, `empty`, or `http_404` and the
    like.
    """
    timeout = aiohttp.ClientTimeout(total=None, sock_read=_SILENCE_SECONDS)
    headers = {"Authorization": f"Bearer {token}"}
    try:
        async with asyncio.timeout(_TOTAL_SECONDS):
            for _ in range(MAX_REDIRECTS + 1):
                _check(address, trusted_origins)
                async with session.get(
                    address, headers=headers, timeout=timeout, allow_redirects=False
                ) as answer:
                    if answer.status in _REDIRECTS:
                        address = urljoin(address, answer.headers.get("Location", ""))
                        continue
                    return await _read(answer, most_bytes=most_bytes)
    except aiohttp.ClientPayloadError as error:
        raise SlackError(METHOD, "truncated") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise unreachable(METHOD) from error
    raise SlackError(METHOD, "too_many_redirects")


def _check(address: str, trusted_origins: frozenset[str]) -> None:
    parts = urlsplit(address)
    if _origin(parts) not in trusted_origins or parts.username or parts.password:
        raise SlackError(METHOD, "untrusted_address", detail=parts.hostname or "")
    if "redir=" in parts.query or parts.path.startswith(("/signin", "/sign_in")):
        raise SlackError(METHOD, "sign_in_page")


async def _read(answer: aiohttp.ClientResponse, *, most_bytes: int) -> Fetched:
    if answer.status == 429 or answer.status >= 500:
        raise SlackUnavailable(
            METHOD, f"http_{answer.status}", retry_after_seconds=_retry_seconds(answer)
        )
    if answer.status in (401, 403):
        raise SlackError(METHOD, "sign_in_page")
    if answer.status != 200:
        raise SlackError(METHOD, f"http_{answer.status}")
    announced = answer.content_length
    if announced is not None and announced > most_bytes:
        raise SlackError(METHOD, "too_large")
    data = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK_BYTES):
        data += chunk
        if len(data) > most_bytes:
            raise SlackError(METHOD, "too_large")
    if answer.content_type == "text/html" or _is_page(data):
        # Without the scope Slack gives its sign-in page and calls it a success.
        raise SlackError(METHOD, "sign_in_page")
    is_plain = answer.headers.get("Content-Encoding", "identity") == "identity"
    if is_plain and announced is not None and len(data) < announced:
        raise SlackError(METHOD, "truncated")
    if not data:
        raise SlackError(METHOD, "empty")
    return Fetched(bytes(data), answer.content_type)


def _is_page(data: bytearray) -> bool:
    start = bytes(data[:256]).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html"))


def _retry_seconds(answer: aiohttp.ClientResponse) -> float:
    given = answer.headers.get("Retry-After", "")
    return float(given) if given.isdecimal() else DEFAULT_RETRY_SECONDS


def _origin(parts: SplitResult) -> str:
    """Scheme, host and port, in lower case, without a scheme's usual port."""
    try:
        port = parts.port
    except ValueError:
        return ""
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    tail = f":{port}" if port is not None and port != usual else ""
    return f"{parts.scheme}://{parts.hostname or ''}{tail}"
