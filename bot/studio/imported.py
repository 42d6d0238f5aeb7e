"""A picture that somebody brings goes in, a clean one comes out: upright, sRGB, without metadata.

Everything is decided before a pixel is decoded, and what comes out is encoded anew, so that nothing
of the original file but its pixels is kept.
"""

import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps

from bot.errors import BadPicture
from bot.studio.formats import kind_of, refuse_kind
from bot.studio.picture import MAX_BYTES, MAX_PIXELS, encode_png, in_srgb
from bot.studio.safety import Score, judge

MAX_SIDE_PX = 20_000
"""The longest side that is taken: thinner pictures are no pictures."""
JPEG_QUALITY = 95

_TAKEN = {"PNG": "PNG", "JPEG": "JPEG", "WebP": "WEBP", "GIF": "GIF"}
"""What is taken, by our name, with Pillow's."""
_AFTERMATH = "Nothing was charged."
_BROKEN = (
    struct.error,
    zlib.error,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    MemoryError,
    OverflowError,
)


@dataclass(frozen=True)
class Imported:
    """A picture as it is kept: a PNG or a JPEG."""

    data: bytes
    mime: str
    width_px: int
    height_px: int


def clean_import(
    data: bytes, *, most_bytes: int = MAX_BYTES, score: Score | None = None
) -> Imported:
    """Decode one PNG, JPEG, WebP or still GIF and encode it without anything but its pixels.

    A PNG, a GIF and a lossless or transparent WebP become PNG, everything else a JPEG of high
    quality. `score` stands in for the installed safety check, if any. Heavy: to be called off the
    event loop.

    Raises: BadPicture, whose sentence names the format and what to do; where the safety check is
        installed, for what it flags too.
    """
    try:
        imported = _clean(data, most_bytes)
        if judge(imported.data, score=score).is_flagged:
            raise BadPicture(
                "The safety check takes that picture for one that is not fit for work. "
                "If it is wrong, ask for the image in words instead."
            )
        return imported
    except BadPicture as error:
        raise BadPicture(f"{error.words} {_AFTERMATH}") from error


def _clean(data: bytes, most_bytes: int) -> Imported:
    if not data:
        raise BadPicture("That file is empty. Please send the picture again.")
    if len(data) > most_bytes:
        raise too_large(most_bytes)
    kind = kind_of(data)
    if kind is None or kind not in _TAKEN:
        raise refuse_kind(kind)
    try:
        with warnings.catch_warnings():
            # Of metadata that is broken, which is not kept; how large it is is looked at below.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=[_TAKEN[kind]]) as opened:
                _check(opened)
                opened.load()
                image = _upright(opened)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except _BROKEN as error:
        raise BadPicture(f"That {kind} is damaged or incomplete. Please send it again.") from error
    is_lossless = kind in ("PNG", "GIF") or (kind == "WebP" and data[12:16] == b"VP8L")
    return _encoded(_plain(image), most_bytes, is_lossless=is_lossless)


def too_large(most_bytes: int = MAX_BYTES) -> BadPicture:
    """The refusal of a picture with more bytes than are taken."""
    return BadPicture(
        f"That picture is larger than {most_bytes // 1_000_000} MB. Please send a smaller one."
    )


def _check(opened: Image.Image) -> None:
    """Raises: BadPicture for too many pixels or frames; nothing is decoded for it."""
    width, height = opened.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE_PX:
        raise _too_many_pixels()
    # An MPO is a photo with its preview or depth behind it: a still picture, whose first is meant.
    if opened.format != "MPO" and getattr(opened, "is_animated", False):
        raise BadPicture("That picture is animated. Please send a still one.")


def _too_many_pixels() -> BadPicture:
    return BadPicture(
        f"That picture has more than {MAX_PIXELS // 1_000_000} megapixels, or a side longer than "
        f"{MAX_SIDE_PX:,} pixels. Please send a smaller one."
    )


def _upright(image: Image.Image) -> Image.Image:
    """The picture turned as its EXIF says; where that cannot be read, as it lies."""
    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN:
        return image.copy()


def _plain(image: Image.Image) -> Image.Image:
    """L, RGB or RGBA in sRGB; an alpha channel that hides nothing is dropped."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda level: level / 256).convert("L")
        image.info.pop("transparency", None)  # a level of 16 bits, which fits none of 8
    has_alpha = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    profile = image.info.get("icc_profile")
    if has_alpha:
        image = image.convert("RGBA")
    elif image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    if isinstance(profile, bytes):
        image.info["icc_profile"] = profile
    image = in_srgb(image)
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    return image if image.mode in ("L", "RGB", "RGBA") else image.convert("RGB")


def _encoded(image: Image.Image, most_bytes: int, *, is_lossless: bool) -> Imported:
    image.info = {}  # else a profile or a comment would be written again
    data, mime = b"", "image/png"
    if is_lossless or image.mode == "RGBA":
        data = encode_png(image)
    if not data or (len(data) > most_bytes and image.mode != "RGBA"):
        data, mime = _jpeg(image), "image/jpeg"
    if len(data) > most_bytes:
        raise too_large(most_bytes)
    return Imported(data, mime, *image.size)


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    return buffer.getvalue()
