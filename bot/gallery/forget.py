"""Deletes an image for good: its files, its row, its bytes; then the card says so."""

import asyncio
from weakref import WeakValueDictionary

import structlog

from blocks import notices
from blocks.text import mention
from bot.domain.images import Image
from bot.domain.people import Person
from bot.domain.proposals import ITEM_ENDS, Item
from bot.errors import SlackError, Stale, StorageError, UserError
from bot.gallery import shown
from bot.gallery.shown import Shown
from bot.services import Services
from bot.slack import cards, files
from storage import gallery_moves, jobs

_log = structlog.stdlib.get_logger()
_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
"""One for each sheet: two new ones at once would each show what the other left out."""


async def delete(services: Services, image_id: str, *, person: Person) -> None:
    """Delete an image of the person's own; an admin, anybody's.

    What others put into a canvas or made of it stays.

    Raises: NotFound, NotAllowed; Stale while it is on its way into its thread; UserError where
        Slack cannot delete its file now (it is all there still).
    """
    found = await shown.find(services, image_id, team_id=person.team_id)
    shown.check_change(found.image, person)
    await _delete(services, found, by=person.id)


async def delete_overdue(services: Services, image_id: str, *, team_id: str) -> None:
    """Delete an image whose time is over; nobody did, and what is left of its sheet goes next.

    Raises: as `delete`.
    """
    found = await shown.find(services, image_id, team_id=team_id)
    await _delete(services, found, by="")


async def _delete(services: Services, found: Shown, *, by: str) -> None:
    """Delete an image in somebody's name; in nobody's, the rest of its sheet is not posted anew."""
    image_id, team_id = found.image.id, found.image.team_id
    async with _locks.setdefault(found.image.item_id or image_id, asyncio.Lock()):
        found = await shown.find(services, image_id, team_id=team_id)
        item = _item(found)
        if item is not None and item.state not in ITEM_ENDS:
            raise Stale(notices.ON_ITS_WAY)
        await _delete_files(services, found)
        deleted = await services.store.run(
            gallery_moves.delete,
            image_id,
            team_id=team_id,
            by=by,
            at=services.now(),
        )
        if deleted is None:
            return
        if by and deleted.left and item is not None and item.is_posted:
            await _post_the_rest(services, found, item, deleted.left, by=by)
    for digest in deleted.orphans:
        try:
            await services.blobs.delete(digest, team_id=team_id)
        except StorageError as error:
            _log.warning("bytes_not_deleted", image=image_id, reason=error.reason)
    if deleted.proposal_id is not None:
        await cards.try_show(services, deleted.proposal_id, team_id=team_id)


async def _delete_files(services: Services, found: Shown) -> None:
    """Delete the files of ours that show the image; what a person posted is theirs."""
    own = None if found.image.is_imported else found.image.slack_file_id
    try:
        for file_id in dict.fromkeys((own, found.posted_file_id)):
            if file_id is not None:
                await services.slack.delete_file(file_id)
    except SlackError as error:
        _log.warning("file_not_deleted", image=found.image.id, code=error.code)
        raise UserError(notices.cannot_delete(error.code)) from error


async def _post_the_rest(
    services: Services, found: Shown, item: Item, left: tuple[Image, ...], *, by: str
) -> None:
    """Post what else was on the sheet, with the numbers it had; it is in the gallery anyway."""

    async def note(file_id: str) -> bool:
        await services.store.insist(jobs.posting, item.id, file_id=file_id)
        return True

    try:
        data, mime = await files.shown_bytes(services, left)
        rest = files.Upload(
            data=data,
            mime=mime,
            title=item.title,
            alt=files.sheet_alt_text(left, is_ai=_is_ai(services, item)),
            note=note,
        )
        await files.upload(
            services,
            [rest],
            channel_id=found.place.channel_id,
            thread_ts=found.place.thread_ts,
            comment=f"Here again, without image {found.image.index}, which {mention(by)} deleted.",
        )
    except (SlackError, UserError, StorageError) as error:
        _log.warning("rest_not_posted", item=item.id, reason=str(error))


def _item(found: Shown) -> Item | None:
    items = () if found.proposal is None else found.proposal.items
    return next((item for item in items if item.id == found.image.item_id), None)


def _is_ai(services: Services, item: Item) -> bool:
    model = services.catalog.known(item.settings.model_id)
    return model is None or model.is_ai
