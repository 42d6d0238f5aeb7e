"""Composition objects: text, options, confirm dialogs, images' sources, filters."""

import ipaddress
import re
from datetime import date
from typing import Any

from ..links import host_of
from .walk import Check, Path, Walk, boolean, each, one_of, shape, string

_HTTP = re.compile(r"https?:", re.IGNORECASE)
FILE_ID = re.compile(r"F[A-Z0-9]{8,}")


def text(longest: int, *, plain: bool = False, shortest: int = 1) -> Check:
    """A text object; `plain` allows plain_text alone."""
    length = string(longest, shortest=shortest)

    def check(value: Any, walk: Walk, path: Path) -> None:
        if not isinstance(value, dict):
            walk.object_to("must be an object", path)
            return
        kind = value.get("type")
        if kind != "plain_text" and (plain or kind != "mrkdwn"):
            walk.object_to(
                "must be plain_text" if plain else f"unsupported type: {kind}", (path, "type")
            )
            return
        if "text" not in value:
            walk.object_to("missing required field: text", path)
            return
        length(value["text"], walk, (path, "text"))
        for name, part in value.items():
            if name in ("type", "text"):
                continue
            if name == ("emoji" if kind == "plain_text" else "verbatim"):
                boolean(part, walk, (path, name))
            else:
                walk.object_to(f"invalid additional property: {name}", path)

    return check


def calendar_date(value: Any, walk: Walk, path: Path) -> None:
    """A day that there is, as YYYY-MM-DD."""
    try:
        is_one = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        is_one = False
    if not is_one:
        walk.object_to("must be formatted as YYYY-MM-DD", path)


def http_url(longest: int) -> Check:
    length = string(longest, shortest=1)

    def check(value: Any, walk: Walk, path: Path) -> None:
        length(value, walk, path)
        if isinstance(value, str) and not (_HTTP.match(value) and host_of(value)):
            walk.object_to("must be a valid url", path)

    return check


def public_image_url(value: Any, walk: Walk, path: Path) -> None:
    """A picture Slack's servers could fetch: no address of this machine or a private net."""
    before = len(walk.errors)
    http_url(3000)(value, walk, path)
    if len(walk.errors) != before:
        return
    host = host_of(value)
    try:
        reachable = ipaddress.ip_address(host).is_global
    except ValueError:
        reachable = "." in host and not host.endswith((".local", ".localhost", ".internal"))
    if not reachable or host == "files.slack.com" or "/files-pri/" in value:
        walk.object_to("downloading image failed", path)


def _known_file(value: Any, walk: Walk, path: Path) -> None:
    file_id = value.get("id")
    if file_id is not None and not FILE_ID.fullmatch(file_id):
        walk.object_to("must match pattern ^[F][A-Z0-9]{8,}$", (path, "id"))
    elif not walk.usable_file(file_id or value.get("url")):
        walk.object_to("invalid slack file", path)


slack_file = shape(
    {},
    {"id": string(255, shortest=1), "url": string(3000, shortest=1)},
    exactly_one=("id", "url"),
    also=_known_file,
)

confirm = shape(
    {"title": text(100, plain=True), "text": text(300)},
    {
        "confirm": text(30, plain=True),
        "deny": text(30, plain=True),
        "style": one_of("primary", "danger"),
    },
)

_option_fields: dict[str, Check] = {
    "value": string(150, shortest=1),
}
option = shape(
    {"text": text(75), **_option_fields},
    {"description": text(75)},
)
plain_option = shape(
    {"text": text(75, plain=True), **_option_fields},
    {"description": text(75, plain=True)},
)
overflow_option = shape(
    {"text": text(75, plain=True), **_option_fields},
    {"description": text(75, plain=True), "url": http_url(3000)},
)
option_group = shape(
    {"label": text(75, plain=True), "options": each(plain_option, least=1, most=100)}
)
options = each(plain_option, least=1, most=100)
option_groups = each(option_group, least=1, most=100)

dispatch_config = shape(
    {},
    {
        "trigger_actions_on": each(
            one_of("on_enter_pressed", "on_character_entered"), least=1, most=2
        )
    },
)

conversation_filter = shape(
    {},
    {
        "include": each(one_of("im", "mpim", "private", "public"), least=1, most=4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    at_least_one=("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

_parameter = shape({"name": string(255, shortest=1), "value": string(3000)})
workflow = shape(
    {
        "trigger": shape(
            {"url": http_url(3000)}, {"customizable_input_parameters": each(_parameter, most=100)}
        )
    }
)
