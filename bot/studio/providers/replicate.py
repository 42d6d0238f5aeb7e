"""Replicate: an order in, a prediction for each picture, their files out; any model it hosts.

What a model's inputs are called stands in its entry (`bot.studio.remote.hosted`). Its `api_model`
is `owner/name` of an official model, else `owner/name:version`; `options.unit_usd` is what a second
of its run costs, for models that are billed so.

A lost order is not looked up: predictions can be listed, but nothing in them is ours alone.

Source: https://replicate.com/docs/reference/http, /docs/topics/predictions/lifecycle and
/changelog/2025-10-16-prediction-deadlines (2026-11)
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from bot.domain.catalog import ImageModel
from bot.errors import ProviderError, Refused, SetupError, Unavailable, Unknown
from bot.studio.provider import (
    Absent,
    Accepted,
    KeyReport,
    Made,
    Order,
    Picture,
    Provider,
    SourcePicture,
)
from bot.studio.remote.api import RETRY_SECONDS, Answer, Api, Read, plain
from bot.studio.remote.hosted import body, hosted, options_of, sources_of
from bot.studio.remote.kind import Access, Kind
from bot.studio.remote.outputs import addresses, fetched
from bot.studio.remote.tickets import Ticket, cancel_all, collect, order_all
from bot.studio.remote.words import data_url

AT_ONCE = 8

RESULT_HOSTS = ("replicate.delivery",)

MAX_DATA_URL_BYTES = 256_000
"""Larger pictures are uploaded first, as the reference asks."""

PATIENCE_SECONDS = 900.0
"""Longer than the deadline below, and shorter than the hour after which results are deleted."""

_DEADLINE = "10m"
"""Whatever has not come to an end by then is stopped by Replicate; unbilled if it never began."""

_UPLOAD_SECONDS = 120.0
_MODEL = re.compile(r"\w[\w.-]*/\w[\w.-]*(:[0-9a-f]{64})?", re.ASCII)
_RESETS = re.compile(r"resets in ~?(\d+)\s?s")


class _Urls(Read):
    get: str
    cancel: str = ""


class _Metrics(Read):
    predict_time: float | None = None


class _Prediction(Read):
    id: str
    status: str
    urls: _Urls
    output: Any = None
    error: Any = None
    metrics: _Metrics | None = None


class _FileUrls(Read):
    get: str


class _File(Read):
    urls: _FileUrls


class _Account(Read):
    username: str


class ReplicateProvider(Provider):
    """Makes, edits and enlarges pictures with the models that Replicate hosts."""

    name = "replicate"
    poll_seconds = 1.0

    def __init__(self, access: Access) -> None:
        self._api = Api(
            client=access.client,
            title="Replicate",
            url=access.url,
            headers={"Authorization": f"Bearer {access.key}"},
            judge=judge,
        )
        self._looking = replace(self._api, judge=judge_look)
        self._silence_seconds = access.silence_seconds
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def submit(self, order: Order) -> Accepted:
        """Start a prediction for each call; pictures to work on are handed over once for all."""
        options = options_of(order)
        sources = await sources_of(order, options, title="Replicate")
        pictures = [await self._address_of(source) for source in sources]

        async def start(call: Order) -> Ticket:
            inputs = body(call, options.inputs_of(call), pictures)
            return await self._start(options.model_of(call), inputs)

        return await order_all(order, start, gate=self._gate)

    async def poll(self, order: Order, reference: str) -> Made | None:
        """Ask for every prediction, and fetch the files of those that are done."""
        return await collect(order, reference, self._look, patience_seconds=PATIENCE_SECONDS)

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """Raises: Unknown; no prediction says whose order it was."""
        raise Unknown

    async def cancel(self, order: Order, reference: str) -> bool:
        """Stop the predictions; only what had not begun is certain not to be billed."""
        return await cancel_all(reference, self._cancel, waits=self._waits)

    async def check_key(self) -> KeyReport:
        """Ask whose key it is."""
        answer = await self._api.call("GET", "/v1/account", is_order=False)
        account = self._api.read(answer, _Account, is_order=False)
        return KeyReport(f"works; account {plain(account.username)}")

    async def _start(self, model: str, inputs: dict[str, Any]) -> Ticket:
        name, _, version = model.partition(":")
        path = "/v1/predictions" if version else f"/v1/models/{quote(name)}/predictions"
        answer = await self._api.call(
            "POST",
            path,
            is_order=True,
            timeout_seconds=self._silence_seconds,
            json={"input": inputs, **({"version": version} if version else {})},
            headers={"Cancel-After": _DEADLINE},
        )
        begun = self._api.read(answer, _Prediction, is_order=True)
        return Ticket(id=begun.id, url=begun.urls.get, cancel_url=begun.urls.cancel)

    async def _look(self, call: Order, ticket: Ticket) -> Made | None:
        answer = await self._looking.call("GET", ticket.url, is_order=False)
        seen = self._looking.read(answer, _Prediction, is_order=False)
        seconds = seen.metrics.predict_time if seen.metrics else None
        match seen.status:
            case "starting" | "processing":
                return None
            case "succeeded":
                pictures = await self._fetch(call, addresses(seen.output))
                few = len(pictures) < call.count
                return Made(
                    pictures=pictures,
                    seconds=seconds or 0.0,
                    shortfall="Replicate made fewer than were ordered." if few else "",
                    cost_usd=_cost(call, seconds),
                    request_id=seen.id,
                )
            case "failed":
                # Official models are billed by their output, the others by the second.
                raise Refused(_failure(seen.error), was_billed=bool(_cost(call, seconds)))
            case "aborted":
                raise Refused("Replicate did not begin with it in time.", was_billed=False)
            case "canceled":
                raise Refused("It was stopped at Replicate.", was_billed=True)
            case _:
                raise Unknown(f"Replicate says: {plain(seen.status)}.")

    async def _fetch(self, call: Order, found: Sequence[str]) -> tuple[Picture, ...]:
        if not found:
            raise Unknown("Replicate does not have the picture any more.")
        return tuple(
            [
                Picture(
                    data=await fetched(
                        self._api.client,
                        address,
                        title="Replicate",
                        hosts=RESULT_HOSTS,
                        own_url=self._api.url,
                    ),
                    description="",
                    index=index,
                )
                for index, address in enumerate(found[: call.count], start=1)
            ]
        )

    async def _address_of(self, source: SourcePicture) -> str:
        if len(source.data) <= MAX_DATA_URL_BYTES:
            return data_url(source)
        name = f"image.{source.mime.partition('/')[2]}"
        answer = await self._api.call(
            "POST",
            "/v1/files",
            is_order=False,
            timeout_seconds=_UPLOAD_SECONDS,
            files=[("content", (name, source.data, source.mime))],
        )
        return self._api.read(answer, _File, is_order=False).urls.get

    async def _waits(self, ticket: Ticket) -> bool:
        answer = await self._looking.call("GET", ticket.url, is_order=False)
        return self._looking.read(answer, _Prediction, is_order=False).status == "starting"

    async def _cancel(self, ticket: Ticket) -> bool:
        answer = await self._looking.call("POST", ticket.cancel_url, is_order=False)
        seen = self._looking.read(answer, _Prediction, is_order=False)
        return seen.status == "aborted"


def judge(answer: Answer) -> ProviderError | None:
    """Replicate's problem details: what is throttled, and what it does not take."""
    words = plain(answer.at("detail"))
    if answer.status == 429:
        given = answer.retry_after_seconds
        told = _RESETS.search(words)
        seconds = float(told[1]) if told and given is None else given
        return Unavailable(
            "Replicate is busy.",
            retry_after_seconds=RETRY_SECONDS if seconds is None else seconds,
        )
    if answer.status in (400, 404, 413, 422):
        return Refused(words or "Replicate did not take the request.", was_billed=False)
    return None


