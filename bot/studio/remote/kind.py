"""How a remote provider is set up: one value a provider, from which the studio makes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from bot.domain.catalog import ImageModel
from bot.studio.provider import Provider


@dataclass(frozen=True)
class Access:
    """What an adapter is made with."""

    client: httpx2.AsyncClient
    key: str = field(repr=False)
    """Empty for a server that needs none."""
    url: str
    """Where it is called, without a slash at the end."""
    silence_seconds: float = 240
    """The longest wait for an answer to an order; the slowest models take two minutes."""


@dataclass(frozen=True)
class Kind:
    """A provider that there can be, once the operator or a workspace gives its key or address."""

    name: str
    """The part of a model's id before the slash."""
    title: str
    """As people call it."""
    make: Callable[[Access], Provider]
    key_variable: str
    """The variable of the environment that holds the key; the one its makers use."""
    url: str = ""
    """Where its makers offer it; empty for what an operator runs."""
    url_variable: str = ""
    """The variable that names another address; where `url` is empty, the one that it needs."""
    needs_key: bool = True
    keys_at: str = ""
    """Where an operator gets a key."""
    own_models: Callable[[Mapping[str, str]], tuple[ImageModel, ...]] | None = None
    """Reads the models of an operator's own server from the environment; raises SetupError."""
    check: Callable[[ImageModel], object] | None = None
    """Looks at an entry's `options`, which only its adapter knows. Raises: SetupError."""
    prepare: Callable[[ImageModel, Path], ImageModel] | None = None
    """Reads the files that an entry names, relative to the folder of its models file.

    Raises: SetupError.
    """

    def access(
        self, environment: Mapping[str, str], client: httpx2.AsyncClient, *, key: str = ""
    ) -> Access | None:
        """What the environment says of it, with a workspace's own key where there is one.

        None where the key or the address is missing.
        """
        key = key or environment.get(self.key_variable, "").strip()
        url = environment.get(self.url_variable, "").strip() or self.url
        if not url or (self.needs_key and not key):
            return None
        return Access(client=client, key=key, url=url.rstrip("/"))
