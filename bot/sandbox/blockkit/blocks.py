"""Blocks, what may stand on which surface, and the checks over all blocks of one."""

from collections.abc import Callable
from typing import Any

from .elements import (
    actions_element,
    button,
    context_action,
    input_element,
    picture,
    section_accessory,
)
from .parts import http_url, public_image_url, slack_file, text
from .rich import rich_part
from .walk import Check, Path, Walk, anything, boolean, each, integer, one_of, shape, string, typed

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MOST_MARKDOWN = 12_000

_EVERYWHERE = frozenset(
    {
        "actions",
        "card",
        "context",
        "divider",
        "header",
        "image",
        "input",
        "rich_text",
        "section",
        "video",
    }
)
_WIDE = frozenset({"carousel", "container", "data_table", "data_visualization", "table"})
SURFACES: dict[str, frozenset[str]] = {
    "message": _EVERYWHERE | _WIDE | {"context_actions", "file", "markdown", "plan", "task_card"},
    "modal": _EVERYWHERE | {"alert"},
    "home": _EVERYWHERE | _WIDE,
}


def _block(
    kind: str,
    required: dict[str, Check] | None = None,
    optional: dict[str, Check] | None = None,
    *,
    exactly_one: tuple[str, ...] = (),
    at_least_one: tuple[str, ...] = (),
    also: Check | None = None,
) -> Check:
    return shape(
        {"type": one_of(kind), **(required or {})},
        {"block_id": string(255, shortest=1), **(optional or {})},
        exactly_one=exactly_one,
        at_least_one=at_least_one,
        also=also,
    )


def _context_part(value: Any, walk: Walk, path: Path) -> None:
    if isinstance(value, dict) and value.get("type") == "image":
        picture(value, walk, path)
    else:
        _short_text(value, walk, path)


def _is_input(value: Any, walk: Walk, path: Path) -> None:
    walk.inputs += 1


def _markdown(value: Any, walk: Walk, path: Path) -> None:
    walk.markdown_length += len(value["text"])
    if walk.markdown_length > MOST_MARKDOWN:
        walk.object_to(f"must be less than {MOST_MARKDOWN + 1} characters in total", path)


def _only_table(value: Any, walk: Walk, path: Path) -> None:
    walk.tables += 1
    if walk.tables > 1:
        walk.object_to("only one table is allowed", path)
    if any(len(row) != len(value["rows"][0]) for row in value["rows"]):
        walk.object_to("rows must have the same number of cells", (path, "rows"))


def _alone(value: Any, walk: Walk, path: Path) -> None:
    if value.get("status") == "pending":
        walk.object_to("pending is only allowed in a plan", (path, "status"))


def _child_block(value: Any, walk: Walk, path: Path) -> None:
    BLOCK(value, walk, path)


def _carousel_card(value: Any, walk: Walk, path: Path) -> None:
    _own_ids(_only_card, value, walk, path)


def _own_ids(check: Check, value: Any, walk: Walk, path: Path) -> None:
    """A block's action_ids are its own, its block_id no other block has."""
    outside, walk.action_ids = walk.action_ids, set()
    check(value, walk, path)
    walk.action_ids = outside
    block_id = value.get("block_id") if isinstance(value, dict) else None
    if isinstance(block_id, str):
        if block_id in walk.block_ids:
            walk.object_to(f"block_id already exists: {block_id}", (path, "block_id"))
        walk.block_ids.add(block_id)


_short_text = text(3000)
_rich_text = _block("rich_text", {"elements": each(rich_part, most=1000)})
_task: dict[str, Check] = {
    "details": anything,
    "output": anything,
    "sources": anything,
    "status": one_of("pending", "in_progress", "complete", "error"),
}
_task_fields: dict[str, Check] = {"task_id": string(255, shortest=1), "title": string(2000)}
_card = _block(
    "card",
    {},
    {
        "hero_image": picture,
        "icon": picture,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": each(button, least=1, most=3),
    },
    at_least_one=("hero_image", "title", "actions", "body"),
)
_raw_text = shape({"type": one_of("raw_text"), "text": string(3000, shortest=1)})
_cell = typed({"rich_text": _rich_text, "raw_text": _raw_text, "raw_number": anything})
_only_card = typed({"card": _card})

