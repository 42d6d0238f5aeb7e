"""Bytes from outside in, a safe picture out, and pictures back to bytes: the one place for both."""

import io
import warnings

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from bot.errors import BadPicture

MAX_PIXELS = 50_000_000
"""The most pixels that are ever decoded."""
MAX_BYTES = 50_000_000
"""The most bytes that are ever looked at."""
FORMATS = ("PNG", "JPEG", "WEBP")
GROUND = (255, 255, 255)
"""What shows through where a picture is transparent."""

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def open_picture(data: bytes) -> Image.Image:
    """Decode one PNG, JPEG or WebP picture upright; its mode is as stored.

    Raises: BadPicture, with a sentence, for anything else: too large, broken, animated.
    """
    if len(data) > MAX_BYTES:
        raise BadPicture(f"That picture is larger than {MAX_BYTES // 1_000_000} MB.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            if getattr(image, "n_frames", 1) > 1:
                raise BadPicture("That picture is animated. Please send a still one.")
            image.load()
            return ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPicture(
            f"That picture has more than {MAX_PIXELS // 1_000_000} megapixels."
        ) from error
    except UnidentifiedImageError as error:
        raise BadPicture("That is not a PNG, JPEG or WebP picture.") from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise BadPicture("That picture is damaged or incomplete.") from error


def mime_type(data: bytes) -> str:
    """The media type of a picture that `open_picture` takes, such as `image/png`."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        return Image.MIME[image.format or "PNG"]


def to_rgb(image: Image.Image) -> Image.Image:
    """RGB in sRGB: an embedded colour profile is applied, transparency laid over white."""
    image = in_srgb(image)
    if image.mode == "RGB":
        return image
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, GROUND)
        ground.paste(layer, (0, 0), layer)
        return ground
    if image.mode.startswith("I;16"):
        image = image.point(lambda level: level / 256).convert("L")
    return image.convert("RGB")


def to_layers(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """RGB in sRGB as `to_rgb` gives it, but with transparency apart: L, None where all is opaque.

    Transparent pixels keep the colours that they are stored with.
    """
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    if not has_alpha:
        return to_rgb(image), None
    layer = image.convert("RGBA")
    alpha = layer.getchannel("A")
    opaque = layer.convert("RGB")
    opaque.info = {key: image.info[key] for key in ("icc_profile",) if key in image.info}
    return to_rgb(opaque), alpha if alpha.getextrema() != (255, 255) else None


def encode_png(image: Image.Image) -> bytes:
    """PNG bytes without any metadata."""
    buffer = io.BytesIO()
    clean = image.copy()
    clean.info = {}
    clean.save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()


def thumbnail(image: Image.Image, *, side_px: int = 320) -> bytes:
    """JPEG bytes of the picture with its longer side at most `side_px`."""
    small = to_rgb(image).copy()
    small.thumbnail((side_px, side_px), Image.Resampling.LANCZOS, reducing_gap=2.0)
    buffer = io.BytesIO()
    small.info = {}
    small.save(buffer, "JPEG", quality=85, optimize=True)
    return buffer.getvalue()


def in_srgb(image: Image.Image) -> Image.Image:
    """The picture with its embedded colour profile applied, RGB or RGBA; else as it is."""
    profile = image.info.get("icc_profile")
    if isinstance(profile, bytes) and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        return _to_srgb(image, profile)
    return image


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        return (
            ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=mode,
            )
            or image
        )
    except (ImageCms.PyCMSError, OSError):
        # A profile that cannot be read says nothing about the pixels: they are taken as sRGB.
        return image
