"""The paid work of approved items: intents, submissions, pictures, delivery, settlement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from bot.domain.audit import AuditEntry, Deed
from bot.domain.images import Image
from bot.domain.people import Tool
from bot.domain.proposals import ITEM_MOVES, Item, ItemState, Proposal, proposal_end
from storage import audit, gallery, ledger, proposals
from storage.tables import IMAGES, ITEMS, PROPOSALS, SUBMISSIONS

OPEN_WORK = (ItemState.QUEUED, ItemState.SUBMITTING, ItemState.SUBMITTED, ItemState.MADE)
"""States in which a workflow must be alive for an item."""


class SubmissionState(StrEnum):
    """What is known of one submission."""

    INTENDED = "intended"
    """About to be sent, or sent and not answered."""
    ACCEPTED = "accepted"
    CLOSED = "closed"
    """Answered with pictures, refused, or certain never to have been taken."""
    UNKNOWN = "unknown"
    """A person has been asked what to do about it."""


@dataclass(frozen=True)
class Submission:
    """One intent to submit, committed before the call."""

    key: str
    attempt: int
    state: SubmissionState
    reference: str | None


@dataclass(frozen=True)
class Job:
    """All that a step of an item's work needs to know, read in one go."""

    item: Item
    proposal: Proposal
    submission: Submission | None
    """The latest one that is not closed."""
    attempts: int
    posted_file_id: str | None

    @property
    def posts_apart(self) -> bool:
        """Whether a run of its own posts the pictures, because they wait for those of others."""
        return self.proposal.is_batch and self.proposal.tool is not Tool.INSERT_INTO_CANVAS


def load(tx: sa.Connection, item_id: str) -> Job:
    """An item's job as it stands.

    Raises: LookupError where there is no such item.
    """
    row = tx.execute(
        sa.select(ITEMS.c.posted_file_id, PROPOSALS.c.team_id)
        .join(PROPOSALS, PROPOSALS.c.id == ITEMS.c.proposal_id)
        .where(ITEMS.c.id == item_id)
    ).first()
    proposal = None if row is None else proposals.of_item(tx, item_id, team_id=row.team_id)
    if row is None or proposal is None:
        raise LookupError(f"no item {item_id}")
    submissions = [_to_submission(found) for found in _submissions(tx, item_id)]
    return Job(
        item=next(item for item in proposal.items if item.id == item_id),
        proposal=proposal,
        submission=next(
            (found for found in submissions if found.state is not SubmissionState.CLOSED), None
        ),
        attempts=len(submissions),
        posted_file_id=row.posted_file_id,
    )


def intend(tx: sa.Connection, item_id: str, *, key: str, at: datetime) -> Submission:
    """Write down that the item is about to be submitted under `key`; it becomes `submitting`.

    Raises: LookupError where the item is not one that may be submitted now.
    """
    if not _move(tx, item_id, ItemState.SUBMITTING):
        raise LookupError(f"{item_id} is not to be submitted")
    attempt = 1 + len(_submissions(tx, item_id))
    submission = Submission(key, attempt, SubmissionState.INTENDED, None)
    tx.execute(
        sa.insert(SUBMISSIONS).values(
            key=submission.key,
            item_id=item_id,
            attempt=attempt,
            state=submission.state,
            reference=None,
            started_at=at,
        )
    )
    return submission


def accepted(tx: sa.Connection, item_id: str, *, key: str, reference: str) -> None:
    """The provider took the order."""
    _set_submission(tx, key, SubmissionState.ACCEPTED, reference=reference)
    _move(tx, item_id, ItemState.SUBMITTED)


def put_back(tx: sa.Connection, item_id: str, *, key: str) -> None:
    """The provider certainly did not take the order: the item waits for another attempt."""
    _set_submission(tx, key, SubmissionState.CLOSED)
    _move(tx, item_id, ItemState.QUEUED)


def unknown(tx: sa.Connection, item_id: str, *, key: str, words: str) -> None:
    """Nobody can tell whether the order was taken: the credits stay held, a person is asked."""
    _set_submission(tx, key, SubmissionState.UNKNOWN)
    _move(tx, item_id, ItemState.UNKNOWN, failure=words)


def try_again(tx: sa.Connection, item_id: str) -> bool:
    """A person chose to submit an unknown item anew; False where it is not unknown any more."""
    if not _move(tx, item_id, ItemState.QUEUED, source=ItemState.UNKNOWN, failure=""):
        return False
    _close_submissions(tx, item_id)
    return True


