"""A text goes in; how many times larger a picture shall become comes out, and the rest."""

import re

_FLAGS = re.IGNORECASE
_TIMES: dict[str, int] = {
    "twice": 2,
    "double": 2,
    "two": 2,
    "three": 3,
    "triple": 3,
    "four": 4,
    "quadruple": 4,
}
_SCALE = re.compile(
    r"(?<![\w:])(?P<number>\d{1,2})\s?(?:[x×](?!\s?\d)|times\b|-?fold\b)"
    r"|(?<!\w)[x×]\s?(?P<after>\d{1,2})\b|\b(?P<word>two|three|four)\s+times\b"
    r"|\b(?P<verb>twice|double|triple|quadruple)\b|\b(?P<percent>\d{3})\s?%",
    _FLAGS,
)
_MOST = re.compile(
    r"\bas\s+(?:large|big|high)\s+as\s+(?:possible|you\s+can)|\bmax(?:imum)?\b"
    r"|\b(?:largest|biggest)\b",
    _FLAGS,
)
USUAL_SCALE = 2


def take_scale(text: str) -> tuple[int | None, str]:
    """The factor for each side that a text names ("x4", "four times", "400%")."""
    found = _SCALE.search(text)
    if not found:
        return None, text
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    if found["percent"]:
        return max(2, round(int(found["percent"]) / 100)), rest
    word = found["word"] or found["verb"]
    return _TIMES[word.lower()] if word else int(found["number"] or found["after"]), rest


def wants_most(text: str) -> bool:
    """Whether a picture shall become as large as possible."""
    return _MOST.search(text) is not None
