"""The full-size original of an image, posted into its thread when somebody asks for it."""

from blocks.text import link
from bot.domain.people import Person
from bot.gallery import shown
from bot.gallery.shown import Shown
from bot.services import Services
from bot.slack import files
from storage import gallery


async def post(services: Services, image_id: str, *, person: Person) -> str:
    """Post one picture into its thread, once; where it is, in mrkdwn.

    A picture that Slack has by itself already, an imported one for instance, is not posted again.

    Raises: NotFound, StorageError, SlackError.
    """
    found = await shown.find(services, image_id, team_id=person.team_id)
    image = found.image
    name = "The picture" if _is_alone(found) else f"Image {image.index}"
    file_id = found.file_id if _is_alone(found) else image.slack_file_id
    if file_id is not None:
        file = await services.slack.file(file_id)
        if file is not None and "permalink" in file:
            return f"{name} is in this thread already: " + link(str(file["permalink"]), "open it")
    former = image.slack_file_id

    async def note(new_id: str) -> bool:
        return await services.store.run(
            gallery.set_slack_file,
            image.id,
            team_id=person.team_id,
            slack_file_id=new_id,
            instead_of=former,
        )

    original = files.Upload(
        data=await services.blobs.get(image.sha256, team_id=person.team_id),
        mime=image.mime,
        title=f"{image.title} {image.index}",
        alt=image.alt_text,
        note=note,
    )
    await files.upload(
        services,
        [original],
        channel_id=found.place.channel_id,
        thread_ts=found.place.thread_ts,
        comment=f"Image {image.index}, {image.width_px} × {image.height_px} px",
    )
    return f"{name} is on its way into the thread."


def _is_alone(found: Shown) -> bool:
    """Whether the file that shows the image shows nothing else."""
    return found.image.item_id is None or found.together == 1
