"""Every Web API method there is, one line each: handler, tier, scopes and arguments.

Source: https://docs.slack.dev/reference/methods (2026)
"""

from dataclasses import replace

from . import (
    agents,
    canvases,
    chat,
    conversations,
    files,
    oauth,
    people,
    reactions,
    streams,
    unfurl,
    usergroups,
    validate,
    views,
)
from .call import Method
from .rates import Tier

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_OPEN = ("im:write", "channels:manage", "groups:write", "mpim:write")
_SAY = (
    "text blocks attachments markdown_text metadata thread_ts link_names parse as_user "
    "username icon_emoji icon_url mrkdwn"
)
_PAGE = "cursor limit"
_LOOK = "icon_emoji icon_url username"
_WRITTEN = "markdown_text chunks"
_STREAM = "thread_ts recipient_user_id recipient_team_id task_display_mode"
_UNFURL = "channel ts unfurl_id source unfurls metadata"
_UNFURL_AUTH = "user_auth_message user_auth_required user_auth_url user_auth_blocks"
_REACTED = "channel timestamp file file_comment"

FORM_ONLY = frozenset(
    {
        "auth.revoke",
        "auth.teams.list",
        "blocks.validate",
        "bots.info",
        "chat.getPermalink",
        "conversations.history",
        "conversations.info",
        "conversations.list",
        "conversations.members",
        "conversations.replies",
        "emoji.list",
        "files.getUploadURLExternal",
        "files.info",
        "files.list",
        "oauth.v2.access",
        "reactions.get",
        "team.info",
        "usergroups.list",
        "usergroups.users.list",
        "users.conversations",
        "users.info",
        "users.list",
    }
)
"""What only reads, and OAuth: arguments in a form or a query string, none in JSON."""

