"""Ideogram: an order in, one generation a picture, asked for until it is done, pictures out.

Every request is asynchronous: a synchronous one that takes over 265 s is answered with 503 while
the work goes on and is billed. What a request holds is in `ideogram_request`.

Not proven against the service: the fields of 4.0, 3.0 and the upscalers, which were read from
clients that are checked against its specification (2026-10) and not from the reference itself, as
was `private`.

Source: https://developer.ideogram.ai (v2, 2026-11): responses-and-metadata, errors, rate-limits,
the references of ideogram-4-5, precise-edit, remove-background, upscale and generations
"""

import time
from asyncio import Semaphore
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pydantic import Field

from bot.errors import BadKey, OutOfCredit, ProviderError, Refused, Unavailable, Unknown
from bot.studio.picture import MAX_PIXELS
from bot.studio.provider import Absent, Accepted, KeyReport, Made, Order, Picture, Provider
from bot.studio.providers.ideogram_request import (
    IdeogramOptions,
    fields_of,
    form_of,
    path_of,
)
from bot.studio.remote.api import Answer, Api, Read, Upload, plain
from bot.studio.remote.download import download
from bot.studio.remote.kind import Access, Kind
from bot.studio.remote.options import checker, options_of
from bot.studio.remote.places import Places
from bot.studio.remote.sources import Limits, fitted
from bot.studio.remote.tickets import Fetch, Ticket, collect, judge_look, order_all, read

AT_ONCE = 10
"""Images that an organisation may have in progress; a request over that is refused with 429."""

_TITLE = "Ideogram"
_HOSTS = ("ideogram.ai",)
_PATIENCE_SECONDS = 1800.0
"""Its links hold for 24 hours."""
_LEASE_SECONDS = 300.0
"""A little more than what its slowest requests take."""
_BUSY_SECONDS = 10.0
_SOURCE = Limits(max_pixels=MAX_PIXELS, max_bytes=25_000_000)
_FLAGGED = "content_policy_violation"


class _Accepted(Read):
    generation_id: str = Field(pattern=r"^[A-Za-z0-9_=-]+$")


class _Quote(Read):
    usd_micros: int = Field(ge=0)


class _Entry(Read):
    url: str | None = None
    is_image_safe: bool = True
    seed: int | None = None


class _Generation(Read):
    status: str
    failure_reason: str | None = None
    data: list[_Entry] = Field(default_factory=list)
    usage_cost_usd_micros: int | None = None


