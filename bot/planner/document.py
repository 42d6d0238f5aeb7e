"""A canvas's headings and what was asked of them go in, an image for each comes out.

What a canvas says is data: it becomes words of prompts and titles, and sets nothing else.
"""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from bot.domain.catalog import MAX_COUNT, Aspect, Catalog, Task
from bot.domain.proposals import MAX_ITEMS
from bot.domain.requests import PlannedItem
from bot.planner.batch import said_of_all, told_apart
from bot.planner.courtesy import closed, is_chat, opened, sentences
from bot.planner.formats import Found, format_ending
from bot.planner.hints import take_count
from bot.planner.quotes import masked, unmasked
from bot.planner.single import Hints, Offer, hints_in, model_for
from bot.planner.subject import Subject
from bot.planner.text import defused, plain, tidy, unmarked
from bot.planner.words import word_set
from bot.planner.write import MAX_TITLE_CHARS, mended, prompt_of

_FLAGS = re.IGNORECASE


class HeadingLike(Protocol):
    """A heading and what stands below it, up to the next one."""

    @property
    def text(self) -> str:
        """Its words, without any markup."""

    @property
    def body(self) -> str:
        """What stands below it."""

    @property
    def level(self) -> int:
        """1 to 3."""

    @property
    def occurrence(self) -> int:
        """Which of the headings with these words, from 1."""


H = TypeVar("H", bound=HeadingLike)

_NOT_DRAWN = re.compile(
    r"(?:table\s+of\s+)?contents|toc|references|sources|bibliography|footnotes|links|further\s+reading"
    r"|change\s?log|(?:version|revision)\s+history|attendees|participants|appendix(?:\s+\w)?"
    r"|open\s+questions|action\s+items|to-?\s?dos?|imprint|legal(?:\s+notice)?",
    _FLAGS,
)
_GENERIC = re.compile(
    r"(?:hero|intro(?:duction)?|overview|summary|about(?:\s+us)?|background|conclusion|abstract|goals?"
    r"|context|details|description|executive\s+summary|tl;?dr|(?:section|chapter|part|step|slide)\s+\w{1,4})",
    _FLAGS,
)
"""Headings that say nothing of what there is to see."""
_MARKDOWN = (
    (re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL), " "),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), " "),
    (re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"<?https?://\S+"), " "),
    (re.compile(r"^\s*(?:[-*+•]|\d+[.)]|>+|#+|\[[ x]\])\s+", re.MULTILINE), ""),
    (re.compile(r"^[\s|:-]+$|\|", re.MULTILINE), " "),
    (re.compile(r"@[\w.-]+|#[\w-]+"), " "),
    (re.compile(r"[*_~]{1,3}(?=\S)|(?<=\S)[*_~]{1,3}"), ""),
)
_PROCEDURAL = re.compile(
    r"(?:this\s+(?:section|document|page|chapter)|in\s+this|we\s+(?:will|need|should|must)|todo|tbd|see\b"
    r"|please|note\b|for\s+more|click|last\s+updated|owner|draft|status|as\s+(?:described|mentioned))",
    _FLAGS,
)
_MOST_BODY_CHARS = 2000
_MOST_SENTENCE_CHARS = 240
_SMALL = word_set("a an the of for in on at with and or to by from our my your this that is are we")
_SOME = re.compile(r"\b(?:sections?|headings?|chapters?|headlines?)\b", _FLAGS)
_EVERY = re.compile(r"\b(?:each|every|all|per)\b", _FLAGS)
_WITHOUT = re.compile(
    r"\b(?:without|no)\s+(?:any\s+)?(?:text|words|people|logos?|faces|letters)\b", _FLAGS
)
_PUTTING = re.compile(r"(?:please\s+)?(?:insert|put|add|place|embed)\b", _FLAGS)
_PLURAL = re.compile(
    r"\b(?:[\w-]+\s+){0,2}?(?:images|pictures|photos|photographs|illustrations|drawings|paintings"
    r"|sketches|icons|renders|watercolou?rs|graphics|visuals|cartoons|banners|headers|posters)\b",
    _FLAGS,
)


def rows(
    headings: Sequence[HeadingLike],
    text: str,
    *,
    catalog: Catalog,
    default_model_id: str | None = None,
) -> tuple[PlannedItem, ...]:
    """An image for each heading, at most MAX_ITEMS, in their order; their places are not set.

    `text` is what the person said: model, style, aspect and count for all of them. Where it names
    some of the headings, only those are taken. A title that has sections of its own, and headings
    such as "References", are left out.

    Raises: LookupError where the catalog has no model that makes images from words.
    """
    offer = Offer(catalog, default_model_id)
    said = plain(text, bot_user_id="")
    hidden, quotes = masked(tidy(unmarked(said)))
    hints, rest = hints_in(hidden, catalog)
    usual = _format(rest)
    count = min(MAX_COUNT, _count(rest))
    style_id = hints.style_id or (usual.format.style_id if usual else None) or "illustration"
    style = catalog.style(style_id) or catalog.styles[0]
    own = usual.format.aspect if usual else None
    aspect = hints.aspect or hints.place or own or Aspect.WIDE
    task = _task(usual, style_id)
    model, reason, aspect = model_for(offer, task=task, hints=hints, aspect=aspect, count=count)
    details = [unmasked(detail, quotes) for detail in _details(hidden)]
    items = [
        PlannedItem(
            title=_title(heading.text),
            prompt=prompt_of(
                _subject(heading), details=details, style_id=style.id, style_name=style.name
            ),
            original=said,
            model_id=model.id,
            model_reason=defused(reason),
            style_id=style.id,
            aspect=aspect,
            count=min(count, model.max_count),
            seed=_seed(hints, has_seed=model.has_seed),
        )
        for heading in chosen(headings, text)
    ]
    return told_apart(items, catalog)


