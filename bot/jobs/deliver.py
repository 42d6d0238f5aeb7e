"""Brings an item's pictures into their thread, once, through outages of Slack."""

from collections.abc import Sequence

import structlog

from blocks.receipt import receipt
from bot.domain.proposals import ItemState
from bot.errors import NotFound, SlackError, SlackUnavailable, StorageError
from bot.jobs.settle import charge_credits, end_unposted
from bot.services import Services
from bot.slack import files
from storage import gallery, jobs
from storage.jobs import Job

MAX_TRIES = 200
"""Steps of waiting for Slack: some hours at the longest pause."""

MAX_PAUSE_SECONDS = 120.0

MAX_FILES = 10
"""In one message: what Slack's composer takes, and what is still looked through at a glance."""

_COMPANY_TRIES = 150
"""Steps of waiting for the rest of a batch: about five minutes at the longest pause."""
_COMPANY_PAUSE_SECONDS = 2.0

_log = structlog.stdlib.get_logger()


async def deliver(services: Services, item_id: str, times: int) -> float:
    """Post the pictures, those of a batch together; seconds to wait where it cannot be done now."""
    job = await services.store.read(jobs.load, item_id)
    if job.item.state is not ItemState.MADE or job.item.is_posted:
        return 0
    company = await services.store.read(jobs.company, item_id)
    if not company.is_complete and times < _COMPANY_TRIES:
        return min(0.1 * 2.0**times, _COMPANY_PAUSE_SECONDS)
    group = company.ready[:MAX_FILES]
    if group and group[0].item.id != item_id:
        # The first of them posts for all.
        return min(0.1 * 2.0**times, _COMPANY_PAUSE_SECONDS)
    try:
        return await _post(services, group)
    except SlackUnavailable as error:
        if times < MAX_TRIES:
            return min(max(error.retry_after_seconds, 2.0**times), MAX_PAUSE_SECONDS)
        await _end(services, group, "Slack could not be reached.")
    except SlackError as error:
        _log.warning("not_delivered", method=error.method, code=error.code)
        await _end(services, group, _REASONS.get(error.code, _refused(error.code)))
    except (NotFound, StorageError) as error:
        _log.warning("not_readable", reason=str(error))
        if times < MAX_TRIES:
            return min(2.0**times, MAX_PAUSE_SECONDS)
        await _end(services, group, "The studio's image store cannot be read.")
    return 0


async def _post(services: Services, group: Sequence[Job]) -> float:
    """Post what is not in the thread yet, as one message; seconds to wait for Slack's answer."""
    fresh = []
    for job in group:
        shared = await _is_shared(services, job)
        if shared is False:
            return 2.0
        if shared:
            await services.store.insist(jobs.posted, [job.item.id])
        else:
            fresh.append(job)
    if fresh:
        proposal = fresh[0].proposal
        items = [
            job.item.model_copy(update={"charged_credits": charge_credits(services, job)})
            for job in fresh
        ]
        await files.upload(
            services,
            [await _upload(services, job) for job in fresh],
            channel_id=proposal.channel_id,
            thread_ts=proposal.thread_ts or proposal.card_ts,
            comment=receipt(items, services.catalog),
        )
        await services.store.insist(jobs.posted, [job.item.id for job in fresh])
    return 0


async def _is_shared(services: Services, job: Job) -> bool | None:
    """Whether a file that was noted stands in the thread; None where it is to be posted."""
    if job.posted_file_id is None:
        return None
    return await files.is_shared(services, job.posted_file_id, channel_id=job.proposal.channel_id)


async def _upload(services: Services, job: Job) -> files.Upload:
    item = job.item
    images = await services.store.read(gallery.of_item, item.id, team_id=job.proposal.team_id)
    data, mime = await files.shown_bytes(services, images)
    model = services.catalog.known(item.settings.model_id)

    async def note(file_id: str) -> bool:
        await services.store.insist(jobs.posting, item.id, file_id=file_id)
        return True

    return files.Upload(
        data=data,
        mime=mime,
        title=f"{item.position} {item.title}" if job.proposal.is_batch else item.title,
        alt=files.sheet_alt_text(images, is_ai=model is None or model.is_ai),
        note=note,
    )


async def _end(services: Services, group: Sequence[Job], words: str) -> None:
    for job in group:
        await end_unposted(services, job, words)


def _refused(code: str) -> str:
    return f"Slack refused the file ({code})."


_REASONS = {
    "is_archived": "This channel is archived.",
    "not_in_channel": "I am not in this channel any more; invite me and ask again.",
    "channel_not_found": "I cannot see this channel any more.",
    "posting_to_channel_denied": "This channel does not let me post.",
    "file_uploads_disabled": "File uploads are switched off in this workspace.",
    "file_uploads_except_images_disabled": "This workspace does not let me upload files.",
    "storage_limit_reached": "This workspace's file storage is full.",
}
"""Slack's codes in words. Source: the method pages of the upload (2026-11)."""
