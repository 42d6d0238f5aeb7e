"""Workspaces' own keys for providers, sealed: what can be read here opens nothing by itself."""

from datetime import datetime

import sqlalchemy as sa

from bot.domain.people import Workspace
from bot.domain.rules import differences, entered_anew
from storage import workspaces
from storage.tables import PROVIDER_KEYS


def find(tx: sa.Connection, team_id: str, provider: str) -> str | None:
    """A workspace's sealed key for a provider."""
    found = tx.execute(
        sa.select(PROVIDER_KEYS.c.sealed).where(
            PROVIDER_KEYS.c.team_id == team_id, PROVIDER_KEYS.c.provider == provider
        )
    )
    return found.scalar_one_or_none()


def of_team(tx: sa.Connection, team_id: str) -> dict[str, str]:
    """All sealed keys of a workspace, by provider."""
    found = tx.execute(
        sa.select(PROVIDER_KEYS.c.provider, PROVIDER_KEYS.c.sealed).where(
            PROVIDER_KEYS.c.team_id == team_id
        )
    )
    return {row.provider: row.sealed for row in found}


def providers(tx: sa.Connection) -> list[str]:
    """The providers for which any workspace has a key."""
    return list(tx.execute(sa.select(PROVIDER_KEYS.c.provider).distinct()).scalars())


def replace(
    tx: sa.Connection,
    before: Workspace,
    provider: str,
    *,
    sealed: str | None,
    hint: str,
    by: str,
    at: datetime,
) -> bool:
    """Keep another key for a provider, or none, and log it; False where the rules have changed.

    `hint` is the last characters of the new key. A key is logged also where it looks the same.
    """
    if sealed is None and provider not in before.own_keys:
        return True
    hints = {name: old for name, old in before.own_keys.items() if name != provider}
    if sealed is not None:
        hints[provider] = hint
    after = before.model_copy(update={"own_keys": hints})
    changes = differences(before, after) or [entered_anew(before, provider)]
    if not workspaces.record(tx, before, after, changes, by=by, at=at):
        return False
    tx.execute(
        sa.delete(PROVIDER_KEYS).where(
            PROVIDER_KEYS.c.team_id == before.id, PROVIDER_KEYS.c.provider == provider
        )
    )
    if sealed is not None:
        tx.execute(
            sa.insert(PROVIDER_KEYS).values(team_id=before.id, provider=provider, sealed=sealed)
        )
    return True
