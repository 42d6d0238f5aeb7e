"""Stability AI's image interface.

Source: their OpenAPI document (https://api.stability.ai/v2alpha/openapi, 2026), and for the
balance their v1 document (https://platform.stability.ai/docs/api-reference#tag/User).
"""

import base64
import io
import math
from collections.abc import Mapping
from typing import Any, Literal

from aiohttp import web
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.studio.providers.stability import KIND
from tests.vendors.cases import Case, Refusal
from tests.vendors.vendor import Fault, Vendor, form_of, is_picture, picture

CREATIVE_POLLS = 2
"""How often a creative upscale is asked for before it is done."""

Ratio = Literal["21:9", "16:9", "3:2", "5:4", "1:1", "4:5", "2:3", "9:16", "9:21"]
Preset = Literal[
    "enhance",
    "anime",
    "photographic",
    "digital-art",
    "comic-book",
    "fantasy-art",
    "line-art",
    "analog-film",
    "neon-punk",
    "isometric",
    "low-poly",
    "origami",
    "modeling-compound",
    "cinematic",
    "3d-model",
    "pixel-art",
    "tile-texture",
]


class Form(BaseModel):
    """What every call takes."""

    model_config = ConfigDict(extra="forbid")
    output_format: Literal["png", "jpeg", "webp"] = "png"


class Prompted(Form):
    """What every call takes that reads words."""

    prompt: str = Field(min_length=1, max_length=10_000)
    negative_prompt: str = Field("", max_length=10_000)
    seed: int = Field(0, ge=0, le=4_294_967_294)


class Core(Prompted):
    """The body of `generate/core`."""

    aspect_ratio: Ratio | None = None
    style_preset: Preset | None = None


class Ultra(Core):
    """The body of `generate/ultra`; with a picture it needs a strength."""

    strength: float | None = Field(None, ge=0, le=1)


class Sd3(Ultra):
    """The body of `generate/sd3`."""

    mode: Literal["text-to-image", "image-to-image"] = "text-to-image"
    model: Literal["sd3.5-large", "sd3.5-large-turbo", "sd3.5-medium"] = "sd3.5-large"
    cfg_scale: float | None = Field(None, ge=1, le=10)


class CutOut(BaseModel):
    """The body of `edit/remove-background`."""

    model_config = ConfigDict(extra="forbid")
    output_format: Literal["png", "webp"] = "png"


class Conservative(Prompted):
    """The body of `upscale/conservative`."""

    creativity: float = Field(0.35, ge=0.2, le=0.5)


class Creative(Prompted):
    """The body of `upscale/creative`."""

    creativity: float = Field(0.3, ge=0.1, le=0.5)
    style_preset: Preset | None = None


FORMS: Mapping[str, type[BaseModel]] = {
    "generate/core": Core,
    "generate/ultra": Ultra,
    "generate/sd3": Sd3,
    "edit/remove-background": CutOut,
    "upscale/fast": Form,
    "upscale/conservative": Conservative,
    "upscale/creative": Creative,
}
LIMITS: Mapping[str, tuple[int, int, int]] = {
    "generate/ultra": (64, 16_384, 2**40),
    "generate/sd3": (64, 2**20, 2**40),
    "edit/remove-background": (64, 2**20, 4_194_304),
    "upscale/fast": (32, 1536, 1_048_576),
    "upscale/conservative": (64, 2**20, 9_437_184),
    "upscale/creative": (64, 2**20, 1_048_576),
}
"""The least and the most pixels of a side, and the most pixels in all."""


