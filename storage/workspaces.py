"""Workspaces and their rules."""

import sqlalchemy as sa

from bot.domain.people import Mode, Tool, Workspace
from storage.requests import insert_once
from storage.tables import WORKSPACES


def find(tx: sa.Connection, team_id: str) -> Workspace | None:
    """The workspace's rules, if it was ever here."""
    row = tx.execute(_FINDING, {"team_id": team_id}).mappings().first()
    if row is None:
        return None
    return Workspace(
        id=row["id"],
        budget_credits=row["budget_credits"],
        approvers=frozenset(row["approvers"]),
        modes={Tool(tool): Mode(mode) for tool, mode in row["modes"].items()},
        guests_may_spend=row["guests_may_spend"],
    )


_FINDING = sa.select(WORKSPACES).where(WORKSPACES.c.id == sa.bindparam("team_id"))


def welcome(tx: sa.Connection, team_id: str, *, budget_credits: int) -> Workspace:
    """The workspace's rules; one that is new starts with that monthly budget."""
    fresh = Workspace(id=team_id, budget_credits=budget_credits)
    insert_once(tx, WORKSPACES, _values(fresh))
    return find(tx, team_id) or fresh


def save(tx: sa.Connection, workspace: Workspace) -> None:
    """Replace a workspace's rules."""
    if not insert_once(tx, WORKSPACES, _values(workspace)):
        tx.execute(
            sa.update(WORKSPACES)
            .where(WORKSPACES.c.id == workspace.id)
            .values(**_values(workspace))
        )


def _values(workspace: Workspace) -> dict[str, object]:
    return {
        "id": workspace.id,
        "budget_credits": workspace.budget_credits,
        "approvers": sorted(workspace.approvers),
        "modes": {str(tool): str(mode) for tool, mode in workspace.modes.items()},
        "guests_may_spend": workspace.guests_may_spend,
    }
