"""Recraft's interface.

Source: Recraft's OpenAPI document (2026-08-21) and its pages (endpoints, appendix, error-handling,
image-inputs-and-results; 2026-11). Which bodies its errors have is not published but for the 401.
"""

import base64
import io
from typing import Any, Literal

from aiohttp import web
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from bot.studio.providers.recraft import KIND
from tests.vendors.cases import Case, Refusal
from tests.vendors.vendor import Fault, Vendor, is_picture, picture

RATIOS = {
    "1:1": (1024, 1024),
    "2:1": (1536, 768),
    "1:2": (768, 1536),
    "3:2": (1280, 832),
    "2:3": (832, 1280),
    "4:3": (1216, 896),
    "3:4": (896, 1216),
    "5:4": (1152, 896),
    "4:5": (896, 1152),
    "6:10": (832, 1344),
    "14:10": (1280, 896),
    "10:14": (896, 1280),
    "16:9": (1344, 768),
    "9:16": (768, 1344),
}
UNITS = {
    "recraftv4_1": 35,
    "recraftv4_1_pro": 210,
    "recraftv4_1_flash": 7,
    "recraftv4_1_vector": 80,
}


class Asked(BaseModel):
    """The body of a generation, with what the models of V4.1 take."""

    model_config = ConfigDict(extra="forbid", strict=True)
    prompt: str = Field(min_length=1, max_length=10_000)
    model: Literal["recraftv4_1", "recraftv4_1_pro", "recraftv4_1_flash", "recraftv4_1_vector"]
    n: int = Field(1, ge=1, le=6)
    size: str = "1:1"
    response_format: Literal["url", "b64_json"] = "url"
    image_format: Literal["webp", "png"] | None = None
    random_seed: int | None = None

    @property
    def is_vector(self) -> bool:
        return self.model.endswith("_vector")

    @property
    def pixels(self) -> tuple[int, int]:
        factor = 2 if self.model.endswith("_pro") else 1
        sizes = {f"{w * factor}x{h * factor}": (w * factor, h * factor) for w, h in RATIOS.values()}
        ratios = {name: (w * factor, h * factor) for name, (w, h) in RATIOS.items()}
        return {**ratios, **({} if self.is_vector else sizes)}[self.size]

    @model_validator(mode="after")
    def _fits(self) -> "Asked":
        try:
            self.pixels  # noqa: B018
        except KeyError as error:
            raise ValueError(f"invalid size {self.size}") from error
        if self.is_vector and self.image_format:
            raise ValueError("image_format is for raster images")
        return self


class Processed(BaseModel):
    """The body of what is done to a picture."""

    model_config = ConfigDict(extra="forbid", strict=True)
    image_url: str
    response_format: Literal["url", "b64_json"] = "url"
    image_format: Literal["webp", "png"] = "webp"

    @field_validator("image_url")
    @classmethod
    def _picture(cls, value: str) -> str:
        head, _, text = value.partition(";base64,")
        data = base64.b64decode(text)
        if head not in ("data:image/png", "data:image/jpeg", "data:image/webp"):
            raise ValueError("unsupported image")
        if not is_picture(data) or len(data) >= 10_000_000:
            raise ValueError("unsupported image")
        with Image.open(io.BytesIO(data)) as image:
            sides = image.size
        if not (min(sides) >= 256 and max(sides) <= 4096 and sides[0] * sides[1] <= 16_000_000):
            raise ValueError("unsupported image size")
        return value


class Recraft(Vendor):
    """Recraft, as far as it is used."""

    paid = r"/images/"

    def __init__(self) -> None:
        super().__init__()
        self.sends_addresses = False
        """Whether results come as addresses, whatever was asked for."""
        self.svg = SVG
        self.kept: list[bytes] = []

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v1/users/me", self._me),
            web.post("/v1/images/generations", self._generations),
            web.post("/v1/images/removeBackground", self._remove_background),
            web.get("/kept/{number}", self._kept),
        ]

    def seeds(self) -> list[int]:
        return [seen.json["random_seed"] for seen in self.orders if "random_seed" in seen.json]

    async def _me(self, request: web.Request) -> web.Response:
        if refusal := self._unknown(request):
            return refusal
        units = 0 if self.is_out_of_credit else 1234
        return web.json_response({"id": "u", "name": "N", "email": "n@x.example", "credits": units})

    async def _generations(self, request: web.Request) -> web.Response:
        if refusal := self._unknown(request) or self._unpaid():
            return refusal
        try:
            asked = Asked.model_validate(await request.json())
        except ValidationError as error:
            return _error(400, "invalid_request", str(error.errors()[0]["msg"]))
        form = (asked.image_format or "webp").upper()
        made = [
            self.svg_of(*asked.pixels)
            if asked.is_vector
            else picture(*asked.pixels, number=number, form=form)
            for number in range(1, asked.n + 1)
        ]
        entries = [self._entry(data, asked.response_format) for data in made]
        return self._answer(UNITS[asked.model] * asked.n, {"data": entries})

    async def _remove_background(self, request: web.Request) -> web.Response:
        if refusal := self._unknown(request) or self._unpaid():
            return refusal
        try:
            asked = Processed.model_validate(await request.json())
        except ValidationError as error:
            return _error(400, "invalid_request", str(error.errors()[0]["msg"]))
        buffer = io.BytesIO()
        Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(buffer, asked.image_format)
        return self._answer(10, {"image": self._entry(buffer.getvalue(), asked.response_format)})

    async def _kept(self, request: web.Request) -> web.Response:
        data = self.kept[int(request.match_info["number"])]
        kind = "image/svg+xml" if b"<svg" in data[:200] else "image/png"
        return web.Response(body=data, content_type=kind)

    def svg_of(self, width: int, height: int) -> bytes:
        return self.svg.replace("WIDTH", str(width)).replace("HEIGHT", str(height)).encode()

    def _entry(self, data: bytes, form: str) -> dict[str, str]:
        if form == "b64_json" and not self.sends_addresses:
            return {"image_id": "i", "b64_json": base64.b64encode(data).decode()}
        self.kept.append(data)
        return {"image_id": "i", "url": f"{self.url}/kept/{len(self.kept) - 1}"}

    def _answer(self, units: int, found: dict[str, Any]) -> web.Response:
        return web.json_response(
            {"created": 1_795_000_000, "credits": units, **found},
            headers={"X-Recraft-Requestid": "7d9c1a22"},
        )

    def _unknown(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            return web.Response(status=401, text="request unauthorized")
        return None

    def _unpaid(self) -> web.Response | None:
        if self.is_out_of_credit:
            return _error(400, "not_enough_credits", "not enough credits")
        return None


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="WIDTH" height="HEIGHT" '
    'viewBox="0 0 WIDTH HEIGHT"><script>alert(1)</script>'
    '<path d="M0 0h9999v9999h-9999z" fill="rgb(200,30,30)"/></svg>'
)


def _error(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"code": code, "message": message}, status=status)


def _moderated(vendor: Vendor) -> None:
    body = {"code": "prompt_moderation", "message": "The prompt did not pass moderation."}
    vendor.fail(Recraft.paid, Fault(status=400, body=body))


def _in_plain_text(vendor: Vendor) -> None:
    vendor.fail(Recraft.paid, Fault(status=422, body="invalid size"))


CASE = Case(
    kind=KIND,
    vendor=Recraft,
    base_path="/v1",
    generate="recraft/recraftv4_1",
    edit="recraft/remove-background",
    source_px=(400, 300),
    refusals=(
        Refusal("by a code", _moderated, "did not pass moderation"),
        Refusal("in plain text", _in_plain_text, "invalid size"),
    ),
)
