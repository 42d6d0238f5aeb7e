"""Sentences said to one person alone, in mrkdwn: what cannot be done, why, and what can."""

from collections.abc import Iterable
from datetime import datetime

from blocks.text import credits, mention, month_name, when
from bot.domain.money import Limit, Shortage, month_of
from bot.domain.people import Tool
from bot.domain.proposals import Proposal, ProposalState

EXPIRED = (
    "This proposal has expired; nothing was charged. “Propose again” on its card makes a new one."
)
STALE = (
    "This proposal changed while you were looking at it, so nothing was done. "
    "Its card now shows how it stands: please look again, then decide."
)
ELSEWHERE = "There is no such thing in this workspace. Nothing was done."
GONE = "That image is not in this workspace's gallery any more. Nothing was done."
FILE_GONE = "That picture is not in Slack any more, or I cannot see it. Nothing was charged."
FILE_ELSEWHERE = (
    "That picture is kept outside Slack. Please upload the picture itself. Nothing was charged."
)
FILE_NOT_READABLE = (
    "Slack does not let me read that picture. An admin can install me anew, which asks for the "
    "permission. Nothing was charged."
)
SLACK_GIVES_NOTHING = "Slack does not give me that picture now. Please try again in a minute."
ON_ITS_WAY = "This image is still on its way into its thread. Please try again in a moment."
LAST_ROW = (
    "This is the last image of the batch, so it stays. To have none of them made, press “Deny”; "
    "nothing was charged."
)
NOT_ADMIN = "Only admins of this workspace can change its settings. Nothing was changed."
GUEST = (
    "Guests cannot spend credits in this workspace. A member can approve this, "
    "or an admin can allow guests to."
)
EXTERNAL = (
    "People from other organisations cannot spend credits in this workspace. "
    "A member can approve this."
)


def not_yours(requester_id: str, approver_ids: Iterable[str]) -> str:
    """Somebody else's proposal: who can decide it."""
    deciders = [requester_id, *sorted(set(approver_ids) - {requester_id})]
    return f"Only {_either(deciders)} can decide this proposal. Nothing was done."


def not_your_image(requester_id: str) -> str:
    """Somebody else's image: who can change it."""
    return (
        f"Only {mention(requester_id)}, who asked for this image, and admins can do that. "
        "Nothing was done."
    )


def is_a_sheet(count: int) -> str:
    """A file shows several images of ours."""
    return (
        f"That is a sheet of {count} images of ours. Please say which one, such as “the second "
        "one”, or press a button under it."
    )


def cannot_delete(code: str) -> str:
    """Slack did not delete a file, so nothing was."""
    return (
        f"Slack does not delete the image now (`{code}`). It is all still there; try again later."
    )


def already_decided(proposal: Proposal) -> str:
    """Who was faster, and when."""
    if proposal.state is ProposalState.EXPIRED:
        return EXPIRED
    if proposal.outcome is None:
        return STALE
    denied = proposal.state in (ProposalState.DENIED, ProposalState.SUPERSEDED)
    verb = "denied" if denied else "approved"
    who, moment = mention(proposal.outcome.by), when(proposal.outcome.at)
    return f"This proposal was already {verb} by {who}, {moment}. Its card shows how it stands."


def over_budget(shortage: Shortage, *, at: datetime) -> str:
    """What it costs, what is left of which budget, and what helps."""
    left = credits(max(shortage.left_credits, 0))
    is_left = "is" if shortage.left_credits == 1 else "are"
    of_which = {
        Limit.WORKSPACE_MONTH: f"left in {month_name(month_of(at))}",
        Limit.PERSON_DAY: "left for you today",
        Limit.CHANNEL_MONTH: f"left for this channel in {month_name(month_of(at))}",
    }[shortage.limit]
    return (
        f"This costs {credits(shortage.needed_credits)}, but {left} of "
        f"{shortage.budget_credits:,} {is_left} {of_which}. Nothing was charged. Choose fewer "
        f"images or a cheaper model with “Edit…”, or ask an admin to raise the budget."
    )


def cannot_post(code: str) -> str:
    """Slack does not let us write here: why, and where we can."""
    why = _CANNOT_POST.get(code, f"Slack says `{code}`")
    return (
        f"I cannot post in this channel: {why}. Nothing was proposed or charged. "
        "You can always ask me in a direct message."
    )


_CANNOT_POST = {
    "not_in_channel": "I am not in it; `/invite` me first",
    "channel_not_found": "I am not in it; `/invite` me first",
    "is_archived": "it is archived",
    "restricted_action": "its admins do not let apps post",
}


def blocked(tool: Tool, admin_ids: Iterable[str]) -> str:
    """A tool the workspace does not allow, and who can change that."""
    admins = sorted(set(admin_ids))
    who = f": {', '.join(map(mention, admins))}" if admins else ""
    return f"{tool.label} is blocked in this workspace. Admins can change it{who}."


def _either(user_ids: list[str]) -> str:
    *others, last = map(mention, user_ids)
    return f"{', '.join(others)} or {last}" if others else last
