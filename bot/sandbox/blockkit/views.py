"""Modals and Homes: their own fields, and the blocks in them."""

import json
from collections.abc import Callable
from typing import Any

from ..wire import Json
from .blocks import check_blocks
from .parts import text
from .walk import Path, Walk, anything, boolean, one_of, shape, string

MOST_VIEW_BYTES = 250_000

_TITLE = text(24, plain=True)
_MODAL = shape(
    {"type": one_of("modal"), "title": _TITLE, "blocks": anything},
    {
        "submit": _TITLE,
        "close": _TITLE,
        "private_metadata": string(3000),
        "callback_id": string(255),
        "external_id": string(255),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = shape(
    {"type": one_of("home"), "blocks": anything},
    {
        "private_metadata": string(3000),
        "callback_id": string(255),
        "external_id": string(255),
        "title": _TITLE,
        "submit": _TITLE,
        "close": _TITLE,
        "clear_on_close": boolean,
        "notify_on_close": boolean,
    },
)


def check_view(view: Any, *, surface: str, usable_file: Callable[[str], bool]) -> list[str]:
    """What Slack objects to in a view for this surface (modal or home)."""
    walk = Walk(surface, usable_file)
    root: Path = (None, "view")
    (_MODAL if surface == "modal" else _HOME)(view, walk, root)
    if not isinstance(view, dict) or "blocks" not in view:
        return walk.errors
    inside = check_blocks(
        view["blocks"], surface=surface, usable_file=usable_file, prefix="view/blocks"
    )
    if inside.inputs and surface == "modal" and not view.get("submit"):
        walk.object_to("missing required field: submit", root)
    return walk.errors + inside.errors


def too_large(view: Json) -> bool:
    return len(json.dumps(view, separators=(",", ":")).encode()) > MOST_VIEW_BYTES
