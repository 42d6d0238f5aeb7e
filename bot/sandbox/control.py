"""The control interface: what the page and scripts do as a person and set in the world."""

import asyncio

from aiohttp import WSMsgType, web

from . import acts, interact, payload
from .administering import ADMIN_ACTS, ADMIN_READS
from .bodies import form_of, text_of
from .canvas.control import CANVAS_ACTS, CANVAS_READS, CANVAS_TEXTS
from .errors import Refused
from .planting import PLANTED, PLANTING
from .reports import READS, Act, who, who_and_where
from .settling import Settling
from .shown import file_shown
from .wire import Json, dump, load
from .world import World

_MOST_ADVANCED_SECONDS = 315_360_000
_OBJECTS = frozenset({"container", "values"})
_TEXTS = frozenset(
    {
        "action_id",
        "alt_txt",
        "block_id",
        "callback_id",
        "channel",
        "command",
        "event_id",
        "message_ts",
        "method",
        "name",
        "of_team",
        "org",
        "reason",
        "tab",
        "team",
        "text",
        "thread_ts",
        "ts",
        "user",
        "view_id",
        "what",
        "who",
    }
)


async def answer_control(request: web.Request, world: World) -> web.StreamResponse:
    """Run one control call; a refusal is a 4xx with a code and a sentence."""
    name = request.match_info["name"]
    try:
        reads = READS | ADMIN_READS | CANVAS_READS | PLANTED
        known = ACTS | ADMIN_ACTS | CANVAS_ACTS if request.method == "POST" else reads
        act = known.get(name)
        if act is None:
            raise Refused("unknown_control", f"there is no {request.method} {name}", status=404)
        args = await _arguments(request)
        settling = Settling.of(args) if request.method == "POST" else None
        team = args.pop("team", "")
        answer = await act(world.at(team) if team else world, args)
        if settling is not None:
            answer |= await settling.answer(world)
    except KeyError as missing:
        answer = {"ok": False, "error": "missing_field", "message": f"{missing} is missing"}
        return web.json_response(answer, status=400, dumps=dump)
    except Refused as refusal:
        status = 400 if refusal.status == 200 else refusal.status
        message = "; ".join(refusal.messages) or refusal.code.replace("_", " ")
        answer = {"ok": False, "error": refusal.code, "message": message}
        return web.json_response(answer, status=status, dumps=dump)
    return web.json_response({"ok": True, **answer}, dumps=dump)


async def _arguments(request: web.Request) -> Json:
    if request.method != "POST":
        return dict(request.query)
    if request.content_type == "multipart/form-data":
        form = await form_of(request)
        args: Json = {}
        for name, value in form.items():
            if isinstance(value, web.FileField):
                args |= {"name": value.filename, "data": value.file.read()}
            else:
                args[name] = value
        return _sound(args)
    try:
        body = load(await text_of(request) or "{}")
    except ValueError:
        raise Refused("invalid_json", "the body is not JSON", status=400) from None
    if not isinstance(body, dict):
        raise Refused("invalid_json", "the body is not an object", status=400)
    return _sound(body)


def _sound(body: Json) -> Json:
    """Raises: Refused `invalid_field` where a field is not of its kind; null counts as absent."""
    body = {name: value for name, value in body.items() if value is not None}
    for name, value in body.items():
        kind = dict if name in _OBJECTS else str if name in _TEXTS | CANVAS_TEXTS else object
        if not isinstance(value, kind):
            raise Refused("invalid_field", f"{name} is a {type(value).__name__}", status=400)
    files = body.get("files", [])
    if not isinstance(files, list) or not all(isinstance(file, str) for file in files):
        raise Refused("invalid_field", "files is a list of ids", status=400)
    for actions in body.get("values", {}).values():
        if not isinstance(actions, dict):
            raise Refused("invalid_field", "values holds an object for each block", status=400)
    return body


async def watch(request: web.Request, world: World) -> web.StreamResponse:
    """The page's WebSocket: frames for one person of one workspace, in order."""
    world = world.at(request.query["team"]) if request.query.get("team") else world
    user = acts.person(world.workspace, request.query.get("user", ""))
    socket = web.WebSocketResponse(heartbeat=30)
    await socket.prepare(request)
    frames: asyncio.Queue[Json] = asyncio.Queue()
    stop = world.stream.watch(user.id, frames.put_nowait, with_log=True)
    frames.put_nowait({"type": "hello"})
    frames.put_nowait({"type": "app", "connected": world.delivery.connected})

    async def send_all() -> None:
        while True:
            await socket.send_str(dump(await frames.get()))

    sending = asyncio.ensure_future(send_all())
    try:
        async for frame in socket:
            if frame.type is WSMsgType.ERROR:
                break
    finally:
        stop()
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
    return socket


