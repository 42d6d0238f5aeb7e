"""A kit in, the light of its hour out: what stands out of doors is dimmer at dusk and by night."""

from dataclasses import replace

from bot.studio.sketch.colour import Colour, multiply
from bot.studio.sketch.kit import Kit
from bot.studio.sketch.light import Light, shade

_TINTS = {"dusk": Colour(0.9, 0.75, 0.76), "night": Colour(0.6, 0.66, 0.84)}


def dimmed(kit: Kit) -> bool:
    """Whether lamps are lit: at dusk and by night, never in a mark."""
    return kit.time != "day" and not kit.mark


def lit_by(kit: Kit) -> Light:
    """The kit's light, by night that of the moon, at dusk that of a low sun."""
    light = kit.light
    if light.tones or kit.mark:
        return light
    if kit.time == "night":
        return replace(
            light,
            key=Colour(0.84, 0.88, 1.0),
            sky=Colour(0.27, 0.31, 0.43),
            bounce=Colour(0.17, 0.18, 0.27),
            rim=Colour(0.7, 0.8, 1.0),
            rim_power=0.4,
            power=0.55,
        )
    if kit.time == "dusk":
        return replace(
            light,
            key=Colour(1.0, 0.7, 0.48),
            sky=Colour(0.42, 0.36, 0.5),
            bounce=Colour(0.34, 0.26, 0.32),
            rim=Colour(1.0, 0.66, 0.5),
        )
    return light


def tinted(kit: Kit, colour: Colour) -> Colour:
    """A surface as its hour shows it under flat shading; smooth shading has its own light."""
    if not kit.light.tones or kit.mark or kit.time == "day":
        return colour
    return multiply(colour, _TINTS[kit.time])


def seen(kit: Kit, colour: Colour) -> Colour:
    """What faces the viewer, a frame or a cloth, in the light of the hour."""
    if kit.mark or kit.time == "day":
        return colour
    return shade((-0.3, 0.1, 0.95), tinted(kit, colour), light=lit_by(kit), gloss=0)
