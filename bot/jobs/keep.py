"""What a provider made in, images in the gallery and an item that is `made` out."""

import asyncio
from decimal import Decimal
from functools import partial

import structlog

from blocks.receipt import alt_text
from bot.decisions import enqueuer
from bot.domain.catalog import Aspect, ImageModel
from bot.domain.ids import new_id
from bot.domain.images import Image, Origin
from bot.domain.people import Tool
from bot.domain.proposals import Item
from bot.errors import BadPicture, StorageError
from bot.jobs.settle import give_up
from bot.planner.choose import nearest_aspect
from bot.services import Services
from bot.studio.picture import mime_type, open_picture
from bot.studio.provider import Made, Picture
from bot.studio.safety import judge
from storage import jobs
from storage.jobs import Job, Submission

_STORE_PAUSES_SECONDS = (0.2, 1.0, 5.0, 20.0, 60.0)
"""Between attempts to store pictures that are in hand, paid for and nowhere else."""

_log = structlog.stdlib.get_logger()


async def keep(
    services: Services, job: Job, submission: Submission, made: Made, *, model: ImageModel
) -> None:
    """Store what the provider made and enter it into the gallery.

    Where it cannot be stored after all, a person decides, as for an answer that was lost.
    """
    images = []
    shortfall = made.shortfall
    for picture in made.pictures:
        try:
            if model.is_ai and await _is_flagged(services, picture):
                shortfall = shortfall or "The studio's safety check held an image back."
                continue
            images.append(await _image(services, job, picture, model=model))
        except BadPicture:
            shortfall = shortfall or "The provider sent something that is not a picture."
        except StorageError as error:
            await services.store.insist(
                jobs.unknown, job.item.id, key=submission.key, words=f"{error.reason}."
            )
            return
    if not images:
        await give_up(services, job.item.id, shortfall or "The provider sent no picture.")
        return
    # Numbered as they stand on the sheet: one that is no picture leaves no gap.
    images = [image.model_copy(update={"index": n}) for n, image in enumerate(images, start=1)]
    await services.store.insist(
        jobs.made,
        job.item.id,
        images=images,
        seconds=made.seconds,
        shortfall=shortfall,
        cost_usd=_sane(made.cost_usd),
        provider_id=made.request_id,
        enqueue=enqueuer(services) if job.posts_apart else None,
    )


def _sane(cost_usd: Decimal | None) -> Decimal | None:
    """What a provider says it cost, unless that is no amount."""
    return cost_usd if cost_usd is not None and cost_usd.is_finite() and cost_usd >= 0 else None


async def _is_flagged(services: Services, picture: Picture) -> bool:
    """Whether the optional safety check takes a picture for unfit; where it is not installed, no.

    Raises: BadPicture.
    """
    look = partial(judge, picture.data, score=services.score)
    verdict = await asyncio.get_running_loop().run_in_executor(services.pixels, look)
    return verdict.is_flagged


async def _image(services: Services, job: Job, picture: Picture, *, model: ImageModel) -> Image:
    loop = asyncio.get_running_loop()
    opened = await loop.run_in_executor(services.pixels, open_picture, picture.data)
    item, proposal = job.item, job.proposal
    outcome = proposal.outcome
    vector = None
    if picture.vector is not None:
        vector = await _store(services, picture.vector, team_id=proposal.team_id)
    return Image(
        id=new_id("img"),
        team_id=proposal.team_id,
        item_id=item.id,
        index=picture.index,  # of the order; `_keep` numbers what was good
        sha256=await _store(services, picture.data, team_id=proposal.team_id),
        mime=mime_type(picture.data),
        width_px=opened.width,
        height_px=opened.height,
        size_bytes=len(picture.data),
        title=item.title,
        alt_text=alt_text(item.title, picture.description, is_ai=model.is_ai),
        origin=_ORIGINS.get(proposal.tool, Origin.GENERATED),
        parent_id=item.sources[0].image_id if item.sources else None,
        prompt=item.settings.prompt,
        negative_prompt=item.settings.negative_prompt,
        model_id=item.settings.model_id,
        style_id=item.settings.style_id,
        aspect=_aspect(item, opened.size),
        seed=_seed(item, picture),
        is_transparent=item.settings.is_transparent,
        vector_sha256=vector,
        charged_credits=0,
        requester_id=proposal.requester_id,
        approver_id=outcome.by if outcome else proposal.requester_id,
        channel_id=proposal.channel_id,
        created_at=services.now(),
    )


def _seed(item: Item, picture: Picture) -> int | None:
    """What the provider says, else what was ordered: the seeds of an item follow by one."""
    if picture.seed is not None or item.used_seed is None:
        return picture.seed
    return item.used_seed + picture.index - 1


_ORIGINS = {Tool.EDIT: Origin.EDITED, Tool.UPSCALE: Origin.UPSCALED}


def _aspect(item: Item, size_px: tuple[int, int]) -> Aspect:
    """The aspect that was asked for; of a picture made from another, the nearest one."""
    return nearest_aspect(*size_px) if item.sources else item.settings.aspect


async def _store(services: Services, data: bytes, *, team_id: str) -> str:
    for pause_seconds in _STORE_PAUSES_SECONDS:
        try:
            return await services.blobs.put(data, team_id=team_id)
        except StorageError as error:
            _log.warning("image_not_stored", reason=error.reason)
            await asyncio.sleep(pause_seconds)
    return await services.blobs.put(data, team_id=team_id)
