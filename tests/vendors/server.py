"""OpenAI-compatible servers that an operator runs, in five kinds.

Each takes the fields that its documentation names and refuses all others, so that nothing is sent
on the chance; each reads prompts as the real one does, with whatever commands it finds in them.

Source: https://github.com/mudler/LocalAI core/http/endpoints/openai/image.go (2026-08),
https://github.com/leejet/stable-diffusion.cpp examples/server/routes_openai.cpp (2026-08),
https://github.com/vllm-project/vllm-omni docs/serving/image_generation_api.md and image_edit_api.md
(2026-10), https://github.com/sgl-project/sglang docs/diffusion/openai_api.md (2026-11)
"""

import base64
import binascii
import io
import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import web
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.studio.providers.server import KIND
from bot.studio.providers.server_models import server_models
from tests.vendors.cases import Case, Refusal
from tests.vendors.vendor import Fault, Vendor, form_of, is_picture, picture

NAMES = {
    "plain": "sdxl-turbo",
    "localai": "flux.1-dev-ggml",
    "sdcpp": "z-image-turbo",
    "vllm": "Qwen/Qwen-Image",
    "sglang": "black-forest-labs/FLUX.2-klein-4B",
}
"""What each server was started with."""


@dataclass(frozen=True)
class Understood:
    """What a server makes of a request."""

    prompt: str
    negative: str = ""
    seed: int | None = None
    size: str = ""
    n: int = 1


class Plain(BaseModel):
    """OpenAI's fields of old."""

    model_config = ConfigDict(extra="forbid", strict=True)
    prompt: str = Field(min_length=1)
    model: str = ""
    n: int = Field(1, ge=1, le=10)
    size: str = Field("1024x1024", pattern=r"^[1-9]\d{1,4}x[1-9]\d{1,4}$")
    response_format: Literal["b64_json", "url"] = "url"

    def understood(self) -> Understood:
        return Understood(prompt=self.prompt, size=self.size, n=self.n)


class LocalAI(Plain):
    """Parts the prompt at its bars: what comes second is to be avoided."""

    seed: int | None = None
    step: int = 0
    mode: int = 0
    file: str = ""
    files: list[str] = []
    ref_images: list[str] = []

    def understood(self) -> Understood:
        parts = self.prompt.split("|")
        negative = parts[1] if len(parts) > 1 else ""
        return Understood(parts[0], negative, self.seed, self.size, self.n)


class SdCpp(BaseModel):
    """Takes settings out of a tag in the prompt; knows few fields and ignores the others."""

    model_config = ConfigDict(extra="ignore", strict=True)
    prompt: str = Field(min_length=1)
    n: int = 1
    size: str = ""
    output_format: str = "png"
    output_compression: int = 100

    def understood(self) -> Understood:
        tag = "<sd_cpp_extra_args>(.*?)</sd_cpp_extra_args>"
        found = re.search(tag, self.prompt)
        args = json.loads(found[1]) if found else {}
        assert isinstance(args, dict)
        width, _, height = self.size.partition("x")
        return Understood(
            prompt=re.sub(tag, "", self.prompt),
            negative=args.get("negative_prompt", ""),
            seed=args.get("seed"),
            size=f"{args.get('width', width)}x{args.get('height', height)}",
            n=args.get("batch_count", self.n),
        )


class Vllm(Plain):
    """Has fields for all of it; holds no more than 64-bit seeds, and base64 alone."""

    response_format: Literal["b64_json"] = "b64_json"
    user: str | None = None
    negative_prompt: str | None = None
    num_inference_steps: int | None = Field(None, ge=1, le=200)
    guidance_scale: float | None = Field(None, ge=0, le=20)
    true_cfg_scale: float | None = None
    seed: int | None = None

    def understood(self) -> Understood:
        return Understood(self.prompt, self.negative_prompt or "", self.seed, self.size, self.n)


FORMS: dict[str, type[Plain | SdCpp]] = {
    "plain": Plain,
    "localai": LocalAI,
    "sdcpp": SdCpp,
    "vllm": Vllm,
    "sglang": Vllm,
}
FILE_FIELDS = {"sdcpp": ("image[]", "image"), "vllm": ("image",), "sglang": ("image", "image[]")}


def understood(flavour: str, fields: dict[str, Any]) -> Understood:
    """What a kind of server makes of the fields of a request.

    Raises: ValidationError for a field that it does not have.
    """
    return FORMS[flavour].model_validate(fields).understood()


