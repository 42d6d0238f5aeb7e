"""What a form about canvases is about: the ids it carries in, images and their thread out."""

from dataclasses import dataclass

from bot import decisions, insertions
from bot.domain.images import Image
from bot.domain.people import Person
from bot.domain.proposals import Proposal
from bot.domain.requests import Request
from bot.errors import NotAllowed, NotFound, SlackError
from bot.services import Services
from storage import gallery, requests

_NOT_YOURS = "Only the person who asked can choose here. Nothing was done."
_UNKNOWN = "I do not know this button. Nothing was done."
_MAX_IMAGES = 20
_INSERTING, _ALONE = "insert", "alone"


@dataclass(frozen=True)
class Subject:
    """Images that are to go somewhere, and the thread in which that is answered."""

    packed: str
    """Its ids, as a button or a form carries them."""
    images: tuple[Image, ...]
    channel_id: str
    thread_ts: str | None
    picture_id: str = ""
    """The Slack file in which the only image can be seen."""
    request: Request | None = None
    """What was asked in words, if anything."""


def pack(*ids: str) -> str:
    """Ids as a button or a form carries them."""
    return ".".join(ids)


async def read_subject(services: Services, packed: str, *, person: Person) -> Subject:
    """What a button or a form of ours is about: an image, or a request and its images.

    Raises: NotFound, NotAllowed.
    """
    first, *rest = packed.split(".")[: _MAX_IMAGES + 1]
    if not rest:
        return await subject_of_image(services, first, person=person)
    request = await asked(services, first, person=person)
    images = await insertions.images_of(
        services, rest, person=person, channel_id=request.channel_id
    )
    return Subject(
        packed=packed,
        images=tuple(images),
        channel_id=request.channel_id,
        thread_ts=request.thread_ts,
        picture_id=await _picture_id(services, images[0]) if len(images) == 1 else "",
        request=request,
    )


async def subject_of_image(services: Services, image_id: str, *, person: Person) -> Subject:
    """An image of the gallery, answered where it was made; who cannot see it has no say in it.

    Raises: NotFound, NotAllowed.
    """
    (image,) = await insertions.images_of(services, [image_id], person=person)
    channel_id, thread_ts = image.channel_id, None
    if image.item_id is not None:
        proposal = await decisions.of_item(services, image.item_id, team_id=person.team_id)
        channel_id, thread_ts = proposal.channel_id, thread_of(proposal)
    return Subject(
        packed=image_id,
        images=(image,),
        channel_id=channel_id,
        thread_ts=thread_ts,
        picture_id=await _picture_id(services, image),
    )


async def asked(services: Services, request_id: str, *, person: Person) -> Request:
    """The request of a question of ours, for the one who asked.

    Raises: NotFound, NotAllowed.
    """
    request = await services.store.read(requests.find, request_id, team_id=person.team_id)
    if request is None:
        raise NotFound(_UNKNOWN)
    if request.user_id != person.id:
        raise NotAllowed(_NOT_YOURS)
    return request


def pack_document(request: Request, *, is_inserting: bool) -> str:
    """A request for images of a document, and whether they are to be inserted."""
    return pack(request.id, _INSERTING if is_inserting else _ALONE)


async def read_document(services: Services, packed: str, *, person: Person) -> tuple[Request, bool]:
    """What `pack_document` made, for the one who asked.

    Raises: NotFound, NotAllowed.
    """
    request_id, _, what = packed.partition(".")
    if what not in (_INSERTING, _ALONE):
        raise NotFound(_UNKNOWN)
    return await asked(services, request_id, person=person), what == _INSERTING


def thread_of(proposal: Proposal) -> str | None:
    """Where what follows a proposal is said."""
    return proposal.thread_ts or proposal.card_ts


async def _picture_id(services: Services, image: Image) -> str:
    """A file that shows the image and that is still there, to be shown in a form."""
    file_id = await services.store.read(gallery.file_shown, image)
    return await shown_file(services, file_id or "")


async def shown_file(services: Services, file_id: str) -> str:
    """The file's id where Slack would show it; empty otherwise: one such block spoils a form."""
    try:
        file = await services.slack.file(file_id) if file_id else None
    except SlackError:
        return ""
    return file_id if file is not None and file.get("mimetype") else ""
