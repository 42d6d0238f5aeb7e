"""HTTP delivery: signed requests to the app's addresses, and what its answers mean."""

import asyncio
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import parse_qs, urlencode, urljoin

import aiohttp

from ..wire import Json, dump, load
from .attempt import COMMAND, EVENT, HANDSHAKE, SSL_CHECK, Attempt, Missing, Outcome
from .urls import Urls, is_loopback

MOST_REDIRECTS = 2
_USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
_MOST_SHOWN = 2000


class HttpRequests:
    """Posts payloads to the app; events go only to an address that verified itself.

    Source: https://docs.slack.dev/apis/events-api (2026)
    """

    def __init__(self, urls: Urls, *, signing_secret: str, allow_remote: bool = False) -> None:
        self.urls = urls
        self.signing_secret = signing_secret
        self.unverified = "nobody has answered its challenge yet"
        self.on_connected: list[Callable[[bool], None]] = []
        self._allow_remote = allow_remote
        self._session: aiohttp.ClientSession | None = None
        self._running: dict[Attempt, asyncio.Task[None]] = {}

    @property
    def connected(self) -> bool:
        """Whether the address for events is verified, or none is needed."""
        return not self.unverified or not self.urls.events

    def verified(self, why_not: str) -> None:
        """Note how the handshake went: an empty reason is success."""
        self.unverified = why_not
        for listener in self.on_connected:
            listener(self.connected)

    def missing(self, kind: str, payload: Json) -> Missing | None:
        """No address, one that is not on this machine, or one that did not verify."""
        url = self.urls.of(kind, payload)
        if not url:
            is_options = payload.get("type") == "block_suggestion"
            named = "settings.interactivity.message_menu_options_url" if is_options else "a URL"
            code = "options_url_missing" if is_options else "request_url_missing"
            return Missing(code, f"the manifest does not name {named}, so nothing can be asked")
        if not self._may_reach(url):
            return Missing("request_url_not_local", _not_local(url))
        if kind == EVENT and self.unverified:
            return Missing("url_not_verified", f"{url} is not verified: {self.unverified}")
        return None

    def start(self, attempt: Attempt) -> None:
        task = asyncio.ensure_future(self._send(attempt))
        self._running[attempt] = task
        task.add_done_callback(lambda _: self._running.pop(attempt, None))

    def abandon(self, attempt: Attempt) -> None:
        task = self._running.pop(attempt, None)
        if task is not None:
            task.cancel()

    async def close(self) -> None:
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _send(self, attempt: Attempt) -> None:
        url = self.urls.of(attempt.kind, attempt.payload)
        try:
            outcome = await self._post(url, attempt)
        except aiohttp.ClientSSLError as error:
            outcome = _failed("ssl_error", f"no secure connection to {url}: {error}")
        except aiohttp.ClientConnectorError as error:
            outcome = _failed("connection_failed", f"{url} cannot be reached: {error}")
        except (aiohttp.ClientError, ValueError, OSError) as error:
            words = str(error) or type(error).__name__
            outcome = _failed("unknown_error", f"the request to {url} broke: {words}")
        attempt.finish(outcome)

    async def _post(self, url: str, attempt: Attempt) -> Outcome:
        body, content_type = _body(attempt)
        headers = signed_headers(self.signing_secret, body) | {"Content-Type": content_type}
        if attempt.number:
            headers["X-Slack-Retry-Num"] = str(attempt.number)
            headers["X-Slack-Retry-Reason"] = attempt.why
        redirects = MOST_REDIRECTS if attempt.kind == EVENT else 0
        while True:
            async with self._client().post(
                url, data=body, headers=headers, allow_redirects=False
            ) as response:
                moved = response.status in (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND)
                if not moved or attempt.kind != EVENT:
                    text = (await response.read()).decode("utf-8", "replace")
                    return _judged(attempt.kind, response, text)
                url = urljoin(url, response.headers.get("Location", ""))
            if not redirects:
                words = f"more than {MOST_REDIRECTS} redirects, the last to {url}"
                return _failed("too_many_redirects", words)
            if not self._may_reach(url):
                return _failed("connection_failed", _not_local(url))
            redirects -= 1

    def _may_reach(self, url: str) -> bool:
        return self._allow_remote or is_loopback(url)

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            # A new connection for each request: a kept one may be dead once the app restarted.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(force_close=True),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None),
                headers={"User-Agent": _USER_AGENT, "Accept": "application/json,*/*"},
            )
        return self._session


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature of a raw body.

    Source: https://docs.slack.dev/authentication/verifying-requests-from-slack (2026)
    """
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def signed_headers(secret: str, body: bytes) -> dict[str, str]:
    """The two headers by which an app knows Slack."""
    # The machine's time, not the sandbox's: the app compares it with its own clock.
    timestamp = str(int(time.time()))
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(secret, timestamp, body),
    }


def _body(attempt: Attempt) -> tuple[bytes, str]:
    if attempt.kind in (EVENT, HANDSHAKE):
        return dump(attempt.payload).encode(), "application/json"
    if attempt.kind == COMMAND:
        form = {name: value for name, value in attempt.payload.items() if value is not None}
    elif attempt.kind == SSL_CHECK:
        form = {"ssl_check": "1", "token": attempt.payload["token"]}
    else:
        form = {"payload": dump(attempt.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _judged(kind: str, response: aiohttp.ClientResponse, text: str) -> Outcome:
    """Events want a 2xx, everything else a 200 whose body can be read."""
    status = response.status
    if kind == EVENT:
        if 200 <= status < 300:
            return Outcome(status)
        no_retry = response.headers.get("x-slack-no-retry") == "1"
        return _failed("http_error", f"the app answered {status}", status, text, no_retry=no_retry)
    if status != 200:
        code = "http_service_error" if status >= 500 else "http_client_error"
        return _failed("http_error", f"the app answered {status}, not 200", status, text, code=code)
    try:
        return Outcome(status, _answer(kind, response.content_type, text))
    except (ValueError, RecursionError):
        words = "the answer is not the JSON object that its Content-Type promises"
        return _failed("http_error", words, status, text, code="invalid_response")


def _answer(kind: str, content_type: str, text: str) -> Json:
    """The body as an acknowledgement: nothing, an object, or plain text.

    Raises: ValueError for JSON that is none, or no object.
    """
    if not text.strip():
        return {}
    if content_type == "application/json":
        given = load(text)
        if not isinstance(given, dict):
            raise ValueError("no object")
        return given
    if kind == HANDSHAKE:
        if content_type == "application/x-www-form-urlencoded":
            return {"challenge": parse_qs(text).get("challenge", [""])[0]}
        return {"challenge": text.strip()}
    return {"text": text}


def _failed(
    failure: str,
    words: str,
    status: int = 0,
    text: str = "",
    *,
    code: str = "dispatch_failed",
    no_retry: bool = False,
) -> Outcome:
    answer: Json = {"body": text[:_MOST_SHOWN]} if text else {}
    return Outcome(status, answer, failure, code, words, no_retry)


def _not_local(url: str) -> str:
    return (
        f"{url} is not on this machine, and the sandbox delivers to loopback addresses only;"
        " name the app's local address as the request URL, or allow remote ones"
    )


def new_signing_secret() -> str:
    """Thirty-two hexadecimal digits, as Slack's are."""
    return secrets.token_hex(16)
