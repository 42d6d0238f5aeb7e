"""Workspaces and their rules."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from bot.domain.audit import AuditEntry, Deed
from bot.domain.people import ChannelMode, Mode, Tool, Workspace
from bot.domain.rules import Difference, differences
from storage import audit
from storage.requests import insert_once
from storage.tables import WORKSPACES


def find(tx: sa.Connection, team_id: str) -> Workspace | None:
    """The workspace's rules, if it was ever here."""
    row = tx.execute(_FINDING, {"team_id": team_id}).mappings().first()
    if row is None:
        return None
    plain = set(Workspace.model_fields) - {"approvers", "modes", "model_ids", "channel_modes"}
    return Workspace(
        **{name: row[name] for name in plain},
        approvers=frozenset(row["approvers"]),
        modes={Tool(tool): Mode(mode) for tool, mode in row["modes"].items()},
        model_ids=None if row["model_ids"] is None else frozenset(row["model_ids"]),
        channel_modes={
            channel: ChannelMode(mode) for channel, mode in row["channel_modes"].items()
        },
    )


_FINDING = sa.select(WORKSPACES).where(WORKSPACES.c.id == sa.bindparam("team_id"))


def welcome(tx: sa.Connection, team_id: str, *, budget_credits: int) -> Workspace:
    """The workspace's rules; one that is new starts with that monthly budget."""
    fresh = Workspace(id=team_id, budget_credits=budget_credits)
    insert_once(tx, WORKSPACES, _values(fresh))
    return find(tx, team_id) or fresh


def save(tx: sa.Connection, workspace: Workspace) -> bool:
    """Replace a workspace's rules, unless somebody changed them since `workspace` was read."""
    fresh = _values(workspace) | {"revision": workspace.revision + 1}
    if insert_once(tx, WORKSPACES, fresh):
        return True
    result = tx.execute(
        sa.update(WORKSPACES)
        .where(WORKSPACES.c.id == workspace.id, WORKSPACES.c.revision == workspace.revision)
        .values(**fresh)
    )
    return result.rowcount == 1


def change_rules(
    tx: sa.Connection, before: Workspace, after: Workspace, *, by: str, at: datetime
) -> bool:
    """Replace `before` by `after` and log every setting that changed, unless somebody was faster.

    A second call with the same values changes and logs nothing.
    """
    changes = differences(before, after)
    return not changes or record(tx, before, after, changes, by=by, at=at)


def record(
    tx: sa.Connection,
    before: Workspace,
    after: Workspace,
    changes: Iterable[Difference],
    *,
    by: str,
    at: datetime,
) -> bool:
    """Replace `before` by `after` and log these changes, unless somebody was faster."""
    if not save(tx, after.model_copy(update={"revision": before.revision})):
        return False
    entries = [
        AuditEntry(
            team_id=before.id,
            at=at,
            actor_id=by,
            deed=Deed.SETTING_CHANGED,
            subject=change.subject,
            old=change.old,
            new=change.new,
        )
        for change in changes
    ]
    audit.write(tx, *entries)
    return True


def with_retention(tx: sa.Connection) -> list[Workspace]:
    """The workspaces that do not keep images for good."""
    ids = tx.execute(
        sa.select(WORKSPACES.c.id).where(WORKSPACES.c.retention_days.is_not(None))
    ).scalars()
    return [found for team_id in ids.all() if (found := find(tx, team_id)) is not None]


def _values(workspace: Workspace) -> dict[str, object]:
    values = workspace.model_dump(mode="json")
    for name in ("approvers", "model_ids"):
        values[name] = None if values[name] is None else sorted(values[name])
    return values
