"""What somebody said of one image goes in, the item that a designer would propose comes out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.catalog import MAX_COUNT, MAX_PROMPT_CHARS, Aspect, Catalog, ImageModel, Task
from bot.domain.people import Tool
from bot.domain.requests import PlannedItem, ReplyKind, ReplyPlan
from bot.planner import talk
from bot.planner.choose import DEFAULT_REASON, choose_model, nearest_aspect, take_model
from bot.planner.courtesy import added, closed, is_chat, opened, sentences
from bot.planner.formats import Role, take_place
from bot.planner.hints import (
    Count,
    take_aspect,
    take_count,
    take_seed,
    take_style,
    take_style_adjective,
    turned,
)
from bot.planner.needs import take_transparency, take_wish
from bot.planner.quotes import unmasked
from bot.planner.subject import Subject, head_noun, subject_of, with_article
from bot.planner.text import defused, tidy
from bot.planner.words import word_set
from bot.planner.write import MAX_TITLE_CHARS, mended, prompt_of, title_of

MAX_SEED = 2**31 - 1
NOT_UNDERSTOOD = ReplyPlan(kind=ReplyKind.NOT_UNDERSTOOD)
NO_GENERATOR = ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail="no_generator")

_VERB_STYLES = {
    "sketch": "line-art",
    "photograph": "photo",
    "illustrat": "illustration",
    "paint": "illustration",
}
_STYLE_TASKS: dict[str, Task] = {
    "photo": Task.PHOTO,
    "product-photo": Task.PRODUCT,
    "cinematic": Task.PHOTO,
    "poster": Task.POSTER,
    "logo": Task.LOGO,
    "pattern": Task.PATTERN,
}
_TASK_STYLES: dict[Task, str] = {
    Task.PRODUCT: "product-photo",
    Task.PHOTO: "photo",
    Task.POSTER: "poster",
    Task.TYPOGRAPHY: "poster",
    Task.LOGO: "logo",
    Task.PATTERN: "pattern",
}
_PRODUCTS = word_set(
    "mug cup bottle perfume fragrance sneaker shoe boot sandal handbag bag backpack watch "
    "lamp vase candle headphone earbud speaker laptop phone smartphone sunglasses ring "
    "necklace lipstick serum cream jar teapot kettle glass bowl plate chair stool sofa "
    "wallet soap toaster can tin packaging bracelet earring tumbler thermos notebook pen "
    "keyboard camera"
)


class Hints(NamedTuple):
    """What a text says apart from its subject."""

    seed: int | None = None
    model: ImageModel | None = None
    missing_model: str = ""
    """A model that was named and is not there."""
    aspect: Aspect | None = None
    place: Aspect | None = None
    """The aspect of where it will stand; weaker than an aspect that was said."""
    style_id: str | None = None
    is_transparent: bool | None = None
    wish: Task | None = None
    """The kind of model that was asked for: vector, or a draft."""

    @property
    def is_any(self) -> bool:
        """Whether the text spoke of making an image at all."""
        return any(value is not None and value != "" for value in self)

    def over(self, common: "Hints") -> "Hints":
        """These hints, and the common ones where these say nothing."""
        is_named = self.model is not None or self.missing_model != ""
        return Hints(
            seed=common.seed if self.seed is None else self.seed,
            model=self.model if is_named else common.model,
            missing_model=self.missing_model if is_named else common.missing_model,
            aspect=self.aspect or common.aspect,
            place=self.place or common.place,
            style_id=self.style_id or common.style_id,
            is_transparent=self.is_transparent or common.is_transparent,
            wish=self.wish or common.wish,
        )


class Offer(NamedTuple):
    """What there is to propose from."""

    catalog: Catalog
    default_model_id: str | None = None
    """The workspace's own choice, where it does what is asked."""


class Common(NamedTuple):
    """What was said for every image of several."""

    hints: Hints = Hints()
    number: int | None = None
    """How many variations of each."""
    details: tuple[str, ...] = ()
    """Sentences that every prompt takes in."""


