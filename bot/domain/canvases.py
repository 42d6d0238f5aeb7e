"""A canvas as we read it: its blocks in order, its headings, and the links that lead to one."""

import re

from bot.domain.base import Value

_LINK = re.compile(r"https?://[^\s<>|]+/docs/[A-Z0-9]+/(F[A-Z0-9]{8,})")


class CanvasBlock(Value):
    """One block: `h1` to `h3`, `file`, or anything else as `text`."""

    id: str
    """Slack's own, good until somebody edits the block; empty where it has none."""
    kind: str
    text: str
    """Without any markup; of a file, what Slack writes of it."""


class Heading(Value):
    """A heading and what stands below it, up to the next one."""

    text: str
    level: int
    occurrence: int
    """Which of the headings with these words, from 1."""
    body: str = ""


def find_canvas_id(text: str) -> str | None:
    """The first canvas to which a message links."""
    found = _LINK.search(text)
    return found[1] if found else None
