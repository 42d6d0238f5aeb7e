"""The full-size original of an image, posted into a thread when somebody needs it there."""

from blocks.text import link
from bot import refusals
from bot.domain.images import Image
from bot.domain.people import Person
from bot.errors import NotFound
from bot.gallery import shown
from bot.gallery.shown import Shown
from bot.services import Services
from bot.slack import files
from storage import gallery


async def post(services: Services, image_id: str, *, person: Person) -> str:
    """Post one picture into its thread, once; where it is, in mrkdwn.

    A picture that Slack has by itself already, an imported one for instance, is not posted again.

    Raises: NotFound; NotAllowed where we are switched off there; StorageError, SlackError.
    """
    found = await shown.find(services, image_id, team_id=person.team_id)
    image = found.image
    name = "The picture" if _is_alone(found) else f"Image {image.index}"
    file_id = found.file_id if _is_alone(found) else image.slack_file_id
    if file_id is not None:
        file = await services.slack.file(file_id)
        if file is not None and "permalink" in file:
            return f"{name} is in this thread already: " + link(str(file["permalink"]), "open it")
    place = found.place
    refusals.check_channel(await services.workspace(person.team_id), place.channel_id)
    await _upload(services, image, channel_id=place.channel_id, thread_ts=place.thread_ts)
    return f"{name} is on its way into the thread."


async def post_vector(services: Services, image_id: str, *, person: Person) -> str:
    """Post the drawing that a picture was made from, as SVG; that it is on its way.

    Raises: NotFound; NotAllowed where we are switched off there; StorageError, SlackError.
    """
    found = await shown.find(services, image_id, team_id=person.team_id)
    image, place = found.image, found.place
    if image.vector_sha256 is None:
        raise NotFound("This picture was not made from a drawing.")
    refusals.check_channel(await services.workspace(person.team_id), place.channel_id)
    drawing = files.Upload(
        data=await services.blobs.get(image.vector_sha256, team_id=image.team_id),
        mime="image/svg+xml",
        title=f"{image.title} {image.index}",
        alt=image.alt_text,
        note=_unnoted,
    )
    await files.upload(
        services,
        [drawing],
        channel_id=place.channel_id,
        thread_ts=place.thread_ts,
        comment=f"Image {image.index} as SVG",
    )
    return "The SVG file is on its way into the thread."


async def _unnoted(_file_id: str) -> bool:
    """It is the picture's file that is kept, not this one."""
    return True


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


def _is_alone(found: Shown) -> bool:
    """Whether the file that shows the image shows nothing else."""
    return found.image.item_id is None or found.together == 1
