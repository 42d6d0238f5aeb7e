"""JSON and ids as Slack writes them."""

import json
import random
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_random = random.Random()

dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def load(text: str) -> Any:
    """JSON that arrived; half a surrogate pair, which no text can hold, becomes a question mark.

    Raises: ValueError when it is not JSON.
    """
    value = json.loads(text)
    if "\\u" in text and r"\ud" in text.lower():
        value = json.loads(dump(value).encode("utf-8", "replace"))
    return value


def new_id(prefix: str, length: int = 10) -> str:
    """Such as `F0ABCDEF12`: the prefix and so many capitals and digits."""
    return f"{prefix}0{''.join(_random.choices(_LETTERS, k=length - 1))}"


def short_id() -> str:
    """What Slack gives a block or an element that came without an id."""
    return "".join(_random.choices(_BASE64, k=5))


def secret(prefix: str) -> str:
    """A token of the given kind, new each time."""
    return f"{prefix}-{''.join(_random.choices(_LETTERS + _LETTERS.lower(), k=24))}"


def new_hash(now: float) -> str:
    return f"{int(now)}.{''.join(_random.choices(_BASE64[:62], k=8))}"
