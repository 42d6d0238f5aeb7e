"""Changes of the store become the events the app subscribed to, in their outer envelope."""

from collections.abc import Callable

from ..links import SharedLinks, links
from ..model import Change, Channel, Kind, Message
from ..shown import file_shown, view_shown
from ..store import Workspace, keep
from ..wire import Json, new_id

Send = Callable[[str, Json], None]

_HISTORY_SCOPE = {
    Kind.CHANNEL: "channels:history",
    Kind.GROUP: "groups:history",
    Kind.IM: "im:history",
    Kind.MPIM: "mpim:history",
}
_SUBSCRIPTION = {
    Kind.CHANNEL: "message.channels",
    Kind.GROUP: "message.groups",
    Kind.IM: "message.im",
    Kind.MPIM: "message.mpim",
}


class Events:
    """Listens to one workspace and sends what its app may know."""

    def __init__(self, workspace: Workspace, send: Send) -> None:
        self._workspace = workspace
        self._send = send

    def __call__(self, change: Change) -> None:
        handler = _HANDLERS.get(change.kind)
        if handler is not None:
            handler(self, change)

    def emit(self, name: str, event: Json) -> None:
        """Wrap and send an event, if the manifest subscribes to `name`."""
        workspace = self._workspace
        if name not in workspace.app.events or not workspace.install.is_active:
            return
        outer: Json = {
            "token": "sandbox-verification",
            "team_id": workspace.id,
            "context_team_id": workspace.id,
            "context_enterprise_id": workspace.org.id if workspace.org else None,
            "api_app_id": workspace.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": new_id("Ev", 9),
            "event_time": int(workspace.clock.now()),
            "authorizations": [workspace.authorization()],
            "is_ext_shared_channel": self._is_ext_shared(event),
            "event_context": f"4-{workspace.id}-{new_id('', 24)}",
        }
        if workspace.org is not None:
            outer["enterprise_id"] = workspace.org.id
        self._send(name, outer)

    def _is_ext_shared(self, event: Json) -> bool:
        item = event.get("item", {})
        place = event.get("channel") or event.get("channel_id") or item.get("channel") or ""
        channel = self._workspace.channels.get(place) if isinstance(place, str) else None
        return channel is not None and channel.is_ext_shared

    def _message(self, channel: Channel, event: Json) -> None:
        workspace = self._workspace
        member = workspace.install.bot_user in channel.members
        if member and _HISTORY_SCOPE[channel.kind] in workspace.install.scopes:
            self.emit(_SUBSCRIPTION[channel.kind], event)

    def _posted(self, change: Change) -> None:
        message, channel = _both(change)
        workspace = self._workspace
        event = _with_stubs(workspace.shown(message), channel)
        for gone in ("reply_count", "reply_users", "reply_users_count", "latest_reply"):
            event.pop(gone, None)
        event |= {
            "channel": channel.id,
            "event_ts": message.ts,
            "channel_type": channel.kind.value,
        }
        if message.file_ids:
            event |= {"subtype": "file_share", "upload": False}
        self._mention(message, channel, event)
        self._message(channel, event)
        self._links(message, channel)
        for file_id in message.file_ids:
            shared: Json = {
                "type": "file_shared",
                "channel_id": channel.id,
                "file_id": file_id,
                "user_id": message.user,
                "file": {"id": file_id},
                "event_ts": message.ts,
            }
            if "files:read" in workspace.install.scopes:
                self.emit("file_shared", shared)

    def _links(self, message: Message, channel: Channel) -> None:
        """Links to the app's domains are told from everywhere, but for the app's own messages."""
        workspace = self._workspace
        found = links(message.body.get("text", ""), workspace.app.unfurl_domains)
        may = "links:read" in workspace.install.scopes and not message.by_app
        if not found or not may or "link_shared" not in workspace.app.events:
            return
        digits = message.ts.replace(".", "")
        unfurl_id = f"{channel.id}.{digits}.{new_id('', 32).lower()}"
        shared = SharedLinks(channel.id, message.ts, tuple(url for _, url in found))
        keep(workspace.shared_links, unfurl_id, shared, limit=1000)
        event: Json = {
            "type": "link_shared",
            "channel": channel.id,
            "is_bot_user_member": workspace.install.bot_user in channel.members,
            "user": message.user,
            "message_ts": message.ts,
            "unfurl_id": unfurl_id,
            "source": "conversations_history",
            "links": [{"domain": domain, "url": url} for domain, url in found],
            "user_locale": workspace.users[message.user].locale,
            "event_ts": message.ts,
        }
        if message.thread_ts:
            event["thread_ts"] = message.thread_ts
        self.emit("link_shared", event)

    def _mention(self, message: Message, channel: Channel, event: Json) -> None:
        workspace = self._workspace
        bot = workspace.install.bot_user
        wanted = (
            channel.kind is not Kind.IM
            and message.user != bot
            and bot in channel.members
            and f"<@{bot}>" in message.body.get("text", "")
            and "app_mentions:read" in workspace.install.scopes
        )
        if wanted:
            mention = {k: v for k, v in event.items() if k not in ("subtype", "channel_type")}
            self.emit("app_mention", {**mention, "type": "app_mention"})

    def _edited(self, change: Change) -> None:
        message, channel = _both(change)
        event: Json = {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "message": _with_stubs(self._workspace.shown(message), channel),
            "previous_message": _with_stubs(change.before or {}, channel),
        }
        self._message(channel, event | self._stamp(channel))

    def _deleted(self, change: Change) -> None:
        message, channel = _both(change)
        if message.ephemeral_to:
            return
        event: Json = {
            "type": "message",
            "subtype": "message_deleted",
            "hidden": True,
            "deleted_ts": message.ts,
            "previous_message": _with_stubs(change.before or {}, channel),
        }
        self._message(channel, event | self._stamp(channel))

    def _stamp(self, channel: Channel) -> Json:
        ts = self._workspace.new_ts()
        return {
            "channel": channel.id,
            "ts": ts,
            "event_ts": ts,
            "channel_type": channel.kind.value,
        }

    def _reaction(self, change: Change) -> None:
        message, channel = _both(change)
        scopes = self._workspace.install.scopes
        member = self._workspace.install.bot_user in channel.members
        if not member or "reactions:read" not in scopes:
            return
        event: Json = {
            "type": change.kind,
            "user": change.user,
            "reaction": change.data["name"],
            "item": {"type": "message", "channel": channel.id, "ts": message.ts},
            "item_user": message.user,
            "event_ts": self._workspace.new_ts(),
        }
        self.emit(change.kind, event)

    def _home_opened(self, change: Change) -> None:
        event: Json = {
            "type": "app_home_opened",
            "user": change.user,
            "channel": self._workspace.dm(change.user).id,
            "tab": change.data["tab"],
            "event_ts": self._workspace.new_ts(),
        }
        if change.view is not None:
            event["view"] = view_shown(self._workspace, change.view)
        self.emit("app_home_opened", event)

    def _file_changed(self, change: Change) -> None:
        if change.file is None or "files:read" not in self._workspace.install.scopes:
            return
        if not self._workspace.may_see(self._workspace.install.bot_user, change.file):
            return
        name = "file_deleted" if change.file.deleted else "file_change"
        event: Json = {"type": name, "file_id": change.file.id}
        if name == "file_change":
            event["file"] = {"id": file_shown(self._workspace, change.file)["id"]}
        self.emit(name, event | {"event_ts": self._workspace.new_ts()})

    def _joined(self, change: Change) -> None:
        if change.channel is None:
            return
        bot = self._workspace.install.bot_user
        if bot not in change.channel.members and change.user != bot:
            return
        scope = "groups:read" if change.channel.is_private else "channels:read"
        if scope not in self._workspace.install.scopes:
            return
        event: Json = {
            "type": change.kind,
            "user": change.user,
            "channel": change.channel.id,
            "channel_type": change.channel.id[0],
            "team": self._workspace.id,
            "event_ts": self._workspace.new_ts(),
        }
        self.emit(change.kind, event)

    def _plain(self, change: Change) -> None:
        event = {"type": change.kind, **change.data, "event_ts": self._workspace.new_ts()}
        self.emit(change.kind, event)


