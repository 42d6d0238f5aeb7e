"""What a message is: the text a phone and a screen reader give, and the blocks for the rest."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

MAX_TEXT_BYTES = 4000
"""The longest `text` that `chat.update` takes, in UTF-8; over it: `msg_too_long`.

Slack's page says "characters" and means bytes.

Source: https://docs.slack.dev/reference/methods/chat.update (2026-11)
"""


MAX_BLOCKS = 50

MAX_WEIGHT = 10_500
"""Of all blocks of a message: Slack says `msg_blocks_too_long` somewhere above 13,000.

It publishes neither the number nor the way of counting; see `weight`.
"""
_BLOCK_WEIGHT = 125


class Message(NamedTuple):
    """Both are always sent: `text` carries the whole content, its first line the point."""

    text: str
    blocks: list[Block]


def message(lines: Iterable[str], blocks: Sequence[Block]) -> Message:
    """A message whose text is as many of the lines, from the first, as Slack takes."""
    kept: list[str] = []
    room = MAX_TEXT_BYTES + 1
    for line in lines:
        room -= len(line.encode()) + 1
        if room < 0:
            break
        kept.append(line)
    return Message("\n".join(kept), list(blocks))


def to_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """The blocks as Slack reads them.

    Raises: slack_sdk.errors.SlackObjectFormationError where one breaks a limit.
    """
    return [_plain(block) for block in blocks]


def weight(blocks: Iterable[Block]) -> int:
    """About how much of a message the blocks take: their texts, and a little for each block.

    Source: https://github.com/slackapi/bolt-js/issues/2509 (2025), measured by others
    """
    return sum(_BLOCK_WEIGHT + _text_chars(_plain(block)) for block in blocks)


def _text_chars(json: object) -> int:
    if isinstance(json, dict):
        return sum(
            len(part) if name in _TEXTS and isinstance(part, str) else _text_chars(part)
            for name, part in json.items()
        )
    if isinstance(json, list):
        return sum(map(_text_chars, json))
    return 0


_TEXTS = frozenset({"text", "alt_text", "accessibility_label"})


def _plain(value: Any) -> Any:
    """What `to_dict` gives, with each class's validators looked up once, not at every call."""
    if type(value) in (str, bool, int):
        return value
    if isinstance(value, JsonObject):
        if type(value).to_dict is not JsonObject.to_dict:
            return value.to_dict()
        for name in _validators(type(value)):
            getattr(value, name)()
        found = ((name, getattr(value, name, None)) for name in sorted(value.attributes))
        return {name: _plain(part) for name, part in found if part not in (None, "", [], ())}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


@lru_cache(maxsize=256)
def _validators(kind: type[JsonObject]) -> tuple[str, ...]:
    return tuple(name for name in dir(kind) if hasattr(getattr(kind, name, None), "validator"))


def view_to_json(view: View) -> dict[str, Any]:
    """The modal or Home as Slack reads it.

    Raises: slack_sdk.errors.SlackObjectFormationError where it breaks a limit.
    """
    json: dict[str, Any] = view.to_dict()
    return json
