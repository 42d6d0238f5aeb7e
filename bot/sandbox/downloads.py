"""The bytes of files: taken in at the upload address, given out to whoever may have them."""

import hashlib
from urllib.parse import quote

from aiohttp import web

from .bodies import form_of
from .canvas.shown import html_of
from .errors import Refused
from .installing import reached, refusal_of
from .model import File
from .shown import file_shown
from .store import Workspace
from .world import World

_LOGIN = (
    "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>"
)


async def take_upload(request: web.Request, world: World) -> web.Response:
    """The second step of an upload: exactly as many bytes as were announced."""
    fault = world.faults.next("upload")
    if fault is not None and fault.status:
        return web.Response(text="error", status=fault.status)
    workspace = world.store.workspaces.get(request.match_info["team"])
    file = workspace.files.get(request.match_info["file"]) if workspace else None
    if workspace is None or file is None or file.uploaded or not workspace.install.is_active:
        return web.Response(text="File not found", status=404)
    try:
        data = await _body(request)
    except Refused as refusal:
        return web.Response(text=refusal.code, status=400)
    if len(data) != file.size:
        world.journal.add(
            "refused",
            "upload",
            at=world.clock.now(),
            status=400,
            request={"file": file.id, "length": len(data)},
            reason=f"length_mismatch: {file.size} bytes were announced, {len(data)} came",
        )
        return web.Response(text="Length mismatch", status=400)
    file.data, file.uploaded = data, True
    digest = hashlib.sha256(data).hexdigest()
    request_shown = {"file": file.id, "length": len(data), "sha256": digest}
    world.journal.add("call", "upload", at=world.clock.now(), request=request_shown)
    return web.Response(text=f"OK - {len(data)}")


async def _body(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await form_of(request)
    for value in form.values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""


async def give_file(request: web.Request, world: World) -> web.StreamResponse:
    """A file's bytes; without a token that may read it, a login page with status 200.

    A planted fault answers with its status (one of redirection leads to the login page), or breaks
    the connection: at once with `reset`, in the middle with `lost_answer`.
    """
    fault = world.faults.next("download")
    if fault is not None and fault.reset:
        _break(request)
        return web.Response()
    if fault is not None and fault.status and 300 <= fault.status < 400:
        login = f"/?redir={quote(request.path, safe='')}"
        return web.Response(status=fault.status, headers={"Location": login})
    if fault is not None and fault.status:
        return web.Response(text="error", status=fault.status)
    team, _, file_id = request.match_info["file"].rpartition("-")
    workspace = world.store.workspaces.get(team)
    file = workspace.files.get(file_id) if workspace else None
    if workspace is None or file is None or file.deleted:
        return web.Response(text="File not found", status=404)
    if not _may_read(request, world, workspace, file):
        return web.Response(text=_LOGIN, content_type="text/html")
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    if "/download/" in request.path:
        headers["Content-Disposition"] = "attachment"
    if file.canvas is not None:
        document = html_of(workspace, file.canvas.document)
        return web.Response(text=document, content_type="text/html", headers=headers)
    kind = file.mimetype or "application/octet-stream"
    if fault is not None and fault.lost_answer:
        return await _half(request, file, headers | {"Content-Type": kind})
    return web.Response(body=file.data, content_type=kind, headers=headers)


async def _half(request: web.Request, file: File, headers: dict[str, str]) -> web.StreamResponse:
    """The first half of what was announced, and then nothing more."""
    answer = web.StreamResponse(headers=headers)
    answer.content_length = len(file.data)
    await answer.prepare(request)
    await answer.write(file.data[: len(file.data) // 2])
    _break(request)
    return answer


def _break(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.close()


async def give_permalink(request: web.Request, world: World) -> web.Response:
    """A person's browser follows a permalink to the file."""
    file_id = request.match_info["file"]
    homes = [w for w in world.store.workspaces.values() if file_id in w.files]
    if not homes or homes[0].files[file_id].deleted:
        return web.Response(text="File not found", status=404)
    url = file_shown(homes[0], homes[0].files[file_id])["url_private"]
    viewer = request.query.get("as")
    raise web.HTTPFound(f"{url}?as={viewer}" if viewer else url)


def _may_read(request: web.Request, world: World, workspace: Workspace, file: File) -> bool:
    viewer = request.query.get("as")
    if viewer is not None:
        return viewer in workspace.users and workspace.may_see(viewer, file)
    header = request.headers.get("Authorization", "")
    token = world.store.tokens.get(header.removeprefix("Bearer "))
    return (
        token is not None
        and header.startswith("Bearer ")
        and token.kind == "bot"
        and refusal_of(token, now=world.clock.now()) is None
        and workspace in reached(world, token)
        and "files:read" in token.scopes
        and workspace.may_see(workspace.install.bot_user, file)
    )
