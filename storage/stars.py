"""Stars that people give to pictures: each person's own."""

from datetime import datetime

import sqlalchemy as sa

from storage.requests import insert_once
from storage.tables import STARS


def set_star(tx: sa.Connection, image_id: str, *, team_id: str, user_id: str, at: datetime) -> None:
    """Give a picture this person's star; a second time changes nothing."""
    values = {"team_id": team_id, "user_id": user_id, "image_id": image_id, "at": at}
    insert_once(tx, STARS, values)


def unset_star(tx: sa.Connection, image_id: str, *, team_id: str, user_id: str) -> None:
    """Take this person's star away again."""
    tx.execute(sa.delete(STARS).where(*_of(image_id, team_id, user_id)))


def is_starred(tx: sa.Connection, image_id: str, *, team_id: str, user_id: str) -> bool:
    """Whether this person starred the picture."""
    found = tx.execute(sa.select(STARS.c.image_id).where(*_of(image_id, team_id, user_id)))
    return found.first() is not None


def _of(image_id: str, team_id: str, user_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        STARS.c.team_id == team_id,
        STARS.c.user_id == user_id,
        STARS.c.image_id == image_id,
    )
