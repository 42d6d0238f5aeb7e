"""files.*: the external upload in three steps, and what became of a file."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from ..blockkit.size import too_long
from ..canvas import deeds
from ..canvas.access import access_of
from ..errors import Refused
from ..media import recognise
from ..model import Change, Channel, File, Message
from ..shown import file_shown
from ..store import Workspace
from ..wire import Json, new_id
from ..world import World
from .call import Call
from .compose import by_app, checked_blocks

MOST_ALT_TEXT = 1000
MOST_CHANNELS = 100
MOST_SNIPPET_BYTES = 1_000_000
UNCOMPLETED_SECONDS = 3600.0
"""How long an upload may stay uncompleted; Slack discards it, but says no time."""

# fmt: off
SNIPPETS = frozenset({
    "c", "cpp", "csharp", "css", "csv", "diff", "dockerfile", "go", "html", "java", "javascript",
    "json", "kotlin", "latex", "lua", "markdown", "objc", "perl", "php", "plain", "python", "r",
    "ruby", "rust", "scala", "shell", "sql", "swift", "text", "typescript", "xml", "yaml",
})
# fmt: on
KINDS: dict[str, Callable[[File], bool]] = {
    "all": lambda file: True,
    "canvas": lambda file: file.filetype == "quip",
    "gdocs": lambda file: file.filetype == "gdoc",
    "images": lambda file: file.mimetype.startswith("image/"),
    "pdfs": lambda file: file.filetype == "pdf",
    "snippets": lambda file: file.filetype in SNIPPETS,
    "spaces": lambda file: file.filetype in ("space", "quip"),
    "zips": lambda file: file.filetype == "zip",
}
CHANNEL_ID = re.compile(r"[CGDZ][A-Z0-9]{8,}")


def get_upload_url(call: Call) -> Json:
    args = call.args
    if args["length"] <= 0:
        raise Refused("missing_argument")
    if len(args.get("alt_txt", "")) > MOST_ALT_TEXT:
        raise Refused("alt_txt_too_large")
    if args.get("snippet_type"):
        if args["snippet_type"] not in SNIPPETS:
            raise Refused("unknown_snippet_type")
        if args["length"] > MOST_SNIPPET_BYTES:
            raise Refused("snippet_too_large")
    file = File(
        id=new_id("F"),
        name=args["filename"],
        title=args["filename"],
        user=call.bot,
        created=int(call.world.clock.now()),
        size=args["length"],
        alt_txt=args.get("alt_txt", ""),
    )
    call.workspace.files[file.id] = file
    call.world.clock.call_later(UNCOMPLETED_SECONDS, partial(_discard, call.workspace, file.id))
    return {
        "upload_url": f"{call.workspace.base_url}/upload/{call.workspace.id}/{file.id}",
        "file_id": file.id,
    }


def _discard(workspace: Workspace, file_id: str) -> None:
    """An upload that nobody completed is nothing."""
    file = workspace.files.get(file_id)
    if file is not None and not file.completed:
        del workspace.files[file_id]


def complete_upload(call: Call) -> Json:
    """All files go into one message; the share appears a little later, processing later still."""
    args, workspace = call.args, call.workspace
    files = _named_files(workspace, args["files"])
    if args.get("channel_id") and args.get("channels"):
        raise Refused("invalid_arguments", "channel_id and channels exclude each other")
    targets = list(args.get("channels") or ())
    if len(targets) > MOST_CHANNELS:
        raise Refused("channels_limit_exceeded")
    channels = [call.channel_for_posting(target, people=True) for target in targets]
    if args.get("channel_id"):
        channels = [_one_channel(call)]
    if any(call.bot not in channel.members for channel in channels):
        raise Refused("not_in_channel")
    thread_ts = None
    if args.get("thread_ts"):
        if len(channels) != 1:
            raise Refused("invalid_arguments", "thread_ts needs exactly one channel")
        thread_ts = call.thread_ts(channels[0])
    body: Json = {"text": args.get("initial_comment") or ""}
    if args.get("blocks") is not None and not args.get("initial_comment"):
        body["blocks"] = checked_blocks(workspace, args["blocks"])
        if too_long(body["blocks"]):
            raise Refused("invalid_blocks", "the blocks are too long together")
    for file in files:
        file.completed = True
    share_later(call.world, workspace, files, channels, body=body, thread_ts=thread_ts)
    return {"files": [file_shown(workspace, file) for file in files]}


def _one_channel(call: Call) -> Channel:
    """Raises: Refused `invalid_arguments` for what is no channel's id, and as for posting.

    Source: https://github.com/slackapi/python-slack-sdk/issues/1426 (2024)
    """
    channel_id = call.args["channel_id"]
    if not CHANNEL_ID.fullmatch(channel_id):
        words = f"input must match regex pattern: ^{CHANNEL_ID.pattern}$"
        raise Refused("invalid_arguments", f"{words} [json-pointer:/channel_id]")
    return call.channel_for_posting(channel_id)


def share_later(
    world: World,
    workspace: Workspace,
    files: list[File],
    channels: list[Channel],
    *,
    body: Json,
    thread_ts: str | None,
) -> None:
    """Post the files after the share delay, and know their types after the processing delay."""
    ids = tuple(file.id for file in files)

    def share() -> None:
        for channel in channels:
            if thread_ts is not None and thread_ts not in channel.messages:
                continue
            message = Message(
                channel.id,
                workspace.new_ts(),
                workspace.install.bot_user,
                by_app(workspace, dict(body)),
                thread_ts=thread_ts,
                file_ids=ids,
                by_app=True,
            )
            workspace.post(message)

    ended = world.activity.began("processing of files")

    def process() -> None:
        ended()
        for file in files:
            if not file.deleted:
                recognise(file)
                workspace.tell(Change("file_changed", workspace.id, file=file))

    settings = world.settings
    if channels:
        delay = min(settings.file_share_seconds, settings.file_processing_seconds)
        world.clock.call_later(delay, share)
    world.clock.call_later(settings.file_processing_seconds, process)


def _named_files(workspace: Workspace, given: Any) -> list[File]:
    if not isinstance(given, list) or not given:
        raise Refused("invalid_arguments", "files must be a non-empty array")
    files = []
    for item in given:
        if not isinstance(item, dict) or set(item) - {"id", "title", "highlight_type"}:
            raise Refused("invalid_arguments", "files must hold objects with id and title")
        file = workspace.files.get(str(item.get("id")))
        if file is None or not file.uploaded or file.completed or file in files:
            raise Refused("file_not_found")
        file.title = item.get("title") or file.name
        files.append(file)
    return files


def info(call: Call) -> Json:
    file = _visible(call)
    shown = file_shown(call.workspace, file)
    access = access_of(call.workspace, call.bot, file)
    if access is not None:
        shown["access"] = access.value
    return {"file": shown, "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(call: Call) -> Json:
    file = _visible(call)
    if file.user != call.bot:
        raise Refused("cant_delete_file")
    if file.canvas is not None:
        deeds.delete(call.workspace, call.bot, file)
        return {}
    file.deleted, file.data = True, b""
    call.workspace.tell(Change("file_changed", call.workspace.id, file=file))
    return {}


def list_all(call: Call) -> Json:
    workspace = call.workspace
    channel = call.args.get("channel")
    kinds = (call.args.get("types") or "all").split(",")
    if not set(kinds) <= set(KINDS):
        raise Refused("unknown_type")
    user = call.user(call.args["user"]).id if call.args.get("user") else None
    after, before = _second(call, "ts_from", 0), _second(call, "ts_to", float("inf"))
    found = [
        file
        for file in reversed(workspace.files.values())
        if file.completed and not file.deleted and workspace.may_see(call.bot, file)
        if channel is None or channel in file.shares
        if user is None or user == file.user
        if after <= file.created <= before and any(KINDS[kind](file) for kind in kinds)
    ]
    count = min(call.args.get("count") or 100, 1000)
    page = call.args.get("page") or 1
    shown = [file_shown(workspace, f) for f in found[(page - 1) * count : page * count]]
    pages = -(-len(found) // count)
    return {
        "files": shown,
        "paging": {"count": count, "total": len(found), "page": page, "pages": pages},
    }


def shared_public_url(call: Call) -> Json:
    """Open a file to whoever has its link; only a person's token may.

    Raises: Refused `file_not_found`, `already_public`.
    """
    file = _visible(call)
    if file.public_link:
        raise Refused("already_public")
    file.public_link = True
    return {"file": file_shown(call.workspace, file)}


def _second(call: Call, name: str, default: float) -> float:
    try:
        return float(call.args.get(name) or default)
    except ValueError:
        raise Refused("invalid_arguments", f"must be a number: {name}") from None


def _visible(call: Call) -> File:
    file = call.workspace.files.get(call.args["file"])
    if file is None or not file.completed or not call.workspace.may_see(call.bot, file):
        raise Refused("file_not_found")
    if file.deleted:
        raise Refused("file_deleted")
    return file
