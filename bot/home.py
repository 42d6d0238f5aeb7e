"""A person's Home: everything it shows read from our own rows, then published."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from blocks import home, notices
from blocks.admin import MAX_ENTRIES, MAX_USERS, AdminView
from blocks.home import HomeView, Tile
from bot.domain.audit import AuditEntry
from bot.domain.images import Image
from bot.domain.money import Balance, month_of
from bot.domain.people import Mode, Person, Tool, Workspace
from bot.domain.proposals import Proposal
from bot.domain.search import Search
from bot.errors import SlackError
from bot.keys import key_view
from bot.public import check_public
from bot.services import Services
from storage import audit, cards, gallery, ledger, proposals, usage

_log = structlog.stdlib.get_logger()
_LINK_SECONDS = 0.15
"""How long the Home waits for links; those that take longer are there the next time."""
_MOST_WAITING = home.MAX_ROWS + 50


@dataclass(frozen=True)
class _Read:
    balance: Balance
    waiting: list[Proposal]
    running: list[Proposal]
    tiles: list[Tile]
    total: int
    places: dict[str, tuple[str, str]]
    """Where cards stand, by the ids of items."""
    by_person: list[tuple[str, int]]
    by_model: list[tuple[str, int]]
    entries: list[AuditEntry]


async def publish(
    services: Services,
    person: Person,
    *,
    search: Search | None = None,
    page: int = 0,
    view_hash: str | None = None,
    shows_images: bool = False,
) -> None:
    """Show a person their Home, or a newer one if it has changed since `view_hash`.

    `shows_images` where they said to go ahead with listing them.

    Raises: SlackError.
    """
    view = await read(
        services, person, search=search or Search(), page=page, shows_images=shows_images
    )
    try:
        await _publish(services, person, view, view_hash)
    except SlackError as error:
        if error.code != "hash_conflict":
            raise  # a newer press shows the Home anyway


async def _publish(
    services: Services, person: Person, view: HomeView, view_hash: str | None
) -> None:
    try:
        await services.slack.publish_home(person.id, home.home(view), view_hash=view_hash)
    except SlackError as error:
        if error.code not in _NOT_SHOWN or not view.tiles:
            raise
        _log.info("home_without_pictures", user=person.id, code=error.code)
        bare = home.home(replace(view, shows_pictures=False))
        await services.slack.publish_home(person.id, bare, view_hash=view_hash)


_NOT_SHOWN = frozenset({"invalid_arguments", "invalid_blocks", "invalid_view"})
"""What Slack says of a view whose picture it cannot show: deleted, not processed, WebP."""


async def read(
    services: Services, person: Person, *, search: Search, page: int, shows_images: bool = False
) -> HomeView:
    """What a person's Home shows."""
    workspace = await services.workspace(person.team_id)
    mode = workspace.mode(Tool.LIST_IMAGES)
    is_listing = mode is Mode.AUTO or (mode is Mode.ASK and shows_images)
    found = await _read_all(services, workspace, person, search, page, is_listing=is_listing)
    images_words = ""
    if mode is Mode.BLOCKED:
        names = [each.name for each in await services.admins(person.team_id)]
        images_words = f"{notices.blocked(Tool.LIST_IMAGES)} {notices.who_can_change(names)}"
    elif not is_listing:
        images_words = "Listing images needs a go-ahead in this workspace."
    is_admin = person.is_admin and not person.is_external
    return HomeView(
        catalog=services.offered(workspace),
        balance=found.balance,
        person_id=person.id,
        waiting=found.waiting,
        running=found.running,
        tiles=[await _when_ready(services, tile) for tile in found.tiles],
        total=found.total,
        search=search,
        page=page,
        images_words=images_words,
        asks_for_images=mode is Mode.ASK,
        approver_ids=workspace.approvers,
        links=await _links(services, found),
        admin=await _admin(services, workspace, found) if is_admin else None,
    )


async def _when_ready(services: Services, tile: Tile) -> Tile:
    """A tile without the file that Slack has not looked at yet: it would refuse all of the Home."""
    is_young = services.now() - tile.images[0].created_at < _LOOKING
    if tile.file_id is None or not is_young:
        return tile
    try:
        file = await services.slack.described_file(tile.file_id)
    except SlackError:
        file = None
    return tile if file is not None and file.is_ready else replace(tile, file_id=None)


_LOOKING = timedelta(minutes=1)
"""Within which Slack may still look at a file."""


