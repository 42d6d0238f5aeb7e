"""The card of a batch: one message with a row for each image, in pages where they do not fit."""

import re
from collections.abc import Sequence

from slack_sdk.models.blocks import Block, InteractiveElement

from blocks import insert, results, steps
from blocks.message import MAX_BLOCKS, MAX_WEIGHT, Message, message, weight
from blocks.parts import actions, button, context, menu, option, pack, section
from blocks.single import cost_line, source_words
from blocks.status import batch_line, work_words
from blocks.text import mention, quoted
from blocks.view import CardView
from blocks.words import SEPARATOR, honest_name, settings_words
from bot.domain.people import Tool
from bot.domain.proposals import Item, ItemState, Proposal, ProposalState

ROW_MENU = "batch_row"
RESTORE = "batch_restore"
PREVIOUS = "batch_previous"
NEXT = "batch_next"

EDIT_ROW = "edit"
REMOVE_ROW = "remove"

_TITLE_CHARS = 80
_PROMPT_CHARS = 100
_SETTINGS_CHARS = 300
_FAILURE_CHARS = 200
_HEADLINE_CHARS = 80

_COMMAND = re.compile(
    r"^(?:<@\w+>\s*)?(?:(?:hey|hi|hello|aethera|please|now|can you|could you|would you|will you"
    r"|i want(?: you to)?|i need|i'd like|we need|let's have)[\s,]+)*"
    r"(?:please\s+)?(?:(?:create|make|draw|generate|design|produce|propose|paint|render|give"
    r"|show|do)\b\s*)?(?:(?:me|us)\b\s*)?",
    re.IGNORECASE,
)
"""What comes before what is wanted."""


def batch_title(proposal: Proposal) -> str:
    """A few words that name a batch; foreign text, still to be made safe.

    What was asked for without the command, where all rows come from the same words; else, and
    where those only introduce a list, the titles of its rows.
    """
    originals = {item.original.strip() for item in proposal.items}
    if len(originals) == 1:
        (original,) = originals
        first = re.split(r"[.!?\n]", _COMMAND.sub("", original.strip()), maxsplit=1)[0]
        words = " ".join(first.split())
        if words and not words.endswith(":"):
            return words if len(words) <= _HEADLINE_CHARS else f"{_cut(words)}…"
    titles = [item.title for item in proposal.items]
    more = len(titles) - 2
    return f"{titles[0]}, {titles[1]}" + (f" and {more} more" if more > 0 else "")


def _cut(words: str) -> str:
    return words[: _HEADLINE_CHARS - 1].rsplit(" ", 1)[0].rstrip(" ,;:")


def row_value(what: str, item: Item) -> str:
    """What an entry of a row's menu carries."""
    return f"{what}:{item.id}"


def parse_row(value: str) -> tuple[str, str]:
    """What is to be done and the item's id, of `row_value`.

    Raises: ValueError for anything that `row_value` does not make.
    """
    what, colon, item_id = value.partition(":")
    if not colon or not item_id or what not in (EDIT_ROW, REMOVE_ROW):
        raise ValueError("not a value of ours")
    return what, item_id


def card(view: CardView) -> Message:
    """The batch as it is committed, the page of its rows that was last turned to."""
    proposal = view.proposal
    title = batch_title(proposal)
    head: list[Block] = [section(_headline(proposal, quoted(title)))]
    foot, closing = _foot(view, title)
    rows = [_row(item, view) for item in proposal.items]
    spare = weight([*head, *foot, *_turning(proposal, page=1, pages=[range(1), range(1)])])
    pages = paged(
        [(len(row), weight(row)) for row in rows],
        blocks=MAX_BLOCKS - len(head) - len(foot) - 2,
        room=MAX_WEIGHT - spare,
    )
    page = min(max(proposal.page, 1), len(pages))
    shown = [block for at in pages[page - 1] for block in rows[at]]
    blocks = [*head, *shown, *_turning(proposal, page=page, pages=pages), *foot]
    heard = [line for item in proposal.items for line in _heard(item, view)]
    if proposal.state is ProposalState.AWAITING:
        first = (
            f"Approval needed: {steps.images_words(proposal)}, "
            f"{steps.price_words(proposal.price_credits)}, "
            f"asked by {mention(proposal.requester_id)}: {quoted(title)}"
        )
        where = insert.batch_words(proposal)
        if where:
            first = f"{first}{SEPARATOR}{where}"
        return message([first, closing, *heard], blocks)
    return message([f"{quoted(title)}{SEPARATOR}{closing}", *heard], blocks)