class Stability(Vendor):
    """Stability AI, as far as it makes pictures."""

    paid = r"/v2beta/stable-image/"

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        """The fields of the billed calls."""
        self.pictures: list[bytes] = []
        """What was uploaded."""
        self.credits = 12.5
        self.is_filtering = False
        """Whether pictures come out blurred."""
        self._polls: dict[str, int] = {}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v1/user/balance", self._balance),
            web.post("/v2beta/stable-image/{path:.+}", self._made),
            web.get("/v2beta/results/{id}", self._result),
        ]

    def seeds(self) -> list[int]:
        return [int(form["seed"]) for form in self.forms if "seed" in form]

    async def _balance(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        return web.json_response({"credits": self.credits})

    async def _made(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        if refusal := self._refused(request):
            return refusal
        if self.is_out_of_credit:
            return _error(402, "payment_required", "You lack sufficient credits.")
        if path not in FORMS:
            return _error(404, "not_found", "The path does not exist.")
        if not request.headers.get("Content-Type", "").startswith("multipart/form-data"):
            return _error(400, "bad_request", "content-type: must be multipart/form-data")
        if request.content_length is None or request.content_length > 10 * 1024 * 1024:
            return _error(413, "payload_too_large", "body: cannot be larger than 10MiB")
        fields: dict[str, str] = {}
        image = b""
        for name, value in await form_of(request):
            if isinstance(value, str):
                fields[name] = value
            elif name == "image":
                image = value
        self.forms.append(fields)
        self.pictures += [image] if image else []
        try:
            asked = FORMS[path].model_validate(fields)
        except ValidationError as error:
            first = error.errors()[0]
            return _error(400, "bad_request", f"{first['loc'][-1]}: {first['msg']}")
        if wrong := _wrong(path, asked, image):
            return _error(400, "bad_request", wrong)
        if path == "upscale/creative":
            generation = f"{len(self._polls):064x}"
            self._polls[generation] = 0
            return web.json_response({"id": generation})
        return self._answer(request, _drawn(path, asked, image), asked)

    async def _result(self, request: web.Request) -> web.Response:
        generation = request.match_info["id"]
        if refusal := self._refused(request):
            return refusal
        if generation not in self._polls:
            return _error(404, "generation_not_found", "id: does not exist or has expired.")
        self._polls[generation] += 1
        if self._polls[generation] <= CREATIVE_POLLS:
            return web.json_response({"id": generation, "status": "in-progress"}, status=202)
        return self._answer(request, picture(2368, 1776), None)

    def _answer(self, request: web.Request, made: bytes, asked: Any) -> web.Response:
        reason = "CONTENT_FILTERED" if self.is_filtering else "SUCCESS"
        seed = getattr(asked, "seed", 0) or 343_940_597
        if request.headers.get("Accept") == "application/json":
            encoded = base64.b64encode(made).decode()
            return web.json_response(
                {"image": encoded, "seed": seed, "finish_reason": reason},
                headers={"x-request-id": "a1b2c3"},
            )
        headers = {"finish-reason": reason, "seed": str(seed), "x-request-id": "a1b2c3"}
        return web.Response(body=made, content_type="image/png", headers=headers)

    def _refused(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            return _error(401, "unauthorized", "invalid or missing authorization header")
        if request.headers.get("Accept", "image/*") not in ("image/*", "application/json", "*/*"):
            return _error(400, "bad_request", "accept: must be image/* or application/json")
        return None


def _wrong(path: str, asked: BaseModel, image: bytes) -> str:
    """What is wrong with a call beyond its fields; empty where nothing is."""
    if path.startswith("generate/"):
        strength = getattr(asked, "strength", None)
        is_redraw = bool(image)
        if is_redraw != (strength is not None) or (is_redraw and path == "generate/core"):
            return "strength: goes with image"
        if isinstance(asked, Sd3):
            if is_redraw != (asked.mode == "image-to-image"):
                return "mode: image-to-image goes with image"
            if is_redraw and asked.aspect_ratio:
                return "aspect_ratio: only valid for text-to-image requests"
        if not is_redraw:
            return ""
    if not is_picture(image):
        return "image: is required"
    least, most, pixels = LIMITS[path]
    with Image.open(io.BytesIO(image)) as opened:
        width, height = opened.size
    if min(width, height) < least or max(width, height) > most:
        return f"image: sides must be between {least} and {most} pixels"
    if width * height > pixels:
        return f"image: total pixel count must be at most {pixels}"
    if path == "upscale/conservative" and not 1 / 2.5 <= width / height <= 2.5:
        return "image: aspect ratio must be between 1:2.5 and 2.5:1"
    return ""


def _drawn(path: str, asked: Any, image: bytes) -> bytes:
    if not image:
        ratio = asked.aspect_ratio or "1:1"
        across, down = (int(side) for side in ratio.split(":"))
        pixels = 1_500_000 if path == "generate/core" else 1_048_576
        width = math.sqrt(pixels * across / down)
        return picture(round(width), round(width * down / across))
    with Image.open(io.BytesIO(image)) as opened:
        width, height = opened.size
    if path == "edit/remove-background":
        buffer = io.BytesIO()
        Image.new("RGBA", (width, height), (90, 90, 90, 0)).save(buffer, "PNG")
        return buffer.getvalue()
    if path == "upscale/fast":
        return picture(width * 4, height * 4)
    if path == "upscale/conservative":
        grows = math.sqrt(4_194_304 / (width * height))
        return picture(round(width * grows), round(height * grows))
    return picture(width, height)


def _error(status: int, name: str, words: str) -> web.Response:
    return web.json_response({"id": "ff54b2", "name": name, "errors": [words]}, status=status)


def _named(status: int, name: str) -> Fault:
    return Fault(status=status, body={"id": "ff54b2", "name": name, "errors": ["Flagged."]})


def _blurred(vendor: Vendor) -> None:
    assert isinstance(vendor, Stability)
    vendor.is_filtering = True


def _moderated(vendor: Vendor) -> None:
    vendor.fail(Stability.paid, _named(403, "content_moderation"))


def _foreign(vendor: Vendor) -> None:
    vendor.fail(Stability.paid, _named(422, "invalid_language"))


def _famous(vendor: Vendor) -> None:
    vendor.fail(Stability.paid, _named(422, "public_figure"))


def _large(vendor: Vendor) -> None:
    vendor.fail(Stability.paid, _named(413, "payload_too_large"))


def _unsound(vendor: Vendor) -> None:
    body = {"id": "ff54b2", "name": "bad_request", "errors": ["prompt: is required"]}
    vendor.fail(Stability.paid, Fault(status=400, body=body))


CASE = Case(
    kind=KIND,
    vendor=Stability,
    generate="stability/core",
    edit="stability/sd3.5-large-redraw",
    upscale="stability/fast-upscale",
    refusals=(
        Refusal("moderated", _moderated, "safety rules"),
        Refusal("blurred", _blurred, "safety rules", was_billed=True),
        Refusal("another language", _foreign, "English"),
        Refusal("a public figure", _famous, "well known"),
        Refusal("too large", _large, "too large"),
        Refusal("not as it must be", _unsound, "prompt: is required"),
    ),
)
