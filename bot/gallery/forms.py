"""The forms about pictures, with what they show read afresh: subjects in, views out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_sdk.models.views import View

from blocks import change, notices, posted
from blocks.message import Message
from blocks.state import Values
from blocks.subject import Pick, Subject, is_file, picked
from bot import refusals
from bot.domain.catalog import Catalog, Size
from bot.domain.images import Image
from bot.domain.people import Mode, Person, Tool
from bot.domain.proposals import ItemSource, Proposal
from bot.domain.requests import ProposePlan
from bot.errors import NotFound, SlackError, SlackUnavailable, UserError
from bot.gallery import press as press_of
from bot.gallery import remake, shown, sight
from bot.gallery.shown import Place
from bot.proposals import check_plan
from bot.services import Services
from bot.slack.file_calls import SlackFile
from bot.tools.imports import file_title
from storage import proposals as rows

Opener = Callable[[View], Awaitable[None]]
"""Opens a view, lays it on another or puts it in another's place."""

_NOT_SHOWN = frozenset({"invalid_arguments", "invalid_blocks", "invalid_view"})
"""What Slack says of a view whose picture it cannot show: deleted, not processed, WebP."""


async def with_picture(opener: Opener, build: Callable[[bool], View]) -> None:
    """Open a view; where Slack cannot show its picture, without it.

    Raises: SlackError.
    """
    try:
        await opener(build(True))
    except SlackError as error:
        if error.code not in _NOT_SHOWN:
            raise
        await opener(build(False))


async def offered(services: Services, person: Person) -> Catalog:
    """The models that the person's workspace allows."""
    rules = await services.rules(person.team_id)
    return services.offered(rules)


async def open_change(
    services: Services,
    subject: Subject,
    person: Person,
    opener: Opener,
    *,
    values: Values | None = None,
    channel_id: str = "",
) -> None:
    """Ask what should change about one of the subject's pictures; `values` were filled in so far.

    `channel_id` is where the person pressed, on Slack's word (`sight.check_sight`); posted
    pictures are then taken to stand there.

    Raises: NotFound, Unsupported, NotAllowed, SlackError.
    """
    await check_tool(services, person, Tool.EDIT)
    editors = remake.editors(await offered(services, person))
    picks = await picks_of(services, subject, person, channel_id=channel_id)
    wanted = picked(values or {}, subject.picture_ids)
    chosen = next(pick for pick in picks if pick.picture_id == wanted)
    balance = await services.balance(person.team_id)
    draft = change.draft_from_state(values or {}, editors)

    def form(seen: bool) -> View:
        return change.modal(
            subject,
            picks,
            chosen,
            draft=draft,
            editors=editors,
            balance=balance,
            shows_picture=seen,
        )

    await with_picture(opener, form)


@dataclass(frozen=True)
class Ready:
    """A plan, and where its card goes."""

    plan: ProposePlan
    place: Place


async def change_plan(
    services: Services, subject: Subject, picture_id: str, draft: change.Draft, person: Person
) -> Ready:
    """What a filled-in form proposes.

    Raises: NotFound, NotAllowed, CannotPost; BadField where the model cannot do it.
    """
    catalog = await offered(services, person)
    source, size, place = await _source(services, subject, picture_id, person)
    plan = remake.edited(
        [source],
        size=size,
        instruction=draft.instruction,
        model_id=draft.model_id,
        count=draft.count,
        catalog=catalog,
    )
    check_plan(plan, catalog)
    return Ready(plan, place)


async def enlarge_plan(
    services: Services, subject: Subject, picture_id: str, scale: int, person: Person
) -> Ready:
    """What a filled-in form proposes.

    Raises: NotFound, NotAllowed, CannotPost, Unsupported; BadField where it would become too
        large.
    """
    source, size, place = await _source(services, subject, picture_id, person)
    catalog = await offered(services, person)
    plan = remake.enlarged(source, size=size, scale=scale, catalog=catalog)
    return Ready(plan, place)


async def _source(
    services: Services, subject: Subject, picture_id: str, person: Person
) -> tuple[ItemSource, Size | None, Place]:
    """The picture to work on, its size where it is known, and where the card goes.

    What the form carries is believed of nothing: not of the picture, not of the place.
    """
    if subject.channel_id:
        await sight.check_place(services, subject.channel_id, person)
    place = Place(subject.channel_id, subject.thread_ts or None)
    if is_file(picture_id):
        if not subject.channel_id:
            raise NotFound(notices.FILE_GONE)
        await sight.check_file(services, picture_id, person)
        return ItemSource(slack_file_id=picture_id), None, place
    found = await shown.seen(services, picture_id, person=person, channel_id=subject.channel_id)
    source = remake.source_of(found.image, file_id=found.file_id)
    return source, remake.size_of(found.image), place if subject.channel_id else found.place


