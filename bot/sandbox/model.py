"""What a workspace holds: people, channels, messages, files, views and the short-lived ids."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from .canvas.access import Canvas
from .streamed import Streamed
from .wire import Json

SLACKBOT = "USLACKBOT"
TOMBSTONE = "tombstone"


class Kind(StrEnum):
    """A channel's type, as events spell it in `channel_type`."""

    CHANNEL = "channel"
    GROUP = "group"
    IM = "im"
    MPIM = "mpim"


@dataclass
class Org:
    """An Enterprise organisation: workspaces that share their people, and perhaps one install."""

    id: str
    name: str
    domain: str
    is_installed: bool = False
    bot_user: str = ""
    bot_id: str = ""
    bot_token: str = ""


@dataclass
class User:
    """`team` is empty for a member, else the other company's workspace (Slack Connect)."""

    id: str
    name: str
    real_name: str
    tz: str = "Europe/London"
    tz_label: str = "Greenwich Mean Time"
    tz_offset: int = 0
    locale: str = "en-GB"
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_bot: bool = False
    deleted: bool = False
    team: str = ""


@dataclass(slots=True)
class Message:
    """One message; `body` holds what does not change until an edit replaces it whole."""

    channel: str
    ts: str
    user: str
    body: Json
    thread_ts: str | None = None
    file_ids: tuple[str, ...] = ()
    by_app: bool = False
    ephemeral_to: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    replies: list[str] = field(default_factory=list)
    state: dict[str, Json] = field(default_factory=dict)
    streamed: Streamed | None = None

    @property
    def is_tombstone(self) -> bool:
        return self.body.get("subtype") == TOMBSTONE


@dataclass
class Channel:
    id: str
    name: str
    kind: Kind
    members: list[str]
    creator: str = ""
    topic: str = ""
    is_general: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False
    canvas: str = ""
    canvas_tabs: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        return self.kind is not Kind.CHANNEL

    def is_open_to(self, user: User) -> bool:
        """Whether this person may read here: members, and in public channels all but guests."""
        if user.id in self.members:
            return True
        return self.kind is Kind.CHANNEL and not user.is_restricted and not user.team


@dataclass
class File:
    """`processed` is False while Slack scans: no type and no dimensions until then."""

    id: str
    name: str
    title: str
    user: str
    created: int
    size: int
    alt_txt: str = ""
    data: bytes = b""
    mimetype: str = ""
    filetype: str = ""
    width_px: int = 0
    height_px: int = 0
    uploaded: bool = False
    completed: bool = False
    processed: bool = False
    deleted: bool = False
    handed_to_app: bool = False
    public_link: bool = False
    canvas: Canvas | None = None
    updated: int = 0
    shares: dict[str, list[Json]] = field(default_factory=dict)


@dataclass
class UserGroup:
    id: str
    name: str
    handle: str
    users: tuple[str, ...]
    description: str = ""
    created_by: str = ""
    disabled: bool = False


@dataclass
class View:
    """A modal or a Home: `body` as the app sent it with ids filled in, `values` its state."""

    id: str
    user: str
    kind: str
    body: Json
    values: Json
    hash: str
    root_id: str
    previous_id: str | None = None


@dataclass
class Trigger:
    user: str
    expires: float
    view_id: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    user: str
    channel: str
    expires: float
    left: int = 5
    message_ts: str | None = None
    thread_ts: str | None = None
    ephemeral: bool = False


@dataclass
class Token:
    """A key to the API; of `team`, of all of `org` where the app was added, or of the app alone.

    `kind` is bot, user or app; `refresh` renews it where tokens rotate, until `expires`, and not
    long after it was first `renewed`.
    """

    kind: str
    team: str
    scopes: tuple[str, ...]
    revoked: bool = False
    org: str = ""
    user: str = ""
    expires: float | None = None
    refresh: str | None = None
    renewed: float | None = None
    inactive: bool = False


@dataclass
class Installation:
    """The app in one workspace: its bot's ids, and what it holds there while `is_active`.

    `by_org` says that it came through the organisation's install.
    """

    app_id: str
    bot_id: str
    bot_user: str
    bot_token: str = ""
    scopes: tuple[str, ...] = ()
    is_active: bool = False
    by_org: bool = False


@dataclass
class Grant:
    """What a person allowed on the install page, until the app redeems its code."""

    team: str
    org: str
    user: str
    scopes: tuple[str, ...]
    user_scopes: tuple[str, ...]
    redirect_uri: str | None
    expires: float
    redeemed: bool = False


@dataclass(frozen=True)
class Change:
    """Something that happened in the store; `before` is the message's shown form before an edit."""

    kind: str
    team: str
    message: Message | None = None
    before: Json | None = None
    view: View | None = None
    file: File | None = None
    channel: Channel | None = None
    user: str = ""
    data: Json = field(default_factory=dict)


Listener = Callable[[Change], None]


def bury(message: Message) -> None:
    """Leave of a message only that it was there.

    Source: https://github.com/slack-edge/slack-edge/pull/10 (2024)
    """
    message.user, message.by_app, message.file_ids = SLACKBOT, False, ()
    message.thread_ts = message.ts
    message.streamed = None
    message.reactions.clear()
    message.state.clear()
    message.body = {
        "subtype": TOMBSTONE,
        "text": "This message was deleted.",
        "user": SLACKBOT,
        "parent_user_id": SLACKBOT,
        "hidden": True,
    }
