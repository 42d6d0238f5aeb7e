"""A clause in, the changes of colour and background it asks for out."""

from itertools import pairwise

from bot.errors import Refused
from bot.studio.retouch import refusals
from bot.studio.retouch.instruction.clauses import Clause, kinds, of_kind
from bot.studio.retouch.instruction.vocabulary import REGIONS
from bot.studio.retouch.instruction.words import Kind
from bot.studio.retouch.operations import (
    Adjust,
    Backdrop,
    Duotone,
    Operation,
    Paint,
    Recolour,
    Region,
    Swap,
    Tint,
    Tone,
)
from bot.studio.retouch.refusals import Beyond
from bot.studio.sketch.colour import to_oklch

_NEUTRAL = 0.03
_GENERIC = frozenset(REGIONS[Region.SUBJECT].split("|"))
_SCENES = frozenset({"forest", "sand", "rose", "lemon", "olive", "orange", "sky", "peach", "plum"})
"""Colours that are places or things where an article stands before them: "a forest"."""
_SHIFTING = frozenset({Kind.TINT, Kind.MORE, Kind.LESS, Kind.TOO})
_Found = list[tuple[Operation, Region | None]]


def painting(clause: Clause) -> _Found:
    """The changes of colour; each with its region where that is not the clause's.

    Raises: Refused for adding and removing what is not a colour, and for colours without a name.
    """
    named = kinds(clause)
    paints = [word.paint for word in of_kind(clause, Kind.COLOUR) if word.paint is not None]
    is_background = _speaks_of(clause, Region.BACKGROUND)
    if Kind.REMOVE in named:
        return _removing(clause, paints)
    _refuse_exchanging(clause)
    if Kind.CLEAR in named:
        return [(Backdrop(paints[0] if paints and Kind.ON in named else None), None)]
    if Kind.BRAND in named and not paints:
        raise _refused(refusals.NO_COLOURS)
    if Kind.ADD in named:
        _refuse_adding(clause, paints)
    if not paints:
        return _colourful(clause)
    if len(paints) > 1:
        return _of_several(clause, paints)
    paint = paints[0]
    if paint.name.endswith("s") and not named & {Kind.BRAND, Kind.COLOURS}:
        raise _refused(refusals.beyond(Beyond.PART))
    if _stands_on(clause):
        return [(Backdrop(paint), None)]
    if named & _SHIFTING or (Kind.ADD in named and not is_background):
        return [(Tint(paint, _tint_amount(clause), Region.IT), None)]
    if Kind.BRAND in named:
        return [(Duotone((paint,), Region.IT), None)]
    if is_background:
        return _behind(clause, paint)
    return [(Recolour(paint, Region.IT), None)]


def _behind(clause: Clause, paint: Paint) -> _Found:
    """A background in a colour: recoloured where it has shading to keep, else replaced."""
    for before, word in pairwise(clause):
        if before.text in ("a", "an") and word.text in _SCENES:
            raise _refused(refusals.beyond(Beyond.SCENE))
    is_grey = to_oklch(paint.colour)[1] < _NEUTRAL
    if is_grey or kinds(clause) & {Kind.PLAIN, Kind.ON, Kind.REPLACE, Kind.ADD}:
        return [(Backdrop(paint), None)]
    return [(Recolour(paint, Region.BACKGROUND), Region.BACKGROUND)]


def _stands_on(clause: Clause) -> bool:
    """Whether a colour is what the subject stands on: "on white", "on a plain pale blue"."""
    for at, word in enumerate(clause):
        if word.kind is Kind.ON and word.text in ("on", "onto", "against", "in front of"):
            following = [
                each for each in clause[at + 1 :] if each.kind not in (Kind.FILLER, Kind.PLAIN)
            ]
            return bool(following) and following[0].kind is Kind.COLOUR
    return False


def _of_several(clause: Clause, paints: list[Paint]) -> _Found:
    named = kinds(clause)
    first, second = [at for at, word in enumerate(clause) if word.kind is Kind.COLOUR][:2]
    between = clause[first + 1 : second]
    if len(paints) == 2 and Kind.BRAND not in named:
        if any(word.text in ("instead of", "rather than") for word in between):
            return [(Swap(paints[1], paints[0], Region.IT), None)]
        if Kind.REGION in kinds(between) and not _speaks_of(between, Region.IT):
            return _recoloured(clause, between, paints[1])
        has_article = first > 0 and clause[first - 1].kind is Kind.THE
        if Kind.TO in kinds(between) or Kind.REPLACE in named or has_article:
            return [(Swap(paints[0], paints[1], Region.IT), None)]
    return [(Duotone(tuple(paints), Region.IT), None)]


def _recoloured(clause: Clause, between: Clause, paint: Paint) -> _Found:
    """ "The red mug blue": the first colour only tells which."""
    if _speaks_of(between, Region.BACKGROUND):
        return _behind(clause, paint)
    return [(Recolour(paint, Region.SUBJECT), Region.SUBJECT)]


