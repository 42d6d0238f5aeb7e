"""Rich text: its four parts and what may stand in them."""

import re

from .parts import http_url
from .walk import Check, Path, Walk, anything, boolean, each, integer, one_of, shape, string, typed

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LINK = re.compile(r"(https?://|mailto:|slack://|tel:).+", re.DOTALL)

_style = shape(
    {},
    dict.fromkeys(
        (
            "bold",
            "code",
            "client_highlight",
            "highlight",
            "italic",
            "strike",
            "underline",
            "unlink",
        ),
        boolean,
    ),
)
_id = string(255, shortest=1)
_words = string(40_000, shortest=1)


def _leaf(kind: str, required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    return shape({"type": one_of(kind), **required}, {"style": _style, **(optional or {})})


def _matching(pattern: "re.Pattern[str]", what: str) -> Check:
    def check(value: object, walk: Walk, path: Path) -> None:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            walk.object_to(f"must be {what}", path)

    return check


_LEAVES: dict[str, Check] = {
    "broadcast": _leaf("broadcast", {"range": one_of("here", "channel", "everyone")}),
    "channel": _leaf("channel", {"channel_id": _id}),
    "color": _leaf("color", {"value": _matching(_COLOUR, "a color such as #F405B3")}),
    "date": _leaf(
        "date",
        {"timestamp": integer(0), "format": _words},
        {"url": http_url(3000), "fallback": _words},
    ),
    "emoji": _leaf("emoji", {"name": _id}, {"unicode": _id, "skin_tone": integer(1, 6)}),
    "link": _leaf(
        "link", {"url": _matching(_LINK, "a valid url")}, {"text": _words, "unsafe": boolean}
    ),
    "team": _leaf("team", {"team_id": _id}),
    "text": _leaf("text", {"text": _words}),
    "user": _leaf("user", {"user_id": _id}),
    "usergroup": _leaf("usergroup", {"usergroup_id": _id}),
}
"""What Slack's composer writes; the rarer kinds that only Slack itself makes pass unread."""

_RARE = (
    "attachment_mention",
    "canvas",
    "canvas_message_unfurl",
    "canvas_user_mention",
    "citation",
    "file",
    "list_record",
    "message_mention",
    "salesforce_data_field",
    "tag",
    "work_object_mention",
    "workflow_mention",
)
_border: dict[str, Check] = {"border": integer(0, 1)}
_leaves = each(typed(dict.fromkeys(_RARE, anything) | _LEAVES), most=1000)
_section = shape({"type": one_of("rich_text_section"), "elements": _leaves})

rich_part = typed(
    {
        "rich_text_section": _section,
        "rich_text_list": shape(
            {
                "type": one_of("rich_text_list"),
                "style": one_of("bullet", "ordered"),
                "elements": each(typed({"rich_text_section": _section}), most=1000),
            },
            {"indent": integer(0, 8), "offset": integer(0), **_border},
        ),
        "rich_text_quote": shape({"type": one_of("rich_text_quote"), "elements": _leaves}, _border),
        "rich_text_preformatted": shape(
            {"type": one_of("rich_text_preformatted"), "elements": _leaves},
            {"language": string(100), **_border},
        ),
    }
)

rich_text = shape(
    {"type": one_of("rich_text"), "elements": each(rich_part, most=1000)},
    {"block_id": string(255, shortest=1)},
)
