"""The Gallery: finished pictures, kept for good, found again by their words."""

import sqlalchemy as sa

from bot.domain.catalog import Aspect
from bot.domain.images import Image
from storage.requests import insert_once
from storage.tables import IMAGES


def keep(tx: sa.Connection, image: Image) -> None:
    """Add a picture; the same number of the same item is added once."""
    insert_once(tx, IMAGES, image.model_dump())


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
    """A person's newest pictures whose title or prompt holds every word, and how many there are."""
    found = sa.and_(
        IMAGES.c.team_id == team_id,
        IMAGES.c.requester_id == user_id,
        *(
            sa.or_(
                IMAGES.c.title.icontains(word, autoescape=True),
                IMAGES.c.prompt.icontains(word, autoescape=True),
            )
            for word in words.split()
        ),
    )
    total = tx.execute(sa.select(sa.func.count()).select_from(IMAGES).where(found)).scalar_one()
    rows = tx.execute(
        sa.select(IMAGES).where(found).order_by(IMAGES.c.created_at.desc()).limit(limit)
    )
    return [_to_image(row) for row in rows.mappings()], total


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


def _to_image(row: sa.RowMapping) -> Image:
    return Image(**dict(row) | {"aspect": Aspect(row["aspect"])})
