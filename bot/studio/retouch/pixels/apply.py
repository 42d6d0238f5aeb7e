"""A picture and operations in, the edited picture out; the same each time."""

from dataclasses import replace
from functools import cached_property

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from bot.errors import Refused
from bot.studio.retouch import refusals, variation
from bot.studio.retouch.operations import (
    Adjust,
    Backdrop,
    Border,
    Crop,
    Duotone,
    Flip,
    Lettering,
    Operation,
    Recolour,
    Region,
    Restyle,
    Rotate,
    Swap,
    Tint,
    Tone,
)
from bot.studio.retouch.pixels import backdrop, caption, effects, frame, media, recolour, tone
from bot.studio.retouch.pixels.frame import Layers
from bot.studio.retouch.pixels.oklab import Array, Grade, pixels, table, to_oklab
from bot.studio.retouch.pixels.subject import Subject, find

_ORDER: tuple[tuple[type[Operation], ...], ...] = (
    (Restyle,),
    (Swap, Recolour, Duotone, Tint, Adjust),
    (Backdrop,),
    (Flip, Rotate, Crop),
    (Lettering,),
    (Border,),
)
_LAST_TONES = frozenset({Tone.VIGNETTE, Tone.GRAIN})
"""These lie over everything, and so come after the picture has been cut."""
_CUT = 3.5
"""After what cuts the picture, and before what is set on it."""
_EVERYWHERE = frozenset({Region.WHOLE, Region.IT})
_SAMPLE_PX = 96
_LEAST_SHARE = 0.004
"""Of a picture, below which a colour is not in it."""


def applied(
    layers: Layers, operations: tuple[Operation, ...], *, seed: int
) -> tuple[Layers, tuple[Operation, ...]]:
    """The edited picture, and the operations as they were carried out.

    Raises: Refused where this picture does not let one of them be done well.
    """
    work = _Work(layers, seed)
    done = [work.resolved(variation.varied(operation, seed)) for operation in operations]
    for operation in sorted(done, key=_place):
        work.do(operation)
    return work.layers, tuple(done)


def _place(operation: Operation) -> float:
    if isinstance(operation, Adjust) and operation.tone in _LAST_TONES:
        return _CUT if operation.region in _EVERYWHERE else 1.0
    return next(at for at, kinds in enumerate(_ORDER) if isinstance(operation, kinds))


