"""Black Forest Labs: an order in, one task a picture, asked for until it is ready, pictures out.

Options of a model in the catalog:
    megapixels    the most pixels (times 1024 x 1024) of a source that is sent and, of FLUX.2, of an
                  edited picture; 1 where it is not said. Both are billed by the megapixel.
    resolution    of FLUX 3, which takes a ratio and this instead of pixels: `768sq`, `1k`, `1.5k`,
                  `2k` or `4k`.
    fields        what else is sent as it stands, such as the switch that lets a prompt alone.

FLUX 3 has no such switch: it expands prompts itself. It does not search the web here.

Not proven against the service: whether output that its moderation holds back is billed (it is
taken to be, as the work was done; a request held back before the work is not), and what a task in
the state `Error` costs (left to a person).

Source: https://docs.bfl.ai, https://api.bfl.ai/openapi.json and the makers' Python client
(2026-11)
"""

import time
from asyncio import Semaphore
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from bot.domain.catalog import Size
from bot.errors import BadKey, OutOfCredit, ProviderError, Refused, Unknown
from bot.studio.provider import Absent, Accepted, KeyReport, Made, Order, Picture, Provider
from bot.studio.remote.api import Answer, Api, Read, plain
from bot.studio.remote.download import download
from bot.studio.remote.kind import Access, Kind
from bot.studio.remote.options import Options, checker, options_of
from bot.studio.remote.places import Places
from bot.studio.remote.sources import Limits, fitted
from bot.studio.remote.tickets import Fetch, Ticket, collect, judge_look, order_all, read
from bot.studio.remote.words import asked_aspect, prompt_words, to_base64

AT_ONCE = 24
"""Tasks that may be under way; another is refused with 429."""

_TITLE = "Black Forest Labs"
_HOSTS = ("bfl.ai",)
"""Of its regions, and of where it keeps results."""
_CREDIT_USD = Decimal("0.01")
_PATIENCE_SECONDS = 1800.0
_ADDRESS_SECONDS = 600.0
"""How long the address of a result holds; nothing is fetched before all of an order are done."""
_MEGAPIXEL = 1024 * 1024
_STEP_PX = 16
_MIN_PX = 64
_MAX_SOURCE_BYTES = 20_000_000
_FLUX3_MIN_SOURCE_PX = 256


class BFLOptions(Options):
    """What an entry of the catalog says; described above."""

    megapixels: int = Field(1, ge=1, le=4)
    resolution: Literal["768sq", "1k", "1.5k", "2k", "4k"] | None = None
    fields: Mapping[str, bool | int | float | str] = Field(default_factory=dict)


class _Submitted(Read):
    id: str = Field(min_length=1)
    polling_url: str = Field(min_length=1)
    cost: Decimal | None = Field(None, ge=0)
    """In credits."""


class _Result(Read):
    sample: str = ""
    seed: int | None = None


class _Task(Read):
    status: str
    result: _Result | None = None
    details: Any = None


class _Credits(Read):
    credits: Decimal


class BFLProvider(Provider):
    """Makes and edits pictures with the FLUX models."""

    name = "bfl"
    poll_seconds = 2.0

    def __init__(self, access: Access) -> None:
        self._api = Api(
            client=access.client,
            title=_TITLE,
            url=access.url,
            headers={"x-key": access.key},
            judge=judge,
            key_hosts=_HOSTS,
            works_on_after_errors=True,  # its own client never sends an order again after a 5xx
        )
        self._looks = replace(self._api, judge=judge_look)
        self._silence_seconds = access.silence_seconds
        self._gate = Semaphore(AT_ONCE)
        self._places = Places(
            AT_ONCE,
            title=_TITLE,
            lease_seconds=_ADDRESS_SECONDS,
            wait_seconds=access.silence_seconds,
        )

    async def submit(self, order: Order) -> Accepted:
        """Start a task for each picture."""
        options = options_of(order.model, BFLOptions)
        sources = [await self._source(order, options, n) for n in range(len(order.sources))]

        async def start(call: Order) -> Ticket:
            answer = await self._api.call(
                "POST",
                f"/v1/{order.model.api_model}",
                is_order=True,
                timeout_seconds=self._silence_seconds,
                json=_fields(call, options, sources),
            )
            task = self._api.read(answer, _Submitted, is_order=True)
            cost = None if task.cost is None else task.cost * _CREDIT_USD
            return Ticket(id=task.id, url=task.polling_url, cost_usd=cost)

        async with self._places.take(order.count) as taken:
            accepted = await order_all(order, start, gate=self._gate)
            for ticket in read(accepted.reference).tickets:
                if not ticket.lost:
                    taken.keep(ticket.id)
        return accepted

    async def poll(self, order: Order, reference: str) -> Made | None:
        """Ask for each task where it said, and fetch the pictures once all are done."""
        accepted_at = read(reference).at

        async def look(call: Order, ticket: Ticket) -> Made | Fetch | None:
            answer = await self._looks.call("GET", ticket.url, is_order=False)
            task = self._looks.read(answer, _Task, is_order=False)
            if task.status == "Pending":
                return None
            self._places.free([ticket.id])
            if task.status != "Ready":
                raise _ended(task)
            if task.result is None or not task.result.sample:
                raise Unknown(f"{_TITLE} is done, but gave no picture.")
            result = task.result

            async def fetch() -> Made:
                data = await download(
                    self._api.client,
                    result.sample,
                    title=_TITLE,
                    hosts=_HOSTS,
                    own_url=self._api.url,
                )
                seed = None if call.seed in (None, result.seed) else result.seed
                return Made(
                    pictures=(Picture(data=data, description="", index=1, seed=seed),),
                    seconds=max(time.time() - accepted_at, 0.0),
                    cost_usd=ticket.cost_usd,
                    request_id=ticket.id,
                )

            return fetch

        # Of several, the first is not to be lost because the last takes long.
        patience = _PATIENCE_SECONDS if order.count == 1 else _ADDRESS_SECONDS - 60
        return await collect(order, reference, look, patience_seconds=patience)

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """Raises: Unknown; it lists no tasks and knows no keys of ours."""
        raise Unknown

    async def check_key(self) -> KeyReport:
        """Ask for the credits that are left, which costs nothing."""
        answer = await self._api.call("GET", "/v1/credits", is_order=False)
        left = self._api.read(answer, _Credits, is_order=False).credits
        if left <= 0:
            raise OutOfCredit(f"The account with {_TITLE} is out of credit.")
        return KeyReport(f"works; {left:,.0f} credits left")

    async def _source(self, order: Order, options: BFLOptions, number: int) -> str:
        is_flux3 = options.resolution is not None
        limits = Limits(
            max_pixels=options.megapixels * _MEGAPIXEL,
            max_bytes=_MAX_SOURCE_BYTES,
            min_side_px=_FLUX3_MIN_SOURCE_PX if is_flux3 else _MIN_PX,
        )
        source = await fitted(order.sources[number], limits, title=order.model.name)
        return to_base64(source.data)


