"""A Web API call: who calls, what with, and what the workspace lets it reach."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ..errors import Refused
from ..model import Channel, Kind, Message, Token, User
from ..store import Workspace
from ..wire import Json
from ..world import World
from .rates import Tier

READ_SCOPE = {
    Kind.CHANNEL: "channels:read",
    Kind.GROUP: "groups:read",
    Kind.IM: "im:read",
    Kind.MPIM: "mpim:read",
}
HISTORY_SCOPE = {
    Kind.CHANNEL: "channels:history",
    Kind.GROUP: "groups:history",
    Kind.IM: "im:history",
    Kind.MPIM: "mpim:history",
}


@dataclass(slots=True)
class Call:
    """One authorised call with its arguments read."""

    world: World
    workspace: Workspace
    token: Token | None
    args: Json

    @property
    def bot(self) -> str:
        return self.workspace.install.bot_user

    def require_scope(self, scope: str) -> None:
        """Raises: Refused `missing_scope`."""
        granted = self.token.scopes if self.token else ()
        if scope not in granted:
            provided = ",".join(granted)
            raise Refused("missing_scope", details={"needed": scope, "provided": provided})

    def channel(self, channel_id: str) -> Channel:
        """A channel the bot may know of: public, or one it is in.

        Raises: Refused `channel_not_found`.
        """
        channel = self.workspace.channels.get(channel_id)
        if channel is None or (channel.is_private and self.bot not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def channel_for_posting(self, channel_id: str, *, people: bool = False) -> Channel:
        """Where the bot may post; with `people`, a person's id means the conversation with them.

        Raises: Refused `channel_not_found`, `not_in_channel`, `is_archived`,
        `messages_tab_disabled`.
        """
        if people and channel_id in self.workspace.users and channel_id != self.bot:
            channel = self.workspace.dm(channel_id)
        else:
            channel = self.channel(channel_id)
        if channel.is_archived:
            raise Refused("is_archived")
        if channel.kind is Kind.IM and not self.world.app.messages_tab:
            raise Refused("messages_tab_disabled")
        scopes = self.token.scopes if self.token else ()
        if self.bot not in channel.members and "chat:write.public" not in scopes:
            raise Refused("not_in_channel")
        return channel

    def channel_with_history(self, channel_id: str) -> Channel:
        """Raises: Refused `channel_not_found`, `not_in_channel`, `missing_scope`."""
        channel = self.channel(channel_id)
        self.require_scope(HISTORY_SCOPE[channel.kind])
        if self.bot not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def thread_ts(self, channel: Channel, argument: str = "thread_ts") -> str | None:
        """The thread named in the arguments, if it exists and is a thread's parent.

        Raises: Refused `thread_not_found`, `cannot_reply_to_message`.
        """
        ts = self.args.get(argument)
        if ts is None:
            return None
        parent = channel.messages.get(str(ts))
        if parent is None:
            raise Refused("thread_not_found")
        if parent.thread_ts and parent.thread_ts != parent.ts:
            raise Refused("cannot_reply_to_message")
        return parent.ts

    def message(self, channel: Channel, ts: str) -> Message:
        """Raises: Refused `message_not_found`."""
        found = channel.messages.get(ts)
        if found is None:
            raise Refused("message_not_found")
        return found

    def user(self, user_id: str) -> User:
        """Raises: Refused `user_not_found`."""
        found = self.workspace.users.get(user_id)
        if found is None:
            raise Refused("user_not_found")
        return found


Handler = Callable[[Call], Awaitable[Json] | Json]


@dataclass(frozen=True)
class Method:
    """A line of the list.

    Any one of `scopes` is enough; `token` names the kinds it takes; a method that only reads is
    `form_only`: it takes its arguments from a form or the query string and none from JSON.

    Source: https://docs.slack.dev/apis/web-api (2026)
    """

    name: str
    handler: Handler
    tier: Tier
    scopes: tuple[str, ...] = ()
    required: str = ""
    optional: str = ""
    token: str = "bot"
    open_arguments: bool = False
    form_only: bool = False
