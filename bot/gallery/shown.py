"""An image with all that its modal shows and where its thread is: ids in, rows read afresh out."""

from dataclasses import dataclass

import sqlalchemy as sa

from blocks import notices
from blocks.image import ImageView
from bot.domain.images import Image
from bot.domain.people import Person
from bot.domain.proposals import Proposal
from bot.errors import NotAllowed, NotFound
from bot.gallery import sight
from bot.services import Services
from storage import gallery, proposals, stars


@dataclass(frozen=True)
class Place:
    """A thread; the top level of the channel where it has none."""

    channel_id: str
    thread_ts: str | None


@dataclass(frozen=True)
class Shown:
    """An image, and what belongs to it."""

    image: Image
    file_id: str | None
    """The Slack file in which it can be seen."""
    place: Place
    """Where it was made, or asked for."""
    proposal: Proposal | None
    posted_file_id: str | None
    """The Slack file in the thread: of the image alone, or of the sheet it is on."""
    together: int
    """How many images stand on the same sheet."""


async def find(services: Services, image_id: str, *, team_id: str) -> Shown:
    """The workspace's image with that id.

    Raises: NotFound.
    """
    return _must(await services.store.read(_find, image_id, team_id=team_id))


async def seen(services: Services, image_id: str, *, person: Person, channel_id: str = "") -> Shown:
    """The image with that id, for somebody who may see it; `channel_id` as for `check_sight`.

    Raises: NotFound, NotAllowed.
    """
    found = await find(services, image_id, team_id=person.team_id)
    await sight.check_sight(services, found.image, person, channel_id=channel_id)
    return found


async def of_item(
    services: Services, item_id: str, number: int | None, *, person: Person, channel_id: str = ""
) -> Shown:
    """An item's image with that number, as `seen`; its first one that is still there for none.

    Raises: NotFound, NotAllowed.
    """
    found = _must(await services.store.read(_of_item, item_id, number, team_id=person.team_id))
    await sight.check_sight(services, found.image, person, channel_id=channel_id)
    return found


def _must(found: Shown | None) -> Shown:
    if found is None:
        raise NotFound(notices.GONE)
    return found


async def view(
    services: Services, image_id: str, *, person: Person, channel_id: str = "", note: str = ""
) -> ImageView:
    """What the modal of an image shows to a person: of its versions, those they may see.

    Raises: NotFound, NotAllowed.
    """
    rules = await services.rules(person.team_id)
    shown, versions, is_starred = await services.store.read(
        _all, image_id, team_id=person.team_id, user_id=person.id
    )
    found = _must(shown)
    await sight.check_sight(services, found.image, person, channel_id=channel_id)
    known = await sight.only_seen(services, versions, person, channel_id=found.image.channel_id)
    return ImageView(
        image=found.image,
        catalog=services.offered(rules),
        versions=known,
        of_count=found.together,
        file_id=found.file_id,
        is_starred=is_starred,
        may_change=may_change(found.image, person),
        note=note,
    )


def may_change(image: Image, person: Person) -> bool:
    """Whether somebody may delete an image and edit its alt text: who asked for it, and admins."""
    return image.requester_id == person.id or (person.is_admin and not person.is_external)


def check_change(image: Image, person: Person) -> None:
    """See that somebody may delete an image and edit its alt text.

    Raises: NotAllowed.
    """
    if not may_change(image, person):
        raise NotAllowed(notices.not_your_image(image.requester_id))


def _find(tx: sa.Connection, image_id: str, *, team_id: str) -> Shown | None:
    image = gallery.find(tx, image_id, team_id=team_id)
    if image is None:
        return None
    proposal = None
    if image.item_id is not None:
        proposal = proposals.of_item(tx, image.item_id, team_id=team_id)
    place = Place(image.channel_id, image.thread_ts)
    if proposal is not None:
        place = Place(proposal.channel_id, proposal.thread_ts or proposal.card_ts)
    together = [] if image.item_id is None else gallery.of_item(tx, image.item_id, team_id=team_id)
    file_id = gallery.file_shown(tx, image)
    return Shown(
        image=image,
        file_id=file_id,
        place=place,
        proposal=proposal,
        posted_file_id=gallery.posted_file(tx, image),
        together=len(together) or 1,
    )


def _of_item(tx: sa.Connection, item_id: str, number: int | None, *, team_id: str) -> Shown | None:
    images = gallery.of_item(tx, item_id, team_id=team_id)
    if number is None:
        image = images[0] if images else None
    else:
        image = next((image for image in images if image.index == number), None)
    return None if image is None else _find(tx, image.id, team_id=team_id)


def _all(
    tx: sa.Connection, image_id: str, *, team_id: str, user_id: str
) -> tuple[Shown | None, list[Image], bool]:
    found = _find(tx, image_id, team_id=team_id)
    if found is None:
        return None, [], False
    is_starred = stars.is_starred(tx, image_id, team_id=team_id, user_id=user_id)
    return found, gallery.versions(tx, found.image), is_starred
