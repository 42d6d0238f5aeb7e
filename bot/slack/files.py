"""Puts finished pictures into a thread, once in effect: noted before, looked for after a crash."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from blocks.receipt import alt_text
from bot.domain.images import Image
from bot.services import Services
from bot.studio.grid import contact_sheet, encode_sheet
from bot.studio.picture import open_picture

_SHARING_SECONDS = 60.0
"""How long Slack may take to share a completed upload."""

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/svg+xml": "svg"}


async def shown_bytes(services: Services, images: Sequence[Image]) -> tuple[bytes, str]:
    """What goes into the thread: the only picture itself, or one sheet; with its type.

    On the sheet each has its own number.
    """
    contents = [await services.blobs.get(image.sha256, team_id=image.team_id) for image in images]
    if len(contents) == 1 and images[0].mime != "image/webp":
        return contents[0], images[0].mime
    loop = asyncio.get_running_loop()
    numbers = [image.index for image in images]
    return await loop.run_in_executor(services.pixels, partial(_sheet, contents, numbers))


def sheet_alt_text(images: Sequence[Image], *, is_ai: bool) -> str:
    """What the posted file shows: the only picture, or how many and of what."""
    if len(images) == 1:
        return images[0].alt_text
    return alt_text(images[0].title, f"A sheet of {len(images)} numbered variations", is_ai=is_ai)


@dataclass(frozen=True)
class Upload:
    """One picture on its way to Slack."""

    data: bytes
    mime: str
    title: str
    alt: str
    note: Callable[[str], Awaitable[bool]]
    """Writes the file's id down before anything is sent; False where somebody else is at it."""


async def upload(
    services: Services,
    uploads: Sequence[Upload],
    *,
    channel_id: str,
    thread_ts: str | None,
    comment: str,
) -> bool:
    """Upload pictures and share them into the thread, all in one message.

    Where somebody else is at one of them nothing is shared. True where they were.

    Raises: SlackError.
    """
    files = []
    for each in uploads:
        file_id, address = await services.slack.begin_upload(
            filename=f"{_slug(each.title)}.{_ENDINGS[each.mime]}",
            size_bytes=len(each.data),
            alt_text=each.alt,
        )
        if not await each.note(file_id):
            return False
        await services.slack.send_bytes(address, each.data)
        files.append((file_id, each.title))
    await services.slack.share_many(
        files, channel_id=channel_id, thread_ts=thread_ts, comment=comment
    )
    return True


async def is_shared(services: Services, file_id: str, *, channel_id: str) -> bool | None:
    """Whether a file stands in the channel; None where it does not and never will.

    Slack shares asynchronously: False of a young file may become True. An upload that was never
    completed, and a file that is not shared after a minute, will not be.

    Raises: SlackError.
    """
    file = await services.slack.file(file_id)
    if file is None:
        return None
    shares = file.get("shares") or {}
    if any(channel_id in shares.get(kind, {}) for kind in ("public", "private")):
        return True
    age_seconds = services.now().timestamp() - float(file.get("created") or 0)
    return None if age_seconds > _SHARING_SECONDS else False


def _sheet(contents: Sequence[bytes], numbers: Sequence[int]) -> tuple[bytes, str]:
    pictures = [open_picture(content) for content in contents]
    if len(pictures) == 1:
        return encode_sheet(pictures[0])
    return encode_sheet(contact_sheet(pictures, numbers=numbers))


def _slug(title: str) -> str:
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in title.lower()).split()
    return "-".join(words)[:60] or "image"
