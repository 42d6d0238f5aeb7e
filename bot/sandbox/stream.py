"""Changes of the store as one person's client would learn of them, frame by frame."""

from collections.abc import Callable

from .canvas.shown import canvas_shown
from .journal import Entry, Journal
from .model import Change, Channel, Kind
from .shown import channel_shown, file_shown, view_shown
from .store import Workspace
from .wire import Json

Receive = Callable[[Json], None]


class Stream:
    """Who watches as whom; frames are made only while somebody watches."""

    def __init__(self, workspace: Workspace, journal: Journal) -> None:
        self._workspace = workspace
        self._journal = journal
        self._watchers: dict[str, list[Receive]] = {}
        self._log_watchers: list[Receive] = []
        self._logging = self._log

    def watch(self, user: str, receive: Receive, *, with_log: bool = False) -> Callable[[], None]:
        """Call `receive` with each frame for this user, until the returned function is called."""
        self._watchers.setdefault(user, []).append(receive)
        if with_log:
            if not self._log_watchers:
                self._journal.listeners.append(self._logging)
            self._log_watchers.append(receive)

        def stop() -> None:
            self._watchers[user].remove(receive)
            if not self._watchers[user]:
                del self._watchers[user]
            if receive in self._log_watchers:
                self._log_watchers.remove(receive)
                if not self._log_watchers:
                    self._journal.listeners.remove(self._logging)

        return stop

    def is_watched(self, user: str) -> bool:
        return user in self._watchers

    def take_over(self, other: "Stream") -> None:
        """Go on serving those who watched another stream."""
        self._watchers, self._log_watchers = other._watchers, other._log_watchers
        self._logging = other._logging  # what is in the journal's list, and is taken out again

    def app_connected(self, connected: bool) -> None:
        self._give(list(self._watchers), {"type": "app", "connected": connected})

    def __call__(self, change: Change) -> None:
        if not self._watchers:
            return
        make = _FRAMES.get(change.kind)
        if make is not None:
            make(self, change)

    @property
    def _watching(self) -> list[str]:
        """Who watches; of those who watched before a reset, whoever is still there."""
        return [user for user in self._watchers if user in self._workspace.users]

    def _give(self, users: list[str], frame: Json) -> None:
        for user in users:
            for receive in tuple(self._watchers.get(user, ())):
                receive(frame)

    def _readers(self, channel: Channel) -> list[str]:
        users = self._workspace.users
        return [user for user in self._watching if channel.is_open_to(users[user])]

    def _posted(self, change: Change) -> None:
        if change.message is None or change.channel is None:
            return
        message, channel = change.message, change.channel
        readers = self._readers(channel)
        shown = self._workspace.shown(message)
        self._give(readers, {"type": "message", "channel": channel.id, "message": shown})
        parent = channel.messages.get(message.thread_ts or "")
        if parent is not None and parent is not message:
            shown = self._workspace.shown(parent)
            self._give(
                readers, {"type": "message_changed", "channel": channel.id, "message": shown}
            )

    def _changed(self, change: Change) -> None:
        if change.message is None or change.channel is None:
            return
        frame = {
            "type": "message_changed",
            "channel": change.channel.id,
            "message": self._workspace.shown(change.message),
        }
        self._give(self._readers(change.channel), frame)

    def _deleted(self, change: Change) -> None:
        if change.message is None or change.channel is None:
            return
        frame: Json = {
            "type": "message_deleted",
            "channel": change.channel.id,
            "ts": change.message.ts,
        }
        if change.message.thread_ts:
            frame["thread_ts"] = change.message.thread_ts
        hidden_from = change.message.ephemeral_to
        self._give([hidden_from] if hidden_from else self._readers(change.channel), frame)

    def _ephemeral(self, change: Change) -> None:
        if change.message is None or change.message.ephemeral_to is None:
            return
        shown = self._workspace.shown(change.message)
        frame = {"type": "ephemeral", "channel": change.message.channel, "message": shown}
        self._give([change.message.ephemeral_to], frame)

    def _view(self, change: Change) -> None:
        if change.view is not None:
            frame = {"type": change.kind, "view": view_shown(self._workspace, change.view)}
            self._give([change.user], frame)

    def _view_closed(self, change: Change) -> None:
        if change.view is not None:
            frame = {"type": "view_closed", "view_id": change.view.id, **change.data}
            self._give([change.user], frame)

    def _file(self, change: Change) -> None:
        if change.file is not None:
            shown = file_shown(self._workspace, change.file)
            seers = [u for u in self._watching if self._workspace.may_see(u, change.file)]
            self._give(seers, {"type": "file_changed", "file": shown})

    def _canvas(self, change: Change) -> None:
        """Each reader sees it with what they may do; others learn that it is not for them."""
        file = change.file
        if file is None:
            return
        for user in self._watching:
            if not file.deleted and self._workspace.may_see(user, file):
                frame: Json = {
                    "type": "canvas",
                    "canvas": canvas_shown(self._workspace, file, user),
                }
            else:
                frame = {"type": "canvas_gone", "id": file.id}
            self._give([user], frame)

    def _channel(self, change: Change) -> None:
        if change.channel is None:
            return
        for user in self._readers(change.channel):
            shown = channel_for(self._workspace, change.channel, user)
            self._give([user], {"type": "channel", "channel": shown})

    def _in_channel(self, change: Change) -> None:
        if change.channel is not None:
            frame = {"type": change.kind, "channel": change.channel.id, **change.data}
            self._give(self._readers(change.channel), frame)

    def _log(self, entry: Entry) -> None:
        frame = {"type": "log", "entry": entry.shown()}
        for receive in tuple(self._log_watchers):
            receive(frame)


_FRAMES: dict[str, Callable[[Stream, Change], None]] = {
    "posted": Stream._posted,
    "edited": Stream._changed,
    "streamed": Stream._changed,
    "reaction_added": Stream._changed,
    "reaction_removed": Stream._changed,
    "deleted": Stream._deleted,
    "ephemeral": Stream._ephemeral,
    "ephemeral_edited": Stream._ephemeral,
    "view_opened": Stream._view,
    "view_pushed": Stream._view,
    "view_updated": Stream._view,
    "home_published": Stream._view,
    "view_closed": Stream._view_closed,
    "file_changed": Stream._file,
    "canvas_changed": Stream._canvas,
    "channel": Stream._channel,
    "member_joined_channel": Stream._channel,
    "member_left_channel": Stream._channel,
    "status": Stream._in_channel,
    "suggested_prompts": Stream._in_channel,
}


def channel_for(workspace: Workspace, channel: Channel, user: str) -> Json:
    """A channel as this person's list shows it, with what is unread."""
    shown = channel_shown(workspace, channel, viewer=user)
    read = channel.read.get(user, "0")
    unread = 0
    for message in reversed(channel.messages.values()):
        if message.ts <= read or unread > 99:
            break
        unread += message.thread_ts is None and message.user != user
    if channel.kind is Kind.IM:
        shown |= {"name": workspace.users[shown["user"]].real_name, "is_member": True, "topic": ""}
    else:
        shown["topic"] = channel.topic
    if channel.kind is Kind.MPIM:
        others = [workspace.users[member].real_name for member in channel.members if member != user]
        shown["name"] = ", ".join(others)
    return shown | {"unread": unread, "last_ts": next(reversed(channel.messages), "")}
