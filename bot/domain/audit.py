"""What was decided and changed, by whom and when; append-only."""

from datetime import datetime
from enum import StrEnum

from bot.domain.base import Value


class Deed(StrEnum):
    """The kinds of entries."""

    SETTING_CHANGED = "setting changed"
    APPROVED = "approved"
    DENIED = "denied"
    STOPPED = "stopped"
    IMAGE_DELETED = "image deleted"
    IMAGE_IMPORTED = "image imported"
    INSERTED = "inserted into canvas"
    INSERT_UNDONE = "insert undone"


class AuditEntry(Value):
    """One line of the audit log."""

    team_id: str
    at: datetime
    actor_id: str
    deed: Deed
    subject: str
    """The setting's name, or the id of the proposal or image."""
    old: str = ""
    new: str = ""
