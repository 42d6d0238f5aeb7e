"""A request and what it may refer to go in; a plan comes out: work, a question, words, silence."""

import re

from bot.domain.canvases import find_canvas_id
from bot.domain.catalog import MAX_PROMPT_CHARS, Catalog
from bot.domain.context import NOTHING, Context
from bot.domain.requests import (
    ChangePlan,
    DocumentPlan,
    IgnorePlan,
    Plan,
    PlannedItem,
    ProposePlan,
    QuestionPlan,
    ReplyKind,
    ReplyPlan,
    Request,
    Source,
)
from bot.planner import talk
from bot.planner.batch import batch_plan
from bot.planner.canvas import (
    is_for_document,
    is_inserting,
    is_writing,
    making_first,
)
from bot.planner.courtesy import undecorated
from bot.planner.pending import About, about
from bot.planner.questions import (
    change_or_new,
    make_then_insert,
    picture_or_new,
    unsupported,
    what_to_do,
)
from bot.planner.quotes import quoted, unmasked
from bot.planner.reading import Reading, read, sentences_of
from bot.planner.replies import courtesy_reply, list_reply
from bot.planner.rows import names_rows
from bot.planner.several import is_brief, several
from bot.planner.single import NOT_UNDERSTOOD, Offer, hints_in, one_image
from bot.planner.targets import finds_named
from bot.planner.text import defused, plain, tidy, unmarked
from bot.planner.wanted import (
    Work,
    is_explicit,
    points_at,
    said_of_pictures,
    says_upscale,
    wanted,
)
from bot.planner.wishes import is_settings, wishes_in
from bot.planner.works import work_plan

_MOST_RAW_CHARS = 5 * MAX_PROMPT_CHARS
"""A text longer than this is too long however it is counted: `&amp;` is five for one."""

_SMALL_TALK = frozenset(
    {ReplyKind.NOT_UNDERSTOOD, ReplyKind.THANKS, ReplyKind.EMPTY, ReplyKind.TOO_LONG}
)


def plan(
    request: Request,
    context: Context = NOTHING,
    *,
    catalog: Catalog,
    bot_user_id: str,
    default_model_id: str | None = None,
    in_channel_unasked: bool = False,
) -> Plan:
    """How a request is understood, with what is in view when it is read.

    `default_model_id` is the workspace's own choice, proposed where it does what is asked.
    `in_channel_unasked` is for messages that were not said to us: only a clear request for an
    image is answered then. A reply in a channel's thread that does not name us gets no "not
    understood" either: people also talk to each other there.
    """
    is_huge = len(request.text) > _MOST_RAW_CHARS
    original = "" if is_huge else plain(request.text, bot_user_id=bot_user_id)
    length = len(request.text) if is_huge else len(original)
    names_us = bot_user_id in request.text or request.channel_id.startswith("D")
    is_overheard = request.source is Source.THREAD and not names_us
    is_unasked = in_channel_unasked or request.source is Source.OVERHEARD
    if is_overheard and _speaks_to_other(request.text):
        return IgnorePlan()
    if length > MAX_PROMPT_CHARS:
        understood: Plan = ReplyPlan(kind=ReplyKind.TOO_LONG, detail=str(length))
    else:
        understood = _understood(
            request,
            NOTHING if is_unasked else context,
            original=original,
            bot_user_id=bot_user_id,
            offer=Offer(catalog, default_model_id),
            is_addressed=not (is_overheard or is_unasked),
        )
    if not (is_overheard or is_unasked):
        return understood
    return _if_meant(understood, original, is_unasked=is_unasked)


def needs_context(request: Request, *, bot_user_id: str) -> bool:
    """Whether a request may refer to pictures, a canvas or a proposal, so that they must be read.

    A request out of the blue that only describes an image needs none; where this says False,
    what is in view makes no difference to the plan.
    """
    if request.attachments or request.sources or request.thread_ts not in (None, request.ts):
        return True
    if len(request.text) > _MOST_RAW_CHARS:
        return False
    hidden, asked, said = sentences_of(request, bot_user_id=bot_user_id)
    if is_for_document(asked, hidden):
        return True
    return wanted(said) is not None or is_explicit(said)


def _speaks_to_other(text: str) -> bool:
    """Whether a message begins by naming somebody else."""
    return re.match(r"\s*<@[UW]", text) is not None


def _if_meant(understood: Plan, original: str, *, is_unasked: bool) -> Plan:
    """The plan where words that were not said to us are plainly meant for us; else silence."""
    if is_unasked:
        is_meant = isinstance(understood, ProposePlan) and talk.is_clear(original)
        return understood if is_meant else IgnorePlan()
    if isinstance(understood, ReplyPlan) and understood.kind in _SMALL_TALK:
        return IgnorePlan()
    is_of_pictures = (
        (isinstance(understood, ProposePlan) and any(item.sources for item in understood.items))
        or (isinstance(understood, QuestionPlan) and any(c.sources for c in understood.choices))
        or not isinstance(understood, ProposePlan | QuestionPlan)
    )
    return understood if is_of_pictures or talk.is_clear(original) else IgnorePlan()


