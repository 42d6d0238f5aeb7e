"""Shows a proposal's committed row on its card, and again if the row moved meanwhile."""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from weakref import WeakValueDictionary

import sqlalchemy as sa
import structlog

from blocks.proposal import card
from blocks.view import CardView
from bot.domain.catalog import Size
from bot.domain.insertions import Insertion
from bot.domain.money import Balance
from bot.domain.people import Tool
from bot.domain.proposals import Proposal
from bot.errors import SlackError
from bot.services import Services
from storage import cards as placed
from storage import gallery, insertions, ledger, proposals, workspaces

METADATA_EVENT = "aethera_proposal"
"""The event type in the metadata of a card; its payload has the proposal's id."""

_log = structlog.stdlib.get_logger()
_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
"""One for each card that is being shown: two updates at once could arrive in the wrong order."""


async def first_show(services: Services, proposal: Proposal, balance: Balance) -> None:
    """Post the card of a proposal that was committed just now, from what was committed.

    Raises: SlackError where Slack does not take it.
    """
    async with _lock(proposal.id):
        sizes = {}
        if proposal.tool is Tool.UPSCALE:
            sizes = await services.store.read(_sizes, proposal)
        view = CardView(
            proposal=proposal,
            catalog=services.offered(await services.rules(proposal.team_id)),
            balance=balance,
            source_sizes=sizes,
        )
        is_current = await _put(services, view, look=False)
    if not is_current:
        await show(services, proposal.id, team_id=proposal.team_id)


async def show(
    services: Services,
    proposal_id: str,
    *,
    team_id: str,
    look: bool = False,
    only_behind: bool = False,
) -> None:
    """Bring a card to the committed state of its proposal.

    `look` searches the thread for a card that was posted and not noted, after a restart.
    `only_behind` sends nothing where the card shows the newest revision: the items of a batch that
    end together are one update then.

    Raises: SlackError where Slack does not take it; the sweep tries again.
    """
    async with _lock(proposal_id):
        is_current = False
        while not is_current:
            read = await services.store.read(_read, proposal_id, team_id=team_id, at=services.now())
            if read is None or (only_behind and not read.is_behind):
                return
            view = CardView(
                proposal=read.proposal,
                catalog=services.offered(await services.rules(team_id)),
                balance=read.balance,
                next_link=await _link(services, read.successor),
                insertions=read.insertions,
                source_sizes=read.sizes,
            )
            is_current = await _put(services, view, look=look)


async def try_show(
    services: Services, proposal_id: str, *, team_id: str, only_behind: bool = False
) -> None:
    """Show a card; where Slack cannot take it now, leave it to the sweep."""
    try:
        await show(services, proposal_id, team_id=team_id, only_behind=only_behind)
    except SlackError as error:
        _log.warning("card_not_shown", proposal=proposal_id, method=error.method, code=error.code)


def _lock(proposal_id: str) -> asyncio.Lock:
    return _locks.setdefault(proposal_id, asyncio.Lock())


class _Read(NamedTuple):
    proposal: Proposal
    balance: Balance
    successor: Proposal | None
    insertions: list[Insertion]
    sizes: dict[str, Size]
    is_behind: bool


def _read(tx: sa.Connection, proposal_id: str, *, team_id: str, at: datetime) -> _Read | None:
    proposal = proposals.find(tx, proposal_id, team_id=team_id)
    workspace = workspaces.find(tx, team_id)
    if proposal is None or workspace is None:
        return None
    balance = ledger.balance(tx, team_id=team_id, budget_credits=workspace.budget_credits, at=at)
    successor = None
    if proposal.superseded_by is not None:
        successor = proposals.find(tx, proposal.superseded_by, team_id=team_id)
    placed_items = [item.id for item in proposal.items if item.place is not None]
    found = insertions.of_items(tx, placed_items, team_id=team_id) if placed_items else []
    return _Read(
        proposal=proposal,
        balance=balance,
        successor=successor,
        insertions=found,
        sizes=_sizes(tx, proposal),
        is_behind=placed.is_behind(tx, proposal_id),
    )


def _sizes(tx: sa.Connection, proposal: Proposal) -> dict[str, Size]:
    """The pixels of the pictures to enlarge, as far as they are in the gallery."""
    if proposal.tool is not Tool.UPSCALE:
        return {}
    sizes = {}
    for item in proposal.items:
        for source in item.sources[:1]:
            image = gallery.find(tx, source.image_id, team_id=proposal.team_id)
            if image is not None:
                sizes[image.id] = Size(width_px=image.width_px, height_px=image.height_px)
    return sizes


async def _link(services: Services, successor: Proposal | None) -> str | None:
    if successor is None or successor.card_ts is None:
        return None
    return await services.slack.permalink(successor.channel_id, successor.card_ts)


async def _put(services: Services, view: CardView, *, look: bool) -> bool:
    """Post or update the card and note it; whether it still is what the row says."""
    try:
        return await _send(services, view, look=look)
    except SlackError as error:
        if error.code != "invalid_blocks" or not view.proposal.shows_sources:
            raise
        # A picture was deleted, or Slack has not looked at it yet: the words matter more.
        _log.info("card_without_pictures", proposal=view.proposal.id)
        return await _send(services, replace(view, shows_pictures=False), look=look)


async def _send(services: Services, view: CardView, *, look: bool) -> bool:
    proposal = view.proposal
    message = card(view)
    card_ts = proposal.card_ts
    if card_ts is None and look:
        card_ts = await services.slack.find_post(
            proposal.channel_id,
            thread_ts=proposal.thread_ts,
            oldest=f"{proposal.created_at.timestamp():.6f}",
            key="proposal_id",
            value=proposal.id,
        )
    if card_ts is not None:
        await services.slack.update(proposal.channel_id, card_ts, message)
    else:
        card_ts = await services.slack.post(
            proposal.channel_id,
            message,
            thread_ts=proposal.thread_ts,
            metadata={
                "event_type": METADATA_EVENT,
                "event_payload": {"proposal_id": proposal.id},
            },
        )
    return await services.store.note(
        placed.shown, proposal.id, revision=proposal.revision, card_ts=card_ts
    )
