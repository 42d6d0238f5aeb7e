"""Pictures as people post them, made for a test."""

import io

from PIL import Image


def photo(
    *, width_px: int = 60, height_px: int = 40, kind: str = "JPEG", turned: bool = False
) -> bytes:
    """Encoded bytes of a picture with a bright corner, and with a place and a camera in it."""
    image = Image.new("RGB", (width_px, height_px), (30, 60, 90))
    image.paste((240, 200, 40), (0, 0, width_px // 3, height_px // 3))
    exif = Image.Exif()
    exif[0x010F] = "Camera maker"
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0)}
    if turned:
        exif[0x0112] = 6
    buffer = io.BytesIO()
    image.save(buffer, kind, exif=exif)
    return buffer.getvalue()
