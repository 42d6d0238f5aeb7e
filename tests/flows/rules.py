"""A workspace's rules, changed as an admin would have them."""

from typing import Any

from bot.domain.people import Mode, Tool, Workspace
from storage import workspaces
from tests.conftest import Studio


async def rules(studio: Studio, **changes: Any) -> Workspace:
    """Change the workspace's rules; what they are then."""
    team_id = studio.slack.team_id
    now = await studio.services.workspace(team_id)
    wanted = Workspace.model_validate(now.model_dump() | changes)
    assert await studio.services.store.run(workspaces.save, wanted)
    studio.services.forget_rules(team_id)
    return await studio.services.workspace(team_id)


async def set_mode(studio: Studio, tool: Tool, mode: Mode) -> None:
    """Give one tool a mode."""
    now = await studio.services.workspace(studio.slack.team_id)
    await rules(studio, modes={**now.modes, tool: mode})
