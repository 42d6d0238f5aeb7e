"""A person's browser for the few pages of an install: it follows redirects and keeps cookies."""

import html
import re
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import aiohttp
from aiohttp import CookieJar
from yarl import URL


class Browser:
    """Treats this machine's addresses as safe for secure cookies, as browsers do."""

    def __init__(self, *sites: str) -> None:
        jar = CookieJar(unsafe=True, treat_as_secure_origin=[URL(site) for site in sites])
        self._session = aiohttp.ClientSession(cookie_jar=jar)
        self.status = 0
        self.text = ""
        self.url = ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def visit(self, url: str) -> None:
        async with self._session.get(url) as answer:
            await self._read(answer)

    async def follow_link(self, host_of: str) -> None:
        """Click the link that leads to the host of this address."""
        host = urlsplit(host_of).netloc
        links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', self.text)]
        await self.visit(next(link for link in links if urlsplit(link).netloc == host))

    async def decide(self, decision: str, *, who: str) -> None:
        """Press Allow or Cancel on Slack's page, as somebody in some workspace."""
        action = html.unescape(re.findall(r'<form method="post" action="([^"]*)"', self.text)[0])
        form = {"decision": decision, "who": who}
        async with self._session.post(URL(self.url).join(URL(action)), data=form) as answer:
            await self._read(answer)

    async def _read(self, answer: aiohttp.ClientResponse) -> None:
        self.status, self.url = answer.status, str(answer.url)
        self.text = await answer.text()
