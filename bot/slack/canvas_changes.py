"""A picture put under a heading of a canvas, once, and just that picture taken out again.

Slack names sections by ids that are good for one edit and tells them apart only by text, so every
change reads the canvas, looks the ids up anew, makes one change, and reads again.
"""

import asyncio
from collections.abc import Sequence

import structlog

from bot.domain.canvas_words import same_words, searchable
from bot.domain.canvases import (
    Block,
    BlockKind,
    Heading,
    blocks,
    file_id_of,
    picture_markdown,
)
from bot.errors import BadCanvas, SlackError
from bot.slack.canvas_words import in_words, is_stale
from bot.slack.gateway import Slack

MAX_TRIES = 3
"""How often a change is tried while somebody else edits the same canvas."""

_LOOK_SECONDS = (0.0, 0.5, 1.5)
"""The pauses before the looks at a canvas for what was just inserted."""
_INSERTING = "The image stays in the gallery, and nothing else in the canvas was touched."
_REMOVING = "Nothing in the canvas was touched."

_log = structlog.stdlib.get_logger()


async def insert_image(
    slack: Slack,
    canvas_id: str,
    heading: Heading | None,
    *,
    permalink: str,
    alt: str,
    caption: str,
    marker: str,
) -> None:
    """Put a picture and its caption directly under a heading, or at the end; once.

    The file must be processed and shared where the canvas's readers see it. `caption` must contain
    `marker`; where the marker stands in the canvas already, nothing is inserted.

    Raises: BadCanvas or CannotRead with a sentence; SlackUnavailable, after which it may be called
    again.
    """
    markdown = picture_markdown(permalink, alt=f"{alt} ({marker})", caption=caption)
    with in_words(_INSERTING):
        for _ in range(MAX_TRIES):
            every = blocks(await slack.canvas_content(canvas_id))
            if _marked(every, marker):
                return
            section_id, is_sure = None, True
            if heading is not None:
                found = await _section(slack, canvas_id, every, heading)
                if found is None:
                    continue
                section_id, is_sure = found
            try:
                await slack.insert_into_canvas(canvas_id, markdown, after=section_id)
            except SlackError as error:
                if not is_stale(error):
                    raise
                continue
            placed = await _placed(slack, canvas_id, marker)
            if heading is None or is_sure or placed == (heading.level, heading.text):
                return
            # Only the order of the ids told the headings apart, and it was not that of the text.
            await undo_insert(slack, canvas_id, permalink=permalink, caption=caption, marker=marker)
            _log.warning("canvas_order_differs", canvas=canvas_id)
            break
    raise BadCanvas(
        "I could not tell that heading apart from the others in the canvas, or it is being edited "
        f"just now. Try again in a minute, or give the heading words of its own. {_INSERTING}"
    )


async def undo_insert(
    slack: Slack, canvas_id: str, *, permalink: str, caption: str, marker: str
) -> None:
    """Take out a picture and its caption as `insert_image` put them in, and nothing else.

    Raises: BadCanvas or CannotRead with a sentence, where they are not both there as they were;
    SlackUnavailable.
    """
    file_id = file_id_of(permalink)
    with in_words(_REMOVING):
        for _ in range(MAX_TRIES):
            every = blocks(await slack.canvas_content(canvas_id))
            _check_untouched(every, file_id=file_id, caption=caption, marker=marker)
            ids = await _ids_of_both(slack, canvas_id, every, file_id=file_id, marker=marker)
            if ids is None:
                continue
            try:
                await slack.delete_canvas_section(canvas_id, ids[0])
            except SlackError as error:
                if not is_stale(error):
                    raise
                continue
            await _remove_caption(slack, canvas_id, marker)
            return
    raise BadCanvas(
        "I could not tell the image apart from the rest of the canvas, or it is being edited just "
        f"now. Try again in a minute, or delete it there by hand. {_REMOVING}"
    )


def _marked(every: Sequence[Block], marker: str) -> list[Block]:
    """The blocks with this marker in their words or, of a picture, in its alt text."""
    return [block for block in every if marker in block.text]


