"""A clause in, the words it asks to be set on the picture out, or a change of how they are set."""

from dataclasses import replace

from bot.errors import Refused
from bot.studio.retouch import refusals
from bot.studio.retouch.instruction.clauses import Clause, kinds, of_kind
from bot.studio.retouch.instruction.words import Kind
from bot.studio.retouch.operations import Lettering, Operation, Region
from bot.studio.retouch.refusals import Beyond

_OWN = frozenset(
    {Kind.ADD, Kind.LETTERS, Kind.QUOTE, Kind.PLACE, Kind.COLOUR, Kind.SIZE, Kind.FACE, Kind.MOOD}
    | {Kind.FILLER, Kind.THE, Kind.TO, Kind.ON, Kind.STRENGTH, Kind.MORE, Kind.ANGLE, Kind.PLAIN}
    | {Kind.REGION, Kind.TONE}
)
"""The kinds of words that a clause about lettering may have."""
_AMENDING = frozenset(
    {Kind.PLACE, Kind.COLOUR, Kind.SIZE, Kind.FACE, Kind.FILLER, Kind.THE, Kind.TO, Kind.LETTERS}
    | {Kind.ON, Kind.ANGLE, Kind.MOOD, Kind.PLAIN, Kind.STRENGTH, Kind.REGION}
)
MOST_CHARACTERS = 120
_CORNERS = frozenset({"corner", "edge"})
_SIZES = {"bigger": 1.6, "larger": 1.6, "smaller": 0.6}


def writing(clause: Clause, quotes: list[str]) -> Lettering:
    """The lettering that a clause asks for.

    Raises: Refused where it would change words that are there, or names none to add.
    """
    named = kinds(clause)
    if named & {Kind.REMOVE, Kind.REPLACE}:
        raise _refused(refusals.beyond(Beyond.WORDS))
    texts = of_kind(clause, Kind.QUOTE)
    if not texts:
        adds = Kind.ADD in named
        raise _refused(refusals.NO_WORDS if adds else refusals.beyond(Beyond.WORDS))
    if _changes_what_is_there(clause):
        raise _refused(refusals.beyond(Beyond.WORDS))
    for word in clause:
        if word.kind not in _OWN and word.text not in _CORNERS:
            raise _refused(refusals.not_understood(_said(clause, quotes)))
    text = " ".join(quotes[int(word.value)] for word in texts)
    if len(text) > MOST_CHARACTERS:
        raise _refused(refusals.TOO_LONG)
    return _set(clause, Lettering(text))


def amended(clause: Clause, lettering: Operation) -> Operation:
    """The lettering set as a clause goes on to say: "…, in white", "make the text bigger"."""
    assert isinstance(lettering, Lettering)
    sizes = [word for word in of_kind(clause, Kind.BEYOND) if word.text in _SIZES]
    is_of_picture = any(word.value != Region.IT for word in of_kind(clause, Kind.REGION))
    if is_of_picture or any(word.kind not in _AMENDING and word not in sizes for word in clause):
        if Kind.LETTERS in kinds(clause):
            raise _refused(refusals.beyond(Beyond.WORDS))
        return lettering
    changed = _set(clause, lettering)
    for word in sizes:
        changed = replace(changed, size=changed.size * _SIZES[word.text])
    return changed


def _set(clause: Clause, lettering: Lettering) -> Lettering:
    for word in clause:
        match word.kind:
            case Kind.PLACE:
                lettering = _placed(lettering, word.value)
            case Kind.ANGLE if word.value in ("90", "270") and not word.text.endswith("°"):
                lettering = _placed(lettering, "right" if word.value == "90" else "left")
            case Kind.COLOUR:
                lettering = replace(lettering, paint=word.paint)
            case Kind.SIZE:
                lettering = replace(lettering, size=lettering.size * word.amount)
            case Kind.FACE:
                lettering = replace(lettering, face=word.value)
    return lettering


def _placed(lettering: Lettering, place: str) -> Lettering:
    for part in place.split():
        if part in ("left", "right"):
            lettering = replace(lettering, column=part)
        else:
            lettering = replace(lettering, row=part)
    return lettering


def _changes_what_is_there(clause: Clause) -> bool:
    """Whether it says "change the headline to …"."""
    has_verb = any(word.text in ("change", "edit", "update", "fix", "correct") for word in clause)
    return has_verb and Kind.LETTERS in kinds(clause) and Kind.ADD not in kinds(clause)


def _said(clause: Clause, quotes: list[str]) -> str:
    return " ".join(
        f"“{quotes[int(word.value)]}”" if word.kind is Kind.QUOTE else word.text for word in clause
    )


def _refused(reason: str) -> Refused:
    return Refused(reason, was_billed=False)