BLOCKS: dict[str, Check] = {
    "actions": _block("actions", {"elements": each(actions_element, least=1, most=25)}),
    "alert": _block(
        "alert",
        {"text": text(200)},
        {"level": one_of("default", "info", "warning", "error", "success")},
    ),
    "card": _card,
    "carousel": _block("carousel", {"elements": each(_carousel_card, least=1, most=10)}),
    "container": _block(
        "container",
        {"child_blocks": each(_child_block, least=1, most=10)},
        {
            "title": text(150, plain=True),
            "rich_text_title": anything,
            "subtitle": text(150),
            "icon": picture,
            "width": one_of("narrow", "standard", "wide", "full"),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
        },
    ),
    "context": _block("context", {"elements": each(_context_part, least=1, most=10)}),
    "context_actions": _block(
        "context_actions", {"elements": each(context_action, least=1, most=5)}
    ),
    "data_table": _block(
        "data_table",
        {
            "caption": string(255, shortest=1),
            "rows": each(each(_cell, least=1, most=20), least=2, most=201),
        },
        {"page_size": integer(1, 100), "row_header_column_index": integer(0)},
    ),
    "data_visualization": _block(
        "data_visualization", {"title": string(50, shortest=1)}, {"chart": anything}
    ),
    "divider": _block("divider"),
    "file": _block("file", {"external_id": string(255), "source": one_of("remote")}),
    "header": _block("header", {"text": text(150, plain=True)}, {"level": integer(1, 4)}),
    "image": _block(
        "image",
        {"alt_text": string(2000, shortest=1)},
        {"title": text(2000, plain=True), "image_url": public_image_url, "slack_file": slack_file},
        exactly_one=("image_url", "slack_file"),
    ),
    "input": _block(
        "input",
        {"label": text(2000, plain=True), "element": input_element},
        {"dispatch_action": boolean, "hint": text(2000, plain=True), "optional": boolean},
        also=_is_input,
    ),
    "markdown": _block("markdown", {"text": string(MOST_MARKDOWN, shortest=1)}, also=_markdown),
    "plan": _block("plan", {"title": string(2000)}, {"tasks": each(anything, most=50)}),
    "rich_text": _rich_text,
    "section": _block(
        "section",
        {},
        {
            "text": text(3000),
            "fields": each(text(2000), least=1, most=10),
            "accessory": section_accessory,
            "expand": boolean,
        },
        at_least_one=("text", "fields"),
    ),
    "table": _block(
        "table",
        {"rows": each(each(_cell, least=1, most=20), least=1, most=100)},
        {"column_settings": each(anything, most=20)},
        also=_only_table,
    ),
    "task_card": _block("task_card", dict(_task_fields), dict(_task), also=_alone),
    "video": _block(
        "video",
        {
            "alt_text": string(2000, shortest=1),
            "title": text(199, plain=True),
            "thumbnail_url": http_url(3000),
            "video_url": http_url(3000),
        },
        {
            "author_name": string(49),
            "description": text(200, plain=True),
            "provider_icon_url": http_url(2000),
            "provider_name": string(50),
            "title_url": http_url(2000),
        },
    ),
}


def BLOCK(value: Any, walk: Walk, path: Path) -> None:
    """One block, on the surface of the walk, with a block_id no other has."""
    _own_ids(_any_block, value, walk, path)
    kind = value.get("type") if isinstance(value, dict) else None
    if isinstance(kind, str) and kind in BLOCKS and kind not in SURFACES[walk.surface]:
        walk.object_to(f"unsupported type: {kind}", (path, "type"))


_any_block = typed(BLOCKS)


def check_blocks(
    blocks: Any, *, surface: str, usable_file: Callable[[str], bool], prefix: str = "blocks"
) -> Walk:
    """Walk over the blocks of a message, modal or Home; `errors` is empty when Slack takes them."""
    walk = Walk(surface, usable_file)
    path: Path = None
    for key in prefix.split("/"):
        path = (path, key)
    each(BLOCK, most=MOST_BLOCKS[surface])(blocks, walk, path)
    return walk
