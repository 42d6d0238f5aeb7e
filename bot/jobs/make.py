"""From a queued item to pictures in the gallery: intent, submit, look up, poll, store."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import structlog

from blocks.receipt import alt_text
from bot.decisions import enqueuer, provider_name
from bot.domain.catalog import Aspect, ImageModel
from bot.domain.ids import new_id
from bot.domain.images import Image, Origin
from bot.domain.people import Mode, Tool
from bot.domain.proposals import Item, ItemState
from bot.errors import (
    BadPicture,
    Refused,
    SlackError,
    SlackUnavailable,
    StorageError,
    Unavailable,
    Unknown,
    UserError,
)
from bot.jobs.settle import end_unposted, give_up
from bot.planner.choose import nearest_aspect
from bot.services import Services
from bot.slack import cards
from bot.studio.picture import mime_type, open_picture
from bot.studio.provider import Absent, Accepted, Made, Picture, Provider
from bot.tools.orders import order_for
from storage import jobs
from storage.jobs import Job, Submission, SubmissionState

MAX_ATTEMPTS = 5
"""How often an order is sent to a provider that certainly did not take it before."""

_STORE_PAUSES_SECONDS = (0.2, 1.0, 5.0, 20.0, 60.0)
"""Between attempts to store pictures that are in hand, paid for and nowhere else."""

_MAX_SLACK_TRIES = 60
"""How often Slack is asked for a picture to work on: minutes, at the pauses it asks for."""

_MOMENT_SECONDS = 1.0
"""What is over sooner needs no step of its own on the card."""

_log = structlog.stdlib.get_logger()


async def submit(services: Services, item_id: str, times: int) -> float:
    """Hand the item's order to its provider, once; keep the pictures if they come at once."""
    job = await services.store.read(jobs.load, item_id)
    if job.item.state not in (ItemState.QUEUED, ItemState.SUBMITTING):
        return 0
    if job.proposal.tool is Tool.INSERT_INTO_CANVAS:
        await services.store.insist(jobs.begin_insertion, item_id)
        return 0
    provider = services.providers.get(provider_name(job.item.settings.model_id))
    model = services.catalog.model(job.item.settings.model_id)
    if job.submission is not None:
        # It may be paid for: whatever has changed since, nothing is released before it is known.
        if provider is None or model is None:
            await mark_unknown(services, job, job.submission)
            return 0
        return await _resume(services, job, job.submission, provider=provider, model=model)
    blocked = await _blocked(services, job)
    if blocked is not None:
        await give_up(services, item_id, blocked_words(blocked))
        return 0
    rules = await services.workspace(job.proposal.team_id)
    if model is not None and services.catalog.narrowed(rules.model_ids).model(model.id) is None:
        await give_up(services, item_id, "This workspace does not allow that model any more.")
        return 0
    if provider is None or model is None:
        await give_up(services, item_id, "This model is no longer offered.")
        return 0
    if job.attempts >= MAX_ATTEMPTS:
        await give_up(services, item_id, job.item.failure or "The provider cannot take it now.")
        return 0
    try:
        order = await order_for(services, job, new_id("sub"))
    except UserError as error:
        await give_up(services, item_id, error.words)
        return 0
    except SlackError as error:
        if isinstance(error, SlackUnavailable) and times < _MAX_SLACK_TRIES:
            return error.retry_after_seconds
        await give_up(services, item_id, "Slack did not give the picture to work on.")
        return 0
    except StorageError as error:
        await give_up(services, item_id, f"{error.reason}.")
        return 0
    if any(not source.image_id for source in job.item.sources):
        job = await services.store.read(jobs.load, item_id)  # it names what was imported
    try:
        submission = await services.store.run(
            jobs.intend, item_id, key=order.key, at=services.now()
        )
    except LookupError:
        # Stopped since it was looked at: nothing is sent.
        return 0
    try:
        async with _announced(services, job):
            answer = await provider.submit(order)
    except Unavailable as error:
        return await _put_back(services, job, submission, error)
    except Unknown:
        await mark_unknown(services, job, submission)
        return 0
    except Refused as error:
        await _refuse(services, job, error, model=model)
        return 0
    except Exception:
        # A bug of an adapter after the request may have left: treat it as sent.
        _log.exception("adapter_failed", provider=provider.name)
        await mark_unknown(services, job, submission)
        return 0
    return await _take(services, job, submission, answer, model=model)


@contextlib.asynccontextmanager
async def _announced(services: Services, job: Job) -> AsyncIterator[None]:
    """Let the card say that the images are being made, where that takes more than a moment."""

    is_over = asyncio.Event()

    async def announce() -> None:
        try:
            await asyncio.wait_for(is_over.wait(), _MOMENT_SECONDS)
        except TimeoutError:
            with contextlib.suppress(StorageError):
                await cards.try_show(services, job.proposal.id, team_id=job.proposal.team_id)

    announcing = asyncio.create_task(announce())
    try:
        yield
    finally:
        # Waited for, never cut off: an update of the card that arrives late would stay on it.
        is_over.set()
        await announcing


async def wait(services: Services, item_id: str, _times: int) -> float:
    """Ask the provider whether the pictures are ready, and keep them when they are."""
    job = await services.store.read(jobs.load, item_id)
    submission = job.submission
    if job.item.state is not ItemState.SUBMITTED or submission is None:
        return 0
    provider = services.providers.get(provider_name(job.item.settings.model_id))
    model = services.catalog.model(job.item.settings.model_id)
    if provider is None or model is None or submission.reference is None:
        await mark_unknown(services, job, submission)
        return 0
    try:
        order = await order_for(services, job, submission.key)
        made = await provider.poll(order, submission.reference)
    except (UserError, StorageError):
        await mark_unknown(services, job, submission)
        return 0
    except Unavailable as error:
        return max(error.retry_after_seconds, provider.poll_seconds)
    except Refused as error:
        await _refuse(services, job, error, model=model)
        return 0
    except Unknown:
        await mark_unknown(services, job, submission)
        return 0
    if made is None:
        return provider.poll_seconds
    await _keep(services, job, submission, made, model=model)
    return 0


