"""What every drawn object is given, and what it hands back."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bot.studio.sketch.colour import Colour
from bot.studio.sketch.light import Light, Material
from bot.studio.sketch.palette import Palette
from bot.studio.sketch.svg import Canvas


@dataclass(frozen=True)
class Kit:
    """Canvas, light and colours for drawing one object."""

    canvas: Canvas
    light: Light
    palette: Palette
    rng: Random
    steam: bool = True
    time: str = "day"
    """day, dusk or night."""
    across: bool = False
    """A long thing may run past both edges of the picture."""
    mark: bool = False
    """Two colours are all there are: the subject's and the paper's."""

    def colour(self, *natural: Colour) -> Colour:
        """The colour asked for by name, else one of the natural ones by seed."""
        choice = self.rng.choice(natural)
        return self.palette.subject or choice

    def material(self, base: Colour, *, gloss: float = 0.25, ridges: float = 0.0) -> Material:
        return Material(base, gloss=gloss, ridges=0 if self.light.tones else ridges)


@dataclass(frozen=True)
class Art:
    """An object standing on (0, 0), y down, in units of its own."""

    shapes: str
    left: float
    right: float
    height: float
    above: str = ""
    """Vapour or glow: laid over the object, casts no shadow."""
    floats: bool = False

    @property
    def width(self) -> float:
        return self.right - self.left


Maker = Callable[[Kit], Art]
