"""Block elements: every one Slack has, with its fields and limits."""

import re
from typing import Any

from .agreement import initials_offered, lengths, line_counts, not_too_many, number_bounds
from .parts import (
    calendar_date,
    confirm,
    conversation_filter,
    dispatch_config,
    http_url,
    option,
    option_groups,
    options,
    overflow_option,
    plain_option,
    public_image_url,
    slack_file,
    text,
    workflow,
)
from .rich import rich_text
from .walk import Check, Path, Walk, boolean, each, integer, one_of, shape, string, typed

SECTION = frozenset(
    {
        "button",
        "channels_select",
        "checkboxes",
        "conversations_select",
        "datepicker",
        "external_select",
        "image",
        "multi_channels_select",
        "multi_conversations_select",
        "multi_external_select",
        "multi_static_select",
        "multi_users_select",
        "overflow",
        "radio_buttons",
        "static_select",
        "timepicker",
        "users_select",
        "workflow_button",
    }
)
ACTIONS = (SECTION - {"image"}) | {"datetimepicker", "rich_text_input"}
INPUT = frozenset(
    {
        "channels_select",
        "checkboxes",
        "conversations_select",
        "datepicker",
        "datetimepicker",
        "email_text_input",
        "external_select",
        "file_input",
        "multi_channels_select",
        "multi_conversations_select",
        "multi_external_select",
        "multi_static_select",
        "multi_users_select",
        "number_input",
        "plain_text_input",
        "radio_buttons",
        "rich_text_input",
        "static_select",
        "timepicker",
        "url_text_input",
        "users_select",
    }
)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def _noted(inner: Check) -> Check:
    """Beyond its own fields an element has an action_id of its own and at most one has focus."""

    def check(value: Any, walk: Walk, path: Path) -> None:
        inner(value, walk, path)
        action_id = value.get("action_id")
        if isinstance(action_id, str):
            if action_id in walk.action_ids:
                walk.object_to(f'"{action_id}" action_id already exists in this block', path)
            walk.action_ids.add(action_id)
        if value.get("focus_on_load") is True:
            walk.focused += 1
            if walk.focused == 2:
                walk.object_to("only one element may have focus_on_load", path)

    return check


def _element(
    kind: str,
    required: dict[str, Check] | None = None,
    optional: dict[str, Check] | None = None,
    *,
    exactly_one: tuple[str, ...] = (),
    at_least_one: tuple[str, ...] = (),
    also: Check | None = None,
) -> Check:
    fields: dict[str, Check] = {"action_id": string(255, shortest=1), **(optional or {})}
    checked = shape(
        {"type": one_of(kind), **(required or {})},
        fields,
        exactly_one=exactly_one,
        at_least_one=at_least_one,
        also=also,
    )
    return _noted(checked)


def _pattern(pattern: str, *, example: str) -> Check:
    compiled = re.compile(pattern, re.ASCII)

    def check(value: Any, walk: Walk, path: Path) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            walk.object_to(f"must be formatted as {example}", path)

    return check


_time = _pattern(r"([01]\d|2[0-3]):[0-5]\d", example="HH:mm")
_number = _pattern(_NUMBER.pattern, example="a number in a string")

_placeholder: dict[str, Check] = {"placeholder": text(150, plain=True)}
_confirm: dict[str, Check] = {"confirm": confirm}
_focus: dict[str, Check] = {"focus_on_load": boolean}
_menu = _placeholder | _confirm | _focus
_typing = _placeholder | _focus | {"dispatch_action_config": dispatch_config}
_several: dict[str, Check] = {"max_selected_items": integer(1)}
_responding: dict[str, Check] = {"response_url_enabled": boolean}
_filter: dict[str, Check] = {
    "filter": conversation_filter,
    "default_to_current_conversation": boolean,
}


def _static(value: Any, walk: Walk, path: Path) -> None:
    initials_offered(value, walk, path)
    not_too_many(value, walk, path)


_feedback = shape(
    {"text": text(75, plain=True), "value": string(2000, shortest=1)},
    {"accessibility_label": string(75)},
)
_id = string(255, shortest=1)
_ids = each(_id, most=100)
_plain_options = each(plain_option, most=100)

