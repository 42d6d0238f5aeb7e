"""Work on pictures and what is in view go in; the plan for it comes out, or the question which."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.domain.canvases import find_canvas_id
from bot.domain.catalog import MAX_COUNT, MAX_PROMPT_CHARS, Aspect
from bot.domain.context import Context
from bot.domain.edit_words import asks_to_cut_out
from bot.domain.people import Tool
from bot.domain.proposals import MAX_ITEMS, ItemSource
from bot.domain.requests import IgnorePlan, ImportPlan, InsertPlan, Plan, PlannedItem, ProposePlan
from bot.planner.canvas import heading
from bot.planner.choose import choose_editor, choose_upscaler, take_model
from bot.planner.hints import NUMBER, take_count, take_seed
from bot.planner.instruct import PICTURE, instruction, joint_instruction, marked
from bot.planner.meant import Pictures, meant
from bot.planner.pictures import Kind
from bot.planner.questions import unsupported, what_to_do, which_of
from bot.planner.quotes import unmasked
from bot.planner.scale import USUAL_SCALE, take_scale, wants_most
from bot.planner.single import MAX_SEED
from bot.planner.talk import is_statement
from bot.planner.targets import Targets, View, of_foreign, targets_of
from bot.planner.text import defused
from bot.planner.wanted import Said, Work
from bot.planner.write import MAX_TITLE_CHARS

_FLAGS = re.IGNORECASE
_COMBINING = re.compile(
    r"\b(?:combine|merge|blend|mix|stitch|collage|composite|join|montage|side\s+by\s+side|together)\b",
    _FLAGS,
)
_ONTO = re.compile(r"\b(?:onto|into|on|to|in|over|behind)\s+(?:the\s+)?$", _FLAGS)
_ONLY_JOINED = re.compile(r"\s*(?:,|\band\b|&|\+)*\s*")
_MAKE_COUNT = re.compile(rf"(?:make|create|give\s+me|show\s+me|draw|do)\s+(?={NUMBER}\s)", _FLAGS)
_EXTENSION = re.compile(r"\.(?:png|jpe?g|gif|webp|heic|bmp|tiff?)$", _FLAGS)
_LAST_EDIT = re.compile(r", (?:edited|upscaled ×\d+)$")


def work_plan(work: Work, view: View) -> Plan:
    """The plan for work on pictures; a question where several may be meant."""
    match work:
        case Work.VARY | Work.UNDO | Work.DELETE:
            return unsupported(work.value)
        case Work.EDIT if not view.offer.catalog.for_tool(Tool.EDIT):
            return unsupported("no_editor")
        case Work.UPSCALE if not view.offer.catalog.for_tool(Tool.UPSCALE):
            return unsupported("no_upscaler")
    targets = targets_of(of_foreign(view) if work is Work.IMPORT else view)
    if targets.is_missing and work is Work.IMPORT and not targets_of(view).is_missing:
        return unsupported("already_in_gallery")
    if targets.is_missing:
        context = view.context
        is_any = context.attached or context.thread or context.recent
        return unsupported("no_such_picture" if is_any else "which_picture")
    if targets.choices:
        return which_of(targets.choices, _again(view), user_id=view.user_id)
    sources = tuple(picture.source for picture in targets.pictures)
    if len(sources) > MAX_ITEMS:
        return unsupported("too_many_items")
    match work:
        case Work.EDIT:
            return _edit(view, targets)
        case Work.UPSCALE:
            return _upscale(view, sources)
        case Work.IMPORT:
            return ImportPlan(sources=sources)
        case _:
            return InsertPlan(
                sources=sources, canvas_id=find_canvas_id(view.raw), heading=_heading(view)
            )


def _edit(view: View, targets: Targets) -> Plan:
    pictures = targets.pictures
    names: list[list[str]] = []
    spoken = [at for at, one in enumerate(view.said) if not is_statement(one.text)]
    spoken = spoken or list(range(len(view.said)))
    is_joint = len(pictures) > 1 and _is_joint(view, targets)
    if is_joint:
        pictures, sentences, names = _jointly(view, targets, spoken)
    else:
        sentences = [view.said[at].marked for at in spoken]
    count, seed, model, missing, rest = None, None, None, "", []
    for sentence in sentences:
        of_sentence, left = take_count(_MAKE_COUNT.sub("", sentence, count=1))
        seed_said, left = take_seed(left)
        model_said, missing_said, left = take_model(left, view.offer.catalog)
        count, seed, model = count or of_sentence, seed or seed_said, model or model_said
        missing = missing or missing_said
        rest.append(left)
    prompt = joint_instruction(rest, names) if is_joint else instruction(rest)
    prompt = defused(unmasked(prompt, view.quotes))[:MAX_PROMPT_CHARS].strip()
    if not re.search(r"\w", prompt):
        return _without_words(view, pictures)
    number = count.number if count else 1
    if number > MAX_COUNT:
        return unsupported("too_many")
    together = (tuple(picture.source for picture in pictures),)
    groups = together if is_joint else tuple((picture.source,) for picture in pictures)
    chosen, reason = choose_editor(
        view.offer.catalog,
        sources=max(map(len, groups)),
        named=model,
        missing=missing,
        default_model_id=view.offer.default_model_id,
        cuts_out=asks_to_cut_out(prompt),
    )
    takes_seed = chosen.has_seed and seed is not None and seed <= MAX_SEED
    items = tuple(
        PlannedItem(
            title=_title(group[0], "edited"),
            prompt=prompt,
            original=view.original,
            model_id=chosen.id,
            model_reason=defused(reason),
            style_id="",
            aspect=Aspect.SQUARE,
            count=max(1, number),
            seed=seed if takes_seed else None,
            sources=group,
        )
        for group in groups
    )
    return ProposePlan(tool=Tool.EDIT, items=items)


def _without_words(view: View, pictures: Pictures) -> Plan:
    """What to do where pictures were picked and no change was named."""
    pending = view.context.pending
    if pending is not None and pending.tool is Tool.EDIT:
        prompt = pending.live[0].settings.prompt
        said = [Said(prompt, (), prompt)]
        context = Context(attached=pictures)
        return work_plan(Work.EDIT, view._replace(said=said, context=context, quotes=[]))
    if pending is not None and pending.tool is Tool.UPSCALE:
        scale = pending.live[0].settings.scale or USUAL_SCALE
        said = [Said("", (), f"×{scale}")]
        return _upscale(view._replace(said=said), tuple(picture.source for picture in pictures))
    return what_to_do(pictures, view.offer.catalog) if view.is_addressed else IgnorePlan()


def _is_joint(view: View, targets: Targets) -> bool:
    """Whether one image is to be made of several rather than each changed by itself."""
    text = " ".join(one.text for one in view.said)
    if _COMBINING.search(text):
        return True
    named = targets.named
    if not named:
        return bool(view.context.attached)
    for (at, first), (then, second) in pairwise(named):
        between = view.said[at].text[first.end : second.start] if at == then else "."
        if not _ONLY_JOINED.fullmatch(between):
            return True
    is_one = all(ref.kind is Kind.ONE and not ref.is_attached for _, ref in named)
    return is_one and bool(view.context.attached)


def _jointly(
    view: View, targets: Targets, spoken: Sequence[int]
) -> tuple[Pictures, list[str], list[list[str]]]:
    """The pictures, the one worked on first; the sentences, and how each calls its pictures."""
    found = [meant(ref, view.context, user_id=view.user_id).pictures for _, ref in targets.named]
    pictures = targets.pictures
    if len(found) == 2 and all(found):
        at, last = targets.named[-1]
        if _ONTO.search(view.said[at].text[: last.start]):
            pictures = tuple(dict.fromkeys((*found[1], *found[0])))
    pairs = list(zip(targets.named, found, strict=True))
    sentences = [
        marked(view.said[at].text, [ref for (number, ref), _ in pairs if number == at])
        for at in spoken
    ]
    names = [
        [_names(some, pictures) for (number, _), some in pairs if number == at] for at in spoken
    ]
    return pictures, sentences, names


def _names(some: Pictures, pictures: Pictures) -> str:
    """How an instruction speaks of some of its pictures: "picture 1", "the two pictures"."""
    if len(some) == len(pictures):
        return "the two pictures" if len(some) == 2 else "the pictures"
    return " and ".join(f"picture {pictures.index(one) + 1}" for one in some)


def _upscale(view: View, sources: Sequence[ItemSource]) -> Plan:
    text = " ".join(one.marked for one in view.said)
    catalog = view.offer.catalog
    model, missing, text = take_model(text, catalog)
    scales = [scale for one in catalog.for_tool(Tool.UPSCALE) for scale in one.scales]
    scale = max(scales) if wants_most(text) else _scale(text)
    chosen, reason = choose_upscaler(
        catalog,
        scale=scale,
        named=model,
        missing=missing,
        default_model_id=view.offer.default_model_id,
    )
    items = tuple(
        PlannedItem(
            title=_title(source, f"upscaled ×{scale}"),
            prompt="",
            original=view.original,
            model_id=chosen.id,
            model_reason=defused(reason),
            style_id="",
            aspect=Aspect.SQUARE,
            count=1,
            scale=scale,
            sources=(source,),
        )
        for source in sources
    )
    return ProposePlan(tool=Tool.UPSCALE, items=items)


def _scale(text: str) -> int:
    scale, _ = take_scale(text)
    return max(USUAL_SCALE, scale or USUAL_SCALE)


def _heading(view: View) -> str:
    for one in view.said:
        if words := heading(one.marked):
            return defused(unmasked(words, view.quotes)).strip(" \"'“”„‘’«»")
    return ""


def _again(view: View) -> str:
    """What was said, once more, of the picture that is then chosen: "make it brighter"."""
    said = ". ".join(one.marked.replace(PICTURE, "it") for one in view.said)
    return defused(unmasked(said, view.quotes))


def _title(source: ItemSource, done: str) -> str:
    """`fox logo, edited` for what becomes of a picture."""
    name = _EXTENSION.sub("", source.title.strip()).replace("\n", " ")
    last = _LAST_EDIT.search(name)
    name = name[: last.start()] if last and last[0][2:].split()[0] == done.split()[0] else name
    return f"{defused(name)[: MAX_TITLE_CHARS - len(done) - 2].strip() or 'picture'}, {done}"
