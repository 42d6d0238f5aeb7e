"""OpenAI's image interface.

Source: OpenAI's OpenAPI document (2026-08) and the types of openai 3.54 (2026-11).
"""

import base64
import io
from typing import Any, Literal

from aiohttp import web
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.studio.providers.openai import KIND
from tests.vendors.cases import Case, Refusal
from tests.vendors.vendor import Fault, Vendor, form_of, is_picture, picture

MODELS = (
    "gpt-image-2",
    "gpt-image-2.5-flare",
    "gpt-image-2.5-sunburst",
    "gpt-image-2.6-flare",
    "gpt-image-2.6-sunburst",
)


class Asked(BaseModel):
    """The body of a generation; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)
    prompt: str = Field(min_length=1, max_length=32_000)
    model: str
    n: int = Field(1, ge=1, le=10)
    size: str = "auto"
    quality: Literal["low", "medium", "high", "xhigh", "max", "auto"] = "auto"
    output_format: Literal["png", "jpeg", "webp"] = "png"
    output_compression: int | None = Field(None, ge=0, le=100)
    background: Literal["transparent", "opaque", "auto"] = "auto"
    moderation: Literal["low", "auto"] = "auto"
    stream: bool = False
    partial_images: int = Field(0, ge=0, le=3)
    safety_identifier: str | None = Field(None, max_length=64)


class OpenAI(Vendor):
    """OpenAI, as far as it makes pictures."""

    paid = r"/images/"

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
            {"object": "list", "data": [{"id": name, "object": "model"} for name in MODELS]}
        )

    async def _generations(self, request: web.Request) -> web.Response:
        return self._refused(request) or self._answer(await request.json(), sources=[])

    async def _edits(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        sources: list[bytes] = []
        fields: dict[str, Any] = {}
        for name, value in await form_of(request):
            if isinstance(value, str):
                fields[name] = int(value) if name in ("n", "partial_images") else value
            elif name in ("image", "image[]"):
                sources.append(value)
            else:
                return _error(400, f"Unknown parameter: '{name}'.", code="unknown_parameter")
        if not 1 <= len(sources) <= 16 or not all(map(is_picture, sources)):
            return _error(400, "Invalid image file or mode.", code="invalid_image_file")
        return self._answer(fields, sources=sources)

    def _answer(self, fields: dict[str, Any], *, sources: list[bytes]) -> web.Response:
        try:
            asked = Asked.model_validate(fields)
        except ValidationError as error:
            first = error.errors()[0]
            return _error(400, f"Invalid value: {first['loc']}", code="invalid_value")
        if asked.model not in MODELS:
            return _error(404, f"The model '{asked.model}' does not exist", code="model_not_found")
        width, height = _size(asked.size, sources)
        if width % 16 or height % 16 or not 1 / 3 <= width / height <= 3 or width > 3840:
            return _error(400, f"Invalid size '{asked.size}'.", code="invalid_value")
        if asked.background == "transparent" and asked.output_format == "jpeg":
            return _error(400, "Transparent background needs png or webp.", code="invalid_value")
        form = asked.output_format.upper()
        made = [picture(width, height, number=n, form=form) for n in range(1, asked.n + 1)]
        return web.json_response(
            {
                "created": 1_795_000_000,
                "background": "opaque",
                "output_format": asked.output_format,
                "quality": "high",
                "size": f"{width}x{height}",
                "data": [{"b64_json": base64.b64encode(data).decode()} for data in made],
                "usage": {
                    "input_tokens": 50 + 300 * len(sources),
                    "output_tokens": 1756 * asked.n,
                    "total_tokens": 50 + 300 * len(sources) + 1756 * asked.n,
                    "input_tokens_details": {
                        "text_tokens": 50,
                        "image_tokens": 300 * len(sources),
                    },
                },
            },
            headers={"x-request-id": "req_0123"},
        )

    def _refused(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            return _error(401, "Incorrect API key provided.", code="invalid_api_key")
        if self.is_out_of_credit:
            return _error(429, "You exceeded your current quota.", code="insufficient_quota")
        return None


def _size(size: str, sources: list[bytes]) -> tuple[int, int]:
    if size != "auto":
        width, _, height = size.partition("x")
        return int(width), int(height)
    if not sources:
        return 1024, 1024
    with Image.open(io.BytesIO(sources[0])) as image:
        return max(image.width // 16, 1) * 16, max(image.height // 16, 1) * 16


def _error(status: int, message: str, *, code: str, **more: Any) -> web.Response:
    kind = more.pop("type", "invalid_request_error")
    body = {"error": {"message": message, "type": kind, "param": None, "code": code, **more}}
    return web.json_response(body, status=status)


def _moderated(vendor: Vendor) -> None:
    body = {
        "error": {
            "message": "Your request was rejected by the safety system.",
            "type": "image_generation_user_error",
            "param": None,
            "code": "moderation_blocked",
            "moderation_details": {"moderation_stage": "input", "categories": ["violence"]},
        }
    }
    vendor.fail(OpenAI.paid, Fault(status=400, body=body))


CASE = Case(
    kind=KIND,
    vendor=OpenAI,
    base_path="/v1",
    generate="openai/gpt-image-2.6-flare",
    edit="openai/gpt-image-2.6-flare",
    refusals=(Refusal("by a code", _moderated, "violence"),),
)
