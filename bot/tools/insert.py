"""Puts an item's image under its heading in a canvas, once: noted before, looked for after a crash.

The image is made and paid for by then: whatever goes wrong here, it stays in the gallery, and
nothing is charged for the insertion.
"""

import asyncio
from weakref import WeakValueDictionary

import structlog

from bot import canvases, originals
from bot.domain.audit import AuditEntry, Deed
from bot.domain.canvases import Heading, caption, reference
from bot.domain.ids import new_id
from bot.domain.images import Image
from bot.domain.insertions import Insertion, InsertionState
from bot.domain.people import Mode, Tool
from bot.domain.proposals import Item, ItemState, Place
from bot.errors import NotFound, SlackError, SlackUnavailable, StorageError, UserError
from bot.jobs.settle import give_up
from bot.services import Services
from bot.slack import canvas_changes, cards
from storage import gallery, insertions, jobs
from storage.jobs import Job

MAX_TRIES = 12
"""Steps of waiting for Slack: about five minutes at the longest pause."""

MAX_PAUSE_SECONDS = 60.0
_FIRST_PAUSE_SECONDS = 0.1
"""Slack looks at a file for about a second before it may stand in a canvas."""

_BLOCKED = "Inserting into a canvas is blocked in this workspace."
_DELETED = "The image was deleted."
_UNREACHABLE = "Slack could not be reached."
_NOT_PROCESSED = "Slack has not taken the image in."
_UNREADABLE = "The studio's image store cannot be read."

_log = structlog.stdlib.get_logger()
_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
"""One for each canvas: Slack's ids of its sections change under whoever edits beside us."""


async def insert(services: Services, item_id: str, times: int) -> float:
    """Insert the item's image where it is to go; seconds to wait where it cannot be done now."""
    job = await services.store.read(jobs.load, item_id)
    item = job.item
    if item.place is None or not _is_due(job):
        return 0
    insertion = await _begun(services, job, item.place)
    if insertion.state is InsertionState.PENDING:
        try:
            is_there = await _put(services, job, insertion)
        except SlackUnavailable as error:
            if times < MAX_TRIES:
                await cards.try_show(services, job.proposal.id, team_id=job.proposal.team_id)
                return min(max(error.retry_after_seconds, 2.0**times), MAX_PAUSE_SECONDS)
            insertion = await _failed(services, insertion, _UNREACHABLE)
        except StorageError as error:
            _log.warning("not_readable", reason=error.reason)
            if times < MAX_TRIES:
                return min(2.0**times, MAX_PAUSE_SECONDS)
            insertion = await _failed(services, insertion, _UNREADABLE)
        except UserError as error:
            insertion = await _failed(services, insertion, error.words)
        except SlackError as error:
            _log.warning("not_inserted", method=error.method, code=error.code)
            words = f"Slack did not take the image into the canvas ({error.code})."
            insertion = await _failed(services, insertion, words)
        else:
            if not is_there and times < MAX_TRIES:
                return min(_FIRST_PAUSE_SECONDS * 2.0**times, MAX_PAUSE_SECONDS)
            if is_there:
                insertion = await _inserted(services, insertion)
            else:
                insertion = await _failed(services, insertion, _NOT_PROCESSED)
    if job.proposal.tool is Tool.INSERT_INTO_CANVAS:
        await _end(services, item_id, insertion)
    return 0


def _is_due(job: Job) -> bool:
    """Whether there is an image to insert now, in the gallery at least."""
    if job.proposal.tool is Tool.INSERT_INTO_CANVAS:
        return job.item.state is ItemState.SUBMITTING
    if job.item.state is ItemState.MADE:
        return job.item.is_posted
    return job.item.state is ItemState.DELIVERED


async def _begun(services: Services, job: Job, place: Place) -> Insertion:
    """The item's insertion, written down before anything is done."""
    outcome = job.proposal.outcome
    image = await _image(services, job)
    insertion_id = new_id("ins")
    insertion = Insertion(
        id=insertion_id,
        team_id=job.proposal.team_id,
        item_id=job.item.id,
        image_id=image.id if image else "",
        place=place,
        marker=reference(insertion_id),
        by=outcome.by if outcome else job.proposal.requester_id,
        created_at=services.now(),
    )
    return await services.store.insist(insertions.begin, insertion)


