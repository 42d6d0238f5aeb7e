"""What an edit does to the pixels of drawn pictures and of one like a photograph."""

import time
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from bot.errors import Refused
from bot.studio.retouch import refusals, retouch
from bot.studio.retouch.pixels.subject import find
from bot.studio.sketch import draw
from bot.studio.sketch.colour import Colour, contrast, to_oklch
from tests.bot.studio.retouching import inside, mean, outside, photograph, still_life

WARMER = "Edit the last image so the background is warmer, but keep the subject the same"


@cache
def drawn(prompt: str, style: str, *, seed: int = 4) -> Image.Image:
    return draw(prompt, style=style, width_px=384, height_px=384, seed=seed)


def hue(image: Image.Image, mask: Image.Image) -> float:
    """In degrees: about 30 is red, 110 yellow, 145 green, 255 blue."""
    return to_oklch(Colour(*(mean(image, mask) / 255)))[2]


def difference(one: Image.Image, other: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


def overlap(found: Image.Image, true: Image.Image) -> float:
    """Intersection over union of two masks."""
    a, b = np.asarray(found) > 127, np.asarray(true) > 127
    return float((a & b).sum() / (a | b).sum())


# --- the subject ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("picture", "least"), [(still_life(), 0.9), (photograph(), 0.85)])
def test_the_subject_is_found(picture: tuple[Image.Image, Image.Image], least: float) -> None:
    image, true = picture
    subject = find(image)
    assert subject.is_certain
    assert subject.mask.size == image.size
    assert overlap(subject.mask, true) > least


def test_a_cut_out_is_its_own_subject() -> None:
    image, mask = still_life()
    assert find(image, mask).mask is mask
    assert find(image, mask).certainty == 1.0


def test_nothing_certain_is_found_where_nothing_stands_out() -> None:
    assert not find(drawn("mountains at dawn", "photo")).is_likely
    assert not find(Image.new("RGB", (64, 64), (90, 120, 150))).is_likely
    noise = np.random.default_rng(3).integers(0, 255, (96, 96, 3), dtype=np.uint8)
    assert not find(Image.fromarray(noise)).is_likely


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (200, 3), (17, 9)])
def test_pictures_of_any_size_are_taken(size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, (120, 130, 140))
    assert retouch(image, "make the background warmer, blur it").image.size == size


# --- tone ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("picture", [still_life(), photograph()])
def test_a_warmer_background_leaves_the_subject_as_it_was(
    picture: tuple[Image.Image, Image.Image],
) -> None:
    image, mask = picture
    edited = retouch(image, WARMER).image
    before, after = mean(image, outside(mask)), mean(edited, outside(mask))
    assert (after[0] - after[2]) - (before[0] - before[2]) > 20
    assert np.abs(mean(edited, inside(mask)) - mean(image, inside(mask))).max() < 2


@pytest.mark.parametrize("style", ["product-photo", "illustration", "photo", "3d", "minimal"])
def test_a_warmer_background_shows_on_drawn_pictures(style: str) -> None:
    image = drawn("a red teapot", style)
    edited = retouch(image, WARMER).image
    subject = find(image)
    before, after = mean(image, subject.background), mean(edited, subject.background)
    assert (after[0] - after[2]) - (before[0] - before[2]) > 12
    assert np.abs(mean(edited, subject.mask) - mean(image, subject.mask)).max() < 3


def test_tones_go_the_way_they_are_said_to_go() -> None:
    image, _ = photograph()
    red, _, blue = mean(image)
    light = mean(image).mean()
    spread = float(np.asarray(image.convert("L")).std())

    def edited(instruction: str) -> Image.Image:
        return retouch(image, instruction).image

    assert mean(edited("warmer"))[0] - mean(edited("warmer"))[2] > red - blue + 20
    assert mean(edited("cooler"))[0] - mean(edited("cooler"))[2] < red - blue - 15
    assert mean(edited("brighter")).mean() > light + 12
    assert mean(edited("darker")).mean() < light - 12
    assert np.asarray(edited("more contrast").convert("L")).std() > spread * 1.1
    assert np.asarray(edited("less contrast").convert("L")).std() < spread * 0.8
    assert saturation(edited("more vivid")) > saturation(image) * 1.2
    assert saturation(edited("muted")) < saturation(image) * 0.75
    assert saturation(edited("black and white")) < 1
    assert sharpness(edited("sharper")) > sharpness(image) * 1.2
    assert sharpness(edited("blurry")) < sharpness(image) * 0.6
    assert difference(edited("faded"), image) > 4
    assert difference(edited("add grain"), image) > 2
    corner = (0, 0, 30, 30)
    dark = mean(edited("add a vignette").crop(corner)).mean()
    assert dark < 0.9 * mean(image.crop(corner)).mean()


