"""Small pictures for Slack's files."""

import io

from PIL import Image


def png(width_px: int = 24, height_px: int = 16, colour: str = "teal") -> bytes:
    """A PNG of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (width_px, height_px), colour).save(buffer, "PNG")
    return buffer.getvalue()
