"""The words a reader finds in a message or view: text, blocks, labels, file titles."""

from collections.abc import Iterator
from typing import Any

from .wire import Json

_WORDS = frozenset({"text", "alt_text", "title", "alt_txt", "name", "fallback", "url"})
_SKIPPED = frozenset(
    {"bot_profile", "user", "team", "metadata", "private_metadata", "state", "block_id", "value"}
)


def visible_text(shown: Json) -> str:
    """Every word on it, one piece a line."""
    return "\n".join(dict.fromkeys(_words(shown)))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _words(item)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name in _SKIPPED:
                continue
            if isinstance(part, str):
                if name in _WORDS:
                    yield part
            else:
                yield from _words(part)
