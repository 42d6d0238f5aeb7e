"""What a request may refer to: pictures in view, and the proposal that awaits a decision."""

from bot.domain.base import Value
from bot.domain.proposals import ItemSource, Proposal


class ShownPicture(Value):
    """A picture that a person may mean: posted by somebody, or a result of ours."""

    source: ItemSource
    by_id: str
    """Who posted it, or who asked for it."""
    by_name: str = ""
    number: int = 1
    """From 1: its place in its message or on its sheet; its row where it came with other rows."""
    is_result: bool = False
    """Whether it is an image of ours."""


class Context(Value):
    """What is in view when a request is read; all of it from our own rows."""

    attached: tuple[ShownPicture, ...] = ()
    """What came with the request itself, in its order."""
    thread: tuple[ShownPicture, ...] = ()
    """What stands in the request's thread, oldest first, without what is attached."""
    recent: tuple[ShownPicture, ...] = ()
    """The images that the person got last, all that came together, in the order of the card."""
    pending: Proposal | None = None
    """The newest proposal of the thread that this person may decide and nobody decided yet."""
    channel_canvas_id: str | None = None


NOTHING = Context()
"""A request out of the blue."""
