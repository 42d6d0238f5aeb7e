"""How several takes on one thing differ: angles for scenes, marks, posters, patterns, as data."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.catalog import Task

_FLAGS = re.IGNORECASE
STYLES_TO_TRY = (
    "watercolor", "flat", "3d", "line-art", "photo", "illustration", "minimal", "cinematic",
)  # fmt: skip
"""Where different styles are asked for and not named."""


class Angle(NamedTuple):
    """One way to look at a thing."""

    title: str
    words: str
    sets_light: bool = False
    """Not for what has its light said already."""


_SCENES = (
    Angle("close-up", "close-up of one telling detail, shallow depth of field"),
    Angle("wide view", "wide view with the subject small in its surroundings"),
    Angle("from above", "seen straight from above, things laid out in order"),
    Angle("morning light", "low warm morning light, long soft shadows", True),
    Angle("at night", "night scene with one strong pool of light", True),
    Angle("from below", "seen from low down, the subject tall against the sky"),
    Angle("in motion", "in motion, one clear gesture frozen"),
    Angle("through a frame", "framed by a doorway or window in the foreground"),
    Angle("still life", "still life of a few related objects"),
    Angle("bright and airy", "bright airy scene in pale colours", True),
    Angle("bold colour", "one bold colour filling the background"),
    Angle("symmetry", "strictly symmetrical, centred composition"),
    Angle("diagonal", "strong diagonal composition"),
    Angle("reflections", "reflected in water or glass"),
    Angle("silhouette", "dark silhouette against a glowing background", True),
    Angle("layers", "layered planes from near to far"),
    Angle("after the rain", "wet surfaces after the rain, calm colours"),
    Angle("paper cut", "built from layers of cut paper"),
    Angle("miniature", "as a tiny model world"),
    Angle("empty space", "one small subject in a large empty space"),
)
_MARKS = (
    Angle("geometric", "built from circles and straight lines"),
    Angle("lettermark", "built around the initial letter"),
    Angle("hand-drawn", "drawn by hand with one loose brush stroke"),
    Angle("negative space", "with a second shape in its negative space"),
    Angle("badge", "set in a round badge"),
    Angle("single line", "drawn as one continuous line"),
    Angle("mascot", "as a friendly character"),
    Angle("stacked", "with stacked bold lettering"),
    Angle("outline", "as a thin even outline"),
    Angle("folded", "as a folded ribbon shape"),
    Angle("stencil", "with stencil cuts"),
    Angle("grid", "assembled from small squares"),
)
_POSTERS = (
    Angle("big type", "very large type filling the sheet"),
    Angle("one figure", "one large simple figure in the middle"),
    Angle("collage", "collage of torn paper and cut shapes"),
    Angle("geometric", "geometric shapes in two colours"),
    Angle("scene", "a wide scene seen from above"),
    Angle("close-up", "an extreme close-up of one object"),
    Angle("line drawing", "a single line drawing on a plain ground"),
    Angle("night", "glowing shapes on a dark ground", True),
    Angle("vintage", "worn print in faded colours"),
    Angle("repeat", "one motif repeated in a grid"),
    Angle("split", "split down the middle into two halves"),
    Angle("silhouette", "a bold silhouette against a bright sky", True),
)
_PATTERNS = (
    Angle("small and dense", "many small motifs close together"),
    Angle("large and open", "few large motifs with room between them"),
    Angle("stripes", "motifs arranged in stripes"),
    Angle("diagonal", "motifs arranged on diagonals"),
    Angle("scattered", "motifs loosely scattered"),
    Angle("grid", "motifs in a strict grid"),
    Angle("waves", "motifs along flowing waves"),
    Angle("tiles", "motifs inside square tiles"),
)
_BY_TASK: dict[Task, tuple[Angle, ...]] = {
    Task.LOGO: _MARKS,
    Task.POSTER: _POSTERS,
    Task.TYPOGRAPHY: _POSTERS,
    Task.PATTERN: _PATTERNS,
}
_COLOURS = ("warm colours", "cool colours", "black and white", "pastel colours")
"""What tells a second round of the same angles apart."""

_LIT = re.compile(
    r"\b(?:\w*light\w*|lit|sun\w*|dark|bright|neon|moody|night|dawn|dusk|morning|evening"
    r"|golden\s+hour|silhouette)\b",
    _FLAGS,
)


def angles(task: Task | None, said: str, *, number: int) -> Sequence[Angle]:
    """`number` angles that differ from each other and contradict nothing that was said."""
    is_lit = _LIT.search(said) is not None
    known = _BY_TASK.get(task, _SCENES) if task else _SCENES
    usable = [
        angle
        for angle in known
        if not (is_lit and angle.sets_light) and angle.title.lower() not in said.lower()
    ]
    chosen = []
    for at in range(number):
        angle, round_ = usable[at % len(usable)], at // len(usable)
        if round_:
            colour = _COLOURS[(round_ - 1) % len(_COLOURS)]
            angle = Angle(f"{angle.title}, {colour}", f"{angle.words}, {colour}")
        chosen.append(angle)
    return chosen
