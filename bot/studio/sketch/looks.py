"""A style id in, how to shade and finish a picture out."""

from dataclasses import dataclass, replace

from PIL import Image

from bot.studio.sketch import finish, stylise
from bot.studio.sketch.brief import Archetype
from bot.studio.sketch.colour import Colour, mix, parse
from bot.studio.sketch.light import Light
from bot.studio.sketch.palette import Palette


@dataclass(frozen=True)
class Look:
    """How a style is drawn."""

    tones: int = 0
    """0 for smooth shading, else the number of flat tones."""
    medium: str = ""
    """wash, ink, print or nothing."""
    dark: bool | None = None
    """Whether the palette must be dark; None leaves it to the prompt."""
    grain: float = 0.0
    vignette: float = 0.0
    bloom: float = 0.0
    filmic: float = 0.0
    plaster: float = 0.0
    glossy: bool = False
    everyday: bool = False
    """On a table rather than on a plinth, on a wall rather than by itself."""
    studio: bool = False
    """On a plinth or steps, never on a table."""
    spare: bool = False
    """A small subject in much space."""
    plain: bool = False
    """Even areas in the palette's own colours, without any detail."""
    speckle: float = 0.13
    """How dark the grain of a print is."""

    @property
    def light(self) -> Light:
        if self.glossy:
            return Light(
                key=Colour(1, 0.97, 0.93),
                sky=Colour(0.66, 0.66, 0.72),
                bounce=Colour(0.6, 0.54, 0.54),
                power=0.58,
                rim_power=0.35,
            )
        if self.dark:
            return Light(
                key=Colour(1.0, 0.84, 0.66),
                sky=Colour(0.3, 0.36, 0.46),
                bounce=Colour(0.22, 0.2, 0.22),
                power=0.85,
                rim=Colour(0.5, 0.75, 1.0),
                rim_power=0.6,
            )
        return Light(tones=self.tones)


LOOKS = {
    "photo": Look(everyday=True, grain=3.2, vignette=0.2, bloom=0.2, plaster=0.035),
    "product-photo": Look(studio=True, grain=1.7, vignette=0.14, bloom=0.16, plaster=0.03),
    "cinematic": Look(dark=True, grain=4.5, vignette=0.42, bloom=0.4, filmic=0.55, plaster=0.05),
    "illustration": Look(tones=3, medium="print", grain=2.5, vignette=0.06, speckle=0.3),
    "flat": Look(tones=2, plain=True),
    "line-art": Look(tones=2, medium="ink"),
    "watercolor": Look(tones=3, medium="wash", dark=False),
    "3d": Look(glossy=True, bloom=0.12, vignette=0.06),
    "minimal": Look(spare=True, grain=2.5, dark=False, plaster=0.02),
    "poster": Look(tones=3, medium="print", grain=3),
    "logo": Look(tones=2),
    "pattern": Look(tones=2, medium="print"),
}


def look_for(style: str) -> Look:
    """The look of a style; the illustration's for one that is not known."""
    return LOOKS.get(style, LOOKS["illustration"])


def modelled(image: Image.Image, look: Look, *, archetype: Archetype) -> Image.Image:
    """Before its surface: what is not drawn from solid things is given their depth, where asked."""
    if not look.glossy or archetype not in (Archetype.SCENE, Archetype.WORDS):
        return image
    if archetype is Archetype.SCENE:
        return stylise.miniature(stylise.relief(image, depth=1.1))
    return stylise.lit(stylise.relief(image, depth=2.6))


def surfaced(image: Image.Image, look: Look, *, palette: Palette, seed: int) -> Image.Image:
    """The medium: everything that must happen before type is set."""
    if look.medium == "wash":
        return finish.watercolour(image, seed=seed, paper=mix(palette.paper, parse("#fbf8f1"), 0.6))
    if look.medium == "ink":
        return finish.ink(
            image,
            paper=mix(palette.paper, parse("#fbf9f4"), 0.5),
            line=mix(palette.ink, parse("#1b1a1e"), 0.5),
        )
    if look.medium == "print":
        return finish.stipple(image, seed=seed, amount=look.speckle)
    if look.plaster:
        image = finish.plaster(image, seed=seed, amount=look.plaster)
    if look.bloom:
        image = finish.bloom(image, amount=look.bloom)
    if look.filmic:
        image = finish.grade(
            image, shadows=parse("#5f8791"), lights=parse("#a98468"), amount=look.filmic
        )
    return image


def closed(image: Image.Image, look: Look, *, seed: int) -> Image.Image:
    """The last layer, over the type as well: vignette and grain."""
    if look.vignette:
        image = finish.vignette(image, amount=look.vignette)
    if look.grain:
        image = finish.grain(image, seed=seed, amount=look.grain)
    return image


def without_shade(look: Look) -> Look:
    """The same look without vignette, bloom and plaster: for marks and plain grounds."""
    return replace(look, vignette=0.0, bloom=0.0, plaster=0.0)
