"""Brings an item's pictures into their thread, once, through outages of Slack."""

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

_log = structlog.stdlib.get_logger()


async def deliver(services: Services, item_id: str, times: int) -> float:
    """Post the pictures; seconds to wait where Slack cannot take them now."""
    job = await services.store.read(jobs.load, item_id)
    if job.item.state is not ItemState.MADE or job.item.is_posted:
        return 0
    try:
        if job.posted_file_id is not None:
            shared = await files.is_shared(
                services, job.posted_file_id, channel_id=job.proposal.channel_id
            )
            if shared is False:
                return 2.0
            if shared:
                await services.store.insist(jobs.posted, item_id)
                return 0
        await _post(services, job)
    except SlackUnavailable as error:
        if times < MAX_TRIES:
            return min(max(error.retry_after_seconds, 2.0**times), MAX_PAUSE_SECONDS)
        await end_unposted(services, job, "Slack could not be reached.")
    except SlackError as error:
        _log.warning("not_delivered", method=error.method, code=error.code)
        await end_unposted(services, job, _REASONS.get(error.code, _refused(error.code)))
    except (NotFound, StorageError) as error:
        _log.warning("not_readable", reason=str(error))
        if times < MAX_TRIES:
            return min(2.0**times, MAX_PAUSE_SECONDS)
        await end_unposted(services, job, "The studio's image store cannot be read.")
    return 0


async def _post(services: Services, job: Job) -> None:
    item, proposal = job.item, job.proposal
    images = await services.store.read(gallery.of_item, item.id, team_id=proposal.team_id)
    data, mime = await files.shown_bytes(services, images)
    model = services.catalog.model(item.settings.model_id)
    charged = item.model_copy(update={"charged_credits": charge_credits(services, job)})

    async def note(file_id: str) -> bool:
        await services.store.insist(jobs.posting, item.id, file_id=file_id)
        return True

    await files.upload(
        services,
        data,
        mime=mime,
        title=item.title,
        alt=files.sheet_alt_text(images, is_ai=model is None or model.is_ai),
        channel_id=proposal.channel_id,
        thread_ts=proposal.thread_ts or proposal.card_ts,
        comment=receipt(charged, services.catalog),
        note=note,
    )
    await services.store.insist(jobs.posted, item.id)


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
