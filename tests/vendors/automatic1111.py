"""The interface of AUTOMATIC1111 and Forge.

Source: https://github.com/AUTOMATIC1111/stable-diffusion-webui, modules/api/models.py and api.py
for the calls, modules/prompt_parser.py, modules/extra_networks.py and
modules/processing_scripts/comments.py for what a prompt can say (1.10).
"""

import asyncio
import base64
import io
import json
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.studio.providers.automatic1111 import KIND
from bot.studio.providers.automatic1111_models import automatic1111_models
from tests.vendors.cases import Case, Refusal
from tests.vendors.vendor import Fault, Vendor, picture

CHECKPOINTS = [
    {
        "title": "sdxl/juggernautXL_v9.safetensors [799b5005d9]",
        "model_name": "sdxl_juggernautXL_v9",
        "hash": "799b5005d9",
        "sha256": None,
        "filename": "D:\\models\\Stable-diffusion\\sdxl\\juggernautXL_v9.safetensors",
        "config": None,
    },
    {
        "title": "v1-5-pruned-emaonly.safetensors [6ce0161689]",
        "model_name": "v1-5-pruned-emaonly",
        "hash": "6ce0161689",
        "sha256": None,
        "filename": "/models/Stable-diffusion/v1-5-pruned-emaonly.safetensors",
        "config": None,
    },
]
UPSCALERS = ["None", "Lanczos", "Nearest", "ESRGAN_4x", "R-ESRGAN 4x+"]


class Asked(BaseModel):
    """The body of a generation.

    The server ignores what it does not know of; here it is refused, for it is a mistake.
    """

    model_config = ConfigDict(extra="forbid", strict=True)
    prompt: str = ""
    negative_prompt: str = ""
    seed: int = -1
    steps: int = Field(50, ge=1, le=150)
    cfg_scale: float = 7.0
    sampler_name: str | None = None
    width: int = Field(512, multiple_of=8)
    height: int = Field(512, multiple_of=8)
    batch_size: int = Field(1, ge=1)
    n_iter: int = Field(1, ge=1)
    override_settings: dict[str, Any] = {}
    send_images: bool = True
    save_images: bool = False
    do_not_save_samples: bool = False
    do_not_save_grid: bool = False


class AskedAgain(Asked):
    """The body of a redraw."""

    init_images: list[str]
    denoising_strength: float = Field(0.75, ge=0, le=1)
    resize_mode: int = 0


class AskedToEnlarge(BaseModel):
    """The body of an upscale."""

    model_config = ConfigDict(extra="forbid", strict=True)
    image: str
    resize_mode: int = 0
    upscaling_resize: float = Field(2, gt=0)
    upscaler_1: str = "None"


@dataclass(frozen=True)
class Reading:
    """What the server makes of a prompt."""

    words: str
    """What is left to be drawn."""
    networks: tuple[str, ...]
    """What is loaded."""
    parts: int
    """How many prompts it is, drawn into one picture."""
    is_weighed: bool
    """Whether any of it counts more or less, or changes along the way."""
    is_varied: bool
    """Whether an extension puts words of its own into it."""


def read_prompt(prompt: str) -> Reading:
    """A prompt as the server reads it: comments, networks, parts, and at last brackets."""
    is_varied = bool(re.search(r"[{}]|__\S", prompt))
    text = re.sub(r"#[^\n]*(\n|$)", "\n", prompt)
    networks = tuple(re.findall(r"<\w+:[^>]+>", text))
    text = re.sub(r"<\w+:[^>]+>", "", text)
    parts = re.split(r"\bAND\b|\bBREAK\b", text)
    weight = re.compile(r"^.*:\s*[-+]?(\d+\.?|\d*\.\d+)\s*$")
    is_weighed = any(weight.search(part) for part in parts)
    words: list[str] = []
    signs = iter(text)
    for sign in signs:
        if sign == "\\":
            words.append(next(signs, sign))
        elif sign in "()[]":
            is_weighed = True
        else:
            words.append(sign)
    return Reading("".join(words), networks, len(parts), is_weighed, is_varied)