def made(
    tx: sa.Connection,
    item_id: str,
    *,
    images: Sequence[Image],
    seconds: float,
    shortfall: str,
    cost_usd: Decimal | None = None,
    provider_id: str = "",
    enqueue: Callable[[sa.Connection, Item], None] | None = None,
) -> None:
    """The pictures are kept: they enter the gallery and the item is `made`.

    `enqueue` starts the run that posts them, where that is not the one that made them.
    """
    is_made = _move(
        tx,
        item_id,
        ItemState.MADE,
        made_count=len(images),
        seconds=seconds,
        failure=shortfall,
        cost_usd=None if cost_usd is None else str(cost_usd),
        provider_id=provider_id,
    )
    if not is_made:
        # Stopped, or given up, while they came: they are nobody's.
        return
    for image in images:
        gallery.keep(tx, image)
    _close_submissions(tx, item_id)
    if enqueue is not None:
        enqueue(tx, load(tx, item_id).item)


def imported(tx: sa.Connection, item_id: str, *, number: int, image_id: str, title: str) -> None:
    """One of the pictures to work on, by its place from 0, is an image of the gallery now."""
    kept = tx.execute(sa.select(ITEMS.c.sources).where(ITEMS.c.id == item_id)).scalar_one()
    sources = list(kept)
    sources[number] = {**sources[number], "image_id": image_id, "title": title}
    tx.execute(sa.update(ITEMS).where(ITEMS.c.id == item_id).values(sources=sources))
    proposals.touch(tx, _proposal_of(tx, item_id))


def begin_insertion(tx: sa.Connection, item_id: str) -> None:
    """The item uses a picture that is there: nothing is submitted for it."""
    _move(tx, item_id, ItemState.SUBMITTING, source=ItemState.QUEUED)


def nothing_to_make(tx: sa.Connection, item_id: str) -> None:
    """Its picture is where it was to go: the item goes on as if it had been made and posted."""
    _move(tx, item_id, ItemState.MADE, made_count=1, is_posted=True)


@dataclass(frozen=True)
class Company:
    """The items of a proposal whose pictures are to be posted together."""

    ready: tuple[Job, ...]
    """Made and not posted, in the order of the card."""
    is_complete: bool
    """Whether no other item of the proposal is still being made."""


def company(tx: sa.Connection, item_id: str) -> Company:
    """What is to be posted with an item.

    Raises: LookupError where there is no such item.
    """
    proposal = load(tx, item_id).proposal
    ready = [i for i in proposal.items if i.state is ItemState.MADE and not i.is_posted]
    making = (ItemState.QUEUED, ItemState.SUBMITTING, ItemState.SUBMITTED)
    return Company(
        ready=tuple(load(tx, item.id) for item in ready),
        is_complete=not any(item.state in making for item in proposal.items),
    )


def posting(tx: sa.Connection, item_id: str, *, file_id: str) -> None:
    """Note the Slack file before its bytes are sent, so that a restart can look for it."""
    tx.execute(sa.update(ITEMS).where(ITEMS.c.id == item_id).values(posted_file_id=file_id))


def posted(tx: sa.Connection, item_ids: Sequence[str]) -> None:
    """The pictures stand in the thread."""
    tx.execute(sa.update(ITEMS).where(ITEMS.c.id.in_(item_ids)).values(is_posted=True))


def finish(
    tx: sa.Connection,
    item_id: str,
    *,
    state: ItemState,
    charged_credits: int,
    failure: str = "",
    was_billed: bool = False,
    source: ItemState | None = None,
    at: datetime,
) -> bool:
    """End an item: settle or release its credits, and end its proposal with the last item.

    True where this call ended it; a second one changes nothing. A `source` ends it only from there.
    """
    values: dict[str, Any] = {"charged_credits": charged_credits, "was_billed": was_billed}
    if failure:
        values["failure"] = failure
    if not _move(tx, item_id, state, source=source, **values):
        return False
    _close_submissions(tx, item_id)
    ledger.close(tx, job_id=item_id, charged_credits=charged_credits, at=at)
    _share_charge(tx, item_id, charged_credits)
    _end_proposal(tx, item_id)
    return True


def stop(tx: sa.Connection, proposal_id: str, *, team_id: str, by: str, at: datetime) -> int:
    """Stop the items that were not sent to a provider yet; how many images that are.

    Their credits are released.
    """
    proposal = proposals.find(tx, proposal_id, team_id=team_id)
    queued = [] if proposal is None else proposal.items
    stopped = [item for item in queued if _stop(tx, item.id, source=ItemState.QUEUED, at=at)]
    _log_stop(tx, stopped, proposal_id, team_id=team_id, by=by, at=at)
    return sum(item.settings.count for item in stopped)


def call_back(tx: sa.Connection, item_id: str, *, by: str, at: datetime) -> bool:
    """An item that a provider worked on is stopped there, and nothing is billed for it.

    False where it has ended, or has come out, meanwhile.
    """
    if not _stop(tx, item_id, source=ItemState.SUBMITTED, at=at):
        return False
    job = load(tx, item_id)
    team_id = job.proposal.team_id
    _log_stop(tx, [job.item], job.proposal.id, team_id=team_id, by=by, at=at)
    return True