NOTHING_COMMON = Common()


def hints_in(text: str, catalog: Catalog) -> tuple[Hints, str]:
    """The hints of a text, and the text without them."""
    seed, rest = take_seed(text)
    model, missing, rest = take_model(rest, catalog)
    aspect, rest = take_aspect(rest)
    place, rest = take_place(rest)
    is_transparent, rest = take_transparency(rest, catalog)
    wish, rest = take_wish(rest, catalog)
    style_id, rest = take_style(rest)
    hints = Hints(seed, model, missing, aspect, place, style_id, is_transparent, wish)
    return hints, tidy(rest)


def main_sentence(parts: Sequence[str]) -> tuple[str, list[str]]:
    """The sentence that asks, and the others that say something about it."""
    parts = [part for part in parts if re.search(r"[\w\ufdd0-\ufdef]", part)]
    commands = [at for at, part in enumerate(parts) if opened(part).is_command]
    plain_ones = [at for at, part in enumerate(parts) if not is_chat(part)]
    at = (commands or plain_ones or [0])[0]
    if not parts:
        return "", []
    before = [part for part in parts[:at] if not is_chat(part) and not talk.is_statement(part)]
    after = [part for part in parts[at + 1 :] if not is_chat(part) and not part.endswith("?")]
    return parts[at], [*after, *before]


def one_image(
    hidden: str,
    *,
    quotes: list[str],
    original: str,
    offer: Offer,
    is_certain: bool,
    common: Common = NOTHING_COMMON,
) -> PlannedItem | ReplyPlan:
    """The item for a text that asks for one image, or the answer to one that does not.

    `is_certain` is whether the text has to be a request to be answered with an item. `hidden` is
    the text with its quotations put away, `original` what the person wrote.
    """
    if not offer.catalog.for_tool(Tool.GENERATE):
        return NO_GENERATOR
    own, bare = hints_in(hidden, offer.catalog)
    hints = own.over(common.hints)
    main, others = main_sentence(sentences(bare))
    said = opened(main)
    count, rest = take_count(closed(said.rest))
    details = []
    for other in others:
        of_other, other_rest = take_count(closed(added(opened(other).rest)))
        count = count or of_other
        details.append(mended(other_rest))
    style_id, rest = take_style_adjective(mended(rest)) if own.style_id is None else (None, rest)
    subject = subject_of(mended(rest))
    details = [detail for detail in details if detail]
    if not subject.body and details:
        subject = subject._replace(body=", ".join(details), title=details[0])
        details = []
    details += common.details
    is_asked = said.is_command or own.is_any or count is not None or subject.found is not None
    if is_certain and not _is_request(main, subject, is_asked=is_asked, quotes=quotes):
        return NOT_UNDERSTOOD
    number = (count or Count(subject.number or common.number or 1, False)).number or 1
    if number > MAX_COUNT:
        return ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail="too_many")
    verb_style = next((s for verb, s in _VERB_STYLES.items() if said.verb.startswith(verb)), None)
    style_id = own.style_id or style_id or subject.style_id or hints.style_id
    task, style_id = _task_and_style(subject, style_id=style_id, verb_style=verb_style)
    if task is Task.PRODUCT and subject.found is None:
        thing = with_article(subject.body[:1].lower() + subject.body[1:])
        subject = subject._replace(body=f"product photograph of {thing}")
    aspect = _aspect(subject, own, common.hints, style_id)
    model, reason, aspect = model_for(offer, task=task, hints=hints, aspect=aspect, count=number)
    seed, reason = _seed(hints.seed, model=model, reason=reason)
    style = offer.catalog.style(style_id) or offer.catalog.styles[0]
    prompt = prompt_of(subject, details=details, style_id=style.id, style_name=style.name)
    prompt = defused(unmasked(prompt, quotes))
    return PlannedItem(
        title=defused(unmasked(title_of(subject), quotes))[:MAX_TITLE_CHARS].strip(),
        prompt=prompt if len(prompt) <= MAX_PROMPT_CHARS else original,
        original=original,
        model_id=model.id,
        model_reason=defused(reason),
        style_id=style.id,
        aspect=aspect,
        count=min(number, model.max_count),
        seed=seed,
        is_transparent=bool(hints.is_transparent) and model.has_transparency,
    )


