"""Google's generateContent, as far as it makes pictures.

Source: the discovery document of generativelanguage v1beta (2026-08-22) and the types of
google-genai 3.6 (2026-11).
"""

import base64
import re
from typing import Any, Literal

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from bot.studio.providers.google import KIND
from tests.vendors.cases import Case, Refusal
from tests.vendors.vendor import Fault, Vendor, is_picture, picture

SIZES = {
    "gemini-nano-banana-2.1": ("1K", "2K", "4K"),
    "gemini-3-pro-image": ("1K", "2K", "4K"),
    "gemini-3.1-flash-lite-image": (),
}
"""The picture sizes that a model takes; the smallest of the family takes none."""
MAX_REQUEST_BYTES = 20_000_000

Ratio = Literal[
    "1:1", "1:4", "4:1", "1:8", "8:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9",
    "21:9",
]  # fmt: skip


class _Asked(BaseModel):
    """Unknown names are refused."""

    model_config = ConfigDict(
        extra="forbid", strict=True, alias_generator=to_camel, populate_by_name=True
    )


class Blob(_Asked):
    mime_type: Literal["image/png", "image/jpeg", "image/webp"]
    data: str


class Part(_Asked):
    text: str | None = None
    inline_data: Blob | None = None

    @model_validator(mode="after")
    def _one(self) -> "Part":
        if (self.text is None) == (self.inline_data is None):
            raise ValueError("required oneof field 'data' must have one initialized field")
        return self


class Content(_Asked):
    role: Literal["user"] = "user"
    parts: list[Part] = Field(min_length=1)


class ImageConfig(_Asked):
    aspect_ratio: Ratio | None = None
    image_size: Literal["1K", "2K", "4K"] | None = None


class GenerationConfig(_Asked):
    response_modalities: list[Literal["TEXT", "IMAGE"]] = ["TEXT"]
    image_config: ImageConfig = ImageConfig()
    seed: int | None = None
    candidate_count: Literal[1] = 1


class Asked(_Asked):
    """The body of generateContent, without what makes no pictures."""

    contents: list[Content] = Field(min_length=1)
    generation_config: GenerationConfig = GenerationConfig()