class IdeogramProvider(Provider):
    """Makes, edits, cuts out and enlarges pictures with Ideogram."""

    name = "ideogram"
    poll_seconds = 3.0

    def __init__(self, access: Access) -> None:
        self._api = Api(
            client=access.client,
            title=_TITLE,
            url=access.url,
            headers={"Api-Key": access.key},
            judge=judge,
            works_on_after_errors=True,
        )
        self._looks = replace(self._api, judge=judge_look)
        self._silence_seconds = access.silence_seconds
        self._gate = Semaphore(AT_ONCE)
        self._places = Places(
            AT_ONCE,
            title=_TITLE,
            lease_seconds=_LEASE_SECONDS,
            wait_seconds=access.silence_seconds,
        )

    async def submit(self, order: Order) -> Accepted:
        """Start a generation for each picture."""
        options = options_of(order.model, IdeogramOptions)
        files = await self._files(order)

        async def start(call: Order) -> Ticket:
            cost = await self._quoted(call, options, files) if options.quotes else None
            answer = await self._send(call, options, files, is_order=True)
            accepted = self._api.read(answer, _Accepted, is_order=True)
            return Ticket(id=accepted.generation_id, cost_usd=cost)

        async with self._places.take(order.count) as taken:
            accepted = await order_all(order, start, gate=self._gate)
            for ticket in read(accepted.reference).tickets:
                if not ticket.lost:
                    taken.keep(ticket.id, ticket.count)
        return accepted

    async def poll(self, order: Order, reference: str) -> Made | None:
        """Ask for each generation, and fetch the pictures once all are done."""
        accepted_at = read(reference).at

        async def look(call: Order, ticket: Ticket) -> Made | Fetch | None:
            answer = await self._looks.call("GET", f"/v2/generations/{ticket.id}", is_order=False)
            found = self._looks.read(answer, _Generation, is_order=False)
            if found.status == "pending":
                return None
            self._places.free([ticket.id])
            if found.status == "failed":
                raise _failed(found)
            if found.status != "completed":
                raise Unknown(f'{_TITLE} says of it: "{plain(found.status)}".')
            return lambda: self._fetch(call, ticket, found, accepted_at)

        return await collect(order, reference, look, patience_seconds=_PATIENCE_SECONDS)

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """Raises: Unknown; it lists no generations and knows no keys of ours."""
        raise Unknown

    async def check_key(self) -> KeyReport:
        """Ask what a picture would cost: nothing is made and nothing billed."""
        answer = await self._api.call(
            "POST",
            "/v2/image/generate/ideogram-4-5",
            is_order=False,
            params={"dry_run": "true"},
            json={"prompt": "A plain grey square", "magic_prompt": "off", "quality": "low"},
        )
        self._api.read(answer, _Quote, is_order=False)
        return KeyReport("works")

    async def _files(self, order: Order) -> list[Upload]:
        files: list[Upload] = []
        for number, given in enumerate(order.sources):
            source = await fitted(given, _SOURCE, title=order.model.name)
            field = "image" if number == 0 else "reference_images"
            name = f"image-{number + 1}.{source.mime.partition('/')[2]}"
            files.append((field, (name, source.data, source.mime)))
        return files

    async def _quoted(
        self, call: Order, options: IdeogramOptions, files: Sequence[Upload]
    ) -> Decimal:
        """What the call costs, asked just before it is sent.

        Raises: Refused where that is more than was approved.
        """
        answer = await self._send(call, options, files, is_order=False)
        asked = _usd(self._api.read(answer, _Quote, is_order=False).usd_micros)
        price = call.model.price_usd
        if call.sources and call.scale is None:
            price = call.model.edit_price_usd or price
        if asked > price * call.count:
            words = f"{_TITLE} asks ${asked:.2f} for this picture, more than the ${price:.2f} here."
            raise Refused(words, was_billed=False)
        return asked

    async def _send(
        self, call: Order, options: IdeogramOptions, files: Sequence[Upload], *, is_order: bool
    ) -> Answer:
        """Hand a call over, or ask what it costs where it is no order."""
        fields = fields_of(call, options)
        return await self._api.call(
            "POST",
            f"/v2/image/{path_of(call, options)}",
            is_order=is_order,
            timeout_seconds=self._silence_seconds,
            params=None if is_order else {"dry_run": "true"},
            json=None if files else fields,
            form=form_of(fields) if files else None,
            files=files,
        )

    async def _fetch(
        self, call: Order, ticket: Ticket, found: _Generation, accepted_at: float
    ) -> Made:
        if not found.data:
            raise Unknown(f"{_TITLE} is done, but lists no picture.")
        pictures = [
            Picture(
                data=await download(
                    self._api.client,
                    entry.url,
                    title=_TITLE,
                    hosts=_HOSTS,
                    own_url=self._api.url,
                ),
                description="",
                index=index,
                seed=None if call.seed in (None, entry.seed) else entry.seed,
            )
            for index, entry in enumerate(found.data, start=1)
            if entry.url and entry.is_image_safe
        ]
        held_back = f"{_TITLE}'s safety check of what came out"
        if not pictures:
            raise Refused(held_back, was_billed=True)
        cost = found.usage_cost_usd_micros
        return Made(
            pictures=tuple(pictures),
            seconds=max(time.time() - accepted_at, 0.0),
            shortfall=held_back if len(pictures) < len(found.data) else "",
            cost_usd=ticket.cost_usd if cost is None else _usd(cost),
            request_id=ticket.id,
        )


def judge(answer: Answer) -> ProviderError | None:
    """Its own reasons; of a request that it rejects, nothing is billed."""
    words = next(
        filter(None, (plain(answer.at(key)) for key in ("error", "detail", "message"))), ""
    )
    reason = answer.at("reject_reason")
    if answer.status in (402, 429) and reason == "inflight_limit":
        wait = answer.retry_after_seconds
        return Unavailable(
            f"{_TITLE} still works on other images.",
            retry_after_seconds=_BUSY_SECONDS if wait is None else wait,
        )
    match answer.status:
        case 401:
            return BadKey(f"{_TITLE} does not accept the key; it also pauses keys without funds.")
        case 402 if reason == "daily_limit":
            return OutOfCredit(f"The account with {_TITLE} has reached its daily limit.")
        case 402 if reason not in (None, "insufficient_funds"):
            return OutOfCredit(f"{_TITLE} does not allow it to this account ({plain(reason)}).")
        case 403:
            return BadKey(f"{_TITLE} does not let this key use the model.")
        case 422:
            return Refused(f"{_TITLE}'s safety check of what was asked for", was_billed=False)
        case 400 | 404 | 405 | 413 | 415:
            return Refused(words or f"{_TITLE} did not take the request.", was_billed=False)
        case _:
            return None


def _failed(found: _Generation) -> Refused:
    """A generation that fails is not billed."""
    reason = plain(found.failure_reason)
    if reason == _FLAGGED:
        return Refused(f"{_TITLE}'s safety rules", was_billed=False)
    words = f"{_TITLE} failed at it"
    return Refused(f"{words} ({reason.replace('_', ' ')})" if reason else words, was_billed=False)


def _usd(micros: int) -> Decimal:
    return Decimal(micros) / 1_000_000


KIND = Kind(
    name="ideogram",
    title=_TITLE,
    make=IdeogramProvider,
    key_variable="IDEOGRAM_API_KEY",
    url="https://api.ideogram.ai",
    url_variable="IDEOGRAM_BASE_URL",
    keys_at="https://ideogram.ai/manage-api",
    check=checker(IdeogramOptions),
)
