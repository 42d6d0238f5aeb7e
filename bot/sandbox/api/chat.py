"""chat.*: what the app says, changes and takes back."""

from ..canvas.deeds import linked
from ..errors import Refused
from ..model import Message
from ..wire import Json
from .call import Call
from .compose import MOST_TEXT_IN_UPDATE, by_app, content, find_file


def post_message(call: Call) -> Json:
    args = call.args
    _not_as_user(args)
    if any(args.get(name) is not None for name in ("username", "icon_emoji", "icon_url")):
        call.require_scope("chat:write.customize")
    channel = call.channel_for_posting(args["channel"], people=True)
    thread_ts = call.thread_ts(channel)
    if args.get("reply_broadcast") and thread_ts is None:
        raise Refused("invalid_arguments", "reply_broadcast needs thread_ts")
    body = by_app(call.workspace, content(call.workspace, args))
    if args.get("username"):
        body["username"] = args["username"]
    if args.get("reply_broadcast"):
        body["subtype"] = "thread_broadcast"
    message = Message(
        channel.id,
        call.workspace.new_ts(),
        call.bot,
        body,
        thread_ts=thread_ts,
        file_ids=linked(call.workspace, call.bot, channel, body),
        by_app=True,
    )
    call.workspace.post(message)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "message": call.workspace.shown(message),
    }


def update(call: Call) -> Json:
    """Without `blocks`, `text` alone replaces everything; `metadata` stays unless given."""
    args, workspace = call.args, call.workspace
    _not_as_user(args)
    channel = call.channel_for_posting(args["channel"])
    message = call.message(channel, args["ts"])
    if not message.by_app:
        raise Refused("cant_update_message")
    if message.streamed is not None and message.streamed.is_open:
        raise Refused("streaming_state_conflict")
    if args.get("reply_broadcast") and message.thread_ts is None:
        raise Refused("cant_broadcast_message")
    file_ids = tuple(args.get("file_ids") or ())
    for file_id in file_ids:
        file = find_file(workspace, file_id)
        if file is None or not workspace.may_see(call.bot, file):
            raise Refused("file_not_found")
        if file.deleted:
            raise Refused("file_deleted")
    if file_ids and not any(args.get(n) for n in ("text", "blocks", "markdown_text")):
        given: Json = {k: message.body[k] for k in ("text", "blocks") if k in message.body}
    else:
        given = content(workspace, args, most_text=MOST_TEXT_IN_UPDATE)
        if "text" not in args and "markdown_text" not in args:
            given["text"] = message.body["text"]
    if "metadata" in message.body:
        given.setdefault("metadata", message.body["metadata"])
    body = by_app(workspace, given)
    if args.get("reply_broadcast") or message.body.get("subtype") == "thread_broadcast":
        body["subtype"] = "thread_broadcast"
    if "blocks" not in given:
        body["edited"] = {"user": call.bot, "ts": workspace.new_ts()}
    new_files = tuple(f for f in file_ids if f not in message.file_ids)
    workspace.edit(message, body, file_ids=new_files)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": body["text"],
        "message": workspace.shown(message),
    }


def delete(call: Call) -> Json:
    channel = call.channel(call.args["channel"])
    message = call.message(channel, call.args["ts"])
    if not message.by_app:
        raise Refused("cant_delete_message")
    call.workspace.delete(message)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    args, workspace = call.args, call.workspace
    channel = call.channel_for_posting(args["channel"])
    person = workspace.users.get(args["user"])
    if person is None or person.id not in channel.members:
        raise Refused("user_not_in_channel")
    thread_ts = call.thread_ts(channel)
    body = by_app(workspace, content(workspace, args))
    message = Message(
        channel.id,
        workspace.new_ts(),
        call.bot,
        body,
        thread_ts=thread_ts,
        by_app=True,
        ephemeral_to=person.id,
    )
    workspace.show_ephemeral(message)
    return {"message_ts": message.ts}


def get_permalink(call: Call) -> Json:
    channel = call.channel(call.args["channel"])
    message = call.message(channel, call.args["message_ts"])
    link = f"{call.workspace.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _not_as_user(args: Json) -> None:
    """Raises: Refused `as_user_not_supported`, as a bot token speaks as its bot alone."""
    if args.get("as_user"):
        raise Refused("as_user_not_supported")
