"""Stability AI: an order in, pictures out, one a call; creative upscales by way of their queue.

`options` of a model in the catalog, see `StabilityOptions`: `path` is the call behind
`/v2beta/stable-image/`; `strength` how far a redraw goes from its source, from 0 to 1;
`most_pixels` how many pixels an upscaler makes at most; and what a source may have.

Their edits by words alone want to be told apart what to find and what to put there, and
image-to-image wants a description of the whole result: none of them follows an instruction.
So there is no model for edits, only one that redraws and one that cuts out.

Source: https://platform.stability.ai/docs/api-reference (2026-11), by way of the OpenAPI document
at https://api.stability.ai/v2alpha/openapi
"""

import asyncio
import time
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from bot.errors import BadKey, OutOfCredit, ProviderError, Refused, Unavailable, Unknown
from bot.studio.provider import Absent, Accepted, KeyReport, Made, Order, Picture, Provider
from bot.studio.remote.api import Answer, Api, Read, Upload, plain
from bot.studio.remote.kind import Access, Kind
from bot.studio.remote.options import Options, checker, options_of
from bot.studio.remote.scale import check_scale
from bot.studio.remote.sources import Limits, fitted
from bot.studio.remote.tickets import Ticket, collect, order_all
from bot.studio.remote.variations import make_all
from bot.studio.remote.words import from_base64, prompt_words

AT_ONCE = 10
"""They take 150 calls in ten seconds; ten at once stay far below."""

POLL_SECONDS = 10.0
"""They ask not to be polled more often."""

PATIENCE_SECONDS = 3600.0
"""How long a creative upscale is waited for; results are kept for a day."""

TIMED_OUT_SECONDS = 60.0
"""How long they shut out who called too often."""

LAST_SEED = 4_294_967_294
"""Sent for our seed 0, which to them means any; ours are all smaller."""

PRESETS: Mapping[str, str] = {
    "photo": "photographic",
    "cinematic": "cinematic",
    "line-art": "line-art",
    "3d": "3d-model",
}
"""Our styles that are one of theirs; the words of the others go into the prompt."""

MAX_BODY_BYTES = 10 * 1024 * 1024 - 100_000
"""10 MiB a call, less what stands around the picture."""


class StabilityOptions(Options):
    """What a model of the catalog has in `options`."""

    path: Literal[
        "generate/core",
        "generate/ultra",
        "generate/sd3",
        "edit/remove-background",
        "upscale/fast",
        "upscale/conservative",
        "upscale/creative",
    ]
    strength: float | None = Field(None, ge=0, le=1)
    most_pixels: int | None = None
    max_source_pixels: int = 9_437_184
    max_source_side_px: int = 16_384
    min_source_side_px: int = 64


class _Answer(Read):
    image: str
    finish_reason: Literal["SUCCESS", "CONTENT_FILTERED"]
    seed: int | None = None


class _Started(Read):
    id: str = Field(pattern=r"^[\w-]+$")


class _Balance(Read):
    credits: float


class StabilityProvider(Provider):
    """Makes, redraws, cuts out and upscales pictures."""

    name = "stability"
    poll_seconds = POLL_SECONDS

    def __init__(self, access: Access) -> None:
        self._api = Api(
            client=access.client,
            title="Stability AI",
            url=access.url,
            headers={"Authorization": f"Bearer {access.key}", "Accept": "application/json"},
            judge=judge,
        )
        self._silence_seconds = access.silence_seconds
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def submit(self, order: Order) -> Accepted | Made:
        """Make the pictures; a creative upscale is only begun."""
        if options_of(order.model, StabilityOptions).path == "upscale/creative":
            return await order_all(order, self._start, gate=self._gate)
        return await make_all(order, self._make, gate=self._gate)

    async def poll(self, order: Order, reference: str) -> Made | None:
        """The pictures of a creative upscale, or None while they work on it."""
        return await collect(order, reference, self._look, patience_seconds=PATIENCE_SECONDS)

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """Raises: Unknown; they know no keys of ours."""
        raise Unknown

    async def check_key(self) -> KeyReport:
        """Ask for the account's balance."""
        answer = await self._api.call("GET", "/v1/user/balance", is_order=False)
        balance = self._api.read(answer, _Balance, is_order=False)
        if balance.credits <= 0:
            raise OutOfCredit("The account with Stability AI is out of credit.")
        return KeyReport(f"works; {balance.credits:,.0f} credits left")

    async def _make(self, order: Order) -> Made:
        started = time.monotonic()
        answer = await self._send(order)
        return self._made(order, answer, is_order=True, seconds=time.monotonic() - started)

    async def _start(self, order: Order) -> Ticket:
        started = self._api.read(await self._send(order), _Started, is_order=True)
        return Ticket(id=started.id)

    async def _look(self, order: Order, ticket: Ticket) -> Made | None:
        answer = await self._api.call("GET", f"/v2beta/results/{ticket.id}", is_order=False)
        if answer.status == 202:
            return None
        return self._made(order, answer, is_order=False, seconds=0)

    async def _send(self, order: Order) -> Answer:
        options = options_of(order.model, StabilityOptions)
        check_scale(order)
        return await self._api.call(
            "POST",
            f"/v2beta/stable-image/{options.path}",
            is_order=True,
            timeout_seconds=self._silence_seconds,
            form=_fields(order, options),
            files=await _uploads(order, options),
            is_multipart=True,
        )

    def _made(self, order: Order, answer: Answer, *, is_order: bool, seconds: float) -> Made:
        read = self._api.read(answer, _Answer, is_order=is_order)
        if read.finish_reason == "CONTENT_FILTERED":
            # To them a success, with the picture blurred; they charge for every success.
            raise Refused(
                "Stability AI's safety rules; it made the picture but blurred it.", was_billed=True
            )
        is_other = order.seed is not None and read.seed not in (None, _seed(order.seed))
        picture = Picture(
            data=from_base64(read.image),
            description="",
            index=1,
            seed=read.seed if is_other else None,
        )
        return Made(
            pictures=(picture,),
            seconds=seconds,
            request_id=answer.headers.get("x-request-id", ""),
        )


