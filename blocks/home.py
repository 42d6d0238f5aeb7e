"""The App Home of one person: what waits, what runs, what came out, and what it cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    ImageElement,
    InteractiveElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.blocks.basic_components import SlackFile
from slack_sdk.models.views import View

from blocks import results, search
from blocks.admin import AdminView, admin_blocks
from blocks.parts import actions, button, context, literal, mrkdwn, option, section
from blocks.status import work_words
from blocks.text import credits, link, mention, month_name, one_line, plural, quoted, when
from blocks.words import SEPARATOR, maker_words
from bot.domain.catalog import Catalog
from bot.domain.images import Image
from bot.domain.money import Balance
from bot.domain.proposals import ItemState, Proposal
from bot.domain.search import Search

MAX_ROWS = 10
"""Of each list of proposals, so that what is below stays in reach."""
PAGE = 20
"""Images of a page: what is looked through at a glance."""
MOST_COUNTED = 1_000

SEARCH = "home_search"
EVERYTHING = "home_everything"
STARRED = "home_starred"
NEWER = "home_newer"
OLDER = "home_older"
REVIEW = "home_review"
SHOW_IMAGES = "home_show_images"
OPEN_SETTINGS = "home_settings"

_BAR = 20
_MAX_ALT_CHARS = 300


@dataclass(frozen=True)
class Tile:
    """One thumbnail: an image, or the sheet that several of a page are on."""

    images: Sequence[Image]
    file_id: str | None
    """The Slack file that shows it; None where it was never posted."""


@dataclass(frozen=True)
class HomeView:
    """All that one person's Home shows, read in one go."""

    catalog: Catalog
    balance: Balance
    person_id: str = ""
    waiting: Sequence[Proposal] = ()
    """The proposals this person can decide, oldest first."""
    running: Sequence[Proposal] = ()
    tiles: Sequence[Tile] = ()
    """A page of what was looked for, newest first."""
    total: int = 0
    """How many images were found, up to `MOST_COUNTED` + 1."""
    search: Search = field(default_factory=Search)
    page: int = 0
    images_words: str = ""
    """Why no images are shown, where the workspace does not let them be listed."""
    asks_for_images: bool = False
    """Whether showing them needs a press."""
    approver_ids: frozenset[str] = frozenset()
    links: Mapping[str, str] = field(default_factory=dict)
    """From the id of a proposal or an item to its message."""
    admin: AdminView | None = None
    """What only admins see."""
    shows_pictures: bool = True
    """Whether there are thumbnails; not where Slack refuses one of them."""


def home(view: HomeView) -> View:
    """The Home, what needs this person first."""
    blocks: list[Block] = [
        *_waiting(view),
        *_running(view),
        *_images(view),
        _heading("Credits"),
        section(_credits(view.balance)),
        _heading("How to ask"),
        section(
            "Write to me in the Messages tab, mention me in a channel, or type `/studio` and what "
            "you want, such as “a square product hero for a ceramic coffee mug”. I propose; you "
            "edit, approve or deny. Nothing is charged before somebody approves."
        ),
        context(_deciders(view.approver_ids)),
    ]
    if view.admin is not None:
        blocks += [DividerBlock(), *admin_blocks(view.admin, view.catalog)]
    else:
        blocks.append(
            actions(
                [
                    button(
                        "See the settings",
                        action_id=OPEN_SETTINGS,
                        value="settings",
                        spoken="See the settings of this workspace",
                    )
                ]
            )
        )
    return View(type="home", private_metadata=search.pack(view.search, view.page), blocks=blocks)


def _waiting(view: HomeView) -> list[Block]:
    shown: list[Block] = [_heading("Waiting for your decision")]
    for proposal in view.waiting[:MAX_ROWS]:
        title = one_line(proposal.items[0].title, 40)
        review = button(
            "Review…",
            action_id=REVIEW,
            value=proposal.id,
            spoken=f"Review… {title}, asked at {proposal.created_at:%H:%M}",
        )
        shown.append(section(_waiting_row(view, proposal), accessory=review))
    return [*shown, *_rest(view.waiting)]


def _running(view: HomeView) -> list[Block]:
    if not view.running:
        return []
    rows = [section(_running_row(view, proposal)) for proposal in view.running[:MAX_ROWS]]
    return [_heading("Running"), *rows, *_rest(view.running)]


def _rest(rows: Sequence[Proposal]) -> list[ContextBlock]:
    if not rows:
        return [context("Nothing right now.")]
    if len(rows) > MAX_ROWS:
        return [context(f"and {len(rows) - MAX_ROWS} more")]
    return []


def _heading(title: str) -> HeaderBlock:
    return HeaderBlock(text=literal(title))


def _waiting_row(view: HomeView, proposal: Proposal) -> str:
    images = plural(proposal.image_count, "image")
    whose = mention(proposal.requester_id)
    return _row(
        view,
        proposal,
        [
            f"{images}, *{credits(proposal.price_credits)}*",
            "yours" if proposal.requester_id == view.person_id else f"asked by {whose}",
            f"open until {when(proposal.expires_at)}",
        ],
    )


