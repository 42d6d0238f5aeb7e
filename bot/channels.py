"""What a message in a channel means to us: a mode and a way to speak in, what to do out."""

from enum import StrEnum

from bot.domain.people import ChannelMode, Workspace
from bot.domain.requests import Source


class Hearing(StrEnum):
    """What becomes of something said."""

    ANSWER = "answer"
    ANSWER_CLEAR = "answer clear requests"
    """It was not said to us: only a clear request for an image is answered."""
    SAY_OFF = "say that we are off"
    IGNORE = "ignore"


_SAID_TO_US = frozenset({Source.MENTION, Source.COMMAND})


def hears(workspace: Workspace, *, channel_id: str, source: Source) -> Hearing:
    """What becomes of something said in a channel; in a direct message all is for us."""
    if channel_id.startswith("D"):
        return Hearing.ANSWER
    mode = workspace.channel_mode(channel_id)
    if mode is ChannelMode.OFF:
        return Hearing.SAY_OFF if source in _SAID_TO_US else Hearing.IGNORE
    if source is Source.OVERHEARD:
        return Hearing.ANSWER_CLEAR if mode is ChannelMode.REQUESTS else Hearing.IGNORE
    return Hearing.ANSWER
