"""A finished picture in the Gallery, with everything needed to make it again."""

from datetime import datetime

from bot.domain.base import Value
from bot.domain.catalog import Aspect


class Image(Value):
    """One picture; its bytes lie in the blob store under `sha256`."""

    id: str
    team_id: str
    item_id: str
    index: int
    """Its number on the sheet, from 1."""
    sha256: str
    mime: str
    width_px: int
    height_px: int
    size_bytes: int
    title: str
    alt_text: str
    prompt: str
    negative_prompt: str
    model_id: str
    style_id: str
    aspect: Aspect
    seed: int | None
    charged_credits: int
    """Its share of the item's charge."""
    requester_id: str
    approver_id: str
    channel_id: str
    slack_file_id: str | None = None
    """The file of this picture alone, where one was posted."""
    created_at: datetime
