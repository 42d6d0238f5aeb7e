"""Blocks and views that Slack takes."""

from typing import Any

from tests.bot.sandbox.corpus.building import (
    DIVIDER,
    SOURCE,
    URL,
    Json,
    bars,
    card,
    container,
    data_table,
    feedback,
    icon_button,
    number,
    pie,
    plain,
    plan,
    raw,
    rich,
    series,
    slice_of,
    table,
    task,
)


def option(value: str = "v") -> Json:
    return {"text": plain("V"), "value": value, "description": plain("D")}


def element(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": kind} | more


def mrkdwn(text: str = "t") -> Json:
    return {"type": "mrkdwn", "text": text}


CONFIRM: Json = {
    "title": plain("T"),
    "text": mrkdwn(),
    "confirm": plain("Y"),
    "deny": plain("N"),
    "style": "danger",
}
IMAGE: Json = {"type": "image", "alt_text": "a", "image_url": URL}
MENU: Json = {"placeholder": plain("p"), "focus_on_load": True, "confirm": CONFIRM}

SELECTS: list[Json] = [
    element("static_select", options=[option()], initial_option=option(), **MENU),
    element(
        "multi_static_select",
        option_groups=[{"label": plain("L"), "options": [option()]}],
        max_selected_items=1,
        initial_options=[option()],
        **MENU,
    ),
    element("external_select", min_query_length=0, initial_option=option(), **MENU),
    element("multi_external_select", min_query_length=1, initial_options=[option()], **MENU),
    element("users_select", initial_user="U0ANA00001", **MENU),
    element("multi_users_select", initial_users=["U0ANA00001"], **MENU),
    element(
        "conversations_select",
        filter={"include": ["im"], "exclude_bot_users": True},
        response_url_enabled=True,
        **MENU,
    ),
    element("multi_conversations_select", default_to_current_conversation=True, **MENU),
    element("channels_select", initial_channel="C0DESIGN01", **MENU),
    element("multi_channels_select", initial_channels=["C0DESIGN01"], **MENU),
    element("datepicker", initial_date="2026-11-24", **MENU),
    element("timepicker", initial_time="23:59", timezone="Europe/Berlin", **MENU),
    element("checkboxes", options=[option()], initial_options=[option()], confirm=CONFIRM),
    element("radio_buttons", options=[option()], initial_option=option(), confirm=CONFIRM),
]
BUTTONS: list[Json] = [
    element("button", text=plain("B"), value="v", style="primary", confirm=CONFIRM),
    element("overflow", options=[option(), option("w") | {"url": URL}], confirm=CONFIRM),
    element(
        "workflow_button",
        text=plain("W"),
        workflow={
            "trigger": {
                "url": URL,
                "customizable_input_parameters": [{"name": "n", "value": "v"}],
            }
        },
    ),
    element("datetimepicker", initial_date_time=1_700_000_000),
]
TYPED: list[Json] = [
    element(
        "plain_text_input",
        multiline=True,
        min_length=1,
        max_length=3000,
        placeholder=plain("p"),
        dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]},
    ),
    element("email_text_input", initial_value="ana@example.com"),
    element("url_text_input", initial_value=URL),
    element("number_input", is_decimal_allowed=True, min_value="-1.5", max_value="2"),
    element("rich_text_input", initial_value=rich(), min_lines=1, max_lines=5),
    element("file_input", filetypes=["png"], max_files=10),
]


def in_input(one: Json) -> Json:
    return {
        "type": "input",
        "block_id": one["type"],
        "label": plain("L"),
        "hint": plain("H"),
        "element": {name: part for name, part in one.items() if name != "confirm"},
    }


CLASSIC: list[Json] = [
    {"type": "section", "block_id": "b", "text": mrkdwn(), "fields": [plain(), mrkdwn()]},
    *({"type": "section", "text": plain(), "accessory": one} for one in (*SELECTS, IMAGE)),
    {"type": "actions", "elements": [{**one, "focus_on_load": False} for one in SELECTS]},
    {"type": "actions", "elements": BUTTONS},
    {"type": "context", "elements": [plain(), mrkdwn(), IMAGE]},
    {"type": "header", "text": plain()},
    {"type": "divider"},
    {"type": "image", "alt_text": "a", "image_url": URL, "title": plain()},
    *(in_input(one) for one in (*TYPED, *SELECTS)),
    {"type": "file", "external_id": "x", "source": "remote"},
    {"type": "markdown", "text": "# x"},
    {
        "type": "video",
        "alt_text": "a",
        "title": plain(),
        "thumbnail_url": URL,
        "video_url": "https://example.com/v",
        "description": plain(),
        "author_name": "A",
        "provider_name": "P",
        "title_url": URL,
    },
    rich(),
]
NEWER: list[Json] = [
    task(details=rich(), output=rich(), sources=[SOURCE], block_id="b"),
    plan(task("a", status="pending"), task("b")),
    plan(),
    table([raw(), rich()], [number(), raw()], column_settings=[None, {"align": "right"}]),
    data_table([raw(), raw()], [number(), rich()], page_size=100, row_header_column_index=1),
    pie(slice_of(), slice_of("b", 0.5)),
    bars(series(), series("r", "ba"), x_label="x", y_label="y"),
    bars(*[series(f"s{n}", "a") for n in range(12)], categories=["a"]),
    card(slack_icon={"type": "icon", "name": "rocket"}, subtext=plain()),
    {"type": "carousel", "elements": [card() for _ in range(10)]},
    container(DIVIDER, is_collapsible=True, default_collapsed=True),
    container(DIVIDER, title=None, rich_text_title=rich(), has_header_divider=True),
    feedback(),
    icon_button(visible_to_user_ids=["U0ANA00001"]),
    {"type": "header", "text": plain(), "level": 2},
]
