"""A finished picture in the Gallery, with everything needed to make it again."""

from datetime import datetime
from enum import StrEnum

from bot.domain.base import Value
from bot.domain.catalog import Aspect


class Origin(StrEnum):
    """How a picture came to be."""

    GENERATED = "generated"
    EDITED = "edited"
    UPSCALED = "upscaled"
    IMPORTED = "imported"


class Image(Value):
    """One picture; its bytes lie in the blob store under `sha256`."""

    id: str
    team_id: str
    item_id: str | None
    """The item that made it; None for an imported one."""
    index: int
    """Its number on the sheet, from 1."""
    origin: Origin = Origin.GENERATED
    parent_id: str | None = None
    """The image it was edited or upscaled from, which may have been deleted since."""
    sha256: str
    mime: str
    width_px: int
    height_px: int
    size_bytes: int
    title: str
    alt_text: str
    prompt: str
    """What it was asked to show; for an edit, what was asked to change; empty for an import."""
    negative_prompt: str
    model_id: str
    """Empty for an import."""
    style_id: str
    """Empty for an import."""
    aspect: Aspect
    """Of an edited, upscaled or imported picture: the nearest one."""
    seed: int | None
    is_transparent: bool = False
    """Whether a see-through ground was asked for."""
    vector_sha256: str | None = None
    """Under which its drawing lies as SVG, where the picture is made from one."""
    charged_credits: int
    """Its share of the item's charge."""
    requester_id: str
    """Who asked for it, or had it imported."""
    approver_id: str
    channel_id: str
    thread_ts: str | None = None
    """Of an import: the thread it was asked for in."""
    slack_file_id: str | None = None
    """The file of this picture alone: where one was posted, or the one it was imported from."""
    source_user_id: str | None = None
    """Who posted what was imported."""
    created_at: datetime

    @property
    def is_imported(self) -> bool:
        """Whether it came from Slack rather than from a model."""
        return self.origin is Origin.IMPORTED
