"""Ideogram's interface (v2): generations that are accepted, asked for, and linked to.

Source: developer.ideogram.ai (v2, 2026-11): responses-and-metadata, errors, rate-limits, and the
references of the paths below; the fields of ideogram-4 and -3 and of upscaling as clients send
them that are checked against its specification (2026-10).
"""

import io
import json
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import web
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.studio.providers.ideogram import KIND
from tests.vendors.cases import Case, Refusal
from tests.vendors.vendor import Fault, Vendor, form_of, is_picture, picture

AT_ONCE = 10
_PRESETS = """
1024x1024 896x1120 1120x896 864x1152 1152x864 832x1248 1248x832 720x1280 1280x720 800x1280 1280x800
720x1440 1440x720 512x1536 1536x512 2048x2048 1792x2240 2240x1792 1728x2304 2304x1728 1664x2496
2496x1664 1440x2560 2560x1440 1600x2560 2560x1600 1440x2880 2880x1440 1024x3072 3072x1024
"""
PRESETS = frozenset(_PRESETS.split())
MICROS = {"very_low": 8_000, "low": 30_000, "medium": 60_000, "high": 100_000}
EDIT_MICROS = {**MICROS, "high": 220_000}


class Common(BaseModel):
    """What every request takes; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)
    private: bool = False
    asynchronous: bool = Field(False, alias="async")
    webhook_url: str | None = None


class Prompted(Common):
    """What is made from words."""

    prompt: str = Field(min_length=1, max_length=10_000)
    seed: int | None = Field(None, ge=0, le=2**31 - 1)
    num_images: int = Field(1, ge=1, le=8)


class Generate45(Prompted):
    """A picture by 4.5."""

    magic_prompt: Literal["auto", "on", "off"] = "auto"
    size: str = "auto"
    quality: Literal["low", "medium", "high"] = "high"
    enable_copyright_detection: bool = False


class Generate4(Prompted):
    """A picture by 4.0."""

    magic_prompt: Literal["auto", "on", "off"] = "auto"
    resolution: str | None = None
    rendering_speed: Literal["turbo", "default", "quality"] = "default"


class Generate3(Prompted):
    """A picture by 3.0."""

    magic_prompt: Literal["auto", "on", "off"] = "auto"
    aspect_ratio: Literal[
        "1x3", "3x1", "1x2", "2x1", "9x16", "16x9", "10x16", "16x10", "2x3", "3x2", "3x4", "4x3",
        "4x5", "5x4", "1x1",
    ] = "1x1"  # fmt: skip
    rendering_speed: Literal["turbo", "default", "quality"] = "default"
    negative_prompt: str | None = None
    style_type: Literal["auto", "general", "realistic", "design", "fiction"] = "auto"


class PreciseEdit(Prompted):
    """An edit by 4.5."""

    quality: Literal["very_low", "low", "medium", "high"] = "medium"
    enable_copyright_detection: bool = False


class CutOut(Common):
    """Taking the background away."""


class Upscale(Common):
    """Enlarging."""

    upscale_factor: Literal["x2", "x4", "x8"] = "x2"


GENERATE: dict[str, type[Generate45 | Generate4 | Generate3]] = {
    "ideogram-4-5": Generate45,
    "ideogram-4": Generate4,
    "ideogram-3": Generate3,
}


@dataclass
class Generation:
    """One that was accepted."""

    entries: list[tuple[bytes, int | None]]
    outcome: dict[str, Any] = field(default_factory=dict)
    """What it ends with instead."""
    polls: int = 0
    more: dict[str, Any] = field(default_factory=dict)


class Ideogram(Vendor):
    """Ideogram, as far as it makes pictures."""

    paid = r"/v2/image/"
    results = r"/ephemeral/"

    def __init__(self) -> None:
        super().__init__()
        self.generations: dict[str, Generation] = {}
        self.outcomes: list[dict[str, Any]] = []
        """What the next generations end with instead of their pictures."""
        self.polls_until_done = 1
        self.in_progress = 0
        self.most_in_progress = 0
        self.upscale_micros = 80_000

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/v2/image/generate/{model}", self._generate),
            web.post("/v2/image/precise-edit/ideogram-4-5", self._edit),
            web.post("/v2/image/remove-background/ideogram-1", self._cut_out),
            web.post("/v2/image/upscale/topaz-standard-2", self._upscale),
            web.get("/v2/generations/{id}", self._generation),
            web.get("/api/images/ephemeral/{id}/{n}.png", self._picture),
        ]

    def seeds(self) -> list[int]:
        return [seen.json["seed"] for seen in self.orders if "seed" in seen.json]

    async def _generate(self, request: web.Request) -> web.Response:
        model = request.match_info["model"]
        if model not in GENERATE:
            return _error(404, "Not found")
        try:
            asked = GENERATE[model].model_validate(await request.json())
        except ValidationError as error:
            return _invalid(error)
        micros = 60_000
        if isinstance(asked, Generate3):
            across, down = map(int, asked.aspect_ratio.split("x"))
            unit = (1024 * 1024 / (across * down)) ** 0.5
            size = (round(across * unit), round(down * unit))
        else:
            named = asked.size if isinstance(asked, Generate45) else asked.resolution or "auto"
            if named != "auto" and named not in PRESETS:
                return _problem(f"'{named}' is not a supported size")
            width, _, height = ("2048x2048" if named == "auto" else named).partition("x")
            size = (int(width), int(height))
        if isinstance(asked, Generate45):
            micros = MICROS[asked.quality]
        entries = [
            (picture(*size, number=len(self.generations) + n), asked.seed)
            for n in range(asked.num_images)
        ]
        return self._accept(request, asked, entries, micros=micros)

    async def _edit(self, request: web.Request) -> web.Response:
        fields, files = await _form(request)
        try:
            asked = PreciseEdit.model_validate(fields)
        except ValidationError as error:
            return _invalid(error)
        if len(files.get("image", [])) != 1 or len(files.get("reference_images", [])) > 4:
            return _problem("'image' is required; at most 4 reference images")
        if not all(is_picture(data) for given in files.values() for data in given):
            return _error(400, "Could not read a source image.")
        made = picture(*_size(files["image"][0]))
        entries = [(made, asked.seed)] * asked.num_images
        return self._accept(request, asked, entries, micros=EDIT_MICROS[asked.quality])

    async def _cut_out(self, request: web.Request) -> web.Response:
        fields, files = await _form(request)
        try:
            asked = CutOut.model_validate(fields)
        except ValidationError as error:
            return _invalid(error)
        if set(files) != {"image"} or not is_picture(files["image"][0]):
            return _error(400, "Could not read a source image.")
        return self._accept(
            request, asked, [(picture(*_size(files["image"][0])), None)], micros=10_000
        )

    async def _upscale(self, request: web.Request) -> web.Response:
        fields, files = await _form(request)
        try:
            asked = Upscale.model_validate(fields)
        except ValidationError as error:
            return _invalid(error)
        if set(files) != {"image"} or not is_picture(files["image"][0]):
            return _error(400, "Could not read a source image.")
        times = int(asked.upscale_factor[1:])
        width, height = _size(files["image"][0])
        made = picture(width * times, height * times)
        return self._accept(request, asked, [(made, None)], micros=self.upscale_micros)

    def _accept(
        self,
        request: web.Request,
        asked: Common,
        entries: list[tuple[bytes, int | None]],
        *,
        micros: int,
    ) -> web.Response:
        if request.headers.get("Api-Key") != self.key:
            message = "Access denied. Please verify your API Token is valid."
            return web.json_response({"message": message}, status=401)
        if request.query.get("dry_run") == "true":
            quote = {
                "object": "price_quote",
                "billing_identifier": request.path.rpartition("/")[2],
                "quantity": len(entries),
                "usd_micros": micros * len(entries),
                "credit_millis": micros * len(entries) // 1000,
                "qualifier": "exact",
            }
            return web.json_response(quote)
        if self.is_out_of_credit:
            return _error(402, "Add credits to use this API key.", reason="insufficient_funds")
        if self.in_progress + len(entries) > AT_ONCE:
            return _error(429, "Too many requests in flight.", reason="inflight_limit")
        if not asked.asynchronous:
            return _error(500, "This server answers later only.")
        self.in_progress += len(entries)
        self.most_in_progress = max(self.most_in_progress, self.in_progress)
        name = f"gen-{len(self.generations) + 1}_x"
        outcome = self.outcomes.pop(0) if self.outcomes else {}
        self.generations[name] = Generation(entries=entries, outcome=outcome)
        if request.path.startswith("/v2/image/upscale/"):
            self.generations[name].more["usage_cost_usd_micros"] = micros
        body = {"generation_id": name, "generation_kind": "sampling", "seed": entries[0][1]}
        return web.json_response(body)

    async def _generation(self, request: web.Request) -> web.Response:
        if request.headers.get("Api-Key") != self.key:
            return web.json_response({"message": "Access denied."}, status=401)
        name = request.match_info["id"]
        found = self.generations.get(name)
        if found is None:
            return _error(404, "Generation not found")
        found.polls += 1
        answer = {"generation_id": name, "created": "2026-11-24T00:00:00Z"}
        if found.polls <= self.polls_until_done:
            return web.json_response({**answer, "status": "pending"})
        if found.polls == self.polls_until_done + 1:
            self.in_progress -= len(found.entries)
        data = [
            {
                "object_type": "image.generation",
                "url": f"{self.url}/api/images/ephemeral/{name}/{n}.png?exp=1&sig=a",
                "prompt": "p",
                "resolution": "2048x2048",
                "is_image_safe": True,
                "seed": seed,
            }
            for n, (_, seed) in enumerate(found.entries)
        ]
        return web.json_response(
            {
                **answer,
                "status": "completed",
                "response_type": "url",
                "data": data,
                **found.more,
                **found.outcome,
            }
        )

    async def _picture(self, request: web.Request) -> web.Response:
        # Links are signed; whoever holds the key does not send it here.
        if "Api-Key" in request.headers:
            return web.Response(status=400)
        found = self.generations[request.match_info["id"]]
        body, _ = found.entries[int(request.match_info["n"])]
        return web.Response(body=body, content_type="image/png")


async def _form(request: web.Request) -> tuple[dict[str, Any], dict[str, list[bytes]]]:
    """The fields of a form as their types, and its files."""
    fields: dict[str, Any] = {}
    files: dict[str, list[bytes]] = {}
    for name, value in await form_of(request):
        if isinstance(value, bytes):
            files.setdefault(name, []).append(value)
        elif name in ("async", "private", "seed", "num_images"):
            fields[name] = json.loads(value)
        else:
            fields[name] = value
    return fields, files


def _size(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as image:
        return image.size


def _error(status: int, words: str, *, reason: str = "") -> web.Response:
    body = {"error": words, **({"reject_reason": reason} if reason else {})}
    return web.json_response(body, status=status)


def _problem(detail: str) -> web.Response:
    body = {"type": "about:blank", "title": "Bad Request", "detail": detail, "status": 400}
    return web.json_response(body, status=400)


def _invalid(error: ValidationError) -> web.Response:
    first = error.errors()[0]
    return _problem(f"{first['msg']} - '{'.'.join(map(str, first['loc']))}'")


def _ends(vendor: Vendor, **outcome: Any) -> None:
    assert isinstance(vendor, Ideogram)
    vendor.outcomes.append(outcome)


UNSAFE = [{"object_type": "image.generation", "url": None, "is_image_safe": False, "seed": 7}]

CASE = Case(
    kind=KIND,
    vendor=Ideogram,
    generate="ideogram/4.5-medium",
    edit="ideogram/4.5-medium",
    upscale="ideogram/topaz-standard-2",
    refusals=(
        Refusal(
            "the prompt",
            lambda vendor: vendor.fail(Ideogram.paid, Fault(status=422, body={})),
            "safety check of what was asked for",
        ),
        Refusal(
            "the picture",
            lambda vendor: _ends(vendor, data=UNSAFE),
            "safety check of what came out",
            was_billed=True,
        ),
        Refusal(
            "the generation",
            lambda vendor: _ends(
                vendor, status="failed", failure_reason="content_policy_violation", data=[]
            ),
            "safety rules",
        ),
    ),
)
