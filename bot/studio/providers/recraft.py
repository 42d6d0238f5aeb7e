"""Recraft: an order in, one call for each picture, base64 pictures out; drawings as SVG and PNG.

Options of an entry: `operation`, `generations` or `removeBackground`; `is_vector` where the model
draws SVG, whose pixels are then made here at the order's size.

Not offered: `imageToImage`, which wants a description of the result and a strength where people say
what should change; `crispUpscale` and `creativeUpscale`, whose factor is not published.

Source: https://www.recraft.ai/docs/api-reference (endpoints, image-inputs-and-results,
error-handling, appendix, pricing; 2026-11) and its OpenAPI document (2026-08-21)
"""

import asyncio
import re
import time
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from bot.errors import BadPicture, OutOfCredit, ProviderError, Refused, Unavailable, Unknown
from bot.studio.provider import Absent, Accepted, KeyReport, Made, Order, Picture, Provider
from bot.studio.remote.api import Answer, Api, Read, plain
from bot.studio.remote.download import download
from bot.studio.remote.kind import Access, Kind
from bot.studio.remote.options import Options, checker, options_of
from bot.studio.remote.sources import Limits, fitted
from bot.studio.remote.variations import make_all
from bot.studio.remote.words import data_url, from_base64, prompt_words
from bot.studio.vector import clean_svg, rasterise

AT_ONCE = 4
"""Five requests a second are let through."""
UNITS_PER_USD = 1000

_HOSTS = ("recraft.ai",)
"""Where results lie that come as addresses (`img.recraft.ai`)."""
_LIMITS = Limits(max_pixels=16_000_000, max_bytes=9_900_000, min_side_px=256, max_side_px=4096)
_MODERATED = re.compile(r"moderat|nsfw|safety|prohibited|unsafe", re.IGNORECASE)
_EMPTY = re.compile(
    r"(?:not[ _]enough|insufficient|no|zero)[ _](?:api[ _])?(?:credit|unit|balance|fund)",
    re.IGNORECASE,
)


class _Entry(Read):
    b64_json: str = ""
    url: str = ""


class _Generated(Read):
    data: list[_Entry] = Field(min_length=1)
    credits: Decimal | None = None


class _Processed(Read):
    image: _Entry
    credits: Decimal | None = None


class _Account(Read):
    credits: Decimal


class _Options(Options):
    """What an entry says of its model."""

    operation: Literal["generations", "removeBackground"] = "generations"
    is_vector: bool = False


class RecraftProvider(Provider):
    """Makes pictures and drawings, and takes backgrounds away."""

    name = "recraft"
    poll_seconds = 1.0

    def __init__(self, access: Access) -> None:
        self._api = Api(
            client=access.client,
            title="Recraft",
            url=access.url,
            headers={"Authorization": f"Bearer {access.key}"},
            judge=judge,
        )
        self._silence_seconds = access.silence_seconds
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def submit(self, order: Order) -> Made:
        """Generate, or take the background of the only source away."""
        options = options_of(order.model, _Options)
        make = self._cut_out if options.operation == "removeBackground" else self._generate

        async def one(call: Order) -> Made:
            return await make(call, options)

        return await make_all(order, one, gate=self._gate)

    async def poll(self, order: Order, reference: str) -> None:
        """Nothing: an answer holds the pictures, so there is never one to wait for."""

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """Raises: Unknown; Recraft knows no keys of ours."""
        raise Unknown

    async def check_key(self) -> KeyReport:
        """Ask how many units the account has left."""
        answer = await self._api.call("GET", "/users/me", is_order=False)
        left = self._api.read(answer, _Account, is_order=False).credits
        if left <= 0:
            raise OutOfCredit("The account with Recraft is out of credit.")
        return KeyReport(f"works; ${left / UNITS_PER_USD:.2f} left")

    async def _generate(self, call: Order, options: _Options) -> Made:
        started = time.monotonic()
        answer = await self._order("generations", _fields(call, options))
        read = self._api.read(answer, _Generated, is_order=True)
        pictures = []
        for index, entry in enumerate(read.data, start=1):
            data = await self._bytes(entry)
            if options.is_vector:
                pictures.append(await _drawn(data, call, index))
            else:
                pictures.append(Picture(data=data, description="", index=index))
        return _made(answer, tuple(pictures), read.credits, started)

    async def _cut_out(self, call: Order, options: _Options) -> Made:
        source = await fitted(call.sources[0], _LIMITS, title="Recraft")
        started = time.monotonic()
        fields = {
            "image_url": data_url(source),
            "response_format": "b64_json",
            "image_format": "png",
        }
        answer = await self._order(options.operation, fields)
        read = self._api.read(answer, _Processed, is_order=True)
        picture = Picture(data=await self._bytes(read.image), description="", index=1)
        return _made(answer, (picture,), read.credits, started)

    async def _order(self, operation: str, fields: dict[str, Any]) -> Answer:
        return await self._api.call(
            "POST",
            f"/images/{operation}",
            is_order=True,
            timeout_seconds=self._silence_seconds,
            json=fields,
        )

    async def _bytes(self, entry: _Entry) -> bytes:
        """What an entry holds, or what lies at its address.

        Raises: Unknown; it is made and paid for, and ordering it again would pay twice.
        """
        if entry.b64_json or not entry.url:
            return from_base64(entry.b64_json)
        api = self._api
        try:
            return await download(
                api.client, entry.url, title=api.title, hosts=_HOSTS, own_url=api.url
            )
        except Unavailable as error:
            raise Unknown(error.reason) from error


