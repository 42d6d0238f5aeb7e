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
    GENERATE = "generate"

    @property
    def label(self) -> str:
        """As people read it."""
        return self.value.replace("_", " ").capitalize()


class Mode(StrEnum):
    """What a workspace allows a tool."""

    AUTO = "auto"
    ASK = "ask"
    BLOCKED = "blocked"


DEFAULT_MODES: Mapping[Tool, Mode] = {
    Tool.BROWSE_MODELS: Mode.AUTO,
    Tool.LIST_IMAGES: Mode.AUTO,
    Tool.PROPOSE: Mode.AUTO,
    Tool.GENERATE: Mode.ASK,
}


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
    budget_credits: int
    """What may be spent in a calendar month (UTC)."""
    approvers: frozenset[str] = frozenset()
    """User ids who may decide anybody's proposal; a requester may always decide their own."""
    modes: Mapping[Tool, Mode] = Field(default_factory=lambda: DEFAULT_MODES)
    guests_may_spend: bool = False

    def mode(self, tool: Tool) -> Mode:
        """The workspace's mode for a tool, or the tool's default."""
        return self.modes.get(tool, DEFAULT_MODES[tool])
