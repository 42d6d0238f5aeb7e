"""A provider's HTTP interface: calls go in, answers come out, and what goes wrong as our errors.

The one distinction that money hangs on is made here: whether a request that failed can have been
taken by the provider. What was never sent, or was answered with the provider's own error, is
`Unavailable` and may be tried again; what was sent and not answered is `Unknown` and never resent.
"""

import asyncio
import json
import math
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, TypeVar

import httpx2
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import BadKey, OutOfCredit, ProviderError, Refused, Unavailable, Unknown
from bot.studio.remote.body import UNPACKED, TooLongError, read_body
from bot.studio.remote.hosts import BadAddressError, https_host, is_among, is_at

MAX_ANSWER_BYTES = 160_000_000
"""The most bytes of one answer: four large pictures in base64."""

RETRY_SECONDS = 5.0
"""The pause before another try where a provider names none."""

_CONNECT_SECONDS = 10.0
_TOTAL_SILENCES = 4
"""How many silences an answer may last in all, however often it is heard from."""
_MAX_WORDS = 300
_MAX_RETRY_SECONDS = 3600.0
_KEEPALIVE_SECONDS = 4.0
"""Shorter than servers keep an idle connection: a dead one would look like a lost answer."""

_NEVER_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
)

ReadT = TypeVar("ReadT", bound=BaseModel)

Upload = tuple[str, tuple[str, bytes, str]]
"""A file of a multipart form: its field, its name, its bytes and its media type."""


def open_client() -> httpx2.AsyncClient:
    """The one HTTP client of a process.

    Redirects are never followed by themselves, no cookie is kept from one call to the next, and
    answers are asked for unpacked.
    """
    return httpx2.AsyncClient(
        follow_redirects=False,
        cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
        headers=UNPACKED,
        limits=httpx2.Limits(keepalive_expiry=_KEEPALIVE_SECONDS),
        timeout=httpx2.Timeout(60, connect=_CONNECT_SECONDS),
    )


class Read(BaseModel):
    """The base of what is read from answers: what we do not know of is let be."""

    model_config = ConfigDict(extra="ignore", frozen=True)


@dataclass(frozen=True)
class Answer:
    """What a provider answered."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes

    @property
    def data(self) -> Any:
        """The body as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    def at(self, *path: str | int) -> Any:
        """What stands at a place in the body's JSON, such as `error`, `code`; None for none."""
        found = self.data
        for step in path:
            if isinstance(step, str) and isinstance(found, dict):
                found = found.get(step)
            elif isinstance(step, int) and isinstance(found, list) and len(found) > step:
                found = found[step]
            else:
                return None
        return found

    @property
    def media_type(self) -> str:
        """Its content type without parameters, in lower case."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def retry_after_seconds(self) -> float | None:
        """What `Retry-After`, in seconds or as a date, or `retry-after-ms` asks for."""
        for seconds in (
            _number(self.headers.get("retry-after-ms", ""), unit=0.001),
            _number(self.headers.get("retry-after", "")),
            self._seconds_until(self.headers.get("retry-after", "")),
        ):
            if seconds is not None:
                return min(max(seconds, 0.0), _MAX_RETRY_SECONDS)
        return None

    def _seconds_until(self, date: str) -> float | None:
        """From now until a date, by the provider's own clock where it tells the time."""
        until = _timestamp(date)
        if until is None:
            return None
        now = _timestamp(self.headers.get("date", ""))
        return until - (time.time() if now is None else now)


Judge = Callable[[Answer], ProviderError | None]
"""A provider's own reading of an answer that is no success; None leaves it to the status."""


