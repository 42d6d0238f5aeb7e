"""An operator's own OpenAI-compatible server: an order in, one call a picture, pictures out.

LocalAI, stable-diffusion.cpp, vLLM-Omni and SGLang speak OpenAI's interface, each with additions of
its own; which there are is data (`server_models.FLAVOURS`). Options of an entry: `flavour`.

What people write is data: it reaches a server only through `neutral`, so that no words in a chat
can set what only a field of the order may (a seed, a size, steps, weights to load).

Source: see `server_models`; OpenAI's interface as in `openai`.
"""

import asyncio
import json
import time
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin

from pydantic import Field

from bot.domain.catalog import Size
from bot.errors import ProviderError, Refused, Unavailable, Unknown
from bot.studio.provider import Absent, Accepted, KeyReport, Made, Order, Picture, Provider
from bot.studio.providers.server_models import (
    FLAVOURS,
    KEY,
    URL,
    Flavour,
    Sources,
    Way,
    server_models,
)
from bot.studio.remote.api import RETRY_SECONDS, Answer, Api, Read, Upload, plain
from bot.studio.remote.download import download
from bot.studio.remote.kind import Access, Kind
from bot.studio.remote.neutral import neutral
from bot.studio.remote.sources import Limits, fitted
from bot.studio.remote.variations import make_all
from bot.studio.remote.words import from_base64, prompt_words, to_base64

TITLE = "Your image server"
SOURCES = Limits(max_pixels=4_194_304, max_bytes=20_000_000)
"""Of each picture that goes in: more than these models look at anyway."""
EDIT_PIXELS = 1_048_576
"""About what these models are trained on; an edit is asked for in no more."""
_STEP = 16
_MOST_LISTED = 5


class _Entry(Read):
    b64_json: str | None = None
    url: str | None = None


class _Answer(Read):
    data: list[_Entry] = Field(min_length=1)


class _Model(Read):
    id: str


class _Models(Read):
    data: list[_Model]


class ServerProvider(Provider):
    """Makes and edits pictures on the operator's own server."""

    name = "server"
    poll_seconds = 1.0

    def __init__(self, access: Access) -> None:
        url = access.url if access.url.endswith("/v1") else f"{access.url}/v1"
        self._api = Api(
            client=access.client,
            title=TITLE,
            url=url,
            headers={"Authorization": f"Bearer {access.key}"} if access.key else {},
            judge=judge,
        )
        self._silence_seconds = access.silence_seconds
        self._gates = {name: asyncio.Semaphore(can.at_once) for name, can in FLAVOURS.items()}

    async def submit(self, order: Order) -> Made:
        """Generate, or edit where there are sources; one call a picture, so that seeds are true.

        Raises: Refused, before anything is sent, for a source that is no picture.
        """
        name, _ = flavour_of(order)
        if order.sources:
            sources = [await fitted(one, SOURCES, title=TITLE) for one in order.sources]
            order = order.model_copy(update={"sources": tuple(sources)})
        return await make_all(order, self._make, gate=self._gates[name])

    async def poll(self, order: Order, reference: str) -> None:
        """Nothing: an answer holds the pictures, so there is never one to wait for."""

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """Raises: Unknown; these servers keep no orders."""
        raise Unknown

    async def check_key(self) -> KeyReport:
        """Ask what it has; several list a name that is not the one they were started with."""
        try:
            answer = await self._api.call("GET", "/models", is_order=False)
        except Refused:
            return KeyReport("answers; it lists no models")
        listed = self._api.read(answer, _Models, is_order=False)
        names = plain(", ".join(model.id for model in listed.data[:_MOST_LISTED]))
        return KeyReport(f"answers; it lists {names or 'no models'}")

    async def _make(self, order: Order) -> Made:
        started = time.monotonic()
        _, can = flavour_of(order)
        fields = fields_of(order)
        is_form = bool(order.sources) and can.sources is not Sources.REF_IMAGES
        answer = await self._api.call(
            "POST",
            "/images/edits" if is_form else "/images/generations",
            is_order=True,
            timeout_seconds=self._silence_seconds,
            json=None if is_form else fields,
            form={name: str(value) for name, value in fields.items()} if is_form else None,
            files=_uploads(order, can) if is_form else (),
        )
        made = self._api.read(answer, _Answer, is_order=True)
        return Made(
            pictures=(Picture(data=await self._bytes(made.data[0]), description="", index=1),),
            seconds=time.monotonic() - started,
            cost_usd=Decimal(0),
            request_id=answer.headers.get("x-request-id", ""),
        )

    async def _bytes(self, entry: _Entry) -> bytes:
        """The picture, also where the server only says where it is; on itself, and nowhere else."""
        if entry.b64_json or not entry.url:
            return from_base64(entry.b64_json)
        try:
            address = urljoin(self._api.url, entry.url)
        except ValueError as error:
            raise Unknown(f"{TITLE} gave an address that is none.") from error
        try:
            return await download(
                self._api.client,
                address,
                title=TITLE,
                hosts=(),
                own_url=self._api.url,
            )
        except Unavailable as error:
            # It was made: ordering it again would make it twice.
            raise Unknown(error.reason) from error


