"""Blocks, what may stand on which surface, and the checks over all blocks of one."""

from collections.abc import Callable
from typing import Any

from .charts import chart, few_charts
from .elements import (
    actions_element,
    button,
    context_action,
    input_element,
    picture,
    section_accessory,
)
from .parts import http_url, public_image_url, slack_file, text
from .rich import rich_text
from .surfaces import ICONS, IN_CONTAINER, MOST_BLOCKS, SURFACES
from .tables import column_settings, data_rows, data_table, only_table, table_rows
from .tasks import distinct_tasks, task_card, tasks
from .walk import Check, Path, Walk, boolean, each, integer, one_of, shape, string, typed

MOST_MARKDOWN = 12_000


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


def _child_block(value: Any, walk: Walk, path: Path) -> None:
    BLOCK(value, walk, path)
    kind = value.get("type") if isinstance(value, dict) else None
    if isinstance(kind, str) and kind in BLOCKS and kind not in IN_CONTAINER:
        walk.object_to(f"unsupported type: {kind}", (path, "type"))


def _foldable(value: Any, walk: Walk, path: Path) -> None:
    folds = value.get("is_collapsible") is True
    if value.get("default_collapsed") and not folds:
        walk.object_to("default_collapsed needs is_collapsible", (path, "default_collapsed"))
    if value.get("has_header_divider") and folds:
        walk.object_to(
            "has_header_divider does not go with is_collapsible", (path, "has_header_divider")
        )


def _one_icon(value: Any, walk: Walk, path: Path) -> None:
    if value.get("icon") is not None and value.get("slack_icon") is not None:
        walk.object_to("must have no more than one of: icon, slack_icon", path)


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
_card = _block(
    "card",
    {},
    {
        "hero_image": picture,
        "icon": picture,
        "slack_icon": shape({"type": one_of("icon"), "name": one_of(*ICONS)}),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": each(button, least=1, most=3),
    },
    at_least_one=("hero_image", "title", "actions", "body"),
    also=_one_icon,
)
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
            "rich_text_title": rich_text,
            "subtitle": text(150),
            "icon": picture,
            "width": one_of("narrow", "standard", "wide", "full"),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        at_least_one=("title", "rich_text_title"),
        also=_foldable,
    ),
    "context": _block("context", {"elements": each(_context_part, least=1, most=10)}),
    "context_actions": _block(
        "context_actions", {"elements": each(context_action, least=1, most=5)}
    ),
    "data_table": _block(
        "data_table",
        {"caption": string(3000, shortest=1), "rows": data_rows},
        {"page_size": integer(1, 100), "row_header_column_index": integer(0)},
        also=data_table,
    ),
    "data_visualization": _block(
        "data_visualization", {"title": string(50, shortest=1), "chart": chart}, also=few_charts
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
    "plan": _block(
        "plan", {"title": string(3000, shortest=1), "tasks": tasks}, also=distinct_tasks
    ),
    "rich_text": rich_text,
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
        {"rows": table_rows},
        {"column_settings": column_settings},
        also=only_table,
    ),
    "task_card": task_card,
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