@dataclass(frozen=True)
class Api:
    """Where and how one provider is called."""

    client: httpx2.AsyncClient
    title: str
    """The provider as people call it."""
    url: str
    """What the paths of calls are appended to."""
    headers: Mapping[str, str] = field(repr=False)
    """Of every call; the key is in them."""
    judge: Judge
    key_hosts: tuple[str, ...] = ()
    """Hosts, or their last parts, that the key may go to beside that of `url`."""
    works_on_after_errors: bool = False
    """Whether an order may have been taken, and be billed, though a 5xx was answered to it."""

    async def call(
        self,
        method: str,
        path: str,
        *,
        is_order: bool,
        timeout_seconds: float = 60,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        files: Sequence[Upload] = (),
        is_multipart: bool = False,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        most_bytes: int = MAX_ANSWER_BYTES,
    ) -> Answer:
        """Call, and give back a successful answer (2xx).

        `path` may be a whole address that the provider gave; it must lie on its hosts.
        `is_order` says that the provider bills for the call once it took it.
        `timeout_seconds` is the longest silence. A form with `files` is sent as multipart; so is
        one without, where `is_multipart` says that the provider wants it.

        Raises: the subclasses of ProviderError.
        """
        async with self.begun(
            method,
            path,
            is_order=is_order,
            silence_seconds=timeout_seconds,
            json=json,
            form=form,
            files=files,
            is_multipart=is_multipart,
            params=params,
            headers=headers,
        ) as response:
            return await self.whole(response, is_order=is_order, most_bytes=most_bytes)

    @asynccontextmanager
    async def begun(
        self,
        method: str,
        path: str,
        *,
        is_order: bool,
        silence_seconds: float,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        files: Sequence[Upload] = (),
        is_multipart: bool = False,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[httpx2.Response]:
        """A call whose answer has begun; what goes wrong until its end becomes our errors.

        Raises: the subclasses of ProviderError, also for what the block does with the answer.
        """
        every = {**(headers or {}), **self.headers}
        if not all(map(_can_be_sent, every.values())):
            raise BadKey(f"The key for {self.title} holds characters that no key has.")
        try:
            async with (
                asyncio.timeout(silence_seconds * _TOTAL_SILENCES),
                self.client.stream(
                    method,
                    self.address(path),
                    json=json,
                    data=None if is_multipart else form,
                    files=[*(_parts(form) if is_multipart else ()), *files] or None,
                    params=params,
                    headers=every,
                    timeout=httpx2.Timeout(silence_seconds, connect=_CONNECT_SECONDS),
                ) as response,
            ):
                yield response
        except _NEVER_SENT as error:
            raise Unavailable(
                f"{self.title} cannot be reached.", retry_after_seconds=RETRY_SECONDS
            ) from error
        except TimeoutError as error:
            raise self._lost(is_order, f"{self.title} is still not done with it.") from error
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            raise self._lost(is_order) from error

    async def whole(self, response: httpx2.Response, *, is_order: bool, most_bytes: int) -> Answer:
        """The whole of a successful answer that has begun.

        Raises: the subclasses of ProviderError.
        """
        try:
            body = await read_body(response, most_bytes=most_bytes)
        except TooLongError as error:
            words = f"It sent more than {most_bytes // 1_000_000} MB."
            raise self._lost(is_order, words) from error
        answer = Answer(response.status_code, headers_of(response), body)
        if 200 <= answer.status < 300:
            return answer
        raise self.error(answer, is_order=is_order)

    def address(self, path: str) -> str:
        """Where a call goes.

        Raises: Unknown for an address that the key must not be sent to.
        """
        if path == "" or (path.startswith("/") and "://" not in path.partition("?")[0]):
            return f"{self.url.rstrip('/')}{path}"
        try:
            host = https_host(path)
        except BadAddressError as error:
            raise Unknown(f"{self.title} named an address that is none.") from error
        if is_at(path, self.url) or is_among(host, self.key_hosts):
            return path
        raise Unknown(f"{self.title} named an address that is not its own ({host}).")

    def error(self, answer: Answer, *, is_order: bool) -> ProviderError:
        """What an answer that is no success means."""
        judged = self.judge(answer)
        if judged is not None:
            return judged
        match answer.status:
            case 401 | 403:
                return BadKey(f"{self.title} does not accept the key.")
            case 402:
                return OutOfCredit(f"The account with {self.title} is out of credit.")
            case 408 | 425 | 429:
                return self.busy(answer)
            case status if status >= 500:
                # A gateway's own page says nothing of the work behind it.
                is_own = answer.data is not None and status not in (502, 504)
                is_sure = is_own and not self.works_on_after_errors
                return self.busy(answer) if is_sure or not is_order else self._lost(is_order)
            case _:
                return Refused(
                    f"{self.title} did not take the request ({answer.status}).", was_billed=False
                )

    def busy(self, answer: Answer, *, seconds: float = RETRY_SECONDS) -> Unavailable:
        """The provider cannot now; another try after what it asks for, else after `seconds`."""
        given = answer.retry_after_seconds
        return Unavailable(
            f"{self.title} is busy.", retry_after_seconds=seconds if given is None else given
        )

    def read(self, answer: Answer, kind: type[ReadT], *, is_order: bool) -> ReadT:
        """The answer's JSON as a value of `kind`.

        Raises: Unknown, of a call that is no order Unavailable, where it is not what was promised.
        """
        try:
            return kind.model_validate_json(answer.body)
        except ValidationError as error:
            raise self._lost(is_order, "Its answer could not be read.") from error

    def _lost(self, is_order: bool, words: str = "") -> ProviderError:
        if is_order:
            return Unknown(words)
        return Unavailable(
            f"{self.title} did not answer. {words}".strip(), retry_after_seconds=RETRY_SECONDS
        )


def headers_of(response: httpx2.Response) -> Mapping[str, str]:
    """An answer's headers by lower-case name."""
    return {name.lower(): value for name, value in response.headers.items()}


def _parts(form: Mapping[str, str] | None) -> list[tuple[str, tuple[None, str]]]:
    """The fields of a form as parts without a file's name."""
    return [(name, (None, value)) for name, value in (form or {}).items()]


def plain(words: object) -> str:
    """A provider's words as they can be shown: one line, of bounded length; "" for no text."""
    text = " ".join(words.split()) if isinstance(words, str) else ""
    return text if len(text) <= _MAX_WORDS else f"{text[: _MAX_WORDS - 1]}…"


def _number(text: str, *, unit: float = 1.0) -> float | None:
    try:
        number = float(text) * unit
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _timestamp(date: str) -> float | None:
    """A date as HTTP writes it, in seconds of Unix time."""
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError):
        return None


def _can_be_sent(value: str) -> bool:
    """Whether a header can hold it; a key with a line break in it would be two headers."""
    return value.isascii() and value.isprintable()
