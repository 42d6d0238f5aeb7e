"""The page on which a person lets an app in: who, where, with which scopes; then back to the app.

Source: https://docs.slack.dev/authentication/installing-with-oauth (2026)
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from aiohttp import web
from multidict import MultiMapping
from yarl import URL

from .bodies import form_of
from .errors import Refused
from .model import Grant, User
from .store import Workspace, keep
from .wire import Json, secret
from .world import World

CODE_SECONDS = 600.0
_PAGE = Template((Path(__file__).parent / "page" / "authorize.html").read_text(encoding="utf-8"))
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class _Asked:
    """What the app's link asks for."""

    scopes: tuple[str, ...]
    user_scopes: tuple[str, ...]
    state: str
    redirect_uri: str
    given_redirect_uri: str | None


async def ask(request: web.Request, world: World) -> web.Response:
    """Show what the app asks for, or in words why its link is wrong."""
    try:
        asked = _asked(world, request.query)
    except Refused as refusal:
        return _wrong(world, refusal, request.query)
    text = _PAGE.substitute(
        app=escape(world.app.name),
        scopes="".join(_scopes(world, asked)),
        places="".join(_places(world)),
        action=escape(request.path_qs),
    )
    return web.Response(text=text, content_type="text/html")


async def answer(request: web.Request, world: World) -> web.Response:
    """A person allows or not; the browser goes back to the app with a code, or with the refusal."""
    try:
        form = await form_of(request)
        asked = _asked(world, request.query)
        back: Json = {"state": asked.state}
        if form.get("decision") == "allow":
            back["code"] = _granted(
                world, asked, str(form.get("who", "")), form.getall("scope", [])
            )
        else:
            back["error"] = "access_denied"
    except Refused as refusal:
        return _wrong(world, refusal, request.query)
    raise web.HTTPFound(URL(asked.redirect_uri).update_query(back))


def _scopes(world: World, asked: _Asked) -> Iterator[str]:
    """The scopes as a list; the optional ones can be left out."""
    for scope in asked.scopes:
        code = f"<code>{escape(scope)}</code>"
        if scope in world.app.optional_scopes:
            box = f'<input type="checkbox" name="scope" value="{escape(scope)}" checked>'
            yield f"<li><label>{box} {code} <span>if you like</span></label></li>"
        else:
            yield f"<li>{code}</li>"
    for scope in asked.user_scopes:
        yield f"<li><code>{escape(scope)}</code> <span>in your name</span></li>"


def _asked(world: World, query: MultiMapping[str]) -> _Asked:
    """Raises: Refused `invalid_client_id`, `invalid_scope`, `no_scopes`, `bad_redirect_uri`."""
    app = world.app
    if query.get("client_id") != world.client_id:
        raise Refused("invalid_client_id", "The link carries no client_id of this app.")
    scopes, user_scopes = _listed(query.get("scope", "")), _listed(query.get("user_scope", ""))
    if not scopes and not user_scopes:
        raise Refused("no_scopes", "The link asks for no scope.")
    for scope in scopes:
        if scope not in (*app.scopes, *app.optional_scopes):
            raise Refused("invalid_scope", f"The manifest does not name the scope {scope}.")
    for scope in user_scopes:
        if scope not in app.user_scopes:
            raise Refused("invalid_scope", f"The manifest does not name the user scope {scope}.")
    given = query.get("redirect_uri")
    wanted = given or next(iter(app.redirect_urls), "")
    return _Asked(scopes, user_scopes, query.get("state", ""), _sound(world, wanted), given)


def _sound(world: World, url: str) -> str:
    """A redirect URL that the manifest allows, or one on this machine, where an app is tried.

    One below an allowed URL is allowed too, but not one that merely begins with its letters.
    """
    parts = _parsed(url)
    if parts is None:
        raise Refused("bad_redirect_uri", f"{url} is no address.")
    if parts.host in _LOOPBACK and parts.scheme in ("http", "https"):
        return url
    if parts.scheme != "https":
        raise Refused("bad_redirect_uri", f"{url or 'The redirect URL'} is not an https address.")
    if not any(_is_below(parts, _parsed(known)) for known in world.app.redirect_urls):
        raise Refused("bad_redirect_uri", f"The manifest does not name {url} as a redirect URL.")
    return url


def _parsed(url: str) -> URL | None:
    try:
        return URL(url)
    except ValueError:
        return None


def _is_below(url: URL, known: URL | None) -> bool:
    if known is None or not known.absolute or not url.absolute:
        return False
    within = f"{known.path.rstrip('/')}/"
    is_same = url.path == known.path or url.path.startswith(within)
    return url.origin() == known.origin() and is_same and not url.user


def _listed(text: str) -> tuple[str, ...]:
    return tuple(scope for scope in text.replace(" ", ",").split(",") if scope)


def _granted(world: World, asked: _Asked, who: str, ticked: Iterable[object]) -> str:
    """A code for what this person allows.

    Raises: Refused `user_not_found`, `not_allowed`.
    """
    place, _, user_id = who.partition(":")
    kept = {str(scope) for scope in ticked}
    optional = set(world.app.optional_scopes)
    scopes = tuple(s for s in asked.scopes if s not in optional or s in kept)
    org = world.store.orgs.get(place)
    workspace = world.store.of_org(org.id)[0] if org else world.store.workspaces.get(place)
    user = workspace.users.get(user_id) if workspace else None
    if workspace is None or user is None or user.is_bot or user.team:
        raise Refused("user_not_found", "Choose who installs the app, and where.")
    if org is not None and not (user.is_admin and world.app.org_deploy):
        raise Refused("not_allowed", "Only an admin installs for an organisation, if the app may.")
    grant = Grant(
        team="" if org else workspace.id,
        org=org.id if org else "",
        user=user.id,
        scopes=scopes,
        user_scopes=asked.user_scopes,
        redirect_uri=asked.given_redirect_uri,
        expires=world.clock.now() + CODE_SECONDS,
    )
    code = secret("code")
    keep(world.store.grants, code, grant, limit=1000)
    return code


def _places(world: World) -> Iterator[str]:
    """Who may install where, as options of a menu."""
    if world.app.org_deploy:
        for org in world.store.orgs.values():
            for user in world.store.of_org(org.id)[0].users.values():
                if user.is_admin:
                    yield _option(org.id, user, f"the whole organisation {org.name}")
    for workspace in world.store.workspaces.values():
        for user in _members(workspace):
            yield _option(workspace.id, user, workspace.name)


def _members(workspace: Workspace) -> Iterator[User]:
    for user in workspace.users.values():
        if not (user.is_bot or user.team or user.is_restricted):
            yield user


def _option(place: str, user: User, where: str) -> str:
    return (
        f'<option value="{escape(place)}:{escape(user.id)}">'
        f"{escape(user.real_name)}, in {escape(where)}</option>"
    )


def _wrong(world: World, refusal: Refused, query: MultiMapping[str]) -> web.Response:
    world.journal.add(
        "refused",
        "oauth/v2/authorize",
        at=world.clock.now(),
        status=400,
        request=dict(query),
        reason=str(refusal),
    )
    text = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Not installed</title>'
        '<link rel="stylesheet" href="/page/app.css">'
        '<link rel="stylesheet" href="/page/authorize.css"></head><body><main>'
        f"<h1>This link does not install the app</h1><p>{escape(refusal.messages[0])}</p>"
        f"<p><code>{escape(refusal.code)}</code></p></main></body></html>"
    )
    return web.Response(text=text, status=400, content_type="text/html")
