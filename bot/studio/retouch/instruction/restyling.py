"""A clause in, the media that it asks to be redrawn in out, each with how much of it."""

from bot.errors import Refused
from bot.studio.retouch import refusals
from bot.studio.retouch.instruction.clauses import Clause, kinds, of_kind
from bot.studio.retouch.instruction.words import Kind
from bot.studio.retouch.operations import Medium, Region, Restyle
from bot.studio.retouch.refusals import Beyond

_EFFECTS = frozenset({"effect", "effects", "look", "style", "filter", "finish", "treatment"})


def restyling(clause: Clause) -> list[tuple[Restyle, Region | None]]:
    """The media in order.

    Raises: Refused for a style without the name of a medium, and for taking one off again.
    """
    media = of_kind(clause, Kind.MEDIUM)
    if not media:
        if Kind.RESTYLE in kinds(clause):
            raise Refused(refusals.beyond(Beyond.STYLE), was_billed=False)
        return []
    if kinds(clause) & {Kind.LESS, Kind.TOO, Kind.REMOVE}:
        raise Refused(refusals.beyond(Beyond.UNDO), was_billed=False)
    if Kind.ADD in kinds(clause) and not any(word.text in _EFFECTS for word in clause):
        # "Add a poster" is about a thing in the picture.
        raise Refused(refusals.beyond(Beyond.ADD), was_billed=False)
    amount = 1.0
    for word in of_kind(clause, Kind.STRENGTH):
        amount *= word.amount
    for word in of_kind(clause, Kind.PERCENT):
        amount = word.amount / 100.0
    amount = min(1.0, max(0.15, amount))
    return [(Restyle(Medium(word.value), amount, Region.IT), None) for word in media]