class Automatic1111(Vendor):
    """A server started with `--api`, and with `--api-auth` where `auth` says so."""

    paid = r"/sdapi/v1/(txt2img|img2img|extra-single-image)"

    def __init__(self) -> None:
        super().__init__()
        self.auth = ""
        """`user:password`; empty where none is asked for."""
        self.has_grid = False
        """Whether a grid comes first, though none was asked for."""
        self.is_old = False
        """Whether its `info` says nothing of the grid."""
        self.extra_behind = 0
        """How many pictures of an extension, such as masks, come last."""
        self.asked: list[dict[str, Any]] = []
        """The bodies of the billed calls."""
        self.most_at_once = 0
        """How many drawings were asked for at the same time."""
        self._running = 0

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sdapi/v1/sd-models", self._checkpoints),
            web.get("/sdapi/v1/upscalers", self._upscalers),
            web.post("/sdapi/v1/txt2img", self._drawn),
            web.post("/sdapi/v1/img2img", self._drawn),
            web.post("/sdapi/v1/extra-single-image", self._enlarged),
            web.post("/sdapi/v1/interrupt", self._interrupted),
        ]

    def seeds(self) -> list[int]:
        return [asked["seed"] for asked in self.asked if "seed" in asked]

    async def _checkpoints(self, request: web.Request) -> web.Response:
        return self._refused(request) or web.json_response(CHECKPOINTS)

    async def _upscalers(self, request: web.Request) -> web.Response:
        listed = [{"name": name, "model_name": None, "scale": 4} for name in UPSCALERS]
        return self._refused(request) or web.json_response(listed)

    async def _interrupted(self, request: web.Request) -> web.Response:
        return self._refused(request) or web.json_response({})

    async def _drawn(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        body = await request.json()
        self.asked.append(body)
        kind = AskedAgain if request.path.endswith("img2img") else Asked
        try:
            asked = kind.model_validate(body)
        except ValidationError as error:
            return _unprocessable(error)
        if isinstance(asked, AskedAgain) and not all(map(_opened, asked.init_images)):
            return _failed(500, "HTTPException", detail="Invalid encoded image")
        await self._at_work()
        count = asked.batch_size * asked.n_iter
        seed = 4_242 if asked.seed == -1 else asked.seed
        made = [picture(asked.width, asked.height, number=n) for n in range(1, count + 1)]
        if self.has_grid:
            made.insert(0, picture(asked.width * 2, asked.height * 2, number=0))
        made += [picture(64, 64)] * self.extra_behind
        info: dict[str, Any] = {
            "seed": seed,
            "all_seeds": [seed + number for number in range(count)],
        }
        if not self.is_old:
            info["index_of_first_image"] = int(self.has_grid)
        return web.json_response(
            {
                "images": [base64.b64encode(data).decode() for data in made],
                "parameters": {},
                "info": json.dumps(info),
            }
        )

    async def _at_work(self) -> None:
        self._running += 1
        self.most_at_once = max(self.most_at_once, self._running)
        await asyncio.sleep(0.01)
        self._running -= 1

    async def _enlarged(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        body = await request.json()
        self.asked.append(body)
        try:
            asked = AskedToEnlarge.model_validate(body)
        except ValidationError as error:
            return _unprocessable(error)
        source = _opened(asked.image)
        if source is None:
            return _failed(500, "HTTPException", detail="Invalid encoded image")
        if asked.upscaler_1 not in UPSCALERS:
            return _failed(500, "AssertionError", errors="could not find upscaler")
        grows = asked.upscaling_resize
        made = picture(round(source.width * grows), round(source.height * grows))
        return web.json_response(
            {"html_info": "<div></div>", "image": base64.b64encode(made).decode()}
        )

    def _refused(self, request: web.Request) -> web.Response | None:
        expected = f"Basic {base64.b64encode(self.auth.encode()).decode()}"
        if self.auth and request.headers.get("Authorization") != expected:
            return web.json_response({"detail": "Incorrect username or password"}, status=401)
        return None


def _opened(text: str) -> Image.Image | None:
    try:
        return Image.open(io.BytesIO(base64.b64decode(text, validate=True)))
    except (OSError, ValueError):
        return None


def _unprocessable(error: ValidationError) -> web.Response:
    detail = [
        {"loc": ["body", *one["loc"]], "msg": one["msg"], "type": one["type"]}
        for one in error.errors()
    ]
    return web.json_response({"detail": detail}, status=422)


def _failed(status: int, name: str, *, detail: str = "", errors: str = "") -> web.Response:
    body = {"error": name, "detail": detail, "body": "", "errors": errors}
    return web.json_response(body, status=status)


def _without_memory(vendor: Vendor) -> None:
    body = {
        "error": "OutOfMemoryError",
        "detail": "",
        "body": "",
        "errors": "CUDA out of memory. Tried to allocate 9.00 GiB (GPU 0; 8.00 GiB total)",
    }
    vendor.fail(Automatic1111.paid, Fault(status=500, body=body))


def _unknown_sampler(vendor: Vendor) -> None:
    body = {"error": "HTTPException", "detail": "Sampler not found", "body": "", "errors": ""}
    vendor.fail(Automatic1111.paid, Fault(status=404, body=body))


def _without_api(vendor: Vendor) -> None:
    vendor.fail(Automatic1111.paid, Fault(status=404, body={"detail": "Not Found"}))


def _wrong_field(vendor: Vendor) -> None:
    detail = [{"loc": ["body", "steps"], "msg": "value is not a valid integer", "type": "x"}]
    vendor.fail(Automatic1111.paid, Fault(status=422, body={"detail": detail}))


ENVIRONMENT = {"AUTOMATIC1111_MODEL": "juggernautXL_v9, v1-5-pruned-emaonly.safetensors"}

CASE = Case(
    kind=KIND,
    vendor=Automatic1111,
    generate="automatic1111/juggernautxl-v9",
    edit="automatic1111/v1-5-pruned-emaonly",
    upscale="automatic1111/upscaler",
    refusals=(
        Refusal("too little memory", _without_memory, "memory"),
        Refusal("an unknown sampler", _unknown_sampler, "Sampler not found"),
        Refusal("started without its interface", _without_api, "--api"),
        Refusal("a wrong field", _wrong_field, "not a valid integer"),
    ),
    has_credit=False,
    needs_key=False,
    environment=ENVIRONMENT,
    models=automatic1111_models({**ENVIRONMENT, "AUTOMATIC1111_URL": "http://localhost:7860"}),
)