def chosen(headings: Sequence[H], text: str) -> tuple[H, ...]:
    """The headings that `rows` makes images for, in the same order, at most MAX_ITEMS."""
    drawn = [
        heading
        for at, heading in enumerate(headings)
        if re.search(r"\w", heading.text)
        and not _NOT_DRAWN.fullmatch(heading.text.strip(" .:"))
        and not _is_title(headings, at)
    ]
    if _SOME.search(text) and not _EVERY.search(text):
        words = text.lower()
        drawn = [heading for heading in drawn if _is_named(heading, words)] or drawn
    return tuple(drawn[:MAX_ITEMS])


def _is_named(heading: HeadingLike, words: str) -> bool:
    name = heading.text.strip().lower()
    return len(name) > 2 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def _is_title(headings: Sequence[HeadingLike], at: int) -> bool:
    """Whether a heading is the document's own title: the only one of its level, above others."""
    heading = headings[at]
    is_alone = sum(other.level == 1 for other in headings) == 1
    return heading.level == 1 and is_alone and at == 0 and len(headings) > 1


def _subject(heading: HeadingLike) -> Subject:
    """What there is to see for a heading: its words, and the most telling sentence below it."""
    title = _plain(heading.text)
    sentence = _telling(heading.body, title)
    if sentence and _GENERIC.fullmatch(title.strip(" .:")):
        body = sentence
    else:
        body = f"{title}: {sentence}" if sentence else title
    return Subject(body, title, None, None, None, None)


def _telling(body: str, title: str) -> str:
    """The sentence of a text that says most of what could be drawn; empty where there is none."""
    text = body[:_MOST_BODY_CHARS]
    for pattern, instead in _MARKDOWN:
        text = pattern.sub(instead, text)
    wanted = word_set(title.lower()) - _SMALL
    best, most = "", 0.0
    for at, sentence in enumerate(sentences(tidy(text))[:12]):
        words = word_set(sentence.lower()) - _SMALL
        if len(words) < 2 or sentence.endswith("?"):
            continue
        score = min(len(words), 14) + 3 * len(words & wanted) - at
        score -= 12 if _PROCEDURAL.match(sentence) else 0
        if score > most:
            best, most = sentence, score
    best = mended(_plain(best)).rstrip(".")
    if len(best) > _MOST_SENTENCE_CHARS:
        best = best[:_MOST_SENTENCE_CHARS].rsplit(" ", 1)[0]
    return best


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", defused(plain(text, bot_user_id=""))).strip()


def _title(text: str) -> str:
    return _plain(text).strip(" :")[:MAX_TITLE_CHARS].strip() or "image"


def _format(text: str) -> Found | None:
    """The kind of image that a text asks for: "watercolor illustrations", "photos"."""
    for found in _PLURAL.finditer(text):
        words = found[0].split()
        for start in range(len(words)):
            ending, length = format_ending(words[start:])
            if ending and length == len(words) - start:
                return ending
    return None


def _task(usual: Found | None, style_id: str) -> Task:
    if usual and usual.format.task:
        return usual.format.task
    return {"photo": Task.PHOTO, "cinematic": Task.PHOTO, "product-photo": Task.PRODUCT}.get(
        style_id, Task.ILLUSTRATION
    )


def _count(text: str) -> int:
    for sentence in sentences(text):
        for part in (sentence, *sentence.split(",")):
            count, _ = take_count(closed(said_of_all(opened(part).rest)))
            if count and count.is_of_variations:
                return max(1, count.number)
    return 1


def _details(text: str) -> list[str]:
    """What every prompt takes in: "no text", and further sentences that describe."""
    first, *others = sentences(text) or [""]
    details = [found[0] for found in _WITHOUT.finditer(first)]
    for sentence in others:
        is_work = opened(sentence).is_command or re.match(
            r"(?:insert|put|add|place)\b", sentence, _FLAGS
        )
        if not is_chat(sentence) and not is_work and not sentence.endswith("?"):
            details.append(mended(said_of_all(closed(sentence))))
    return [detail for detail in details if re.search(r"\w", detail)]


def _seed(hints: Hints, *, has_seed: bool) -> int | None:
    return hints.seed if has_seed and hints.seed is not None and hints.seed < 2**31 else None
