"""oauth.*, auth.revoke and apps.*: tokens given, renewed and taken back, and who may see an event.

Source: https://docs.slack.dev/authentication/installing-with-oauth and /using-token-rotation (2026)
"""

import secrets

from .. import installing
from ..errors import Refused
from ..model import Grant, Token
from ..store import Workspace
from ..wire import Json
from ..world import World
from .call import Call
from .conversations import paged


def access(call: Call) -> Json:
    """A code, or a refresh token, becomes a token."""
    _check_client(call)
    kind = call.args.get("grant_type", "authorization_code")
    if kind == "refresh_token":
        text = installing.refresh(call.world, call.args.get("refresh_token", ""))
        return _refreshed(call.world, text)
    if kind != "authorization_code":
        raise Refused("invalid_grant_type")
    grant = call.world.store.grants.get(call.args.get("code", ""))
    if grant is None or grant.redeemed or call.world.clock.now() >= grant.expires:
        raise Refused("invalid_code")
    if call.args.get("redirect_uri") != grant.redirect_uri:
        raise Refused("bad_redirect_uri")
    grant.redeemed = True
    return _installed(call.world, grant)


def exchange(call: Call) -> Json:
    """A token of before rotation becomes one that rotates, and ends."""
    _check_client(call)
    if not call.world.app.token_rotation:
        raise Refused("token_rotation_not_enabled")
    token = _token(call)
    if token.refresh is not None or token.expires is not None:
        raise Refused("token_already_exchanged")
    return _refreshed(call.world, installing.renew(call.world, token))


def revoke(call: Call) -> Json:
    if call.args.get("test") in ("1", "true", "True"):
        return {"revoked": False}
    installing.revoke(call.world, _token(call))
    return {"revoked": True}


def uninstall(call: Call) -> Json:
    _check_client(call)
    token = _token(call)
    if token.org:
        installing.uninstall_org(call.world, call.world.store.orgs[token.org])
    else:
        installing.uninstall(call.world, call.workspace)
    return {}


def teams_list(call: Call) -> Json:
    """The workspaces a token opens."""
    teams = [{"id": w.id, "name": w.name} for w in installing.reached(call.world, _token(call))]
    page, cursor = paged(call, teams, default=100)
    return {"teams": page, **cursor}


def authorizations_list(call: Call) -> Json:
    """Every installation that may see an event, named by the event's `event_context`."""
    parts = call.args["event_context"].split("-")
    workspace = call.world.store.workspaces.get(parts[1]) if len(parts) == 3 else None
    if workspace is None:
        raise Refused("invalid_event_context")
    installed = [workspace.authorization()] if workspace.install.is_active else []
    page, cursor = paged(call, installed, default=100)
    return {"authorizations": page, **cursor}


def _token(call: Call) -> Token:
    if call.token is None:
        raise Refused("not_authed")
    return call.token


def _check_client(call: Call) -> None:
    """Raises: Refused `invalid_client_id`, `bad_client_secret`."""
    world, args = call.world, call.args
    if args.get("client_id") != world.client_id:
        raise Refused("invalid_client_id")
    given = args.get("client_secret", "").encode("utf-8", "replace")
    if not secrets.compare_digest(given, world.client_secret.encode()):
        raise Refused("bad_client_secret")


def _installed(world: World, grant: Grant) -> Json:
    store = world.store
    if grant.org:
        org = store.orgs[grant.org]
        text = installing.install_org(world, org, scopes=grant.scopes)
        return _bot(world, text) | {
            "team": None,
            "enterprise": {"id": org.id, "name": org.name},
            "is_enterprise_install": True,
            "authed_user": {"id": grant.user},
        }
    workspace = store.workspaces[grant.team]
    text = installing.install(world, workspace, scopes=grant.scopes)
    person: Json = {"id": grant.user}
    if grant.user_scopes:
        user = workspace.users[grant.user]
        person_text = installing.user_token(world, workspace, user, grant.user_scopes)
        person |= {"access_token": person_text, "token_type": "user"}
        person |= {"scope": ",".join(grant.user_scopes), **_lifetime(world, person_text)}
    return _bot(world, text) | _owners(workspace) | {"authed_user": person}


def _refreshed(world: World, text: str) -> Json:
    token = world.store.tokens[text]
    if token.org:
        org = world.store.orgs[token.org]
        owners: Json = {"team": None, "enterprise": {"id": org.id, "name": org.name}}
        owners["is_enterprise_install"] = True
    else:
        owners = _owners(world.store.workspaces[token.team])
    if token.kind == "user":
        scope = ",".join(token.scopes)
        user: Json = {"access_token": text, "token_type": "user", "scope": scope}
        return user | owners | _lifetime(world, text) | {"user_id": token.user}
    return _bot(world, text) | owners


def _bot(world: World, text: str) -> Json:
    token = world.store.tokens[text]
    if token.org:
        bot_user = world.store.orgs[token.org].bot_user
    else:
        bot_user = world.store.workspaces[token.team].install.bot_user
    return {
        "access_token": text,
        "token_type": "bot",
        "scope": ",".join(token.scopes),
        "bot_user_id": bot_user,
        "app_id": world.app.id,
        **_lifetime(world, text),
    }


def _owners(workspace: Workspace) -> Json:
    org = workspace.org
    return {
        "team": {"id": workspace.id, "name": workspace.name},
        "enterprise": {"id": org.id, "name": org.name} if org else None,
        "is_enterprise_install": False,
    }


def _lifetime(world: World, text: str) -> Json:
    token = world.store.tokens[text]
    if token.expires is None:
        return {}
    seconds = int(token.expires - world.clock.now() + 0.5)
    return {"expires_in": seconds, "refresh_token": token.refresh}