def _stop(tx: sa.Connection, item_id: str, *, source: ItemState, at: datetime) -> bool:
    return finish(tx, item_id, state=ItemState.STOPPED, charged_credits=0, source=source, at=at)


def _log_stop(
    tx: sa.Connection,
    items: Sequence[Item],
    proposal_id: str,
    *,
    team_id: str,
    by: str,
    at: datetime,
) -> None:
    if not items:
        return
    count = sum(item.settings.count for item in items)
    entry = AuditEntry(
        team_id=team_id,
        at=at,
        actor_id=by,
        deed=Deed.STOPPED,
        subject=proposal_id,
        new=f"{count} images, {sum(item.price_credits for item in items)} credits released",
    )
    audit.write(tx, entry)


def next_run(tx: sa.Connection, item_id: str) -> int:
    """Count a new workflow for the item; its number."""
    tx.execute(sa.update(ITEMS).where(ITEMS.c.id == item_id).values(runs=ITEMS.c.runs + 1))
    return int(tx.execute(sa.select(ITEMS.c.runs).where(ITEMS.c.id == item_id)).scalar_one())


def open_work(tx: sa.Connection, *, item_id: str | None = None) -> list[tuple[Item, int]]:
    """Items, or the one item, that must have a run, with the number of the last one started."""
    wanted = sa.select(ITEMS).where(ITEMS.c.state.in_(OPEN_WORK)).order_by(ITEMS.c.id)
    if item_id is not None:
        wanted = wanted.where(ITEMS.c.id == item_id)
    rows = tx.execute(wanted)
    return [(proposals.to_item(row), int(row["runs"])) for row in rows.mappings()]


def _submissions(tx: sa.Connection, item_id: str) -> Sequence[sa.RowMapping]:
    rows = tx.execute(
        sa.select(SUBMISSIONS)
        .where(SUBMISSIONS.c.item_id == item_id)
        .order_by(SUBMISSIONS.c.attempt.desc())
    )
    return rows.mappings().all()


def _to_submission(row: sa.RowMapping) -> Submission:
    return Submission(row["key"], row["attempt"], SubmissionState(row["state"]), row["reference"])


def _set_submission(
    tx: sa.Connection, key: str, state: SubmissionState, *, reference: str | None = None
) -> None:
    values: dict[str, Any] = {"state": state}
    if reference is not None:
        values["reference"] = reference
    tx.execute(sa.update(SUBMISSIONS).where(SUBMISSIONS.c.key == key).values(**values))


def _close_submissions(tx: sa.Connection, item_id: str) -> None:
    tx.execute(
        sa.update(SUBMISSIONS)
        .where(SUBMISSIONS.c.item_id == item_id)
        .values(state=SubmissionState.CLOSED)
    )


def _move(
    tx: sa.Connection,
    item_id: str,
    state: ItemState,
    *,
    source: ItemState | None = None,
    **values: Any,
) -> bool:
    """Compare-and-set to `state` from any state that may move there; the card is behind then."""
    sources = [start for start, targets in ITEM_MOVES.items() if state in targets]
    result = tx.execute(
        sa.update(ITEMS)
        .where(ITEMS.c.id == item_id, ITEMS.c.state.in_([source] if source else sources))
        .values(state=state, **values)
    )
    if result.rowcount != 1:
        return False
    proposals.touch(tx, _proposal_of(tx, item_id))
    return True


def _proposal_of(tx: sa.Connection, item_id: str) -> str:
    found = tx.execute(sa.select(ITEMS.c.proposal_id).where(ITEMS.c.id == item_id))
    return str(found.scalar_one())


def _share_charge(tx: sa.Connection, item_id: str, charged_credits: int) -> None:
    """Spread an item's charge over its pictures, the remainder over the first ones."""
    ids = tx.execute(
        sa.select(IMAGES.c.id).where(IMAGES.c.item_id == item_id).order_by(IMAGES.c.index)
    ).scalars()
    images = list(ids)
    for place, image_id in enumerate(images):
        whole, rest = divmod(charged_credits, len(images))
        tx.execute(
            sa.update(IMAGES)
            .where(IMAGES.c.id == image_id)
            .values(charged_credits=whole + (place < rest))
        )


def _end_proposal(tx: sa.Connection, item_id: str) -> None:
    proposal_id = _proposal_of(tx, item_id)
    rows = tx.execute(sa.select(ITEMS).where(ITEMS.c.proposal_id == proposal_id)).mappings()
    items = [proposals.to_item(row) for row in rows]
    state = proposal_end(
        tuple(item.state for item in items),
        all_made=all(
            item.made_count == item.settings.count
            for item in items
            if item.state is ItemState.DELIVERED
        ),
    )
    if state is not None:
        proposals.end(tx, proposal_id, state)