class Server(Vendor):
    """One server of one kind."""

    paid = r"/images/(generations|edits)$"

    def __init__(self, flavour: str = "plain") -> None:
        super().__init__()
        self.flavour = flavour
        self.done: list[Understood] = []
        """What it made, as it understood it."""
        self.answers_with_urls = False
        self.url_of = "{origin}/generated-images/1.png"

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v1/models", self._models),
            web.post("/v1/images/generations", self._generations),
            web.post("/v1/images/edits", self._edits),
            web.get("/generated-images/{name}", self._image),
        ]

    def seeds(self) -> list[int]:
        return [one.seed for one in self.done if one.seed is not None]

    async def _models(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        name = "sd-cpp-local" if self.flavour == "sdcpp" else NAMES[self.flavour]
        return web.json_response({"object": "list", "data": [{"id": name, "object": "model"}]})

    async def _generations(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        fields = await request.json()
        for text in fields.get("ref_images", []):
            try:
                source = base64.b64decode(text, validate=True)
            except (binascii.Error, ValueError):
                source = b""
            if not is_picture(source):
                return self._error(400, "illegal base64 data")
        return self._answer(fields)

    async def _edits(self, request: web.Request) -> web.Response:
        if refusal := self._refused(request):
            return refusal
        if self.flavour not in FILE_FIELDS:
            return self._error(404, "Not Found")
        sources: list[bytes] = []
        fields: dict[str, Any] = {}
        for name, value in await form_of(request):
            if isinstance(value, bytes) and name in FILE_FIELDS[self.flavour]:
                sources.append(value)
            elif isinstance(value, str):
                fields[name] = int(value) if name in ("n", "seed") else value
            else:
                return self._error(422, f"Unknown field {name}")
        if not sources or not all(map(is_picture, sources)):
            return self._error(400, "at least one image[] required")
        return self._answer(fields)

    def _answer(self, fields: dict[str, Any]) -> web.Response:
        if self.flavour == "vllm" and fields.get("model") not in (None, NAMES["vllm"]):
            return self._error(400, f"Model mismatch: {fields.get('model')!r}.")
        try:
            made = understood(self.flavour, fields)
        except ValidationError as error:
            return self._invalid(error)
        self.done.append(made)
        width, height = map(int, made.size.split("x"))
        data = [picture(width, height, number=n) for n in range(1, made.n + 1)]
        if self.answers_with_urls or fields.get("response_format", "url") == "url":
            entries = [{"url": self.url_of.format(origin=self.url)}]
        else:
            entries = [{"b64_json": base64.b64encode(one).decode()} for one in data]
        return web.json_response({"created": 1_795_000_000, "data": entries})

    async def _image(self, request: web.Request) -> web.Response:
        buffer = io.BytesIO()
        Image.new("RGB", (64, 48)).save(buffer, "PNG")
        return web.Response(body=buffer.getvalue(), content_type="image/png")

    def _refused(self, request: web.Request) -> web.Response | None:
        if self.key and request.headers.get("Authorization") != f"Bearer {self.key}":
            return self._error(401, "Unauthorized")
        return None

    def _invalid(self, error: ValidationError) -> web.Response:
        first = error.errors()[0]
        if self.flavour in ("vllm", "sglang"):
            detail = [{"loc": ["body", *first["loc"]], "msg": first["msg"], "type": first["type"]}]
            return web.json_response({"detail": detail}, status=422)
        return self._error(400, f"{first['loc']}: {first['msg']}")

    def _error(self, status: int, words: str) -> web.Response:
        bodies: dict[str, Any] = {
            "localai": {"error": {"code": status, "message": words, "type": ""}},
            "sdcpp": {"error": words},
            "vllm": {"detail": words},
            "sglang": {"detail": words},
        }
        return web.json_response(
            bodies.get(self.flavour, {"error": {"message": words}}), status=status
        )


_REFUSALS: dict[str, Any] = {
    "plain": {"error": {"message": "The size is not supported."}},
    "localai": {"error": {"code": 400, "message": "The size is not supported.", "type": ""}},
    "sdcpp": {"error": "The size is not supported."},
    "vllm": {"detail": "The size is not supported."},
    "sglang": {"detail": [{"loc": ["body"], "msg": "The size is not supported.", "type": "x"}]},
}


def _refuses(body: Any) -> Any:
    return lambda vendor: vendor.fail(Server.paid, Fault(status=422, body=body))


def settings(flavour: str) -> dict[str, str]:
    """What an operator sets for a server of a kind, beside its address and key."""
    return {"STUDIO_SERVER_MODEL": NAMES[flavour], "STUDIO_SERVER_FLAVOUR": flavour}


def _case(flavour: str) -> Case:
    environment = settings(flavour)
    (model,) = server_models({**environment, "STUDIO_SERVER_URL": "http://127.0.0.1:1"})
    return Case(
        kind=KIND,
        variant=flavour,
        vendor=lambda: Server(flavour),
        models=(model,),
        generate=model.id,
        edit=model.id if model.edits else "",
        has_credit=False,
        refusals=(Refusal("in its words", _refuses(_REFUSALS[flavour]), "not supported"),),
        environment=environment,
    )


CASES: tuple[Case, ...] = tuple(map(_case, NAMES))
