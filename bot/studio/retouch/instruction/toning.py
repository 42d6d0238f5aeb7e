"""A clause in, the changes of tone it asks for out, each with its region where it names one."""

from bot.errors import Refused
from bot.studio.retouch import refusals
from bot.studio.retouch.instruction.clauses import Clause, kinds
from bot.studio.retouch.instruction.vocabulary import MOODS
from bot.studio.retouch.instruction.words import Kind, Word
from bot.studio.retouch.operations import ONE_WAY, Adjust, Region, Tint, Tone
from bot.studio.retouch.refusals import Beyond

_PERCENT_OF_ONE = 25.0
"""How many percent are as much as saying nothing: "brighter" is "25% brighter"."""
_LEAST, _MOST = 0.15, 2.6


def toning(clause: Clause) -> list[tuple[Adjust | Tint, Region | None]]:
    """The adjustments in order.

    Raises: Refused for taking off what cannot be taken off.
    """
    if kinds(clause) & {Kind.BRAND, Kind.CLEAR}:
        return []
    found: list[tuple[Adjust | Tint, Region | None]] = []
    sign, strength, is_said = 1.0, 1.0, False
    for at, word in enumerate(clause):
        following = clause[at + 1] if at + 1 < len(clause) else None
        match word.kind:
            case Kind.LESS | Kind.TOO:
                sign = -1.0
            case Kind.MORE:
                sign = 1.0
            case Kind.STRENGTH:
                strength, is_said = strength * word.amount, True
            case Kind.PERCENT:
                strength, is_said = word.amount / _PERCENT_OF_ONE, True
            case Kind.TONE if _lowers_what_follows(word, clause[at + 1 :]):
                sign = -1.0
            case Kind.TONE | Kind.MOOD:
                region = _own_region(following)
                amount = sign * min(_MOST, max(_LEAST, strength))
                found += [(one, _spread(one) or region) for one in _meant(word, amount, clause)]
                strength, is_said = 1.0, False
                if word.kind is Kind.TONE and word.text not in _PLAIN_LISTS:
                    sign = 1.0
            case Kind.TINT if word.paint is not None:
                found.append((Tint(word.paint, 0.8 * sign * strength, Region.IT), None))
                strength, is_said = 1.0, False
    if is_said and found and Kind.BORDER not in kinds(clause):
        # "Warmer, but only a bit": said after what it measures.
        found = [(_times(change, strength), region) for change, region in found]
    return found


_PLAIN_LISTS = frozenset({"bright", "dark", "warm", "cool", "saturated"})
"""After "too", these go on: "too dark and cold"."""


def _meant(word: Word, amount: float, clause: Clause) -> list[Adjust]:
    if word.kind is Kind.MOOD:
        if amount < 0:
            raise Refused(refusals.not_understood(f"less {word.text}"), was_billed=False)
        return [Adjust(tone, share * amount, Region.IT) for tone, share in MOODS[word.value]]
    tone, amount = Tone(word.value), amount * word.amount
    has_colours = any(each.kind is Kind.COLOURS and each.text[-1] == "s" for each in clause)
    if tone is Tone.BRIGHT and amount > 0 and has_colours:
        tone = Tone.COLOURFUL
    if tone is Tone.BLUR and amount < 0:
        tone, amount = Tone.SHARP, -amount
    if tone in ONE_WAY and amount < 0:
        raise Refused(refusals.beyond(Beyond.UNDO), was_billed=False)
    return [Adjust(tone, amount, Region.IT)]


def _spread(change: Adjust) -> Region | None:
    """Dark corners are those of the picture, whatever else is spoken of."""
    return Region.WHOLE if change.tone is Tone.VIGNETTE else None


def _own_region(following: Word | None) -> Region | None:
    """The region that an adjective stands directly before: "a brighter subject"."""
    if following is None or following.kind is not Kind.REGION:
        return None
    region = Region(following.value)
    return region if region in (Region.BACKGROUND, Region.SUBJECT) else None


def _lowers_what_follows(word: Word, rest: Clause) -> bool:
    """Whether "tone down" is followed by what is to be toned down."""
    return word.text in ("tone down", "toned down") and Kind.TONE in kinds(rest)


def _times(change: Adjust | Tint, strength: float) -> Adjust | Tint:
    amount = change.amount * min(_MOST, max(_LEAST, strength))
    if isinstance(change, Tint):
        return Tint(change.paint, amount, change.region)
    return Adjust(change.tone, amount, change.region)
