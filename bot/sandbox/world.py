"""Everything one running sandbox consists of, handed to whoever answers a request."""

from collections.abc import Callable
from dataclasses import dataclass

from .api.faults import Faults
from .api.rates import Rates
from .clock import Clock
from .delivery.socket import SocketMode
from .journal import Journal
from .manifest import App
from .store import Store, Workspace


@dataclass(frozen=True)
class Settings:
    """Times in seconds of the sandbox's clock."""

    trigger_seconds: float = 3.0
    file_share_seconds: float = 0.05
    file_processing_seconds: float = 0.3
    message_limit: int = 20_000
    journal_limit: int = 2_000


@dataclass
class World:
    app: App
    settings: Settings
    clock: Clock
    journal: Journal
    store: Store
    socket: SocketMode
    rates: Rates
    faults: Faults
    base_url: str = ""
    app_token: str = ""
    reset: Callable[[], None] = lambda: None

    @property
    def home(self) -> Workspace:
        """The workspace in which the page and the test client act."""
        return next(iter(self.store.workspaces.values()))