def judge_look(answer: Answer) -> ProviderError | None:
    """The same of an order that was accepted: no answer can undo that."""
    if answer.status in (401, 402, 403):
        return Unavailable(
            "Replicate does not let the key look at its work.", retry_after_seconds=RETRY_SECONDS
        )
    if answer.status in (400, 404, 410, 422):
        return Unknown("Replicate does not know of it any more.")
    return judge(answer)


def check(model: ImageModel) -> None:
    """See that an entry says what is needed.

    Raises: SetupError.
    """
    options = hosted(model)
    for field, name in (("api_model", model.api_model), ("edit_model", options.edit_model)):
        if name and not _MODEL.fullmatch(name):
            raise SetupError(f"{field}: Replicate's models are called owner/name or owner/name:id.")


def _failure(error: object) -> str:
    words = plain(error)
    return f"Replicate did not make it: {words}" if words else "Replicate did not make it."


def _cost(call: Order, seconds: float | None) -> Decimal | None:
    unit_usd = options_of(call).unit_usd
    if unit_usd is None or seconds is None:
        return None
    return unit_usd * Decimal(str(seconds))


KIND = Kind(
    name="replicate",
    title="Replicate",
    make=ReplicateProvider,
    key_variable="REPLICATE_API_TOKEN",
    url="https://api.replicate.com",
    url_variable="REPLICATE_BASE_URL",
    keys_at="https://replicate.com/account/api-tokens",
    check=check,
)
