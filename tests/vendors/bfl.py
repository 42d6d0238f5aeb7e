"""Black Forest Labs' interface: tasks that are started, asked for, and delivered by an address.

Source: api.bfl.ai/openapi.json (2026-05), docs.bfl.ai and the makers' Python client (2026-11).
FLUX 3 as six independent clients describe it; it refuses unknown fields, and so do all here.
"""

import base64
import binascii
import io
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import web
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.studio.providers.bfl import KIND
from tests.vendors.cases import Case, Refusal
from tests.vendors.vendor import Vendor, is_picture, picture

REFERENCES = {
    "flux-2-pro": 8,
    "flux-2-max": 8,
    "flux-2-flex": 8,
    "flux-2-klein-4b": 4,
    "flux-2-klein-9b": 5,
}
FIRST_CENTS = {
    "flux-2-pro": 3.0,
    "flux-2-max": 7.0,
    "flux-2-flex": 5.0,
    "flux-2-klein-4b": 1.4,
    "flux-2-klein-9b": 1.5,
}
Ratio = Literal[
    "auto",
    "21:9",
    "2:1",
    "16:9",
    "3:2",
    "7:5",
    "4:3",
    "5:4",
    "1:1",
    "4:5",
    "3:4",
    "5:7",
    "2:3",
    "9:16",
    "1:2",
    "9:21",
]


class Flux2(BaseModel):
    """The body of a FLUX.2 task."""

    model_config = ConfigDict(extra="forbid", strict=True)
    prompt: str = Field(min_length=1)
    input_image: str | None = None
    input_image_2: str | None = None
    input_image_3: str | None = None
    input_image_4: str | None = None
    input_image_5: str | None = None
    input_image_6: str | None = None
    input_image_7: str | None = None
    input_image_8: str | None = None
    seed: int | None = None
    width: int | None = Field(None, ge=64)
    height: int | None = Field(None, ge=64)
    safety_tolerance: int = Field(2, ge=0, le=5)
    output_format: Literal["jpeg", "png", "webp"] = "jpeg"
    transparent_bg: bool = False
    webhook_url: str | None = None
    webhook_secret: str | None = None

    @property
    def sources(self) -> list[str]:
        """The pictures to start from."""
        names = ["input_image", *(f"input_image_{n}" for n in range(2, 9))]
        return [value for name in names if (value := getattr(self, name)) is not None]

    @model_validator(mode="after")
    def _check(self) -> "Flux2":
        if (self.width or 0) * (self.height or 0) > 2048 * 2048:
            raise ValueError("width * height must not exceed 4 megapixels")
        if self.transparent_bg and self.output_format == "jpeg":
            raise ValueError("transparent_bg requires png or webp")
        return self


class Flux2Pro(Flux2):
    """What pro and max take besides."""

    disable_pup: bool = False


class Flux2Flex(Flux2):
    """What flex takes besides."""

    prompt_upsampling: bool = True
    steps: int = Field(50, ge=1, le=50)
    guidance: float = Field(5.0, ge=1.5, le=10)


class Flux3(BaseModel):
    """The body of a FLUX 3 task."""

    model_config = ConfigDict(extra="forbid", strict=True)
    prompt: str = Field(min_length=1)
    images: list[str] = Field(default_factory=list, max_length=10)
    aspect_ratio: Ratio = "auto"
    resolution: Literal["768sq", "1k", "1.5k", "2k", "4k"] = "1k"
    grounding: bool = True
    safety_tolerance: int = Field(2, ge=0, le=4)
    version: str | None = None
    webhook_url: str | None = None
    webhook_secret: str | None = None


BODIES: dict[str, type[Flux2]] = {
    "flux-2-pro": Flux2Pro,
    "flux-2-max": Flux2Pro,
    "flux-2-flex": Flux2Flex,
    "flux-2-klein-4b": Flux2,
    "flux-2-klein-9b": Flux2,
}


@dataclass
class Task:
    """A task that was taken."""

    picture: bytes
    seed: int | None
    polls: int = 0
    outcome: dict[str, Any] = field(default_factory=dict)
    """What it ends with instead of its picture."""