def judge(answer: Answer) -> ProviderError | None:
    """The shapes in which these servers say what is wrong."""
    words = _words(answer)
    if answer.status in (400, 404, 405, 413, 415, 422):
        return Refused(words or f"{TITLE} did not take the request.", was_billed=False)
    if answer.status in (500, 503) and words:
        wait = answer.retry_after_seconds
        return Unavailable(
            f"{TITLE} says: {words}",
            retry_after_seconds=RETRY_SECONDS if wait is None else wait,
        )
    return None


def _words(answer: Answer) -> str:
    places: tuple[tuple[str | int, ...], ...] = (
        ("error", "message"),
        ("detail", 0, "msg"),
        ("detail",),
        ("message",),
        ("error",),
    )
    return next(filter(None, (plain(answer.at(*place)) for place in places)), "")


def flavour_of(order: Order) -> tuple[str, Flavour]:
    """Which kind of server the order's entry is for.

    Raises: Refused for an entry that names none there is.
    """
    name = order.model.options.get("flavour", "plain")
    if not isinstance(name, str) or name not in FLAVOURS:
        raise Refused(f"The catalog's entry of {order.model.name} is wrong.", was_billed=False)
    return name, FLAVOURS[name]


def fields_of(order: Order) -> dict[str, Any]:
    """What is asked of the server, by the names of its fields; the files of a form apart."""
    _, can = flavour_of(order)
    prompt, avoid = neutral(prompt_words(order)), neutral(order.negative_prompt)
    size = edit_size(order.size) if order.sources else order.size
    fields: dict[str, Any] = {
        "model": order.model.api_model,
        "prompt": prompt,
        "n": 1,
        "size": f"{size.width_px}x{size.height_px}",
        "response_format": "b64_json",
    }
    tagged: dict[str, Any] = {}
    for name, way, value in (
        ("seed", can.seed, order.seed),
        ("negative_prompt", can.negative, avoid.strip() or None),
    ):
        if value is None:
            continue
        match way:
            case Way.FIELD:
                fields[name] = value
            case Way.BAR:
                fields["prompt"] = f"{fields['prompt']}|{value}"
            case Way.TAG:
                tagged[name] = value
            case Way.NONE:
                raise Refused(
                    f"{order.model.name} takes no {name.replace('_', ' ')}.", was_billed=False
                )
    if tagged:
        fields["prompt"] += f" <sd_cpp_extra_args>{json.dumps(tagged)}</sd_cpp_extra_args>"
    if order.sources and can.sources is Sources.REF_IMAGES:
        fields["ref_images"] = [to_base64(source.data) for source in order.sources]
    return fields


def edit_size(size: Size) -> Size:
    """About the size of a picture to edit, in steps of 16 and of at most a megapixel."""
    factor = min((EDIT_PIXELS / (size.width_px * size.height_px)) ** 0.5, 1)
    width, height = (
        max(round(side * factor / _STEP), 1) * _STEP for side in (size.width_px, size.height_px)
    )
    return Size(width_px=width, height_px=height)


def _uploads(order: Order, can: Flavour) -> list[Upload]:
    return [
        (
            can.sources.value,
            (f"image-{number}.{source.mime.partition('/')[2]}", source.data, source.mime),
        )
        for number, source in enumerate(order.sources, start=1)
    ]


KIND = Kind(
    name="server",
    title=TITLE,
    make=ServerProvider,
    key_variable=KEY,
    url_variable=URL,
    needs_key=False,
    own_models=server_models,
)