def _running_row(view: HomeView, proposal: Proposal) -> str:
    if not proposal.is_batch:
        return _row(view, proposal, [work_words(item, None) for item in proposal.live])
    ended = (ItemState.DELIVERED, ItemState.FAILED, ItemState.REFUSED, ItemState.STOPPED)
    done = sum(item.state in ended for item in proposal.live)
    return _row(view, proposal, [f"{done} of {plural(len(proposal.live), 'image')} done"])


def _row(view: HomeView, proposal: Proposal, words: Sequence[str]) -> str:
    title = f"*{quoted(proposal.items[0].title)}*"
    others = len(proposal.live) - 1
    if others > 0:
        title += f" and {others} more"
    if proposal.id in view.links:
        words = [*words, link(view.links[proposal.id], "open the card")]
    return f"{title}\n{SEPARATOR.join(words)}"


def _images(view: HomeView) -> list[Block]:
    title = "Images found" if view.search.is_any else "Your images"
    shown: list[Block] = [_heading(title)]
    if view.images_words:
        shown.append(section(view.images_words))
        if view.asks_for_images:
            show = button(
                "Show images", action_id=SHOW_IMAGES, value="show", spoken="Show images: go ahead"
            )
            shown.append(actions([show]))
        return shown
    if view.search.is_any:
        shown.append(section(f"{_count(view)}: {search.words(view.search, view.catalog)}"))
    shown.append(actions(_steps(view)))
    if not view.tiles:
        nothing = "Nothing found. Try fewer words." if view.search.is_any else "No images yet."
        shown.append(context(nothing))
        return shown
    shown += [_tile(view, tile) for tile in view.tiles]
    shown.append(actions([_menu(view)]))
    return shown


def _count(view: HomeView) -> str:
    if view.total > MOST_COUNTED:
        return f"More than {MOST_COUNTED:,} images"
    return plural(view.total, "image")


def _steps(view: HomeView) -> list[InteractiveElement]:
    steps: list[InteractiveElement] = [
        button("Search…", action_id=SEARCH, value="search", spoken="Search… images")
    ]
    if view.search.is_any:
        steps.append(
            button("Your images", action_id=EVERYTHING, value="all", spoken="Your images again")
        )
    if not view.search.is_starred:
        steps.append(
            button("Starred", action_id=STARRED, value="starred", spoken="Starred images only")
        )
    if view.page > 0:
        page = f"Newer images, page {view.page}"
        steps.append(button("Newer", action_id=NEWER, value=str(view.page - 1), spoken=page))
    if view.total > (view.page + 1) * PAGE:
        page = f"Older images, page {view.page + 2}"
        steps.append(button("Older", action_id=OLDER, value=str(view.page + 1), spoken=page))
    return steps


def _tile(view: HomeView, tile: Tile) -> SectionBlock:
    image = tile.images[0]
    words = [maker_words(image, view.catalog), image.aspect.label]
    if len(tile.images) > 1:
        numbers = sorted(each.index for each in tile.images)
        words.append(f"images {', '.join(map(str, numbers))}")
    second = [when(image.created_at)]
    if not image.is_imported:
        second.append(credits(sum(i.charged_credits for i in tile.images)))
    if image.requester_id != view.person_id:
        second.insert(0, mention(image.requester_id))
    address = view.links.get(image.item_id or image.id)
    if address is not None:
        second.append(link(address, "open in Slack"))
    lines = [f"*{quoted(image.title)}*", SEPARATOR.join(words), SEPARATOR.join(second)]
    accessory = None
    if tile.file_id is not None and view.shows_pictures:
        alt = one_line(image.alt_text, _MAX_ALT_CHARS)
        accessory = ImageElement(slack_file=SlackFile(id=tile.file_id), alt_text=alt)
    return SectionBlock(text=mrkdwn("\n".join(lines)), accessory=accessory)


def _menu(view: HomeView) -> StaticSelectElement:
    images = [image for tile in view.tiles for image in tile.images]
    return StaticSelectElement(
        action_id=results.OPEN,
        placeholder=literal("Open an image…"),
        options=[
            option(
                image.id,
                f"{place}. {image.title}",
                description=f"Image {image.index}" if image.item_id else "imported",
            )
            for place, image in enumerate(images, start=1)
        ],
    )


def _credits(balance: Balance) -> str:
    left = max(balance.left_credits, 0)
    budget = balance.budget_credits
    spent = balance.charged_credits + balance.held_credits
    used = _BAR if budget == 0 else min(_BAR, round(_BAR * spent / budget))
    if spent and not used:
        used = 1
    bar = "█" * used + "░" * (_BAR - used)
    words = [f"`{bar}` {balance.charged_credits:,} charged"]
    if balance.held_credits:
        words.append(f"{balance.held_credits:,} held for work under way")
    first = f"*{left:,} of {budget:,} left* in {month_name(balance.month)}"
    return f"{first}\n{SEPARATOR.join(words)}"


def _deciders(approver_ids: frozenset[str]) -> str:
    words = "Whoever asked for an image can approve or deny it"
    if not approver_ids:
        return f"{words}."
    return f"{words}; so can {', '.join(map(mention, sorted(approver_ids)))}."
