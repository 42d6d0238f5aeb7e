"""Finds pictures of the Gallery: a search and who looks in, ids out, the newest first.

An inverted table of words, `image_word`, answers rare words; for common ones the newest pictures
are walked, each with a look into the same table. Both are plain indexes, so that SQLite and
PostgreSQL do the same, and neither reads more rows than it must (`docs/speed.md`).
"""

from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa

from bot.domain.search import Search
from storage.tables import CHANNELS, IMAGE_WORDS, IMAGES, STARS
from storage.words import looked_for, words_of

RARE = 2_000
"""A word in at most so many pictures is looked up; one in more is met soon among the newest."""

MOST_COUNTED = 1_000
"""Beyond it the count says "1,000 and more"."""

_END = "\U0010ffff"


def index(tx: sa.Connection, image_id: str, *, team_id: str, texts: tuple[str, ...]) -> None:
    """Have a picture found by the words of these texts."""
    rows = [{"image_id": image_id, "word": w, "team_id": team_id} for w in words_of(*texts)]
    if rows:
        tx.execute(sa.insert(IMAGE_WORDS), rows)


def unindex(tx: sa.Connection, image_id: str) -> None:
    """Have a picture not found any more."""
    tx.execute(sa.delete(IMAGE_WORDS).where(IMAGE_WORDS.c.image_id == image_id))


def image_ids(
    tx: sa.Connection, search: Search, *, team_id: str, viewer_id: str, limit: int, offset: int = 0
) -> tuple[list[str], int]:
    """The ids of a page, newest first, and how many there are in all, up to `MOST_COUNTED` + 1.

    Only what the viewer may see: their own, and what was made in public channels.
    """
    wanted = _wanted(tx, search, team_id=team_id, viewer_id=viewer_id)
    if wanted is None:
        return [], 0
    found = sa.select(IMAGES.c.id).where(*wanted)
    counted = sa.select(sa.func.count()).select_from(found.limit(MOST_COUNTED + 1).subquery())
    total = int(tx.execute(counted).scalar_one())
    page = found.order_by(IMAGES.c.created_at.desc(), IMAGES.c.id.desc())
    return list(tx.execute(page.limit(limit).offset(offset)).scalars()), total


def statement(
    tx: sa.Connection, search: Search, *, team_id: str, viewer_id: str
) -> sa.Select[tuple[str]]:
    """The statement behind a page, for its plan to be looked at."""
    wanted = _wanted(tx, search, team_id=team_id, viewer_id=viewer_id) or [sa.false()]
    found = sa.select(IMAGES.c.id).where(*wanted)
    return found.order_by(IMAGES.c.created_at.desc(), IMAGES.c.id.desc())


def _wanted(
    tx: sa.Connection, search: Search, *, team_id: str, viewer_id: str
) -> list[sa.ColumnElement[bool]] | None:
    """The conditions; None where a word is in no picture, so that nothing can be found."""
    wanted = [_visible(search, team_id=team_id, viewer_id=viewer_id)]
    is_narrow = False
    for word in looked_for(search.words):
        begins = (IMAGE_WORDS.c.word >= word, IMAGE_WORDS.c.word < word + _END)
        having = sa.and_(IMAGE_WORDS.c.team_id == team_id, *begins)
        times = _times(tx, having)
        if times == 0:
            return None
        if times <= RARE:
            wanted.append(IMAGES.c.id.in_(sa.select(IMAGE_WORDS.c.image_id).where(having)))
            is_narrow = True
        else:
            # Without the workspace: with it, SQLite would go through all pictures of the word.
            within = sa.and_(IMAGE_WORDS.c.image_id == IMAGES.c.id, *begins)
            wanted.append(sa.exists().where(within))
    if search.is_starred:
        starred = sa.and_(STARS.c.team_id == team_id, STARS.c.user_id == viewer_id)
        wanted.append(IMAGES.c.id.in_(sa.select(STARS.c.image_id).where(starred)))
        is_narrow = True
    if search.channel_id:
        wanted.append(IMAGES.c.channel_id == search.channel_id)
    if search.model_id:
        wanted.append(IMAGES.c.model_id == search.model_id)
    if search.since is not None:
        start = datetime.combine(search.since, time(), UTC)
        wanted.append(IMAGES.c.created_at >= start)
    if search.until is not None:
        end = datetime.combine(search.until, time(), UTC) + timedelta(days=1)
        wanted.append(IMAGES.c.created_at < end)
    if not is_narrow:
        # Those ids are of this workspace; naming it would tempt SQLite away from them.
        wanted.insert(0, IMAGES.c.team_id == team_id)
    return wanted


def _visible(search: Search, *, team_id: str, viewer_id: str) -> sa.ColumnElement[bool]:
    is_own = IMAGES.c.requester_id == viewer_id
    if search.by_id == viewer_id:
        return is_own
    public = sa.select(CHANNELS.c.id).where(CHANNELS.c.team_id == team_id, CHANNELS.c.is_public)
    is_public = IMAGES.c.channel_id.in_(public)
    if search.by_id:
        return sa.and_(IMAGES.c.requester_id == search.by_id, is_public)
    return sa.or_(is_own, is_public)


def _times(tx: sa.Connection, having: sa.ColumnElement[bool]) -> int:
    some = sa.select(sa.literal(1)).where(having).limit(RARE + 1).subquery()
    return int(tx.execute(sa.select(sa.func.count()).select_from(some)).scalar_one())
