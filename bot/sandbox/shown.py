"""Messages, users, channels, files and views in the shapes in which Slack's API shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from .canvas.shown import channel_properties, file_fields, shares_of
from .model import Channel, File, Kind, Message, User, View
from .wire import Json

if TYPE_CHECKING:
    from .store import Workspace


def message_shown(workspace: Workspace, message: Message) -> Json:
    """The message with its replies, reactions and files as of now."""
    shown: Json = {"type": "message", "ts": message.ts, **message.body}
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if message.replies:
        channel = workspace.channels[message.channel]
        present = [ts for ts in message.replies if ts in channel.messages]
        users = list(dict.fromkeys(channel.messages[ts].user for ts in present))
        shown |= {
            "thread_ts": message.ts,
            "reply_count": len(present),
            "reply_users_count": len(users),
            "reply_users": users,
            "latest_reply": message.replies[-1],
            "is_locked": False,
        }
    if message.thread_ts and message.thread_ts != message.ts:
        parent = workspace.channels[message.channel].messages.get(message.thread_ts)
        if parent is not None:
            shown["parent_user_id"] = parent.user
    if message.file_ids:
        known = (workspace.files[f] for f in message.file_ids if f in workspace.files)
        shown["files"] = [file_shown(workspace, file) for file in known]
    if message.reactions:
        shown["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in message.reactions.items()
        ]
    if message.ephemeral_to:
        shown["is_ephemeral"] = True
    return shown


def user_shown(workspace: Workspace, user: User, *, with_locale: bool = False) -> Json:
    shown: Json = {
        "id": user.id,
        "team_id": user.team or workspace.id,
        "name": user.name,
        "deleted": user.deleted,
        "color": "9f69e7",
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz_label,
        "tz_offset": user.tz_offset,
        "profile": {
            "title": "",
            "real_name": user.real_name,
            "real_name_normalized": user.real_name,
            "display_name": user.name,
            "display_name_normalized": user.name,
            "team": user.team or workspace.id,
        },
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": user.is_owner,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": False,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 1_700_000_000,
        "is_email_confirmed": not user.is_bot,
    }
    if user.is_bot and user.id == workspace.install.bot_user:
        shown["profile"] |= {"api_app_id": workspace.app.id, "bot_id": workspace.install.bot_id}
    if with_locale:
        shown["locale"] = user.locale
    if workspace.org is not None and not user.team:
        shown["enterprise_user"] = {
            "id": user.id,
            "enterprise_id": workspace.org.id,
            "enterprise_name": workspace.org.name,
            "is_admin": user.is_admin,
            "is_owner": user.is_owner,
            "teams": [workspace.id],
        }
    if user.team:
        shown["is_stranger"] = not workspace.shares_channel(user)
    return shown


def channel_shown(workspace: Workspace, channel: Channel, *, viewer: str) -> Json:
    if channel.kind is Kind.IM:
        other = next((m for m in channel.members if m != viewer), viewer)
        shown: Json = {
            "id": channel.id,
            "created": 1_700_000_000,
            "is_im": True,
            "is_org_shared": False,
            "user": other,
            "is_user_deleted": workspace.users[other].deleted,
            "is_archived": False,
            "context_team_id": workspace.id,
            "is_open": True,
        }
        return _with_properties(workspace, channel, shown)
    shown = {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind is Kind.CHANNEL,
        "is_group": channel.kind is Kind.GROUP,
        "is_im": False,
        "is_mpim": channel.kind is Kind.MPIM,
        "is_private": channel.is_private,
        "is_general": channel.is_general,
        "is_archived": channel.is_archived,
        "is_member": viewer in channel.members,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "created": 1_700_000_000,
        "creator": channel.creator,
        "context_team_id": workspace.id,
        "shared_team_ids": workspace.teams_in(channel),
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }
    return _with_properties(workspace, channel, shown)


def _with_properties(workspace: Workspace, channel: Channel, shown: Json) -> Json:
    properties = channel_properties(workspace, channel.canvas, channel.canvas_tabs)
    return {**shown, "properties": properties} if properties else shown


def file_shown(workspace: Workspace, file: File) -> Json:
    """The file object; while it is not processed it has neither type nor dimensions."""
    if file.deleted:
        return {"id": file.id, "mode": "tombstone"}
    base, name = workspace.base_url, quote(file.name)
    private = f"{base}/files-pri/{workspace.id}-{file.id}"
    shown: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.filetype,
        "pretty_type": file.filetype.upper(),
        "user": file.user,
        "user_team": workspace.id,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(workspace.channels[c].kind is Kind.CHANNEL for c in file.shares),
        "public_url_shared": file.public_link,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{private}/{name}",
        "url_private_download": f"{private}/download/{name}",
        "permalink": f"{base}/files/{file.user}/{file.id}/{name}",
        "comments_count": 0,
        "is_starred": False,
        "has_rich_preview": False,
        "file_access": "visible",
    }
    if file.canvas is not None:
        shown |= file_fields(workspace, file)
    if file.public_link:
        shown["permalink_public"] = f"{base}/{workspace.id}-{file.id}-{file.created:x}"
    if file.alt_txt:
        shown["alt_txt"] = file.alt_txt
    if file.width_px:
        shown |= {"original_w": file.width_px, "original_h": file.height_px}
        shown |= {"thumb_1024": shown["url_private"], "thumb_360": shown["url_private"]}
    channels: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    shares: Json = {}
    for channel_id in file.shares:
        channel = workspace.channels[channel_id]
        channels[channel.kind].append(channel_id)
        side = "public" if channel.kind is Kind.CHANNEL else "private"
        shares.setdefault(side, {})[channel_id] = shares_of(file, channel_id)
    shown |= {
        "channels": channels[Kind.CHANNEL],
        "groups": channels[Kind.GROUP] + channels[Kind.MPIM],
        "ims": channels[Kind.IM],
        "shares": shares,
    }
    return shown


def view_shown(workspace: Workspace, view: View) -> Json:
    body = view.body
    shown: Json = {
        "id": view.id,
        "team_id": workspace.id,
        "type": view.kind,
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "title": body.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": workspace.app.id,
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": workspace.id,
        "bot_id": workspace.install.bot_id,
    }
    if view.kind == "modal":
        shown["submit_disabled"] = body.get("submit_disabled", False)
    return shown
