"""The workspace's rules changed by an admin: a person and a change in, committed rules out."""

from collections.abc import Callable
from dataclasses import dataclass

from bot import permissions, refusals
from bot.domain.people import Mode, Person, Workspace
from bot.services import Services
from storage import audit, workspaces

Change = Callable[[Workspace], Workspace]
"""Puts what was entered into the rules as they are."""


@dataclass(frozen=True)
class Conflict:
    """Somebody changed the rules since they were shown."""

    workspace: Workspace
    """As they are now."""
    by: str
    """Who changed them; empty where the log does not say."""


async def admin(services: Services, user_id: str, *, team_id: str) -> Person:
    """The person, asked of Slack afresh, if they may change the rules.

    Raises: NotAllowed.
    """
    person = await services.slack.person(user_id, team_id=team_id, is_fresh=True)
    reason = permissions.may_set_rules(person)
    if reason is not None:
        workspace = await services.workspace(team_id)
        refusals.check(permissions.Decision(Mode.BLOCKED, reason), workspace)
    return person


async def save(
    services: Services, person: Person, *, revision: int, change: Change
) -> Workspace | Conflict:
    """Change the rules that had that revision, in the name of an admin just looked up.

    What they have become is logged, setting by setting, in the same transaction.
    """
    before = await services.workspace(person.team_id)
    if before.revision == revision:
        is_saved = await services.store.run(
            workspaces.change_rules, before, change(before), by=person.id, at=services.now()
        )
        services.forget_rules(person.team_id)
        if is_saved:
            return await services.workspace(person.team_id)
    return await conflict(services, person.team_id)


async def conflict(services: Services, team_id: str) -> Conflict:
    """The rules as somebody else left them, and who that was."""
    workspace = await services.workspace(team_id)
    newest = await services.store.read(audit.newest, team_id=team_id, limit=1)
    return Conflict(workspace, newest[0][1].actor_id if newest else "")


async def change_now(services: Services, person: Person, change: Change) -> Workspace:
    """Change the rules as they stand, whatever was shown before: for a command that says it all."""
    while True:
        now = await services.workspace(person.team_id)
        after = await save(services, person, revision=now.revision, change=change)
        if isinstance(after, Workspace):
            return after
