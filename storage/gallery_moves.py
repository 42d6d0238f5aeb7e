"""What changes in the Gallery: pictures imported, described, deleted; one transaction each."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.domain.audit import AuditEntry, Deed
from bot.domain.images import Image
from bot.domain.proposals import DeletedImage
from storage import audit, gallery, proposals, search
from storage.tables import IMAGES, ITEMS, STARS


def set_alt_text(tx: sa.Connection, image_id: str, *, team_id: str, alt_text: str) -> bool:
    """Replace what a picture is said to show; False where it is not there."""
    result = tx.execute(
        sa.update(IMAGES)
        .where(IMAGES.c.id == image_id, IMAGES.c.team_id == team_id)
        .values(alt_text=alt_text)
    )
    return result.rowcount == 1


def import_once(tx: sa.Connection, image: Image) -> Image:
    """Add an imported picture; where its file was imported meanwhile, that image."""
    if image.slack_file_id is not None:
        known = gallery.of_file(tx, image.slack_file_id, team_id=image.team_id)
        if known is not None:
            return known
    gallery.keep(tx, image)
    entry = AuditEntry(
        team_id=image.team_id,
        at=image.created_at,
        actor_id=image.requester_id,
        deed=Deed.IMAGE_IMPORTED,
        subject=image.id,
        new=image.title,
    )
    audit.write(tx, entry)
    return image


@dataclass(frozen=True)
class Deleted:
    """A picture that is gone from the gallery, and what is left to be done outside."""

    image: Image
    proposal_id: str | None
    """Whose card says so now."""
    shown_file_id: str | None
    """The Slack file of its sheet, or of it alone, in the thread."""
    left: tuple[Image, ...]
    """What else stands on the sheet."""
    orphans: tuple[str, ...]
    """The digests of its bytes that no other picture has."""


def delete(
    tx: sa.Connection, image_id: str, *, team_id: str, by: str, at: datetime
) -> Deleted | None:
    """Take a picture out of the gallery for good; None where it is not there.

    Its item remembers that there was one, and who deleted it (empty: its time was over).
    """
    image = gallery.find(tx, image_id, team_id=team_id)
    if image is None:
        return None
    tx.execute(sa.delete(IMAGES).where(IMAGES.c.id == image_id))
    tx.execute(sa.delete(STARS).where(STARS.c.team_id == team_id, STARS.c.image_id == image_id))
    search.unindex(tx, image_id)
    proposal_id: str | None = None
    shown_file_id: str | None = None
    left: list[Image] = []
    if image.item_id is not None:
        item = (
            tx.execute(
                sa.select(ITEMS.c.proposal_id, ITEMS.c.deleted, ITEMS.c.posted_file_id).where(
                    ITEMS.c.id == image.item_id
                )
            )
        ).one()
        proposal_id, shown_file_id = item.proposal_id, item.posted_file_id
        gone = DeletedImage(index=image.index, by=by).model_dump()
        tx.execute(
            sa.update(ITEMS)
            .where(ITEMS.c.id == image.item_id)
            .values(deleted=[*item.deleted, gone])
        )
        proposals.touch(tx, item.proposal_id)
        left = gallery.of_item(tx, image.item_id, team_id=team_id)
    entry = AuditEntry(
        team_id=team_id,
        at=at,
        actor_id=by,
        deed=Deed.IMAGE_DELETED,
        subject=image_id,
        old=image.title,
    )
    audit.write(tx, entry)
    kept = ((IMAGES.c.sha256, image.sha256), (IMAGES.c.vector_sha256, image.vector_sha256))
    return Deleted(
        image=image,
        proposal_id=proposal_id,
        shown_file_id=shown_file_id,
        left=tuple(left),
        orphans=tuple(
            digest
            for column, digest in kept
            if digest is not None and not _is_used(tx, column, digest, team_id=team_id)
        ),
    )


def _is_used(tx: sa.Connection, column: sa.Column[str], digest: str, *, team_id: str) -> bool:
    found = sa.select(IMAGES.c.id).where(IMAGES.c.team_id == team_id, column == digest).limit(1)
    return tx.execute(found).first() is not None
