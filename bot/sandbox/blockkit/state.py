"""What people have chosen: ids filled in, initial state, values turned into state and actions."""

import re
from collections.abc import Iterator
from typing import Any

from ..errors import Refused
from ..wire import Json, short_id

_SINGLE = {
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
_MANY = {
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
}
_OPTION = frozenset({"static_select", "external_select", "radio_buttons"})
_OPTIONS = frozenset({"multi_static_select", "multi_external_select", "checkboxes"})
_SECONDS = re.compile(r"[0-9]{10}")
_TEXT = frozenset({"plain_text_input", "number_input", "email_text_input", "url_text_input"})
STATEFUL = (
    frozenset(_SINGLE)
    | frozenset(_MANY)
    | _OPTION
    | _OPTIONS
    | _TEXT
    | {
        "file_input",
        "rich_text_input",
    }
)


def complete(blocks: list[Json]) -> None:
    """Fill in, in place, what Slack fills in: block_ids, action_ids, `emoji` and `verbatim`."""
    for block in blocks:
        block.setdefault("block_id", short_id())
        for element in _parts(block):
            if element.get("type") not in ("image", "plain_text", "mrkdwn"):
                element.setdefault("action_id", short_id())
        _complete_texts(block)
        if block["type"] == "container":
            complete(block["child_blocks"])
        elif block["type"] == "carousel":
            complete(block["elements"])


def _complete_texts(value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            _complete_texts(item)
    elif isinstance(value, dict):
        kind = value.get("type")
        if kind == "plain_text":
            value.setdefault("emoji", True)
        elif kind == "mrkdwn":
            value.setdefault("verbatim", False)
        elif kind != "rich_text":
            for item in value.values():
                if isinstance(item, dict | list):
                    _complete_texts(item)


def _parts(block: Json) -> Iterator[Json]:
    kind = block.get("type")
    if kind in ("actions", "context_actions"):
        yield from block["elements"]
    elif kind == "card":
        yield from block.get("actions") or ()
    elif kind == "input":
        yield block["element"]
    elif kind == "section" and block.get("accessory"):
        yield block["accessory"]


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with its block."""
    for block in blocks:
        for element in _parts(block):
            if "action_id" in element:
                yield block, element
        if block.get("type") == "container":
            yield from elements(block["child_blocks"])
        elif block.get("type") == "carousel":
            yield from elements(block["elements"])


def find(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json]:
    """The block and element with these ids.

    Raises: Refused `action_not_found`.
    """
    for block, element in elements(blocks):
        if block["block_id"] == block_id and element["action_id"] == action_id:
            return block, element
    raise Refused("action_not_found", f"no element {block_id}/{action_id} here", status=404)


def initial_values(blocks: list[Json]) -> Json:
    """`state.values` of blocks nobody has touched."""
    values: Json = {}
    for block, element in elements(blocks):
        if element["type"] in STATEFUL:
            values.setdefault(block["block_id"], {})[element["action_id"]] = initial(element)
    return values


def kept_values(blocks: list[Json], old: Json) -> Json:
    """`state.values` after an update: what was typed stays where both ids and the type stay."""
    values = initial_values(blocks)
    for block_id, actions in values.items():
        for action_id, value in actions.items():
            before = old.get(block_id, {}).get(action_id)
            if before is not None and before["type"] == value["type"]:
                actions[action_id] = before
    return values


def initial(element: Json) -> Json:
    kind = element["type"]
    if kind in _SINGLE:
        name = _SINGLE[kind]
        return {"type": kind, name: element.get(name.replace("selected", "initial"))}
    if kind in _MANY:
        name = _MANY[kind]
        return {"type": kind, name: element.get(name.replace("selected", "initial")) or []}
    if kind in _OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in _OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    if kind == "file_input":
        return {"type": kind, "files": []}
    if kind == "rich_text_input":
        return {"type": kind, "rich_text_value": element.get("initial_value")}
    return {"type": kind, "value": element.get("initial_value")}


def chosen(element: Json, value: Any, *, offered: list[Json] | None = None) -> Json:
    """The state an element has once a person gave it `value`.

    Raises: Refused `invalid_value` if the client would not let them.
    """
    kind = element["type"]
    if kind in _OPTION:
        picked = None if value is None else _option(element, value, offered)
        return {"type": kind, "selected_option": picked}
    if kind in _OPTIONS:
        if value is None:
            value = []
        picked_all = [_option(element, v, offered) for v in _several(element, value)]
        return {"type": kind, "selected_options": picked_all}
    if kind in _SINGLE:
        if kind == "datetimepicker" and value is not None:
            if not _SECONDS.fullmatch(str(value)):
                raise Refused("invalid_value", "seconds since 1970 are expected", status=400)
            return {"type": kind, _SINGLE[kind]: int(value)}
        return {"type": kind, _SINGLE[kind]: None if value is None else _text(value)}
    if kind in _MANY:
        several = _several(element, value or [])
        return {"type": kind, _MANY[kind]: [_text(one) for one in several]}
    if kind == "file_input":
        return {"type": kind, "files": _list(value or [])}
    if kind == "rich_text_input":
        if value is not None and not _is_rich_text(value):
            raise Refused("invalid_value", "a rich_text block is expected", status=400)
        return {"type": kind, "rich_text_value": value}
    if kind in _TEXT:
        return {"type": kind, "value": None if value is None else _text(value) or None}
    raise Refused("invalid_value", f"a {kind} holds no value", status=400)


def acted(block: Json, element: Json, state: Json, *, at: str) -> Json:
    """The entry of `actions` for an element used by a person."""
    action: Json = {
        **state,
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": at,
    }
    for name in ("text", "value", "style", "placeholder", "url"):
        if name in element and name not in action:
            action[name] = element[name]
    for name, value in element.items():
        if name.startswith("initial_"):
            action[name] = value
    return action


def offered_in(element: Json) -> list[Json]:
    """The options an element carries itself."""
    options: list[Json] = list(element.get("options") or ())
    for group in element.get("option_groups") or ():
        options += group["options"]
    return options


def _option(element: Json, value: Any, offered: list[Json] | None) -> Json:
    options = offered_in(element) + (offered or [])
    options += [o for o in (element.get("initial_option"),) if o]
    options += element.get("initial_options") or []
    wanted = value.get("value") if isinstance(value, dict) else value
    for option in options:
        if option.get("value") == wanted:
            return option
    raise Refused("invalid_value", f"{wanted!r} is not among the options", status=400)


def overflow_choice(element: Json, value: Any) -> Json:
    return {"type": "overflow", "selected_option": _option(element, value, None)}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Refused("invalid_value", "text is expected", status=400)
    return value


def _is_rich_text(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("type") == "rich_text"
        and isinstance(value.get("elements"), list)
    )


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Refused("invalid_value", "a list is expected", status=400)
    return value


def _several(element: Json, value: Any) -> list[Any]:
    picked = _list(value)
    most = element.get("max_selected_items")
    if most and len(picked) > most:
        raise Refused("invalid_value", f"no more than {most} may be chosen", status=400)
    return picked
