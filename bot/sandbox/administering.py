"""Control calls of whoever runs the sandbox: workspaces, people, installs and tokens."""

from . import acts, founding, installing
from .errors import Refused
from .model import User
from .reports import Act
from .shown import user_shown
from .wire import Json, new_id
from .world import World


async def _workspaces(world: World, args: Json) -> Json:
    """Every workspace, the first one first."""
    return {
        "workspaces": [
            {
                "id": workspace.id,
                "name": workspace.name,
                "domain": workspace.domain,
                "installed": workspace.install.is_active,
                "org": workspace.org.name if workspace.org else None,
            }
            for workspace in world.store.workspaces.values()
        ]
    }


async def _credentials(world: World, args: Json) -> Json:
    """What the app's developer copies from the app's settings."""
    return {
        "client_id": world.client_id,
        "client_secret": world.client_secret,
        "app_token": world.app_token,
        "bot_token": _newest_token(world),
    }


async def _found(world: World, args: Json) -> Json:
    is_installed = bool(args.get("installed", True))
    workspace = founding.found(
        world, _name(args), org=args.get("org", ""), is_installed=is_installed
    )
    return {"team": workspace.id, "bot_token": workspace.install.bot_token}


async def _person(world: World, args: Json) -> Json:
    name = _name(args)
    user = User(
        new_id("U"),
        name.lower().replace(" ", "."),
        name,
        is_admin=bool(args.get("is_admin")),
        is_owner=bool(args.get("is_owner")),
        is_restricted=bool(args.get("is_guest")),
        team=args.get("of_team", ""),
    )
    acts.arrive(world, user)
    return {"user": user_shown(world.workspace, user)}


def _newest_token(world: World) -> str:
    """The bot's here; the organisation's where it brought the app."""
    workspace = world.workspace
    if workspace.install.by_org and workspace.org is not None:
        return workspace.org.bot_token
    return workspace.install.bot_token


def _name(args: Json) -> str:
    name: str = args["name"].strip()
    if not name:
        raise Refused("invalid_field", "name is empty", status=400)
    return name


async def _install(world: World, args: Json) -> Json:
    if args.get("by_org"):
        org = world.workspace.org
        if org is None:
            raise Refused("org_not_found", "this workspace is of no organisation", status=404)
        return {"bot_token": installing.install_org(world, org, scopes=world.app.scopes)}
    token = installing.install(world, world.workspace, scopes=world.app.scopes)
    return {"bot_token": token}


async def _add_app(world: World, args: Json) -> Json:
    installing.add_to(world, world.workspace)
    return {}


async def _uninstall(world: World, args: Json) -> Json:
    installing.uninstall(world, world.workspace)
    return {}


async def _revoke(world: World, args: Json) -> Json:
    token = world.store.tokens.get(_newest_token(world))
    if token is None:
        raise Refused("app_not_installed", "the app has no token here", status=404)
    installing.revoke(world, token)
    return {}


ADMIN_READS: dict[str, Act] = {"workspaces": _workspaces, "credentials": _credentials}
ADMIN_ACTS: dict[str, Act] = {
    "workspace": _found,
    "person": _person,
    "install": _install,
    "reinstall": _install,
    "add_app": _add_app,
    "uninstall": _uninstall,
    "revoke": _revoke,
}
