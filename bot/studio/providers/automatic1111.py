"""AUTOMATIC1111 and Forge: an order in, one call for all its pictures, base64 pictures out.

The server is the operator's own, at AUTOMATIC1111_URL, with `user:password` in AUTOMATIC1111_AUTH
where it was started with `--api-auth`.

`options` of a model, see `Automatic1111Options`: `steps` and `cfg_scale` of the sampling,
`sampler_name` where it is not to be the server's own, `denoising_strength` of a redraw,
`most_pixels` of an upscale.

The server works on one job at a time and others may use it too, so it is asked for one thing at a
time, and long waits are usual. It can only be told to interrupt whatever it is working on, which
may be somebody else's: it never is.

Source: https://github.com/AUTOMATIC1111/stable-diffusion-webui, modules/api (1.10)
"""

import asyncio
import re
import time
from collections.abc import Mapping
from pathlib import PureWindowsPath
from typing import Any

from pydantic import Field, RootModel, ValidationError

from bot.errors import BadKey, ProviderError, Refused, Unavailable, Unknown
from bot.studio.check import MAX_SEED
from bot.studio.picture import MAX_BYTES, open_picture
from bot.studio.provider import Absent, Accepted, KeyReport, Made, Order, Picture, Provider
from bot.studio.providers.automatic1111_models import URL_VARIABLE, automatic1111_models
from bot.studio.providers.automatic1111_prompt import as_words
from bot.studio.remote.api import RETRY_SECONDS, Answer, Api, Read, plain
from bot.studio.remote.kind import Access, Kind
from bot.studio.remote.options import Options, checker, options_of
from bot.studio.remote.scale import check_scale
from bot.studio.remote.sources import Limits, fitted
from bot.studio.remote.variations import make_all
from bot.studio.remote.words import from_base64, prompt_words, to_base64

PATIENCE = 4
"""How many times the usual silence an answer may take: others' jobs come first."""

MAX_REDRAWN_PIXELS = 1_572_864
"""The most pixels of a redraw; more make doubles of everything, or do not fit into memory."""
_TOO_FEW = "The server made fewer pictures; somebody may have interrupted it."
_SIDE_PX = 8
"""Sides are multiples of it."""


class Automatic1111Options(Options):
    """What a model of the catalog has in `options`."""

    steps: int = Field(25, ge=1, le=150)
    cfg_scale: float = Field(7, ge=1, le=30)
    denoising_strength: float = Field(0.6, ge=0, le=1)
    sampler_name: str = ""
    most_pixels: int | None = None


class _Checkpoint(Read):
    title: str
    model_name: str = ""
    hash: str | None = None
    filename: str = ""

    @property
    def names(self) -> frozenset[str]:
        """What an operator may call it."""
        file = PureWindowsPath(self.filename)  # takes the separators of every system
        bare = re.sub(r" \[\w+\]$", "", self.title)
        found = {self.title, bare, self.model_name, self.hash or "", file.name, file.stem}
        return frozenset(found - {""})


class _Checkpoints(RootModel[list[_Checkpoint]]):
    pass


class _Upscaler(Read):
    name: str


class _Upscalers(RootModel[list[_Upscaler]]):
    pass


class _Answer(Read):
    images: list[str] = Field(min_length=1)
    info: str = ""


class _Info(Read):
    all_seeds: tuple[int, ...] = ()
    index_of_first_image: int | None = None


class _Enlarged(Read):
    image: str = Field(min_length=1)


class Automatic1111Provider(Provider):
    """Makes, redraws and enlarges pictures on the operator's own server."""

    name = "automatic1111"
    poll_seconds = 1.0

    def __init__(self, access: Access) -> None:
        headers = {}
        if access.key:
            headers["Authorization"] = f"Basic {to_base64(access.key.encode())}"
        self._api = Api(
            client=access.client,
            title="AUTOMATIC1111",
            url=access.url,
            headers=headers,
            judge=judge,
        )
        self._silence_seconds = access.silence_seconds * PATIENCE
        self._gate = asyncio.Semaphore(1)

    async def submit(self, order: Order) -> Made:
        """Make the pictures, redraw or enlarge the first source."""
        return await make_all(order, self._make, gate=self._gate)

    async def poll(self, order: Order, reference: str) -> None:
        """Nothing: an answer holds the pictures, so there is never one to wait for."""

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """Raises: Unknown; the server knows no keys of ours."""
        raise Unknown

    async def check_key(self) -> KeyReport:
        """Ask which checkpoints and upscalers it has."""
        checkpoints = await self._checkpoints()
        names = frozenset(name for one in checkpoints for name in one.names)
        count = len(checkpoints)
        words = f"works; {count} checkpoint{'' if count == 1 else 's'}"
        return KeyReport(words, model_ids=names | set(await self._upscalers()) | {""})

    async def _make(self, order: Order) -> Made:
        if order.scale is not None:
            return await self._enlarge(order)
        fields = _fields(order, options_of(order.model, Automatic1111Options))
        if order.model.api_model:
            fields["override_settings"] = {"sd_model_checkpoint": await self._checkpoint(order)}
        path = "/sdapi/v1/txt2img"
        if order.sources:
            path = "/sdapi/v1/img2img"
            fields |= await _redrawn(order, options_of(order.model, Automatic1111Options))
        started = time.monotonic()
        answer = await self._send(path, fields)
        pictures = _pictures(self._api.read(answer, _Answer, is_order=True), order)
        return Made(
            pictures=pictures,
            seconds=time.monotonic() - started,
            shortfall=_TOO_FEW if len(pictures) < order.count else "",
        )

    async def _enlarge(self, order: Order) -> Made:
        check_scale(order)
        upscaler = order.model.api_model
        if upscaler not in await self._upscalers():
            raise Refused(
                f"Your AUTOMATIC1111 server has no upscaler “{plain(upscaler)}”.", was_billed=False
            )
        fields = {
            "image": to_base64(order.sources[0].data),
            "resize_mode": 0,
            "upscaling_resize": order.scale,
            "upscaler_1": upscaler,
        }
        started = time.monotonic()
        answer = await self._send("/sdapi/v1/extra-single-image", fields)
        read = self._api.read(answer, _Enlarged, is_order=True)
        picture = Picture(data=from_base64(read.image), description="", index=1)
        return Made(pictures=(picture,), seconds=time.monotonic() - started)

    async def _send(self, path: str, fields: Mapping[str, Any]) -> Answer:
        return await self._api.call(
            "POST", path, is_order=True, timeout_seconds=self._silence_seconds, json=fields
        )

    async def _checkpoint(self, order: Order) -> str:
        """The title of the order's checkpoint.

        Raises: Refused where the server has none: it would quietly use the one that is loaded.
        """
        wanted = order.model.api_model
        for one in await self._checkpoints():
            if wanted in one.names:
                return one.title
        raise Refused(
            f"Your AUTOMATIC1111 server has no checkpoint “{plain(wanted)}”.", was_billed=False
        )

    async def _checkpoints(self) -> list[_Checkpoint]:
        answer = await self._api.call("GET", "/sdapi/v1/sd-models", is_order=False)
        return self._api.read(answer, _Checkpoints, is_order=False).root

    async def _upscalers(self) -> list[str]:
        answer = await self._api.call("GET", "/sdapi/v1/upscalers", is_order=False)
        return [one.name for one in self._api.read(answer, _Upscalers, is_order=False).root]


