"""OpenAI Images: an order in, one call for all its pictures, base64 pictures out.

Source: https://platform.openai.com/docs/api-reference/images (2026-11)
"""

import asyncio
import time
from decimal import Decimal
from typing import Any

from pydantic import Field

from bot.errors import BadKey, OutOfCredit, ProviderError, Refused, Unknown
from bot.studio.provider import Absent, Accepted, KeyReport, Made, Order, Picture, Provider
from bot.studio.remote.api import Answer, Api, Read, Upload, plain
from bot.studio.remote.kind import Access, Kind
from bot.studio.remote.variations import make_all
from bot.studio.remote.words import from_base64, prompt_words

AT_ONCE = 8

_TEXT_USD, _PICTURE_USD, _MADE_USD = (Decimal(price) / 1_000_000 for price in (5, 8, 30))
"""A token of text and of pictures that go in, and of pictures that come out."""


class _Entry(Read):
    b64_json: str


class _Details(Read):
    text_tokens: int = 0
    image_tokens: int = 0


class _Usage(Read):
    input_tokens_details: _Details = _Details()
    output_tokens: int


class _Answer(Read):
    data: list[_Entry] = Field(min_length=1)
    usage: _Usage | None = None


class _Model(Read):
    id: str


class _Models(Read):
    data: list[_Model]


class OpenAIProvider(Provider):
    """Makes and edits pictures with the GPT image models."""

    name = "openai"
    poll_seconds = 1.0

    def __init__(self, access: Access) -> None:
        self._api = Api(
            client=access.client,
            title="OpenAI",
            url=access.url,
            headers={"Authorization": f"Bearer {access.key}"},
            judge=judge,
        )
        self._silence_seconds = access.silence_seconds
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def submit(self, order: Order) -> Made:
        """Generate, or edit where there are sources."""
        return await make_all(order, self._make, gate=self._gate)

    async def poll(self, order: Order, reference: str) -> None:
        """Nothing: an answer holds the pictures, so there is never one to wait for."""

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """Raises: Unknown; OpenAI keeps no pictures and knows no keys of ours."""
        raise Unknown

    async def check_key(self) -> KeyReport:
        """Ask which models the key may use."""
        answer = await self._api.call("GET", "/models", is_order=False)
        listed = self._api.read(answer, _Models, is_order=False)
        return KeyReport("works", model_ids=frozenset(model.id for model in listed.data))

    async def _make(self, order: Order) -> Made:
        started = time.monotonic()
        fields = _fields(order)
        if order.sources:
            answer = await self._api.call(
                "POST",
                "/images/edits",
                is_order=True,
                timeout_seconds=self._silence_seconds,
                form={name: str(value) for name, value in fields.items()},
                files=_uploads(order),
            )
        else:
            answer = await self._api.call(
                "POST",
                "/images/generations",
                is_order=True,
                timeout_seconds=self._silence_seconds,
                json=fields,
            )
        read = self._api.read(answer, _Answer, is_order=True)
        pictures = tuple(
            Picture(data=from_base64(entry.b64_json), description="", index=index)
            for index, entry in enumerate(read.data, start=1)
        )
        return Made(
            pictures=pictures,
            seconds=time.monotonic() - started,
            cost_usd=None if read.usage is None else _cost(read.usage),
            request_id=answer.headers.get("x-request-id", ""),
        )


def judge(answer: Answer) -> ProviderError | None:
    """OpenAI's own codes: what is refused, what is out of credit, what is only busy."""
    code, words = answer.at("error", "code"), plain(answer.at("error", "message"))
    if code in ("moderation_blocked", "content_policy_violation"):
        return Refused(_moderated(answer) or words or "its safety rules", was_billed=False)
    if code in ("insufficient_quota", "billing_hard_limit_reached"):
        return OutOfCredit("The account with OpenAI is out of credit.")
    if answer.status == 403:
        return BadKey("OpenAI does not let this key use the model; it may ask for verification.")
    if answer.status in (400, 404, 413, 415, 422):
        return Refused(words or "OpenAI did not take the request.", was_billed=False)
    return None


def _moderated(answer: Answer) -> str:
    categories = answer.at("error", "moderation_details", "categories")
    if not isinstance(categories, list) or not categories:
        return ""
    return f"OpenAI's safety rules ({', '.join(map(str, categories))})"


def _fields(order: Order) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "model": order.model.api_model,
        "prompt": prompt_words(order),
        "n": order.count,
        "size": f"{order.size.width_px}x{order.size.height_px}",
        "quality": order.model.options.get("quality", "auto"),
        "output_format": "png" if order.is_transparent else "jpeg",
        "background": "transparent" if order.is_transparent else "auto",
    }
    if order.end_user:
        fields["safety_identifier"] = order.end_user
    return fields


def _uploads(order: Order) -> list[Upload]:
    return [
        ("image[]", (f"image-{number}.{source.mime.partition('/')[2]}", source.data, source.mime))
        for number, source in enumerate(order.sources, start=1)
    ]


def _cost(usage: _Usage) -> Decimal:
    """What the tokens cost."""
    taken = usage.input_tokens_details
    return (
        taken.text_tokens * _TEXT_USD
        + taken.image_tokens * _PICTURE_USD
        + usage.output_tokens * _MADE_USD
    )


KIND = Kind(
    name="openai",
    title="OpenAI",
    make=OpenAIProvider,
    key_variable="OPENAI_API_KEY",
    url="https://api.openai.com/v1",
    url_variable="OPENAI_BASE_URL",
    keys_at="https://platform.openai.com/api-keys",
)