def _colourful(clause: Clause) -> _Found:
    """Changes of colour that name none: "more colour"."""
    named = kinds(clause)
    if Kind.COLOURS in named and not named & {Kind.TONE, Kind.MOOD, Kind.TINT}:
        if named & {Kind.MORE, Kind.ADD}:
            return [(Adjust(Tone.COLOURFUL, _strength(clause), Region.IT), None)]
        if named & {Kind.LESS, Kind.TOO}:
            return [(Adjust(Tone.COLOURFUL, -_strength(clause), Region.IT), None)]
    return []


def _removing(clause: Clause, paints: list[Paint]) -> _Found:
    """What a clause with "remove" takes away: the background, the colour, a tint."""
    at = next(at for at, word in enumerate(clause) if word.kind is Kind.REMOVE)
    rest = clause[at + 1 :]
    is_wish = clause[at].text in ("no", "without")
    if is_wish and kinds(rest) & {Kind.BORDER, Kind.TONE, Kind.LETTERS}:
        # "No text": nothing is added unasked.
        return []
    if paints and not _speaks_of(rest, Region.BACKGROUND):
        return [(Tint(paints[0], -_tint_amount(rest), Region.IT), None)]
    for word in rest:
        match word.kind:
            case Kind.REGION if word.value == Region.BACKGROUND:
                if Kind.TONE in kinds(rest):
                    raise _refused(refusals.beyond(Beyond.UNDO))
                return [(Backdrop(None), None)]
            case Kind.COLOURS:
                return [(Adjust(Tone.GREY, 1.0, Region.IT), None)]
            case Kind.TONE | Kind.BORDER | Kind.TINT:
                raise _refused(refusals.beyond(Beyond.UNDO))
            case Kind.REGION:
                break
    raise _refused(refusals.beyond(Beyond.REMOVE))


def _refuse_adding(clause: Clause, paints: list[Paint]) -> None:
    """Refuse to add anything but a tone, a colour or a plain background."""
    named = kinds(clause)
    if _speaks_of(clause, Region.BACKGROUND):
        if not paints and not named & {Kind.TONE, Kind.MOOD, Kind.TINT, Kind.COLOURS}:
            raise _refused(refusals.beyond(Beyond.SCENE))
        return
    at = next(at for at, word in enumerate(clause) if word.kind is Kind.ADD)
    first = next((word for word in clause[at + 1 :] if word.kind in _ADDABLE | {Kind.REGION}), None)
    is_subject = first is not None and first.value == Region.SUBJECT
    if is_subject or not named & _ADDABLE or _is_a_thing(clause[at + 1 :]):
        raise _refused(refusals.beyond(Beyond.ADD))


def _refuse_exchanging(clause: Clause) -> None:
    """Refuse "give it a hat" and "change the mug into a bowl"."""
    named = kinds(clause)
    if _is_another(clause):
        raise _refused(refusals.beyond(Beyond.ADD))
    things = [word for word in of_kind(clause, Kind.REGION) if word.value == Region.SUBJECT]
    if not things:
        return
    changes = named & {Kind.TONE, Kind.MOOD, Kind.COLOUR, Kind.COLOURS, Kind.TINT, Kind.CLEAR}
    is_exchange = len(things) > 1 or named & {Kind.REPLACE, Kind.MORE, Kind.LESS}
    if not changes and (is_exchange or Kind.GIVE in named):
        raise _refused(refusals.beyond(Beyond.ADD))
    if Kind.GIVE in named and _is_a_thing(clause):
        raise _refused(refusals.beyond(Beyond.ADD))


def _is_another(clause: Clause) -> bool:
    """Whether a thing is spoken of that is not there yet: "with a cat", "into an owl"."""
    since = ""
    for word in clause:
        is_thing = word.kind is Kind.REGION and word.value == Region.SUBJECT
        if is_thing and word.text not in _GENERIC and since in ("a", "an", "some", "with", "into"):
            return True
        if word.kind not in (Kind.TONE, Kind.COLOUR, Kind.MOOD, Kind.STRENGTH):
            since = word.text
    return False


_ADDABLE = frozenset(
    {Kind.TONE, Kind.MOOD, Kind.MEDIUM, Kind.TINT, Kind.COLOUR, Kind.COLOURS, Kind.BORDER}
    | {Kind.EXTEND}
)


def _is_a_thing(rest: Clause) -> bool:
    """Whether what is added is a thing with an adjective: "a bright lamp", "a red hat"."""
    return any(
        first.kind in (Kind.TONE, Kind.COLOUR, Kind.MOOD)
        and second.kind is Kind.REGION
        and second.value == Region.SUBJECT
        for first, second in pairwise(rest)
    )


def _tint_amount(clause: Clause) -> float:
    is_less = kinds(clause) & {Kind.LESS, Kind.TOO}
    return (-1.0 if is_less else 1.0) * _strength(clause)


def _strength(clause: Clause) -> float:
    amount = 1.0
    for word in of_kind(clause, Kind.STRENGTH):
        amount *= word.amount
    return min(2.2, amount)


def _speaks_of(clause: Clause, region: Region) -> bool:
    return any(word.kind is Kind.REGION and word.value == region for word in clause)


def _refused(reason: str) -> Refused:
    return Refused(reason, was_billed=False)
