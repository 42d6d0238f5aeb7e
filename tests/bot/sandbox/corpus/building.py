"""Small builders of blocks, for the lists beside them."""

from typing import Any

Json = dict[str, Any]
URL = "https://example.com/a.png"


def plain(text: str = "t") -> Json:
    return {"type": "plain_text", "text": text}


def rich(text: str = "x") -> Json:
    words = {"type": "text", "text": text}
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [words]}],
    }


def task(task_id: str | None = "t", **more: Any) -> Json:
    sound = {"type": "task_card", "task_id": task_id, "title": "T", "status": "complete"}
    return {name: part for name, part in (sound | more).items() if part is not None}


def plan(*tasks: Json, **more: Any) -> Json:
    return {"type": "plan", "title": "P", "tasks": list(tasks)} | more


def raw(text: str = "x") -> Json:
    return {"type": "raw_text", "text": text}


def number(value: Any = 1, text: str = "1") -> Json:
    return {"type": "raw_number", "value": value, "text": text}


def table(*rows: list[Json], **more: Any) -> Json:
    return {"type": "table", "rows": list(rows)} | more


def data_table(*rows: list[Json], **more: Any) -> Json:
    return {"type": "data_table", "caption": "C", "rows": list(rows)} | more


def pie(*segments: Json, **more: Any) -> Json:
    chart = {"type": "pie", "segments": list(segments)}
    return {"type": "data_visualization", "title": "V", "chart": chart} | more


def slice_of(label: str = "a", value: Any = 1) -> Json:
    return {"label": label, "value": value}


def bars(*series: Json, categories: list[str] | None = None, **axes: Any) -> Json:
    chart = {
        "type": "bar",
        "series": list(series),
        "axis_config": {"categories": categories or ["a", "b"]} | axes,
    }
    return {"type": "data_visualization", "title": "V", "chart": chart}


def series(name: str = "s", labels: str = "ab") -> Json:
    return {"name": name, "data": [slice_of(label) for label in labels]}


def card(**more: Any) -> Json:
    return {"type": "card", "title": plain()} | more


def container(*children: Json, **more: Any) -> Json:
    return {"type": "container", "title": plain(), "child_blocks": list(children)} | more


def feedback(**more: Any) -> Json:
    button = {"text": plain("Good"), "value": "good"}
    whole = {"type": "feedback_buttons", "positive_button": button, "negative_button": button}
    return {"type": "context_actions", "elements": [whole | more]}


def icon_button(**more: Any) -> Json:
    button = {"type": "icon_button", "icon": "trash", "text": plain("Remove")} | more
    return {"type": "context_actions", "elements": [button]}


DIVIDER = {"type": "divider"}
SOURCE = {"type": "url", "url": "https://example.com", "text": "Example"}
