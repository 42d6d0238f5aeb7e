"""Replicate's predictions, files and account.

Source: https://replicate.com/docs/reference/http and its OpenAPI document; the statuses from
/docs/topics/predictions/lifecycle; the inputs from the models' pages .../versions/ID/api (2026-11).
"""

import itertools
import re
from typing import Any, Literal

from aiohttp import web
from pydantic import Field, ValidationError

from bot.studio.providers.replicate import KIND
from tests.vendors.cases import Case, Refusal
from tests.vendors.hosted import Files, Strict, Work, bytes_of, size_of
from tests.vendors.vendor import Fault, Vendor, form_of, is_picture

REAL_ESRGAN = "42fed1c4974146d4d2414e2be2c5277c7fcf05fcc3a73abf41610695738c1d7b"

_CANCEL_AFTER = re.compile(r"(\d+h)?(\d+m)?(\d+s)?")
_SCHNELL = {
    "1:1": (1024, 1024),
    "16:9": (1344, 768),
    "21:9": (1536, 640),
    "3:2": (1216, 832),
    "2:3": (832, 1216),
    "4:5": (896, 1088),
    "5:4": (1088, 896),
    "3:4": (896, 1152),
    "4:3": (1152, 896),
    "9:16": (768, 1344),
    "9:21": (640, 1536),
}
_SEEDREAM = {
    "1:1": (2048, 2048),
    "4:3": (2304, 1728),
    "3:4": (1728, 2304),
    "16:9": (2560, 1440),
    "9:16": (1440, 2560),
    "3:2": (2496, 1664),
    "2:3": (1664, 2496),
}
Format = Literal["webp", "jpg", "png"]


class Schnell(Strict):
    prompt: str
    aspect_ratio: Literal[tuple(_SCHNELL)] = "1:1"  # type: ignore[valid-type]  # from the table
    num_outputs: int = Field(1, ge=1, le=4)
    num_inference_steps: int = Field(4, ge=1, le=4)
    seed: int | None = None
    output_format: Format = "webp"
    output_quality: int = Field(80, ge=0, le=100)
    disable_safety_checker: bool = False
    go_fast: bool = True
    megapixels: Literal["1", "0.25"] = "1"


class Flux2Pro(Strict):
    prompt: str
    input_images: list[str] = Field([], max_length=8)
    aspect_ratio: str = "1:1"
    resolution: Literal["match_input_image", "0.5 MP", "1 MP", "2 MP", "4 MP"] = "1 MP"
    width: int | None = Field(None, ge=256, le=2048)
    height: int | None = Field(None, ge=256, le=2048)
    safety_tolerance: int = Field(2, ge=1, le=5)
    seed: int | None = None
    output_format: Format = "webp"
    output_quality: int = Field(80, ge=0, le=100)


class Seedream(Strict):
    prompt: str
    image_input: list[str] = Field([], max_length=14)
    size: Literal["2K", "4K", "3K"] = "2K"
    aspect_ratio: str = "match_input_image"
    sequential_image_generation: Literal["disabled", "auto"] = "disabled"
    max_images: int = Field(1, ge=1, le=15)


class SeedreamLite(Seedream):
    output_format: Literal["png", "jpeg"] = "png"


class RemoveBackground(Strict):
    image: str
    preserve_alpha: bool = True
    content_moderation: bool = False


class RealEsrgan(Strict):
    image: str
    scale: float = Field(4, ge=0, le=10)
    face_enhance: bool = True


OFFICIAL: dict[str, type[Strict]] = {
    "black-forest-labs/flux-schnell": Schnell,
    "black-forest-labs/flux-2-pro": Flux2Pro,
    "bytedance/seedream-4.5": Seedream,
    "bytedance/seedream-5-lite": SeedreamLite,
    "bria/remove-background": RemoveBackground,
}
VERSIONS: dict[str, type[Strict]] = {REAL_ESRGAN: RealEsrgan}
LISTS = {"black-forest-labs/flux-schnell", "bytedance/seedream-4.5", "bytedance/seedream-5-lite"}
"""Whose output is a list; that of the others is one address."""


