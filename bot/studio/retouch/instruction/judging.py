"""A clause in, the region it is about out; or why it cannot be done, where that can be told."""

from itertools import pairwise

from bot.errors import Refused
from bot.studio.retouch import refusals
from bot.studio.retouch.instruction.clauses import Clause, kinds, of_kind
from bot.studio.retouch.instruction.words import Kind, Word
from bot.studio.retouch.operations import Region
from bot.studio.retouch.refusals import Beyond

_OF_SOMEBODY = frozenset({"his", "her", "their"})


def region_of(clause: Clause) -> Region | None:
    """The region a clause is about: the narrowest that it names.

    Raises: Refused where it is a part of somebody: "her shirt".
    """
    regions = of_kind(clause, Kind.REGION)
    for before, word in pairwise(clause):
        if word in regions and word.value == Region.SUBJECT and before.text in _OF_SOMEBODY:
            raise _refused(refusals.beyond(Beyond.PART))
    named = [Region(word.value) for word in regions if not word.text.endswith("'s")]
    for region in named:
        if region in (Region.BACKGROUND, Region.SUBJECT):
            return region
    return Region.WHOLE if Region.WHOLE in named else Region.IT if named else None


def refuse_beyond(clause: Clause) -> None:
    """Refuse what is known to be more than pixels give.

    Raises: Refused.
    """
    for word in of_kind(clause, Kind.BEYOND):
        raise _refused(refusals.beyond(Beyond[word.value]))


def refuse_unknown(clause: Clause) -> None:
    """Refuse a clause with words that nothing is known of, by what they seem to ask for.

    Raises: Refused.
    """
    unknown = of_kind(clause, Kind.UNKNOWN, Kind.PART)
    if not unknown:
        return
    named = kinds(clause)
    if Kind.RESTYLE in named and not named & {Kind.ADD, Kind.REMOVE}:
        raise _refused(refusals.beyond(Beyond.STYLE))
    if Kind.ADD in named:
        raise _refused(refusals.beyond(Beyond.ADD))
    if Kind.REMOVE in named:
        raise _refused(refusals.beyond(Beyond.REMOVE))
    is_said_of = any(
        second in unknown and first.text in ("is", "are", "looks", "look")
        for first, second in pairwise(clause)
    )
    if region_of(clause) is Region.BACKGROUND and Kind.TONE not in named and not is_said_of:
        raise _refused(refusals.beyond(Beyond.SCENE))
    if Kind.REPLACE in named:
        raise _refused(refusals.beyond(Beyond.ADD))
    if any(word.kind is Kind.PART for word in unknown) or _follows_article(clause):
        raise _refused(refusals.beyond(Beyond.PART))
    raise _refused(refusals.not_understood(_run(clause, unknown[0])))


def _follows_article(clause: Clause) -> bool:
    """Whether an unknown word is a noun with its article, and something is said of it."""
    changes = kinds(clause) & {Kind.TONE, Kind.COLOUR, Kind.MOOD, Kind.TINT}
    return bool(changes) and any(
        first.kind is Kind.THE and second.kind is Kind.UNKNOWN for first, second in pairwise(clause)
    )


def _run(clause: Clause, start: Word) -> str:
    """The unknown word and what follows it in the clause."""
    return " ".join(word.text for word in clause[clause.index(start) :])


def _refused(reason: str) -> Refused:
    return Refused(reason, was_billed=False)
