"""The providers there are, by name; a new one is a module here, its models, and a line below."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import httpx2

from bot.domain.catalog import ImageModel
from bot.studio.provider import Provider
from bot.studio.providers import comfyui, openai
from bot.studio.providers.sketch import SketchProvider
from bot.studio.providers.waifu2x import Waifu2xProvider
from bot.studio.remote.kind import Kind

REMOTE: tuple[Kind, ...] = (openai.KIND, comfyui.KIND)
"""Those that are called over the network, in the order to show them."""


def local_providers() -> dict[str, Provider]:
    """The providers that need no key and no network, freshly made."""
    providers: tuple[Provider, ...] = (SketchProvider(), Waifu2xProvider())
    return {provider.name: provider for provider in providers}


def remote_providers(
    environment: Mapping[str, str], client: httpx2.AsyncClient
) -> dict[str, Provider]:
    """The providers whose key or address the environment gives."""
    access = {kind.name: (kind, kind.access(environment, client)) for kind in REMOTE}
    return {name: kind.make(given) for name, (kind, given) in access.items() if given is not None}


def prepared(models: Iterable[ImageModel], *, folder: Path) -> tuple[ImageModel, ...]:
    """The models of a file in `folder` with the files that they name read, such as workflows.

    Raises: SetupError, which names the model and the file.
    """
    reads = {kind.name: kind.prepare for kind in REMOTE}
    found = []
    for model in models:
        read = reads.get(model.provider)
        found.append(read(model, folder) if read is not None else model)
    return tuple(found)