def saturation(image: Image.Image) -> float:
    seen = np.asarray(image, dtype=np.float64)
    return float((seen.max(axis=-1) - seen.min(axis=-1)).mean())


def sharpness(image: Image.Image) -> float:
    return float(np.abs(np.diff(np.asarray(image.convert("L"), dtype=np.float64))).mean())


def test_a_bit_is_less_than_much() -> None:
    image, _ = still_life()
    changes = [
        difference(retouch(image, instruction).image, image)
        for instruction in ("a bit warmer", "warmer", "much warmer")
    ]
    assert changes[0] < 0.7 * changes[1]
    assert changes[1] < 0.8 * changes[2]


def test_a_white_ground_can_become_warmer_and_darker() -> None:
    image, mask = still_life(ground=(255, 255, 255))
    around = outside(mask)
    warm = mean(retouch(image, "warmer background").image, around)
    assert warm[0] - warm[2] > 15
    assert mean(retouch(image, "darker background").image, around).mean() < 235


# --- colour --------------------------------------------------------------------------------------


def test_blue_makes_the_subject_blue_and_nothing_else() -> None:
    image, mask = still_life()
    edited = retouch(image, "make the second one blue")
    assert 240 < hue(edited.image, inside(mask)) < 275
    assert np.abs(mean(edited.image, outside(mask)) - mean(image, outside(mask))).max() < 2
    assert edited.description == "an edited picture: the subject in blue"


def test_where_no_subject_stands_out_the_picture_becomes_blue() -> None:
    edited = retouch(drawn("mountains at dawn", "photo"), "make it blue")
    everywhere = Image.new("L", edited.image.size, 255)
    assert 235 < hue(edited.image, everywhere) < 290
    assert edited.description == "an edited picture: in blue"


@pytest.mark.parametrize(
    ("name", "low", "high"), [("red", 10, 45), ("green", 125, 165), ("#1144cc", 245, 280)]
)
def test_a_named_colour_is_what_the_subject_gets(name: str, low: float, high: float) -> None:
    image, mask = photograph()
    assert low < hue(retouch(image, f"make the subject {name}").image, inside(mask)) < high


def test_recolouring_keeps_light_and_shade() -> None:
    image, mask = still_life()
    edited = retouch(image, "turn the ball blue".replace("ball", "subject")).image
    inner = np.asarray(inside(mask)) > 250
    before = np.asarray(image.convert("L"), dtype=np.float64)[inner]
    after = np.asarray(edited.convert("L"), dtype=np.float64)[inner]
    assert np.corrcoef(before, after)[0, 1] > 0.9


def test_a_background_gets_its_colour() -> None:
    image, mask = still_life()
    edited = retouch(image, "make the background green").image
    assert 125 < hue(edited, outside(mask)) < 165
    assert np.abs(mean(edited, inside(mask)) - mean(image, inside(mask))).max() < 2


def test_one_colour_is_swapped_for_another() -> None:
    image, mask = still_life(ground=(60, 110, 60))
    edited = retouch(image, "change red to blue").image
    assert 240 < hue(edited, inside(mask)) < 275
    assert np.abs(mean(edited, outside(mask)) - mean(image, outside(mask))).max() < 2


def test_a_colour_that_is_not_there_cannot_be_swapped() -> None:
    image, _ = still_life()
    with pytest.raises(Refused) as refused:
        retouch(image, "change green to blue")
    assert refused.value.reason == refusals.no_such_colour("green")


