"""Bytes that must be taken, and bytes that must be refused with a sentence."""

import io
import struct
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from PIL import Image, ImageCms

from bot.errors import BadPicture
from bot.studio import picture
from bot.studio.picture import encode_png, open_picture, thumbnail, to_layers, to_rgb, to_srgb


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds almost nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "green")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:])


RED = Image.new("RGB", (64, 48), (200, 30, 30))
NOISY = Image.frombytes("RGB", (64, 64), Random(1).randbytes(64 * 64 * 3))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_three_formats_are_opened(kind: str) -> None:
    assert open_picture(encoded(RED, kind)).size == (64, 48)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: b"", "not a PNG"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG"),
        (lambda: encoded(RED, "GIF"), "not a PNG"),
        (lambda: encoded(RED, "BMP"), "not a PNG"),
        (lambda: encoded(RED, "TIFF"), "not a PNG"),
        (lambda: animated("PNG"), "animated"),
        (lambda: animated("WEBP"), "animated"),
        (lambda: encoded(NOISY, "PNG")[:-400], "damaged"),
        (lambda: encoded(NOISY, "JPEG")[:-300], "damaged"),
        (lambda: bomb(8_000, 7_000), "mega"),
        (lambda: bomb(60_000, 60_000), "mega"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(make: Callable[[], bytes], says: str) -> None:
    with pytest.raises(BadPicture) as refusal:
        open_picture(make())
    assert says in refusal.value.words
    assert refusal.value.words.endswith(".")


def test_too_many_bytes_are_refused_before_they_are_read() -> None:
    with pytest.raises(BadPicture, match="larger than"):
        open_picture(bytes(picture.MAX_BYTES + 1))


def test_a_picture_taken_sideways_comes_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert open_picture(encoded(RED, "JPEG", exif=exif)).size == (48, 64)


def test_transparency_shows_white() -> None:
    clear = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    assert to_rgb(clear).getpixel((1, 1)) == (255, 255, 255)
    palette = Image.new("P", (4, 4), 0)
    palette.info["transparency"] = 0
    assert to_rgb(palette).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "see_through", "seen"),
    [("RGB", (200, 10, 10), (200, 10, 11)), ("L", 90, 91), ("I;16", 90 * 256, 91 * 256)],
)
def test_one_colour_that_is_declared_transparent_is(mode: str, see_through: Any, seen: Any) -> None:
    keyed = Image.new(mode, (4, 4), see_through)
    keyed.putpixel((1, 1), seen)
    again = to_srgb(open_picture(encoded(keyed, "PNG", transparency=see_through)))
    assert again.mode == "RGBA"
    assert again.getchannel("A").getpixel((0, 0)) == 0
    assert again.getchannel("A").getpixel((1, 1)) == 255


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_mode_becomes_rgb(mode: str) -> None:
    assert to_rgb(Image.new(mode, (3, 3))).mode == "RGB"


def test_a_colour_profile_is_applied_and_a_broken_one_ignored() -> None:
    swapped = Image.new("RGB", (2, 2), (120, 130, 140))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped.info["icc_profile"] = profile
    r, g, b = to_rgb(swapped).getpixel((0, 0))  # type: ignore[misc]
    assert abs(r - 120) <= 1 and abs(g - 130) <= 1 and abs(b - 140) <= 1
    swapped.info["icc_profile"] = b"not a profile"
    assert to_rgb(swapped).getpixel((0, 0)) == (120, 130, 140)


def test_png_bytes_carry_no_metadata() -> None:
    image = RED.copy()
    image.info["Author"] = "someone"
    again = open_picture(encode_png(image))
    assert again.info == {}
    assert again.tobytes() == RED.tobytes()


@pytest.mark.parametrize("size", [(2000, 1000), (300, 900), (40, 40)])
def test_a_thumbnail_is_a_small_jpeg_of_the_same_shape(size: tuple[int, int]) -> None:
    small = Image.open(io.BytesIO(thumbnail(Image.new("RGBA", size, (10, 90, 90, 255)))))
    assert small.format == "JPEG"
    assert max(small.size) <= 320
    assert abs(small.width / small.height - size[0] / size[1]) < 0.02


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_transparency_comes_apart_from_the_colours_under_it(mode: str) -> None:
    cut_out = RED.convert("RGBA")
    cut_out.putalpha(Image.linear_gradient("L").resize(RED.size))
    image = cut_out.convert("LA") if mode == "LA" else cut_out
    if mode == "PA":
        image = RED.convert("P").convert("PA")
        image.putalpha(cut_out.getchannel("A"))

    rgb, alpha = to_layers(image)

    assert rgb.mode == "RGB"
    assert alpha is not None
    assert alpha.tobytes() == cut_out.getchannel("A").tobytes()
    red, green, _ = rgb.convert("RGB").getpixel((3, 3)) or (0, 0, 0)  # type: ignore[misc]
    assert (red > green) is (mode != "LA")


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "CMYK", "RGBA"])
def test_an_opaque_picture_has_no_second_layer(mode: str) -> None:
    rgb, alpha = to_layers(RED.convert(mode))

    assert (rgb.mode, alpha) == ("RGB", None)
