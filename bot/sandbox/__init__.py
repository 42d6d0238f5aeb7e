"""A Slack workspace on localhost, as strict as the real one, for demos and tests."""

from .client import Sandbox
from .errors import Refused
from .person import Person
from .server import Server, serve
from .team import Team
from .world import Settings

__all__ = ["Person", "Refused", "Sandbox", "Server", "Settings", "Team", "serve"]