def test_brand_colours_go_from_dark_to_light() -> None:
    edited = retouch(photograph()[0], "in brand colours #0a2540 and #ff7a59").image
    seen = np.asarray(edited).reshape(-1, 3)
    darkest, lightest = seen[seen.sum(axis=1).argmin()], seen[seen.sum(axis=1).argmax()]
    assert np.abs(darkest - (0x0A, 0x25, 0x40)).max() < 12
    assert lightest[0] > 230 > lightest[2]


# --- the background replaced ---------------------------------------------------------------------


def test_a_white_background_is_white_up_to_the_subject() -> None:
    image, mask = still_life()
    edited = retouch(image, "white background").image
    assert edited.mode == "RGB"
    assert np.asarray(edited)[np.asarray(outside(mask, margin=5)) > 250].min() > 250
    assert np.abs(mean(edited, inside(mask)) - mean(image, inside(mask))).max() < 3


def test_a_transparent_background_is_cut_along_the_subject() -> None:
    image, mask = still_life()
    edited = retouch(image, "remove the background").image
    assert edited.mode == "RGBA"
    assert overlap(edited.getchannel("A"), mask) > 0.9


@pytest.mark.parametrize("instruction", ["white background", "transparent background"])
def test_nothing_is_cut_out_where_the_subject_is_uncertain(instruction: str) -> None:
    with pytest.raises(Refused) as refused:
        retouch(drawn("mountains at dawn", "photo"), instruction)
    assert refused.value.reason == refusals.NO_SUBJECT_TO_CUT
    assert not refused.value.was_billed


def test_no_subject_is_recoloured_where_none_can_be_made_out() -> None:
    with pytest.raises(Refused) as refused:
        retouch(drawn("mountains at dawn", "photo"), "turn the subject red")
    assert refused.value.reason == refusals.NO_SUBJECT_TO_RECOLOUR


def test_a_blurred_background_does_not_blur_or_halo_the_subject() -> None:
    image, mask = still_life(ground=(30, 60, 90))
    pen = ImageDraw.Draw(image)
    for x in range(4, image.width, 16):
        pen.line((x, 4, x, 60), fill=(200, 210, 220), width=3)
    edited = retouch(image, "blur the background a lot").image
    top = (0, 0, image.width, 60)
    assert sharpness(edited.crop(top)) < 0.3 * sharpness(image.crop(top))
    assert difference(_kept(edited, inside(mask)), _kept(image, inside(mask))) < 0.5
    around = np.asarray(outside(mask, margin=2)) > 250
    assert np.asarray(edited)[around][:, 0].max() < 150, "no red of the ball beside it"


def _kept(image: Image.Image, mask: Image.Image) -> Image.Image:
    return Image.composite(image, Image.new("RGB", image.size), mask)


# --- the frame -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instruction", "size"),
    [
        ("crop to 16:9", (384, 216)),
        ("make it square", (256, 256)),
        ("crop to 4:5", (205, 256)),
        ("rotate it right", (256, 384)),
        ("flip it", (384, 256)),
        ("add a 10% border", (436, 308)),
        ("extend it to 1:1", (384, 384)),
        ("warmer", (384, 256)),
    ],
)
def test_the_size_is_the_source_unless_cut_or_extended(
    instruction: str, size: tuple[int, int]
) -> None:
    assert retouch(photograph()[0], instruction).image.size == size


def test_a_crop_keeps_the_subject() -> None:
    image, mask = still_life()
    wide = Image.new("RGB", (768, 256), (196, 200, 204))
    wide.paste(image, (512, 0))
    edited = retouch(wide, "make it square").image
    assert mean(edited.crop((90, 90, 170, 170)))[0] > 110 > mean(edited)[1] - 90
    assert difference(edited, image) < 12
    assert mask.size == edited.size


def test_turning_and_mirroring_move_every_pixel() -> None:
    image, _ = photograph()
    width, height = image.size
    assert retouch(image, "rotate it right").image.getpixel((0, 0)) == image.getpixel(
        (0, height - 1)
    )
    assert retouch(image, "flip it").image.getpixel((0, 0)) == image.getpixel((width - 1, 0))