async def _put(services: Services, job: Job, insertion: Insertion) -> bool:
    """Insert unless it is there; False where Slack is not done with the file yet.

    Raises: UserError, SlackError, StorageError.
    """
    proposal = job.proposal
    async with _lock(insertion.place.canvas_id):
        if await _is_there(services, insertion):
            return True
        workspace = await services.workspace(proposal.team_id)
        if workspace.mode(Tool.INSERT_INTO_CANVAS) is Mode.BLOCKED:
            raise NotFound(_BLOCKED)
        requester = await services.slack.person(proposal.requester_id, team_id=proposal.team_id)
        await canvases.check(
            services,
            insertion.place.canvas_id,
            person=requester,
            channel_id=proposal.channel_id,
            aftermath="",
        )
        image = await _image(services, job)
        if image is None:
            raise NotFound(_DELETED)
        permalink = await _permalink(services, job, image)
        if permalink is None:
            return False
        await services.store.run(insertions.note_file, insertion.id, permalink=permalink)
        await canvas_changes.insert_image(
            services.slack,
            insertion.place.canvas_id,
            _heading(insertion.place),
            permalink=permalink,
            alt=image.alt_text,
            caption=caption(job.item.title, insertion.marker),
            marker=insertion.marker,
        )
    return True


async def _is_there(services: Services, insertion: Insertion) -> bool:
    """Whether an attempt whose answer was lost did insert it."""
    try:
        content = await services.slack.canvas_content(insertion.place.canvas_id)
    except SlackUnavailable:
        raise
    except SlackError:
        return False  # why is said by what comes next
    return insertion.marker in content


def _heading(place: Place) -> Heading | None:
    if not place.heading:
        return None
    return Heading(level=place.level, text=place.heading, occurrence=place.occurrence, body="")


async def _permalink(services: Services, job: Job, image: Image) -> str | None:
    """The address of a file in the channel that shows the image alone; None while it is not ready.

    Where the item was posted as a sheet, the picture is posted by itself first.
    """
    proposal = job.proposal
    file_id = await originals.shared(
        services,
        image,
        channel_id=proposal.channel_id,
        thread_ts=proposal.thread_ts or proposal.card_ts,
    )
    if file_id is None:
        return None
    file = await services.slack.file(file_id)
    if file is None or not file.get("mimetype"):
        return None
    return str(file["permalink"])


async def _image(services: Services, job: Job) -> Image | None:
    item, team_id = job.item, job.proposal.team_id
    if job.proposal.tool is Tool.INSERT_INTO_CANVAS:
        return await services.store.read(gallery.find, _source_id(item), team_id=team_id)
    made = await services.store.read(gallery.of_item, item.id, team_id=team_id)
    return made[0] if made else None


def _source_id(item: Item) -> str:
    return item.sources[0].image_id if item.sources else ""


async def _inserted(services: Services, insertion: Insertion) -> Insertion:
    entry = AuditEntry(
        team_id=insertion.team_id,
        at=services.now(),
        actor_id=insertion.by,
        deed=Deed.INSERTED,
        subject=insertion.image_id,
        new=where(insertion.place),
    )
    await services.store.insist(insertions.move, insertion.id, InsertionState.INSERTED, entry=entry)
    return insertion.model_copy(update={"state": InsertionState.INSERTED})


async def _failed(services: Services, insertion: Insertion, words: str) -> Insertion:
    await services.store.insist(insertions.move, insertion.id, InsertionState.FAILED, failure=words)
    return insertion.model_copy(update={"state": InsertionState.FAILED, "failure": words})


async def _end(services: Services, item_id: str, insertion: Insertion) -> None:
    """An item that only inserts has come out, or has not, with its insertion."""
    if insertion.state is InsertionState.FAILED:
        await give_up(services, item_id, insertion.failure)
    else:
        await services.store.insist(jobs.nothing_to_make, item_id)


def where(place: Place) -> str:
    """A place as the audit log has it."""
    return f"{place.canvas_title} ({place.canvas_id}): {place.heading or 'end'}"


def _lock(canvas_id: str) -> asyncio.Lock:
    return _locks.setdefault(canvas_id, asyncio.Lock())
