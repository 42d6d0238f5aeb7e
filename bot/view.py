"""What a request may refer to, read from our own rows: pictures in view, a pending proposal."""

from collections.abc import Iterable

import sqlalchemy as sa

from bot.domain.context import Context, ShownPicture
from bot.domain.proposals import ItemSource, Proposal
from bot.domain.requests import Request
from bot.errors import SlackError
from bot.services import Services
from storage import gallery, proposals, sightings
from storage.gallery import Result
from storage.sightings import Sighting

_MAX_NAMES = 10
"""How many people of a thread are looked up by name."""


async def in_view(services: Services, request: Request) -> Context:
    """The pictures and the proposal that a person may mean in a request."""
    read = await services.store.read(_read, request)
    names = await _names(services, read, team_id=request.team_id)
    return read.model_copy(
        update={part: tuple(_named(getattr(read, part), names)) for part in _PARTS}
    )


_PARTS = ("attached", "thread", "recent")


def _read(tx: sa.Connection, request: Request) -> Context:
    team_id = request.team_id
    attached = [
        _posted(
            tx,
            file_id=file.file_id,
            title=file.title,
            by_id=request.user_id,
            number=number,
            team_id=team_id,
        )
        for number, file in enumerate(request.attachments, start=1)
    ]
    attached += [
        ShownPicture(
            source=source,
            by_id=request.user_id,
            number=len(attached) + number,
            is_result=bool(source.image_id),
        )
        for number, source in enumerate(request.sources, start=1)
    ]
    own = {picture.source.slack_file_id for picture in attached}
    thread: list[tuple[str, ShownPicture]] = []
    pending: Proposal | None = None
    if request.thread_ts is not None:
        seen = sightings.in_thread(
            tx, team_id=team_id, channel_id=request.channel_id, thread_ts=request.thread_ts
        )
        thread += [(s.ts, _sighted(tx, s)) for s in seen if s.file_id not in own]
        made = gallery.results_in_thread(
            tx, team_id=team_id, channel_id=request.channel_id, thread_ts=request.thread_ts
        )
        thread += [(f"{result.at.timestamp():.6f}", _result(tx, result)) for result in made]
        pending = proposals.pending_in_thread(
            tx,
            team_id=team_id,
            channel_id=request.channel_id,
            thread_ts=request.thread_ts,
            user_id=request.user_id,
        )
    newest = gallery.newest_results(tx, team_id=team_id, user_id=request.user_id)
    return Context(
        attached=tuple(attached),
        thread=tuple(picture for _, picture in sorted(thread, key=lambda pair: pair[0])),
        recent=tuple(_result(tx, result) for result in newest),
        pending=pending,
    )


def _sighted(tx: sa.Connection, sighting: Sighting) -> ShownPicture:
    return _posted(
        tx,
        file_id=sighting.file_id,
        title=sighting.title,
        by_id=sighting.user_id,
        number=sighting.position,
        team_id=sighting.team_id,
    )


def _posted(
    tx: sa.Connection, *, file_id: str, title: str, by_id: str, number: int, team_id: str
) -> ShownPicture:
    """A picture somebody posted; the image of the gallery, where it was imported before."""
    image = gallery.of_file(tx, file_id, team_id=team_id)
    source = ItemSource(
        image_id=image.id if image else "",
        slack_file_id=file_id,
        title=image.title if image else title,
    )
    return ShownPicture(source=source, by_id=by_id, number=number)


def _result(tx: sa.Connection, result: Result) -> ShownPicture:
    image = result.image
    source = ItemSource(
        image_id=image.id, slack_file_id=gallery.file_shown(tx, image) or "", title=image.title
    )
    return ShownPicture(
        source=source, by_id=image.requester_id, number=result.number, is_result=True
    )


async def _names(services: Services, context: Context, *, team_id: str) -> dict[str, str]:
    ids = dict.fromkeys(picture.by_id for picture in (*context.attached, *context.thread))
    names = {}
    for user_id in list(ids)[:_MAX_NAMES]:
        try:
            names[user_id] = (await services.slack.person(user_id, team_id=team_id)).name
        except SlackError:
            continue  # without a name, the picture can still be meant by its number
    return names


def _named(pictures: Iterable[ShownPicture], names: dict[str, str]) -> Iterable[ShownPicture]:
    for picture in pictures:
        yield picture.model_copy(update={"by_name": names.get(picture.by_id, "")})
