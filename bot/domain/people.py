"""Who somebody is to a workspace, and what the workspace lets its people and tools do."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from bot.domain.base import Value


class Tool(StrEnum):
    """Something the assistant can do; each has a mode in every workspace."""

    BROWSE_MODELS = "browse_models"
    LIST_IMAGES = "list_images"
    PROPOSE = "propose"
    IMPORT_ATTACHMENT = "import_attachment"
    GENERATE = "generate"
    GENERATE_BATCH = "generate_batch"
    EDIT = "edit"
    UPSCALE = "upscale"
    INSERT_INTO_CANVAS = "insert_into_canvas"

    @property
    def label(self) -> str:
        """As people read it."""
        return _TOOL_LABELS[self]


_TOOL_LABELS: Mapping[Tool, str] = {
    Tool.BROWSE_MODELS: "Browsing models",
    Tool.LIST_IMAGES: "Listing images",
    Tool.PROPOSE: "Proposing",
    Tool.IMPORT_ATTACHMENT: "Importing pictures",
    Tool.GENERATE: "Generating an image",
    Tool.GENERATE_BATCH: "Generating several images",
    Tool.EDIT: "Editing",
    Tool.UPSCALE: "Upscaling",
    Tool.INSERT_INTO_CANVAS: "Inserting into a canvas",
}


class Mode(StrEnum):
    """What a workspace allows a tool."""

    AUTO = "auto"
    ASK = "ask"
    BLOCKED = "blocked"


DEFAULT_MODES: Mapping[Tool, Mode] = {
    Tool.BROWSE_MODELS: Mode.AUTO,
    Tool.LIST_IMAGES: Mode.AUTO,
    Tool.PROPOSE: Mode.AUTO,
    Tool.IMPORT_ATTACHMENT: Mode.AUTO,
    Tool.GENERATE: Mode.ASK,
    Tool.GENERATE_BATCH: Mode.ASK,
    Tool.EDIT: Mode.ASK,
    Tool.UPSCALE: Mode.ASK,
    Tool.INSERT_INTO_CANVAS: Mode.ASK,
}


class ChannelMode(StrEnum):
    """What a channel's messages mean to us when they do not name us."""

    MENTIONS = "mentions"
    """Nothing: only mentions, commands, shortcuts and replies in our threads are for us."""
    REQUESTS = "requests"
    """A clear request for an image is answered without a mention."""
    OFF = "off"
    """We do not work in the channel at all."""


class Person(Value):
    """Somebody as Slack describes them to this workspace."""

    id: str
    team_id: str
    """The workspace that looks at them; their own may be another (`is_external`)."""
    name: str
    is_admin: bool = False
    """Admin or owner."""
    is_guest: bool = False
    is_external: bool = False
    """From another organisation (Slack Connect)."""
    tz: str = "UTC"


class Workspace(Value):
    """One Slack team with its rules."""

    id: str
    """Slack's team id."""
    revision: int = 0
    """Counts up with every change, so that two admins at once do not undo each other."""
    budget_credits: int
    """What may be spent in a calendar month (UTC)."""
    person_day_credits: int | None = None
    """What one person may spend on a day (UTC); None is no limit of their own."""
    channel_month_credits: int | None = None
    """What may be spent from one channel in a calendar month (UTC); None is no limit of its own."""
    approvers: frozenset[str] = frozenset()
    """User ids who may decide anybody's proposal; a requester may always decide their own."""
    modes: Mapping[Tool, Mode] = Field(default_factory=lambda: DEFAULT_MODES)
    guests_may_spend: bool = False
    externals_may_spend: bool = False
    """Whether people of other organisations (Slack Connect) may."""
    model_ids: frozenset[str] | None = None
    """The models that may be used; None is all of the catalog."""
    default_model_id: str | None = None
    """The model to propose where it can do what is asked; None chooses by task."""
    channel_modes: Mapping[str, ChannelMode] = Field(default_factory=dict)
    """By channel id; a channel without an entry is `mentions`."""
    lifetime_hours: float | None = None
    """How long a card waits for a decision; None is the operator's setting."""
    retention_days: int | None = None
    """After how many days images are deleted; None keeps them."""
    own_keys: Mapping[str, str] = Field(default_factory=dict)
    """By provider: the last characters of the workspace's own key, which lies sealed elsewhere."""

    def mode(self, tool: Tool) -> Mode:
        """The workspace's mode for a tool, or the tool's default."""
        return self.modes.get(tool, DEFAULT_MODES[tool])

    def channel_mode(self, channel_id: str) -> ChannelMode:
        """What unaddressed messages of a channel mean to us."""
        return self.channel_modes.get(channel_id, ChannelMode.MENTIONS)
