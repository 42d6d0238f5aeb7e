"""The parts that words play in an edit, and what a word of an instruction is."""

from dataclasses import dataclass
from enum import StrEnum

from bot.studio.retouch.operations import Paint


class Kind(StrEnum):
    """The part that a word plays in an instruction."""

    TONE = "tone"
    MOOD = "mood"
    MEDIUM = "medium"
    RESTYLE = "restyle"
    COLOUR = "colour"
    REGION = "region"
    PART = "part"
    MORE = "more"
    LESS = "less"
    TOO = "too"
    STRENGTH = "strength"
    PERCENT = "percent"
    ADD = "add"
    GIVE = "give"
    REMOVE = "remove"
    REPLACE = "replace"
    KEEP = "keep"
    EXCEPT = "except"
    REST = "rest"
    COLOURS = "colours"
    BRAND = "brand"
    TINT = "tint"
    PLAIN = "plain"
    CLEAR = "clear"
    ON = "on"
    TO = "to"
    CROP = "crop"
    CLOSER = "closer"
    RATIO = "ratio"
    FLIP = "flip"
    ROTATE = "rotate"
    ANGLE = "angle"
    BORDER = "border"
    EXTEND = "extend"
    QUOTE = "quote"
    LETTERS = "letters"
    PLACE = "place"
    SIZE = "size"
    FACE = "face"
    BEYOND = "beyond"
    THE = "the"
    FILLER = "filler"
    SEPARATOR = "separator"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Word:
    """A word or phrase with what it means; `value` depends on the kind."""

    kind: Kind
    text: str
    value: str = ""
    amount: float = 1.0
    paint: Paint | None = None