ELEMENTS: dict[str, Check] = {
    "button": _element(
        "button",
        {"text": text(75, plain=True)},
        _confirm
        | {
            "url": http_url(3000),
            "value": string(2000),
            "style": one_of("primary", "danger"),
            "accessibility_label": string(75),
            "agent_prompt": string(4000),
        },
    ),
    "channels_select": _element(
        "channels_select", {}, _menu | _responding | {"initial_channel": _id}
    ),
    "checkboxes": _element(
        "checkboxes",
        {"options": each(option, least=1, most=10)},
        _confirm | _focus | {"initial_options": each(option, least=1, most=10)},
        also=initials_offered,
    ),
    "conversations_select": _element(
        "conversations_select",
        {},
        _menu | _responding | _filter | {"initial_conversation": _id},
    ),
    "datepicker": _element("datepicker", {}, _menu | {"initial_date": calendar_date}),
    "datetimepicker": _element(
        "datetimepicker", {}, _confirm | _focus | {"initial_date_time": integer(10**9, 10**10 - 1)}
    ),
    "email_text_input": _element("email_text_input", {}, _typing | {"initial_value": string(3000)}),
    "external_select": _element(
        "external_select",
        {},
        _menu | {"initial_option": plain_option, "min_query_length": integer(0)},
    ),
    "feedback_buttons": _element(
        "feedback_buttons", {"positive_button": _feedback, "negative_button": _feedback}
    ),
    "file_input": _element(
        "file_input",
        {},
        {"filetypes": each(string(20, shortest=1), least=1, most=50), "max_files": integer(1, 10)},
    ),
    "icon_button": _element(
        "icon_button",
        {"icon": one_of("trash"), "text": text(75, plain=True)},
        _confirm
        | {
            "value": string(2000),
            "accessibility_label": string(75),
            "visible_to_user_ids": each(_id, least=1, most=10),
        },
    ),
    "image": shape(
        {"type": one_of("image"), "alt_text": string(2000, shortest=1)},
        {"image_url": public_image_url, "slack_file": slack_file},
        exactly_one=("image_url", "slack_file"),
    ),
    "multi_channels_select": _element(
        "multi_channels_select",
        {},
        _menu | _several | {"initial_channels": _ids},
        also=not_too_many,
    ),
    "multi_conversations_select": _element(
        "multi_conversations_select",
        {},
        _menu | _several | _filter | {"initial_conversations": _ids},
        also=not_too_many,
    ),
    "multi_external_select": _element(
        "multi_external_select",
        {},
        _menu | _several | {"initial_options": _plain_options, "min_query_length": integer(0)},
        also=not_too_many,
    ),
    "multi_static_select": _element(
        "multi_static_select",
        {},
        _menu
        | _several
        | {"options": options, "option_groups": option_groups, "initial_options": _plain_options},
        exactly_one=("options", "option_groups"),
        also=_static,
    ),
    "multi_users_select": _element(
        "multi_users_select", {}, _menu | _several | {"initial_users": _ids}, also=not_too_many
    ),
    "number_input": _element(
        "number_input",
        {"is_decimal_allowed": boolean},
        _typing | {"initial_value": _number, "min_value": _number, "max_value": _number},
        also=number_bounds,
    ),
    "overflow": _element(
        "overflow", {"options": each(overflow_option, least=1, most=5)}, dict(_confirm)
    ),
    "plain_text_input": _element(
        "plain_text_input",
        {},
        _typing
        | {
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        also=lengths,
    ),
    "radio_buttons": _element(
        "radio_buttons",
        {"options": each(option, least=1, most=10)},
        _confirm | _focus | {"initial_option": option},
        also=initials_offered,
    ),
    "rich_text_input": _element(
        "rich_text_input",
        {},
        _typing
        | {"initial_value": rich_text, "min_lines": integer(1, 100), "max_lines": integer(1, 100)},
        also=line_counts,
    ),
    "static_select": _element(
        "static_select",
        {},
        _menu
        | {"options": options, "option_groups": option_groups, "initial_option": plain_option},
        exactly_one=("options", "option_groups"),
        also=_static,
    ),
    "timepicker": _element(
        "timepicker", {}, _menu | {"initial_time": _time, "timezone": string(100)}
    ),
    "url_text_input": _element("url_text_input", {}, _typing | {"initial_value": string(3000)}),
    "users_select": _element("users_select", {}, _menu | {"initial_user": _id}),
    "workflow_button": _element(
        "workflow_button",
        {"text": text(75, plain=True), "workflow": workflow},
        {"style": one_of("primary", "danger"), "accessibility_label": string(75)},
    ),
}

section_accessory = typed(ELEMENTS, SECTION)
actions_element = typed(ELEMENTS, ACTIONS)
input_element = typed(ELEMENTS, INPUT)
context_action = typed(ELEMENTS, frozenset({"feedback_buttons", "icon_button"}))
picture = typed(ELEMENTS, frozenset({"image"}))
button = typed(ELEMENTS, frozenset({"button"}))
