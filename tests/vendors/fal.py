"""fal's queue, its prices and its files.

Source: https://fal.ai/docs/documentation/model-apis/queue and the error pages beside it,
/docs/api-reference/inference-api, the models' llms.txt, the types of fal-client 1.0.3 (2026-11).
"""

import itertools
import math
from typing import Any, Literal

from aiohttp import web
from pydantic import Field, ValidationError

from bot.studio.providers.fal import KIND
from tests.vendors.cases import Case, Refusal
from tests.vendors.hosted import Files, Size, Strict, Work, bytes_of, size_of
from tests.vendors.vendor import Fault, Vendor

Preset = Literal[
    "square_hd", "square", "portrait_4_3", "portrait_16_9", "landscape_4_3", "landscape_16_9"
]


class Flux(Strict):
    prompt: str
    image_size: Size | Preset = "landscape_4_3"
    seed: int | None = None


class Schnell(Flux):
    num_inference_steps: int = Field(4, ge=1, le=12)
    num_images: int = Field(1, ge=1, le=4)
    guidance_scale: float = Field(3.5, ge=1, le=20)
    output_format: Literal["jpeg", "png"] = "jpeg"
    enable_safety_checker: bool = True
    acceleration: Literal["none", "regular", "high"] = "none"
    sync_mode: bool = False


class Flux2Edit(Strict):
    prompt: str
    image_urls: list[str] = Field(min_length=1, max_length=9)
    image_size: Size | Preset | Literal["auto"] = "auto"
    seed: int | None = None


class Seedream(Strict):
    prompt: str
    image_size: Size | Preset | Literal["auto_2K"] = "auto_2K"


class Qwen(Flux):
    prompt: str
    negative_prompt: str = Field("", max_length=500)
    enable_prompt_expansion: bool = True


class QwenEdit(Strict):
    prompt: str
    negative_prompt: str = Field("", max_length=500)
    image_urls: list[str] = Field(min_length=1, max_length=3)
    image_size: Size | Preset | None = None
    enable_prompt_expansion: bool = True
    seed: int | None = None


class Remove(Strict):
    image_url: str
    sync_mode: bool = False


class SeedVR(Strict):
    image_url: str
    upscale_mode: Literal["target", "factor"] = "factor"
    upscale_factor: float = Field(2, ge=1, le=10)


ENDPOINTS: dict[str, type[Strict]] = {
    "fal-ai/flux-1/schnell": Schnell,
    "fal-ai/flux-2-pro": Flux,
    "fal-ai/flux-2-pro/edit": Flux2Edit,
    "bytedance/seedream/v5/pro/us/text-to-image": Seedream,
    "fal-ai/qwen-image-2/text-to-image": Qwen,
    "fal-ai/qwen-image-2/pro/edit": QwenEdit,
    "fal-ai/bria/background/remove": Remove,
    "fal-ai/seedvr/upscale/image": SeedVR,
}
ONE_IMAGE = {"fal-ai/bria/background/remove", "fal-ai/seedvr/upscale/image"}
"""Whose answer holds `image`; that of the others holds `images`."""


