"""A picture from outside in, the same without anything but its pixels out."""

import io
from dataclasses import dataclass

from bot.studio.picture import encode_png, mime_type, open_picture, to_rgb

JPEG_QUALITY = 95
"""High enough that a photo that was saved once more cannot be told from the first."""


@dataclass(frozen=True)
class Cleaned:
    """Encoded bytes without metadata, upright."""

    data: bytes
    mime: str
    width_px: int
    height_px: int


def cleaned(data: bytes) -> Cleaned:
    """The picture upright, in sRGB, without place, camera, comment or anything else beside it.

    A photo stays a JPEG; everything else becomes a PNG, its transparency kept.

    Raises: BadPicture.
    """
    image = open_picture(data)
    is_photo = mime_type(data) == "image/jpeg"
    if is_photo:
        buffer = io.BytesIO()
        plain = to_rgb(image).copy()
        plain.info = {}
        plain.save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True, subsampling=0)
        encoded = buffer.getvalue()
    else:
        has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
        encoded = encode_png(image.convert("RGBA") if has_alpha else to_rgb(image))
    return Cleaned(
        data=encoded,
        mime="image/jpeg" if is_photo else "image/png",
        width_px=image.width,
        height_px=image.height,
    )
