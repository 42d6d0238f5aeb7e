"""The Gallery: finished pictures, kept for good, found again by their words."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.domain.catalog import Aspect
from bot.domain.images import Image, Origin
from bot.domain.search import Search
from storage import channels
from storage import search as search_of
from storage.requests import insert_once
from storage.tables import IMAGES, ITEMS, PROPOSALS


def keep(tx: sa.Connection, image: Image) -> None:
    """Add a picture; the same number of the same item is added once."""
    if insert_once(tx, IMAGES, image.model_dump()):
        search_of.index(tx, image.id, team_id=image.team_id, texts=(image.title, image.prompt))
        channels.meet(tx, image.channel_id, team_id=image.team_id)


def of_item(tx: sa.Connection, item_id: str, *, team_id: str) -> list[Image]:
    """An item's pictures in their order."""
    rows = tx.execute(
        sa.select(IMAGES)
        .where(IMAGES.c.item_id == item_id, IMAGES.c.team_id == team_id)
        .order_by(IMAGES.c.index)
    )
    return [_to_image(row) for row in rows.mappings()]


def search(
    tx: sa.Connection, *, team_id: str, user_id: str, words: str = "", limit: int
) -> tuple[list[Image], int]:
    """A person's own newest pictures that have every word, and how many there are."""
    own = Search(words=words, by_id=user_id)
    return find_all(tx, own, team_id=team_id, viewer_id=user_id, limit=limit)


def find_all(
    tx: sa.Connection, search: Search, *, team_id: str, viewer_id: str, limit: int, offset: int = 0
) -> tuple[list[Image], int]:
    """A page of what is looked for and the viewer may see, newest first, and how many there are.

    The count ends at `search.MOST_COUNTED` + 1.
    """
    ids, total = search_of.image_ids(
        tx, search, team_id=team_id, viewer_id=viewer_id, limit=limit, offset=offset
    )
    rows = tx.execute(sa.select(IMAGES).where(IMAGES.c.id.in_(ids))).mappings()
    images = {row["id"]: _to_image(row) for row in rows}
    return [images[image_id] for image_id in ids], total


def files_shown(tx: sa.Connection, images: Sequence[Image]) -> dict[str, str]:
    """The Slack files in which pictures can be seen, by the pictures' ids."""
    item_ids = {image.item_id for image in images if image.item_id and not image.slack_file_id}
    rows = tx.execute(
        sa.select(ITEMS.c.id, ITEMS.c.posted_file_id).where(
            ITEMS.c.id.in_(item_ids), ITEMS.c.is_posted.is_(True)
        )
    )
    posted = {row.id: row.posted_file_id for row in rows}
    found = {image.id: image.slack_file_id or posted.get(image.item_id) for image in images}
    return {image_id: file_id for image_id, file_id in found.items() if file_id}


def overdue(tx: sa.Connection, *, team_id: str, before: datetime, limit: int) -> list[str]:
    """The ids of the oldest pictures of a workspace made before that moment."""
    rows = tx.execute(
        sa.select(IMAGES.c.id)
        .where(IMAGES.c.team_id == team_id, IMAGES.c.created_at < before)
        .order_by(IMAGES.c.created_at)
        .limit(limit)
    )
    return list(rows.scalars())


def set_slack_file(
    tx: sa.Connection,
    image_id: str,
    *,
    team_id: str,
    slack_file_id: str,
    instead_of: str | None,
) -> bool:
    """Note the Slack file that shows this picture alone; False where somebody else did first."""
    result = tx.execute(
        sa.update(IMAGES)
        .where(
            IMAGES.c.id == image_id,
            IMAGES.c.team_id == team_id,
            IMAGES.c.slack_file_id.is_not_distinct_from(instead_of),
        )
        .values(slack_file_id=slack_file_id)
    )
    return result.rowcount == 1


def find(tx: sa.Connection, image_id: str, *, team_id: str) -> Image | None:
    """The picture with that id in that workspace."""
    return _first(tx, IMAGES.c.id == image_id, IMAGES.c.team_id == team_id)


def of_file(tx: sa.Connection, slack_file_id: str, *, team_id: str) -> Image | None:
    """The picture that a Slack file shows alone: imported from it, or posted as it."""
    images = on_file(tx, slack_file_id, team_id=team_id)
    return images[0] if len(images) == 1 else None


def on_file(tx: sa.Connection, slack_file_id: str, *, team_id: str) -> list[Image]:
    """The pictures that a Slack file shows: one alone, or those of a sheet in their order."""
    found = _first(tx, IMAGES.c.slack_file_id == slack_file_id, IMAGES.c.team_id == team_id)
    if found is not None:
        return [found]
    item_id = tx.execute(
        sa.select(ITEMS.c.id)
        .join(PROPOSALS, PROPOSALS.c.id == ITEMS.c.proposal_id)
        .where(ITEMS.c.posted_file_id == slack_file_id, PROPOSALS.c.team_id == team_id)
    ).scalar_one_or_none()
    return [] if item_id is None else of_item(tx, item_id, team_id=team_id)


