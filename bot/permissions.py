"""Who may do what: a workspace, a person and a tool in, a decision with its reason out; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.people import Mode, Person, Tool, Workspace


class Reason(StrEnum):
    """Why something is not allowed."""

    BLOCKED_TOOL = "blocked tool"
    GUEST = "guest"
    EXTERNAL = "external"
    NOT_THEIRS = "not theirs"
    NOT_ADMIN = "not an admin"


@dataclass(frozen=True)
class Decision:
    """What tools may do for a person; a reason where they may not."""

    mode: Mode
    reason: Reason | None = None
    tool: Tool | None = None
    """Which tool stands in the way."""


CARDLESS: frozenset[Tool] = frozenset(
    {Tool.BROWSE_MODELS, Tool.LIST_IMAGES, Tool.PROPOSE, Tool.IMPORT_ATTACHMENT}
)
"""The tools that have no card of their own: where they are to be asked about, words are asked."""

COMMITTING: frozenset[Tool] = frozenset(
    {Tool.GENERATE, Tool.GENERATE_BATCH, Tool.EDIT, Tool.UPSCALE, Tool.INSERT_INTO_CANVAS}
)
"""The tools that spend credits or change a document."""


def decide(workspace: Workspace, person: Person, *tools: Tool) -> Decision:
    """What the workspace lets this person have these tools do together.

    Blocked wins over everything, and one tool that asks makes all of them ask.
    """
    modes = {tool: workspace.mode(tool) for tool in tools}
    blocked = next((tool for tool, mode in modes.items() if mode is Mode.BLOCKED), None)
    if blocked is not None:
        return Decision(Mode.BLOCKED, Reason.BLOCKED_TOOL, blocked)
    reason = outsider(workspace, person)
    committing = next((tool for tool in tools if tool in COMMITTING), None)
    if committing is not None and reason is not None:
        return Decision(Mode.BLOCKED, reason, committing)
    asks = any(mode is Mode.ASK for mode in modes.values())
    return Decision(Mode.ASK if asks else Mode.AUTO)


def may_decide(workspace: Workspace, person: Person, *, requester_id: str) -> Reason | None:
    """Why this person may not approve or deny a proposal; None where they may.

    The requester may, and the approvers the workspace names.
    """
    if person.id != requester_id and person.id not in workspace.approvers:
        return Reason.NOT_THEIRS
    return None


def may_approve(
    workspace: Workspace, person: Person, *, requester_id: str, tools: Sequence[Tool]
) -> Decision:
    """Whether this person may approve that the tools run; a reason where they may not."""
    decision = decide(workspace, person, *tools)
    if decision.reason is not None:
        return decision
    reason = may_decide(workspace, person, requester_id=requester_id)
    return decision if reason is None else Decision(decision.mode, reason)


def may_go_ahead(workspace: Workspace, person: Person, *, requester_id: str) -> Reason | None:
    """Why this person may not let a tool without a card go ahead; None where they may."""
    return may_decide(workspace, person, requester_id=requester_id)


def nobody_decides(workspace: Workspace, person: Person, *tools: Tool) -> Reason | None:
    """Why a card of these tools would wait in vain: the asker may not spend, nobody else decides.

    None where somebody can be expected to decide it.
    """
    decision = decide(workspace, person, *tools)
    if decision.reason in (Reason.GUEST, Reason.EXTERNAL) and not workspace.approvers - {person.id}:
        return decision.reason
    return None


def may_set_rules(person: Person) -> Reason | None:
    """Why this person may not change the workspace's rules; None where they may."""
    is_admin = person.is_admin and not person.is_external
    return None if is_admin else Reason.NOT_ADMIN


def outsider(workspace: Workspace, person: Person) -> Reason | None:
    """Why this person may not spend, being from outside; None where they may."""
    if person.is_external:
        return None if workspace.externals_may_spend else Reason.EXTERNAL
    if person.is_guest and not workspace.guests_may_spend:
        return Reason.GUEST
    return None
