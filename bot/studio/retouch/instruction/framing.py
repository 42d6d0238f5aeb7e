"""A clause in, what it asks of the frame out (crops, turns, borders) and the words left over."""

import math

from bot.errors import Refused
from bot.studio.retouch import refusals
from bot.studio.retouch.instruction.clauses import Clause, kinds, of_kind
from bot.studio.retouch.instruction.words import Kind
from bot.studio.retouch.operations import (
    Axis,
    Border,
    Crop,
    Fill,
    Flip,
    Operation,
    Region,
    Rotate,
    Tone,
)
from bot.studio.retouch.refusals import Beyond

_WIDEST = 5.0
_CLOSER = 0.8
_CHANGES = frozenset({Kind.TONE, Kind.MOOD, Kind.COLOUR, Kind.TINT})
_TURNS = frozenset({"upside down", "upside-down", "sideways", "a quarter turn", "quarter turn"})
_BORDER_SHARE = {"white": 0.06, "extended": 0.12}


def framing(clause: Clause) -> tuple[list[Operation], Clause]:
    """What is done to the frame, and the clause without what belongs to that.

    Raises: Refused for turns and shapes that are not offered, and for turning only the subject.
    """
    named = kinds(clause)
    if named & {Kind.BORDER, Kind.EXTEND} and Kind.REMOVE not in named:
        return _border(clause)
    if named & {Kind.FLIP, Kind.ROTATE} or _is_turn(clause):
        return _turns(clause)
    if named & {Kind.CROP, Kind.CLOSER} or (Kind.RATIO in named and not named & _CHANGES):
        return [_crop(clause)], ()
    if named & {Kind.ANGLE, Kind.PLACE}:
        raise _refused(refusals.beyond(_meant_by_place(clause)))
    return [], clause


def _meant_by_place(clause: Clause) -> Beyond:
    """What is asked for where a place in the picture is named."""
    adding = of_kind(clause, Kind.ADD)
    if adding and adding[0].text != "put":
        return Beyond.ADD
    is_of_subject = any(word.value == Region.SUBJECT for word in of_kind(clause, Kind.REGION))
    return Beyond.MOVE if is_of_subject and not kinds(clause) & _CHANGES else Beyond.PART


def _is_turn(clause: Clause) -> bool:
    return any(
        word.text in _TURNS or word.text.endswith("°") for word in of_kind(clause, Kind.ANGLE)
    )


def _turns(clause: Clause) -> tuple[list[Operation], Clause]:
    subjects = [word for word in of_kind(clause, Kind.REGION) if word.value != Region.IT]
    if any(word.value in (Region.SUBJECT, Region.BACKGROUND) for word in subjects):
        raise _refused(refusals.beyond(Beyond.MOVE))
    flips = of_kind(clause, Kind.FLIP)
    if flips and not any(word.text in _TURNS for word in clause):
        axes = {Axis(word.value) for word in flips}
        axis = Axis.TOP_BOTTOM if Axis.TOP_BOTTOM in axes else Axis.LEFT_RIGHT
        return [Flip(axis)], ()
    degrees = _degrees(clause)
    return ([Rotate(degrees)] if degrees else []), ()


def _degrees(clause: Clause) -> int:
    """Clockwise, 0 to 270."""
    angles = of_kind(clause, Kind.ANGLE)
    figures = [int(word.value) for word in angles if word.text.endswith("°")]
    size = figures[0] if figures else 180 if any("upside" in word.text for word in angles) else 90
    if size % 90 or of_kind(clause, Kind.PERCENT):
        raise _refused(refusals.beyond(Beyond.TILT))
    goes_left = any(word.value == "270" and not word.text.endswith("°") for word in angles)
    return (-size if goes_left else size) % 360


def _crop(clause: Clause) -> Crop:
    ratios = of_kind(clause, Kind.RATIO)
    percents = of_kind(clause, Kind.PERCENT)
    if Kind.PLACE in kinds(clause) or Kind.ANGLE in kinds(clause):
        raise _refused(refusals.beyond(Beyond.PART))
    share = _CLOSER if Kind.CLOSER in kinds(clause) or not ratios else 1.0
    for word in of_kind(clause, Kind.STRENGTH):
        share = 1.0 - (1.0 - share) * word.amount
    if percents:
        share = 1.0 - min(80.0, percents[0].amount) / 100.0
    if not ratios:
        return Crop(None, "", max(0.2, share))
    return Crop(_ratio(ratios[0].value), _shortest(ratios[0].value), max(0.2, share))


def _ratio(text: str) -> float:
    width, _, height = text.partition(":")
    ratio = float(width) / float(height) if float(height) else 0.0
    if not 1.0 / _WIDEST <= ratio <= _WIDEST:
        raise _refused(refusals.not_understood(text))
    return ratio


def _shortest(ratio: str) -> str:
    """`1080:1920` as `9:16`; others as they are."""
    width, _, height = ratio.partition(":")
    if not (width.isdecimal() and height.isdecimal()):
        return ratio
    common = math.gcd(int(width), int(height)) if int(width) >= 100 else 1
    return f"{int(width) // common}:{int(height) // common}"


def _border(clause: Clause) -> tuple[list[Operation], Clause]:
    if Kind.PLACE in kinds(clause) or Kind.ANGLE in kinds(clause):
        raise _refused(refusals.not_understood(" ".join(word.text for word in clause)))
    if Kind.BRAND in kinds(clause) and Kind.COLOUR not in kinds(clause):
        raise _refused(refusals.NO_COLOURS)
    fill = Fill.EXTENDED
    share = _BORDER_SHARE["extended"]
    for word in of_kind(clause, Kind.BORDER):
        fill, share = Fill(word.value), _BORDER_SHARE[word.value]
    if any(word.value == Tone.BLUR for word in of_kind(clause, Kind.TONE)):
        fill = Fill.BLURRED
    for word in of_kind(clause, Kind.SIZE, Kind.STRENGTH):
        share *= word.amount
    for word in of_kind(clause, Kind.PERCENT):
        share = min(100.0, word.amount) / 100.0
    paint = next((word.paint for word in of_kind(clause, Kind.COLOUR)), None)
    ratios = of_kind(clause, Kind.RATIO)
    if ratios and fill is Fill.WHITE:
        fill = Fill.EXTENDED
    ratio = _ratio(ratios[0].value) if ratios else None
    name = _shortest(ratios[0].value) if ratios else ""
    return [Border(paint, fill, share, ratio, name)], ()


def _refused(reason: str) -> Refused:
    return Refused(reason, was_billed=False)
