"""chat.unfurl: the app's preview of links that people have shared.

Source: https://docs.slack.dev/reference/methods/chat.unfurl (2026)
"""

from typing import Any

from ..errors import Refused
from ..links import SharedLinks
from ..model import Channel, Message
from ..wire import Json
from .call import Call
from .compose import by_app, checked_attachments, checked_blocks

SOURCES = ("composer", "conversations_history")
_AUTH = ("user_auth_message", "user_auth_blocks", "user_auth_url", "user_auth_required")


def unfurl(call: Call) -> Json:
    """Again for the same message, the previews change instead of becoming more."""
    channel, message, shared = _target(call)
    if any(call.args.get(name) for name in _AUTH):
        _invite(call, channel, message)
    if call.args.get("metadata") is not None:
        raise Refused("error_processing_metadata", "the sandbox knows no Work Objects")
    unfurls = call.args.get("unfurls")
    if unfurls is None:
        if any(call.args.get(name) for name in _AUTH):
            return {}
        raise Refused("missing_unfurls")
    attachments = _previews(call, unfurls, shared)
    known = {a["from_url"]: a for a in message.body.get("attachments", ()) if "from_url" in a}
    others = [a for a in message.body.get("attachments", ()) if "from_url" not in a]
    previews = list((known | {a["from_url"]: a for a in attachments}).values())
    for number, attachment in enumerate(others + previews, start=1):
        attachment["id"] = number
    call.workspace.edit(message, message.body | {"attachments": others + previews})
    return {}


def _target(call: Call) -> tuple[Channel, Message, SharedLinks]:
    """The message, by place and time or by the id that came with the event.

    Raises: Refused `missing_channel`, `missing_ts`, `missing_source`, `missing_unfurl_id`,
    `invalid_source`, `invalid_unfurl_id`, `cannot_find_channel`, `cannot_find_message`,
    `cannot_find_service`, `cannot_unfurl_url`.
    """
    args, workspace = call.args, call.workspace
    if not workspace.app.unfurl_domains:
        raise Refused("cannot_find_service")
    if args.get("unfurl_id") or args.get("source"):
        if not args.get("source"):
            raise Refused("missing_source")
        if not args.get("unfurl_id"):
            raise Refused("missing_unfurl_id")
        if args["source"] not in SOURCES:
            raise Refused("invalid_source")
        shared = workspace.shared_links.get(args["unfurl_id"])
        if shared is None or args["source"] != "conversations_history":
            raise Refused("invalid_unfurl_id")
        channel_id, ts = shared.channel, shared.ts
    else:
        if not args.get("channel"):
            raise Refused("missing_channel")
        if not args.get("ts"):
            raise Refused("missing_ts")
        channel_id, ts = args["channel"], args["ts"]
    channel = workspace.channels.get(channel_id)
    if channel is None:
        raise Refused("cannot_find_channel")
    message = channel.messages.get(ts)
    if message is None:
        raise Refused("cannot_find_message")
    told = [s for s in workspace.shared_links.values() if (s.channel, s.ts) == (channel_id, ts)]
    if not told:
        raise Refused("cannot_unfurl_url", "no link_shared event told the app of this message")
    return channel, message, told[0]


def _previews(call: Call, unfurls: Any, shared: SharedLinks) -> list[Json]:
    """Raises: Refused `invalid_unfurls_format`, `missing_unfurls`, `cannot_unfurl_message` and
    `cannot_parse_attachment`.
    """
    if not isinstance(unfurls, dict):
        raise Refused("invalid_unfurls_format")
    if not unfurls:
        raise Refused("missing_unfurls")
    return [_preview(call, url, given, shared) for url, given in unfurls.items()]


def _preview(call: Call, url: str, given: Any, shared: SharedLinks) -> Json:
    if url not in shared.urls:
        raise Refused("cannot_unfurl_message", f"{url} is not in the message")
    if not isinstance(given, dict):
        raise Refused("cannot_parse_attachment")
    preview = {name: part for name, part in given.items() if name != "preview"}
    if preview.get("hide_color") and any(
        not isinstance(block, dict) or block.get("type") != "file"
        for block in preview.get("blocks", ())
    ):
        raise Refused("cannot_parse_attachment", "hide_color goes with file blocks alone")
    try:
        [attachment] = checked_attachments(call.workspace, [preview])
    except Refused as refusal:
        raise Refused("cannot_parse_attachment", *(refusal.messages or (refusal.code,))) from None
    install = call.workspace.install
    return attachment | {
        "from_url": url,
        "app_unfurl_url": url,
        "is_app_unfurl": True,
        "app_id": install.app_id,
        "bot_id": install.bot_id,
    }


def _invite(call: Call, channel: Channel, message: Message) -> None:
    """Ask whoever posted the link, them alone, to connect their account.

    Raises: Refused `cannot_auth_user` for what the app itself posted.
    """
    workspace, args = call.workspace, call.args
    if message.by_app:
        raise Refused("cannot_auth_user")
    words = args.get("user_auth_message")
    url = args.get("user_auth_url")
    if not words:
        words = f"Connect your account to see a preview: {f'<{url}>' if url else ''}".strip()
    body: Json = {"text": words}
    if args.get("user_auth_blocks") is not None:
        body["blocks"] = checked_blocks(workspace, args["user_auth_blocks"])
    notice = Message(
        channel.id,
        workspace.new_ts(),
        call.bot,
        by_app(workspace, body),
        thread_ts=message.thread_ts,
        by_app=True,
        ephemeral_to=message.user,
    )
    workspace.show_ephemeral(notice)
