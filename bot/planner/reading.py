"""A request goes in; its text, taken apart once for everybody who reads it, comes out."""

from typing import NamedTuple

from bot.domain.context import Context
from bot.domain.requests import Request
from bot.planner.courtesy import closed, sentences, softened, undecorated
from bot.planner.quotes import masked
from bot.planner.single import Offer, main_sentence
from bot.planner.targets import View
from bot.planner.text import plain, tidy, unmarked
from bot.planner.wanted import Said, said_of_pictures


class Reading(NamedTuple):
    """A request's text, read once."""

    request: Request
    original: str
    """As a person reads it in Slack."""
    hidden: str
    """Without marks and smileys, quotations and the middle of a long text put away."""
    quotes: list[str]
    main: str
    """The sentence that asks."""
    asked: str
    """The same without politeness."""
    named: str
    """`hidden`, where people and canvases are named by their ids."""
    asked_by_id: str
    """`asked`, from that text."""
    view: View
    """The same as work on pictures reads it."""
    offer: Offer
    is_addressed: bool
    """Whether it was said to us rather than overheard."""


def read(
    request: Request,
    context: Context,
    *,
    text: str,
    original: str,
    bot_user_id: str,
    offer: Offer,
    is_addressed: bool,
) -> Reading:
    """The reading of a request; `text` is its words without marks and smileys."""
    hidden, quotes = masked(text)
    main, _ = main_sentence(sentences(hidden))
    asked = closed(softened(main))
    view_hidden, view_quotes = hidden, quotes
    if "<" in request.text:
        view_hidden, view_quotes = _by_id(request, bot_user_id=bot_user_id)
    view = View(
        said=said_of_pictures(view_hidden),
        context=context,
        user_id=request.user_id,
        original=original,
        raw=request.text,
        quotes=view_quotes,
        offer=offer,
        is_addressed=is_addressed,
    )
    return Reading(
        request=request,
        original=original,
        hidden=hidden,
        quotes=quotes,
        main=main,
        asked=asked,
        named=view_hidden,
        asked_by_id=_asked(view_hidden) if view_hidden is not hidden else asked,
        view=view,
        offer=offer,
        is_addressed=is_addressed,
    )


def sentences_of(request: Request, *, bot_user_id: str) -> tuple[str, str, list[Said]]:
    """All of a request's text, what it asks, and its sentences as said of pictures."""
    hidden, _ = _by_id(request, bot_user_id=bot_user_id)
    return hidden, _asked(hidden), said_of_pictures(hidden)


def _asked(hidden: str) -> str:
    main, _ = main_sentence(sentences(hidden))
    return closed(softened(main))


def _by_id(request: Request, *, bot_user_id: str) -> tuple[str, list[str]]:
    """The text in which people are named by their ids, quotations put away, and these."""
    named = plain(request.text, bot_user_id=bot_user_id, by_id=True)
    return masked(tidy(undecorated(unmarked(named))))