async def look_up(services: Services, item_id: str) -> None:
    """Ask the provider once more about an item of which nobody knows; it stays so if it can't say.

    Where it can say, the item goes on, and the caller sees that it has a run.
    """
    job = await services.store.read(jobs.load, item_id)
    provider = services.providers.get(provider_name(job.item.settings.model_id))
    model = services.catalog.model(job.item.settings.model_id)
    if job.item.state is not ItemState.UNKNOWN or job.submission is None:
        return
    if provider is not None and model is not None:
        await _resume(services, job, job.submission, provider=provider, model=model)


async def mark_unknown(services: Services, job: Job, submission: Submission) -> None:
    """Leave the item to a person: nothing is resent, the credits stay held, the card asks."""
    await services.store.insist(jobs.unknown, job.item.id, key=submission.key, words="")


async def abandon(services: Services, item_id: str) -> None:
    """End an item whose runs all broke off, by what is known of it."""
    job = await services.store.read(jobs.load, item_id)
    if job.item.state is ItemState.MADE:
        await end_unposted(services, job, "The posting broke off again and again.")
    elif job.submission is not None:
        await mark_unknown(services, job, job.submission)
    else:
        await give_up(services, item_id, "It could not be started.")


async def _resume(
    services: Services,
    job: Job,
    submission: Submission,
    *,
    provider: Provider,
    model: ImageModel,
) -> float:
    """An intent without an answer was found: look the order up, never send it blindly."""
    try:
        answer = await provider.look_up(await order_for(services, job, submission.key))
    except (UserError, StorageError):
        # What was ordered cannot be put together any more: a person decides.
        if submission.state is not SubmissionState.UNKNOWN:
            await mark_unknown(services, job, submission)
        return 0
    except Unavailable as error:
        return error.retry_after_seconds
    except Refused as error:
        await _refuse(services, job, error, model=model)
        return 0
    except Unknown:
        if submission.state is not SubmissionState.UNKNOWN:
            await mark_unknown(services, job, submission)
        return 0
    return await _take(services, job, submission, answer, model=model)


async def _take(
    services: Services,
    job: Job,
    submission: Submission,
    answer: Accepted | Made | Absent,
    *,
    model: ImageModel,
) -> float:
    """Write down what became of a submission; a second to wait where it is to be sent anew."""
    match answer:
        case Accepted(reference=reference):
            await services.store.insist(
                jobs.accepted, job.item.id, key=submission.key, reference=reference
            )
        case Made():
            await _keep(services, job, submission, answer, model=model)
        case Absent():
            await services.store.insist(jobs.put_back, job.item.id, key=submission.key)
            return 0.01
    return 0


async def _put_back(
    services: Services, job: Job, submission: Submission, error: Unavailable
) -> float:
    await services.store.insist(jobs.put_back, job.item.id, key=submission.key)
    if job.attempts + 1 >= MAX_ATTEMPTS:
        await give_up(services, job.item.id, error.reason)
        return 0
    return max(error.retry_after_seconds, 0.01)


async def _refuse(services: Services, job: Job, error: Refused, *, model: ImageModel) -> None:
    charged = 0
    if error.was_billed:
        charged = min(model.price_credits(job.item.settings.count), job.item.price_credits)
    await services.store.insist(
        jobs.finish,
        job.item.id,
        state=ItemState.REFUSED,
        charged_credits=charged,
        failure=error.reason,
        was_billed=error.was_billed,
        at=services.now(),
    )
    await cards.try_show(services, job.proposal.id, team_id=job.proposal.team_id)


async def _keep(
    services: Services, job: Job, submission: Submission, made: Made, *, model: ImageModel
) -> None:
    """Store what the provider made and enter it into the gallery.

    Where it cannot be stored after all, a person decides, as for an answer that was lost.
    """
    images = []
    shortfall = made.shortfall
    for picture in made.pictures:
        try:
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
        enqueue=enqueuer(services) if job.posts_apart else None,
    )


async def _image(services: Services, job: Job, picture: Picture, *, model: ImageModel) -> Image:
    loop = asyncio.get_running_loop()
    opened = await loop.run_in_executor(services.pixels, open_picture, picture.data)
    item, proposal = job.item, job.proposal
    outcome = proposal.outcome
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
        seed=None if item.used_seed is None else item.used_seed + picture.index - 1,
        charged_credits=0,
        requester_id=proposal.requester_id,
        approver_id=outcome.by if outcome else proposal.requester_id,
        channel_id=proposal.channel_id,
        created_at=services.now(),
    )


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


async def _blocked(services: Services, job: Job) -> Tool | None:
    """The tool that the workspace has blocked since it was approved: its own, or importing."""
    workspace = await services.workspace(job.proposal.team_id)
    is_importing = any(source.slack_file_id and not source.image_id for source in job.item.sources)
    needed = (job.proposal.tool, *([Tool.IMPORT_ATTACHMENT] if is_importing else []))
    return next((tool for tool in needed if workspace.mode(tool) is Mode.BLOCKED), None)


def blocked_words(tool: Tool) -> str:
    """Why an approved item is not made after all."""
    return f"{tool.label} is blocked in this workspace."
