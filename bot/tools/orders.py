"""An item's job in, the complete order for its provider out, with the pictures to work on."""

import asyncio

from bot.domain.catalog import Size
from bot.domain.people import Tool
from bot.errors import NotFound
from bot.services import Services
from bot.studio.check import order
from bot.studio.picture import open_picture
from bot.studio.provider import Order, SourcePicture
from storage import gallery
from storage.jobs import Job

_GONE = "The picture to work on was deleted."


async def order_for(services: Services, job: Job, key: str) -> Order:
    """What the item's provider is asked for under `key`; the same for every attempt.

    Raises: BadField where the model cannot do it (any more); NotFound where a picture to work on
        is gone; StorageError where it cannot be read.
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
    )


async def _sources(services: Services, job: Job) -> tuple[SourcePicture, ...]:
    if job.proposal.tool not in (Tool.EDIT, Tool.UPSCALE):
        return ()
    team_id = job.proposal.team_id
    found = []
    for source in job.item.sources:
        image = await services.store.read(gallery.find, source.image_id, team_id=team_id)
        if image is None:
            raise NotFound(_GONE)
        data = await services.blobs.get(image.sha256, team_id=team_id)
        found.append(SourcePicture(data=data, mime=image.mime))
    return tuple(found)
