"""What a rule that says no means in words: a reason in, the error to raise out."""

from blocks import notices
from bot.domain.people import Tool, Workspace
from bot.errors import NotAllowed
from bot.permissions import Decision, Reason


def check(decision: Decision, workspace: Workspace, *, requester_id: str = "") -> None:
    """Raise what a decision's reason means in words, if it has one.

    Raises: NotAllowed.
    """
    match decision.reason:
        case None:
            return
        case Reason.BLOCKED_TOOL:
            raise blocked(decision.tool or Tool.GENERATE)
        case Reason.GUEST:
            raise NotAllowed(notices.GUEST)
        case Reason.EXTERNAL:
            raise NotAllowed(notices.EXTERNAL)
        case Reason.NOT_THEIRS:
            raise NotAllowed(notices.not_yours(requester_id, workspace.approvers))
        case Reason.NOT_ADMIN:
            raise NotAllowed(notices.NOT_ADMIN)


def blocked(tool: Tool) -> NotAllowed:
    """What to raise for a tool that the workspace has blocked."""
    return NotAllowed(notices.blocked(tool, ()))
