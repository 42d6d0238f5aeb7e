"""Pictures that people bring: what is kept of them, and what is refused, in a sentence."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFilter
from PIL.PngImagePlugin import PngInfo

from bot.errors import BadPicture
from bot.studio.formats import check_type, kind_of
from bot.studio.imported import Imported, clean_import
from bot.studio.picture import MAX_BYTES
from tests.bot.studio.test_picture import animated, bomb, encoded

RED = Image.new("RGB", (64, 48), (200, 30, 30))
NOISE = Image.frombytes("RGB", (64, 48), Random(1).randbytes(64 * 48 * 3))
SOFT = NOISE.filter(ImageFilter.GaussianBlur(4))
HALF = Image.merge("RGBA", [*NOISE.split(), Image.new("L", NOISE.size, 128)])


def opened(result: Imported) -> Image.Image:
    image = Image.open(io.BytesIO(result.data))
    image.load()
    assert Image.MIME[image.format or ""] == result.mime
    assert image.size == (result.width_px, result.height_px)
    return image


KEPT: list[tuple[str, bytes, str, str]] = [
    ("PNG", encoded(NOISE, "PNG"), "image/png", "RGB"),
    ("PNG with alpha", encoded(HALF, "PNG"), "image/png", "RGBA"),
    ("PNG, grey", encoded(NOISE.convert("L"), "PNG"), "image/png", "L"),
    ("PNG, grey with alpha", encoded(HALF.convert("LA"), "PNG"), "image/png", "RGBA"),
    ("PNG, one bit", encoded(NOISE.convert("1"), "PNG"), "image/png", "L"),
    ("PNG, 16 bit", encoded(Image.new("I;16", (9, 7), 40_000), "PNG"), "image/png", "L"),
    ("PNG, palette", encoded(NOISE.convert("P"), "PNG"), "image/png", "RGB"),
    (
        "PNG, palette, transparent",
        encoded(NOISE.quantize(16), "PNG", transparency=3),
        "image/png",
        "RGBA",
    ),
    ("PNG, 1x1", encoded(RED.resize((1, 1)), "PNG"), "image/png", "RGB"),
    ("JPEG", encoded(SOFT, "JPEG"), "image/jpeg", "RGB"),
    ("JPEG, progressive", encoded(SOFT, "JPEG", progressive=True), "image/jpeg", "RGB"),
    ("JPEG, CMYK", encoded(SOFT.convert("CMYK"), "JPEG"), "image/jpeg", "RGB"),
    ("JPEG, grey", encoded(SOFT.convert("L"), "JPEG"), "image/jpeg", "L"),
    (
        "MPO, a photo with its preview",
        encoded(SOFT, "MPO", save_all=True, append_images=[SOFT.resize((8, 6))]),
        "image/jpeg",
        "RGB",
    ),
    ("WebP", encoded(SOFT, "WEBP"), "image/jpeg", "RGB"),
    ("WebP, lossless", encoded(NOISE, "WEBP", lossless=True), "image/png", "RGB"),
    ("WebP with alpha", encoded(HALF, "WEBP"), "image/png", "RGBA"),
    ("GIF, still", encoded(NOISE, "GIF"), "image/png", "RGB"),
    (
        "GIF, transparent",
        encoded(NOISE.quantize(16), "GIF", transparency=3),
        "image/png",
        "RGBA",
    ),
]


@pytest.mark.parametrize(("name", "data", "mime", "mode"), KEPT, ids=[kept[0] for kept in KEPT])
def test_what_is_taken_becomes_a_png_or_a_jpeg(
    name: str, data: bytes, mime: str, mode: str
) -> None:
    result = clean_import(data)
    image = opened(result)
    assert (result.mime, image.mode) == (mime, mode)
    with Image.open(io.BytesIO(data)) as original:
        assert image.size == original.size
        if mime == "image/png" and "16" not in name:
            assert image.convert("RGBA").tobytes() == original.convert("RGBA").tobytes()


def test_a_jpeg_keeps_its_quality() -> None:
    image = opened(clean_import(encoded(SOFT, "JPEG", quality=97, subsampling=0)))
    pairs = zip(image.tobytes(), SOFT.tobytes(), strict=True)
    assert sum(abs(a - b) for a, b in pairs) / (64 * 48 * 3) < 1.5


def test_an_alpha_channel_that_hides_nothing_is_dropped() -> None:
    assert opened(clean_import(encoded(NOISE.convert("RGBA"), "PNG"))).mode == "RGB"


SECRET = b"SECRET-OF-ANA"


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    return exif.tobytes()


def _png_info() -> PngInfo:
    info = PngInfo()
    info.add_text("Author", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=False)
    info.add(b"prVt", SECRET)
    return info


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", SECRET)
    return buffer.getvalue()


TALKATIVE: list[tuple[str, bytes]] = [
    ("EXIF in a JPEG", encoded(RED, "JPEG", exif=_exif())),
    ("XMP in a JPEG", encoded(RED, "JPEG", xmp=SECRET)),
    ("a comment in a JPEG", encoded(RED, "JPEG", comment=SECRET)),
    ("text in a PNG", encoded(RED, "PNG", pnginfo=_png_info())),
    ("EXIF in a PNG", encoded(RED, "PNG", exif=_exif())),
    ("EXIF in a WebP", encoded(RED, "WEBP", exif=_exif(), xmp=SECRET)),
    ("a comment in a GIF", encoded(RED, "GIF", comment=SECRET)),
    ("an archive behind a JPEG", encoded(RED, "JPEG") + _zip()),
    ("a page behind a PNG", encoded(RED, "PNG") + b"<script>" + SECRET + b"</script>"),
    ("a script behind a GIF", encoded(RED, "GIF") + b"*/=1;" + SECRET),
    ("a profile's words", encoded(RED, "JPEG", icc_profile=SECRET * 20)),
]


@pytest.mark.parametrize(("name", "data"), TALKATIVE, ids=[one[0] for one in TALKATIVE])
def test_nothing_but_the_pixels_is_kept(name: str, data: bytes) -> None:
    assert SECRET in data
    result = clean_import(data)
    assert SECRET not in result.data
    image = opened(result)
    assert not {"exif", "xmp", "comment", "Author", "icc_profile", "XML:com.adobe.xmp"} & set(
        image.info
    )
    assert len(image.getexif()) == 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_sideways_comes_upright_and_stays_so(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    result = clean_import(encoded(RED, kind, exif=exif))
    assert (result.width_px, result.height_px) == (48, 64)
    again = clean_import(result.data)
    assert (again.width_px, again.height_px) == (48, 64)


def test_exif_that_cannot_be_read_is_no_hindrance() -> None:
    broken = encoded(RED, "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 40)
    assert clean_import(broken).width_px == 64


def test_a_colour_profile_is_applied() -> None:
    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    grey = Image.new("RGB", (2, 2), (120, 120, 120))
    plain = opened(clean_import(encoded(grey, "PNG"))).getpixel((0, 0))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = opened(clean_import(encoded(grey, "PNG", icc_profile=srgb)))
    assert plain == (120, 120, 120)
    assert all(abs(int(c) - 120) <= 1 for c in same.getpixel((0, 0)) or ())  # type: ignore[union-attr]
    assert opened(clean_import(encoded(grey, "PNG", icc_profile=wide))).mode == "RGB"


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + check


def text_bomb() -> bytes:
    """A small PNG with a text that unpacks to 200 MB."""
    png = encoded(RED, "PNG")
    packed = zlib.compress(b"\0" * 200_000_000, 9)
    return png[:33] + _chunk(b"zTXt", b"Comment\0\0" + packed) + png[33:]


def gif_bomb() -> bytes:
    """A GIF that claims 65535 x 65535."""
    data = bytearray(encoded(RED, "GIF"))
    data[6:10] = b"\xff\xff\xff\xff"
    return bytes(data)


def heic(brand: bytes) -> bytes:
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0" * 200


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("nothing", lambda: b"", "empty"),
    ("a PNG that claims too much", lambda: bomb(8_000, 7_000), "megapixels"),
    ("a PNG that claims far too much", lambda: bomb(60_000, 60_000), "megapixels"),
    ("a PNG that is a line", lambda: bomb(30_000, 10), "20,000 pixels"),
    ("a GIF that claims too much", gif_bomb, "megapixels"),
    ("a text that unpacks to 200 MB", text_bomb, "damaged"),
    ("an animated PNG", lambda: animated("PNG"), "animated"),
    ("an animated WebP", lambda: animated("WEBP"), "animated"),
    ("an animated GIF", lambda: animated("GIF"), "animated"),
    ("half a PNG", lambda: encoded(NOISE, "PNG")[:-400], "PNG is damaged"),
    ("half a JPEG", lambda: encoded(NOISE, "JPEG")[:-300], "JPEG is damaged"),
    ("half a WebP", lambda: encoded(NOISE, "WEBP")[:-300], "WebP is damaged"),
    ("the start of a PNG", lambda: b"\x89PNG\r\n\x1a\n", "PNG is damaged"),
    ("the start of a JPEG", lambda: b"\xff\xd8\xff\xe0", "JPEG is damaged"),
    ("a HEIC", lambda: heic(b"heic"), "HEIC, the format of some phones"),
    ("a HEIF", lambda: heic(b"mif1"), "HEIC"),
    ("an AVIF", lambda: heic(b"avif"), "an AVIF"),
    ("a film", lambda: heic(b"isom"), "not a still picture"),
    ("a TIFF", lambda: encoded(RED, "TIFF"), "TIFF"),
    ("a BMP", lambda: encoded(RED, "BMP"), "BMP"),
    ("an icon", lambda: encoded(RED, "ICO", bitmap_format="bmp"), "Windows icon"),
    ("a JPEG 2000", lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + b"\0" * 50, "JPEG 2000"),
    ("a PDF", lambda: b"%PDF-1.7\n", "PDF, a document"),
    ("an SVG", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG, a drawing"),
    ("an SVG with a preamble", lambda: b"\xef\xbb\xbf<?xml version='1.0'?>\n<svg/>", "SVG"),
    ("a page", lambda: b"\n<!DOCTYPE html><html>", "web page"),
    ("an archive", _zip, "ZIP"),
    ("a Photoshop file", lambda: b"8BPS\0\1", "Photoshop"),
    ("words", lambda: b"a letter to Ana", "not a picture"),
]


@pytest.mark.parametrize(
    ("name", "make", "says"), REFUSED, ids=[one[0].replace(" ", "_") for one in REFUSED]
)
def test_anything_else_is_refused_by_its_name(
    name: str, make: Callable[[], bytes], says: str
) -> None:
    with pytest.raises(BadPicture) as refusal:
        clean_import(make())
    assert says in refusal.value.words
    assert refusal.value.words.endswith(". Nothing was charged.")


def test_too_many_bytes_are_refused_before_they_are_read() -> None:
    with pytest.raises(BadPicture, match="larger than 50 MB"):
        clean_import(bytes(MAX_BYTES + 1))


def test_what_grows_too_large_without_loss_becomes_a_jpeg() -> None:
    small = encoded(NOISE.quantize(256), "PNG")
    as_png = len(clean_import(small).data)
    assert len(small) < as_png
    assert clean_import(small, most_bytes=as_png - 1).mime == "image/jpeg"
    with pytest.raises(BadPicture, match="larger than"):
        clean_import(encoded(HALF.quantize(256), "PNG"), most_bytes=len(small) + 500)


@given(
    st.sampled_from([data for _, data, _, _ in KEPT]),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6),
    st.integers(0, 200),
)
def test_bytes_that_were_changed_are_cleaned_or_refused_and_never_fail_otherwise(
    data: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    changed = bytearray(data[: len(data) - cut] or data)
    for at, value in changes:
        changed[at % len(changed)] = value
    try:
        opened(clean_import(bytes(changed)))
    except BadPicture as refusal:
        assert refusal.words.endswith("Nothing was charged.")


@pytest.mark.parametrize(
    ("mime", "says"),
    [
        ("image/heic", "HEIC"),
        ("image/svg+xml", "SVG"),
        ("application/pdf", "PDF"),
        ("video/mp4", "video"),
        ("application/vnd.slack-docs", "canvas"),
        ("text/plain", "not a picture"),
    ],
)
def test_a_type_that_is_not_taken_is_refused_before_the_bytes_come(mime: str, says: str) -> None:
    with pytest.raises(BadPicture, match=says):
        check_type(mime)


@pytest.mark.parametrize("mime", ["image/png", "image/gif", "", "application/octet-stream"])
def test_what_may_be_a_picture_is_looked_at(mime: str) -> None:
    check_type(mime)


def test_the_format_is_known_by_the_bytes_and_not_by_a_name() -> None:
    assert kind_of(encoded(RED, "JPEG")) == "JPEG"
    assert clean_import(encoded(RED, "JPEG")).mime == "image/jpeg"
