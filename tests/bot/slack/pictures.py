"""Small pictures for Slack's files."""

import io

from PIL import Image

from bot.sandbox import Sandbox
from bot.slack.gateway import Slack


def png(width_px: int = 24, height_px: int = 16, colour: str = "teal") -> bytes:
    """A PNG of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (width_px, height_px), colour).save(buffer, "PNG")
    return buffer.getvalue()


async def shared_picture(sandbox: Sandbox, slack: Slack, *, channel_id: str = "C0DESIGN01") -> str:
    """A picture of the app's that Slack has looked at and shared; its permalink."""
    data = png()
    file_id, address = await slack.begin_upload(
        filename="mug.png", size_bytes=len(data), alt_text="AI-generated image: a mug"
    )
    await slack.send_bytes(address, data)
    await slack.share(file_id, title="Mug", channel_id=channel_id, thread_ts=None, comment="")
    sandbox.advance(5)
    file = await slack.described_file(file_id)
    assert file is not None and file.is_ready
    return file.permalink
