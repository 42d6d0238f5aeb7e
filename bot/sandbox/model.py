"""What a workspace holds: people, channels, messages, files, views and the short-lived ids."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from .canvas.access import Canvas
from .wire import Json


class Kind(StrEnum):
    """A channel's type, as events spell it in `channel_type`."""

    CHANNEL = "channel"
    GROUP = "group"
    IM = "im"
    MPIM = "mpim"


@dataclass
class User:
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
    canvas: str = ""
    canvas_tabs: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        return self.kind is not Kind.CHANNEL


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
    canvas: Canvas | None = None
    updated: int = 0
    shares: dict[str, list[Json]] = field(default_factory=dict)


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
    kind: str
    team: str
    scopes: tuple[str, ...]
    revoked: bool = False


@dataclass
class Installation:
    """The app in one workspace."""

    app_id: str
    bot_id: str
    bot_user: str
    bot_token: str
    scopes: tuple[str, ...]


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
