"""What a hosted model answered, in whichever form it has, in; the bytes of its pictures out."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx2

from bot.studio.remote.download import download
from bot.studio.remote.words import from_base64

_KEYS = ("images", "image", "output", "url")
"""Where models keep their pictures, the most telling first."""


def addresses(output: Any) -> list[str]:
    """The addresses in an answer: of one picture, of a list, or of objects that hold them."""
    if isinstance(output, str):
        return [output] if output.startswith(("https:", "http:", "data:")) else []
    if isinstance(output, list):
        return [address for each in output for address in addresses(each)]
    if isinstance(output, Mapping):
        return next((found for key in _KEYS if (found := addresses(output.get(key)))), [])
    return []


async def fetched(
    client: httpx2.AsyncClient, address: str, *, title: str, hosts: Sequence[str], own_url: str
) -> bytes:
    """A picture from its address, which may be a `data:` one that holds it.

    Raises: as `download` does.
    """
    if address.startswith("data:"):
        return from_base64(address)
    return await download(client, address, title=title, hosts=hosts, own_url=own_url)