async def _say(world: World, args: Json) -> Json:
    user, channel = who_and_where(world, args)
    files = tuple(args.get("files") or ())
    message = acts.say(
        world, user, channel, args.get("text", ""), thread_ts=args.get("thread_ts"), files=files
    )
    return {
        "ts": message.ts,
        "channel": channel.id,
        "message": world.workspace.shown(message),
    }


async def _upload(world: World, args: Json) -> Json:
    alt_txt = args.get("alt_txt", "")
    file = acts.upload(
        world, who(world, args), name=args["name"], data=args["data"], alt_txt=alt_txt
    )
    return {"file": file_shown(world.workspace, file)}


async def _edit(world: World, args: Json) -> Json:
    user, channel = who_and_where(world, args)
    return {
        "message": world.workspace.shown(acts.edit(world, user, channel, args["ts"], args["text"]))
    }


async def _delete(world: World, args: Json) -> Json:
    user, channel = who_and_where(world, args)
    acts.delete(world, user, channel, args["ts"])
    return {}


async def _command(world: World, args: Json) -> Json:
    user, channel = who_and_where(world, args)
    text, thread_ts = args.get("text", ""), args.get("thread_ts")
    await interact.command(world, user, channel, args["command"], text, thread_ts=thread_ts)
    return {}


async def _shortcut(world: World, args: Json) -> Json:
    user = who(world, args)
    message = None
    if args.get("message_ts"):
        given = {"type": "message", "channel": args["channel"], "message_ts": args["message_ts"]}
        message = payload.container(world.workspace, user, given).message
    await interact.shortcut(world, user, args["callback_id"], message=message)
    return {}


async def _action(world: World, args: Json) -> Json:
    user = who(world, args)
    where = payload.container(world.workspace, user, args["container"])
    block_id, action_id = args["block_id"], args["action_id"]
    await interact.action(world, user, where, block_id, action_id, args.get("value"))
    return {}


async def _suggest(world: World, args: Json) -> Json:
    user = who(world, args)
    where = payload.container(world.workspace, user, args["container"])
    value = args.get("value", "")
    return await interact.suggest(world, user, where, args["block_id"], args["action_id"], value)


async def _submit(world: World, args: Json) -> Json:
    user = who(world, args)
    where = payload.container(world.workspace, user, {"view_id": args["view_id"]})
    if where.view is None:
        raise Refused("view_not_found", status=404)
    return await interact.submit(world, user, where.view, args.get("values") or {})


async def _close(world: World, args: Json) -> Json:
    user = who(world, args)
    where = payload.container(world.workspace, user, {"view_id": args["view_id"]})
    if where.view is not None:
        await interact.close(world, user, where.view)
    return {}


async def _home(world: World, args: Json) -> Json:
    return {"view": acts.open_home(world, who(world, args), args.get("tab", "home"))}


async def _open_window(world: World, args: Json) -> Json:
    acts.open_window(world, who(world, args))
    return {}


async def _read(world: World, args: Json) -> Json:
    acts.read(world, *who_and_where(world, args))
    return {}


async def _react(world: World, args: Json) -> Json:
    user, channel = who_and_where(world, args)
    acts.react(world, user, channel, ts=args["ts"], name=args["name"])
    return {}


async def _stop(world: World, args: Json) -> Json:
    user, channel = who_and_where(world, args)
    acts.stop_session(world, user, channel, args["thread_ts"])
    return {}


async def _invite(world: World, args: Json) -> Json:
    _, channel = who_and_where(world, args)
    acts.join(world, channel, acts.member(world.workspace, args.get("who", "")).id)
    return {}


async def _clock(world: World, args: Json) -> Json:
    seconds = args["advance_seconds"]
    if type(seconds) not in (int, float) or not 0 <= seconds <= _MOST_ADVANCED_SECONDS:
        words = f"advance_seconds is a number from 0 to {_MOST_ADVANCED_SECONDS}, ten years"
        raise Refused("invalid_seconds", words, status=400)
    world.clock.advance(seconds)
    return {"now": world.clock.now()}


async def _rate_limits(world: World, args: Json) -> Json:
    world.rates.enabled = bool(args["enabled"])
    world.rates.clear()
    return {"enabled": world.rates.enabled}


async def _reset(world: World, args: Json) -> Json:
    world.reset()
    return {}


ACTS: dict[str, Act] = {
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "upload": _upload,
    "command": _command,
    "shortcut": _shortcut,
    "action": _action,
    "suggest": _suggest,
    "submit": _submit,
    "close": _close,
    "home": _home,
    "open_window": _open_window,
    "read": _read,
    "react": _react,
    "stop": _stop,
    "invite": _invite,
    "clock": _clock,
    "rate_limits": _rate_limits,
    "reset": _reset,
    **PLANTING,
}