class BFL(Vendor):
    """Black Forest Labs, as far as it makes pictures."""

    paid = r"/v1/flux-"
    results = r"/delivery/"

    def __init__(self) -> None:
        super().__init__()
        self.tasks: dict[str, Task] = {}
        self.outcomes: list[dict[str, Any]] = []
        """What the next tasks end with instead of their pictures."""
        self.polls_until_ready = 1
        self.active = 0
        self.most_active = 0

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v1/credits", self._credits),
            web.post("/v1/flux-3-image", self._flux3),
            web.post("/v1/{model}", self._flux2),
            web.get("/v1/get_result", self._result),
            web.get("/delivery/{id}/sample.png", self._delivery),
        ]

    def seeds(self) -> list[int]:
        return [seen.json["seed"] for seen in self.orders if "seed" in seen.json]

    async def _credits(self, request: web.Request) -> web.Response:
        if request.headers.get("x-key") != self.key:
            return _detail(403, "Not authenticated")
        return web.json_response({"credits": 0 if self.is_out_of_credit else 1234.5})

    async def _flux2(self, request: web.Request) -> web.Response:
        model = request.match_info["model"]
        if model not in BODIES:
            return _detail(404, "Not Found")
        try:
            asked = BODIES[model].model_validate(await request.json())
        except ValidationError as error:
            return _invalid(error)
        if len(asked.sources) > REFERENCES[model]:
            return _detail(422, "Too many input images")
        inputs = [_size(source) for source in asked.sources]
        if None in inputs:
            return _detail(422, "Invalid image")
        width, height = asked.width or 1024, asked.height or 1024
        made = picture(width, height, number=len(self.tasks), form=asked.output_format.upper())
        cost = FIRST_CENTS[model] + 1.5 * len(inputs)
        return self._start(request, made, seed=asked.seed, cost=cost)

    async def _flux3(self, request: web.Request) -> web.Response:
        try:
            asked = Flux3.model_validate(await request.json())
        except ValidationError as error:
            return _invalid(error)
        if any(size is None or min(size) < 256 for size in map(_size, asked.images)):
            return _detail(422, "Images must be at least 256 x 256")
        across, down = (
            (1, 1) if asked.aspect_ratio == "auto" else map(int, asked.aspect_ratio.split(":"))
        )
        unit = (1024 * 1024 / (across * down)) ** 0.5
        made = picture(round(across * unit), round(down * unit), form="JPEG")
        return self._start(request, made, seed=None, cost=4.8)

    def _start(
        self, request: web.Request, made: bytes, *, seed: int | None, cost: float
    ) -> web.Response:
        if request.headers.get("x-key") != self.key:
            return _detail(403, "Not authenticated")
        if self.is_out_of_credit:
            return _detail(402, "Insufficient credits")
        if self.active >= 24:
            return _detail(429, "Too many active tasks")
        self.active += 1
        self.most_active = max(self.most_active, self.active)
        task_id = f"task-{len(self.tasks) + 1}"
        outcome = self.outcomes.pop(0) if self.outcomes else {}
        self.tasks[task_id] = Task(picture=made, seed=seed, outcome=outcome)
        return web.json_response(
            {
                "id": task_id,
                "polling_url": f"{self.url}/v1/get_result?id={task_id}",
                "cost": cost,
                "input_mp": 0,
                "output_mp": 1.0,
            }
        )

    async def _result(self, request: web.Request) -> web.Response:
        if request.headers.get("x-key") != self.key:
            return _detail(403, "Not authenticated")
        task_id = request.query["id"]
        task = self.tasks.get(task_id)
        if task is None:
            return web.json_response({"id": task_id, "status": "Task not found"}, status=404)
        task.polls += 1
        answer: dict[str, Any] = {"id": task_id, "result": None, "progress": None, "details": None}
        if task.polls <= self.polls_until_ready:
            return web.json_response({**answer, "status": "Pending", "progress": 0.5})
        if task.polls == self.polls_until_ready + 1:
            self.active -= 1
        if task.outcome:
            return web.json_response({**answer, **task.outcome})
        sample = f"{self.url}/delivery/{task_id}/sample.png?se=2026&sig=abc"
        result = {"sample": sample, "prompt": "p", "seed": task.seed}
        return web.json_response({**answer, "status": "Ready", "result": result})

    async def _delivery(self, request: web.Request) -> web.Response:
        # Whoever stores the pictures must never see the key.
        if "x-key" in request.headers:
            return web.Response(status=400)
        task = self.tasks[request.match_info["id"]]
        return web.Response(body=task.picture, content_type="image/png")


def _size(source: str) -> tuple[int, int] | None:
    try:
        data = base64.b64decode(source, validate=True)
    except binascii.Error:
        return None
    if not is_picture(data):
        return None
    with Image.open(io.BytesIO(data)) as image:
        return image.size


def _detail(status: int, detail: str) -> web.Response:
    return web.json_response({"detail": detail}, status=status)


def _invalid(error: ValidationError) -> web.Response:
    detail = [
        {"loc": ["body", *one["loc"]], "msg": one["msg"], "type": one["type"]}
        for one in error.errors()
    ]
    return web.json_response({"detail": detail}, status=422)


def _ends(vendor: Vendor, **outcome: Any) -> None:
    assert isinstance(vendor, BFL)
    vendor.outcomes.append(outcome)


CASE = Case(
    kind=KIND,
    vendor=BFL,
    generate="bfl/flux-2-pro",
    edit="bfl/flux-2-pro",
    refusals=(
        Refusal(
            "what was asked for",
            lambda vendor: _ends(
                vendor,
                status="Request Moderated",
                details={"Moderation Reasons": ["Derivative Works Filter"]},
            ),
            "Derivative Works Filter",
        ),
        Refusal(
            "what came out",
            lambda vendor: _ends(vendor, status="Content Moderated"),
            "moderation of what came out",
            was_billed=True,
        ),
    ),
)
