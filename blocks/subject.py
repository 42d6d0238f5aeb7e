"""The pictures a form is about, of the gallery or posted in Slack: packed, shown, chosen among."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from slack_sdk.models.blocks import Block, ImageBlock, InputBlock, StaticSelectElement
from slack_sdk.models.blocks.basic_components import SlackFile

from blocks import state
from blocks.parts import literal, option
from blocks.text import one_line

CHOOSE = "pick_picture"
MAX_PICKS = 40
"""Of one message: ten files, some of them sheets of four."""

_MAX_METADATA_CHARS = 3000


@dataclass(frozen=True)
class Pick:
    """A picture that a form may be about."""

    picture_id: str
    """Of the gallery (`img_…`), or of a Slack file."""
    title: str
    file_id: str | None
    """The Slack file that shows it."""
    alt_text: str
    caption: str = ""
    """Said under it where it is one of a sheet."""


class Subject(NamedTuple):
    """What a form carries: its pictures, and the thread that its card goes into."""

    picture_ids: tuple[str, ...]
    channel_id: str = ""
    """Empty where the picture's own thread is meant."""
    thread_ts: str = ""

    @property
    def packed(self) -> str:
        """As `private_metadata` carries it.

        Raises: ValueError where it would not fit.
        """
        packed = " ".join([",".join(self.picture_ids), self.channel_id, self.thread_ts]).rstrip()
        if len(packed) > _MAX_METADATA_CHARS:
            raise ValueError("private_metadata holds at most 3000 characters")
        return packed


def unpack(packed: str) -> Subject:
    """The subject that a form carries.

    Raises: ValueError for anything that `packed` does not make.
    """
    ids, _, rest = packed.partition(" ")
    channel_id, _, thread_ts = rest.partition(" ")
    picture_ids = tuple(ids.split(","))
    if not all(picture_ids) or len(picture_ids) > MAX_PICKS or " " in thread_ts:
        raise ValueError("not a subject of ours")
    return Subject(picture_ids, channel_id, thread_ts)


def is_file(picture_id: str) -> bool:
    """Whether a picture is one posted in Slack rather than one of the gallery."""
    return picture_id.startswith("F")


def chooser(picks: Sequence[Pick], chosen: Pick) -> Block:
    """Asks which of the pictures is meant."""
    options = [
        option(pick.picture_id, f"{place}. {pick.title}")
        for place, pick in enumerate(picks[:MAX_PICKS], start=1)
    ]
    return InputBlock(
        block_id=state.block_id("picture"),
        label="Picture",
        dispatch_action=True,
        element=StaticSelectElement(
            action_id=CHOOSE,
            placeholder="Choose a picture",
            options=options,
            initial_option=next(o for o in options if o.value == chosen.picture_id),
        ),
    )


def picture(pick: Pick) -> list[Block]:
    """The picture as Slack has it; nothing without a file."""
    if pick.file_id is None:
        return []
    return [
        ImageBlock(
            slack_file=SlackFile(id=pick.file_id),
            alt_text=pick.alt_text or pick.title,
            title=literal(one_line(pick.caption or pick.title, 200)),
        )
    ]


def picked(values: state.Values, picture_ids: Sequence[str]) -> str:
    """The picture that was chosen; the first where nothing, or something foreign, was."""
    chosen = state.entered(values, "picture")
    return chosen if chosen is not None and chosen in picture_ids else picture_ids[0]
