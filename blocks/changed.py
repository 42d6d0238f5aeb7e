"""What a change made of a proposal, in a sentence: the items before and after in, words out."""

from collections.abc import Sequence

from blocks.message import Message, message
from blocks.parts import section
from blocks.text import link, plural, quoted
from blocks.words import SEPARATOR, cost_words, honest_name, style_name
from bot.domain.catalog import Catalog
from bot.domain.money import Balance
from bot.domain.proposals import Item, Proposal

_PROMPT_CHARS = 120
_KEPT_CHARS = 300
_MAX_ROWS = 4
"""Whose changes are told one by one."""


def what_changed(
    before: Proposal,
    after: Proposal,
    *,
    catalog: Catalog,
    balance: Balance,
    link_to: str | None,
    kept: Sequence[str] = (),
) -> Message:
    """What changed, what it costs now, and where the card is; `kept` says what could not."""
    told = _told(before, after, catalog)
    card = link(link_to, "the card") if link_to else "the card"
    price = cost_words(after.price_credits, balance)
    could_not = " ".join(quoted(words, _KEPT_CHARS) for words in kept)
    if not told and kept:
        words = f"{could_not} Nothing was changed on {card}."
    elif not told:
        words = (
            f"I found nothing to change in that; {card} stays as it is. Say what should be "
            "different, such as “make it 16:9” or “two of them”, or press “Edit…” on it."
        )
    else:
        words = f"Changed: {'; '.join(told)}{SEPARATOR}{price}{SEPARATOR}{card} shows it."
        words = f"{words} {could_not}" if kept else words
    return message([words], [section(words)])


def _told(before: Proposal, after: Proposal, catalog: Catalog) -> list[str]:
    """The same for all rows once, else row by row."""
    old = {item.id: item for item in before.live}
    live = {item.id for item in after.live}
    gone = [f"image {item.position} removed" for item in before.live if item.id not in live]
    changes = [(item, _changes(old[item.id], item, catalog)) for item in after.live]
    changes = [(item, words) for item, words in changes if words]
    if not changes:
        return gone
    same = {tuple(words) for _, words in changes}
    if len(same) == 1 and len(changes) == len(after.live):
        return [", ".join(same.pop()), *gone]
    told = [
        f"image {item.position}: {', '.join(words)}" if before.is_batch else ", ".join(words)
        for item, words in changes[:_MAX_ROWS]
    ]
    more = len(changes) - len(told)
    return [*told, *([plural(more, "more image")] if more > 0 else []), *gone]


def _changes(old: Item, new: Item, catalog: Catalog) -> Sequence[str]:
    was, now = old.settings, new.settings
    words = []
    if was.model_id != now.model_id:
        words.append(honest_name(catalog.known(now.model_id), now.model_id))
    if was.style_id != now.style_id:
        words.append(f"style {style_name(now, catalog)}")
    if was.aspect != now.aspect:
        words.append(now.aspect.label)
    if was.count != now.count:
        words.append(plural(now.count, "image"))
    if was.scale != now.scale:
        words.append(f"{now.scale} times the size")
    if was.seed != now.seed:
        words.append("a new seed" if now.seed is None else f"seed {now.seed}")
    if was.negative_prompt != now.negative_prompt:
        words.append(f"avoid “{quoted(now.negative_prompt, _PROMPT_CHARS)}”")
    if was.prompt != now.prompt:
        words.append(f"prompt “{_ending(was.prompt, now.prompt)}”")
    return words


def _ending(was: str, now: str) -> str:
    """The new prompt, or of a long one that only grew, what was added."""
    base = was.rstrip(" .")
    if len(now) > _PROMPT_CHARS and now.startswith(base):
        return "… " + quoted(now[len(base) :].strip(" ."), _PROMPT_CHARS)
    return quoted(now, _PROMPT_CHARS)
