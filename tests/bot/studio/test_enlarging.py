"""The network and what surrounds it, in this process: nearer to the truth, no seams, no halo."""

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageDraw

from bot.errors import BadPicture
from bot.studio.picture import encode_png, open_picture
from bot.studio.sketch import draw
from bot.studio.upscale.enlarge import bled, encoded, enlarged
from bot.studio.upscale.limits import MAX_OUTPUT_PIXELS, enlarged_size
from bot.studio.upscale.network import Network, tile_count


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(threads=1)


def sketch(prompt: str, style: str, side_px: int) -> Image.Image:
    return draw(prompt, style=style, width_px=side_px, height_px=side_px, seed=7)


def levels(image: Image.Image) -> "np.ndarray[Any, np.dtype[np.int64]]":
    return np.asarray(image).astype(np.int64)


def psnr_db(image: Image.Image, truth: Image.Image) -> float:
    """Peak signal-to-noise ratio of two pictures of one size and mode; more is nearer."""
    error = float(np.square(levels(image) - levels(truth)).mean())
    return float(10 * np.log10(255**2 / error))


def made(data: bytes, network: Network, *, scale: int = 2) -> Image.Image:
    return enlarged(data, scale=scale, network=network, on_progress=lambda done, total: None)


def as_bytes(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize(
    ("prompt", "style"),
    [
        ("product photo of a ceramic coffee mug", "product"),
        ('a poster of a lighthouse, with "Night Tide"', "cinematic"),
        ("fox logo", "logo"),
    ],
)
def test_it_comes_nearer_to_the_original_than_any_interpolation(
    prompt: str, style: str, scale: int, network: Network
) -> None:
    truth = sketch(prompt, style, 384)
    small = truth.resize((384 // scale, 384 // scale), Image.Resampling.LANCZOS)
    interpolated = [
        psnr_db(small.resize(truth.size, method), truth)
        for method in (
            Image.Resampling.NEAREST,
            Image.Resampling.BICUBIC,
            Image.Resampling.LANCZOS,
        )
    ]

    result = made(encode_png(small), network, scale=scale)

    assert psnr_db(result, truth) > max(interpolated) + 0.5


def test_tiles_meet_without_a_seam(network: Network) -> None:
    picture = sketch("a poster of a lighthouse", "cinematic", 160).crop((0, 0, 150, 101))

    whole = network.doubled(picture, tile_px=150)
    tiled = network.doubled(picture, tile_px=32)

    # One level of 255, for the order in which the same numbers are added.
    assert np.abs(levels(whole) - levels(tiled)).max() <= 1


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize("size", [(1, 1), (1, 9), (13, 2), (129, 127)])
def test_odd_and_tiny_pictures_come_out_whole(
    size: tuple[int, int], scale: int, network: Network
) -> None:
    flat = Image.new("RGB", size, (200, 120, 40))

    result = made(encode_png(flat), network, scale=scale)

    assert result.size == (size[0] * scale, size[1] * scale)
    assert np.abs(levels(result) - (200, 120, 40)).max() <= 8


@pytest.mark.parametrize(
    ("mode", "colour", "result_mode", "result_colour"),
    [
        ("1", 1, "L", 255),
        ("L", 90, "L", 90),
        ("LA", (90, 128), "LA", (90, 128)),
        ("I;16", 90 * 256, "L", 90),
        ("RGB", (10, 120, 230), "RGB", (10, 120, 230)),
        ("RGBA", (10, 120, 230, 77), "RGBA", (10, 120, 230, 77)),
    ],
)
def test_grey_stays_grey_and_transparency_stays(
    mode: str, colour: Any, result_mode: str, result_colour: Any, network: Network
) -> None:
    result = made(as_bytes(Image.new(mode, (20, 12), colour)), network)

    assert result.mode == result_mode
    assert np.abs(levels(result) - result_colour).max() <= 4


def test_a_palette_with_a_transparent_entry_keeps_it(network: Network) -> None:
    picture = Image.new("P", (24, 24), 0)
    picture.putpalette([250, 0, 0, 0, 0, 250])
    picture.paste(1, (12, 0, 24, 24))

    result = made(as_bytes(picture, transparency=0), network)

    assert result.mode == "RGBA"
    assert levels(result)[24, 4, 3] == 0
    assert np.abs(levels(result)[24, 40] - (0, 0, 250, 255)).max() <= 4


def test_what_lies_under_transparency_does_not_darken_the_edge(network: Network) -> None:
    disc = Image.new("L", (192, 192))
    ImageDraw.Draw(disc).ellipse((40, 40, 151, 151), fill=255)
    alpha = disc.resize((48, 48), Image.Resampling.BOX)
    soft = Image.new("RGB", (48, 48), "black")
    soft.paste((240, 210, 60), mask=alpha.point(lambda opacity: 255 if opacity else 0))
    soft.putalpha(alpha)

    result = levels(made(as_bytes(soft), network))

    seen = result[result[..., 3] > 8]
    assert np.abs(seen[:, :3] - (240, 210, 60)).max() <= 6
    assert result[0, 0, 3] == 0
    assert result[48, 48, 3] == 255
    lanczos = alpha.resize((96, 96), Image.Resampling.LANCZOS)
    assert (result[..., 3] == levels(lanczos)).all()


def test_a_picture_of_which_nothing_is_seen_is_enlarged_too(network: Network) -> None:
    result = made(as_bytes(Image.new("RGBA", (9, 5), (200, 10, 10, 0))), network)

    assert result.size == (18, 10)
    assert levels(result)[..., 3].max() == 0


def test_colours_of_what_is_seen_are_left_alone_when_others_are_carried_on() -> None:
    layer = Image.new("RGBA", (7, 5), (0, 0, 0, 0))
    layer.putpixel((2, 3), (250, 100, 50, 255))

    assert set(bled(layer).get_flattened_data()) == {(250, 100, 50)}


def test_a_photo_on_its_side_with_a_profile_comes_upright_and_bare(network: Network) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = as_bytes(Image.new("RGB", (30, 20)), "JPEG", exif=exif, icc_profile=profile)

    again = open_picture(encoded(made(photo, network)))

    assert again.size == (40, 60)
    assert again.info == {}


def test_progress_counts_the_tiles_of_both_steps(network: Network) -> None:
    told: list[tuple[int, int]] = []

    enlarged(
        encode_png(Image.new("RGB", (100, 40))),
        scale=4,
        network=network,
        on_progress=lambda done, total: told.append((done, total)),
    )

    # 100 × 40 is one tile of 128; 200 × 80 is two.
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("size", "tiles"), [((1, 1), 1), ((128, 128), 1), ((129, 128), 2), ((300, 300), 9)]
)
def test_a_started_tile_is_a_tile(size: tuple[int, int], tiles: int) -> None:
    assert tile_count(*size) == tiles


@pytest.mark.parametrize(
    ("width_px", "height_px", "scale", "says"),
    [
        (2500, 2500, 2, None),  # 25 megapixels
        (2501, 2500, 2, "smaller picture"),
        (1250, 1250, 4, None),
        (1251, 1250, 4, "Twice its size is possible"),
        (4000, 3000, 4, "smaller picture"),
        (30_000, 1, 4, None),
    ],
)
def test_what_gets_too_large_is_refused_with_a_way_out(
    width_px: int, height_px: int, scale: int, says: str | None
) -> None:
    if says is None:
        width, height = enlarged_size(width_px, height_px, scale=scale)
        assert (width, height) == (width_px * scale, height_px * scale)
        assert width * height <= MAX_OUTPUT_PIXELS
    else:
        with pytest.raises(BadPicture, match=says):
            enlarged_size(width_px, height_px, scale=scale)


def test_no_tile_is_made_of_a_picture_that_gets_too_large(network: Network) -> None:
    told: list[int] = []
    large = encode_png(Image.new("L", (2600, 2600)))

    with pytest.raises(BadPicture, match="5,200 × 5,200"):
        enlarged(large, scale=2, network=network, on_progress=lambda done, _: told.append(done))

    assert told == []


def test_a_png_larger_than_the_studio_keeps_is_refused() -> None:
    with pytest.raises(BadPicture, match="smaller one"):
        encoded(Image.effect_noise((64, 64), 90), max_bytes=1_000)