def judge(answer: Answer) -> ProviderError | None:
    """The server's own errors: FastAPI's, and the names of Python's exceptions."""
    detail = answer.at("detail")
    words = plain(detail) or plain(answer.at("detail", 0, "msg"))
    match answer.status:
        case 401 | 403:
            return BadKey("The AUTOMATIC1111 server does not accept the name and password.")
        case 404 if detail == "Not Found":
            return Refused("The AUTOMATIC1111 server was started without --api.", was_billed=False)
        case 400 | 404 | 422:
            return Refused(words or "AUTOMATIC1111 did not take the request.", was_billed=False)
        case 500 if answer.at("error") == "OutOfMemoryError":
            return Refused(
                "The AUTOMATIC1111 server has too little memory for this picture.",
                was_billed=False,
            )
        case 500 if error := plain(answer.at("error")):
            return Unavailable(
                f"The AUTOMATIC1111 server failed ({error}).", retry_after_seconds=RETRY_SECONDS
            )
        case _:
            return None


def _fields(order: Order, options: Automatic1111Options) -> dict[str, Any]:
    """What a call for pictures holds; never a script, and nothing that the server would keep."""
    fields: dict[str, Any] = {
        "prompt": as_words(prompt_words(order)),
        "negative_prompt": as_words(order.negative_prompt),
        "seed": -1 if order.seed is None else order.seed,
        "steps": options.steps,
        "cfg_scale": options.cfg_scale,
        "width": order.size.width_px,
        "height": order.size.height_px,
        # One after the other: side by side they need the memory of all.
        "batch_size": 1,
        "n_iter": order.count,
        "save_images": False,
        "do_not_save_samples": True,
        "do_not_save_grid": True,
    }
    if options.sampler_name:
        fields["sampler_name"] = options.sampler_name
    return fields


async def _redrawn(order: Order, options: Automatic1111Options) -> dict[str, Any]:
    """What a redraw needs beside: the first source, and sides that fit it."""
    limits = Limits(max_pixels=MAX_REDRAWN_PIXELS, max_bytes=MAX_BYTES, min_side_px=64)
    source = await fitted(order.sources[0], limits, title="AUTOMATIC1111")
    width, height = (await asyncio.to_thread(open_picture, source.data)).size
    return {
        "init_images": [to_base64(source.data)],
        "denoising_strength": options.denoising_strength,
        "resize_mode": 1,
        "width": width // _SIDE_PX * _SIDE_PX,
        "height": height // _SIDE_PX * _SIDE_PX,
    }


def _pictures(answer: _Answer, order: Order) -> tuple[Picture, ...]:
    """The pictures without a grid of them that may stand first, and whatever may stand behind.

    Raises: Unknown where there is none.
    """
    try:
        info = _Info.model_validate_json(answer.info)
    except ValidationError:
        info = _Info()
    first = info.index_of_first_image
    if first is None:
        first = 1 if len(answer.images) > order.count else 0
    images = answer.images[max(first, 0) :][: order.count]
    if not images:
        raise Unknown("The server's answer holds no picture.")
    return tuple(
        Picture(
            data=from_base64(image),
            description="",
            index=number,
            seed=_other_seed(order, info, number),
        )
        for number, image in enumerate(images, start=1)
    )


def _other_seed(order: Order, info: _Info, number: int) -> int | None:
    """The seed of a picture where the server took another than it would have by the order."""
    if order.seed is None or len(info.all_seeds) < number:
        return None
    seed = info.all_seeds[number - 1]
    return None if seed == (order.seed + number - 1) % (MAX_SEED + 1) else seed


KIND = Kind(
    name="automatic1111",
    title="AUTOMATIC1111",
    make=Automatic1111Provider,
    key_variable="AUTOMATIC1111_AUTH",
    url_variable=URL_VARIABLE,
    needs_key=False,
    own_models=automatic1111_models,
    check=checker(Automatic1111Options),
)