_HANDLERS: dict[str, Callable[[Events, Change], None]] = {
    "posted": Events._posted,
    "edited": Events._edited,
    "deleted": Events._deleted,
    "reaction_added": Events._reaction,
    "reaction_removed": Events._reaction,
    "app_home_opened": Events._home_opened,
    "file_changed": Events._file_changed,
    "member_joined_channel": Events._joined,
    "member_left_channel": Events._joined,
    "agent_session_stopped": Events._plain,
    "agent_session_title_changed": Events._plain,
    "tokens_revoked": Events._plain,
    "team_access_granted": Events._plain,
    "team_access_revoked": Events._plain,
    "app_uninstalled": Events._plain,
}


def _with_stubs(shown: Json, channel: Channel) -> Json:
    """In a channel shared with another company files come as stubs, to be asked for.

    Source: https://docs.slack.dev/apis/slack-connect (2026)
    """
    if not channel.is_ext_shared or "files" not in shown:
        return shown
    stub = {"mode": "file_access", "file_access": "check_file_info"}
    return shown | {"files": [{"id": file["id"], **stub} for file in shown["files"]]}


def _both(change: Change) -> tuple[Message, Channel]:
    if change.message is None or change.channel is None:
        raise ValueError(f"a change of kind {change.kind} names no message")
    return change.message, change.channel
