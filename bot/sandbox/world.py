"""Everything one running sandbox consists of, handed to whoever answers a request."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

from .activity import Activity
from .api.faults import Faults
from .api.rates import Rates
from .clock import Clock
from .delivery.delivery import Delivery
from .delivery.http import HttpRequests
from .delivery.limits import DELIVERIES_AN_HOUR, SPARED_EVENTS_AN_HOUR
from .delivery.socket import SocketMode
from .errors import Refused
from .journal import Journal
from .manifest import App
from .store import Store, Workspace
from .stream import Stream


@dataclass(frozen=True)
class Settings:
    """Times in seconds of the sandbox's clock.

    A rotating token lives twelve hours in Slack; a shorter life makes an app renew it at once.
    Source: https://docs.slack.dev/authentication/using-token-rotation (2026)

    `commercial` makes the app one that is sold outside the Marketplace: it may read messages once
    a minute and 15 at a time.
    """

    trigger_seconds: float = 3.0
    file_share_seconds: float = 0.05
    file_processing_seconds: float = 0.3
    token_seconds: float = 43_200.0
    message_limit: int = 20_000
    journal_limit: int = 2_000
    deliveries_an_hour: int = DELIVERIES_AN_HOUR
    spared_events_an_hour: int = SPARED_EVENTS_AN_HOUR
    commercial: bool = False


@dataclass
class World:
    """`team` is the workspace in which an act takes place; empty, it is the first."""

    app: App
    settings: Settings
    clock: Clock
    journal: Journal
    store: Store
    socket: SocketMode
    delivery: Delivery
    activity: Activity
    rates: Rates
    faults: Faults
    http: HttpRequests | None = None
    base_url: str = ""
    app_token: str = ""
    client_id: str = ""
    client_secret: str = ""
    reset: Callable[[], None] = lambda: None
    streams: dict[str, Stream] = field(default_factory=dict)
    team: str = ""

    @property
    def workspace(self) -> Workspace:
        """The workspace in which an act takes place."""
        if self.team:
            return self.store.workspaces[self.team]
        return next(iter(self.store.workspaces.values()))

    @property
    def stream(self) -> Stream:
        return self.streams[self.workspace.id]

    def at(self, team: str) -> "World":
        """The same world, seen from another workspace, named by id, domain or name.

        Raises: Refused `team_not_found`.
        """
        for workspace in self.store.workspaces.values():
            if team in (workspace.id, workspace.domain, workspace.name):
                there = copy.copy(self)
                there.team = workspace.id
                return there
        raise Refused("team_not_found", f"there is no workspace {team!r}", status=404)
