"""JSON and ids as Slack writes them."""

import json
import math
import random
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_random = random.Random()
MOST_NESTED = 100

dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def load(text: str) -> Any:
    """JSON that arrived; half a surrogate pair, which no text can hold, becomes a question mark.

    Raises: ValueError when it is not JSON: NaN and Infinity are none, nor numbers beyond what can
    be written, and nothing sensible is nested deeper than `MOST_NESTED`.
    """
    try:
        value = json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if text.count("[") + text.count("{") > MOST_NESTED and _is_deeper(value, MOST_NESTED):
        raise ValueError("nested too deeply")
    if "\\u" in text and r"\ud" in text.lower():
        value = json.loads(dump(value).encode("utf-8", "replace"))
    return value


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits} is too large")
    return number


def _is_deeper(value: Any, levels: int) -> bool:
    """Whether lists and objects lie within each other more than so many times."""
    level = [value]
    for _ in range(levels + 1):
        level = [
            part
            for whole in level
            if isinstance(whole, dict | list)
            for part in (whole.values() if isinstance(whole, dict) else whole)
        ]
        if not level:
            return False
    return True


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
