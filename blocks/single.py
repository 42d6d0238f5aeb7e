"""The card of a proposal with one item, whatever its tool and its state."""

from slack_sdk.models.blocks import Block, InteractiveElement, SectionBlock

from blocks import insert, results, steps
from blocks.message import Message, message
from blocks.parts import MAX_SECTION_CHARS, actions, context, literal, picture, section
from blocks.status import held_words, status_line
from blocks.text import credits, mention, plain, quoted, when
from blocks.view import CardView
from blocks.words import SEPARATOR, cost_words, left_words, model_words, settings_words
from bot.domain.people import Tool
from bot.domain.proposals import Item, ItemState, ProposalState

_SPOKEN_PROMPT_CHARS = 400
_ORIGINAL_CHARS = 400
_SHORT_CHANGE_CHARS = 150
MAX_PICTURES = 8
"""Of the pictures to work on, on one card; no model takes more."""

_PICTURE_WORDS = {
    Tool.EDIT: "Picture to edit",
    Tool.UPSCALE: "Picture to upscale",
    Tool.INSERT_INTO_CANVAS: "Picture to insert",
}


def card(view: CardView) -> Message:
    """The proposal as it is committed."""
    proposal = view.proposal
    (item,) = proposal.items
    title = quoted(item.title)
    lines = _request_lines(item, view)
    headline = asked_line(view)
    blocks: list[Block] = [section(headline)]
    blocks += pictures(item, view)
    spoken = [] if proposal.tool is Tool.GENERATE else [headline]
    if _has_prompt(item, view):
        blocks.append(SectionBlock(text=literal(plain(item.settings.prompt, MAX_SECTION_CHARS))))
        spoken.append(f"Prompt: {quoted(item.settings.prompt, _SPOKEN_PROMPT_CHARS)}")
    if lines:
        blocks.append(context(*lines))
        spoken += lines
    placed = insert.card_lines(proposal, item, view.insertions)
    if placed:
        blocks.append(context(*placed))
        spoken += placed
    if proposal.state is ProposalState.AWAITING:
        cost = cost_line(view)
        first = (
            f"Approval needed: {_wanted(view)}, {steps.price_words(proposal.price_credits)}, "
            f"asked by {mention(proposal.requester_id)}: {title}"
        )
        blocks += [section(cost), actions(steps.decisions(proposal, title=item.title))]
        return message([first, *spoken, cost], blocks)
    line = status_line(proposal, item, queue_position=view.queue_position, next_link=view.next_link)
    said = [line]
    blocks.append(section(line))
    elements: list[InteractiveElement] = []
    if item.state is ItemState.UNKNOWN:
        said.append(held_words(item))
        blocks.append(context(held_words(item)))
        elements += steps.unknown_steps(item)
    if item.deleted:
        said.append(results.deleted_words(item))
        blocks.append(context(results.deleted_words(item)))
    if item.state is ItemState.DELIVERED:
        elements += results.steps(item, proposal, view.catalog)
    elements += insert.steps(view.insertions)
    elements += steps.follow_ups(proposal, view.catalog, title=item.title)
    if elements:
        blocks.append(actions(elements))
    return message([f"{title}{SEPARATOR}{said[0]}", *said[1:], *spoken], blocks)


def cost_line(view: CardView) -> str:
    """The price, what is left and how long it may be decided."""
    proposal = view.proposal
    cost = cost_words(proposal.price_credits, view.balance)
    if not proposal.price_credits:
        cost = f"*free*{SEPARATOR}{left_words(view.balance)}"
    return f"{cost}{SEPARATOR}open until {when(proposal.expires_at)}"


