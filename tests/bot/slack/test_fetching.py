"""Where the token goes when bytes are fetched, and what is taken for a file."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.errors import SlackError, SlackUnavailable
from bot.slack.fetching import Fetched, fetch, trusted_origins
from tests.bot.slack.pictures import png
from tests.bot.slack.serving import Handler, Host, giving

PNG = png()


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    async with Host(giving(PNG)) as started:
        yield started


async def get(host: Host, address: str = "/a.png", *, most_bytes: int = 10_000) -> Fetched:
    if address.startswith("/"):
        address = host.origin + address
    async with aiohttp.ClientSession() as session:
        return await fetch(
            session,
            address,
            token="xoxb-secret",
            trusted_origins=frozenset({host.origin}),
            most_bytes=most_bytes,
        )


async def refused(host: Host, address: str = "/a.png", *, most_bytes: int = 10_000) -> str:
    with pytest.raises(SlackError) as refusal:
        await get(host, address, most_bytes=most_bytes)
    return refusal.value.code


def redirecting(*targets: str) -> Handler:
    """Redirects from one target to the next, by a step in the query, and then the picture."""

    async def answer(request: web.Request) -> web.StreamResponse:
        step = int(request.query.get("step", "0"))
        if step < len(targets):
            raise web.HTTPFound(targets[step])
        return web.Response(body=PNG, content_type="image/png")

    return answer


ORIGINS: list[tuple[str, str, set[str]]] = [
    (
        "https://slack.com/api/",
        "https://northwind.slack.com/",
        {"https://files.slack.com", "https://northwind.slack.com"},
    ),
    (
        "https://slack-gov.com/api/",
        "https://northwind.slack-gov.com/",
        {"https://files.slack-gov.com", "https://northwind.slack-gov.com"},
    ),
    ("https://slack.com/api/", "https://evil.example.com/", {"https://files.slack.com"}),
    ("https://slack.com/api/", "https://evilslack.com/", {"https://files.slack.com"}),
    ("https://slack.com/api/", "http://northwind.slack.com/", {"https://files.slack.com"}),
    ("http://127.0.0.1:8700/api/", "https://northwind.slack.com/", {"http://127.0.0.1:8700"}),
    ("https://Proxy.Example.com:443/api/", "", {"https://proxy.example.com"}),
]


@pytest.mark.parametrize(("api_url", "workspace_url", "expected"), ORIGINS)
def test_the_token_goes_to_slacks_files_and_the_workspace_alone(
    api_url: str, workspace_url: str, expected: set[str]
) -> None:
    assert trusted_origins(api_url, workspace_url) == expected


async def test_bytes_come_with_the_token(host: Host) -> None:
    assert await get(host) == Fetched(PNG, "image/png")
    assert host.asked == [("/a.png", "Bearer xoxb-secret")]


@pytest.mark.parametrize(
    "address",
    [
        "https://files.slack.com.example.com/a.png",
        "https://example.com/a.png",
        "http://files.slack.com/a.png",
        "https://files.slack.com@example.com/a.png",
        "https://files.slack.com:8443/a.png",
        "https://files.slack.com:x/a.png",
        "//files.slack.com/a.png",
        "file:///etc/passwd",
        "",
    ],
)
async def test_no_other_address_is_asked(address: str) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(SlackError) as refusal:
            await fetch(
                session,
                address,
                token="xoxb-secret",
                trusted_origins=frozenset({"https://files.slack.com"}),
                most_bytes=1000,
            )
    assert refusal.value.code == "untrusted_address"


async def test_three_redirects_within_the_host_are_followed(host: Host) -> None:
    host.answer = redirecting("/b?step=1", "/c?step=2", "/d?step=3")
    assert (await get(host)).data == PNG
    host.answer = redirecting("/b?step=1", "/c?step=2", "/d?step=3", "/e?step=4")
    assert await refused(host) == "too_many_redirects"


async def test_a_redirect_elsewhere_is_not_followed(host: Host) -> None:
    async with Host(giving(PNG)) as elsewhere:
        host.answer = redirecting(f"{elsewhere.origin}/a.png")
        assert await refused(host) == "untrusted_address"
        assert elsewhere.asked == []


@pytest.mark.parametrize(
    "target", ["/?redir=%2Ffiles-pri%2FT0-F0%2Fa.png", "/signin?x=1", "/sign_in_with_password"]
)
async def test_a_redirect_to_the_sign_in_page_is_known(host: Host, target: str) -> None:
    host.answer = redirecting(target)
    assert await refused(host) == "sign_in_page"
    assert len(host.asked) == 1


PAGES: list[tuple[Handler, str]] = [
    (giving(b"<!DOCTYPE html><html>Sign in", content_type="text/html"), "sign_in_page"),
    (giving(b"\n <!doctype HTML>", content_type="image/png"), "sign_in_page"),
    (giving(b"\xef\xbb\xbf<html>", content_type="application/octet-stream"), "sign_in_page"),
    (giving(PNG, status=403), "sign_in_page"),
    (giving(PNG, status=401), "sign_in_page"),
    (giving(PNG, status=404), "http_404"),
    (giving(b""), "empty"),
    (giving(b"x" * 10_001), "too_large"),
]


@pytest.mark.parametrize(("answer", "code"), PAGES)
async def test_what_is_no_file_is_refused(host: Host, answer: Handler, code: str) -> None:
    host.answer = answer
    assert await refused(host) == code


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_what_passes_may_be_tried_again(host: Host, status: int) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers={"Retry-After": "11"})

    host.answer = answer
    with pytest.raises(SlackUnavailable) as refusal:
        await get(host)
    assert refusal.value.retry_after_seconds == 11


async def test_bytes_without_a_length_are_counted_as_they_come(host: Host) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(1000):
            await answer.write(b"x" * 4096)
            sent += 4096
        return answer

    host.answer = endless
    assert await refused(host, most_bytes=10_000) == "too_large"


async def test_packed_bytes_are_counted_unpacked(host: Host) -> None:
    async def packed(request: web.Request) -> web.StreamResponse:
        answer = web.Response(body=b"x" * 1_000_000, content_type="image/png")
        answer.enable_compression(web.ContentCoding.gzip)
        return answer

    host.answer = packed
    assert await refused(host, most_bytes=500_000) == "too_large"
    assert len((await get(host, most_bytes=1_000_000)).data) == 1_000_000


async def test_fewer_bytes_than_announced_are_cut_short(host: Host) -> None:
    async def half(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        answer.content_length = 2000
        await answer.prepare(request)
        await answer.write(PNG)
        assert request.transport is not None
        request.transport.close()
        return answer

    host.answer = half
    assert await refused(host) == "truncated"


async def test_a_host_that_is_not_there_is_unreachable(host: Host) -> None:
    async with Host(giving(PNG)) as gone:
        pass
    with pytest.raises(SlackUnavailable) as refusal:
        await get(gone)
    assert refusal.value.code == "unreachable"
