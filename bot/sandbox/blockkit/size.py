"""How much of a message its blocks take, as Slack counts before it says `msg_blocks_too_long`.

Slack publishes neither the number nor the way of counting. Measured by others: markdown alone is
refused from 13,298 characters on, with a divider beside it from 13,173 on, with many headers at
about a hundred characters less for each. So a block, or a part of rich text, counts as 125
characters beyond its text here.

Source: https://github.com/slackapi/bolt-js/issues/2509 (2025), issues/2867 (2026)
"""

from ..wire import Json
from .tables import texts

BLOCK_CHARACTERS = 125
MOST_CHARACTERS = 13_400


def too_long(blocks: list[Json]) -> bool:
    """Whether these blocks are more than one message holds."""
    return sum(map(_characters, blocks)) > MOST_CHARACTERS


def _characters(block: Json) -> int:
    parts = len(block["elements"]) if block["type"] == "rich_text" else 1
    inside = block.get("child_blocks", ()) if block["type"] == "container" else ()
    return BLOCK_CHARACTERS * (parts + len(inside)) + sum(map(len, texts(block)))
