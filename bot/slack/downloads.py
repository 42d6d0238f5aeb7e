"""A Slack file's id goes in, its bytes come out, or a sentence that says why not."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import BadPicture, CannotRead, SlackError, SlackUnavailable, UserError
from bot.slack.file_calls import SlackFile
from bot.slack.gateway import Slack
from bot.studio.formats import check_type
from bot.studio.imported import too_large
from bot.studio.picture import MAX_BYTES

WAITS_SECONDS = (0.3, 0.7, 1.5, 3.0, 5.0)
"""The pauses between looks at a file that Slack still looks at itself."""

_AFTERMATH = "Nothing was charged."
_GONE = "I cannot see that file: it was deleted, or it was not shared with me."
_NO_PERMISSION = (
    "I cannot read that file: the app lacks permission to read files here. Ask an admin to "
    "reinstall it."
)
_NOT_GIVEN = "Slack did not give me that file. Please try again in a minute."

_REASONS = {
    "sign_in_page": _NO_PERMISSION,
    "missing_scope": _NO_PERMISSION,
    "not_visible": _GONE,
    "http_404": _GONE,
    "http_410": _GONE,
    "untrusted_address": "That file does not lie at Slack, so I did not open it. Upload the "
    "picture itself and send that.",
}
_HIDDEN = {
    "tombstone": "That file was deleted.",
    "hidden_by_limit": "Slack hides that file: it is older than this workspace's plan keeps. "
    "Please send it again.",
    "file_access": _GONE,
}
"""Modes of a file that has no bytes for us. Source: payloads as others have met them (2026-11)."""


@dataclass(frozen=True)
class Downloaded:
    """A file with its bytes, which are as they came: to be cleaned before anything else."""

    file: SlackFile
    data: bytes


async def download(
    slack: Slack,
    file_id: str,
    *,
    most_bytes: int = MAX_BYTES,
    waits_seconds: Sequence[float] = WAITS_SECONDS,
) -> Downloaded:
    """The bytes of a picture, once Slack has looked at it; tried twice where they come cut short.

    Raises: CannotRead or BadPicture with a sentence; SlackUnavailable.
    """
    file = await ready_file(slack, file_id, waits_seconds=waits_seconds)
    try:
        check_type(file.mime)
    except BadPicture as error:
        raise _said(error) from error
    if file.size_bytes > most_bytes:
        raise _said(too_large(most_bytes))
    try:
        try:
            fetched = await slack.fetch_file(file.address, most_bytes=most_bytes)
        except SlackError as error:
            if error.code != "truncated":
                raise
            fetched = await slack.fetch_file(file.address, most_bytes=most_bytes)
    except SlackUnavailable:
        raise
    except SlackError as error:
        raise _said(_reason(error, most_bytes)) from error
    return Downloaded(file, fetched.data)


async def ready_file(
    slack: Slack, file_id: str, *, waits_seconds: Sequence[float] = WAITS_SECONDS
) -> SlackFile:
    """A file once Slack has looked at it, so that its type is known and blocks may show it.

    What events say of a file may be a stub; it is always asked for.

    Raises: CannotRead with a sentence; SlackUnavailable.
    """
    for pause in (*waits_seconds, None):
        try:
            file = await slack.described_file(file_id)
        except SlackUnavailable:
            raise
        except SlackError as error:
            raise _said(_reason(error, MAX_BYTES)) from error
        check_place(file)
        if file is not None and file.is_ready:
            return file
        if pause is not None:
            await asyncio.sleep(pause)
    raise CannotRead(
        f"Slack is still looking at that file. Please try again in a minute. {_AFTERMATH}"
    )


def check_place(file: SlackFile | None) -> None:
    """Let a file through whose bytes lie at Slack, for us.

    Raises: CannotRead with a sentence.
    """
    if file is None:
        raise CannotRead(f"{_GONE} {_AFTERMATH}")
    if file.mode in _HIDDEN:
        raise CannotRead(f"{_HIDDEN[file.mode]} {_AFTERMATH}")
    if file.is_external or file.mode == "external":
        raise CannotRead(f"{_REASONS['untrusted_address']} {_AFTERMATH}")


def _reason(error: SlackError, most_bytes: int) -> UserError:
    if error.code == "too_large":
        return too_large(most_bytes)
    if error.code == "empty":
        return BadPicture("That file is empty. Please send the picture again.")
    return CannotRead(_REASONS.get(error.code, _NOT_GIVEN))


def _said(error: UserError) -> UserError:
    return type(error)(f"{error.words} {_AFTERMATH}")
