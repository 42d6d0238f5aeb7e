"""OpenAI Images: an order in, one call for its pictures, base64 pictures out.

A single picture is streamed where its entry asks for signs of life; several come in one answer.

Options of an entry: see `openai_fields.Options`.

Source: https://developers.openai.com/api/docs/guides/image-generation and
https://platform.openai.com/docs/api-reference/images (2026-11)
"""

import asyncio
import time
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pydantic import Field

from bot.errors import BadKey, OutOfCredit, ProviderError, Refused, Unknown
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
from bot.studio.providers.openai_fields import OpenAIOptions, fields_of
from bot.studio.remote.api import Answer, Api, Read, Upload, plain
from bot.studio.remote.events import STREAM, last_event
from bot.studio.remote.kind import Access, Kind
from bot.studio.remote.options import checker, options_of
from bot.studio.remote.sources import Limits, fitted
from bot.studio.remote.variations import make_all
from bot.studio.remote.words import from_base64

AT_ONCE = 8
SOURCES = Limits(max_pixels=50_000_000, max_bytes=49_900_000)
"""Of each picture that goes in: less than 50 MB."""
_MILLION = 1_000_000
_TEXT_USD, _PICTURE_USD = Decimal(5) / _MILLION, Decimal(8) / _MILLION
"""A token of text and of pictures that go in."""
_LAST = frozenset({"image_generation.completed", "image_edit.completed"})


class _Entry(Read):
    b64_json: str


class _Details(Read):
    text_tokens: int = 0
    image_tokens: int = 0


class _Usage(Read):
    input_tokens_details: _Details = _Details()
    output_tokens: int


class _Whole(Read):
    data: list[_Entry] = Field(min_length=1)
    usage: _Usage | None = None


class _Completed(Read):
    b64_json: str
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
        """Generate, or edit where there are sources.

        Raises: Refused, before anything is sent, for a source that OpenAI does not take.
        """
        if order.sources:
            sources = [await fitted(one, SOURCES, title="OpenAI") for one in order.sources]
            order = order.model_copy(update={"sources": tuple(sources)})
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
        answer = await self._answer(order, await asyncio.to_thread(fields_of, order))
        if answer.media_type == STREAM:
            done = self._api.read(answer, _Completed, is_order=True)
            made, usage = [done.b64_json], done.usage
        else:
            whole = self._api.read(answer, _Whole, is_order=True)
            made, usage = [entry.b64_json for entry in whole.data], whole.usage
        options = options_of(order.model, OpenAIOptions)
        return Made(
            pictures=tuple(
                Picture(data=from_base64(text), description="", index=index)
                for index, text in enumerate(made, start=1)
            ),
            seconds=time.monotonic() - started,
            cost_usd=None if usage is None else _cost(usage, options.made_usd),
            request_id=answer.headers.get("x-request-id", ""),
        )

    async def _answer(self, order: Order, fields: dict[str, Any]) -> Answer:
        path, body, form = "/images/generations", fields, None
        if order.sources:
            path, body = "/images/edits", {}
            form = {name: _in_form(value) for name, value in fields.items()}
        files = _uploads(order.sources)
        if "stream" in fields:
            return await last_event(
                self._api,
                path,
                last=_LAST,
                silence_seconds=self._silence_seconds,
                json=body or None,
                form=form,
                files=files,
            )
        return await self._api.call(
            "POST",
            path,
            is_order=True,
            timeout_seconds=self._silence_seconds,
            json=body or None,
            form=form,
            files=files,
        )


def judge(answer: Answer) -> ProviderError | None:
    """OpenAI's own codes: what is refused, what is out of credit, what is only busy."""
    code, words = answer.at("error", "code"), plain(answer.at("error", "message"))
    if code in ("moderation_blocked", "content_policy_violation") or answer.status == 451:
        return _moderated(answer)
    if code in ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active"):
        return OutOfCredit("The account with OpenAI is out of credit.")
    if answer.at("error", "type") == "image_generation_user_error":
        return Refused(words or "OpenAI did not take the request.", was_billed=False)
    if answer.status == 403:
        if "verif" in words.lower():
            return BadKey(
                "OpenAI lets only verified organisations use this model. An admin of the "
                "account verifies it under Settings, Organization, General."
            )
        return BadKey("OpenAI does not let this key use the model.")
    if answer.status in (400, 404, 413, 415, 422):
        return Refused(words or "OpenAI did not take the request.", was_billed=False)
    return None


def _moderated(answer: Answer) -> Refused:
    """A block of the words or sources costs nothing; a picture that was held back was made."""
    details = answer.at("error", "moderation_details")
    given = details if isinstance(details, dict) else {}
    categories = given.get("categories")
    named = plain(", ".join(map(str, categories))) if isinstance(categories, list) else ""
    about = f" ({named})" if named else ""
    if given.get("moderation_stage") == "output":
        return Refused(
            f"OpenAI's safety rules{about}, which held the finished picture back", was_billed=True
        )
    return Refused(f"OpenAI's safety rules{about}", was_billed=False)


def _in_form(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _uploads(sources: Sequence[SourcePicture]) -> list[Upload]:
    return [
        ("image[]", (f"image-{number}.{source.mime.partition('/')[2]}", source.data, source.mime))
        for number, source in enumerate(sources, start=1)
    ]


def _cost(usage: _Usage, made_usd: Decimal) -> Decimal:
    """What the tokens cost."""
    taken = usage.input_tokens_details
    return (
        taken.text_tokens * _TEXT_USD
        + taken.image_tokens * _PICTURE_USD
        + usage.output_tokens * made_usd / _MILLION
    )


KIND = Kind(
    name="openai",
    title="OpenAI",
    make=OpenAIProvider,
    key_variable="OPENAI_API_KEY",
    url="https://api.openai.com/v1",
    url_variable="OPENAI_BASE_URL",
    keys_at="https://platform.openai.com/api-keys",
    check=checker(OpenAIOptions),
)
