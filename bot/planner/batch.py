"""Distinct images that were asked for go in, one plan with a row for each comes out."""

import re
from collections.abc import Iterable, Sequence

from bot.domain.catalog import Catalog
from bot.domain.people import Tool
from bot.domain.proposals import MAX_ITEMS
from bot.domain.requests import (
    Choice,
    Plan,
    PlannedItem,
    ProposePlan,
    QuestionPlan,
    ReplyKind,
    ReplyPlan,
)
from bot.planner.concepts import STYLES_TO_TRY, Angle, angles
from bot.planner.courtesy import sentences
from bot.planner.hints import take_count
from bot.planner.parts import Batch, Concepts, Entry, Several, Unclear, Unnamed
from bot.planner.quotes import shortened, unmasked
from bot.planner.single import Common, Offer, hints_in, one_image
from bot.planner.subject import subject_of
from bot.planner.text import defused
from bot.planner.write import MAX_TITLE_CHARS, mended

_FLAGS = re.IGNORECASE
TOO_MANY_ITEMS = ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail="too_many_items")
NAME_EACH = ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail="name_each")

_OF_ALL = re.compile(
    r"^[\s,;]*(?:please\s+)?(?:(?:make|do|keep|draw|create|render|use)\s+)?(?:for\s+)?"
    r"(?:all|each|both|every\s+one|everything|they|them|every\s+image)\b(?:\s+of\s+(?:them|these))?"
    r"(?:\s+(?:should|must)(?:\s+all)?\s+(?:be|have|use))?(?:\s+(?:in|as|at|with|using|be)\b)?\s*"
    r"|\s*\b(?:for|on|in)\s+(?:all|each|both)(?:\s+of\s+(?:them|these))?\s*$"
    r"|\s+(?:each|per\s+image)\s*$",
    _FLAGS,
)
_FOR_WHAT = re.compile(r"(.+?)\s+for\s+(?:this|our|the|my|an?|their)\s+(.+)", _FLAGS)
_MOST_OF_TITLE = 48


def batch_plan(found: Several, *, quotes: list[str], original: str, offer: Offer) -> Plan:
    """The proposal of a row for each image; a sentence where there are too many of them."""
    match found:
        case Unnamed():
            return NAME_EACH
        case Unclear():
            return _each_or_all(found, quotes)
        case Concepts(number=number):
            if number > MAX_ITEMS:
                return TOO_MANY_ITEMS
            common = _common(found.common, quotes, offer)
            made = _concepts(found, common, quotes=quotes, original=original, offer=offer)
        case Batch(entries=entries):
            if len(entries) > MAX_ITEMS:
                return TOO_MANY_ITEMS
            common = _common(found.common, quotes, offer)
            made = [
                _row(entry, common, quotes=quotes, original=original, offer=offer)
                for entry in entries
            ]
    if refused := next((one for one in made if isinstance(one, ReplyPlan)), None):
        return refused
    items = told_apart([one for one in made if isinstance(one, PlannedItem)], offer.catalog)
    return ProposePlan(tool=Tool.GENERATE_BATCH if len(items) > 1 else Tool.GENERATE, items=items)


def said_of_all(sentence: str) -> str:
    """What a sentence says of every image: "all in watercolour" -> "watercolour"."""
    return _OF_ALL.sub("", sentence)


def _common(text: str, quotes: list[str], offer: Offer) -> Common:
    """What was said for all: settings, and sentences for every prompt."""
    hints, rest = hints_in(text, offer.catalog)
    count, details = None, []
    for sentence in sentences(rest):
        of_sentence, left = take_count(said_of_all(sentence))
        count = count or of_sentence
        details.append(mended(said_of_all(mended(left))))
    kept = tuple(unmasked(detail, quotes) for detail in details if re.search(r"\w", detail))
    return Common(hints, count.number if count else None, kept)


def _row(
    entry: Entry, common: Common, *, quotes: list[str], original: str, offer: Offer
) -> PlannedItem | ReplyPlan:
    kept = [*quotes]
    item = one_image(
        shortened(entry.text, kept),
        quotes=kept,
        original=original,
        offer=offer,
        is_certain=False,
        common=common,
    )
    if isinstance(item, ReplyPlan) or not entry.title:
        return item
    title = defused(unmasked(entry.title, quotes)).replace("\n", " ")[:MAX_TITLE_CHARS].strip()
    return item.model_copy(update={"title": title or item.title})


def _concepts(
    found: Concepts, common: Common, *, quotes: list[str], original: str, offer: Offer
) -> list[PlannedItem | ReplyPlan]:
    if found.by_style:
        styles = STYLES_TO_TRY[: found.number]
        names = [style.name for id_ in styles if (style := offer.catalog.style(id_))]
        entries = [Entry(f"{found.of}, {name} style") for name in names]
        return [
            _row(entry, common, quotes=quotes, original=original, offer=offer) for entry in entries
        ]
    plain = _row(Entry(found.of), common, quotes=quotes, original=original, offer=offer)
    if isinstance(plain, ReplyPlan):
        return [plain]
    subject = subject_of(mended(found.of))
    task = subject.found.format.task if subject.found else None
    said = " ".join([found.of, *common.details])
    return [
        _row(
            Entry(f"{found.of}, {angle.words}", _title(plain.title, angle)),
            common,
            quotes=quotes,
            original=original,
            offer=offer,
        )
        for angle in angles(task, said, number=found.number)
    ]


def _title(plain: str, angle: Angle) -> str:
    """`product launch homepage hero, close-up` for a hero image for a product launch."""
    what = plain
    if told := _FOR_WHAT.fullmatch(plain):
        what = f"{told[2]} {told[1].removesuffix(' image')}"
    if len(what) > _MOST_OF_TITLE:
        what = plain[:_MOST_OF_TITLE].rsplit(" ", 1)[0]
    return f"{what}, {angle.title}"


def told_apart(items: Sequence[PlannedItem], catalog: Catalog) -> tuple[PlannedItem, ...]:
    """The items with titles that differ: by aspect or style where these do, else by number."""
    titles = [item.title for item in items]
    if len(set(titles)) == len(titles):
        return tuple(items)
    if len({item.aspect for item in items}) == len(items):
        return _renamed(items, [item.aspect.label for item in items])
    if len({item.style_id for item in items}) == len(items):
        styles = [catalog.style(item.style_id) for item in items]
        return _renamed(items, [_small(style.name) if style else "" for style in styles])
    seen: dict[str, int] = {}
    renamed: list[PlannedItem] = []
    for item in items:
        seen[item.title] = seen.get(item.title, 0) + 1
        number = seen[item.title]
        renamed += _renamed([item], [str(number)]) if number > 1 else [item]
    return tuple(renamed)


def _renamed(items: Iterable[PlannedItem], words: Sequence[str]) -> tuple[PlannedItem, ...]:
    return tuple(
        item.model_copy(update={"title": f"{item.title[: MAX_TITLE_CHARS - 22]}, {said}"})
        for item, said in zip(items, words, strict=True)
    )


def _small(name: str) -> str:
    return f"{name[0].lower()}{name[1:]}"


def _each_or_all(found: Unclear, quotes: list[str]) -> Plan:
    each, together = (defused(unmasked(words, quotes)) for words in (found.each, found.together))
    return QuestionPlan(
        words="One image of each, or everything together in each image?",
        choices=(
            Choice(label="One of each", text=f"create {each}"),
            Choice(label="All together", text=f"create {together}"),
        ),
    )
