"""A request goes in, a plan comes out: one image as we would make it, or a short answer."""

import re
from typing import NamedTuple

from bot.domain.catalog import MAX_COUNT, MAX_PROMPT_CHARS, Aspect, Catalog, ImageModel, Task
from bot.domain.requests import (
    IgnorePlan,
    Plan,
    PlannedItem,
    ProposePlan,
    ReplyKind,
    ReplyPlan,
    Request,
    Source,
)
from bot.planner import talk
from bot.planner.choose import choose_model, nearest_aspect, take_model
from bot.planner.courtesy import added, closed, is_chat, opened, sentences, softened, undecorated
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
from bot.planner.quotes import masked, unmasked
from bot.planner.replies import courtesy_reply, is_several, later_reply, list_reply
from bot.planner.subject import Subject, head_noun, subject_of, with_article
from bot.planner.text import defused, plain, tidy, unmarked
from bot.planner.words import word_set
from bot.planner.write import MAX_TITLE_CHARS, mended, prompt_of, title_of

_MOST_RAW_CHARS = 5 * MAX_PROMPT_CHARS
"""A text longer than this is too long however it is counted: `&amp;` is five for one."""

_MAX_SEED = 2**31 - 1
_NOT_UNDERSTOOD = ReplyPlan(kind=ReplyKind.NOT_UNDERSTOOD)
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

    seed: int | None
    model: ImageModel | None
    missing_model: str
    """A model that was named and is not there."""
    aspect: Aspect | None
    place: Aspect | None
    """The aspect of where it will stand; weaker than an aspect that was said."""
    style_id: str | None

    @property
    def is_any(self) -> bool:
        """Whether the text spoke of making an image at all."""
        return any(value is not None and value != "" for value in self)


def plan(
    request: Request, *, catalog: Catalog, bot_user_id: str, in_channel_unasked: bool = False
) -> Plan:
    """How a request is understood.

    `in_channel_unasked` is for messages that were not said to us: only a clear request for an
    image is answered then. A reply in a channel's thread that does not name us gets no "not
    understood" either: people also talk to each other there.
    """
    is_huge = len(request.text) > _MOST_RAW_CHARS
    original = "" if is_huge else plain(request.text, bot_user_id=bot_user_id)
    length = len(request.text) if is_huge else len(original)
    if length > MAX_PROMPT_CHARS:
        understood: Plan = ReplyPlan(kind=ReplyKind.TOO_LONG, detail=str(length))
    else:
        understood = _understood(
            original, catalog=catalog, is_certain=request.source is not Source.REVISION
        )
    names_us = bot_user_id in request.text or request.channel_id.startswith("D")
    overheard = request.source is Source.THREAD and not names_us
    if in_channel_unasked and not isinstance(understood, ProposePlan):
        return IgnorePlan()
    if isinstance(understood, ReplyPlan) and overheard and understood.kind in _SMALL_TALK:
        return IgnorePlan()
    if (in_channel_unasked or overheard) and not talk.is_clear(original):
        return IgnorePlan() if isinstance(understood, ProposePlan) else understood
    return understood


_SMALL_TALK = frozenset(
    {ReplyKind.NOT_UNDERSTOOD, ReplyKind.THANKS, ReplyKind.EMPTY, ReplyKind.TOO_LONG}
)


def _understood(original: str, *, catalog: Catalog, is_certain: bool) -> Plan:
    text = tidy(undecorated(unmarked(original)))
    reply = courtesy_reply(text) or courtesy_reply(original)
    if reply and original:
        return reply
    if not re.search(r"\w", text):
        return ReplyPlan(kind=ReplyKind.EMPTY) if not original else _NOT_UNDERSTOOD
    hidden, quotes = masked(text)
    main, _ = _main_sentence(sentences(hidden))
    asked = closed(softened(main))
    listed = list_reply(asked, catalog)
    if listed:
        return ReplyPlan(kind=listed.kind, detail=defused(unmasked(listed.detail, quotes)))
    later = later_reply(hidden, asked)
    if later and is_certain:
        return later
    return _image_plan(
        hidden, quotes=quotes, original=original, catalog=catalog, is_certain=is_certain
    )


