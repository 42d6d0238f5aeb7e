"""fal: an order in, a request in its queue for each picture, their files out; any model it hosts.

What a model's inputs are called stands in its entry (`bot.studio.remote.hosted`). Its `api_model`
is the endpoint, such as `fal-ai/flux-2-pro`; `options.unit_usd` is what one of the units costs that
fal counts in `x-fal-billable-units`.

fal tries a request again by itself when a runner fails. That is left on: a failed try (5xx) is
never billed and a request is billed once, for what it delivers. The time in which it may begin is
bounded, so that nothing is made and billed when nobody waits for it any more.

Pictures to edit go along as `data:` addresses: whatever is uploaded to fal can be read by anybody
who has its address. A lost order is not looked up: nothing in fal's queue says whose it was.

Source: https://fal.ai/docs/documentation/model-apis/queue, /errors, /request-errors, /pricing and
/faq; the source of fal-client 1.0.3 (2026-11)
"""

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

from bot.domain.catalog import ImageModel
from bot.errors import (
    BadKey,
    OutOfCredit,
    ProviderError,
    Refused,
    SetupError,
    Unavailable,
    Unknown,
)
from bot.studio.provider import Absent, Accepted, KeyReport, Made, Order, Picture, Provider
from bot.studio.remote.api import RETRY_SECONDS, Answer, Api, Read, plain
from bot.studio.remote.hosted import body, hosted, options_of, sources_of
from bot.studio.remote.kind import Access, Kind
from bot.studio.remote.outputs import addresses, fetched
from bot.studio.remote.tickets import Ticket, cancel_all, collect, order_all
from bot.studio.remote.words import data_url

AT_ONCE = 8
"""fal lets an account run 2 to 40 at once; what is over waits in its queue."""

RESULT_HOSTS = ("fal.media",)

PATIENCE_SECONDS = 900.0

_QUEUE = "https://queue.fal.run"
_PLATFORM = "https://api.fal.ai"
_KEY_HOSTS = ("fal.run", "fal.ai")
_ANY_MODEL = "fal-ai/flux-1/schnell"
_MODEL = re.compile(r"\w[\w.-]*(/\w[\w.-]*)+", re.ASCII)

_ORDER_HEADERS = {
    "X-Fal-Request-Timeout": "600",
    # The files are fetched at once; a day is for when the studio is down.
    "X-Fal-Object-Lifecycle-Preference": json.dumps({"expiration_duration_seconds": 86_400}),
}


class _Queued(Read):
    request_id: str
    response_url: str
    status_url: str
    cancel_url: str


class _Status(Read):
    status: str
    error: Any = None
    error_type: Any = None
    metrics: Any = None


class _Cancelled(Read):
    status: str


class _Result(Read):
    seed: int | None = None
    has_nsfw_concepts: Any = None


class _Price(Read):
    endpoint_id: str


class _Prices(Read):
    prices: list[_Price]


class FalProvider(Provider):
    """Makes, edits and enlarges pictures with the models that fal hosts."""

    name = "fal"
    poll_seconds = 1.0

    def __init__(self, access: Access) -> None:
        self._api = Api(
            client=access.client,
            title="fal",
            url=access.url,
            headers={"Authorization": f"Key {access.key}"},
            judge=judge,
            key_hosts=_KEY_HOSTS,
        )
        self._looking = replace(self._api, judge=judge_look)
        # Whoever puts a server of their own before the queue has it answer for the rest as well.
        self._platform = _PLATFORM if access.url == _QUEUE else access.url
        self._silence_seconds = access.silence_seconds
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def submit(self, order: Order) -> Accepted:
        """Put a request for each call into the queue."""
        options = options_of(order)
        sources = await sources_of(order, options, title="fal")
        pictures = [data_url(source) for source in sources]

        async def start(call: Order) -> Ticket:
            inputs = body(call, options.inputs_of(call), pictures)
            return await self._start(options.model_of(call), inputs)

        return await order_all(order, start, gate=self._gate)

    async def poll(self, order: Order, reference: str) -> Made | None:
        """Ask for every request, and fetch the files of those that are done."""
        return await collect(order, reference, self._look, patience_seconds=PATIENCE_SECONDS)

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """Raises: Unknown; no request says whose order it was."""
        raise Unknown

    async def cancel(self, order: Order, reference: str) -> bool:
        """Take the requests out of the queue; what runs already may still be billed."""
        return await cancel_all(reference, self._cancel, waits=self._waits)

    async def check_key(self) -> KeyReport:
        """Ask for a price, which only a valid key is told."""
        answer = await self._api.call(
            "GET",
            f"{self._platform}/v1/models/pricing",
            is_order=False,
            params={"endpoint_id": _ANY_MODEL},
        )
        self._api.read(answer, _Prices, is_order=False)
        return KeyReport("works")

    async def _start(self, model: str, inputs: dict[str, Any]) -> Ticket:
        answer = await self._api.call(
            "POST",
            f"/{quote(model)}",
            is_order=True,
            timeout_seconds=self._silence_seconds,
            json=inputs,
            headers=_ORDER_HEADERS,
        )
        queued = self._api.read(answer, _Queued, is_order=True)
        return Ticket(
            id=queued.request_id,
            url=queued.status_url,
            result_url=queued.response_url,
            cancel_url=queued.cancel_url,
        )

    async def _look(self, call: Order, ticket: Ticket) -> Made | None:
        answer = await self._looking.call("GET", ticket.url, is_order=False)
        seen = self._looking.read(answer, _Status, is_order=False)
        match seen.status:
            case "IN_QUEUE" | "IN_PROGRESS":
                return None
            case "COMPLETED":
                return await self._result(call, ticket, seen)
            case _:
                raise Unknown(f"fal says: {plain(seen.status)}.")

    async def _result(self, call: Order, ticket: Ticket, seen: _Status) -> Made:
        try:
            answer = await self._looking.call("GET", ticket.result_url, is_order=False)
        except Unavailable as error:
            if not (seen.error or seen.error_type):
                raise
            # It is over, and what fails on fal's side is not billed.
            raise Refused(_failure(seen.error), was_billed=False) from error
        result = self._looking.read(answer, _Result, is_order=True)
        units = _units(answer)
        found = addresses(answer.data)[: call.count]
        if not found:
            raise Unknown("fal does not have the picture any more.")
        flags = result.has_nsfw_concepts if isinstance(result.has_nsfw_concepts, list) else []
        kept = [n for n in range(len(found)) if True not in flags[n : n + 1]]
        if not kept:
            # It was delivered, all black, and what is delivered is billed.
            raise Refused("fal's safety checker blanked the picture.", was_billed=units != 0)
        few = "fal made fewer than were ordered." if len(found) < call.count else ""
        blanked = "fal's safety checker blanked some." if len(kept) < len(found) else ""
        unit_usd = options_of(call).unit_usd
        return Made(
            pictures=await self._fetch(call, found, kept, result.seed),
            seconds=_seconds(seen),
            shortfall=blanked or few,
            cost_usd=None if unit_usd is None or units is None else unit_usd * units,
            request_id=ticket.id,
        )

    async def _fetch(
        self, call: Order, found: Sequence[str], kept: Sequence[int], seed: int | None
    ) -> tuple[Picture, ...]:
        # A model with a seed makes one picture a call.
        told = seed if call.model.has_seed and seed != call.seed else None
        return tuple(
            [
                Picture(
                    data=await fetched(
                        self._api.client,
                        found[number],
                        title="fal",
                        hosts=RESULT_HOSTS,
                        own_url=self._api.url,
                    ),
                    description="",
                    index=number + 1,
                    seed=told,
                )
                for number in kept
            ]
        )

    async def _waits(self, ticket: Ticket) -> bool:
        answer = await self._looking.call("GET", ticket.url, is_order=False)
        return self._looking.read(answer, _Status, is_order=False).status == "IN_QUEUE"

    async def _cancel(self, ticket: Ticket) -> bool:
        answer = await self._looking.call("PUT", ticket.cancel_url, is_order=False)
        # "OK" is said of what was still waiting, and waiting is not billed.
        return self._looking.read(answer, _Cancelled, is_order=False).status == "OK"


