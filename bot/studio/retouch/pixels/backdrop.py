"""A picture and its subject in, the subject before a plain colour or before nothing out."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from bot.studio.retouch.pixels.oklab import pixels
from bot.studio.retouch.pixels.subject import Subject, strips
from bot.studio.retouch.pixels.surfaces import fitted
from bot.studio.sketch.colour import Colour

_Pixels: TypeAlias = npt.NDArray[np.float32]
_SIDE_PX = 160
_BRIGHT = 0.3
"""A ground darker than this tells no shadows from the rest."""
_EVEN = 0.08
"""How far most of an even ground is at most from a smooth surface."""


def replaced(image: Image.Image, subject: Subject, colour: Colour) -> Image.Image:
    """RGB: the subject before the colour; the shadow it throws falls on the new ground too."""
    ground = _Ground(image, subject)
    result = Image.new("RGB", image.size)
    fresh = np.array(colour.bytes, dtype=np.float32) / np.float32(255)
    for box in strips(image.size):
        own, share = ground.parted(box)
        lit = fresh * ground.shadow(box)[..., None]
        mixed = own * share[..., None] + lit * (1 - share[..., None])
        result.paste(_picture(mixed), box[:2])
    return result


def removed(image: Image.Image, subject: Subject) -> tuple[Image.Image, Image.Image]:
    """RGB without traces of the old ground along the outline, and the alpha channel, L."""
    ground = _Ground(image, subject)
    result = Image.new("RGB", image.size)
    for box in strips(image.size):
        own, _ = ground.parted(box)
        result.paste(_picture(own), box[:2])
    return result, subject.mask


class _Ground:
    """The old ground as it would be without the subject: a smooth surface through what is seen."""

    def __init__(self, image: Image.Image, subject: Subject) -> None:
        self._image = image
        self._mask = subject.mask
        scale = _SIDE_PX / max(image.size)
        size = (max(8, round(image.width * scale)), max(8, round(image.height * scale)))
        small = pixels(image.resize(size, Image.Resampling.BOX))
        mask = np.asarray(subject.mask.resize(size, Image.Resampling.BOX), dtype=np.float64) / 255
        surface = fitted(small, mask < 0.1).clip(0.0, 1.0)
        self._surface = [
            Image.fromarray(surface[..., channel].astype(np.float32)) for channel in range(3)
        ]
        off = np.abs(small - surface).max(axis=-1)[mask < 0.1]
        is_even = off.size > 0 and float((off < _EVEN).mean()) > 0.85
        # A shadow lies near what throws it; further off, what is darker is something else.
        reach = max(2, round(0.12 * _SIDE_PX))
        near = Image.fromarray(np.where(mask > 0.5, 255, 0).astype(np.uint8))
        near = near.filter(ImageFilter.MaxFilter(reach | 1)).filter(ImageFilter.BoxBlur(reach))
        self._near = near
        self._tells_shadows = is_even and float(surface.mean()) > _BRIGHT

    def parted(self, box: tuple[int, int, int, int]) -> tuple[_Pixels, _Pixels]:
        """The subject's own colours, H x W x 3, and how much of each pixel is subject."""
        seen = np.asarray(self._image.crop(box), dtype=np.float32) / np.float32(255)
        share = np.asarray(self._mask.crop(box), dtype=np.float32) / np.float32(255)
        behind = self._behind(box)
        safe = np.maximum(share, np.float32(0.15))[..., None]
        own = ((seen - behind * (1 - share[..., None])) / safe).clip(0, 1)
        inside = (share > 0.97)[..., None]
        return np.where(inside, seen, own), share

    def shadow(self, box: tuple[int, int, int, int]) -> _Pixels:
        """How much darker than the even ground it is there, 0.35 to 1, H x W."""
        height, width = box[3] - box[1], box[2] - box[0]
        if not self._tells_shadows:
            return np.ones((height, width), dtype=np.float32)
        seen = np.asarray(self._image.crop(box), dtype=np.float32).sum(axis=-1)
        even = self._behind(box).sum(axis=-1) * np.float32(255)
        # What differs by a few levels is grain or a vignette, not a shadow.
        ratio = seen / np.maximum(even, np.float32(1)) + np.float32(0.09)
        down = self._near.height / self._image.height
        source = (0.0, box[1] * down, float(self._near.width), box[3] * down)
        near = self._near.resize((width, height), Image.Resampling.BILINEAR, box=source)
        share = np.asarray(near, dtype=np.float32) / np.float32(255)
        shadow: _Pixels = (1 - share * (1 - ratio.clip(0.35, 1))).astype(np.float32)
        return shadow

    def _behind(self, box: tuple[int, int, int, int]) -> _Pixels:
        size = (box[2] - box[0], box[3] - box[1])
        down = self._surface[0].height / self._image.height
        source = (0.0, box[1] * down, float(self._surface[0].width), box[3] * down)
        return np.stack(
            [
                np.asarray(layer.resize(size, Image.Resampling.BILINEAR, box=source))
                for layer in self._surface
            ],
            axis=-1,
        )


def _picture(values: _Pixels) -> Image.Image:
    return Image.fromarray(np.rint(values.clip(0, 1) * 255).astype(np.uint8))
