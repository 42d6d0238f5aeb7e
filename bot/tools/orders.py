"""An item's job in, the complete order for its provider out, with the pictures to work on."""

import asyncio
import hashlib

from bot.domain.catalog import Size
from bot.domain.images import Image
from bot.domain.people import Tool
from bot.domain.proposals import ItemSource
from bot.errors import NotFound
from bot.services import Services
from bot.studio.check import order
from bot.studio.picture import open_picture
from bot.studio.provider import Order, SourcePicture
from bot.tools.imports import import_file
from storage import gallery, jobs
from storage.jobs import Job

_GONE = "The picture to work on was deleted."


async def order_for(services: Services, job: Job, key: str) -> Order:
    """What the item's provider is asked for under `key`; the same for every attempt.

    A picture that is still in Slack alone is imported, and its item names it from then on.

    Raises: BadField where the model cannot do it (any more); NotFound where a picture to work on
        is gone, BadPicture where it is none; StorageError where it cannot be read.
    """
    sources = await _sources(services, job)
    size = None
    if sources:
        loop = asyncio.get_running_loop()
        picture = await loop.run_in_executor(services.pixels, open_picture, sources[0].data)
        size = Size(width_px=picture.width, height_px=picture.height)
    return order(
        job.item.settings,
        tool=job.proposal.tool,
        title=job.item.title,
        seed=job.item.used_seed,
        key=key,
        catalog=services.catalog,
        sources=sources,
        source_size=size,
        end_user=_pseudonym(job),
    )


def _pseudonym(job: Job) -> str:
    """Who asked, for a provider that has to tell people apart: the same name, but nobody's."""
    whom = f"{job.proposal.team_id}:{job.proposal.requester_id}"
    return hashlib.sha256(whom.encode()).hexdigest()[:32]


async def _sources(services: Services, job: Job) -> tuple[SourcePicture, ...]:
    if job.proposal.tool not in (Tool.EDIT, Tool.UPSCALE):
        return ()
    team_id = job.proposal.team_id
    found = []
    for number, source in enumerate(job.item.sources):
        if source.image_id:
            image = await services.store.read(gallery.find, source.image_id, team_id=team_id)
        else:
            image = await _imported(services, job, number, source)
        if image is None:
            raise NotFound(_GONE)
        data = await services.blobs.get(image.sha256, team_id=team_id)
        found.append(SourcePicture(data=data, mime=image.mime))
    return tuple(found)


async def _imported(services: Services, job: Job, number: int, source: ItemSource) -> Image:
    """The picture as an image of the gallery, which approving the item allowed."""
    proposal = job.proposal
    image = await import_file(
        services,
        team_id=proposal.team_id,
        file_id=source.slack_file_id,
        by=await services.slack.person(proposal.requester_id, team_id=proposal.team_id),
        channel_id=proposal.channel_id,
        thread_ts=proposal.thread_ts,
    )
    await services.store.insist(
        jobs.imported, job.item.id, number=number, image_id=image.id, title=image.title
    )
    return image
