"""The control interface's part for canvases."""

from ..errors import Refused
from ..reports import Act, who, who_and_where
from ..wire import Json
from ..world import World
from . import people
from .shown import canvas_shown


async def _write(world: World, args: Json) -> Json:
    user = who(world, args)
    channel = who_and_where(world, args)[1] if args.get("channel") else None
    title, markdown = args.get("title", ""), args.get("markdown", "")
    file = people.write(world, user, title=title, markdown=markdown, channel=channel)
    return {"canvas": canvas_shown(world.workspace, file, user.id)}


async def _edit(world: World, args: Json) -> Json:
    user = who(world, args)
    file = people.edit(
        world,
        user,
        args["canvas"],
        operation=args["operation"],
        section_id=args.get("section_id", ""),
        markdown=args.get("markdown", ""),
        after=args.get("after", ""),
    )
    return {"canvas": canvas_shown(world.workspace, file, user.id)}


async def _share(world: World, args: Json) -> Json:
    access = args.get("access", "read")
    people.share(world, who(world, args), args["canvas"], to=args["to"], access=access)
    return {}


async def _delete(world: World, args: Json) -> Json:
    people.delete(world, who(world, args), args["canvas"])
    return {}


async def _plan(world: World, args: Json) -> Json:
    if not isinstance(args["free"], bool):
        raise Refused("invalid_field", "free is true or false", status=400)
    world.workspace.free_plan = args["free"]
    return {"free": world.workspace.free_plan}


async def _list(world: World, args: Json) -> Json:
    user = who(world, args)
    channel = who_and_where(world, args)[1] if args.get("channel") else None
    return {"canvases": people.readable(world.workspace, user, channel)}


async def _one(world: World, args: Json) -> Json:
    user = who(world, args)
    file = people.seen(world.workspace, user, args["canvas"])
    return {"canvas": canvas_shown(world.workspace, file, user.id)}


CANVAS_ACTS: dict[str, Act] = {
    "canvas_write": _write,
    "canvas_edit": _edit,
    "canvas_share": _share,
    "canvas_delete": _delete,
    "plan": _plan,
}
CANVAS_READS: dict[str, Act] = {"canvas": _one, "canvases": _list}
CANVAS_TEXTS = frozenset(
    {"access", "after", "canvas", "markdown", "operation", "section_id", "title", "to"}
)