class Replicate(Vendor):
    """Replicate, as far as it makes pictures."""

    paid = r"/predictions$"
    results = r"^/delivery/"

    def __init__(self) -> None:
        super().__init__()
        self.works: dict[str, Work] = {}
        self.files = Files()
        self.ends = "succeeded"
        """How predictions end from now on."""
        self.error = ""
        self.output: Any = None
        """What they give instead of pictures of their own."""
        self.host = ""
        """Of the addresses in answers, if not its own."""
        self._ids = itertools.count(1)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v1/account", self._account),
            web.post("/v1/models/{owner}/{name}/predictions", self._official),
            web.post("/v1/predictions", self._versioned),
            web.get("/v1/predictions/{id}", self._get),
            web.post("/v1/predictions/{id}/cancel", self._cancel),
            web.post("/v1/files", self._upload),
            web.get("/delivery/{name}", self._deliver),
        ]

    def seeds(self) -> list[int]:
        return [seen.json["input"]["seed"] for seen in self.orders]

    async def _account(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        return web.json_response(
            {
                "type": "organization",
                "username": "aethera",
                "name": "Aethera",
                "github_url": "https://github.com/aethera",
            }
        )

    async def _official(self, request: web.Request) -> web.Response:
        model = f"{request.match_info['owner']}/{request.match_info['name']}"
        body = await request.json()
        return self._begin(request, model, OFFICIAL.get(model), body, extra=set())

    async def _versioned(self, request: web.Request) -> web.Response:
        body = await request.json()
        version = str(body.get("version", "")).rpartition(":")[2]
        return self._begin(request, version, VERSIONS.get(version), body, extra={"version"})

    def _begin(
        self,
        request: web.Request,
        model: str,
        kind: type[Strict] | None,
        body: dict[str, Any],
        *,
        extra: set[str],
    ) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        if self.is_out_of_credit:
            return _problem(
                402,
                "You have insufficient credit to run this model.",
                title="Insufficient credit",
            )
        deadline = request.headers.get("Cancel-After")
        if deadline is not None and not (deadline and _CANCEL_AFTER.fullmatch(deadline)):
            return _problem(422, "Cancel-After: must be a duration", title="Invalid header")
        if kind is None and "version" in extra:
            words = "The specified version does not exist."
            return _problem(422, words, title="Invalid version or not permitted")
        if kind is None:
            return _problem(404, "The requested resource could not be found.", title="Not found")
        webhooks = {"webhook", "webhook_events_filter", "stream"}
        if set(body) - {"input", *extra, *webhooks} or not isinstance(body.get("input"), dict):
            return _problem(422, "- body: unknown field", title="Invalid input")
        try:
            asked = kind.model_validate(body["input"])
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            return _problem(422, f"- input.{field}: {first['msg']}\n", title="Input validation")
        size = self._size(asked)
        if size is None:
            return _problem(422, "- input: invalid image", title="Input validation failed")
        work = Work(id=f"pred{next(self._ids)}", model=model, input=body["input"])
        if request.headers.get("Prefer") is None and self.ends == "succeeded":
            count = asked.num_outputs if isinstance(asked, Schnell) else 1
            work.files = [self.files.make(*size) for _ in range(count)]
        work.status, work.error = "starting", self.error
        self.works[work.id] = work
        return web.json_response(self._said(work), status=201)

    async def _get(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        work = self.works.get(request.match_info["id"])
        if work is None:
            return _problem(404, "The requested resource could not be found.", title="Not found")
        work.looks += 1
        if work.status in ("starting", "processing"):
            work.status = ("starting", "processing", self.ends)[min(work.looks, 3) - 1]
        return web.json_response(self._said(work))

    async def _cancel(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        work = self.works[request.match_info["id"]]
        if work.status in ("starting", "processing"):
            work.status = "aborted" if self.ends == "aborted" else "canceled"
        return web.json_response(self._said(work))

    async def _upload(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        fields = dict(await form_of(request))
        content = fields.get("content")
        if not isinstance(content, bytes) or not is_picture(content):
            return _problem(422, "content: a file is required", title="Invalid file")
        name = self.files.keep(content)
        got = {"id": name, "name": "image.png", "content_type": "image/png", "size": len(content)}
        more = {"etag": "e", "checksums": {}, "metadata": {}, "created_at": "", "expires_at": ""}
        urls = {"get": f"{self.url}/v1/files/{name}"}
        return web.json_response({**got, **more, "urls": urls}, status=201)

    async def _deliver(self, request: web.Request) -> web.Response:
        # Files need no key; whoever has the address may fetch them.
        assert "Authorization" not in request.headers
        data = self.files.kept.get(request.match_info["name"])
        if data is None:
            return web.Response(status=404)
        return web.Response(body=data, content_type="image/png")

    def _said(self, work: Work) -> dict[str, Any]:
        done = work.status == "succeeded"
        found = [f"{self.url}/delivery/{name}" for name in work.files]
        output: Any = found if work.model in LISTS else next(iter(found), None)
        base = f"{self.host or self.url}/v1/predictions/{work.id}"
        return {
            "id": work.id,
            "model": work.model,
            "version": "hidden",
            "input": work.input,
            "logs": "",
            "output": (self.output or output) if done else None,
            "data_removed": False,
            "error": work.error or None if work.status == "failed" else None,
            "source": "api",
            "status": work.status,
            "created_at": "2026-11-24T12:00:00.000Z",
            "started_at": None,
            "completed_at": None,
            "metrics": {"predict_time": 2.5} if done or work.status == "failed" else {},
            "urls": {"get": base, "cancel": f"{base}/cancel", "web": "https://replicate.com/p/x"},
        }

    def _size(self, asked: Strict) -> tuple[int, int] | None:
        """What is made, or None where a picture is none."""
        given = [*getattr(asked, "input_images", []), *getattr(asked, "image_input", [])]
        given += [asked.image] if isinstance(asked, RemoveBackground | RealEsrgan) else []
        sources = [self._source(address) for address in given]
        if None in sources:
            return None
        own = next((size_of(data) for data in sources if data), (1024, 1024))
        if isinstance(asked, Schnell):
            return _SCHNELL[asked.aspect_ratio]
        if isinstance(asked, Flux2Pro) and asked.aspect_ratio == "custom":
            return _near(asked.width), _near(asked.height)
        if isinstance(asked, Seedream):
            return _SEEDREAM.get(asked.aspect_ratio, own)
        if isinstance(asked, RealEsrgan):
            return int(own[0] * asked.scale), int(own[1] * asked.scale)
        return own

    def _source(self, address: str) -> bytes | None:
        if address.startswith(f"{self.url}/v1/files/"):
            return self.files.kept.get(address.rpartition("/")[2])
        return bytes_of(address)

    def _refused(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            return _problem(
                401, "You did not pass a valid authentication token", title="Unauthorized"
            )
        return None


def _near(side: int | None) -> int:
    """A side as the model makes it: the nearest multiple of 16."""
    return round((side or 1024) / 16) * 16


def _problem(status: int, detail: str, *, title: str) -> web.Response:
    return web.json_response({"title": title, "detail": detail, "status": status}, status=status)


def _unsafe(vendor: Vendor) -> None:
    assert isinstance(vendor, Replicate)
    vendor.ends = "failed"
    vendor.error = "NSFW content detected. Try running it again, or try a different prompt."


def _invalid(vendor: Vendor) -> None:
    body = {"title": "Input validation failed", "detail": "- input: prompt is required\n"}
    vendor.fail(Replicate.paid, Fault(status=422, body={**body, "status": 422}))


def _late(vendor: Vendor) -> None:
    assert isinstance(vendor, Replicate)
    vendor.ends = "aborted"


CASE = Case(
    kind=KIND,
    vendor=Replicate,
    generate="replicate/flux-2-pro",
    edit="replicate/flux-2-pro",
    refusals=(
        Refusal("by a failed prediction", _unsafe, "NSFW"),
        Refusal("by its check of the inputs", _invalid, "prompt is required"),
        Refusal("for its deadline", _late, "in time"),
    ),
)
