"""The one truth: what each workspace holds, moved by plain methods that tell their listeners."""

from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from .blockkit.state import kept_values
from .canvas.access import access_of
from .clock import Clock
from .links import SharedLinks
from .manifest import App
from .model import (
    Change,
    Channel,
    File,
    Grant,
    Installation,
    Kind,
    Listener,
    Message,
    Org,
    ResponseUrl,
    Token,
    Trigger,
    User,
    UserGroup,
    View,
    bury,
)
from .shown import message_shown
from .wire import Json, new_hash, new_id

K = TypeVar("K")
V = TypeVar("V")


@dataclass
class Workspace:
    """One team: everything that is said, shared and opened in it."""

    id: str
    name: str
    domain: str
    clock: Clock
    base_url: str
    message_limit: int
    listeners: list[Listener]
    app: App
    install: Installation
    org: Org | None = None
    free_plan: bool = False
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    triggers: OrderedDict[str, Trigger] = field(default_factory=OrderedDict)
    response_urls: OrderedDict[str, ResponseUrl] = field(default_factory=OrderedDict)
    ephemerals: OrderedDict[str, Message] = field(default_factory=OrderedDict)
    offered: OrderedDict[tuple[str, ...], list[Json]] = field(default_factory=OrderedDict)
    usergroups: dict[str, UserGroup] = field(default_factory=dict)
    emoji: dict[str, str] = field(default_factory=dict)
    shared_links: OrderedDict[str, SharedLinks] = field(default_factory=OrderedDict)
    prompts: dict[str, Json] = field(default_factory=dict)
    sessions: dict[tuple[str, str], Json] = field(default_factory=dict)
    _ages: deque[tuple[str, str]] = field(default_factory=deque)
    _last_ts: int = 0

    def tell(self, change: Change) -> None:
        for listener in self.listeners:
            listener(change)

    def new_ts(self) -> str:
        """A timestamp no other message has."""
        micros = max(int(self.clock.now() * 1_000_000), self._last_ts + 1)
        self._last_ts = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    # messages

    def post(self, message: Message) -> None:
        channel = self.channels[message.channel]
        channel.messages[message.ts] = message
        if message.thread_ts and message.thread_ts != message.ts:
            channel.messages[message.thread_ts].replies.append(message.ts)
        for file_id in message.file_ids:
            share: Json = {"ts": message.ts, "channel_name": channel.name}
            if message.thread_ts:
                share["thread_ts"] = message.thread_ts
            self.files[file_id].shares.setdefault(channel.id, []).append(share)
        channel.read[message.user] = message.ts
        self._ages.append((channel.id, message.ts))
        while len(self._ages) > self.message_limit:
            self._drop_oldest()
        self.tell(Change("posted", self.id, message=message, channel=channel))

    def show_ephemeral(self, message: Message) -> None:
        keep(self.ephemerals, message.ts, message, limit=1000)
        self.tell(Change("ephemeral", self.id, message=message))

    def edit(self, message: Message, body: Json, *, file_ids: tuple[str, ...] = ()) -> None:
        """Replace what the message says; new files are added.

        What people chose stays where a block's id and an element's stay, whatever is now initial.
        Source: https://github.com/slackapi/java-slack-sdk/issues/762 (2021)
        """
        before = self.shown(message)
        message.body = body
        message.file_ids += file_ids
        for user, values in message.state.items():
            message.state[user] = kept_values(body.get("blocks", []), values)
        channel = self.channels[message.channel]
        for file_id in file_ids:
            share = {"ts": message.ts, "channel_name": channel.name}
            self.files[file_id].shares.setdefault(channel.id, []).append(share)
        kind = "ephemeral_edited" if message.ephemeral_to else "edited"
        self.tell(Change(kind, self.id, message=message, before=before, channel=channel))

    def grow(self, message: Message) -> None:
        """More of a streamed message is there; apps hear of it once, at the end."""
        channel = self.channels[message.channel]
        self.tell(Change("streamed", self.id, message=message, channel=channel))

    def delete(self, message: Message) -> None:
        """Take a message away; where replies hang on it a tombstone stays until they go too."""
        before = self.shown(message)
        channel = self.channels[message.channel]
        parent = None
        if message.ephemeral_to:
            self.ephemerals.pop(message.ts, None)
        elif any(ts in channel.messages for ts in message.replies):
            bury(message)
            self.tell(Change("edited", self.id, message=message, before=before, channel=channel))
            return
        else:
            channel.messages.pop(message.ts, None)
            parent = channel.messages.get(message.thread_ts or "")
            if parent is not None and message.ts in parent.replies:
                parent.replies.remove(message.ts)
        self.tell(Change("deleted", self.id, message=message, before=before, channel=channel))
        if parent is not None and not parent.replies and parent.is_tombstone:
            self.delete(parent)

    def _drop_oldest(self) -> None:
        channel_id, ts = self._ages.popleft()
        channel = self.channels.get(channel_id)
        old = channel.messages.pop(ts, None) if channel else None
        if channel is None or old is None:
            return
        parent = channel.messages.get(old.thread_ts or "")
        if parent is not None and ts in parent.replies:
            parent.replies.remove(ts)
        for file_id in old.file_ids:
            file = self.files.get(file_id)
            if file is not None and sum(map(len, file.shares.values())) == 1:
                del self.files[file_id]

    def thread(self, channel: Channel, ts: str) -> list[Message]:
        """The parent and its replies, oldest first."""
        parent = channel.messages.get(ts)
        if parent is None:
            return []
        return [parent, *(channel.messages[r] for r in parent.replies if r in channel.messages)]

    def top_level(self, channel: Channel) -> Iterator[Message]:
        """Newest first, without replies but for those also sent to the channel."""
        for message in reversed(channel.messages.values()):
            broadcast = message.body.get("subtype") == "thread_broadcast"
            if broadcast or message.thread_ts is None or message.thread_ts == message.ts:
                yield message

    def find_message(self, channel: str, ts: str) -> Message | None:
        """A message or an ephemeral one, by channel and timestamp."""
        found = self.channels[channel].messages.get(ts) if channel in self.channels else None
        if found is None:
            hidden = self.ephemerals.get(ts)
            found = hidden if hidden is not None and hidden.channel == channel else None
        return found

    def shown(self, message: Message) -> Json:
        """The message in Slack's shape, with its replies, reactions and files as of now."""
        return message_shown(self, message)

    def authorization(self) -> Json:
        """The installation that lets the app see what happens here."""
        return {
            "enterprise_id": self.org.id if self.org else None,
            "team_id": self.id,
            "user_id": self.install.bot_user,
            "is_bot": True,
            "is_enterprise_install": self.install.by_org,
        }

    # people and places

    @property
    def bot(self) -> User:
        return self.users[self.install.bot_user]

    def dm(self, user: str) -> Channel:
        """The conversation between the bot and `user`, opened if need be."""
        members = [user, self.install.bot_user]
        for channel in self.channels.values():
            if channel.kind is Kind.IM and set(channel.members) == set(members):
                return channel
        return self.add_channel(Channel(new_id("D"), "", Kind.IM, members))

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        self.tell(Change("channel", self.id, channel=channel))
        return channel

    def teams_in(self, channel: Channel) -> list[str]:
        """The companies that share a channel, this workspace first."""
        teams = [self.users[user].team or self.id for user in channel.members if user in self.users]
        return list(dict.fromkeys([self.id, *teams]))

    def shares_channel(self, user: User) -> bool:
        """Whether the app is in a channel with this person."""
        bot = self.install.bot_user
        return any(
            channel.is_ext_shared and user.id in channel.members and bot in channel.members
            for channel in self.channels.values()
        )

    def knows(self, known_id: str) -> bool:
        """Whether an id of a channel, person, file, view or trigger is one of this workspace."""
        places = (self.channels, self.users, self.files, self.views, self.triggers)
        return any(known_id in place for place in places)

    def person_named(self, name: str) -> User | None:
        name = name.casefold()
        for user in self.users.values():
            if name in (user.id.casefold(), user.name.casefold(), user.real_name.casefold()):
                return user
        return None

    # ids that live for a while

    def new_trigger(self, user: str, *, seconds: float, view_id: str | None = None) -> str:
        digits = str(int(self.clock.now() * 1_000_000))
        trigger_id = f"{digits[-12:]}.{digits[-13:]}.{new_id('', 16).lower()}"
        trigger = Trigger(user, self.clock.now() + seconds, view_id)
        keep(self.triggers, trigger_id, trigger, limit=5000)
        return trigger_id

    def new_response_url(self, url: ResponseUrl) -> str:
        response_id = new_id("", 24)
        keep(self.response_urls, response_id, url, limit=5000)
        return response_id

    # files

    def may_see(self, user: str, file: File) -> bool:
        """Its owner, whoever is in (or may join) a channel with it, the app it was handed to.

        A canvas is for those who were given access.
        """
        if file.canvas is not None:
            return access_of(self, user, file) is not None
        if file.user == user or (file.handed_to_app and user == self.install.bot_user):
            return True
        person = self.users[user]
        return any(self.channels[channel].is_open_to(person) for channel in file.shares)

    # views

    def stack(self, user: str) -> list[View]:
        return [self.views[view_id] for view_id in self.stacks.get(user, ())]

    def put_view(self, view: View, kind: str) -> None:
        """Store a new or changed view under a new hash, and say what happened to it."""
        view.hash = new_hash(self.clock.now())
        self.views[view.id] = view
        self.tell(Change(kind, self.id, view=view, user=view.user))

    def lose_views(self, user: str) -> None:
        """The client in which these modals stood is gone; nobody hears of it."""
        for view_id in self.stacks.pop(user, ()):
            self.views.pop(view_id, None)

    def close_views(self, user: str, views: Iterable[View], *, all_of_them: bool) -> None:
        stack = self.stacks.get(user, [])
        for view in views:
            self.views.pop(view.id, None)
            if view.id in stack:
                stack.remove(view.id)
            data: Json = {"all": all_of_them}
            self.tell(Change("view_closed", self.id, view=view, user=user, data=data))


@dataclass
class Store:
    """All workspaces by team id, and the tokens that open them."""

    workspaces: dict[str, Workspace] = field(default_factory=dict)
    orgs: dict[str, Org] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    grants: OrderedDict[str, Grant] = field(default_factory=OrderedDict)

    def of_org(self, org: str) -> list[Workspace]:
        """The organisation's workspaces."""
        return [w for w in self.workspaces.values() if w.org is not None and w.org.id == org]

    def clear(self) -> None:
        self.workspaces.clear()
        self.orgs.clear()
        self.tokens.clear()
        self.grants.clear()


def keep(kept: OrderedDict[K, V], key: K, value: V, *, limit: int) -> None:
    """Put, forgetting the oldest beyond `limit`."""
    kept[key] = value
    while len(kept) > limit:
        kept.popitem(last=False)