def _understood(
    request: Request,
    context: Context,
    *,
    original: str,
    bot_user_id: str,
    offer: Offer,
    is_addressed: bool,
) -> Plan:
    text = tidy(undecorated(unmarked(original)))
    reply = courtesy_reply(text) or courtesy_reply(original)
    if reply and original:
        return reply
    if not re.search(r"\w", text):
        if context.attached and is_addressed:
            return what_to_do(context.attached, offer.catalog)
        return ReplyPlan(kind=ReplyKind.EMPTY) if not original else NOT_UNDERSTOOD
    reading = read(
        request,
        context,
        text=text,
        original=original,
        bot_user_id=bot_user_id,
        offer=offer,
        is_addressed=is_addressed,
    )
    asked = reading.asked
    listed = None if _is_change(asked, context, offer) else list_reply(asked, offer.catalog)
    if listed:
        detail = defused(unmasked(listed.detail, reading.quotes))
        return ReplyPlan(kind=listed.kind, detail=detail)
    is_of_new = request.source is Source.REVISION or is_brief(text)
    if not is_of_new and (there := _of_what_is_there(reading)):
        return there
    return _of_new_images(reading, text)


def _is_change(asked: str, context: Context, offer: Offer) -> bool:
    """Whether "the cheapest model" is said of a pending proposal rather than of the catalog."""
    if context.pending is None or talk.is_statement(asked):
        return False
    return is_settings(wishes_in(asked, offer.catalog, tool=context.pending.tool))


def _of_what_is_there(reading: Reading) -> Plan | None:
    """The plan for a canvas, a pending proposal or pictures in view; None for new images."""
    view, asked = reading.view, reading.asked
    if is_writing(asked):
        return unsupported("canvas")
    if is_for_document(reading.asked_by_id, reading.named):
        return DocumentPlan(
            canvas_id=find_canvas_id(view.raw),
            is_inserting=is_inserting(reading.hidden),
            text=reading.original,
        )
    if making := making_first(asked):
        return make_then_insert(defused(unmasked(making, reading.quotes)))
    work = wanted(view.said)
    if understood := _of_pending(reading, work):
        return understood
    if work and not (talk.is_statement(asked) and not reading.is_addressed):
        return work_plan(work, view)
    is_about_picture = (view.context.attached and points_at(view.said)) or finds_named(view)
    if is_about_picture and reading.is_addressed and not talk.is_question(asked):
        return work_plan(Work.EDIT, view)
    return None


def _of_pending(reading: Reading, work: Work | None) -> Plan | None:
    """The plan where a request is about the proposal that awaits a decision."""
    view = reading.view
    pending = view.context.pending
    if pending is None or view.context.attached:
        return None
    is_row = names_rows(reading.asked, [item.title for item in pending.live])
    picks_picture = work is not None and finds_named(view) and not (is_row and work is Work.EDIT)
    is_by_name = work is Work.UPSCALE and says_upscale(view.said)
    if work in (Work.IMPORT, Work.INSERT, Work.UNDO) or picks_picture or is_by_name:
        return None
    match about(reading.main, reading.hidden, pending, catalog=reading.offer.catalog):
        case About.APPROVAL:
            return unsupported("approve_in_text")
        case About.LIKELY_APPROVAL if reading.is_addressed:
            return unsupported("approve_in_text")
        case About.DENIAL:
            return unsupported("deny_in_text")
        case About.CHANGE:
            return ChangePlan(proposal_id=pending.id, text=reading.original)
        case About.LIKELY_CHANGE:
            change = ChangePlan(proposal_id=pending.id, text=reading.original)
            return change if reading.is_addressed else IgnorePlan()
        case About.MAYBE if reading.is_addressed and work is None:
            return change_or_new(defused(unmasked(reading.main, reading.quotes)))
        case _:
            return None


def _of_new_images(reading: Reading, text: str) -> Plan:
    """The plan for one new image, or for several; what to do with pictures sent without a word."""
    all_of_it, quotes = quoted(text)
    if found := several(all_of_it):
        understood = batch_plan(
            found, quotes=quotes, original=reading.original, offer=reading.offer
        )
    else:
        item = one_image(
            reading.hidden,
            quotes=reading.quotes,
            original=reading.original,
            offer=reading.offer,
            is_certain=reading.request.source is not Source.REVISION,
        )
        understood = ProposePlan(items=(item,)) if isinstance(item, PlannedItem) else item
    attached = reading.view.context.attached
    if not attached or not reading.is_addressed:
        return understood
    if understood == NOT_UNDERSTOOD and hints_in(reading.hidden, reading.offer.catalog)[0].is_any:
        said = said_of_pictures(f"make it {reading.hidden}")
        return work_plan(Work.EDIT, reading.view._replace(said=said))
    if understood == NOT_UNDERSTOOD:
        return what_to_do(attached, reading.offer.catalog)
    if isinstance(understood, ReplyPlan):
        return understood
    return picture_or_new(attached, defused(reading.original).strip())
