"""Holds Block Kit against Slack's limits, by slack_sdk and by slackblocks; JSON in, JSON out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import slackblocks
from slack_sdk.models.views import View

from blocks.message import MAX_TEXT_BYTES, Message, to_json, view_to_json
from bot.sandbox.blockkit.size import too_long

Json = dict[str, Any]

MAX_MESSAGE_BLOCKS = 50


def checked_message(shown: Message) -> list[Json]:
    """A message's blocks, after both libraries and our own rules have found nothing wrong.

    Raises: the library's error, or AssertionError.
    """
    json = to_json(shown.blocks)
    assert 0 < len(shown.text.encode()) <= MAX_TEXT_BYTES
    assert len(json) <= MAX_MESSAGE_BLOCKS
    assert not too_long(json), "Slack would say msg_blocks_too_long"
    slackblocks.Message(channel="C0DESIGN01", text=shown.text, blocks=[_block(b) for b in json])
    _check_ids(json)
    return json


def checked_view(view: View) -> Json:
    """A view, after the same.

    Raises: the library's error, or AssertionError.
    """
    json = view_to_json(view)
    rebuilt = [_block(block) for block in json["blocks"]]
    if json["type"] == "home":
        slackblocks.HomeTabView(blocks=rebuilt)
    else:
        slackblocks.ModalView(
            title=_text(json["title"]),
            submit=_text(json["submit"]) if "submit" in json else None,
            close=_text(json["close"]),
            private_metadata=json.get("private_metadata"),
            callback_id=json.get("callback_id"),
            blocks=rebuilt,
        )
    _check_ids(json["blocks"])
    return json


def texts(json: object) -> Iterator[Json]:
    """Every text object in there."""
    for node in nodes(json):
        if node.get("type") in ("plain_text", "mrkdwn"):
            yield node


def nodes(json: object) -> Iterator[Json]:
    """Every object in there."""
    if isinstance(json, dict):
        yield json
        for value in json.values():
            yield from nodes(value)
    elif isinstance(json, list):
        for value in json:
            yield from nodes(value)


def submitted(view: Json) -> Json:
    """The `view.state.values` of a form submitted as it was opened."""
    return {
        block["block_id"]: {block["element"]["action_id"]: _entry(block["element"])}
        for block in view["blocks"]
        if block["type"] == "input"
    }


def _entry(element: Json) -> Json:
    kind = element["type"]
    if kind in ("checkboxes", "multi_static_select"):
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind == "multi_users_select":
        return {"type": kind, "selected_users": element.get("initial_users", [])}
    if kind == "users_select":
        return {"type": kind, "selected_user": element.get("initial_user")}
    if kind == "conversations_select":
        return {"type": kind, "selected_conversation": element.get("initial_conversation")}
    if kind == "datepicker":
        return {"type": kind, "selected_date": element.get("initial_date")}
    if kind.endswith("_select") or kind == "radio_buttons":
        return {"type": kind, "selected_option": element.get("initial_option")}
    return {"type": kind, "value": element.get("initial_value")}


def _check_ids(blocks: Sequence[Json]) -> None:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(set(ids)) == len(ids), "a block id stands twice"
    for block in blocks:
        actions = [node["action_id"] for node in nodes(block) if "action_id" in node]
        assert len(set(actions)) == len(actions), "an action id stands twice in a block"
        primaries = [node for node in nodes(block) if node.get("style") == "primary"]
        assert len(primaries) <= 1


def _block(json: Json) -> slackblocks.Block:
    return _BLOCKS[json["type"]](json)


def _element(json: Json) -> slackblocks.Element:
    return _ELEMENTS[json["type"]](json)


def _fields(json: Json, *names: str) -> Json:
    return {name: json[name] for name in names if name in json}


def _text(json: Json) -> slackblocks.Text:
    if json["type"] == "plain_text":
        return slackblocks.PlainText(json["text"])
    return slackblocks.Markdown(json["text"])


def _option(json: Json) -> slackblocks.Option:
    description = _text(json["description"]) if "description" in json else None
    return slackblocks.Option(_text(json["text"]), json["value"], description)


def _menu(json: Json) -> Json:
    fields = _fields(json, "action_id", "min_query_length")
    if "options" in json:
        fields["options"] = [_option(entry) for entry in json["options"]]
        assert json.get("initial_option") in (None, *json["options"])
    if "initial_option" in json:
        fields["initial_option"] = _option(json["initial_option"])
    return {**fields, "placeholder": _text(json["placeholder"])}


def _several(json: Json) -> Json:
    fields = _fields(json, "action_id")
    fields["options"] = [_option(entry) for entry in json["options"]]
    chosen = json.get("initial_options", [])
    assert all(entry in json["options"] for entry in chosen)
    if chosen:
        fields["initial_options"] = [_option(entry) for entry in chosen]
    if "placeholder" in json:
        fields["placeholder"] = _text(json["placeholder"])
    return fields


def check_groups(groups: Sequence[Json]) -> None:
    """Holds the answer to an options request against the limits."""
    slackblocks.StaticSelectMenu(
        action_id="menu",
        placeholder="menu",
        option_groups=[
            slackblocks.OptionGroup(
                label=_text(group["label"]), options=[_option(o) for o in group["options"]]
            )
            for group in groups
        ],
    )


_BLOCKS: Mapping[str, Callable[[Json], slackblocks.Block]] = {
    "section": lambda json: slackblocks.SectionBlock(
        text=_text(json["text"]),
        accessory=_element(json["accessory"]) if "accessory" in json else None,
        **_fields(json, "block_id"),
    ),
    "context": lambda json: slackblocks.ContextBlock([_text(text) for text in json["elements"]]),
    "actions": lambda json: slackblocks.ActionsBlock([_element(e) for e in json["elements"]]),
    "header": lambda json: slackblocks.HeaderBlock(_text(json["text"])),
    "image": lambda json: slackblocks.ImageBlock(
        alt_text=json["alt_text"],
        slack_file=slackblocks.SlackFile(url=None, id=json["slack_file"]["id"]),
    ),
    "divider": lambda json: slackblocks.DividerBlock(),
    "input": lambda json: slackblocks.InputBlock(
        label=_text(json["label"]),
        element=_element(json["element"]),
        hint=_text(json["hint"]) if "hint" in json else None,
        **_fields(json, "block_id", "dispatch_action", "optional"),
    ),
}
_ELEMENTS: Mapping[str, Callable[[Json], slackblocks.Element]] = {
    "button": lambda json: slackblocks.Button(
        text=_text(json["text"]),
        **_fields(json, "action_id", "value", "style", "accessibility_label"),
    ),
    "overflow": lambda json: slackblocks.OverflowMenu(
        action_id=json["action_id"], options=[_option(entry) for entry in json["options"]]
    ),
    "static_select": lambda json: slackblocks.StaticSelectMenu(**_menu(json)),
    "external_select": lambda json: slackblocks.ExternalSelectMenu(**_menu(json)),
    "plain_text_input": lambda json: slackblocks.PlainTextInput(
        **_fields(json, "action_id", "initial_value", "multiline", "max_length")
    ),
    "number_input": lambda json: slackblocks.NumberInput(
        **_fields(
            json, "action_id", "initial_value", "is_decimal_allowed", "min_value", "max_value"
        )
    ),
    "image": lambda json: slackblocks.Image(
        alt_text=json["alt_text"],
        slack_file=slackblocks.SlackFile(url=None, id=json["slack_file"]["id"]),
    ),
    "multi_static_select": lambda json: slackblocks.StaticMultiSelectMenu(**_several(json)),
    "checkboxes": lambda json: slackblocks.CheckboxGroup(**_several(json)),
    "radio_buttons": lambda json: slackblocks.RadioButtonGroup(
        action_id=json["action_id"],
        options=[_option(entry) for entry in json["options"]],
        initial_option=_option(json["initial_option"]),
    ),
    "multi_users_select": lambda json: slackblocks.UserMultiSelectMenu(
        **_fields(json, "action_id", "initial_users", "max_selected_items"),
        placeholder=_text(json["placeholder"]),
    ),
    "users_select": lambda json: slackblocks.UserSelectMenu(
        **_fields(json, "action_id", "initial_user"), placeholder=_text(json["placeholder"])
    ),
    "conversations_select": lambda json: slackblocks.ConversationSelectMenu(
        **_fields(json, "action_id", "initial_conversation"),
        placeholder=_text(json["placeholder"]),
    ),
    "datepicker": lambda json: slackblocks.DatePicker(
        **_fields(json, "action_id", "initial_date"), placeholder=_text(json["placeholder"])
    ),
}
