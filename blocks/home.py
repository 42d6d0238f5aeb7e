"""The App Home of one person: what waits, what runs, what came out, and what it cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from slack_sdk.models.blocks import Block, DividerBlock, HeaderBlock
from slack_sdk.models.views import View

from blocks.parts import context, literal, section
from blocks.replies import image_row
from blocks.status import work_words
from blocks.text import credits, link, mention, month_name, plural, quoted, when
from blocks.words import SEPARATOR
from bot.domain.catalog import Catalog
from bot.domain.images import Image
from bot.domain.money import Balance
from bot.domain.proposals import Proposal

MAX_ROWS = 10
"""Of each list, so that what is below stays in reach."""


@dataclass(frozen=True)
class HomeView:
    """All that one person's Home shows, read in one go."""

    catalog: Catalog
    balance: Balance
    waiting: Sequence[Proposal] = ()
    """The proposals this person can decide, oldest first."""
    running: Sequence[Proposal] = ()
    recent: Sequence[Image] = ()
    """Newest first."""
    approver_ids: frozenset[str] = frozenset()
    links: Mapping[str, str] = field(default_factory=dict)
    """From the id of a proposal or an image to its message."""


def home(view: HomeView) -> View:
    """The Home, what needs this person first."""
    blocks: list[Block] = [
        *_list("Waiting for your decision", [_waiting_row(view, p) for p in view.waiting]),
        *_list("Running", [_running_row(view, p) for p in view.running]),
        *_list("Recent images", [_image_row(view, image) for image in view.recent]),
        _heading("Credits"),
        section(_credits(view.balance)),
        _heading("How to ask"),
        section(
            "Write to me in the Messages tab, mention me in a channel, or type `/studio` and what "
            "you want, such as “a square product hero for a ceramic coffee mug”. I propose; you "
            "edit, approve or deny. Nothing is charged before somebody approves."
        ),
        DividerBlock(),
        context(_deciders(view.approver_ids)),
    ]
    return View(type="home", blocks=blocks)


def _list(title: str, rows: Sequence[str]) -> list[Block]:
    shown: list[Block] = [_heading(title)]
    shown += [section(row) for row in rows[:MAX_ROWS]]
    if not rows:
        shown.append(context("Nothing right now."))
    if len(rows) > MAX_ROWS:
        shown.append(context(f"and {len(rows) - MAX_ROWS} more"))
    return shown


def _heading(title: str) -> HeaderBlock:
    return HeaderBlock(text=literal(title))


def _waiting_row(view: HomeView, proposal: Proposal) -> str:
    images = plural(proposal.image_count, "image")
    return _row(
        view,
        proposal,
        [
            f"asked by {mention(proposal.requester_id)}",
            images,
            f"*{credits(proposal.price_credits)}*",
            f"open until {when(proposal.expires_at)}",
        ],
        label="decide",
    )


def _running_row(view: HomeView, proposal: Proposal) -> str:
    return _row(
        view, proposal, [work_words(item, None) for item in proposal.items], label="open the card"
    )


def _row(view: HomeView, proposal: Proposal, words: Sequence[str], *, label: str) -> str:
    parts = [f"*{quoted(proposal.items[0].title)}*", *words]
    if proposal.id in view.links:
        parts.append(link(view.links[proposal.id], label))
    return SEPARATOR.join(parts)


def _image_row(view: HomeView, image: Image) -> str:
    return image_row(image, link_to=view.links.get(image.id), catalog=view.catalog)


def _credits(balance: Balance) -> str:
    left = max(balance.left_credits, 0)
    return SEPARATOR.join(
        [
            f"*{left:,} of {balance.budget_credits:,} left* in {month_name(balance.month)}",
            f"{balance.held_credits:,} held for work under way",
            f"{balance.charged_credits:,} charged this month",
        ]
    )


def _deciders(approver_ids: frozenset[str]) -> str:
    words = "Whoever asked for an image can approve or deny it"
    if not approver_ids:
        return f"{words}."
    return f"{words}; so can {', '.join(map(mention, sorted(approver_ids)))}."