async def _read_all(
    services: Services,
    workspace: Workspace,
    person: Person,
    search: Search,
    page: int,
    *,
    is_listing: bool,
) -> _Read:
    wanted = search if search.is_any else Search(by_id=person.id)
    if person.is_guest or person.is_external:
        # They see of the public channels only those they are in, so others' images stay away.
        wanted = search.model_copy(update={"by_id": person.id})
    for _ in range(2):
        found = await services.store.read(
            _read,
            workspace,
            person,
            wanted,
            page,
            is_listing=is_listing,
            at=services.now(),
        )
        others = {
            tile.images[0].channel_id
            for tile in found.tiles
            if tile.images[0].requester_id != person.id
        }
        if await check_public(services, others, team_id=person.team_id):
            break
    return found


def _read(
    tx: sa.Connection,
    workspace: Workspace,
    person: Person,
    search: Search,
    page: int,
    *,
    is_listing: bool,
    at: datetime,
) -> _Read:
    team_id = workspace.id
    images: list[Image] = []
    total = 0
    if is_listing:
        images, total = gallery.find_all(
            tx,
            search,
            team_id=team_id,
            viewer_id=person.id,
            limit=home.PAGE,
            offset=page * home.PAGE,
        )
    files = gallery.files_shown(tx, images)
    waiting = proposals.waiting(
        tx,
        team_id=team_id,
        user_id=person.id,
        is_approver=person.id in workspace.approvers,
        at=at,
        limit=_MOST_WAITING,
    )
    is_admin = person.is_admin and not person.is_external
    month = month_of(at)
    return _Read(
        balance=ledger.balance(tx, team_id=team_id, budget_credits=workspace.budget_credits, at=at),
        waiting=waiting,
        running=proposals.running(tx, team_id=team_id, user_id=person.id, limit=home.MAX_ROWS + 1),
        tiles=_tiles(images, files),
        total=total,
        places=cards.of_items(tx, [i.item_id for i in images if i.item_id], team_id=team_id),
        by_person=usage.by_person(tx, team_id=team_id, month=month, limit=MAX_USERS)
        if is_admin
        else [],
        by_model=usage.by_model(tx, team_id=team_id, month=month, limit=MAX_USERS)
        if is_admin
        else [],
        entries=[entry for _, entry in audit.newest(tx, team_id=team_id, limit=MAX_ENTRIES)]
        if is_admin
        else [],
    )


def _tiles(images: Sequence[Image], files: dict[str, str]) -> list[Tile]:
    """One tile for each file: the images of a sheet stand together."""
    tiles: list[Tile] = []
    for image in images:
        last = tiles[-1] if tiles else None
        is_same = (
            last is not None
            and image.item_id is not None
            and last.images[0].item_id == image.item_id
        )
        if last is not None and is_same:
            together = sorted([*last.images, image], key=lambda each: each.index)
            tiles[-1] = Tile(images=together, file_id=last.file_id or files.get(image.id))
        else:
            tiles.append(Tile(images=[image], file_id=files.get(image.id)))
    return tiles


async def _links(services: Services, found: _Read) -> dict[str, str]:
    """The addresses of messages, as far as Slack gives them soon enough."""
    places = dict(found.places)
    shown = [*found.waiting[: home.MAX_ROWS], *found.running[: home.MAX_ROWS]]
    for proposal in shown:
        if proposal.card_ts is not None:
            places[proposal.id] = (proposal.channel_id, proposal.card_ts)
    asking = {
        key: asyncio.ensure_future(_link(services, channel_id, ts))
        for key, (channel_id, ts) in places.items()
    }
    if not asking:
        return {}
    done, _ = await asyncio.wait(asking.values(), timeout=_LINK_SECONDS)
    links = {}
    for key, task in asking.items():
        address = task.result() if task in done else None
        if address is not None:
            links[key] = address
    return links


async def _link(services: Services, channel_id: str, ts: str) -> str | None:
    try:
        return await services.slack.permalink(channel_id, ts)
    except SlackError:
        return None


async def _admin(services: Services, workspace: Workspace, found: _Read) -> AdminView:
    return AdminView(
        workspace=workspace,
        usual_hours=services.settings.proposal_lifetime_hours,
        month=month_of(services.now()),
        by_person=found.by_person,
        by_model=found.by_model,
        entries=found.entries,
        keys=await key_view(services, workspace),
    )