class Fal(Vendor):
    """fal, as far as it makes pictures."""

    paid = r"^/(?!v1/|files/|.*/requests/)"
    results = r"^/files/"

    def __init__(self) -> None:
        super().__init__()
        self.works: dict[str, Work] = {}
        self.files = Files()
        self.flags: list[bool] | None = None
        """What the safety checker says of pictures, if it is asked."""
        self.failure: tuple[int, Any, dict[str, str]] | None = None
        """Status, body and headers of the result of what fails."""
        self.host = ""
        """Of the addresses in answers, if not its own."""
        self.answer: Any = None
        """What results hold instead of pictures of their own."""
        self._ids = itertools.count(1)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v1/models/pricing", self._pricing),
            web.get("/files/{name}", self._deliver),
            web.get("/{owner}/{app}/requests/{id}/status", self._status),
            web.get("/{owner}/{app}/requests/{id}", self._result),
            web.put("/{owner}/{app}/requests/{id}/cancel", self._cancel),
            web.post("/{endpoint:.+}", self._submit),
        ]

    def seeds(self) -> list[int]:
        return [seen.json["seed"] for seen in self.orders]

    async def _pricing(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        asked = request.query.get("endpoint_id", "").split(",")
        price = {"unit_price": 0.003, "unit": "megapixels", "currency": "USD"}
        prices = [{"endpoint_id": name, **price} for name in asked if name in ENDPOINTS]
        return web.json_response({"prices": prices, "next_cursor": None, "has_more": False})

    async def _submit(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        if self.is_out_of_credit:
            words = "User is locked. Reason: Exhausted balance. Top up your balance at "
            return web.json_response({"detail": f"{words}fal.ai/dashboard/billing."}, status=403)
        endpoint = request.match_info["endpoint"]
        kind = ENDPOINTS.get(endpoint)
        if kind is None:
            return web.json_response({"detail": f"Application '{endpoint}' not found"}, status=404)
        body = await request.json()
        work = Work(id=f"req{next(self._ids)}", model=endpoint, input=body)
        self.works[work.id] = work
        try:
            self._make(work, kind.model_validate(body))
        except ValidationError as error:
            # The queue takes everything; the runner says what is wrong with it.
            faults = [
                {"loc": ["body", *one["loc"]], "msg": one["msg"], "type": one["type"]}
                for one in error.errors()
            ]
            work.status, work.error = "422", str(faults)
        return web.json_response({"status": "IN_QUEUE", "queue_position": 0, **self._urls(work)})

    def _make(self, work: Work, asked: Strict) -> None:
        given = getattr(asked, "image_urls", None) or [getattr(asked, "image_url", "")]
        sources = [bytes_of(address) for address in given if address]
        if None in sources:
            work.status, work.error = "422", "Failed to load the image"
            return
        own = next((size_of(data) for data in sources if data), (1024, 768))
        size = getattr(asked, "image_size", None)
        if isinstance(size, Size):
            own = (size.width, size.height)
        if isinstance(asked, SeedVR):
            own = (int(own[0] * asked.upscale_factor), int(own[1] * asked.upscale_factor))
        count = asked.num_images if isinstance(asked, Schnell) else 1
        work.files = [self.files.make(*own) for _ in range(count)]

    async def _status(self, request: web.Request) -> web.Response:
        work = self._work(request)
        if isinstance(work, web.Response):
            return work
        work.looks += 1
        said: dict[str, Any] = {"logs": None, **self._urls(work)}
        if work.looks == 1:
            said = {"status": "IN_QUEUE", "queue_position": 0, **said}
            return web.json_response(said, status=202)
        if work.looks == 2:
            return web.json_response({"status": "IN_PROGRESS", **said}, status=202)
        said = {"status": "COMPLETED", "metrics": {"inference_time": 1.5}, **said}
        if self.failure is not None or work.error:
            detail = self.failure[1].get("detail") if self.failure else work.error
            said["error"] = detail if isinstance(detail, str) else "Invalid status code"
            said["error_type"] = "runner_server_error"
        return web.json_response(said)

    async def _result(self, request: web.Request) -> web.Response:
        work = self._work(request)
        if isinstance(work, web.Response):
            return work
        headers = {"x-fal-request-id": work.id}
        if self.failure is not None:
            status, body, more = self.failure
            return web.json_response(body, status=status, headers={**headers, **more})
        if work.error:
            body = {"detail": [{"loc": ["body"], "msg": work.error, "type": "value_error"}]}
            return web.json_response(body, status=422, headers=headers)
        if work.looks < 3:
            body = {"detail": "Request is still in progress"}
            return web.json_response(body, status=400, headers=headers)
        sizes = [size_of(self.files.kept[name]) for name in work.files]
        units = sum(math.ceil(width * height / 1024**2) for width, height in sizes)
        if "flux" not in work.model and "seedvr" not in work.model:
            units = len(sizes)
        images = [
            {
                "url": f"{self.url}/files/{name}",
                "width": width,
                "height": height,
                "content_type": "image/png",
            }
            for name, (width, height) in zip(work.files, sizes, strict=True)
        ]
        said: dict[str, Any] = {"seed": work.input.get("seed", 99), "prompt": ""}
        if work.model in ONE_IMAGE:
            said = {"image": images[0]}
        else:
            said["images"] = images
        if self.flags is not None:
            said["has_nsfw_concepts"] = self.flags
        headers["x-fal-billable-units"] = str(units)
        return web.json_response(self.answer or said, headers=headers)

    async def _cancel(self, request: web.Request) -> web.Response:
        work = self._work(request)
        if isinstance(work, web.Response):
            return web.json_response({"status": "NOT_FOUND"}, status=404)
        if work.looks >= 3:
            return web.json_response({"status": "ALREADY_COMPLETED"}, status=400)
        if work.looks == 2:
            return web.json_response({"status": "CANCELLATION_REQUESTED"}, status=202)
        del self.works[work.id]
        return web.json_response({"status": "OK"})

    async def _deliver(self, request: web.Request) -> web.Response:
        # Files need no key; whoever has the address may fetch them.
        assert "Authorization" not in request.headers
        data = self.files.kept.get(request.match_info["name"])
        if data is None:
            return web.Response(status=404)
        return web.Response(body=data, content_type="image/png")

    def _work(self, request: web.Request) -> Work | web.Response:
        if refusal := self._refused(request):
            return refusal
        work = self.works.get(request.match_info["id"])
        app = f"{request.match_info['owner']}/{request.match_info['app']}"
        if work is None or not f"{work.model}/".startswith(f"{app}/"):
            return web.json_response({"detail": "Request not found"}, status=404)
        return work

    def _urls(self, work: Work) -> dict[str, str]:
        """Addresses of a request; they have the owner and the app alone in them."""
        app = "/".join(work.model.split("/")[:2])
        base = f"{self.host or self.url}/{app}/requests/{work.id}"
        return {
            "request_id": work.id,
            "response_url": base,
            "status_url": f"{base}/status",
            "cancel_url": f"{base}/cancel",
        }

    def _refused(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") != f"Key {self.key}":
            detail = "No user found for Key ID and Secret"
            return web.json_response({"detail": detail}, status=401)
        return None


def _policy(units: str) -> tuple[int, Any, dict[str, str]]:
    fault = {
        "loc": ["body", "prompt"],
        "msg": "The content was flagged by a content checker.",
        "type": "content_policy_violation",
        "url": "https://docs.fal.ai/errors#content_policy_violation",
        "input": "the flagged input",
        "categories": ["violence"],
    }
    headers = {"x-fal-billable-units": units} if units else {}
    return 422, {"detail": [fault]}, headers


def _flagged(vendor: Vendor) -> None:
    assert isinstance(vendor, Fal)
    vendor.failure = _policy("")


def _flagged_late(vendor: Vendor) -> None:
    assert isinstance(vendor, Fal)
    vendor.failure = _policy("1")


def _blanked(vendor: Vendor) -> None:
    assert isinstance(vendor, Fal)
    vendor.flags = [True]


def _failed(vendor: Vendor) -> None:
    assert isinstance(vendor, Fal)
    body = {"detail": "Request timed out", "error_type": "request_timeout"}
    vendor.failure = (504, body, {"X-Fal-Error-Type": "request_timeout"})


def _at_once(vendor: Vendor) -> None:
    status, body, _ = _policy("")
    vendor.fail(Fal.paid, Fault(status=status, body=body))


CASE = Case(
    kind=KIND,
    vendor=Fal,
    generate="fal/flux-2-pro",
    edit="fal/flux-2-pro",
    upscale="fal/seedvr2",
    refusals=(
        Refusal("by its content checker", _flagged, "violence"),
        Refusal("by its content checker after a run", _flagged_late, "violence", was_billed=True),
        Refusal("by its content checker at once", _at_once, "violence"),
        Refusal("by a black picture", _blanked, "blanked", was_billed=True),
        Refusal("by a failed runner", _failed, "timed out"),
    ),
    cancels=True,
)