def paged(rows: Sequence[tuple[int, int]], *, blocks: int, room: int) -> list[range]:
    """Rows, each its number of blocks and its weight, spread over as few pages as hold them.

    The pages are as even as they can be, so that the last one is not a single row.
    """
    greedy = [0]
    used_blocks = used_room = 0
    for at, (count, size) in enumerate(rows):
        if at > greedy[-1] and (used_blocks + count > blocks or used_room + size > room):
            greedy.append(at)
            used_blocks = used_room = 0
        used_blocks += count
        used_room += size
    full = _ranges(greedy, len(rows))
    length = -(-len(rows) // len(full))
    even = _ranges(list(range(0, len(rows), length)), len(rows))
    fits = all(
        sum(rows[at][0] for at in page) <= blocks and sum(rows[at][1] for at in page) <= room
        for page in even
    )
    return even if fits else full


def _ranges(starts: Sequence[int], end: int) -> list[range]:
    return [range(a, b) for a, b in zip(starts, [*starts[1:], end], strict=True)]


def _headline(proposal: Proposal, title: str) -> str:
    asker = mention(proposal.requester_id)
    words = {
        Tool.EDIT: "wants to change pictures",
        Tool.UPSCALE: "wants to upscale pictures",
        Tool.INSERT_INTO_CANVAS: "wants to insert images into a canvas",
    }.get(proposal.tool, "asked for")
    parts = [f"{asker} {words}: *{title}*", steps.images_words(proposal)]
    where = insert.batch_words(proposal)
    if where:
        parts.append(where)
    return SEPARATOR.join([*parts, steps.price_words(proposal.price_credits)])


def _foot(view: CardView, title: str) -> tuple[list[Block], str]:
    """What stands below the rows, and its line: what it costs or where it stands, and the steps."""
    proposal = view.proposal
    if proposal.state is ProposalState.AWAITING:
        line = cost_line(view)
        return [section(line), actions(steps.decisions(proposal, title=title))], line
    line = batch_line(proposal, next_link=view.next_link)
    blocks: list[Block] = [section(line)]
    elements = [
        *insert.steps(view.insertions),
        *steps.follow_ups(proposal, view.catalog, title=title),
    ]
    if elements:
        blocks.append(actions(elements))
    return blocks, line


def _turning(proposal: Proposal, *, page: int, pages: Sequence[range]) -> list[Block]:
    """Which rows are shown, and the buttons to the others."""
    if len(pages) < 2:
        return []
    rows = pages[page - 1]
    elements: list[InteractiveElement] = []
    if page > 1:
        value = pack(proposal.id, page - 1)
        elements.append(
            button("Previous", action_id=PREVIOUS, value=value, spoken="Previous images")
        )
    if page < len(pages):
        value = pack(proposal.id, page + 1)
        elements.append(button("Next", action_id=NEXT, value=value, spoken="Next images"))
    where = f"Images {rows.start + 1} to {rows.stop} of {len(proposal.items)}"
    return [context(where), actions(elements)]


def _row(item: Item, view: CardView) -> list[Block]:
    proposal = view.proposal
    name = _name(item)
    is_open = proposal.state is ProposalState.AWAITING
    if item.state is ItemState.REMOVED:
        restore = button(
            "Restore", action_id=RESTORE, value=item.id, spoken=_spoken("Restore", item)
        )
        return [section(f"~{name}~{SEPARATOR}removed", accessory=restore if is_open else None)]
    lines = [f"*{name}*"]
    if _is_working(proposal):
        lines[0] += f"{SEPARATOR}{_work(item, proposal)}"
    prompt = quoted(item.settings.prompt, _PROMPT_CHARS)
    if prompt and proposal.tool is not Tool.INSERT_INTO_CANVAS:
        lines.append(prompt)
    blocks: list[Block] = [section("\n".join(lines), accessory=_accessory(item, proposal))]
    small = [_settings(item, view), *insert.card_lines(proposal, item, view.insertions)]
    blocks.append(context(*filter(None, small)))
    if item.deleted:
        blocks.append(context(results.deleted_words(item)))
    if item.state is ItemState.UNKNOWN:
        blocks.append(actions(steps.unknown_steps(item)))
    return blocks


def _accessory(item: Item, proposal: Proposal) -> InteractiveElement | None:
    if proposal.state is ProposalState.AWAITING:
        entries = [
            option(row_value(EDIT_ROW, item), "Edit…"),
            option(row_value(REMOVE_ROW, item), "Remove"),
        ]
        return menu(entries, action_id=ROW_MENU)
    if item.state is ItemState.DELIVERED and item.numbers:
        return results.open_row(item)
    return None


def _name(item: Item) -> str:
    """`1  Sunrise desk`, of a picture that is there its name before what becomes of it."""
    title = quoted(item.title, _TITLE_CHARS)
    of_what = source_words(item)
    if of_what and of_what != title and len(of_what) <= _TITLE_CHARS:
        title = f"{of_what}: {title}"
    return f"{item.position}  {title}"


def _spoken(what: str, item: Item) -> str:
    return f"{what} image {item.position}: {item.title}"


def _is_working(proposal: Proposal) -> bool:
    """Whether its work began, so that each row has something to say of it."""
    return any(item.state not in _UNDECIDED for item in proposal.items)


_UNDECIDED = frozenset({ItemState.WAITING, ItemState.REMOVED})


def _work(item: Item, proposal: Proposal) -> str:
    return work_words(item, None, tool=proposal.tool, is_row=True, failure_chars=_FAILURE_CHARS)


def _settings(item: Item, view: CardView) -> str:
    """Model, look, count and, until it is charged, price, in one line of mrkdwn."""
    if view.proposal.tool is Tool.INSERT_INTO_CANVAS:
        return "free"
    price = steps.price_words(item.price_credits)
    settings = item.settings
    name = honest_name(view.catalog.known(settings.model_id), settings.model_id)
    words = SEPARATOR.join([name, *settings_words(item, view.catalog)])
    if len(words) > _SETTINGS_CHARS:
        brief = settings.model_copy(update={"negative_prompt": ""})
        shorter = settings_words(item.model_copy(update={"settings": brief}), view.catalog)
        words = SEPARATOR.join([name, *shorter])
    return words if item.state is ItemState.DELIVERED else f"{words}{SEPARATOR}*{price}*"


def _heard(item: Item, view: CardView) -> list[str]:
    """A row as a screen reader and a phone have it."""
    if item.state is ItemState.REMOVED:
        return [f"{_name(item)}{SEPARATOR}removed"]
    proposal = view.proposal
    first = [_name(item)]
    if _is_working(proposal):
        first.append(_work(item, proposal))
    first.append(_settings(item, view))
    placed = insert.card_lines(proposal, item, view.insertions)
    return [SEPARATOR.join([*first, *placed]), quoted(item.settings.prompt, _PROMPT_CHARS)]
