"""A gateway between whose calls other people act, and one whose Slack answers otherwise."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.slack.gateway import Slack

T = TypeVar("T", bound=Slack)
Act = Callable[[], Awaitable[None]]


class Meddled(Slack):
    """After a look-up of sections, the next of `acts` happens."""

    acts: list[Act]

    async def canvas_sections(
        self, canvas_id: str, *, text: str | None = None, kind: str | None = None
    ) -> tuple[str, ...]:
        found = await super().canvas_sections(canvas_id, text=text, kind=kind)
        if self.acts:
            await self.acts.pop(0)()
        return found


class Disordered(Slack):
    """Ids come in another order than the text."""

    async def canvas_sections(
        self, canvas_id: str, *, text: str | None = None, kind: str | None = None
    ) -> tuple[str, ...]:
        found = await super().canvas_sections(canvas_id, text=text, kind=kind)
        return found[::-1]


class Untitled(Slack):
    """The title counts among the headings in the text, and not in a look-up."""

    async def canvas_sections(
        self, canvas_id: str, *, text: str | None = None, kind: str | None = None
    ) -> tuple[str, ...]:
        found = await super().canvas_sections(canvas_id, text=text, kind=kind)
        return found[1:] if kind == "h1" and text is None else found


class AltBlind(Slack):
    """A look-up finds pictures by the id of their file, not by their alt text.

    `shows_files` is False where it finds no pictures at all.
    """

    shows_files = True

    async def canvas_sections(
        self, canvas_id: str, *, text: str | None = None, kind: str | None = None
    ) -> tuple[str, ...]:
        pictures = await super().canvas_sections(canvas_id, text="AI-generated image")
        if text is not None and text.startswith("F"):
            return pictures if self.shows_files else ()
        found = await super().canvas_sections(canvas_id, text=text, kind=kind)
        return tuple(one for one in found if one not in pictures)


def as_kind(slack: Slack, kind: type[T]) -> T:
    """The same gateway as another kind of it."""
    return kind(slack._client, trusted_origins=slack.trusted_origins)
