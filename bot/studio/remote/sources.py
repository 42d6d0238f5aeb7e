"""A picture of the gallery in, one that a provider takes out: smaller or in another format."""

import asyncio
import io
from dataclasses import dataclass

from PIL import Image

from bot.errors import BadPicture, Refused
from bot.studio.picture import mime_type, open_picture, to_srgb
from bot.studio.provider import SourcePicture

_JPEG_QUALITY = 95
_SHRINKS = (1.0, 0.7, 0.5, 0.35, 0.25)
"""What the sides are multiplied by, one after the other, until the bytes are few enough."""


@dataclass(frozen=True)
class Limits:
    """What a provider takes."""

    max_pixels: int
    max_bytes: int
    min_side_px: int = 1
    max_side_px: int = 0
    """0 for any."""
    mimes: frozenset[str] = frozenset({"image/png", "image/jpeg", "image/webp"})


async def fitted(source: SourcePicture, limits: Limits, *, title: str) -> SourcePicture:
    """The picture untouched where the provider takes it, else made smaller, off the event loop.

    Raises: Refused, before anything is sent, for one that is too small or is none.
    """
    return await asyncio.to_thread(_fitted, source, limits, title)


def _fitted(source: SourcePicture, limits: Limits, title: str) -> SourcePicture:
    try:
        image = open_picture(source.data)
    except BadPicture as error:
        raise Refused(error.words, was_billed=False) from error
    if min(image.size) < limits.min_side_px:
        raise Refused(
            f"{title} takes pictures of at least {limits.min_side_px} pixels a side; "
            f"this one has {image.width} x {image.height}.",
            was_billed=False,
        )
    mime = mime_type(source.data)
    pixels = image.width * image.height
    ratio = (limits.max_pixels / pixels) ** 0.5
    if limits.max_side_px:
        ratio = min(ratio, limits.max_side_px / max(image.size))
    if ratio >= 1 and len(source.data) <= limits.max_bytes and mime in limits.mimes:
        return SourcePicture(data=source.data, mime=mime)
    image = _smaller(to_srgb(image), min(ratio, 1.0))
    if min(image.size) < limits.min_side_px or image.width * image.height > limits.max_pixels:
        raise Refused(f"The picture is too long and thin for {title}.", was_billed=False)
    for shrink in _SHRINKS:
        smaller = _smaller(image, shrink)
        if min(smaller.size) < limits.min_side_px:
            break
        encoded = _encoded(smaller, limits)
        if encoded is not None:
            return encoded
    raise Refused(f"The picture is too large for {title}.", was_billed=False)


def _smaller(image: Image.Image, ratio: float) -> Image.Image:
    if ratio == 1:
        return image
    size = (max(int(image.width * ratio), 1), max(int(image.height * ratio), 1))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encoded(image: Image.Image, limits: Limits) -> SourcePicture | None:
    """JPEG, PNG where something is transparent or no other is taken; None if it is too large."""
    forms = ["PNG", "JPEG"] if image.mode == "RGBA" else ["JPEG", "PNG"]
    for form in forms:
        mime = f"image/{form.lower()}"
        if mime not in limits.mimes or (form == "JPEG" and image.mode == "RGBA"):
            continue
        buffer = io.BytesIO()
        image.save(buffer, form, quality=_JPEG_QUALITY)
        if buffer.tell() <= limits.max_bytes:
            return SourcePicture(data=buffer.getvalue(), mime=mime)
    return None