def test_an_even_edge_goes_on_without_a_seam() -> None:
    image, _ = still_life()
    edited = retouch(image, "extend it to 2:1").image
    left, seam = edited.crop((0, 0, 60, 256)), edited.crop((130, 0, 160, 256))
    assert np.abs(mean(left) - mean(seam)).max() < 3


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "box"),
    [
        ("at the top", (0, 0, 256, 100)),
        ("at the bottom", (0, 156, 256, 256)),
        ("in the top left corner", (0, 0, 170, 100)),
    ],
)
def test_words_stand_where_they_are_asked_for(where: str, box: tuple[int, int, int, int]) -> None:
    image, _ = still_life()
    edited = retouch(image, f'add the text "SALE" {where}').image
    changed = ImageChops.difference(edited, image).convert("L").point(lambda level: level > 60)
    found = changed.getbbox()
    assert found is not None
    assert box[0] <= found[0] and box[1] <= found[1] and found[2] <= box[2] and found[3] <= box[3]
    assert found[2] - found[0] > 60


@pytest.mark.parametrize("ground", [(250, 250, 250), (10, 10, 14), (128, 128, 128)])
@pytest.mark.parametrize("colour", ["", " in white", " in yellow", " in #777777"])
def test_words_can_be_read_on_any_ground(ground: tuple[int, int, int], colour: str) -> None:
    image = Image.new("RGB", (320, 200), ground)
    edited = retouch(image, f'add the text "SALE" in the middle{colour}').image
    seen = np.asarray(edited.crop((60, 70, 260, 130))).reshape(-1, 3)
    colours, counts = np.unique(seen, axis=0, return_counts=True)
    common = [Colour(*(value / 255)) for value in colours[np.argsort(-counts)[:40]]]
    assert max(contrast(one, other) for one in common for other in common) >= 4.3


def test_words_that_do_not_fit_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        retouch(Image.new("RGB", (64, 24)), f'add the text "{"many words " * 10}"')
    assert refused.value.reason == refusals.TOO_LONG


# --- promises ------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "RGB"])
def test_pictures_of_any_mode_are_taken(mode: str) -> None:
    source = still_life()[0]
    image = (
        Image.fromarray(np.asarray(source.convert("L")).astype(np.uint16) * 257)
        if mode == "I;16"
        else source.convert(mode)
    )
    assert retouch(image, "make it warmer").image.mode in ("RGB", "RGBA")


@pytest.mark.parametrize("instruction", ["warmer", "flip it", "crop to 4:5", "make it blue"])
def test_transparency_is_kept(instruction: str) -> None:
    image, mask = still_life()
    image.putalpha(mask)
    edited = retouch(image, instruction).image
    assert edited.mode == "RGBA"
    assert edited.getchannel("A").histogram()[0] > 0.3 * edited.width * edited.height


def test_words_on_a_cut_out_are_opaque() -> None:
    image, mask = still_life()
    image.putalpha(mask)
    edited = retouch(image, 'add "SALE" at the top').image
    assert edited.getchannel("A").crop((0, 0, 256, 70)).getextrema() == (0, 255)


ALL = (
    'make the background warmer, the subject blue, crop to 4:5, add a vignette and the text "Hi", '
    "add a border"
)


def test_the_same_arguments_give_the_same_pixels() -> None:
    image, _ = photograph()
    assert (
        retouch(image, ALL, seed=2).image.tobytes() == retouch(image, ALL, seed=2).image.tobytes()
    )


def test_the_source_is_not_touched() -> None:
    image, _ = photograph()
    before = image.tobytes()
    retouch(image, ALL)
    assert image.tobytes() == before


@pytest.mark.parametrize(
    "instruction",
    ["background warmer", "make it blue", "black and white", "crop to 4:5", 'add "SALE"', "sepia"],
)
def test_variations_differ_visibly(instruction: str) -> None:
    image, _ = photograph()
    pictures = [retouch(image, instruction, seed=seed).image for seed in range(4)]
    for at, one in enumerate(pictures):
        for other in pictures[at + 1 :]:
            assert one.size != other.size or difference(one, other) > 0.5


def test_an_edit_of_a_megapixel_takes_less_than_a_second() -> None:
    image = still_life(side=1024)[0]
    retouch(image.resize((64, 64)), "make the background warmer")
    started = time.process_time()
    retouch(image, "make the background warmer and darker, blur it, keep the subject the same")
    assert time.process_time() - started < 1.5, "one second, and room for a busy machine"
