"""What has become of a proposal, in sentences: a committed proposal in, lines of mrkdwn out."""

from blocks.steps import RUNNING
from blocks.text import (
    credits,
    duration,
    link,
    mention,
    plural,
    quoted,
    sentence,
    when,
)
from blocks.words import DOING_WORDS, DONE_WORDS, SEPARATOR, is_unposted
from bot.domain.people import Tool
from bot.domain.proposals import Item, ItemState, Outcome, Proposal, ProposalState

_FEEDBACK_CHARS = 300
_FAILURE_CHARS = 300


def status_line(
    proposal: Proposal, item: Item, *, queue_position: int | None, next_link: str | None
) -> str:
    """One line on a proposal that is no longer awaiting a decision, said of its item.

    `queue_position` counts from 1; `next_link` is the permalink of the proposal that followed.
    """
    ended = _undone(proposal, next_link)
    if ended is not None:
        return ended
    parts = [work_words(item, queue_position, tool=proposal.tool), *_followed(proposal, next_link)]
    return SEPARATOR.join([*_begun(proposal), *parts])


def batch_line(proposal: Proposal, *, next_link: str | None) -> str:
    """One line on a batch that is no longer awaiting a decision: how far it is, what it cost."""
    ended = _undone(proposal, next_link)
    if ended is not None:
        return ended
    return SEPARATOR.join([*_begun(proposal), *progress(proposal), *_followed(proposal, next_link)])


def progress(proposal: Proposal) -> list[str]:
    """How far the items of an approved proposal are, in a few parts, beginning in lower case."""
    live = proposal.live
    made = sum(item.made_count for item in live if item.state in _MADE)
    parts = [f"{made} of {proposal.image_count} made"]
    if proposal.tool is Tool.INSERT_INTO_CANVAS:
        inserted = sum(item.state is ItemState.DELIVERED for item in live)
        parts = [f"{inserted} of {len(live)} inserted"]
    if proposal.state is ProposalState.APPROVED:
        running = sum(item.settings.count for item in live if item.state in RUNNING)
        if running:
            parts.append(f"{running} under way")
    if proposal.charged_credits:
        parts.append(f"*{credits(proposal.charged_credits)} charged*")
    elif proposal.state is not ProposalState.APPROVED and proposal.price_credits:
        parts.append("nothing was charged")
    for state, word in _SHORTFALLS:
        short = sum(
            item.missing_count
            for item in live
            if item.state is state or (state is ItemState.FAILED and _is_short(item))
        )
        if short:
            parts.append(f"{short} {word}")
    held = sum(item.price_credits for item in live if item.state is ItemState.UNKNOWN)
    if held:
        parts.append(f"{credits(held)} held until you choose what to do")
    if any(item.is_posted for item in live) and made:
        parts.append(f"{_images(made)} below")
    return parts


_MADE = frozenset({ItemState.MADE, ItemState.DELIVERED})
_SHORTFALLS = (
    (ItemState.REFUSED, "refused"),
    (ItemState.FAILED, "failed"),
    (ItemState.STOPPED, "stopped"),
)


def _is_short(item: Item) -> bool:
    return item.state is ItemState.DELIVERED and item.missing_count > 0


def held_words(item: Item) -> str:
    """What can be done about images of which nobody knows whether they were made."""
    return (
        f"“Check again” asks the provider once more. "
        f"“Give up” releases the {credits(item.price_credits)}."
    )


def _undone(proposal: Proposal, next_link: str | None) -> str | None:
    """The line of a proposal that came to no work; None for one that did."""
    match proposal.state:
        case ProposalState.DENIED | ProposalState.SUPERSEDED if proposal.outcome:
            return _denied(proposal.outcome, next_link=next_link)
        case ProposalState.SUPERSEDED:
            return f"Replaced by {_newer(next_link)}. Nothing was charged."
        case ProposalState.EXPIRED:
            hours = round((proposal.expires_at - proposal.created_at).total_seconds() / 3600)
            return f"Expired after {plural(hours, 'hour')}. Nothing was charged."
        case _:
            return None


def _begun(proposal: Proposal) -> list[str]:
    """Who let the work begin, or that nobody had to."""
    if proposal.is_automatic:
        return ["Started without approval, as this workspace allows"]
    return [_decided("Approved", proposal.outcome)] if proposal.outcome else []


def _followed(proposal: Proposal, next_link: str | None) -> list[str]:
    """The proposal that asks once more for what did not come out."""
    if proposal.superseded_by is None or next_link is None:
        return []
    return [f"{link(next_link, 'a new proposal')} follows"]


def _denied(outcome: Outcome, *, next_link: str | None) -> str:
    words = [_decided("Denied", outcome)]
    if outcome.feedback:
        words[0] += f": “{quoted(outcome.feedback, _FEEDBACK_CHARS)}”"
    words.append("nothing was charged")
    if next_link:
        words.append(f"{link(next_link, 'a new proposal')} follows")
    return SEPARATOR.join(words)


