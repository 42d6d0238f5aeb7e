"""Sentences said to one person alone, in mrkdwn: what cannot be done, why, and what can."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from blocks.text import credits, mention, month_name, plural, quoted, when
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
SLACK_GIVES_NOTHING = "Slack does not give me that picture now. Please try again in a minute."
ON_ITS_WAY = "This image is still on its way into its thread. Please try again in a moment."
LAST_ROW = (
    "This is the last image of the batch, so it stays. To have none of them made, press “Deny”; "
    "nothing was charged."
)
PROPOSED_AGAIN = "A new proposal was made from this one already; it is in this thread."
NOTHING_RUNS = "Nothing of this is being made any more. Its card shows how it stands."
NOT_ADMIN = "Only admins of this workspace can change its settings. Nothing was changed."
GUEST = (
    "Guests cannot spend credits in this workspace, so nothing was done. "
    "An approver of this workspace can approve it for you."
)
EXTERNAL = (
    "People from other organisations cannot spend credits in this workspace, so nothing was done. "
    "An approver of this workspace can approve it for you."
)
GUEST_ALONE = (
    "Guests cannot spend credits in this workspace, and it has no approvers who could approve "
    "this for you. Nothing was proposed or charged."
)
EXTERNAL_ALONE = (
    "People from other organisations cannot spend credits in this workspace, and it has no "
    "approvers who could approve this for you. Nothing was proposed or charged."
)
LAPSED = "The time to decide this is over, so nothing was done. Just ask again."
DECIDED = "This was decided already; nothing more was done."
CHANNEL_OFF = (
    "I am switched off in this channel, so nothing was done. Write to me in a direct message "
    "instead."
)
MAX_ADMINS = 3
"""Named in a sentence; there may be more."""


def not_yours(requester_id: str, approver_ids: Iterable[str]) -> str:
    """Somebody else's proposal: who can decide it."""
    deciders = [requester_id, *sorted(set(approver_ids) - {requester_id})]
    return f"Only {_either(deciders)} can decide this proposal. Nothing was done."


def not_your_request(requester_id: str, approver_ids: Iterable[str]) -> str:
    """Somebody else's request: who can let it go ahead."""
    deciders = [requester_id, *sorted(set(approver_ids) - {requester_id})]
    return f"Only {_either(deciders)} can decide this. Nothing was done."


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
    month = month_name(month_of(at))
    of_which, again = {
        Limit.WORKSPACE_MONTH: (
            f"left in {month}",
            "The budget starts anew next month.",
        ),
        Limit.PERSON_DAY: (
            "left today for whoever asked for this",
            "That limit starts anew at midnight UTC.",
        ),
        Limit.CHANNEL_MONTH: (
            f"left in {month} for this channel",
            "It can be asked for in another channel, and the limit starts anew next month.",
        ),
    }[shortage.limit]
    return (
        f"This costs {credits(shortage.needed_credits)}, but {left} of "
        f"{shortage.budget_credits:,} {is_left} {of_which}. Nothing was charged. Choose fewer "
        f"images or a cheaper model with “Edit…”. {again}"
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


def stopped(stopped_count: int, sent_count: int) -> str:
    """What pressing “Stop” came to: what is not made, and what is too late to call back."""
    words = f"{plural(stopped_count, 'image')} stopped, nothing charged for {_it(stopped_count)}."
    return f"{words} {_sent(sent_count)}" if sent_count else words


def all_sent(sent_count: int) -> str:
    """“Stop” came too late for all of it."""
    return f"It is too late to stop this. {_sent(sent_count)}"


def _sent(count: int) -> str:
    if count == 1:
        return "1 image is already being made and will be charged."
    return f"{count} images are already being made and will be charged."


def _it(count: int) -> str:
    return "it" if count == 1 else "them"


def blocked(tool: Tool) -> str:
    """A tool the workspace does not allow."""
    return f"{tool.label} is blocked in this workspace."


def who_can_change(admin_names: Sequence[str]) -> str:
    """Who can change a setting, by name where they are known: `Ben and Cem can change it.`"""
    if not admin_names:
        return "Its admins can change that."
    names = [quoted(name, 80) for name in admin_names[:MAX_ADMINS]]
    if len(admin_names) > MAX_ADMINS:
        names.append("other admins")
    *others, last = names
    return (
        f"{', '.join(others)} and {last} can change that." if others else f"{last} can change that."
    )


def _either(user_ids: list[str]) -> str:
    *others, last = map(mention, user_ids)
    return f"{', '.join(others)} or {last}" if others else last