def judge(answer: Answer) -> ProviderError | None:
    """Recraft's own errors, of which it publishes few: by their words, which may be plain text."""
    text = answer.body.decode(errors="replace") if answer.data is None else ""
    words = plain(answer.at("message")) or (plain(text) if "<" not in text else "")
    said = f"{plain(answer.at('code'))} {words}"
    if 400 <= answer.status < 500 and answer.status != 429:
        if _MODERATED.search(said):
            return Refused(words or "Recraft's rules do not allow it.", was_billed=False)
        if _EMPTY.search(said):
            return OutOfCredit("The account with Recraft is out of credit.")
    if answer.status in (400, 404, 413, 415, 422):
        return Refused(words or "Recraft did not take the request.", was_billed=False)
    return None


def _fields(call: Order, options: _Options) -> dict[str, Any]:
    size = f"{call.size.width_px}x{call.size.height_px}"
    if options.is_vector:
        # Drawings have a ratio, not pixels.
        size = "1:1" if call.aspect is None else call.aspect.value
    fields: dict[str, Any] = {
        "prompt": prompt_words(call),
        "model": call.model.api_model,
        "n": call.count,
        "size": size,
        "response_format": "b64_json",
    }
    if not options.is_vector:
        fields["image_format"] = "png"
    if call.seed is not None:
        fields["random_seed"] = call.seed
    return fields


async def _drawn(data: bytes, call: Order, index: int) -> Picture:
    """A drawing with its pixels.

    Raises: Unknown where it is none that we show: it is paid for, and a person decides.
    """
    try:
        svg = await asyncio.to_thread(clean_svg, data)
        long_side = max(call.size.width_px, call.size.height_px)
        pixels = await rasterise(svg, long_side_px=long_side)
    except BadPicture as error:
        raise Unknown(f"Recraft made a drawing that cannot be shown. {error.words}") from error
    return Picture(data=pixels, description="", index=index, vector=svg)


def _made(
    answer: Answer, pictures: tuple[Picture, ...], units: Decimal | None, started: float
) -> Made:
    return Made(
        pictures=pictures,
        seconds=time.monotonic() - started,
        cost_usd=None if units is None else units / UNITS_PER_USD,
        request_id=answer.headers.get("x-recraft-requestid", ""),
    )


KIND = Kind(
    name="recraft",
    title="Recraft",
    make=RecraftProvider,
    key_variable="RECRAFT_API_TOKEN",
    url="https://external.api.recraft.ai/v1",
    url_variable="RECRAFT_BASE_URL",
    keys_at="https://app.recraft.ai/profile/api",
    check=checker(_Options),
)
