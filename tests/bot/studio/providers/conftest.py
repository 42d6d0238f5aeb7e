"""A provider's server, and our adapter on it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import httpx2
import pytest

from bot.studio.provider import Provider
from bot.studio.remote.api import open_client
from tests.vendors.cases import Case
from tests.vendors.vendor import KEY, Vendor

SILENCE_SECONDS = 0.5


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    async with open_client() as opened:
        yield opened


@pytest.fixture
async def vendor(case: Case) -> AsyncIterator[Vendor]:
    async with case.vendor() as server:
        yield server


Make = Callable[..., Provider]


@pytest.fixture
def make_provider(case: Case, vendor: Vendor, client: httpx2.AsyncClient) -> Make:
    """Our adapter on the server, with the right key unless another is given."""

    def make(
        *, key: str = KEY, url: str = "", silence_seconds: float = SILENCE_SECONDS
    ) -> Provider:
        environment = {
            case.kind.key_variable: key,
            case.kind.url_variable: (url or vendor.url) + case.base_path,
            **case.environment,
        }
        access = case.kind.access(environment, client)
        assert access is not None
        return case.kind.make(replace(access, silence_seconds=silence_seconds))

    return make


@pytest.fixture
def provider(make_provider: Make) -> Provider:
    return make_provider()
