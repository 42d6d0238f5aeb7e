"""Reads `view.state.values`, which anybody may forge: a plain value or nothing comes out."""

from collections.abc import Mapping
from typing import Any

from bot.domain.catalog import Aspect

Values = Mapping[str, Any]
"""Slack's `view.state.values`: block id -> action id -> what was entered."""

_VARIANT = ":"
"""Parts a block id into its field and the variant of the options it shows."""


def block_id(field: str, variant: str = "") -> str:
    """The id of a field's block.

    Slack keeps what was chosen as long as the block id stays, even where the options changed;
    a new variant makes the field show its new initial option.
    """
    return f"{field}{_VARIANT}{variant}" if variant else field


def find_block(values: Values, field: str) -> str | None:
    """The id of the field's block in this submission, or None where the form had no such field."""
    for found in values:
        if found.partition(_VARIANT)[0] == field:
            return found
    return None


def entered(values: Values, field: str) -> str | None:
    """What was typed or chosen in the field; None where it is empty, absent or of no known form."""
    for entry in _entries(values, field):
        chosen = entry.get("selected_option")
        value = chosen.get("value") if isinstance(chosen, Mapping) else entry.get("value")
        for kind in ("selected_conversation", "selected_user", "selected_date"):
            value = value or entry.get(kind)
        if isinstance(value, str):
            return value
    return None


def whole(value: str | None) -> int | None:
    """A whole number of at most twelve digits, or None."""
    if value and value.isascii() and value.isdigit() and len(value) <= 12:
        return int(value)
    return None


def aspect(value: str | None) -> Aspect | None:
    """An aspect by its ratio, or None."""
    return Aspect(value) if value in set(Aspect) else None


def chosen(values: Values, field: str) -> list[str]:
    """What was ticked or chosen in a field of several; nothing of what has no known form."""
    found: list[str] = []
    for entry in _entries(values, field):
        options = entry.get("selected_options")
        if isinstance(options, list):
            found += [o["value"] for o in options if isinstance(o, Mapping) and "value" in o]
        users = entry.get("selected_users")
        if isinstance(users, list):
            found += users
    return [value for value in found if isinstance(value, str)]


def _entries(values: Values, field: str) -> list[Mapping[str, Any]]:
    found = find_block(values, field)
    entries = values[found] if found is not None else None
    if not isinstance(entries, Mapping):
        return []
    return [entry for entry in entries.values() if isinstance(entry, Mapping)]
