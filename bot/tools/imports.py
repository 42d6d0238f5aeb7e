"""A picture posted in Slack in, an image of the gallery out: the same one for the same file."""

import asyncio
from collections.abc import Mapping
from typing import Any

from blocks import notices
from blocks.text import clip
from bot.domain.ids import new_id
from bot.domain.images import Image, Origin
from bot.domain.people import Person
from bot.errors import BadPicture, SlackError, UserError
from bot.planner.choose import nearest_aspect
from bot.services import Services
from bot.slack.downloads import download, ready_file
from bot.slack.file_calls import SlackFile
from bot.studio.formats import check_type
from bot.studio.imported import clean_import
from storage import gallery, gallery_moves

_TITLE_CHARS = 150


async def import_file(
    services: Services,
    *,
    team_id: str,
    file_id: str,
    by: Person,
    channel_id: str,
    thread_ts: str | None = None,
) -> Image:
    """Keep a picture that somebody posted; one that is in the gallery already is that one.

    Raises: CannotRead where the bot cannot see the file; BadPicture where it is no picture that we
        take, or a sheet of several of ours; SlackUnavailable where Slack does not give it now.
    """
    known = await services.store.read(gallery.on_file, file_id, team_id=team_id)
    if len(known) > 1:
        raise BadPicture(notices.is_a_sheet(len(known)))
    if known:
        return known[0]
    downloaded = await download(services.slack, file_id)
    file = downloaded.file
    loop = asyncio.get_running_loop()
    picture = await loop.run_in_executor(services.pixels, clean_import, downloaded.data)
    title = file_title(file)
    image = Image(
        id=new_id("img"),
        team_id=team_id,
        item_id=None,
        index=1,
        origin=Origin.IMPORTED,
        sha256=await services.blobs.put(picture.data, team_id=team_id),
        mime=picture.mime,
        width_px=picture.width_px,
        height_px=picture.height_px,
        size_bytes=len(picture.data),
        title=title,
        alt_text=title,
        prompt="",
        negative_prompt="",
        model_id="",
        style_id="",
        aspect=nearest_aspect(picture.width_px, picture.height_px),
        seed=None,
        charged_credits=0,
        requester_id=by.id,
        approver_id=by.id,
        channel_id=channel_id,
        thread_ts=thread_ts,
        slack_file_id=file_id,
        source_user_id=file.user_id or None,
        created_at=services.now(),
    )
    return await services.store.run(gallery_moves.import_once, image)


async def import_now(
    services: Services, file_id: str, *, by: Person, channel_id: str, thread_ts: str | None
) -> Image:
    """`import_file` while somebody waits for it.

    Raises: UserError in all cases.
    """
    try:
        return await import_file(
            services,
            team_id=by.team_id,
            file_id=file_id,
            by=by,
            channel_id=channel_id,
            thread_ts=thread_ts,
        )
    except SlackError as error:
        raise UserError(notices.SLACK_GIVES_NOTHING) from error


async def look_at(services: Services, file_id: str) -> SlackFile:
    """A picture's file as Slack describes it, once it has looked it through.

    Raises: CannotRead, BadPicture; SlackUnavailable.
    """
    file = await ready_file(services.slack, file_id)
    check_type(file.mime)
    return file


def file_title(file: SlackFile) -> str:
    """What a file is called, on one line."""
    return _title(file.title)


def title_of(file: Mapping[str, Any]) -> str:
    """What a file of a message is called: its title, else its name, on one line."""
    return _title(str(file.get("title") or file.get("name") or ""))


def _title(text: str) -> str:
    return clip(" ".join(text.split()), _TITLE_CHARS) or "picture"


def is_picture(file: Mapping[str, Any]) -> bool:
    """Whether a file of a message is a picture, or may be one that Slack says nothing of yet."""
    if file.get("mode") == "tombstone" or file.get("is_external"):
        return False
    mime = str(file.get("mimetype") or "")
    return not mime or mime.startswith("image/")
