"""What redrawing a picture in another medium does to its pixels."""

from itertools import combinations

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageStat

from bot.errors import Refused
from bot.studio.retouch import refusals, retouch
from bot.studio.retouch.instruction.vocabulary import MEDIA
from bot.studio.retouch.operations import Medium
from bot.studio.retouch.pixels.media import MOST_PIXELS, redrawn
from tests.bot.studio.retouching import inside, mean, outside, photograph, still_life

INKED = (Medium.LINES, Medium.PENCIL, Medium.HALFTONE)
"""Ink on paper: without any colour of the picture."""


def difference(one: Image.Image, other: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


def colours(image: Image.Image) -> int:
    return len(np.unique(np.asarray(image).reshape(-1, 3), axis=0))


@pytest.mark.parametrize("medium", Medium)
def test_every_medium_has_words_and_is_drawn_in_the_size_of_the_picture(medium: Medium) -> None:
    image, _ = photograph()
    edited = retouch(image, f"make it {MEDIA[medium].split('|')[0]}")
    assert edited.description == f"an edited picture: as {medium.value}"
    assert (edited.image.mode, edited.image.size) == ("RGB", image.size)
    assert difference(edited.image, image) > 3


def test_media_look_different_from_each_other() -> None:
    image, _ = photograph()
    drawn = {medium: redrawn(image, medium, 1.0, seed=0) for medium in Medium}
    for one, other in combinations(Medium, 2):
        assert difference(drawn[one], drawn[other]) > 3, (one, other)


@pytest.mark.parametrize("medium", INKED)
def test_ink_has_no_colour_and_stands_on_light_paper(medium: Medium) -> None:
    drawn = np.asarray(redrawn(still_life()[0], medium, 1.0, seed=0), dtype=np.float64)
    assert (drawn.max(axis=-1) - drawn.min(axis=-1)).max() < 14
    assert np.percentile(drawn, 95) > 235


def test_lines_are_drawn_along_the_outline_and_not_on_even_ground() -> None:
    image, mask = still_life()
    drawn = retouch(image, "as line art").image.convert("L")
    assert mean(drawn, outside(mask)).mean() > 245
    assert mean(drawn, inside(mask)).mean() > 225
    grown, shrunk = outside(mask, margin=4), inside(mask, margin=4)
    rim = ImageChops.invert(ImageChops.lighter(grown, shrunk))
    assert mean(drawn, rim).mean() < 215


@pytest.mark.parametrize(("medium", "most"), [(Medium.PIXELS, 28), (Medium.FLAT, 900)])
def test_few_colours_are_few(medium: Medium, most: int) -> None:
    """Flat areas have twelve colours, and what lies between two of them along their edges."""
    image, _ = photograph()
    assert colours(redrawn(image, medium, 1.0, seed=0)) <= most < colours(image)


def test_a_medium_for_the_background_leaves_the_subject_as_it_was() -> None:
    image, mask = still_life()
    edited = retouch(image, "make the background line art").image
    assert np.abs(mean(edited, inside(mask)) - mean(image, inside(mask))).max() < 2
    assert mean(edited, outside(mask)).mean() > 240


def test_a_bit_of_a_medium_is_less_than_all_of_it() -> None:
    image, _ = photograph()
    part, whole = (retouch(image, words).image for words in ("a bit of watercolor", "watercolor"))
    assert difference(part, image) < 0.6 * difference(whole, image)


def test_a_colour_asked_for_with_line_art_is_that_of_its_lines() -> None:
    image, _ = photograph()
    edited = np.asarray(retouch(image, "make it line art, the whole picture in blue").image)
    dark = edited[edited.sum(axis=-1) < 360].astype(np.float64)
    assert len(dark) and dark[:, 2].mean() > dark[:, 0].mean() + 12


def test_words_are_set_over_the_medium_and_not_redrawn() -> None:
    image, _ = photograph()
    edited = retouch(image, 'make it pixel art and add the text "SALE" at the top in white').image
    top = np.asarray(edited.crop((0, 0, image.width, 70)))
    assert (top.min(axis=-1) == 255).mean() > 0.02


@pytest.mark.parametrize("medium", Medium)
def test_variations_differ_and_each_is_the_same_every_time(medium: Medium) -> None:
    image, _ = photograph()
    pictures = [redrawn(image, medium, 1.0, seed=seed) for seed in range(4)]
    assert redrawn(image, medium, 1.0, seed=3).tobytes() == pictures[3].tobytes()
    for one, other in combinations(pictures, 2):
        assert difference(one, other) > 0.5


@pytest.mark.parametrize("medium", Medium)
@pytest.mark.parametrize("size", [(48, 48), (49, 613), (801, 53)])
def test_small_and_narrow_pictures_are_redrawn(medium: Medium, size: tuple[int, int]) -> None:
    image = still_life()[0].resize(size)
    assert redrawn(image, medium, 1.0, seed=1).size == size


def test_a_picture_too_small_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        retouch(Image.new("RGB", (47, 200)), "as line art")
    assert refused.value.reason == refusals.TOO_SMALL_TO_REDRAW


def test_a_large_picture_is_redrawn_at_most_at_four_megapixels() -> None:
    image = photograph()[0].resize((3600, 2400))
    assert image.width * image.height > MOST_PIXELS
    assert redrawn(image, Medium.PIXELS, 1.0, seed=0).size == (3600, 2400)


def test_transparency_is_kept() -> None:
    image, mask = still_life()
    image.putalpha(mask)
    edited = retouch(image, "watercolor").image
    assert edited.mode == "RGBA"
    assert edited.getchannel("A").tobytes() == mask.tobytes()
