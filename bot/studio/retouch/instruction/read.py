"""An instruction in, the operations it asks for out, or a sentence why that cannot be done."""

from dataclasses import replace
from itertools import pairwise

from bot.errors import Refused
from bot.studio.retouch import refusals
from bot.studio.retouch.instruction.clauses import Clause, clauses, is_keeping, kinds, of_kind
from bot.studio.retouch.instruction.framing import framing
from bot.studio.retouch.instruction.judging import refuse_beyond, refuse_unknown, region_of
from bot.studio.retouch.instruction.lexer import read_words
from bot.studio.retouch.instruction.painting import painting
from bot.studio.retouch.instruction.restyling import restyling
from bot.studio.retouch.instruction.toning import toning
from bot.studio.retouch.instruction.words import Kind
from bot.studio.retouch.instruction.writing import amended, writing
from bot.studio.retouch.operations import (
    Adjust,
    Backdrop,
    Border,
    Duotone,
    Lettering,
    Operation,
    Recolour,
    Region,
    Restyle,
    Swap,
    Tint,
)
from bot.studio.retouch.refusals import Beyond

MOST_OPERATIONS = 24
"""A look such as "vintage" is five."""
_PRONOUNS = frozenset({"it", "this", "that", "them", "these", "those"})
_Placed = Adjust | Recolour | Tint | Duotone | Swap | Restyle


def read(instruction: str) -> tuple[Operation, ...]:
    """The operations in the order they are asked for, at least one.

    Raises: Refused where any part of the instruction is not understood or cannot be done.
    """
    words, quotes = read_words(instruction)
    reading = _Reading(quotes)
    for clause in clauses(words):
        reading.take(clause)
    return reading.operations()


