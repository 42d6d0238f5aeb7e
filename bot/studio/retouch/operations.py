"""What an edit consists of: frozen values, each one change, without any pixels."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from bot.studio.sketch.colour import Colour


class Region(StrEnum):
    """Where a change applies."""

    WHOLE = "whole"
    SUBJECT = "subject"
    BACKGROUND = "background"
    IT = "it"
    """The picture for a change of tone; for a colour, its subject where one stands out."""


class Tone(StrEnum):
    """What can be turned up or down."""

    WARM = "warm"
    BRIGHT = "bright"
    CONTRAST = "contrast"
    COLOURFUL = "colourful"
    GREY = "grey"
    SEPIA = "sepia"
    FADE = "fade"
    INVERT = "invert"
    ENHANCE = "enhance"
    BLUR = "blur"
    SOFT = "soft"
    SHARP = "sharp"
    GRAIN = "grain"
    VIGNETTE = "vignette"


ONE_WAY = frozenset(
    {Tone.GREY, Tone.SEPIA, Tone.INVERT, Tone.ENHANCE, Tone.BLUR, Tone.GRAIN, Tone.VIGNETTE}
)
"""What can be put on a picture but not be taken off it."""


class Medium(StrEnum):
    """What a picture can be redrawn as from its pixels; the value is how it is said."""

    LINES = "line art"
    PENCIL = "a pencil drawing"
    WASH = "watercolor"
    FLAT = "flat areas of colour"
    PRINT = "a screen print"
    HALFTONE = "halftone dots"
    PIXELS = "pixel art"


class Paint(NamedTuple):
    """A colour with the words it was asked for by."""

    name: str
    colour: Colour


class Axis(StrEnum):
    """How a picture is mirrored."""

    LEFT_RIGHT = "left to right"
    TOP_BOTTOM = "top to bottom"


class Fill(StrEnum):
    """What a border is made of where no colour is named."""

    WHITE = "white"
    EXTENDED = "extended"
    """The picture's own edge: its colour where that is even, else a blurred copy."""
    BLURRED = "blurred"


@dataclass(frozen=True)
class Adjust:
    """Turn a tone up (`amount` above 0) or down; 1 is plainly visible, 0.5 is "a bit"."""

    tone: Tone
    amount: float
    region: Region


@dataclass(frozen=True)
class Recolour:
    """Give a region another colour; its light and shade stay."""

    paint: Paint
    region: Region


@dataclass(frozen=True)
class Tint:
    """Shift a region towards a colour (`amount` above 0) or away from it."""

    paint: Paint
    amount: float
    region: Region


@dataclass(frozen=True)
class Duotone:
    """Map dark to light onto two or more colours."""

    paints: tuple[Paint, ...]
    region: Region


@dataclass(frozen=True)
class Swap:
    """Turn what has one colour into another colour."""

    source: Paint
    target: Paint
    region: Region


@dataclass(frozen=True)
class Backdrop:
    """Put the subject before a plain colour, or before nothing (None: transparent)."""

    paint: Paint | None


@dataclass(frozen=True)
class Crop:
    """Cut around the subject to width / height, None for the picture's own; `share` is kept."""

    ratio: float | None
    name: str
    share: float = 1.0


@dataclass(frozen=True)
class Restyle:
    """Redraw a region in another medium; `amount` below 1 leaves that much less of it."""

    medium: Medium
    amount: float
    region: Region


@dataclass(frozen=True)
class Flip:
    """Mirror the picture."""

    axis: Axis


@dataclass(frozen=True)
class Rotate:
    """Turn the picture clockwise by 90, 180 or 270 degrees."""

    degrees: int


@dataclass(frozen=True)
class Border:
    """Extend the canvas: by a share of the shorter side, or to a ratio of width to height."""

    paint: Paint | None
    fill: Fill
    share: float
    ratio: float | None = None
    name: str = ""


@dataclass(frozen=True)
class Lettering:
    """Set words on the picture."""

    text: str
    row: str = "bottom"
    """top, middle or bottom."""
    column: str = "middle"
    """left, middle or right."""
    paint: Paint | None = None
    size: float = 1.0
    face: str = ""
    """A name of `lettering.FACES`, or nothing for the engine's choice."""


Operation: TypeAlias = (
    Adjust
    | Recolour
    | Tint
    | Duotone
    | Swap
    | Restyle
    | Backdrop
    | Crop
    | Flip
    | Rotate
    | Border
    | Lettering
)