class _Work:
    """A picture being edited, with what was found out about it as it was."""

    def __init__(self, layers: Layers, seed: int) -> None:
        self.layers = layers
        self._source = layers
        self._seed = seed
        self._turn = variation.turn_degrees(seed)

    @cached_property
    def _subject(self) -> Subject:
        return find(self._source.rgb, self._source.alpha)

    def resolved(self, operation: Operation) -> Operation:
        """The operation with "it" made out.

        Raises: Refused where it takes a subject that cannot be made out.
        """
        match operation:
            case Recolour(region=Region.IT) | Duotone(region=Region.IT):
                is_part = isinstance(operation, Recolour) and self._subject.is_certain
                return replace(operation, region=Region.SUBJECT if is_part else Region.WHOLE)
            case Recolour(region=Region.SUBJECT) if not self._subject.is_likely:
                raise Refused(refusals.NO_SUBJECT_TO_RECOLOUR, was_billed=False)
            case Backdrop() if not self._subject.is_certain:
                raise Refused(refusals.NO_SUBJECT_TO_CUT, was_billed=False)
        return operation

    def do(self, operation: Operation) -> None:
        """Carry one operation out.

        Raises: Refused where the picture does not let it.
        """
        match operation:
            case Adjust() if operation.tone in effects.EFFECTS:
                self._effect(operation)
            case Adjust() | Recolour() | Tint() | Duotone() | Swap():
                self._grade(operation)
            case Restyle(medium=medium, amount=amount, region=region):
                changed = media.redrawn(self.layers.rgb, medium, amount, seed=self._seed)
                self._lay(changed, self._mask(region))
            case Backdrop(paint=paint):
                if paint is None:
                    self.layers = Layers(*backdrop.removed(self.layers.rgb, self._subject))
                else:
                    rgb = backdrop.replaced(self.layers.rgb, self._subject, paint.colour)
                    self.layers = Layers(rgb, None)
            case Flip(axis=axis):
                self.layers = frame.flipped(self.layers, axis)
            case Rotate(degrees=degrees):
                self.layers = frame.rotated(self.layers, degrees)
            case Crop():
                self.layers = frame.cropped(self.layers, operation, about=self._about())
            case Lettering():
                self._letter(operation)
            case Border():
                self.layers = frame.bordered(self.layers, operation)

    def _about(self) -> Image.Image | None:
        """The subject's mask, while it still lies on the picture."""
        subject = self._subject
        is_there = subject.mask.size == self.layers.size and subject.certainty > 0.2
        return subject.mask if is_there else None

    def _letter(self, words: Lettering) -> None:
        rgb, alpha = self.layers
        if alpha is None:
            self.layers = Layers(caption.set_words(rgb, words)[0], None)
            return
        # A cut-out is mostly laid on white; its words are opaque wherever they stand.
        on_white = Image.composite(rgb, Image.new("RGB", rgb.size, (255, 255, 255)), alpha)
        lettered, ink = caption.set_words(on_white, words)
        self.layers = Layers(Image.composite(lettered, rgb, ink), ImageChops.lighter(alpha, ink))

    def _effect(self, adjust: Adjust) -> None:
        mask = self._mask(adjust.region)
        image = self.layers.rgb
        changed = effects.effect(image, adjust.tone, adjust.amount, seed=self._seed, mask=mask)
        self._lay(changed, mask)

    def _grade(self, operation: Adjust | Recolour | Tint | Duotone | Swap) -> None:
        mask = self._mask(operation.region)
        changed = self.layers.rgb.filter(table(self._graded(operation, self._sample(mask))))
        self._lay(changed, mask)

    def _graded(self, operation: Adjust | Recolour | Tint | Duotone | Swap, sample: Array) -> Grade:
        match operation:
            case Adjust(tone=kind, amount=amount):
                return tone.grade(kind, amount, sample=sample, turn_degrees=self._turn)
            case Tint(paint=paint, amount=amount):
                return tone.tint(paint, amount, turn_degrees=self._turn)
            case Recolour(paint=paint, region=Region.WHOLE):
                return recolour.wash(paint.colour, sample=sample)
            case Recolour(paint=paint, region=Region.BACKGROUND):
                return recolour.wash(paint.colour, sample=sample, depth=1.0)
            case Recolour(paint=paint):
                return recolour.recolour(paint.colour, sample=sample)
            case Duotone(paints=paints):
                colours = [paint.colour for paint in paints]
                return recolour.duotone(colours, sample=sample, turn=self._seed)
            case Swap(source=source, target=target):
                if recolour.likeness(sample, source.colour).mean() < _LEAST_SHARE:
                    raise Refused(refusals.no_such_colour(source.name), was_billed=False)
                return recolour.swap(source.colour, target.colour)

    def _lay(self, changed: Image.Image, mask: Image.Image | None) -> None:
        image = self.layers.rgb
        self.layers = self.layers._replace(
            rgb=changed if mask is None else Image.composite(changed, image, mask)
        )

    def _mask(self, region: Region) -> Image.Image | None:
        """Where a change applies, None for everywhere; vague where the subject is uncertain."""
        if region in _EVERYWHERE:
            return None
        subject = self._subject
        mask = subject.mask if region is Region.SUBJECT else subject.background
        if subject.is_certain:
            return mask
        soft = mask.reduce(4).filter(ImageFilter.GaussianBlur(max(2.0, min(mask.size) / 160)))
        return Image.blend(
            soft.resize(mask.size, Image.Resampling.BICUBIC), mask, subject.certainty
        )

    def _sample(self, mask: Image.Image | None) -> Array:
        """Colours of where a change applies, N x 3 OKLab."""
        size = (_SAMPLE_PX, _SAMPLE_PX)
        lab = to_oklab(pixels(self.layers.rgb.resize(size, Image.Resampling.BOX))).reshape(-1, 3)
        if mask is None:
            return lab
        inside = np.asarray(mask.resize(size, Image.Resampling.BOX)).ravel() > 127
        return lab[inside] if inside.sum() >= 16 else lab