async def open_posted(
    services: Services,
    subject: Subject,
    person: Person,
    opener: Opener,
    *,
    is_enlarging: bool,
    values: Values | None = None,
    channel_id: str = "",
) -> None:
    """Ask which picture is to be enlarged and by how much, or kept; `channel_id` as above.

    Raises: NotFound, Unsupported, NotAllowed, SlackError.
    """
    upscalers = None
    await check_tool(services, person, Tool.UPSCALE if is_enlarging else Tool.IMPORT_ATTACHMENT)
    if is_enlarging:
        upscalers = remake.upscalers(await offered(services, person))
    picks = await picks_of(services, subject, person, channel_id=channel_id)
    wanted = picked(values or {}, subject.picture_ids)
    balance = await services.balance(person.team_id)

    def form(seen: bool) -> View:
        return posted.modal(
            subject,
            picks,
            next(pick for pick in picks if pick.picture_id == wanted),
            upscalers=upscalers,
            scale=posted.parse_scale(values or {}),
            balance=balance,
            shows_picture=seen,
        )

    await with_picture(opener, form)


async def check_tool(services: Services, person: Person, tool: Tool) -> None:
    """See that a tool is not blocked, before a form about it is opened.

    Raises: NotAllowed.
    """
    rules = await services.workspace(person.team_id)
    if rules.mode(tool) is Mode.BLOCKED:
        raise refusals.blocked(tool)


async def propose(services: Services, ready: Ready, *, press: str, person: Person) -> None:
    """Propose what was acknowledged before; what stands in the way is whispered to the person.

    Raises: SlackError.
    """
    try:
        await press_of.propose(services, ready.plan, press=press, person=person, place=ready.place)
    except UserError as error:
        words = await refusals.in_full(services, error, team_id=person.team_id)
        await whisper(services, words, person=person, place=ready.place)


async def whisper(services: Services, words: Message, *, person: Person, place: Place) -> None:
    """Say something to one person: in the thread, or directly where we may not write there.

    Raises: SlackError.
    """
    try:
        await services.slack.whisper(place.channel_id, person.id, words, thread_ts=place.thread_ts)
    except SlackUnavailable:
        raise
    except SlackError:
        await services.slack.post(await services.slack.open_dm(person.id), words)


async def picks_of(
    services: Services, subject: Subject, person: Person, *, channel_id: str = ""
) -> list[Pick]:
    """The pictures that a form is about, for somebody who may see them all.

    Raises: NotFound, NotAllowed.
    """
    return [
        await _pick(services, each, person, channel_id=channel_id) for each in subject.picture_ids
    ]


async def _pick(services: Services, picture_id: str, person: Person, *, channel_id: str) -> Pick:
    if is_file(picture_id):
        file = await services.slack.described_file(picture_id)
        if file is None or file.mode == "tombstone":
            raise NotFound(notices.FILE_GONE)
        if not channel_id:
            await sight.check_file(services, picture_id, person)
        return file_pick(file)
    found = await shown.seen(services, picture_id, person=person, channel_id=channel_id)
    image = found.image
    is_on_sheet = found.together > 1 and image.slack_file_id != found.file_id
    return Pick(
        picture_id=image.id,
        title=f"{image.title} {image.index}" if found.together > 1 else image.title,
        file_id=found.file_id,
        alt_text=image.alt_text,
        caption=f"Image {image.index} of the sheet" if is_on_sheet else "",
    )


def file_pick(file: SlackFile) -> Pick:
    """A posted picture."""
    title = file_title(file)
    return Pick(picture_id=file.id, title=title, file_id=file.id, alt_text=title)


def subject_of(image: Image, place: Place | None) -> Subject:
    """A form about one image; its card goes to `place`, or into the image's own thread."""
    if place is None:
        return Subject((image.id,))
    return Subject((image.id,), place.channel_id, place.thread_ts or "")


def is_ai(services: Services, image: Image) -> bool:
    """Whether an AI model made it, as far as the catalog knows."""
    model = services.catalog.known(image.model_id)
    return model is None or model.is_ai


async def link_to(services: Services, proposal: Proposal) -> str | None:
    """The address of a proposal's card, once it stands somewhere."""
    fresh = await services.store.read(rows.find, proposal.id, team_id=proposal.team_id)
    if fresh is None or fresh.card_ts is None:
        return None
    return await services.slack.permalink(fresh.channel_id, fresh.card_ts)