_NAMES: Mapping[str, str] = {
    "content_moderation": "Stability AI's safety rules",
    "invalid_language": "Stability AI reads English only.",
    "public_figure": "Stability AI saw somebody well known in the picture, which it does not take.",
    "payload_too_large": "The picture is too large for Stability AI.",
}


def judge(answer: Answer) -> ProviderError | None:
    """Stability AI's own names for what is wrong."""
    name = answer.at("name")
    if isinstance(name, str) and name in _NAMES:
        return Refused(_NAMES[name], was_billed=False)
    if name == "generation_not_found":
        return Unknown("Stability AI does not have the picture any more.")
    match answer.status:
        case 403:
            return BadKey("Stability AI does not let this key do that.")
        case 429:
            given = answer.retry_after_seconds
            seconds = TIMED_OUT_SECONDS if given is None else given
            return Unavailable("Stability AI is busy.", retry_after_seconds=seconds)
        case 413:
            return Refused(_NAMES["payload_too_large"], was_billed=False)
        case 400 | 404 | 422:
            words = plain(answer.at("errors", 0))
            return Refused(words or "Stability AI did not take the request.", was_billed=False)
        case _:
            return None


def _fields(order: Order, options: StabilityOptions) -> dict[str, str]:
    fields = {"output_format": "png"}
    if options.path in ("edit/remove-background", "upscale/fast"):
        return fields
    # An upscaler wants a prompt, and to be told what is there does best.
    fields["prompt"] = prompt_words(order) or order.title or "the same picture, sharper"
    if order.negative_prompt.strip():
        fields["negative_prompt"] = order.negative_prompt
    if order.seed is not None:
        fields["seed"] = str(_seed(order.seed))
    if order.model.api_model:
        fields["model"] = order.model.api_model
    if order.sources and options.path.startswith("generate/"):
        fields["strength"] = str(0.7 if options.strength is None else options.strength)
        if options.path == "generate/sd3":
            fields["mode"] = "image-to-image"
    if order.aspect is not None:
        fields["aspect_ratio"] = order.aspect.value
        if order.style.id in PRESETS:
            fields["prompt"] = order.prompt
            fields["style_preset"] = PRESETS[order.style.id]
    return fields


def _seed(seed: int) -> int:
    return seed or LAST_SEED


async def _uploads(order: Order, options: StabilityOptions) -> list[Upload]:
    """The first source as they take it; smaller where it is too large."""
    if not order.sources:
        return []
    limits = Limits(
        max_pixels=options.max_source_pixels,
        max_bytes=MAX_BODY_BYTES,
        min_side_px=options.min_source_side_px,
        max_side_px=options.max_source_side_px,
    )
    source = await fitted(order.sources[0], limits, title="Stability AI")
    return [("image", (f"image.{source.mime.partition('/')[2]}", source.data, source.mime))]


KIND = Kind(
    name="stability",
    title="Stability AI",
    make=StabilityProvider,
    key_variable="STABILITY_API_KEY",
    url="https://api.stability.ai",
    url_variable="STABILITY_BASE_URL",
    keys_at="https://platform.stability.ai/account/keys",
    check=checker(StabilityOptions),
)
