"""What listeners, jobs and tools may use; made once by `bot.app`, handed down as an argument."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime

from bot.config import Settings
from bot.domain.catalog import Catalog
from bot.domain.money import Balance
from bot.domain.people import Workspace
from bot.engine import Engine
from bot.slack.gateway import Slack
from bot.studio.provider import Provider
from storage import ledger, workspaces
from storage.blobs import Blobs
from storage.store import Store


@dataclass(frozen=True)
class Services:
    """The parts of one running studio."""

    settings: Settings
    store: Store
    blobs: Blobs
    engine: Engine
    slack: Slack
    catalog: Catalog
    providers: Mapping[str, Provider]
    bot_user_id: str
    pixels: Executor
    """Where Pillow works, off the event loop."""
    now: Callable[[], datetime]
    """The aware UTC time."""

    async def workspace(self, team_id: str) -> Workspace:
        """A workspace's rules as they are committed."""
        known = await self.store.read(workspaces.find, team_id)
        if known is not None:
            return known
        return await self.store.run(
            workspaces.welcome, team_id, budget_credits=self.settings.monthly_budget_credits
        )

    async def balance(self, team_id: str) -> Balance:
        """A workspace's credits in the current month."""
        workspace = await self.workspace(team_id)
        return await self.store.read(
            ledger.balance,
            team_id=team_id,
            budget_credits=workspace.budget_credits,
            at=self.now(),
        )
