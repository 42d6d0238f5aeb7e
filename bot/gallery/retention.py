"""Deletes images whose time is over, where a workspace keeps them for some days only."""

from datetime import timedelta

import structlog

from bot.errors import UserError
from bot.gallery import forget
from bot.services import Services
from storage import gallery, workspaces

_AT_ONCE = 50
"""Of each workspace and sweep: deleting asks Slack twice for each."""

_log = structlog.stdlib.get_logger()


async def delete_overdue(services: Services) -> None:
    """Delete some of the oldest images that are older than their workspace keeps them."""
    for workspace in await services.store.read(workspaces.with_retention):
        if workspace.retention_days is None:
            continue
        before = services.now() - timedelta(days=workspace.retention_days)
        overdue = await services.store.read(
            gallery.overdue, team_id=workspace.id, before=before, limit=_AT_ONCE
        )
        for image_id in overdue:
            try:
                await forget.delete_overdue(services, image_id, team_id=workspace.id)
            except UserError as error:
                _log.info("image_not_deleted_yet", image=image_id, reason=error.words)
