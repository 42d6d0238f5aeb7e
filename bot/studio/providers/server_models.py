"""An operator's settings in, the models of their own image server out.

Three settings add a server: `STUDIO_SERVER_URL`, `STUDIO_SERVER_MODEL` (one name, or several with
commas between them) and, where it wants one, `STUDIO_SERVER_KEY`. `STUDIO_SERVER_FLAVOUR` says
which server it is, so that more of it can be used: plain, localai, sdcpp, vllm or sglang.

Source: the documentation and source of each server, beside its flavour below.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from urllib.parse import urlsplit

from bot.domain.base import Value
from bot.domain.catalog import ImageModel, Speed, Task
from bot.errors import SetupError
from bot.studio.catalog import shared_sizes

URL, KEY, MODEL, FLAVOUR = (f"STUDIO_SERVER_{name}" for name in ("URL", "KEY", "MODEL", "FLAVOUR"))
MAX_MODELS = 24
MAX_NAME_CHARS = 120

_TASKS = (Task.ILLUSTRATION, Task.PHOTO, Task.PRODUCT, Task.POSTER, Task.DRAFT)
_AS_OF = date(2026, 11, 24)


class Way(StrEnum):
    """How a server is told something that OpenAI's interface has no field for."""

    NONE = "none"
    FIELD = "field"
    """A field of its own."""
    BAR = "bar"
    """In the prompt, behind a bar."""
    TAG = "tag"
    """In the prompt, as JSON inside a tag."""


class Sources(StrEnum):
    """How a server is given pictures to edit."""

    NONE = ""
    IMAGE = "image"
    """Files of a form, each under this name."""
    IMAGE_LIST = "image[]"
    REF_IMAGES = "ref_images"
    """Base64 in the JSON of a generation."""


class Flavour(Value):
    """What one kind of server can do beyond a prompt and a size."""

    title: str
    seed: Way = Way.NONE
    negative: Way = Way.NONE
    sources: Sources = Sources.NONE
    max_sources: int = 0
    at_once: int = 1
    """How many orders it works on side by side; most have one device and a lock."""


FLAVOURS: Mapping[str, Flavour] = {
    "plain": Flavour(title="your own server"),
    # https://localai.io/features/image-generation and core/http/endpoints/openai/image.go (2026-08)
    "localai": Flavour(
        title="LocalAI",
        seed=Way.FIELD,
        negative=Way.BAR,
        sources=Sources.REF_IMAGES,
        max_sources=4,
    ),
    # https://github.com/leejet/stable-diffusion.cpp examples/server (2026-08)
    "sdcpp": Flavour(
        title="stable-diffusion.cpp",
        seed=Way.TAG,
        negative=Way.TAG,
        sources=Sources.IMAGE_LIST,
        max_sources=4,
    ),
    # https://docs.vllm.ai/projects/vllm-omni serving/image_generation_api, image_edit_api (2026-10)
    "vllm": Flavour(
        title="vLLM-Omni",
        seed=Way.FIELD,
        negative=Way.FIELD,
        sources=Sources.IMAGE,
        max_sources=4,
        at_once=4,
    ),
    # https://docs.sglang.ai diffusion/openai_api and image_api.py (2026-11)
    "sglang": Flavour(
        title="SGLang",
        seed=Way.FIELD,
        negative=Way.FIELD,
        sources=Sources.IMAGE,
        max_sources=4,
        at_once=4,
    ),
}


def server_models(environment: Mapping[str, str]) -> tuple[ImageModel, ...]:
    """The models of the operator's own server, in the order they name them; none without one.

    Raises: SetupError, which names the setting.
    """
    url = environment.get(URL, "").strip()
    if not url:
        return ()
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise SetupError(f"{URL} is no address. It looks like http://gpu.local:8080.")
    flavour = environment.get(FLAVOUR, "").strip().lower() or "plain"
    if flavour not in FLAVOURS:
        raise SetupError(f"{FLAVOUR} is {flavour!r}. It is one of {', '.join(FLAVOURS)}.")
    names = list(dict.fromkeys(filter(None, map(str.strip, environment.get(MODEL, "").split(",")))))
    if not names:
        raise SetupError(f"{URL} is set, but {MODEL} is not. Name the model that the server has.")
    if len(names) > MAX_MODELS or any(
        len(name) > MAX_NAME_CHARS or not name.isprintable() for name in names
    ):
        raise SetupError(
            f"{MODEL} holds at most {MAX_MODELS} names of at most {MAX_NAME_CHARS} characters."
        )
    short = [name.rpartition("/")[2] or name for name in names]
    slugs = [re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-") for name in names]
    for name, slug in zip(names, slugs, strict=True):
        if not slug or slugs.count(slug) > 1:
            raise SetupError(f"{MODEL} holds names that cannot be told apart, such as {name!r}.")
    return tuple(
        _model(
            model_id=f"server/{slug}",
            api_model=name,
            name=name if short.count(brief) > 1 else brief,
            flavour=flavour,
        )
        for name, brief, slug in zip(names, short, slugs, strict=True)
    )


def _model(*, model_id: str, api_model: str, name: str, flavour: str) -> ImageModel:
    can = FLAVOURS[flavour]
    return ImageModel(
        id=model_id,
        provider="server",
        api_model=api_model,
        name=f"{name} (own server)",
        strength=f"Runs on {can.title}; pictures stay in the house",
        tasks=(*_TASKS, *((Task.EDIT,) if can.max_sources else ())),
        sizes=shared_sizes("1k"),
        max_sources=can.max_sources,
        has_seed=can.seed is not Way.NONE,
        has_negative_prompt=can.negative is not Way.NONE,
        speed=Speed.MEDIUM,
        price_usd=Decimal(0),
        price_source="your own server",
        price_as_of=_AS_OF,
        options={"flavour": flavour},
    )