def judge(answer: Answer) -> ProviderError | None:
    """What is refused, in words; its answers carry a sentence, or a list of what is wrong."""
    words = _detail(answer.at("detail")) or plain(answer.at("message"))
    if answer.status == 403:
        return BadKey(f"{_TITLE} does not accept the key, or not for this model.")
    if answer.status in (400, 404, 405, 413, 415, 422):
        return Refused(words or f"{_TITLE} did not take the request.", was_billed=False)
    return None


def _detail(detail: object) -> str:
    if not isinstance(detail, list):
        return plain(detail)
    lines = []
    for entry in detail:
        if isinstance(entry, dict):
            place = entry.get("loc")
            where = str(place[-1]) if isinstance(place, list) and place else ""
            lines.append(": ".join(filter(None, (where, str(entry.get("msg") or "")))))
    return plain("; ".join(filter(None, lines)))


def _ended(task: _Task) -> ProviderError:
    """What a task came to that has no picture; a state we have not heard of is no success."""
    reasons = task.details.get("Moderation Reasons") if isinstance(task.details, dict) else None
    why = plain(", ".join(map(str, reasons))) if isinstance(reasons, list) else ""
    match task.status:
        case "Request Moderated":
            words = f"{_TITLE}' moderation of what was asked for"
            return Refused(f"{words} ({why})" if why else words, was_billed=False)
        case "Content Moderated":
            words = f"{_TITLE}' moderation of what came out"
            return Refused(f"{words} ({why})" if why else words, was_billed=True)
        case "Task not found":
            return Unknown(f"{_TITLE} does not know the task any more.")
        case "Error":
            return Unknown(f"{_TITLE} failed at it, and does not say whether it is billed.")
        case other:
            return Unknown(f'{_TITLE} gives it a state that we do not know: "{plain(other)}".')


def _fields(call: Order, options: BFLOptions, sources: Sequence[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {**options.fields, "prompt": prompt_words(call)}
    if options.resolution is not None:
        aspect = asked_aspect(call)
        fields |= {
            "resolution": options.resolution,
            "aspect_ratio": "auto" if aspect is None else aspect.value,
            "grounding": False,
        }
        return fields | ({"images": list(sources)} if sources else {})
    size = _edited(call.size, options.megapixels * _MEGAPIXEL) if sources else call.size
    fields |= {"width": size.width_px, "height": size.height_px, "output_format": "png"}
    if call.seed is not None:
        fields["seed"] = call.seed
    if call.is_transparent:
        fields["transparent_bg"] = True
    for number, source in enumerate(sources, start=1):
        fields["input_image" if number == 1 else f"input_image_{number}"] = source
    return fields


def _edited(size: Size, most_pixels: int) -> Size:
    """The nearest size to the source's own that can be asked for, within the pixels paid for."""
    ratio = min((most_pixels / (size.width_px * size.height_px)) ** 0.5, 1.0)
    width, height = (
        max(int(side * ratio) // _STEP_PX * _STEP_PX, _MIN_PX)
        for side in (size.width_px, size.height_px)
    )
    return Size(width_px=width, height_px=height)


KIND = Kind(
    name="bfl",
    title=_TITLE,
    make=BFLProvider,
    key_variable="BFL_API_KEY",
    url="https://api.bfl.ai",
    url_variable="BFL_BASE_URL",
    keys_at="https://dashboard.bfl.ai",
    check=checker(BFLOptions),
)