def model_for(
    offer: Offer, *, task: Task, hints: Hints, aspect: Aspect, count: int = 1
) -> tuple[ImageModel, str, Aspect]:
    """The model with its reason, and the aspect it will make, said where it is another one.

    Raises: LookupError where the catalog has no model that makes images from words.
    """
    usual = offer.catalog.model(offer.default_model_id or "")
    if hints.model and hints.model.generates:
        model, reason = hints.model, "as you asked"
    elif usual and aspect in usual.sizes and count <= usual.max_count and _meets(usual, hints):
        model, reason = usual, DEFAULT_REASON
    else:
        model, reason = choose_model(
            offer.catalog,
            task,
            aspect=aspect,
            wish=hints.wish,
            is_transparent=bool(hints.is_transparent),
        )
    if hints.model and not hints.model.generates:
        reason = f"{hints.model.name} makes no images from words; {reason}"
    elif hints.missing_model:
        reason = f"{hints.missing_model} is not available here; {reason}"
    if hints.is_transparent and not model.has_transparency:
        reason += "; it always paints a background"
    if aspect in model.sizes:
        return model, reason, aspect
    across, down = (int(side) for side in aspect.value.split(":"))
    nearest = nearest_aspect(across, down, model.aspects)
    return model, f"{reason}; it makes no {aspect.value}, so {nearest.value}", nearest


def _meets(model: ImageModel, hints: Hints) -> bool:
    """Whether a model can do what is needed beside the aspect and the count."""
    is_wished = hints.wish is None or hints.wish in model.tasks
    return is_wished and (model.has_transparency or not hints.is_transparent)


def _is_request(main: str, subject: Subject, *, is_asked: bool, quotes: list[str]) -> bool:
    body = subject.body
    if not body and (subject.found is None or subject.found.format.role is not Role.KEPT):
        return bool(quotes) and is_asked
    if is_asked:
        return not talk.is_other_work(body)
    return talk.is_noun_phrase(main)


def _task_and_style(
    subject: Subject, *, style_id: str | None, verb_style: str | None
) -> tuple[Task, str]:
    """What it is for and how it shall look: as said, else as the format has it, else by subject."""
    usual = subject.found.format if subject.found else None
    task = usual.task if usual else None
    if style_id is None:
        style_id = (usual.style_id if usual else None) or verb_style
    if task is None:
        if style_id is None and head_noun(subject.body) in _PRODUCTS:
            return Task.PRODUCT, "product-photo"
        task = _STYLE_TASKS.get(style_id or "", Task.ILLUSTRATION)
    return task, style_id or _TASK_STYLES.get(task, "illustration")


def _aspect(subject: Subject, own: Hints, common: Hints, style_id: str) -> Aspect:
    usual = subject.found.format.aspect if subject.found else None
    said = own.aspect or subject.aspect or common.aspect
    if said:
        return turned(usual, said)
    if place := own.place or usual or common.place:
        return place
    return Aspect.WIDE if style_id == "cinematic" else Aspect.SQUARE


def _seed(seed: int | None, *, model: ImageModel, reason: str) -> tuple[int | None, str]:
    """The seed where the model can take it, else the reason with what became of it."""
    if seed is None:
        return None, reason
    if not model.has_seed:
        return None, f"{reason}; it takes no seed"
    if seed > MAX_SEED:
        return None, f"{reason}; seed {seed} is over {MAX_SEED}, so one is drawn"
    return seed, reason
