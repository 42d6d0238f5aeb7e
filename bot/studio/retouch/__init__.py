"""A picture and an instruction in, the edited picture out: by its pixels alone, without any model.

It changes tone, colour, background, medium and frame and adds words; all else is refused.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import Refused
from bot.studio.retouch.describe import summary
from bot.studio.retouch.instruction.read import read
from bot.studio.retouch.operations import Lettering
from bot.studio.retouch.variation import has_variations

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Retouched", "Verdict", "can_retouch", "retouch"]


@dataclass(frozen=True)
class Retouched:
    """An edited picture."""

    image: "Image"
    """RGB, or RGBA where some of it is transparent; the source's size unless cut or extended."""
    description: str
    """What was done, in a few words without a full stop, for the alt text."""


@dataclass(frozen=True)
class Verdict:
    """Whether an instruction can be carried out, as far as can be told without the picture."""

    reason: str
    """The sentence to refuse with; empty where it can."""
    summary: str
    """What would be done, such as `the background warmer`; empty where it cannot."""
    has_variations: bool
    """False where there is only one way to do it, so that more than one picture is pointless."""

    def __bool__(self) -> bool:
        return not self.reason


def can_retouch(instruction: str) -> Verdict:
    """Say before anything is approved whether an edit is certain to be refused; true if not."""
    try:
        operations = read(instruction)
        _check_glyphs([each.text for each in operations if isinstance(each, Lettering)])
    except Refused as refused:
        return Verdict(reason=refused.reason, summary="", has_variations=False)
    return Verdict(
        reason="",
        summary=summary(operations),
        has_variations=any(has_variations(operation) for operation in operations),
    )


def retouch(image: "Image", instruction: str, *, seed: int = 0) -> Retouched:
    """Edit a picture of any mode; the same arguments give the same pixels.

    Seed 0 is the plain edit; 1, 2, 3 … are visible steps away from it, in strength or hue.

    Raises: Refused, unbilled, with a sentence, for what cannot be done to pictures or to this one.
    """
    from bot.studio.picture import to_layers
    from bot.studio.retouch.pixels.apply import applied
    from bot.studio.retouch.pixels.frame import Layers

    operations = read(instruction)
    _check_glyphs([each.text for each in operations if isinstance(each, Lettering)])
    layers, done = applied(Layers(*to_layers(image)), operations, seed=seed)
    result = layers.rgb
    if layers.alpha is not None:
        result = result.copy()
        result.putalpha(layers.alpha)
    return Retouched(image=result, description=f"an edited picture: {summary(done)}")


def _check_glyphs(texts: list[str]) -> None:
    """Refuse words that no typeface here can set in full."""
    if not texts:
        return
    from bot.studio.retouch import refusals
    from bot.studio.sketch.lettering import readable

    for text in texts:
        shown, _ = readable(text, "sans-black")
        if [each for each in shown if each.isalnum()] != [each for each in text if each.isalnum()]:
            raise Refused(refusals.NO_GLYPHS, was_billed=False)
        if not shown:
            raise Refused(refusals.NO_GLYPHS, was_billed=False)
