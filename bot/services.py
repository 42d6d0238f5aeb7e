"""What listeners, jobs and tools may use; made once by `bot.app`, handed down as an argument."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime

from bot.config import Settings
from bot.domain.catalog import Catalog
from bot.domain.money import Balance
from bot.domain.people import Person, Workspace
from bot.engine import Engine
from bot.errors import SlackError
from bot.slack.gateway import Slack
from bot.studio.provider import Provider
from storage import ledger, workspaces
from storage.blobs import Blobs
from storage.store import Store

_RULES_SECONDS = 5.0
"""How long a workspace's rules are believed where nothing is decided by them."""


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
    _rules: dict[str, tuple[float, Workspace]] = field(default_factory=dict)

    async def workspace(self, team_id: str) -> Workspace:
        """A workspace's rules as they are committed."""
        known = await self.store.read(workspaces.find, team_id)
        if known is not None:
            return known
        return await self.store.run(
            workspaces.welcome, team_id, budget_credits=self.settings.monthly_budget_credits
        )

    async def rules(self, team_id: str) -> Workspace:
        """A workspace's rules as they were some seconds ago: for planning, never for deciding."""
        known = self._rules.get(team_id)
        if known is not None and time.monotonic() - known[0] < _RULES_SECONDS:
            return known[1]
        workspace = await self.workspace(team_id)
        self._rules[team_id] = (time.monotonic(), workspace)
        return workspace

    async def admins(self, team_id: str) -> tuple[Person, ...]:
        """The workspace's first admins and owners; none where Slack does not say now."""
        try:
            return await self.slack.admins(team_id=team_id)
        except SlackError:
            return ()

    def forget_rules(self, team_id: str) -> None:
        """Have the rules read afresh: they were changed here."""
        self._rules.pop(team_id, None)

    async def balance(self, team_id: str) -> Balance:
        """A workspace's credits in the current month."""
        workspace = await self.workspace(team_id)
        return await self.store.read(
            ledger.balance,
            team_id=team_id,
            budget_credits=workspace.budget_credits,
            at=self.now(),
        )
