"""Where the cards of proposals stand, and which of them are behind their rows."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from storage.tables import ITEMS, PROPOSALS


def of_items(
    tx: sa.Connection, item_ids: Sequence[str], *, team_id: str
) -> dict[str, tuple[str, str]]:
    """Where the cards of items stand: item id to (channel id, ts)."""
    rows = tx.execute(
        sa.select(ITEMS.c.id, PROPOSALS.c.channel_id, PROPOSALS.c.card_ts)
        .join(PROPOSALS, PROPOSALS.c.id == ITEMS.c.proposal_id)
        .where(
            ITEMS.c.id.in_(item_ids),
            PROPOSALS.c.team_id == team_id,
            PROPOSALS.c.card_ts.is_not(None),
        )
    )
    return {row.id: (row.channel_id, row.card_ts) for row in rows}


def shown(tx: sa.Connection, proposal_id: str, *, revision: int, card_ts: str) -> bool:
    """Note what the card shows and where it stands; False where the row has moved on."""
    seen = {"shown_id": proposal_id, "seen": revision, "shown_ts": card_ts}
    now = tx.execute(_SHOWING, seen).scalar_one_or_none()
    return now == revision


_SHOWING = (
    sa.update(PROPOSALS)
    .where(
        PROPOSALS.c.id == sa.bindparam("shown_id"),
        PROPOSALS.c.card_revision <= sa.bindparam("seen"),
    )
    .values(card_revision=sa.bindparam("seen"), card_ts=sa.bindparam("shown_ts"))
    .returning(PROPOSALS.c.revision)
)


def is_behind(tx: sa.Connection, proposal_id: str) -> bool:
    """Whether the card shows an older revision than the committed one, or none at all."""
    row = tx.execute(
        sa.select(PROPOSALS.c.card_revision, PROPOSALS.c.revision, PROPOSALS.c.card_ts).where(
            PROPOSALS.c.id == proposal_id
        )
    ).one()
    return row.card_ts is None or row.card_revision < row.revision


def behind(tx: sa.Connection, *, before: datetime) -> list[tuple[str, str]]:
    """Proposals made before that moment whose card shows an older revision: (id, team id)."""
    rows = tx.execute(
        sa.select(PROPOSALS.c.id, PROPOSALS.c.team_id)
        .where(PROPOSALS.c.card_revision < PROPOSALS.c.revision, PROPOSALS.c.created_at < before)
        .order_by(PROPOSALS.c.created_at)
        .limit(200)
    )
    return [(row.id, row.team_id) for row in rows]


def give_up(tx: sa.Connection, proposal_id: str) -> None:
    """Stop bringing a card up to date that Slack does not have any more."""
    tx.execute(
        sa.update(PROPOSALS)
        .where(PROPOSALS.c.id == proposal_id)
        .values(card_revision=PROPOSALS.c.revision)
    )
