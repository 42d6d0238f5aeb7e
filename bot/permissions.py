"""Who may do what: a workspace, a person and a tool in, a decision with its reason out; pure."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.people import Mode, Person, Tool, Workspace


class Reason(StrEnum):
    """Why something is not allowed."""

    BLOCKED_TOOL = "blocked tool"
    GUEST = "guest"
    EXTERNAL = "external"
    NOT_THEIRS = "not theirs"


@dataclass(frozen=True)
class Decision:
    """What a tool may do for a person; a reason where it may not."""

    mode: Mode
    reason: Reason | None = None


def decide(workspace: Workspace, person: Person, tool: Tool) -> Decision:
    """What the workspace lets this person have this tool do; blocked wins over everything."""
    mode = workspace.mode(tool)
    if mode is Mode.BLOCKED:
        return Decision(Mode.BLOCKED, Reason.BLOCKED_TOOL)
    if tool in _SPENDING:
        outsider = _outsider(workspace, person)
        if outsider is not None:
            return Decision(Mode.BLOCKED, outsider)
    return Decision(mode)


def may_decide(workspace: Workspace, person: Person, *, requester_id: str) -> Reason | None:
    """Why this person may not approve or deny a proposal; None where they may.

    The requester may, and the approvers the workspace names.
    """
    if person.id != requester_id and person.id not in workspace.approvers:
        return Reason.NOT_THEIRS
    return None


def may_spend(
    workspace: Workspace, person: Person, *, requester_id: str, tool: Tool
) -> Reason | None:
    """Why this person may not approve that the tool spends credits; None where they may."""
    decision = decide(workspace, person, tool)
    return decision.reason or may_decide(workspace, person, requester_id=requester_id)


_SPENDING = frozenset({Tool.GENERATE})


def _outsider(workspace: Workspace, person: Person) -> Reason | None:
    if person.is_external:
        return Reason.EXTERNAL
    if person.is_guest and not workspace.guests_may_spend:
        return Reason.GUEST
    return None
