"""Reads and changes Slack's canvases, one small change at a time."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from bot.domain.canvases import CanvasBlock, Heading
from bot.domain.canvases import find_canvas_id as find_canvas_id
from bot.domain.proposals import Place
from bot.errors import NotFound, SlackError, Stale
from bot.slack.gateway import Slack

_HEADINGS = ("h1", "h2", "h3")
_BLOCKS = frozenset({*_HEADINGS, "p", "li", "pre", "blockquote"})
_TRIES = 3
_MARKUP = re.compile(r"([\\`*_\[\]<>~|])")


async def read(slack: Slack, canvas_id: str) -> tuple[CanvasBlock, ...]:
    """A canvas's blocks.

    Raises: SlackError.
    """
    reader = _Reader()
    reader.feed(await slack.canvas_html(canvas_id))
    return tuple(reader.blocks)


def outline(blocks: Sequence[CanvasBlock], *, title: str = "") -> tuple[Heading, ...]:
    """The headings with what is below each; the canvas's own title is none."""
    found: list[Heading] = []
    counts: dict[str, int] = {}
    for index, block in enumerate(blocks):
        if block.kind in _HEADINGS:
            if index == 0 and block.text == title:
                continue
            counts[block.text] = counts.get(block.text, 0) + 1
            found.append(
                Heading(
                    text=block.text,
                    level=int(block.kind[1]),
                    occurrence=counts[block.text],
                )
            )
        elif found and block.kind == "text":
            body = "\n".join(filter(None, (found[-1].body, block.text)))
            found[-1] = found[-1].model_copy(update={"body": body})
    return tuple(found)


def holds(blocks: Sequence[CanvasBlock], marker: str) -> bool:
    """Whether a canvas has what was inserted under that marker."""
    return any(_is_caption(block, marker) for block in blocks)


async def insert_image(
    slack: Slack, place: Place, *, url: str, alt_text: str, caption: str, marker: str
) -> None:
    """Insert an image and its caption right below the heading of a place, or at the end.

    Raises: NotFound where the heading is gone; SlackError.
    """
    alt = _escaped(" ".join(alt_text.split()))
    content = f"![{alt}]({url})\n\n*{_escaped(caption_of(caption, marker))}*"
    for left in reversed(range(_TRIES)):
        change = {"operation": "insert_at_end"}
        if place.heading:
            blocks = await read(slack, place.canvas_id)
            change = {"operation": "insert_after", "section_id": _section(blocks, place)}
        try:
            await slack.edit_canvas(place.canvas_id, change, markdown=content)
        except SlackError as error:
            # Somebody may have edited the heading meanwhile, which gives it another id.
            if error.code != "canvas_editing_failed" or not left:
                raise
        else:
            return


async def undo_insert(slack: Slack, place: Place, *, caption: str, marker: str) -> None:
    """Take an image and its caption out again, and nothing else.

    Raises: NotFound where they are not there any more; Stale where somebody changed them;
        SlackError.
    """
    blocks = await read(slack, place.canvas_id)
    found = [index for index, block in enumerate(blocks) if _is_caption(block, marker)]
    if not found:
        raise NotFound(OUT)
    at = found[0]
    if len(found) > 1 or at == 0 or blocks[at - 1].kind != "file":
        raise Stale(MOVED)
    if blocks[at].text != caption_of(caption, marker):
        raise Stale(MOVED)
    for block in (blocks[at - 1], blocks[at]):
        change = {"operation": "delete", "section_id": block.id}
        await slack.edit_canvas(place.canvas_id, change, markdown="")


def caption_of(caption: str, marker: str) -> str:
    """What stands below an inserted image."""
    return f"{' '.join(caption.split())} · Aethera {marker}"


async def list_canvases(slack: Slack, channel_id: str, user_id: str) -> list[str]:
    """The canvases shared in a channel, then those of a person that we may see."""
    here = await slack.list_files("canvas", channel_id=channel_id)
    theirs = await slack.list_files("canvas", user_id=user_id)
    return list(dict.fromkeys([*here, *theirs]))


async def channel_canvas(slack: Slack, channel_id: str) -> str | None:
    """The channel's own canvas, if it has one with something in it."""
    properties = (await slack.channel(channel_id)).get("properties") or {}
    own = properties.get("canvas") or {}
    return None if own.get("is_empty") or not own.get("file_id") else str(own["file_id"])


def words_of(error: SlackError) -> str:
    """Why Slack does not take a change, as a sentence."""
    return _WORDS.get(error.code, f"Slack did not take the change ({error.code}).")


OUT = "It is not in the canvas any more: somebody took it out."
MOVED = (
    "Somebody changed the image or its caption in the canvas, so I leave both as they are. "
    "Take them out by hand. Nothing was changed."
)
_WORDS = {
    "canvas_not_found": "The canvas was deleted, or is not shared with me any more.",
    "canvas_deleted": "The canvas was deleted.",
    "restricted_action": "I may not edit this canvas.",
    "free_teams_cannot_edit_standalone_canvases": (
        "On Slack's free plan only a channel's canvas can be edited by an app."
    ),
    "canvas_editing_failed": "Slack could not edit the canvas.",
    "canvas_editing_locked": "The canvas is locked for editing.",
    "canvas_too_large": "The canvas is full.",
    "missing_scope": "I was not given the permission to edit canvases.",
}
"""Source: https://docs.slack.dev/reference/methods/canvases.edit (2026-11)"""


def _section(blocks: Sequence[CanvasBlock], place: Place) -> str:
    named = [b for b in blocks if b.kind in _HEADINGS and b.text == place.heading]
    if len(named) < place.occurrence:
        raise NotFound(f"The heading “{place.heading}” is not in the canvas any more.")
    return named[place.occurrence - 1].id


def _is_caption(block: CanvasBlock, marker: str) -> bool:
    return block.kind == "text" and block.text.endswith(f"Aethera {marker}")


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


class _Reader(HTMLParser):
    """Slack's HTML of a canvas, as blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[CanvasBlock] = []
        self._open: tuple[str, str, str] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" and self._open:
            self._words.append("\n")
        if tag not in _BLOCKS:
            return
        given = dict(attrs)
        self._words = []
        self._open = (tag, given.get("id") or "", given.get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._open is None or tag != self._open[0]:
            return
        _, block_id, classes = self._open
        kind = tag if tag in _HEADINGS else "file" if "embedded-file" in classes else "text"
        text = "".join(self._words).strip()
        self.blocks.append(CanvasBlock(id=block_id, kind=kind, text=text))
        self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self._words.append(data)
