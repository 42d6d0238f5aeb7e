"""A picture posted in Slack in, an image of the gallery out: the same one for the same file."""

import asyncio
from collections.abc import Mapping
from typing import Any

from blocks import notices
from blocks.text import clip
from bot.domain.ids import new_id
from bot.domain.images import Image, Origin
from bot.domain.people import Person
from bot.errors import BadPicture, NotFound, SlackError, SlackUnavailable, UserError
from bot.planner.choose import nearest_aspect
from bot.services import Services
from bot.studio.imported import cleaned
from bot.studio.picture import MAX_BYTES
from storage import gallery, gallery_moves

_PAUSES_SECONDS = (0.1, 0.3, 0.6, 1.0, 2.0, 4.0)
"""Between looks at a file that Slack has not looked through yet."""

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

    Raises: NotFound where the bot cannot see the file; BadPicture where it is no picture that we
        take, or a sheet of several of ours; SlackUnavailable where Slack does not give it now.
    """
    known = await services.store.read(gallery.on_file, file_id, team_id=team_id)
    if len(known) > 1:
        raise BadPicture(notices.is_a_sheet(len(known)))
    if known:
        return known[0]
    try:
        file = await look_at(services, file_id)
        data = await services.slack.download(
            str(file.get("url_private_download") or file.get("url_private")), max_bytes=MAX_BYTES
        )
    except SlackUnavailable:
        raise
    except SlackError as error:
        raise _refusal(error.code) from error
    loop = asyncio.get_running_loop()
    picture = await loop.run_in_executor(services.pixels, cleaned, data)
    title = title_of(file)
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
        alt_text=str(file.get("alt_txt") or title),
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
        source_user_id=str(file["user"]) if file.get("user") else None,
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


def _refusal(code: str) -> UserError:
    match code:
        case "too_large":
            return BadPicture(f"That picture is larger than {MAX_BYTES // 1_000_000} MB.")
        case "foreign_host":
            return BadPicture(notices.FILE_ELSEWHERE)
        case "not_readable":
            return NotFound(notices.FILE_NOT_READABLE)
        case _:
            return NotFound(notices.FILE_GONE)


async def look_at(services: Services, file_id: str) -> Mapping[str, Any]:
    """A picture's file as Slack describes it, once it has looked it through.

    Raises: NotFound, BadPicture, SlackError.
    """
    for pause_seconds in (*_PAUSES_SECONDS, None):
        file = await services.slack.file(file_id)
        if file is None or file.get("mode") == "tombstone":
            raise NotFound(notices.FILE_GONE)
        if file.get("is_external"):
            raise BadPicture(notices.FILE_ELSEWHERE)
        mime = str(file.get("mimetype") or "")
        if mime.startswith("image/"):
            return file
        if mime:
            raise BadPicture("That file is not a picture.")
        if pause_seconds is not None:
            await asyncio.sleep(pause_seconds)
    raise NotFound("Slack is still looking that file through. Please try again in a minute.")


def title_of(file: Mapping[str, Any]) -> str:
    """What a file is called: its title, else its name, on one line."""
    named = " ".join(str(file.get("title") or file.get("name") or "").split())
    return clip(named, _TITLE_CHARS) or "picture"


def is_picture(file: Mapping[str, Any]) -> bool:
    """Whether a file of a message is a picture, or may be one that Slack says nothing of yet."""
    if file.get("mode") == "tombstone" or file.get("is_external"):
        return False
    mime = str(file.get("mimetype") or "")
    return not mime or mime.startswith("image/")
