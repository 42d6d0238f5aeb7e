"""Landmarks in their landscape: a lighthouse and its beams, a bridge from edge to edge."""

from random import Random

import pytest
from PIL import Image, ImageChops, ImageStat

from bot.studio.sketch import draw, land
from bot.studio.sketch import palette as palettes
from bot.studio.sketch.brief import read
from bot.studio.sketch.coast import lay_beams
from bot.studio.sketch.draft import Draft, make
from bot.studio.sketch.lexicon import nouns
from bot.studio.sketch.looks import look_for

LIGHTHOUSE = "Poster of a lighthouse at night, blurred background."
ASPECTS = [
    (320, 320), (256, 320), (320, 256), (240, 320), (320, 240), (213, 320), (320, 213),
    (180, 320), (320, 180), (420, 180), (160, 320),
]  # fmt: skip


def difference(a: Image.Image, b: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(a, b)).mean) / 3


@pytest.mark.parametrize("size", ASPECTS)
@pytest.mark.parametrize("hour", ["by day", "at dusk", "at night"])
def test_a_lighthouse_stands_whole_in_the_picture_at_every_aspect(
    hour: str, size: tuple[int, int]
) -> None:
    for seed in (1, 2):
        draft = Draft(
            read(f"a lighthouse {hour}", style="photo"), look_for("photo"),
            palettes.PALETTES["sea"], seed, size[0], size[1],
        )  # fmt: skip
        land.compose(draft)
        left, top, right, bottom = draft.obstacles[-1]
        assert 0 < left < right < size[0] and 0 < top < bottom < size[1]
        assert bottom - top > 0.3 * size[1]


@pytest.mark.parametrize("style", ["cinematic", "photo", "3d"])
def test_a_lit_poster_of_a_landscape_fills_the_sheet(style: str) -> None:
    image = draw(LIGHTHOUSE, style=style, width_px=180, height_px=320, seed=3)
    corners = [image.getpixel(at) for at in ((2, 2), (177, 2), (2, 317), (177, 317))]
    assert all(isinstance(pixel, tuple) and max(pixel) < 120 for pixel in corners)


def test_a_printed_poster_of_a_landscape_has_a_margin_of_paper() -> None:
    image = draw(LIGHTHOUSE, style="poster", width_px=180, height_px=320, seed=3)
    pixel = image.getpixel((4, 4))
    assert isinstance(pixel, tuple) and min(pixel) > 180


def test_beams_shine_after_dark_and_in_fog_only() -> None:
    for prompt, shines in (
        ("a lighthouse", False), ("a lighthouse in fog", True), ("a lighthouse at night", True)
    ):  # fmt: skip
        draft = Draft(
            read(prompt, style="photo"), look_for("photo"), palettes.PALETTES["sea"], 1, 128, 128
        )
        before = draft.image.copy()
        lay_beams(draft, Random(1), x=500, y=500)
        assert (difference(before, draft.image) > 0) is shines, prompt


def test_a_blurred_background_leaves_the_subject_sharp() -> None:
    drafts = [
        Draft(read(prompt, style="photo"), look_for("photo"), palettes.PALETTES["sea"], 1, 256, 256)
        for prompt in ("a lighthouse", "a lighthouse, blurred background")
    ]
    for draft in drafts:
        land.compose(draft)
    sharp, soft = (draft.image for draft in drafts)
    left, top, right, bottom = drafts[0].obstacles[-1]
    third, half = (right - left) // 3, (top + bottom) // 2
    tower = (left + third, half, right - third, bottom - 4)
    assert difference(sharp.crop(tower), soft.crop(tower)) < 0.1 * difference(sharp, soft)
    assert difference(sharp, soft) > 0.1


def test_a_bridge_runs_past_both_edges_of_a_scene_and_is_whole_in_a_mark() -> None:
    across = Draft(
        read("a bridge", style="photo"), look_for("photo"), palettes.PALETTES["sea"], 1, 320, 180
    )
    land.compose(across)
    left, _, right, _ = across.obstacles[-1]
    assert left == 0 and right == 320
    canvas = across.canvas()
    bridge = nouns()["bridge"]
    assert make(bridge, across.kit(canvas, "motif")).width < 1200
    assert make(bridge, across.kit(canvas)).width > 2000