def judge(answer: Answer) -> ProviderError | None:
    """fal's answers: what is refused, which account is locked, which is empty."""
    detail = plain(answer.at("detail"))
    if answer.status == 403 and "locked" in detail.lower():
        if "balance" in detail.lower() or "top_up" in detail.lower():
            return OutOfCredit("The account with fal is out of credit.")
        return BadKey(f"fal has locked the account: {detail}")
    if answer.status in (400, 404, 413, 422):
        return Refused(_refusal(answer), was_billed=bool(_units(answer)))
    return None


def judge_look(answer: Answer) -> ProviderError | None:
    """The same of an order that was accepted: no answer can undo that."""
    if answer.status in (401, 402, 403):
        return Unavailable(
            "fal does not let the key look at its work.", retry_after_seconds=RETRY_SECONDS
        )
    if answer.status in (404, 410):
        return Unknown("fal does not know of it any more.")
    detail = answer.at("detail")
    if answer.status == 400 and "in progress" in plain(detail):
        return Unavailable("fal is not done with it yet.", retry_after_seconds=RETRY_SECONDS)
    if answer.status >= 500 and (answer.at("error_type") or answer.at("detail", 0, "type")):
        # A gateway has no such words: it is over, and what fails on fal's side is not billed.
        return Refused(_failure(answer.at("detail", 0, "msg") or detail), was_billed=False)
    return judge(answer)


def check(model: ImageModel) -> None:
    """See that an entry says what is needed.

    Raises: SetupError.
    """
    options = hosted(model)
    for field, name in (("api_model", model.api_model), ("edit_model", options.edit_model)):
        if name and not _MODEL.fullmatch(name):
            raise SetupError(f"{field}: fal's models are called like fal-ai/flux-2-pro.")


def _refusal(answer: Answer) -> str:
    """What fal says is wrong: with the input, or with what it shows."""
    first = answer.at("detail", 0)
    if isinstance(first, dict) and first.get("type") == "content_policy_violation":
        kinds = first.get("categories")
        named = [plain(kind) for kind in kinds] if isinstance(kinds, list) else []
        return (
            f"fal's safety rules ({', '.join(filter(None, named))})"
            if any(named)
            else (plain(first.get("msg")) or "fal's safety rules")
        )
    words = plain(first.get("msg")) if isinstance(first, dict) else ""
    return words or plain(answer.at("detail")) or "fal did not take the request."


def _failure(error: object) -> str:
    words = plain(error)
    return f"fal did not make it: {words}" if words else "fal did not make it."


def _units(answer: Answer) -> Decimal | None:
    """How many units fal bills for; None where it does not say."""
    try:
        units = Decimal(answer.headers.get("x-fal-billable-units", ""))
    except InvalidOperation:
        return None
    return units if units.is_finite() and units >= 0 else None


def _seconds(seen: _Status) -> float:
    took = seen.metrics.get("inference_time") if isinstance(seen.metrics, dict) else None
    return float(took) if isinstance(took, int | float) and took >= 0 else 0.0


KIND = Kind(
    name="fal",
    title="fal",
    make=FalProvider,
    key_variable="FAL_KEY",
    url=_QUEUE,
    url_variable="FAL_QUEUE_URL",
    keys_at="https://fal.ai/dashboard/keys",
    check=check,
)