async def _section(
    slack: Slack, canvas_id: str, every: Sequence[Block], heading: Heading
) -> tuple[str, bool] | None:
    """The id of a heading, and whether its words alone tell it apart; None to look again.

    Raises: BadCanvas where the heading is not there.
    """
    level = [b for b in every if b.kind is BlockKind.HEADING and b.level == heading.level]
    places = [at for at, block in enumerate(level) if block.text == heading.text]
    if len(places) < heading.occurrence:
        named = f"“{heading.text}”" if heading.text else "without words"
        raise BadCanvas(f"The heading {named} is no longer in that canvas. {_INSERTING}")
    at = places[heading.occurrence - 1]
    kind = f"h{heading.level}"
    words = searchable(heading.text)
    if words:
        alike = [place for place, block in enumerate(level) if words in block.text]
        ids = await slack.canvas_sections(canvas_id, text=words, kind=kind)
        if len(ids) == len(alike):
            return ids[alike.index(at)], len(ids) == 1
    ids = await slack.canvas_sections(canvas_id, kind=kind)
    # The canvas's title may count as its first heading in one of the two and not in the other.
    at += len(ids) - len(level) if heading.level == 1 else 0
    is_counted = len(ids) == len(level) or (heading.level == 1 and abs(len(ids) - len(level)) == 1)
    return (ids[at], False) if is_counted and at >= 0 else None


async def _placed(slack: Slack, canvas_id: str, marker: str) -> tuple[int, str] | None:
    """Level and words of the heading under which the marker stands; None above the first.

    Raises: BadCanvas where it does not stand anywhere.
    """
    for pause in _LOOK_SECONDS:
        await asyncio.sleep(pause)
        above: tuple[int, str] | None = None
        for block in blocks(await slack.canvas_content(canvas_id)):
            if block.kind is BlockKind.HEADING:
                above = (block.level, block.text)
            elif marker in block.text:
                return above
    raise BadCanvas(
        "Slack took the image for the canvas, but it is not to be seen there: somebody may have "
        "removed it at once. The image stays in the gallery. Look at the canvas, then try again."
    )


def _check_untouched(every: Sequence[Block], *, file_id: str, caption: str, marker: str) -> None:
    """Raises: BadCanvas unless the picture stands once, directly above its unchanged caption."""
    captions = [
        at
        for at, block in enumerate(every)
        if marker in block.text and block.kind is not BlockKind.PICTURE
    ]
    has_picture = any(block.file_id == file_id for block in every)
    if not captions and not has_picture:
        raise BadCanvas(f"That image is no longer in the canvas. {_REMOVING}")
    if len(captions) > 1:
        raise BadCanvas(
            f"The image's caption stands in the canvas more than once, so I cannot tell which is "
            f"mine. Please delete the image there by hand. {_REMOVING}"
        )
    if not captions or not same_words(every[captions[0]].text, caption):
        raise BadCanvas(
            "The image's caption was changed, so I cannot be sure what is mine. Please delete the "
            f"image in the canvas by hand. {_REMOVING}"
        )
    at = captions[0]
    if at == 0 or every[at - 1].file_id != file_id:
        raise BadCanvas(
            "The image was moved or removed from above its caption. Please delete what is left in "
            f"the canvas by hand. {_REMOVING}"
        )


async def _ids_of_both(
    slack: Slack, canvas_id: str, every: Sequence[Block], *, file_id: str, marker: str
) -> tuple[str, str] | None:
    """The ids of the picture and its caption; None where the look-ups do not fit the text.

    A picture is found by its alt text, or where Slack does not keep that, by its file's id.
    """
    marked = await slack.canvas_sections(canvas_id, text=marker)
    if len(marked) == 2 and len(_marked(every, marker)) == 2:
        return marked[0], marked[1]
    if len(marked) != 1:
        return None
    pictures = await slack.canvas_sections(canvas_id, text=file_id)
    if len(pictures) == 1 and pictures != marked:
        return pictures[0], marked[0]
    return None


async def _remove_caption(slack: Slack, canvas_id: str, marker: str) -> None:
    """Raises: BadCanvas where somebody changed it after the picture was gone."""
    for _ in range(MAX_TRIES):
        left = await slack.canvas_sections(canvas_id, text=marker)
        if len(left) != 1:
            break
        try:
            await slack.delete_canvas_section(canvas_id, left[0])
            return
        except SlackError as error:
            if not is_stale(error):
                raise
    raise BadCanvas(
        "I removed the image, but somebody changed its caption in the same moment. Please delete "
        "the caption by hand."
    )