_ALL = (
    Method("api.test", people.api_test, Tier.NONE, token="none", open_arguments=True),
    Method("auth.test", people.auth_test, Tier.SPECIAL, token="bot app user"),
    Method("auth.revoke", oauth.revoke, Tier.THREE, optional="test", token="bot user"),
    Method("auth.teams.list", oauth.teams_list, Tier.TWO, optional=f"include_icon {_PAGE}"),
    Method(
        "oauth.v2.access",
        oauth.access,
        Tier.SPECIAL,
        optional="client_id client_secret code redirect_uri grant_type refresh_token",
        token="none",
    ),
    Method(
        "oauth.v2.exchange",
        oauth.exchange,
        Tier.THREE,
        optional="client_id client_secret",
        token="bot user",
    ),
    Method("apps.uninstall", oauth.uninstall, Tier.ONE, (), "client_id client_secret"),
    Method(
        "apps.event.authorizations.list",
        oauth.authorizations_list,
        Tier.SPECIAL,
        ("authorizations:read",),
        "event_context",
        _PAGE,
        token="app",
    ),
    Method(
        "apps.connections.open",
        people.connections_open,
        Tier.THREE,
        ("connections:write",),
        token="app",
    ),
    Method("team.info", people.team_info, Tier.THREE, ("team:read",), optional="team domain"),
    Method("bots.info", people.bots_info, Tier.THREE, ("users:read",), optional="bot"),
    Method("users.info", people.users_info, Tier.FOUR, ("users:read",), "user", "include_locale"),
    Method(
        "users.list", people.users_list, Tier.TWO, ("users:read",), "", f"include_locale {_PAGE}"
    ),
    Method(
        "chat.postMessage",
        chat.post_message,
        Tier.POSTING,
        ("chat:write",),
        "channel",
        f"{_SAY} reply_broadcast unfurl_links unfurl_media",
    ),
    Method(
        "chat.update",
        chat.update,
        Tier.THREE,
        ("chat:write",),
        "channel ts",
        "text blocks attachments markdown_text metadata file_ids link_names parse as_user "
        "reply_broadcast",
    ),
    Method("chat.delete", chat.delete, Tier.THREE, ("chat:write",), "channel ts", "as_user"),
    Method(
        "chat.postEphemeral", chat.post_ephemeral, Tier.FOUR, ("chat:write",), "channel user", _SAY
    ),
    Method("chat.getPermalink", chat.get_permalink, Tier.SPECIAL, required="channel message_ts"),
    Method(
        "chat.unfurl", unfurl.unfurl, Tier.THREE, ("links:write",), "", f"{_UNFURL} {_UNFURL_AUTH}"
    ),
    Method(
        "chat.startStream",
        streams.start,
        Tier.TWO,
        ("chat:write",),
        "channel",
        f"{_STREAM} {_WRITTEN} {_LOOK}",
    ),
    Method("chat.appendStream", streams.append, Tier.FOUR, ("chat:write",), "channel ts", _WRITTEN),
    Method(
        "chat.stopStream",
        streams.stop,
        Tier.TWO,
        ("chat:write",),
        "channel ts",
        f"{_WRITTEN} blocks metadata session_status",
    ),
    Method(
        "conversations.info",
        conversations.info,
        Tier.THREE,
        _READ,
        "channel",
        "include_locale include_num_members",
    ),
    Method(
        "conversations.open",
        conversations.open_conversation,
        Tier.THREE,
        _OPEN,
        "",
        "channel users return_im prevent_creation",
    ),
    Method(
        "conversations.list",
        conversations.list_all,
        Tier.TWO,
        _READ,
        "",
        f"types exclude_archived {_PAGE}",
    ),
    Method(
        "users.conversations",
        conversations.of_user,
        Tier.THREE,
        _READ,
        "",
        f"user types exclude_archived {_PAGE}",
    ),
    Method("conversations.members", conversations.members, Tier.FOUR, _READ, "channel", _PAGE),
    Method("conversations.join", conversations.join, Tier.THREE, ("channels:join",), "channel"),
    Method(
        "conversations.history",
        conversations.history,
        Tier.THREE,
        _HISTORY,
        "channel",
        f"oldest latest inclusive include_all_metadata {_PAGE}",
    ),
    Method(
        "conversations.replies",
        conversations.replies,
        Tier.THREE,
        _HISTORY,
        "channel ts",
        f"oldest latest inclusive include_all_metadata {_PAGE}",
    ),
    Method(
        "views.open", views.open_view, Tier.FOUR, (), "view", "trigger_id interactivity_pointer"
    ),
    Method("views.push", views.push, Tier.FOUR, (), "view", "trigger_id interactivity_pointer"),
    Method("views.update", views.update, Tier.FOUR, (), "view", "view_id external_id hash"),
    Method("views.publish", views.publish, Tier.FOUR, (), "user_id view", "hash"),
    Method(
        "files.getUploadURLExternal",
        files.get_upload_url,
        Tier.FOUR,
        ("files:write",),
        "filename length",
        "alt_txt snippet_type",
    ),
    Method(
        "files.completeUploadExternal",
        files.complete_upload,
        Tier.FOUR,
        ("files:write",),
        "files",
        "channel_id channels thread_ts initial_comment blocks",
    ),
    Method("files.info", files.info, Tier.FOUR, ("files:read",), "file", f"count page {_PAGE}"),
    Method(
        "files.list",
        files.list_all,
        Tier.THREE,
        ("files:read",),
        "",
        "channel count page types user ts_from ts_to",
    ),
    Method(
        "files.sharedPublicURL",
        files.shared_public_url,
        Tier.THREE,
        ("files:write",),
        "file",
        token="user",
    ),
    Method("files.delete", files.delete, Tier.THREE, ("files:write",), "file"),
    Method(
        "canvases.create",
        canvases.create,
        Tier.TWO,
        ("canvases:write",),
        "",
        "title document_content channel_id",
    ),
    Method(
        "conversations.canvases.create",
        canvases.create_in_channel,
        Tier.TWO,
        ("canvases:write",),
        "channel_id",
        "title document_content",
    ),
    Method("canvases.edit", canvases.edit, Tier.THREE, ("canvases:write",), "canvas_id changes"),
    Method("canvases.delete", canvases.delete, Tier.THREE, ("canvases:write",), "canvas_id"),
    Method(
        "canvases.getContent",
        canvases.get_content,
        Tier.THREE,
        ("canvases:read",),
        "canvas_id",
        "content_type",
    ),
    Method(
        "canvases.sections.lookup",
        canvases.lookup,
        Tier.THREE,
        ("canvases:read",),
        "canvas_id criteria",
    ),
    Method(
        "canvases.access.set",
        canvases.set_access,
        Tier.THREE,
        ("canvases:write",),
        "canvas_id access_level",
        "channel_ids user_ids",
    ),
    Method(
        "canvases.access.delete",
        canvases.delete_access,
        Tier.THREE,
        ("canvases:write",),
        "canvas_id",
        "channel_ids user_ids",
    ),
    Method(
        "reactions.add",
        reactions.add,
        Tier.THREE,
        ("reactions:write",),
        "name",
        "channel timestamp",
    ),
    Method("reactions.get", reactions.get, Tier.THREE, ("reactions:read",), "", f"{_REACTED} full"),
    Method("reactions.remove", reactions.remove, Tier.TWO, ("reactions:write",), "name", _REACTED),
    Method("emoji.list", reactions.emoji_list, Tier.TWO, ("emoji:read",), "", "include_categories"),
    Method(
        "usergroups.list",
        usergroups.list_all,
        Tier.TWO,
        ("usergroups:read",),
        "",
        "include_count include_disabled include_users",
    ),
    Method(
        "usergroups.users.list",
        usergroups.users,
        Tier.TWO,
        ("usergroups:read",),
        "usergroup",
        "include_disabled",
    ),
    Method(
        "assistant.threads.setStatus",
        agents.set_status,
        Tier.STATUS,
        ("chat:write",),
        "channel_id thread_ts",
        f"status loading_messages {_LOOK}",
    ),
    Method(
        "assistant.threads.setSuggestedPrompts",
        agents.set_suggested_prompts,
        Tier.FOUR,
        ("assistant:write",),
        "channel_id prompts",
        "thread_ts title",
    ),
    Method(
        "assistant.threads.setTitle",
        agents.set_title,
        Tier.FOUR,
        ("assistant:write",),
        "channel_id thread_ts title",
    ),
    Method(
        "agents.sessions.setStatus",
        agents.session_set_status,
        Tier.FOUR,
        ("chat:write",),
        "channel_id status",
        f"thread_ts title initiator_user_id {_LOOK}",
    ),
    Method(
        "agents.sessions.rename",
        agents.session_rename,
        Tier.FOUR,
        ("chat:write",),
        "channel_id title",
        "thread_ts",
    ),
    Method(
        "blocks.validate",
        validate.validate,
        Tier.SPECIAL,
        token="none",
        optional="blocks message view",
    ),
)

METHODS = {method.name: replace(method, form_only=method.name in FORM_ONLY) for method in _ALL}