class Google(Vendor):
    """Google, as far as it makes pictures."""

    paid = r":generateContent$"

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v1beta/models", self._models),
            web.post("/v1beta/models/{call}", self._generate),
        ]

    async def _models(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        return web.json_response(
            {"models": [{"name": f"models/{name}", "displayName": name} for name in SIZES]}
        )

    async def _generate(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        if len(await request.read()) > MAX_REQUEST_BYTES:
            return error(400, "INVALID_ARGUMENT", "Request payload size exceeds the limit.")
        model = request.match_info["call"].removesuffix(":generateContent")
        if model not in SIZES:
            return error(404, "NOT_FOUND", f"models/{model} is not found for API version v1beta.")
        try:
            asked = Asked.model_validate(await request.json())
        except ValidationError as refused:
            first = refused.errors()[0]
            return error(400, "INVALID_ARGUMENT", f"Invalid JSON payload received. {first['loc']}")
        config = asked.generation_config
        if config.image_config.image_size not in (None, *SIZES[model]):
            return error(400, "INVALID_ARGUMENT", "Unsupported image size.")
        if "IMAGE" not in config.response_modalities:
            return web.json_response(answered(parts=[{"text": "A mug."}]))
        inline = [part.inline_data for one in asked.contents for part in one.parts]
        sources = [decoded(blob.data) for blob in inline if blob is not None]
        if len(sources) > 14 or not all(map(is_picture, sources)):
            return error(400, "INVALID_ARGUMENT", "Unable to process input image.")
        width, height = size_of(config.image_config)
        made = picture(width, height, number=len(self.orders))
        return web.json_response(answered(parts=[shown(made)], prompt=10 + 1120 * len(sources)))

    def _refused(self, request: web.Request) -> web.Response | None:
        given = request.headers.get("x-goog-api-key")
        if given is None:
            return error(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers.")
        if given != self.key:
            reason = {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "API_KEY_INVALID",
                "domain": "googleapis.com",
            }
            words = f"API key not valid. Please pass a valid API key. {given}"
            return error(400, "INVALID_ARGUMENT", words, reason)
        if self.is_out_of_credit and request.method == "POST":
            return error(429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted.")
        return None


def size_of(config: ImageConfig) -> tuple[int, int]:
    """The published pixels, near enough: about a megapixel in steps of 16 at 1K."""
    across, down = (int(side) for side in (config.aspect_ratio or "1:1").split(":"))
    side = 1024 * int((config.image_size or "1K")[0])
    ratio = (across / down) ** 0.5
    return round(side * ratio / 16) * 16, round(side / ratio / 16) * 16


def decoded(data: str) -> bytes:
    return base64.b64decode(data, altchars=b"-_" if re.search(r"[-_]", data) else None)


def shown(data: bytes, *, thought: bool = False) -> dict[str, Any]:
    """A part that holds a picture."""
    inline = {"mimeType": "image/png", "data": base64.b64encode(data).decode()}
    return {"inlineData": inline, **({"thought": True} if thought else {})}


def answered(
    *, parts: list[dict[str, Any]], prompt: int = 10, thoughts: int = 0, reason: str = "STOP"
) -> dict[str, Any]:
    """An answer with one candidate; a picture counts 1120 tokens, words 20."""
    made = 1120 * sum("inlineData" in part and not part.get("thought") for part in parts)
    words = 20 * sum("text" in part for part in parts)
    usage: dict[str, Any] = {
        "promptTokenCount": prompt,
        "candidatesTokenCount": made + words,
        "totalTokenCount": prompt + made + words + thoughts,
    }
    if made:
        usage["candidatesTokensDetails"] = [{"modality": "IMAGE", "tokenCount": made}]
    if thoughts:
        usage["thoughtsTokenCount"] = thoughts
    return {
        "candidates": [
            {"content": {"role": "model", "parts": parts}, "finishReason": reason, "index": 0}
        ],
        "usageMetadata": usage,
        "modelVersion": "gemini-nano-banana-2.1",
        "responseId": "resp_0123",
    }


def blocked(reason: str) -> dict[str, Any]:
    """An answer to a prompt that was not let through."""
    return {
        "promptFeedback": {"blockReason": reason},
        "usageMetadata": {"promptTokenCount": 10, "totalTokenCount": 10},
        "responseId": "resp_0123",
    }


def error(status: int, name: str, message: str, *details: dict[str, Any]) -> web.Response:
    return web.json_response(error_of(status, name, message, *details), status=status)


def error_of(status: int, name: str, message: str, *details: dict[str, Any]) -> dict[str, Any]:
    """The body of an error."""
    said = {"code": status, "message": message, "status": name, "details": list(details)}
    return {"error": said}


def _says(body: dict[str, Any]) -> Any:
    return lambda vendor: vendor.fail(Google.paid, Fault(status=200, body=body))


def _invalid(vendor: Vendor) -> None:
    body = error_of(400, "INVALID_ARGUMENT", "Unable to process input image.")
    vendor.fail(Google.paid, Fault(status=400, body=body))


CASE = Case(
    kind=KIND,
    vendor=Google,
    base_path="/v1beta",
    generate="google/gemini-nano-banana-2.1",
    edit="google/gemini-nano-banana-2.1",
    refusals=(
        Refusal("by a code", _invalid, "Unable to process"),
        Refusal("of the prompt", _says(blocked("PROHIBITED_CONTENT")), "prohibits such content"),
        Refusal(
            "of the picture, before it cost",
            _says(answered(parts=[], reason="IMAGE_SAFETY")),
            "safety rules",
        ),
        Refusal(
            "of the picture, after thoughts",
            _says(answered(parts=[], thoughts=300, reason="IMAGE_SAFETY")),
            "safety rules",
            was_billed=True,
        ),
        Refusal(
            "in words", _says(answered(parts=[{"text": "I cannot."}])), "I cannot.", was_billed=True
        ),
        Refusal("without a reason", _says(answered(parts=[])), "gave no reason"),
    ),
)
