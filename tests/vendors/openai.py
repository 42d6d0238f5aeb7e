"""OpenAI's image interface, whole and streamed.

Source: OpenAI's OpenAPI document (2026-08), the types of openai 3.57 and the guide at
https://developers.openai.com/api/docs/guides/image-generation (2026-11)
"""

import asyncio
import base64
import io
import json
from typing import Any, Literal

from aiohttp import web
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.studio.providers.openai import KIND
from tests.vendors.cases import Case, Refusal
from tests.vendors.vendor import Fault, Vendor, form_of, is_picture, picture

OLD = ("gpt-image-1.5", "gpt-image-1-mini", "chatgpt-image-latest")
"""Make three sizes only, and no more than high quality."""
MODELS = (
    *OLD,
    "gpt-image-2",
    "gpt-image-2.5-flare",
    "gpt-image-2.5-sunburst",
    "gpt-image-2.6-flare",
    "gpt-image-2.6-sunburst",
)
THREE = ("1024x1024", "1536x1024", "1024x1536", "auto")
MAX_SOURCE_BYTES = 50_000_000


class Asked(BaseModel):
    """The body of a generation; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)
    prompt: str = Field(min_length=1, max_length=32_000)
    model: str
    n: int = Field(1, ge=1, le=10)
    size: str = Field("auto", pattern=r"^(auto|[1-9]\d{1,4}x[1-9]\d{1,4})$")
    quality: Literal["low", "medium", "high", "xhigh", "max", "auto"] = "auto"
    output_format: Literal["png", "jpeg", "webp"] = "png"
    output_compression: int | None = Field(None, ge=0, le=100)
    background: Literal["transparent", "opaque", "auto"] = "auto"
    moderation: Literal["low", "auto"] = "auto"
    stream: bool = False
    partial_images: int = Field(0, ge=0, le=3)
    safety_identifier: str | None = None


class OpenAI(Vendor):
    """OpenAI, as far as it makes pictures."""

    paid = r"/images/"

    def __init__(self) -> None:
        super().__init__()
        self.beat_seconds = 0.0
        """The pause before each event of a stream; 0 sends all of it at once."""
        self.drips = False
        """Whether a stream holds nothing but comments, for ever."""
        self.ending: tuple[str, Any] | None = None
        """An event to send in place of a stream's last one; its data may be text."""

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v1/models", self._models),
            web.post("/v1/images/generations", self._generations),
            web.post("/v1/images/edits", self._edits),
        ]

    async def _models(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        return web.json_response(
            {
                "object": "list",
                "data": [
                    {"id": name, "object": "model", "created": 1_795_000_000, "owned_by": "system"}
                    for name in MODELS
                ],
            }
        )

    async def _generations(self, request: web.Request) -> web.StreamResponse:
        if refusal := self._refused(request):
            return refusal
        return await self._answer(request, await request.json(), sources=[])

    async def _edits(self, request: web.Request) -> web.StreamResponse:
        if refusal := self._refused(request):
            return refusal
        sources: list[bytes] = []
        fields: dict[str, Any] = {}
        for name, value in await form_of(request):
            if isinstance(value, bytes) and name in ("image", "image[]"):
                sources.append(value)
            elif isinstance(value, str) and name in ("n", "partial_images"):
                fields[name] = int(value)
            elif isinstance(value, str) and name == "stream":
                fields[name] = {"true": True, "false": False}.get(value, value)
            elif isinstance(value, str):
                fields[name] = value
            else:
                return _error(400, f"Unknown parameter: '{name}'.", code="unknown_parameter")
        if not 1 <= len(sources) <= 16 or not all(map(is_picture, sources)):
            return _error(400, "Invalid image file or mode.", code="invalid_image_file")
        if max(map(len, sources)) >= MAX_SOURCE_BYTES:
            return _error(413, "The image is too large.", code="image_too_large")
        if fields.pop("moderation", None):
            return _error(400, "Unknown parameter: 'moderation'.", code="unknown_parameter")
        return await self._answer(request, fields, sources=sources)

    async def _answer(
        self, request: web.Request, fields: dict[str, Any], *, sources: list[bytes]
    ) -> web.StreamResponse:
        try:
            asked = Asked.model_validate(fields)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"]))
            if first["type"] == "extra_forbidden":
                return _error(400, f"Unknown parameter: '{field}'.", code="unknown_parameter")
            return _error(400, f"Invalid value: '{field}'.", code="invalid_value")
        if wrong := _wrong(asked, sources):
            return wrong
        width, height = _size(asked.size, sources)
        form = asked.output_format.upper()
        made = [
            base64.b64encode(picture(width, height, number=n, form=form)).decode()
            for n in range(1, asked.n + 1)
        ]
        about = {
            "background": "opaque" if asked.background == "auto" else asked.background,
            "output_format": asked.output_format,
            "quality": "high" if asked.quality == "auto" else asked.quality,
            "size": f"{width}x{height}",
        }
        if asked.safety_identifier:
            about["safety_identifier"] = asked.safety_identifier
        usage = _usage(asked, sources)
        if asked.stream:
            kind = "image_edit" if sources else "image_generation"
            return await self._stream(request, asked, kind, made[0], {**about, "usage": usage})
        return web.json_response(
            {
                "created": 1_795_000_000,
                **about,
                "data": [{"b64_json": text} for text in made],
                "usage": usage,
            },
            headers={"x-request-id": "req_0123"},
        )

    async def _stream(
        self, request: web.Request, asked: Asked, kind: str, made: str, more: dict[str, Any]
    ) -> web.StreamResponse:
        usage = more.pop("usage")
        events: list[tuple[str, Any]] = [
            (
                f"{kind}.partial_image",
                {"b64_json": made, "partial_image_index": n, "created_at": 1_795_000_000, **more},
            )
            for n in range(asked.partial_images)
        ]
        done = {"b64_json": made, "created_at": 1_795_000_001, "usage": usage, **more}
        events.append(self.ending or (f"{kind}.completed", done))
        head = {"Content-Type": "text/event-stream", "x-request-id": "req_0123"}
        sent = [_event(name, data) for name, data in events]
        if not self.beat_seconds and not self.drips:
            return web.Response(body=b"".join(sent), headers=head)
        answer = web.StreamResponse(headers=head)
        await answer.prepare(request)
        while self.drips and request.transport and not request.transport.is_closing():
            await answer.write(b": still here\n\n")
            await asyncio.sleep(0.02)
        for one in sent:
            await asyncio.sleep(self.beat_seconds)
            await answer.write(one)
        await answer.write_eof()
        return answer

    def _refused(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            return _error(401, "Incorrect API key provided.", code="invalid_api_key")
        if self.is_out_of_credit:
            return _error(
                429,
                "You exceeded your current quota, please check your plan and billing details.",
                code="insufficient_quota",
                type="insufficient_quota",
            )
        return None


def _event(name: str, data: Any) -> bytes:
    """`event:` and `data:`; nothing at all for a name of "", a stream that just ends."""
    if not name:
        return b""
    text = data if isinstance(data, str) else json.dumps({"type": name, **data})
    return f"event: {name}\ndata: {text}\n\n".encode()


def _wrong(asked: Asked, sources: list[bytes]) -> web.Response | None:
    if asked.model not in MODELS:
        return _error(404, f"The model '{asked.model}' does not exist", code="model_not_found")
    is_old = asked.model in OLD
    if is_old and (asked.size not in THREE or asked.quality in ("xhigh", "max")):
        return _error(400, "Unsupported value.", code="invalid_value")
    if asked.size != "auto":
        width, height = _size(asked.size, sources)
        if (
            width % 16
            or height % 16
            or max(width, height) > 3840
            or max(width, height) > 3 * min(width, height)
            or not 655_360 <= width * height <= 8_294_400
        ):
            return _error(400, f"Invalid size '{asked.size}'.", code="invalid_value")
    if asked.background == "transparent" and asked.output_format == "jpeg":
        return _error(400, "Transparent background needs png or webp.", code="invalid_value")
    if asked.output_compression is not None and asked.output_format == "png":
        return _error(400, "Compression needs jpeg or webp.", code="invalid_value")
    if asked.partial_images and not asked.stream:
        return _error(400, "partial_images needs stream.", code="invalid_value")
    if asked.stream and asked.n != 1:
        return _error(400, "Streaming makes one image.", code="invalid_value")
    return None


def _usage(asked: Asked, sources: list[bytes]) -> dict[str, Any]:
    put_in = {"text_tokens": 50, "image_tokens": 300 * len(sources)}
    made = 1756 * asked.n + 100 * asked.partial_images
    return {
        "input_tokens": sum(put_in.values()),
        "output_tokens": made,
        "total_tokens": sum(put_in.values()) + made,
        "input_tokens_details": put_in,
    }


def _size(size: str, sources: list[bytes]) -> tuple[int, int]:
    if size != "auto":
        width, _, height = size.partition("x")
        return int(width), int(height)
    if not sources:
        return 1024, 1024
    with Image.open(io.BytesIO(sources[0])) as image:
        return (1536, 1024) if image.width > image.height else (1024, 1536)


def _error(status: int, message: str, *, code: str, **more: Any) -> web.Response:
    kind = more.pop("type", "invalid_request_error")
    body = {"error": {"message": message, "type": kind, "param": None, "code": code, **more}}
    return web.json_response(body, status=status, headers={"x-request-id": "req_0456"})


def moderated(stage: str = "input") -> dict[str, Any]:
    """The body of a block."""
    return {
        "error": {
            "message": "Your request was rejected by the safety system.",
            "type": "image_generation_user_error",
            "param": None,
            "code": "moderation_blocked",
            "moderation_details": {"moderation_stage": stage, "categories": ["violence"]},
        }
    }


def _blocks(status: int, body: Any) -> Any:
    return lambda vendor: vendor.fail(OpenAI.paid, Fault(status=status, body=body))


def _blocks_in_stream(vendor: Vendor) -> None:
    assert isinstance(vendor, OpenAI)
    vendor.ending = ("error", moderated("output"))


CASE = Case(
    kind=KIND,
    vendor=OpenAI,
    base_path="/v1",
    generate="openai/gpt-image-2.6-flare",
    edit="openai/gpt-image-2.6-flare",
    refusals=(
        Refusal("by a code", _blocks(400, moderated()), "violence"),
        Refusal("of what it made", _blocks(400, moderated("output")), "held", was_billed=True),
        Refusal("for legal reasons", _blocks(451, {"error": {"message": "No."}}), "safety rules"),
        Refusal("in the stream", _blocks_in_stream, "held", was_billed=True),
        Refusal(
            "by its type",
            _blocks(
                400,
                {
                    "error": {
                        "message": "The mask has no alpha channel.",
                        "type": "image_generation_user_error",
                        "code": "invalid_mask",
                    }
                },
            ),
            "alpha channel",
        ),
    ),
)
