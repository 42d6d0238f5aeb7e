"""What was said and what is in view go in; the pictures that a request is about come out."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.context import Context
from bot.planner.meant import Meant, Pictures, in_view, meant, titled
from bot.planner.pictures import Kind, Reference
from bot.planner.single import Offer
from bot.planner.wanted import Said

_EARLY_WORDS = 4


class View(NamedTuple):
    """Who asks for what, and what they see."""

    said: Sequence[Said]
    context: Context
    user_id: str
    original: str
    """What the person wrote."""
    raw: str
    """The same as Slack sent it."""
    quotes: list[str]
    offer: Offer
    is_addressed: bool = True
    """Whether it was said to us rather than overheard."""


class Targets(NamedTuple):
    """The pictures a text is about, and where it names them."""

    pictures: Pictures
    choices: Pictures
    named: tuple[tuple[int, Reference], ...]
    """The references that were followed, each with the number of its sentence."""
    is_missing: bool


def of_foreign(view: View) -> View:
    """The view with only the pictures that are not ours, which alone can be imported."""
    context = view.context
    thread = tuple(picture for picture in context.thread if not picture.is_result)
    kept = context.model_copy(update={"thread": thread, "recent": ()})
    return view._replace(context=kept)


def finds_named(view: View) -> bool:
    """Whether the text picks certain pictures, and these are in view."""
    named = [ref for one in view.said for ref in one.references if ref.is_explicit]
    return bool(named) and all(
        meant(ref, view.context, user_id=view.user_id).is_found for ref in named
    )


def targets_of(view: View) -> Targets:
    """The pictures that a request is about: those it names, else what "it" is."""
    chosen = _followed(view)
    if any(ref.is_explicit or ref.kind is Kind.ALL for _, ref in chosen):
        found = [meant(ref, view.context, user_id=view.user_id) for _, ref in chosen]
    else:
        found = [_implied(view)]
    return Targets(
        pictures=tuple(dict.fromkeys(picture for one in found for picture in one.pictures)),
        choices=next((one.choices for one in found if one.choices), ()),
        named=chosen,
        is_missing=not all(one.is_found for one in found),
    )


def _implied(view: View) -> Meant:
    """What a text is about that names no picture: sent along, called by its title, or newest."""
    if view.context.attached:
        return Meant(view.context.attached)
    by_title = titled(" ".join(one.text for one in view.said), view.context)
    return by_title if by_title.is_found else in_view(view.context)


def _followed(view: View) -> tuple[tuple[int, Reference], ...]:
    """The references that say which pictures are meant, with the number of their sentence.

    "it" deep within a sentence may be anything: "add two dogs and make them run".
    """
    every = [(at, ref) for at, one in enumerate(view.said) for ref in one.references]
    explicit = [(at, ref) for at, ref in every if ref.is_explicit]
    likely = [
        (at, ref)
        for at, ref in every
        if not ref.is_explicit
        and (not ref.is_pronoun or len(view.said[at].text[: ref.start].split()) < _EARLY_WORDS)
    ]
    if not explicit:
        together = [pair for pair in likely if pair[1].kind is Kind.ALL]
        return tuple((together or likely)[:1])
    if not view.context.attached:
        return tuple(explicit)
    sent = [pair for pair in likely if _is_sent(view.said[pair[0]].text, pair[1])]
    return tuple(sorted([*explicit, *sent], key=lambda pair: (pair[0], pair[1].start)))


def _is_sent(text: str, reference: Reference) -> bool:
    """Whether a reference points at what was sent along: "this", "these photos"."""
    return text[reference.start :].lower().startswith(("this", "these", "the "))
