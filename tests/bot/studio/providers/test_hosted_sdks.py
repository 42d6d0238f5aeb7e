"""The hosts' own SDKs on our servers: they send what we send, and read what our servers answer.

replicate takes an address. fal-client writes `https://queue.fal.run` into its calls, so that its
client gets a transport that leads them to the server; all else of it runs as it is.
"""

import base64
import io
from collections.abc import AsyncIterator
from typing import Any

import fal_client
import httpx
import pytest
from replicate.client import Client

from bot.studio.providers.fal import FalProvider
from bot.studio.providers.replicate import ReplicateProvider
from bot.studio.remote.api import open_client
from bot.studio.remote.kind import Access
from tests.vendors.fal import Fal
from tests.vendors.orders import edit_of, made_by, order_of
from tests.vendors.replicate import REAL_ESRGAN, Replicate
from tests.vendors.vendor import KEY, Seen, picture


class _To(httpx.AsyncBaseTransport):
    """Leads every request to one origin."""

    def __init__(self, url: str) -> None:
        self._origin = httpx.URL(url)
        self._inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert request.url.host in ("queue.fal.run", self._origin.host)
        request.url = request.url.copy_with(
            scheme=self._origin.scheme, host=self._origin.host, port=self._origin.port
        )
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


@pytest.fixture
async def fal() -> AsyncIterator[Fal]:
    async with Fal() as server:
        yield server


@pytest.fixture
async def replicate() -> AsyncIterator[Replicate]:
    async with Replicate() as server:
        yield server


def fields_of(seen: Seen) -> tuple[str, str, str, Any]:
    """What matters of a request."""
    authorization = next(v for k, v in seen.headers.items() if k.lower() == "authorization")
    return seen.method, seen.path, authorization, seen.json


async def test_replicate_is_sent_what_its_sdk_sends(replicate: Replicate) -> None:
    async with open_client() as client:
        provider = ReplicateProvider(Access(client=client, key=KEY, url=replicate.url))
        await made_by(provider, order_of("replicate/flux-2-pro"))
    ours = replicate.orders[0]

    async with httpx.AsyncHTTPTransport() as transport:
        sdk = Client(api_token=KEY, base_url=replicate.url, transport=transport)
        begun = await sdk.models.predictions.async_create(
            "black-forest-labs/flux-2-pro", input=ours.json["input"]
        )
        assert fields_of(replicate.orders[1]) == fields_of(ours)

        await begun.async_wait()
        assert begun.status == "succeeded"
        assert str(begun.output).startswith(f"{replicate.url}/delivery/")
        assert replicate.seen[-1].path == f"/v1/predictions/{begun.id}"

        other = await sdk.predictions.async_create(
            version=REAL_ESRGAN, input={"image": _data_url(), "scale": 2}
        )
        assert replicate.orders[-1].path == "/v1/predictions"
        await other.async_cancel()
        assert (other.status, replicate.seen[-1].method) == ("canceled", "POST")
        assert replicate.seen[-1].path == f"/v1/predictions/{other.id}/cancel"


async def test_files_are_uploaded_to_replicate_as_its_sdk_does(replicate: Replicate) -> None:
    file = io.BytesIO(picture(32, 32))
    file.name = "image.png"
    async with httpx.AsyncHTTPTransport() as transport:
        sdk = Client(api_token=KEY, base_url=replicate.url, transport=transport)
        kept = await sdk.files.async_create(file)
    assert replicate.files.kept[kept.id] == picture(32, 32)
    assert kept.urls["get"] == f"{replicate.url}/v1/files/{kept.id}"
    assert replicate.seen[-1].path == "/v1/files"


@pytest.mark.parametrize("order", [order_of("fal/flux-2-pro"), edit_of("fal/flux-2-pro")])
async def test_fal_is_sent_what_its_sdk_sends(order: Any, fal: Fal) -> None:
    async with open_client() as client:
        provider = FalProvider(Access(client=client, key=KEY, url=fal.url))
        await made_by(provider, order)
    ours = fal.orders[0]

    sdk = fal_client.AsyncClient(key=KEY)
    endpoint = ours.path.removeprefix("/")
    headers = {"Authorization": f"Key {KEY}"}
    async with httpx.AsyncClient(transport=_To(fal.url), headers=headers) as http:
        # Where the SDK keeps the client that it made; there is no parameter for one.
        vars(sdk)["_client"] = _Ready(http)
        handle = await sdk.submit(endpoint, ours.json, start_timeout=600)
        assert fields_of(fal.orders[1]) == fields_of(ours)
        assert float(fal.orders[1].headers["X-Fal-Request-Timeout"]) == 600

        assert isinstance(await handle.status(), fal_client.Queued)
        assert isinstance(await handle.status(), fal_client.InProgress)
        result = await handle.get()
        assert result["images"][0]["url"].startswith(f"{fal.url}/files/")
        paths = [seen.path for seen in fal.seen if "/requests/" in seen.path]
        ours_then_theirs = [path.replace("req2", "req1") for path in paths]
        assert set(ours_then_theirs[: len(paths) // 2]) == set(ours_then_theirs[len(paths) // 2 :])

        handle = await sdk.submit(endpoint, ours.json)
        await handle.cancel()
        assert fal.seen[-1].method == "PUT"
        assert fal.seen[-1].path.endswith("/requests/req3/cancel")


class _Ready:
    """A value that can be awaited as often as one likes."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    def __await__(self) -> Any:
        yield from ()
        return self._client


def _data_url() -> str:
    return "data:image/png;base64," + base64.b64encode(picture(32, 32)).decode()
