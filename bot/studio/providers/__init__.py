"""The providers there are, by name; a new one is a module here, its models, and a line below."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import httpx2

from bot.domain.catalog import ImageModel
from bot.studio.catalog import all_models
from bot.studio.provider import Provider
from bot.studio.providers import (
    automatic1111,
    bfl,
    comfyui,
    fal,
    google,
    ideogram,
    openai,
    recraft,
    replicate,
    server,
    stability,
)
from bot.studio.providers.sketch import SketchProvider
from bot.studio.providers.waifu2x import Waifu2xProvider
from bot.studio.remote.kind import Kind

REMOTE: tuple[Kind, ...] = (
    openai.KIND,
    google.KIND,
    bfl.KIND,
    ideogram.KIND,
    recraft.KIND,
    stability.KIND,
    replicate.KIND,
    fal.KIND,
    server.KIND,
    comfyui.KIND,
    automatic1111.KIND,
)
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


def known_models(environment: Mapping[str, str], path: Path | None) -> tuple[ImageModel, ...]:
    """Every model there is: ours, those of the operator's servers, those of the operator's file.

    Raises: SetupError, which says what is wrong in the environment or the file.
    """
    readers = (kind.own_models for kind in REMOTE if kind.own_models is not None)
    of_servers = [model for read in readers for model in read(environment)]
    found = all_models(path, of_servers=of_servers, check=check_entry)
    return prepared(found, folder=path.parent) if path is not None else found


def check_entry(model: ImageModel) -> None:
    """See that an entry of the catalog says what its adapter needs.

    Raises: SetupError.
    """
    for kind in REMOTE:
        if kind.name == model.provider and kind.check is not None:
            kind.check(model)


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
