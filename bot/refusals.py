"""What a rule that says no means in words: a reason in, the error to raise out."""

from blocks import budget, notices, replies
from blocks.message import Message
from bot.domain.people import ChannelMode, Tool, Workspace
from bot.errors import NotAllowed, OverBudget, UserError
from bot.permissions import Decision, Reason
from bot.services import Services


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
            raise NotAllowed(notices.GUEST, is_for_admins=True)
        case Reason.EXTERNAL:
            raise NotAllowed(notices.EXTERNAL, is_for_admins=True)
        case Reason.NOT_THEIRS:
            raise NotAllowed(notices.not_yours(requester_id, workspace.approvers))
        case Reason.NOT_ADMIN:
            raise NotAllowed(notices.NOT_ADMIN, is_for_admins=True)


def check_channel(workspace: Workspace, channel_id: str) -> None:
    """See that we are not switched off in a channel.

    Raises: NotAllowed.
    """
    if workspace.channel_mode(channel_id) is ChannelMode.OFF:
        raise NotAllowed(notices.CHANNEL_OFF, is_for_admins=True)


def blocked(tool: Tool) -> NotAllowed:
    """What to raise for a tool that the workspace has blocked."""
    return NotAllowed(notices.blocked(tool), is_for_admins=True)


async def in_full(services: Services, error: UserError, *, team_id: str) -> Message:
    """What a person is told: who can change what stands in the way, and how to ask for more."""
    if isinstance(error, NotAllowed) and error.is_for_admins:
        names = [person.name for person in await services.admins(team_id)]
        return replies.said(f"{error.words} {notices.who_can_change(names)}")
    if isinstance(error, OverBudget) and error.proposal_id:
        return budget.too_little(error.words, proposal_id=error.proposal_id)
    return replies.said(error.words)
