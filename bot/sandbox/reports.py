"""What scripts and the page may read of the workspace: who, where, what was said, what passed."""

from collections.abc import Awaitable, Callable

from . import acts
from .api.methods import METHODS
from .delivery import verifying
from .errors import Refused
from .journal import Entry
from .model import Channel, User
from .paging import number, page
from .shown import file_shown, user_shown, view_shown
from .stream import channel_for
from .wire import Json
from .world import World

Act = Callable[[World, Json], Awaitable[Json]]


def who(world: World, args: Json) -> User:
    return acts.person(world.workspace, args["user"])


def who_and_where(world: World, args: Json) -> tuple[User, Channel]:
    user = who(world, args)
    return user, acts.place(world.workspace, user, args["channel"])


async def _state(world: World, args: Json) -> Json:
    workspace, user = world.workspace, who(world, args)
    visible = [c for c in workspace.channels.values() if c.is_open_to(user)]
    app = world.app
    return {
        "team": {"id": workspace.id, "name": workspace.name, "domain": workspace.domain},
        "me": user_shown(workspace, user, with_locale=True),
        "users": [user_shown(workspace, u) for u in workspace.users.values()],
        "channels": [channel_for(workspace, c, user.id) for c in visible],
        "app": {
            "id": app.id,
            "name": app.bot_name,
            "bot_user_id": workspace.install.bot_user,
            "bot_id": workspace.install.bot_id,
            "home_tab": app.home_tab,
            "messages_tab": app.messages_tab,
            "commands": [
                {"command": c.command, "description": c.description, "usage_hint": c.usage_hint}
                for c in app.commands.values()
            ],
            "shortcuts": [
                {
                    "type": s.type,
                    "name": s.name,
                    "callback_id": s.callback_id,
                    "description": s.description,
                }
                for s in app.shortcuts
            ],
            "suggested_prompts": _prompts(world, user),
            "connected": world.delivery.connected,
            "delivery": verifying.shown(world.http),
            "installed": workspace.install.is_active,
        },
        "now": world.clock.now(),
    }


def _prompts(world: World, user: User) -> Json | None:
    workspace = world.workspace
    if not workspace.install.is_active:
        return None
    return workspace.prompts.get(workspace.dm(user.id).id, world.app.suggested_prompts)


async def _messages(world: World, args: Json) -> Json:
    _, channel = who_and_where(world, args)
    return page(world.workspace, channel, args)


async def _views(world: World, args: Json) -> Json:
    workspace = world.workspace
    return {"stack": [view_shown(workspace, v) for v in workspace.stack(who(world, args).id)]}


async def _file(world: World, args: Json) -> Json:
    user = who(world, args)
    file = world.workspace.files.get(args["file"])
    if file is None or not world.workspace.may_see(user.id, file):
        raise Refused("file_not_found", "there is no such file", status=404)
    return {"file": file_shown(world.workspace, file)}


async def _log(world: World, args: Json) -> Json:
    after, limit = number(args, "after", 0), number(args, "limit", 200)
    entries: list[Entry] = world.journal.after(after, limit=limit)
    return {"entries": [entry.shown() for entry in entries], "last": world.journal.last}


async def _methods(world: World, args: Json) -> Json:
    """Whose calls can be made to fail, and whether they are counted."""
    return {
        "methods": [*sorted(METHODS), "upload", "download", "response_url"],
        "rate_limits": world.rates.enabled,
    }


READS: dict[str, Act] = {
    "state": _state,
    "messages": _messages,
    "views": _views,
    "file": _file,
    "log": _log,
    "methods": _methods,
}