def _decided(what: str, outcome: Outcome) -> str:
    return f"{what} by {mention(outcome.by)}, {when(outcome.at)}"


def _newer(next_link: str | None) -> str:
    return link(next_link, "a newer proposal") if next_link else "a newer proposal"


def work_words(
    item: Item,
    queue_position: int | None,
    *,
    tool: Tool = Tool.GENERATE,
    is_row: bool = False,
    failure_chars: int = _FAILURE_CHARS,
) -> str:
    """Where the item's work stands, beginning in lower case: it follows `Approved by …`.

    `is_row` is for a row of a batch, whose images are posted together with the others.
    """
    failure = sentence(quoted(item.failure, failure_chars)) if item.failure else ""
    if is_unposted(item):
        return _unposted(item, failure)
    match item.state:
        case ItemState.WAITING:
            return "about to start"
        case ItemState.REMOVED:
            return "removed before it was approved. Not charged."
        case ItemState.QUEUED:
            return _queued(queue_position)
        case ItemState.SUBMITTING | ItemState.SUBMITTED:
            return _doing(item, tool)
        case ItemState.MADE:
            if is_row:
                return f"{_made(item)}, posted together with the others"
            return f"{_made(item)}, putting {_them(item)} into the thread"
        case ItemState.DELIVERED:
            return _delivered(item, failure, tool=tool, is_row=is_row)
        case ItemState.UNKNOWN:
            return f"{_unknown(item, failure)} {_stay_held(item.price_credits)}"
        case ItemState.REFUSED:
            reason = quoted(item.failure, failure_chars).rstrip(".")
            said = f"refused by the provider: “{reason}”. " if reason else "refused. "
            return said + _charged(item)
        case ItemState.FAILED:
            return f"failed. {failure} {_charged(item)}" if failure else f"failed. {_charged(item)}"
        case ItemState.STOPPED:
            return f"stopped. {_charged(item)}"


def _queued(position: int | None) -> str:
    if position is None:
        return "queued"
    return "queued, next to be made" if position == 1 else f"place {position:,} in the queue"


def _doing(item: Item, tool: Tool) -> str:
    count = item.settings.count
    doing = DOING_WORDS[tool]
    if tool is Tool.INSERT_INTO_CANVAS:
        return doing
    if item.made_count == 0 or count == 1:
        return f"{doing} {plural(count, 'image')}"
    return f"{doing} {min(item.made_count + 1, count)} of {count}"


def _delivered(item: Item, failure: str, *, tool: Tool, is_row: bool) -> str:
    if tool is Tool.INSERT_INTO_CANVAS:
        return DONE_WORDS[tool]
    took = "" if item.seconds is None else f" in {duration(item.seconds)}"
    charged = f"*{credits(item.charged_credits)} charged*"
    missing = item.settings.count - item.made_count
    if missing <= 0:
        below = [] if is_row else [f"{_images(item.made_count)} below"]
        return SEPARATOR.join([f"{DONE_WORDS[tool]}{took}", charged, *below])
    shortfall = f"{missing} failed, not charged"
    if failure:
        shortfall += f": {failure}"
    return SEPARATOR.join(
        [f"{item.made_count} of {item.settings.count} made{took}", charged, shortfall]
    )


def _unknown(item: Item, failure: str) -> str:
    images = _images(item.settings.count)
    if failure:
        return f"the provider may have made the {images}, but {_it(item)} not here: {failure}"
    return f"the provider did not answer; it may have made the {images}."


def _unposted(item: Item, failure: str) -> str:
    why = f": {failure}" if failure else "."
    verb = "is" if item.made_count == 1 else "are"
    words = (
        f"the {_images(item.made_count)} {verb} made and in your gallery, "
        f"but could not be posted here{why}"
    )
    return f"{words} *{credits(item.charged_credits)} charged.*" if item.charged_credits else words


def _made(item: Item) -> str:
    if item.made_count == item.settings.count:
        return f"{plural(item.made_count, 'image')} made"
    return f"{item.made_count} of {item.settings.count} made"


def _images(count: int) -> str:
    return "image" if count == 1 else "images"


def _them(item: Item) -> str:
    return "it" if item.made_count == 1 else "them"


def _it(item: Item) -> str:
    return "it is" if item.settings.count == 1 else "they are"


def _stay_held(price_credits: int) -> str:
    return f"{credits(price_credits)} {'stays' if price_credits == 1 else 'stay'} held."


def _charged(item: Item) -> str:
    if not item.charged_credits:
        return "Not charged."
    who = "The provider bills for a refusal: " if item.was_billed else ""
    return f"{who}{credits(item.charged_credits)} charged."
