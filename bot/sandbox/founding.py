"""A workspace begins: its people, its channels, who listens to it, and the app if it is in it."""

from . import cast, installing
from .delivery.events import Events
from .errors import Refused
from .model import Installation, Listener, Org, Token
from .store import Workspace
from .stream import Stream
from .wire import new_id, secret
from .world import World


def found_first(world: World, *, bot_token: str | None, app_token: str | None, org: str) -> None:
    """The workspace that is there from the start, with the app in it, and the app's own token."""
    workspace = _found(world, cast.TEAM, "Northwind", install=cast.first_installation(), org=org)
    cast.settle(workspace)
    installing.install(world, workspace, scopes=world.app.scopes, token=bot_token)
    cast.welcome_app(workspace)
    world.app_token = app_token or secret("xapp-sandbox")
    scopes = ("connections:write", "authorizations:read")
    world.store.tokens[world.app_token] = Token("app", "", scopes)


def found(world: World, name: str, *, org: str = "", is_installed: bool = True) -> Workspace:
    """A further workspace, perhaps of an organisation, which is founded with its first one.

    Raises: Refused `name_taken`.
    """
    if any(_domain(name) == w.domain for w in world.store.workspaces.values()):
        raise Refused("name_taken", f"there is a workspace {name} already", status=400)
    install = Installation(world.app.id, new_id("B"), new_id("U"))
    workspace = _found(world, new_id("T"), name, install=install, org=org)
    siblings = [
        other
        for other in (world.store.of_org(workspace.org.id) if workspace.org else ())
        if other is not workspace
    ]
    cast.settle(workspace, colleagues=siblings[0] if siblings else None)
    if is_installed:
        installing.install(world, workspace, scopes=world.app.scopes)
        cast.welcome_app(workspace)
    return workspace


def _found(world: World, team: str, name: str, *, install: Installation, org: str) -> Workspace:
    listeners: list[Listener] = []
    workspace = Workspace(
        team,
        name,
        _domain(name),
        world.clock,
        world.base_url,
        world.settings.message_limit,
        listeners,
        world.app,
        install,
        _org(world, org) if org else None,
    )
    world.store.workspaces[team] = workspace
    world.streams[team] = Stream(workspace, world.journal)
    events = Events(workspace, lambda name, payload: world.delivery.send_event(payload, name=name))
    listeners += [events, world.streams[team]]
    return workspace


def _org(world: World, name: str) -> Org:
    for org in world.store.orgs.values():
        if org.name.casefold() == name.casefold():
            return org
    org = Org(new_id("E"), name, _domain(name))
    world.store.orgs[org.id] = org
    return org


def _domain(name: str) -> str:
    return "-".join(name.lower().split())
