"""Slack's refusals of what we do with canvases, in sentences for the person who asked."""

import contextlib
from collections.abc import Iterator

import structlog

from bot.errors import BadCanvas, CannotRead, SlackError, SlackUnavailable

GONE = ("canvas_not_found", "canvas_deleted", "file_not_found", "file_deleted", "not_visible")
"""What Slack says of a canvas that is not there, or not for us."""

_MAY_NOT = "I may read that canvas, but not change it. In its Share menu give me “Can edit”."
_OFF = "Canvases are switched off in this workspace. An admin can change that."
_HIDDEN = (
    "I cannot see that canvas: it is gone, or it was not shared with me. Open it, choose Share, "
    "and add me with “Can edit”; or share it in a channel I am in."
)

_CANNOT_READ = {
    "canvas_not_found": _HIDDEN,
    "file_not_found": _HIDDEN,
    "not_visible": _HIDDEN,
    "canvas_deleted": "That canvas was deleted.",
    "file_deleted": "That canvas was deleted.",
    "channel_not_found": "I cannot see that channel. Invite me there, then ask again.",
    "canvas_disabled_user_team": _OFF,
    "canvas_disabled_file_team": _OFF,
    "canvas_globally_disabled": _OFF,
    "slack_connect_canvas_sharing_blocked": "That canvas belongs to another company, which does "
    "not share it with apps.",
    "missing_scope": "I lack the permission for canvases here. Ask an admin to reinstall the app.",
}
"""Source: the method pages of canvases.*, files.info, files.list (2026-11)."""

_CANNOT_CHANGE = {
    "restricted_action": _MAY_NOT,
    "access_denied": _MAY_NOT,
    "no_permission": _MAY_NOT,
    "free_teams_cannot_edit_standalone_canvases": "On Slack's free plan apps may only change the "
    "canvas of a channel. Put the text into a channel's canvas, and ask again there.",
    "canvas_editing_locked": "That canvas is locked for editing. Unlock it, then try again.",
    "canvas_too_large": "That canvas is full: Slack takes no more into it.",
}
"""Source: https://docs.slack.dev/reference/methods/canvases.edit (2026-11)."""

_log = structlog.stdlib.get_logger()


@contextlib.contextmanager
def in_words(aftermath: str) -> Iterator[None]:
    """What Slack refuses inside the block is said in words, with `aftermath` as the last sentence.

    Raises: CannotRead, BadCanvas; SlackUnavailable, and SlackError of codes without words, as they
    were.
    """
    try:
        yield
    except SlackUnavailable:
        raise
    except SlackError as error:
        if error.code in _CANNOT_READ:
            raise CannotRead(f"{_CANNOT_READ[error.code]} {aftermath}") from error
        if error.code in _CANNOT_CHANGE:
            raise BadCanvas(f"{_CANNOT_CHANGE[error.code]} {aftermath}") from error
        if error.code == "canvas_editing_failed":
            _log.warning("canvas_edit_failed", detail=error.detail)
            raise BadCanvas(f"{_reason(error.detail)} {aftermath}") from error
        raise


def is_stale(error: SlackError) -> bool:
    """Whether somebody changed a section between our look and our change.

    Source: the `detail` of canvases.edit, as others have met it (2026-11).
    """
    return error.code == "canvas_editing_failed" and (
        error.detail.startswith("Section ") and "not found" in error.detail
    )


def _reason(detail: str) -> str:
    if "not processed" in detail:
        return "Slack is still looking at the image. Try again in a minute."
    if "File " in detail or "image" in detail:
        return "Slack cannot show that image in a canvas: its file may have been deleted."
    return "Slack did not take the change to that canvas. Try again in a minute."