class _Reading:
    """What has been understood so far, with the regions that are still open."""

    def __init__(self, quotes: list[str]) -> None:
        self._quotes = quotes
        self._done: list[Operation] = []
        self._open: list[int] = []
        """Operations whose clause named no region."""
        self._region: Region | None = None
        """The region that was spoken of last."""
        self._kept: set[Region] = set()
        self._waiting = ""
        """A clause that named a region and has yet to be followed by what to do with it."""
        self._last = 0
        """Where the operations of the last clause begin."""

    def take(self, clause: Clause) -> None:
        """Understand one clause.

        Raises: Refused.
        """
        if self._keeps(clause):
            return
        if self._writes(clause):
            return
        refuse_beyond(clause)
        refuse_unknown(clause)
        if self._measures(clause):
            return
        framed, rest = framing(clause)
        region = self._meant(rest)
        self._repeat_for(rest, region)
        found = [*restyling(rest), *painting(rest), *toning(rest)]
        if not found and not framed:
            self._wait(clause)
        self._last = len(self._done)
        self._frame(framed)
        is_open = region is None or _is_dangling(clause)
        for about in self._all_about(region) if found else ():
            for operation, own in found:
                self._add(operation, own or about, is_open=is_open)
        if found:
            self._waiting = ""
        if region is not None:
            self._region = region

    def operations(self) -> tuple[Operation, ...]:
        """What was asked for.

        Raises: Refused where that is nothing, or contradicts itself.
        """
        if self._waiting and self._done:
            raise _refused(refusals.not_understood(self._waiting))
        if not self._done:
            raise _refused(refusals.ONLY_KEPT if self._kept else refusals.NOTHING_SAID)
        backdrops = [each for each in self._done if isinstance(each, Backdrop)]
        if sum(each.paint is not None for each in backdrops) > 1:
            raise _refused(refusals.TWO_BACKDROPS)
        if len(self._done) > MOST_OPERATIONS:
            raise _refused(refusals.TOO_MUCH)
        # "Remove the background and put it on white" ends on white.
        self._done = [
            each for each in self._done if not isinstance(each, Backdrop) or each is backdrops[-1]
        ]
        return tuple(self._restricted(operation) for operation in self._done)

    def _keeps(self, clause: Clause) -> bool:
        """Take a clause that says what stays; "except" does too."""
        if not kinds(clause) & {Kind.KEEP, Kind.EXCEPT}:
            return False
        if not any(is_keeping(word) or word.kind is Kind.EXCEPT for word in clause) and (
            kinds(clause) & {Kind.TONE, Kind.COLOUR, Kind.MOOD}
        ):
            return False
        named = {Region(word.value) for word in of_kind(clause, Kind.REGION)}
        named -= {Region.IT, Region.WHOLE}
        if named or kinds(clause) & {Kind.REST, Kind.COLOURS, Kind.LETTERS}:
            self._kept |= named
            return True
        if kinds(clause) & {Kind.PART, Kind.UNKNOWN, Kind.BEYOND}:
            # A part of the subject stays where only the background changes, and not else.
            self._kept.add(Region.SUBJECT)
            if all(_is_of_background(operation) for operation in self._done) and self._done:
                return True
            raise _refused(refusals.beyond(Beyond.PART))
        return True

    def _writes(self, clause: Clause) -> bool:
        if _wishes_no_words(clause):
            return True
        if Kind.QUOTE in kinds(clause) or Kind.LETTERS in kinds(clause):
            earlier = _last_lettering(self._done)
            if Kind.QUOTE not in kinds(clause) and earlier is not None:
                self._done[earlier] = amended(clause, self._done[earlier])
            else:
                self._done.append(writing(clause, self._quotes))
            return True
        if self._done and isinstance(self._done[-1], Lettering):
            amendment = amended(clause, self._done[-1])
            if amendment != self._done[-1]:
                self._done[-1] = amendment
                return True
        return False

    def _meant(self, clause: Clause) -> Region | None:
        """The region a clause is about; "it" is what was spoken of before."""
        region = region_of(clause)
        is_pronoun = any(word.text in _PRONOUNS for word in of_kind(clause, Kind.REGION))
        if region is Region.IT and is_pronoun and self._region is not None:
            return self._region
        return region

    def _all_about(self, region: Region | None) -> tuple[Region | None, ...]:
        """The regions a change is for: "the background and the subject warmer" is for two."""
        if self._waiting and region in (Region.SUBJECT, Region.BACKGROUND):
            return tuple(dict.fromkeys((self._region, region)))
        return (region,)

    def _wait(self, clause: Clause) -> None:
        """Take a clause that asks for nothing by itself: "change the background: …".

        Raises: Refused where it says more than that, or what came before it is still open.
        """
        words = " ".join(word.text for word in clause)
        if self._waiting or kinds(clause) - _SAYS_NOTHING:
            raise _refused(refusals.not_understood(self._waiting or words))
        named = {word.value for word in of_kind(clause, Kind.REGION)} - {Region.IT, Region.WHOLE}
        if named and kinds(clause) - {Kind.REGION, Kind.THE}:
            self._waiting = words

    def _frame(self, framed: list[Operation]) -> None:
        """Take what is done to the frame; "…, with a blurred border" goes on about the border."""
        for operation in framed:
            before = self._done[-1] if self._done else None
            if (
                isinstance(operation, Border)
                and operation.ratio is None
                and isinstance(before, Border)
            ):
                self._done[-1] = replace(before, paint=operation.paint, fill=operation.fill)
            else:
                self._done.append(operation)

    def _measures(self, clause: Clause) -> bool:
        """Take "…, but only a bit", which says how much of what was said before."""
        strengths = of_kind(clause, Kind.STRENGTH)
        if not strengths or kinds(clause) - {Kind.STRENGTH, Kind.FILLER, Kind.TO}:
            return False
        for at in range(self._last, len(self._done)):
            operation = self._done[at]
            if isinstance(operation, Adjust | Tint):
                amount = operation.amount * strengths[0].amount
                self._done[at] = replace(operation, amount=amount)
            elif isinstance(operation, Restyle):
                amount = min(1.0, operation.amount * strengths[0].amount)
                self._done[at] = replace(operation, amount=amount)
        return True

    def _add(self, operation: Operation, region: Region | None, *, is_open: bool) -> None:
        if isinstance(operation, _Placed):
            if is_open:
                self._open.append(len(self._done))
            operation = replace(operation, region=region or self._region or Region.IT)
        self._done.append(operation)

    def _repeat_for(self, clause: Clause, region: Region | None) -> None:
        """ "A warmer, brighter background": what had no region yet gets this one.

        "… the background and the subject": what was said of the one goes for the other too.
        """
        if region is None or region is Region.IT:
            return
        says_nothing = not kinds(clause) & {
            Kind.TONE, Kind.MOOD, Kind.MEDIUM, Kind.COLOUR, Kind.TINT, Kind.CLEAR, Kind.BRAND,
            Kind.REMOVE,
        }  # fmt: skip
        if _is_attributive(clause) and self._region in (None, Region.IT):
            for at in self._open:
                operation = self._done[at]
                assert isinstance(operation, _Placed)
                self._done[at] = replace(operation, region=region)
            self._open.clear()
        elif says_nothing and self._done and isinstance(self._done[-1], _Placed):
            self._done.append(replace(self._done[-1], region=region))

    def _restricted(self, operation: Operation) -> Operation:
        if not isinstance(operation, _Placed) or operation.region not in (
            Region.IT,
            Region.WHOLE,
        ):
            return operation
        if self._kept == {Region.SUBJECT}:
            return replace(operation, region=Region.BACKGROUND)
        if self._kept == {Region.BACKGROUND}:
            return replace(operation, region=Region.SUBJECT)
        if self._kept:
            raise _refused(refusals.ONLY_KEPT)
        return operation


_SAYS_NOTHING = frozenset({Kind.REGION, Kind.FILLER, Kind.THE, Kind.TO, Kind.STRENGTH})
"""What a clause may consist of without being understood to ask for anything."""


def _wishes_no_words(clause: Clause) -> bool:
    """Whether it is "no text", which is what comes unasked."""
    first = clause[0]
    return (
        first.text in ("no", "without")
        and Kind.LETTERS in kinds(clause)
        and not kinds(clause) & {Kind.QUOTE, Kind.UNKNOWN}
    )


def _is_dangling(clause: Clause) -> bool:
    """Whether it ends in an adjective that waits for its noun: "give it a warmer, …"."""
    has_article = any(word.text in ("a", "an") for word in clause[:-1])
    return has_article and clause[-1].kind in (Kind.TONE, Kind.MOOD)


def _is_attributive(clause: Clause) -> bool:
    """Whether a region follows its adjective directly: "brighter background"."""
    return any(
        first.kind in (Kind.TONE, Kind.MOOD, Kind.MEDIUM, Kind.COLOUR)
        and second.kind is Kind.REGION
        for first, second in pairwise(clause)
    )


def _is_of_background(operation: Operation) -> bool:
    return isinstance(operation, Backdrop) or (
        isinstance(operation, _Placed) and operation.region is Region.BACKGROUND
    )


def _last_lettering(done: list[Operation]) -> int | None:
    return next((at for at in reversed(range(len(done))) if isinstance(done[at], Lettering)), None)


def _refused(reason: str) -> Refused:
    return Refused(reason, was_billed=False)