def _image_plan(
    hidden: str, *, quotes: list[str], original: str, catalog: Catalog, is_certain: bool
) -> Plan:
    """The plan for a text that asks for no list, no edit and is no courtesy."""
    first_main, _ = _main_sentence(sentences(hidden))
    wanted = closed(opened(first_main).rest)
    if is_several(hidden, wanted):
        return ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail="several")
    hints, bare = _taken(hidden, catalog)
    main, others = _main_sentence(sentences(bare))
    said = opened(main)
    count, rest = take_count(closed(said.rest))
    details = []
    for other in others:
        of_other, other_rest = take_count(closed(added(opened_softly(other))))
        count = count or of_other
        details.append(mended(other_rest))
    style_id, rest = take_style_adjective(mended(rest)) if hints.style_id is None else (None, rest)
    subject = subject_of(mended(rest))
    details = [detail for detail in details if detail]
    if not subject.body and details:
        subject = subject._replace(body=", ".join(details), title=details[0])
        details = []
    number = (count or Count(subject.number or 1, False)).number or 1
    is_asked = said.is_command or hints.is_any or count is not None or subject.found is not None
    if is_certain and not _is_request(main, subject, is_asked=is_asked, quotes=quotes):
        return _NOT_UNDERSTOOD
    if number > MAX_COUNT:
        return ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail="too_many")
    verb_style = next((s for verb, s in _VERB_STYLES.items() if said.verb.startswith(verb)), None)
    style_id = hints.style_id or style_id or subject.style_id
    task, style_id = _task_and_style(subject, style_id=style_id, verb_style=verb_style)
    if task is Task.PRODUCT and subject.found is None:
        thing = with_article(subject.body[:1].lower() + subject.body[1:])
        subject = subject._replace(body=f"product photograph of {thing}")
    aspect = _aspect(subject, hints, style_id)
    model, reason, aspect = _model(catalog, task=task, hints=hints, aspect=aspect)
    seed, reason = _seed(hints.seed, model=model, reason=reason)
    style = catalog.style(style_id) or catalog.styles[0]
    prompt = prompt_of(subject, details=details, style_id=style.id, style_name=style.name)
    prompt = defused(unmasked(prompt, quotes))
    return ProposePlan(
        items=(
            PlannedItem(
                title=defused(unmasked(title_of(subject), quotes))[:MAX_TITLE_CHARS].strip(),
                prompt=prompt if len(prompt) <= MAX_PROMPT_CHARS else original,
                original=original,
                model_id=model.id,
                model_reason=defused(reason),
                style_id=style.id,
                aspect=aspect,
                count=min(number, model.max_count),
                seed=seed,
            ),
        )
    )


def opened_softly(sentence: str) -> str:
    """A further sentence without politeness and without a command to give something."""
    return opened(sentence).rest


def _main_sentence(parts: list[str]) -> tuple[str, list[str]]:
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


def _taken(hidden: str, catalog: Catalog) -> tuple[Hints, str]:
    seed, rest = take_seed(hidden)
    model, missing, rest = take_model(rest, catalog)
    aspect, rest = take_aspect(rest)
    place, rest = take_place(rest)
    style_id, rest = take_style(rest)
    return Hints(seed, model, missing, aspect, place, style_id), tidy(rest)


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


def _aspect(subject: Subject, hints: Hints, style_id: str) -> Aspect:
    usual = subject.found.format.aspect if subject.found else None
    said = hints.aspect or subject.aspect
    if said:
        return turned(usual, said)
    if hints.place or usual:
        return hints.place or usual or Aspect.SQUARE
    return Aspect.WIDE if style_id == "cinematic" else Aspect.SQUARE


def _model(
    catalog: Catalog, *, task: Task, hints: Hints, aspect: Aspect
) -> tuple[ImageModel, str, Aspect]:
    """The model with its reason, and the aspect it will make, said where it is another one."""
    if hints.model:
        model, reason = hints.model, "as you asked"
    else:
        model, reason = choose_model(catalog, task, aspect=aspect)
        if hints.missing_model:
            reason = f"{hints.missing_model} is not available here; {reason}"
    if aspect in model.sizes:
        return model, reason, aspect
    across, down = (int(side) for side in aspect.value.split(":"))
    nearest = nearest_aspect(across, down, model.aspects)
    return model, f"{reason}; it makes no {aspect.value}, so {nearest.value}", nearest


def _seed(seed: int | None, *, model: ImageModel, reason: str) -> tuple[int | None, str]:
    """The seed where the model can take it, else the reason with what became of it."""
    if seed is None:
        return None, reason
    if not model.has_seed:
        return None, f"{reason}; it takes no seed"
    if seed > _MAX_SEED:
        return None, f"{reason}; seed {seed} is over {_MAX_SEED}, so one is drawn"
    return seed, reason
