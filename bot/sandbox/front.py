"""The page as the browser gets it: styles within the document, modules under a name of their own.

Nothing but the document stands before the first paint, and a module is asked for again only after
it changed: the folder's name in its address changes with the files.
"""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from aiohttp import web

PAGE = Path(__file__).parent / "page"
_STYLE = re.compile(r' *<link rel="stylesheet" href="/page/([a-z]+\.css)">\n')
_MODULES = "  <!-- modules -->\n"


def add_routes(router: web.UrlDispatcher) -> None:
    router.add_get("/", _document)
    router.add_get("/archives/{rest:.+}", _document)
    router.add_get("/docs/{rest:.+}", _document)
    router.add_get("/page/v-{version}/{name:.+}", _file)
    router.add_get("/page/{name:.+}", _file)


async def _document(request: web.Request) -> web.StreamResponse:
    version = _version()
    headers = {"Cache-Control": "no-cache", "ETag": f'"{version}"'}
    known = request.if_none_match or ()
    if any(tag.value == version for tag in known):
        return web.Response(status=304, headers=headers)
    return web.Response(text=_composed(version), headers=headers, content_type="text/html")


async def _file(request: web.Request) -> web.StreamResponse:
    """One of the page's files; for good under the version's name, else asked for each time."""
    try:
        path = (PAGE / request.match_info["name"]).resolve()
        is_there = path.is_relative_to(PAGE) and path.is_file()
    except (OSError, ValueError):  # too long, or with a null in it
        is_there = False
    if not is_there:
        raise web.HTTPNotFound
    lasting = request.match_info.get("version") == _version()
    kept = "public, max-age=31536000, immutable" if lasting else "no-cache"
    return web.FileResponse(path, headers={"Cache-Control": kept})


def _version() -> str:
    """A word that changes with any of the page's files."""
    stamps = sorted((path.name, path.stat().st_mtime_ns) for path in PAGE.iterdir())
    return hashlib.sha256(repr(stamps).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _composed(version: str) -> str:
    """The document with its styles inside and every module announced."""

    def style(link: re.Match[str]) -> str:
        return f"<style>\n{(PAGE / link[1]).read_text()}</style>\n"

    modules = sorted(path.name for path in PAGE.glob("*.js"))
    links = [f'  <link rel="modulepreload" href="/page/v-{version}/{name}">' for name in modules]
    main = f'  <script type="module" src="/page/v-{version}/main.js"></script>'
    document = (PAGE / "index.html").read_text()
    return _STYLE.sub(style, document).replace(_MODULES, "\n".join([*links, main, ""]))
