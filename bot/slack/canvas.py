"""Canvases read: their text, which a channel has, and who may read one."""

from bot.domain.canvases import CanvasRef, CanvasText, outline
from bot.domain.people import Person
from bot.errors import SlackError
from bot.slack.canvas_words import GONE, in_words
from bot.slack.gateway import Slack

_AFTERMATH = "Nothing was charged."


async def read(slack: Slack, canvas_id: str) -> CanvasText:
    """A canvas with its title and all of its Markdown.

    Raises: CannotRead with a sentence; SlackUnavailable.
    """
    with in_words(_AFTERMATH):
        markdown = await slack.canvas_content(canvas_id)
        found = outline(markdown)
        title, url = (found[0].text if found and found[0].level == 1 else ""), ""
        try:
            file = await slack.canvas_file(canvas_id)
        except SlackError as error:
            if error.code not in GONE:
                raise
        else:
            title, url = str(file.get("title") or title), str(file.get("permalink") or "")
    return CanvasText(id=canvas_id, title=title or "Untitled", url=url, markdown=markdown)


async def channel_canvas(slack: Slack, channel_id: str) -> CanvasRef | None:
    """The channel's own canvas, or else its first tab that is one; None where there is none.

    A direct message is not asked about: that needs a scope of its own.

    Raises: CannotRead; SlackUnavailable.
    """
    if channel_id.startswith("D"):
        return None
    with in_words(_AFTERMATH):
        properties = (await slack.channel(channel_id)).get("properties") or {}
        own = (properties.get("canvas") or {}).get("file_id")
        tabs = [
            (tab.get("data") or {}).get("file_id")
            for tab in properties.get("tabs") or ()
            if tab.get("type") == "canvas"
        ]
        for canvas_id in filter(None, [own, *tabs]):
            try:
                return _ref(await slack.canvas_file(str(canvas_id)))
            except SlackError as error:
                if error.code not in GONE:
                    raise
    return None


async def list_canvases(slack: Slack, channel_id: str) -> tuple[CanvasRef, ...]:
    """The canvases of a channel that the app may see: its own first, then the newest.

    Raises: CannotRead; SlackUnavailable.
    """
    with in_words(_AFTERMATH):
        own = await channel_canvas(slack, channel_id)
        listed = [_ref(file) for file in await slack.canvas_files(channel_id)]
    first = [] if own is None else [own]
    return tuple({canvas.id: canvas for canvas in [*first, *listed]}.values())


async def readable_by(slack: Slack, canvas_id: str, person: Person) -> bool:
    """Whether a person may read a canvas themselves; the app may see more than they do.

    Raises: CannotRead; SlackUnavailable.
    """
    with in_words(_AFTERMATH):
        file = await slack.canvas_file(canvas_id)
        granted = [one.get("user_id") for one in file.get("dm_mpdm_users_with_file_access") or ()]
        if person.id in (file.get("user"), file.get("canvas_creator_id"), *granted):
            return True
        is_member = not (person.is_guest or person.is_external)
        public = list(file.get("channels") or ())
        if is_member and (public or file.get("org_or_workspace_access") in ("read", "write")):
            return True
        for channel_id in [*public, *(file.get("groups") or ())]:
            if await _is_member(slack, str(channel_id), person.id):
                return True
    return False


async def _is_member(slack: Slack, channel_id: str, user_id: str) -> bool:
    try:
        return await slack.is_member(channel_id, user_id)
    except SlackError as error:
        if error.code != "channel_not_found":
            raise
        return False


def _ref(file: dict[str, object]) -> CanvasRef:
    return CanvasRef(
        id=str(file["id"]),
        title=str(file.get("title") or "Untitled"),
        url=str(file.get("permalink") or ""),
    )
