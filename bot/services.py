"""What listeners, jobs and tools may use; made once by `bot.app`, handed down as an argument."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.config import Settings
from bot.domain.catalog import Catalog
from bot.domain.money import Balance
from bot.domain.people import Person, Workspace
from bot.engine import Engine
from bot.errors import SlackError
from bot.keyring import Keyring
from bot.slack.gateway import Slack
from bot.studio.provider import Provider
from bot.studio.safety import Score
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
    """Every model we know; `offered` is what a workspace may use of it."""
    providers: Mapping[str, Provider]
    """Those that the operator's keys open, and the local ones, by name."""
    keyring: Keyring
    """Those that a workspace's own keys open."""
    bot_user_id: str
    pixels: Executor
    """Where Pillow works, off the event loop."""
    now: Callable[[], datetime]
    """The aware UTC time."""
    score: Score | None = None
    """Stands in for the installed safety check; None is that one, if any."""
    _rules: dict[str, tuple[float, Workspace]] = field(default_factory=dict)
    _available: dict[tuple[frozenset[str], date], Catalog] = field(default_factory=dict)

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

    def available(self, workspace: Workspace) -> Catalog:
        """The models that a workspace could use: there is a key, and their makers still have them.

        The rest of what we know has its names in it.
        """
        names = frozenset({*self.providers, *workspace.own_keys})
        today = self.now().date()
        key = (names, today)
        if key not in self._available:
            self._available.clear()
            self._available[key] = self.catalog.where(
                lambda model: model.provider in names and model.is_offered(today)
            )
        return self._available[key]

    def offered(self, workspace: Workspace) -> Catalog:
        """The models that a workspace may use: the available ones that its admins allow."""
        return self.available(workspace).narrowed(workspace.model_ids)

    async def provider(self, team_id: str, name: str) -> Provider | None:
        """A provider as a workspace uses it: with its own key, else the operator's; None without.

        Raises: BadSeal where the key cannot be opened.
        """
        workspace = await self.workspace(team_id)
        if name in workspace.own_keys:
            return await self.keyring.provider(self.store, team_id, name)
        return self.providers.get(name)

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