def newest_item(tx: sa.Connection, *, team_id: str, user_id: str) -> list[Image]:
    """The pictures of a person's newest finished item, in the order of its sheet.

    Of a batch, whose items finish in any order, the last row that has any.
    """
    latest = (
        tx.execute(
            sa.select(IMAGES)
            .where(IMAGES.c.team_id == team_id, IMAGES.c.requester_id == user_id)
            .order_by(IMAGES.c.created_at.desc(), IMAGES.c.id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    if latest is None:
        return []
    if latest["item_id"] is None:
        return [_to_image(latest)]
    proposal_id = sa.select(ITEMS.c.proposal_id).where(ITEMS.c.id == latest["item_id"])
    last_id = tx.execute(
        sa.select(ITEMS.c.id)
        .join(IMAGES, IMAGES.c.item_id == ITEMS.c.id)
        .where(ITEMS.c.proposal_id == proposal_id.scalar_subquery())
        .order_by(ITEMS.c.position.desc())
        .limit(1)
    ).scalar_one()
    return of_item(tx, last_id, team_id=team_id)


def of_thread(
    tx: sa.Connection, *, team_id: str, channel_id: str, thread_ts: str, limit: int = 40
) -> list[Image]:
    """The newest pictures made in a thread, in the order they came."""
    rows = tx.execute(
        sa.select(IMAGES)
        .join(ITEMS, ITEMS.c.id == IMAGES.c.item_id)
        .join(PROPOSALS, PROPOSALS.c.id == ITEMS.c.proposal_id)
        .where(
            PROPOSALS.c.team_id == team_id,
            PROPOSALS.c.channel_id == channel_id,
            sa.or_(PROPOSALS.c.thread_ts == thread_ts, PROPOSALS.c.card_ts == thread_ts),
        )
        .order_by(IMAGES.c.created_at.desc(), ITEMS.c.position.desc(), IMAGES.c.index.desc())
        .limit(limit)
    )
    return [_to_image(row) for row in reversed(rows.mappings().all())]


def file_shown(tx: sa.Connection, image: Image) -> str | None:
    """The Slack file in which a picture can be seen: its own, or the sheet it is on."""
    return image.slack_file_id or posted_file(tx, image)


def posted_file(tx: sa.Connection, image: Image) -> str | None:
    """The Slack file that an image was posted in: alone, or on a sheet."""
    if image.item_id is None:
        return None
    posted = tx.execute(
        sa.select(ITEMS.c.posted_file_id).where(
            ITEMS.c.id == image.item_id, ITEMS.c.is_posted.is_(True)
        )
    ).scalar_one_or_none()
    return None if posted is None else str(posted)


def files_alone(tx: sa.Connection, image: Image) -> list[str]:
    """The Slack files that show a picture alone: its own, and its item's where that is no sheet."""
    found = [] if image.slack_file_id is None else [image.slack_file_id]
    if image.item_id is not None:
        posted = tx.execute(
            sa.select(ITEMS.c.posted_file_id).where(
                ITEMS.c.id == image.item_id,
                ITEMS.c.is_posted.is_(True),
                ITEMS.c.made_count == 1,
                ITEMS.c.posted_file_id.is_not(None),
            )
        )
        found += [str(file_id) for file_id in posted.scalars()]
    return found


def versions(tx: sa.Connection, image: Image) -> list[Image]:
    """What an image was made from and what was made of it, the oldest first, itself included.

    Where several were made of one, the newest; what was deleted breaks the chain.
    """
    chain = [image]
    known = {image.id}
    while chain[0].parent_id is not None and len(chain) < _MAX_VERSIONS:
        parent = find(tx, chain[0].parent_id, team_id=image.team_id)
        if parent is None or parent.id in known:
            break
        known.add(parent.id)
        chain.insert(0, parent)
    while len(chain) < 2 * _MAX_VERSIONS:
        child = _first(
            tx,
            IMAGES.c.team_id == image.team_id,
            IMAGES.c.parent_id == chain[-1].id,
            order=IMAGES.c.id.desc(),
        )
        if child is None or child.id in known:
            break
        known.add(child.id)
        chain.append(child)
    return chain


_MAX_VERSIONS = 50
"""How far a chain is followed in each direction."""


def _first(
    tx: sa.Connection,
    *wanted: sa.ColumnElement[bool],
    order: sa.ColumnElement[str] | None = None,
) -> Image | None:
    found = sa.select(IMAGES).where(*wanted).limit(1)
    if order is not None:
        found = found.order_by(order)
    row = tx.execute(found).mappings().first()
    return None if row is None else _to_image(row)


def _to_image(row: sa.RowMapping) -> Image:
    return Image(**dict(row) | {"aspect": Aspect(row["aspect"]), "origin": Origin(row["origin"])})
