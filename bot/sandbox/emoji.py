"""The short names of the standard emoji, which every workspace has."""

import re
from functools import cache
from pathlib import Path

_TONED = re.compile(r"(?P<name>.+)::skin-tone-[2-6]")


def is_standard(name: str) -> bool:
    """Whether Slack knows this name, perhaps with a skin tone, without anybody having added it."""
    names = _names()
    toned = _TONED.fullmatch(name)
    return names.get(toned["name"], False) if toned else name in names


@cache
def _names() -> dict[str, bool]:
    """Each name, and whether it takes a skin tone."""
    lines = Path(__file__).with_name("emoji.txt").read_text("utf-8").splitlines()
    named = [line for line in lines if line and not line.startswith("#")]
    return {line.removesuffix("*"): line.endswith("*") for line in named}
