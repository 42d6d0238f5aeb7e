"""What a person may see of the gallery and of Slack's files: no more than Slack lets them see.

The ids in buttons and forms come back from clients, which may have put others in their place. Only
the person and the place of a press are Slack's own word.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from blocks import notices
from bot.domain.images import Image
from bot.domain.people import Person
from bot.errors import CannotPost, NotAllowed, NotFound, SlackError, SlackUnavailable, UserError
from bot.services import Services
from storage import gallery

_NOT_HERE = "This image was made in a conversation that you are not in. Nothing was done."


async def check_sight(
    services: Services, image: Image, person: Person, *, channel_id: str = ""
) -> None:
    """See that a person may see an image, who need not be its requester: admins get no further.

    `channel_id` is where the person surely is: the channel that Slack says they pressed or spoke
    in, never one that a button or a form carries.

    Raises: NotAllowed; UserError where Slack cannot be asked now.
    """
    if person.id in (image.requester_id, image.approver_id):
        return
    if image.channel_id == channel_id or await _is_open_to(services, image.channel_id, person):
        return
    # The same file may have been posted elsewhere, by anybody.
    if await _sees_any_file(services, image, person):
        return
    raise NotAllowed(_NOT_HERE)


async def only_seen(
    services: Services, images: Sequence[Image], person: Person, *, channel_id: str = ""
) -> list[Image]:
    """Those of the images that a person may see; each of their channels is asked about once.

    Raises: UserError where Slack cannot be asked now.
    """
    answers: dict[str, bool] = {channel_id: True} if channel_id else {}
    seen = []
    for image in images:
        if person.id not in (image.requester_id, image.approver_id):
            if image.channel_id not in answers:
                answers[image.channel_id] = await _is_open_to(services, image.channel_id, person)
            if not answers[image.channel_id]:
                continue
        seen.append(image)
    return seen


async def check_file(services: Services, file_id: str, person: Person) -> None:
    """See that a person may see a file: they posted it, or it is shared where they are.

    Raises: NotFound where it is gone, or not for them; UserError where Slack cannot be asked now.
    """
    if not await _sees_file(services, file_id, person):
        raise NotFound(notices.FILE_GONE)


async def check_place(services: Services, channel_id: str, person: Person) -> None:
    """See that a person is where a form says they came from: what follows is posted there.

    Raises: CannotPost; UserError where Slack cannot be asked now.
    """
    if not await _is_open_to(services, channel_id, person):
        raise CannotPost(notices.cannot_post("channel_not_found"))


async def _sees_any_file(services: Services, image: Image, person: Person) -> bool:
    files = {image.slack_file_id, await services.store.read(gallery.posted_file, image)}
    for file_id in sorted(filter(None, files)):
        if await _sees_file(services, file_id, person):
            return True
    return False


async def _sees_file(services: Services, file_id: str, person: Person) -> bool:
    try:
        file = await services.slack.file(file_id)
    except SlackUnavailable as error:
        raise UserError(notices.SLACK_GIVES_NOTHING) from error
    except SlackError:
        return False
    if file is None or file.get("mode") == "tombstone":
        return False
    if file.get("user") == person.id:
        return True
    for channel_id in _channels_of(file):
        if await _is_open_to(services, channel_id, person):
            return True
    return False


def _channels_of(file: dict[str, Any]) -> Iterable[str]:
    """The conversations that a file is shared in, as far as we are told."""
    listed = [channel for kind in ("channels", "groups", "ims") for channel in file.get(kind) or ()]
    shares = file.get("shares") or {}
    shared = [channel for kind in ("public", "private") for channel in shares.get(kind) or ()]
    return dict.fromkeys(map(str, (*listed, *shared)))


async def _is_open_to(services: Services, channel_id: str, person: Person) -> bool:
    """Whether somebody can look into a channel: they are in it, or it is everybody's."""
    slack = services.slack
    try:
        if channel_id.startswith("D"):
            return await slack.open_dm(person.id) == channel_id
        # Guests and other organisations see of the public channels only those they are in.
        if not (person.is_guest or person.is_external) and await slack.is_public(channel_id):
            return True
        return await slack.is_member(channel_id, person.id)
    except SlackUnavailable as error:
        raise UserError(notices.SLACK_GIVES_NOTHING) from error
    except SlackError:
        return False
