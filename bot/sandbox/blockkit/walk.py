"""Small checks that compose: each looks at one JSON value and notes what Slack would object to."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Path: TypeAlias = "tuple[Path, str | int] | None"
Check: TypeAlias = Callable[[Any, "Walk", "Path"], None]


@dataclass(slots=True)
class Walk:
    """One pass over one message or view: where it stands and what it met."""

    surface: str
    usable_file: Callable[[str], bool]
    errors: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    action_ids: set[str] = field(default_factory=set)
    focused: int = 0
    inputs: int = 0
    markdown_length: int = 0
    tables: int = 0
    table_length: int = 0
    charts: int = 0

    def object_to(self, what: str, path: Path) -> None:
        self.errors.append(f"{what} [json-pointer:{pointer(path)}]")


def pointer(path: Path) -> str:
    keys: list[str] = []
    while path is not None:
        path, key = path
        keys.append(str(key))
    return "/" + "/".join(reversed(keys))


def string(longest: int, *, shortest: int = 0) -> Check:
    def check(value: Any, walk: Walk, path: Path) -> None:
        if not isinstance(value, str):
            walk.object_to("must be a string", path)
        elif len(value) > longest:
            walk.object_to(f"must be less than {longest + 1} characters", path)
        elif len(value) < shortest:
            walk.object_to(f"must be more than {shortest - 1} characters", path)

    return check


def boolean(value: Any, walk: Walk, path: Path) -> None:
    if not isinstance(value, bool):
        walk.object_to("must be a boolean", path)


def integer(least: int, most: int = 2**53) -> Check:
    def check(value: Any, walk: Walk, path: Path) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            walk.object_to("must be an integer", path)
        elif value < least:
            walk.object_to(f"must be greater than or equal to {least}", path)
        elif value > most:
            walk.object_to(f"must be less than or equal to {most}", path)

    return check


def finite(value: Any, walk: Walk, path: Path) -> None:
    """A number that JSON can hold."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        walk.object_to("must be a number", path)


def one_of(*allowed: Any) -> Check:
    def check(value: Any, walk: Walk, path: Path) -> None:
        if value not in allowed:
            walk.object_to(f"must be one of: {', '.join(map(str, allowed))}", path)

    return check


def anything(value: Any, walk: Walk, path: Path) -> None:
    """Accept; for parts that are not looked into."""


def each(item: Check, *, least: int = 0, most: int) -> Check:
    def check(value: Any, walk: Walk, path: Path) -> None:
        if not isinstance(value, list):
            walk.object_to("must be an array", path)
            return
        if len(value) < least:
            walk.object_to(f"no fewer than {least} items allowed", path)
        if len(value) > most:
            walk.object_to(f"no more than {most} items allowed", path)
            return
        for index, entry in enumerate(value):
            item(entry, walk, (path, index))

    return check


def shape(
    required: Mapping[str, Check] | None = None,
    optional: Mapping[str, Check] | None = None,
    *,
    exactly_one: tuple[str, ...] = (),
    at_least_one: tuple[str, ...] = (),
    also: Check | None = None,
) -> Check:
    """An object with these fields and no others; `also` looks at it once they are sound."""
    needed = dict(required or {})
    fields = needed | dict(optional or {})

    def check(value: Any, walk: Walk, path: Path) -> None:
        if not isinstance(value, dict):
            walk.object_to("must be an object", path)
            return
        before = len(walk.errors)
        for name in needed:
            if value.get(name) is None:
                walk.object_to(f"missing required field: {name}", path)
        for name, part in value.items():
            known = fields.get(name)
            if known is None:
                walk.object_to(f"invalid additional property: {name}", path)
            elif part is not None:
                known(part, walk, (path, name))
        given = [name for name in exactly_one if value.get(name) is not None]
        if exactly_one and len(given) != 1:
            walk.object_to(f"must have exactly one of: {', '.join(exactly_one)}", path)
        if at_least_one and not any(value.get(name) is not None for name in at_least_one):
            walk.object_to(f"missing required field: {at_least_one[0]}", path)
        if also is not None and len(walk.errors) == before:
            also(value, walk, path)

    return check


def typed(table: Mapping[str, Check], allowed: frozenset[str] | None = None) -> Check:
    """An object whose `type` picks its check from the table."""

    def check(value: Any, walk: Walk, path: Path) -> None:
        if not isinstance(value, dict):
            walk.object_to("must be an object", path)
            return
        kind = value.get("type")
        if kind is None:
            walk.object_to("missing required field: type", path)
        elif (
            not isinstance(kind, str)
            or kind not in table
            or (allowed is not None and kind not in allowed)
        ):
            walk.object_to(f"unsupported type: {kind}", (path, "type"))
        else:
            table[kind](value, walk, path)

    return check