def asked_line(view: CardView) -> str:
    """Who wants what, in mrkdwn: the first line of the card."""
    proposal = view.proposal
    item = proposal.items[0]
    asker, title = mention(proposal.requester_id), quoted(item.title)
    of_what = source_words(item) or title
    match proposal.tool:
        case Tool.EDIT:
            words = f"{asker} wants to change *{of_what}*"
            if _has_prompt(item, view):
                return words
            return f"{words}: {quoted(item.settings.prompt, _SHORT_CHANGE_CHARS)}"
        case Tool.UPSCALE:
            size = _upscaled(item, view)
            scale = f" to {item.settings.scale} times the size" if item.settings.scale else ""
            return f"{asker} wants to upscale *{of_what}*{scale}{f', {size}' if size else ''}"
        case Tool.INSERT_INTO_CANVAS:
            where = f" {insert.place_words(item.place)}" if item.place else ""
            return f"{asker} wants to insert *{of_what}*{where}"
        case _:
            return f"{asker} asked for *{title}*"


def source_words(item: Item) -> str:
    """The pictures it works on, by name, in mrkdwn; empty where they have none."""
    names = [quoted(source.title, 80) for source in item.sources if source.title]
    if len(names) < 2:
        return names[0] if names else ""
    return f"{', '.join(names[:-1])} and {names[-1]}"


def pictures(item: Item, view: CardView) -> list[Block]:
    """The pictures to work on, so that whoever decides sees which are meant."""
    proposal = view.proposal
    words = _PICTURE_WORDS.get(proposal.tool)
    if words is None or not view.shows_pictures or proposal.state is not ProposalState.AWAITING:
        return []
    return [
        picture(source.slack_file_id, f"{words}: {source.title or item.title}")
        for source in item.sources[:MAX_PICTURES]
        if source.slack_file_id
    ]


def _has_prompt(item: Item, view: CardView) -> bool:
    """Whether its prompt stands in a block of its own: a short change is said in the first line."""
    prompt = item.settings.prompt.strip()
    if not prompt or view.proposal.tool is Tool.INSERT_INTO_CANVAS:
        return False
    if view.proposal.tool is not Tool.EDIT:
        return True
    return len(prompt) > _SHORT_CHANGE_CHARS or "\n" in prompt


def _wanted(view: CardView) -> str:
    proposal = view.proposal
    match proposal.tool:
        case Tool.EDIT:
            return f"{steps.images_words(proposal)} edited"
        case Tool.UPSCALE:
            return "an image upscaled"
        case Tool.INSERT_INTO_CANVAS:
            return "an image inserted into a canvas"
        case _:
            return steps.images_words(proposal)


def _upscaled(item: Item, view: CardView) -> str:
    """`2048 × 2048 px`, where the size of the picture is known."""
    size = view.source_sizes.get(item.sources[0].image_id) if item.sources else None
    if size is None or item.settings.scale is None:
        return ""
    across, down = size.width_px * item.settings.scale, size.height_px * item.settings.scale
    return f"{across} × {down} px"


def _request_lines(item: Item, view: CardView) -> list[str]:
    """What it would be made with; where the prompt was edited, also what was asked for.

    The price of an awaiting proposal stands by the button, and what a delivered one was charged
    stands in its status; of any other it is history and stands among its settings.
    """
    if view.proposal.tool is Tool.INSERT_INTO_CANVAS:
        return []
    is_upscaling = view.proposal.tool is Tool.UPSCALE  # whose first line says by how much
    settings = [] if is_upscaling else settings_words(item, view.catalog)
    is_said = item.state is ItemState.DELIVERED or view.proposal.state is ProposalState.AWAITING
    if not is_said:
        settings.append(credits(item.price_credits))
    lines = [model_words(item, view.catalog)]
    if settings:
        lines.append(SEPARATOR.join(settings))
    return [f"Prompt edited. {_asked_for(item)}", *lines] if _is_edited(item) else lines


def _is_edited(item: Item) -> bool:
    return item.settings.prompt != item.proposed_prompt


def _asked_for(item: Item) -> str:
    return f"Asked for: “{quoted(item.original, _ORIGINAL_CHARS)}”"
