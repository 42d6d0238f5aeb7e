"""The full-size original behind a number on a sheet, posted when somebody asks for it."""

from blocks import notices, replies
from blocks.text import link
from bot.decisions import of_item
from bot.domain.images import Image
from bot.domain.people import Person
from bot.errors import NotFound
from bot.services import Services
from bot.slack import files
from storage import gallery


async def post(services: Services, item_id: str, *, index: int, person: Person) -> None:
    """Post one picture into the thread of its proposal, once; then lead to it.

    Raises: NotFound, StorageError, SlackError.
    """
    proposal = await of_item(services, item_id, team_id=person.team_id)
    images = await services.store.read(gallery.of_item, item_id, team_id=person.team_id)
    image = next((image for image in images if image.index == index), None)
    if image is None:
        raise NotFound(notices.ELSEWHERE)
    thread_ts = proposal.thread_ts or proposal.card_ts
    if image.slack_file_id is not None:
        file = await services.slack.file(image.slack_file_id)
        if file is not None:
            words = f"Image {index} is in this thread already: " + link(
                str(file["permalink"]), "open it"
            )
            await services.slack.whisper(
                proposal.channel_id, person.id, replies.said(words), thread_ts=thread_ts
            )
            return
    await _upload(services, image, channel_id=proposal.channel_id, thread_ts=thread_ts)


async def shared(
    services: Services, image: Image, *, channel_id: str, thread_ts: str | None
) -> str | None:
    """The Slack file in a channel that shows an image alone, posted into the thread if need be.

    None while somebody else posts it.

    Raises: StorageError, SlackError.
    """
    for file_id in await services.store.read(gallery.files_alone, image):
        is_there = await files.is_shared(services, file_id, channel_id=channel_id)
        if is_there is not None:
            return file_id
    return await _upload(services, image, channel_id=channel_id, thread_ts=thread_ts)


async def _upload(
    services: Services, image: Image, *, channel_id: str, thread_ts: str | None
) -> str | None:
    """Post an image by itself; its file, or None where somebody else is at it."""
    noted: list[str] = []

    async def note(file_id: str) -> bool:
        noted.append(file_id)
        return await services.store.run(
            gallery.set_slack_file,
            image.id,
            team_id=image.team_id,
            slack_file_id=file_id,
            instead_of=image.slack_file_id,
        )

    original = files.Upload(
        data=await services.blobs.get(image.sha256, team_id=image.team_id),
        mime=image.mime,
        title=f"{image.title} {image.index}",
        alt=image.alt_text,
        note=note,
    )
    is_posted = await files.upload(
        services,
        [original],
        channel_id=channel_id,
        thread_ts=thread_ts,
        comment=f"Image {image.index}, {image.width_px} × {image.height_px} px",
    )
    return noted[0] if is_posted else None
