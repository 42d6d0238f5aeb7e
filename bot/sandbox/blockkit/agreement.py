"""What the fields of one element must agree on: beginnings among the options, within bounds."""

from typing import Any

from .walk import Path, Walk


def initials_offered(value: Any, walk: Walk, path: Path) -> None:
    initial = value.get("initial_option")
    if initial is not None and _plain(initial) not in _offered(value):
        walk.object_to(
            "initial_option must match one of the provided options", (path, "initial_option")
        )
    for index, chosen in enumerate(value.get("initial_options") or ()):
        if _plain(chosen) not in _offered(value):
            walk.object_to(
                "initial_options must match the provided options",
                ((path, "initial_options"), index),
            )


def not_too_many(value: Any, walk: Walk, path: Path) -> None:
    most = value.get("max_selected_items")
    for name, chosen in value.items():
        if name.startswith("initial_") and isinstance(chosen, list) and most and len(chosen) > most:
            walk.object_to(f"no more than {most} items allowed", (path, name))


def number_bounds(value: Any, walk: Walk, path: Path) -> None:
    least, most = value.get("min_value"), value.get("max_value")
    if least is not None and most is not None and float(least) > float(most):
        walk.object_to("min_value must be less than max_value", (path, "min_value"))
    start = value.get("initial_value")
    if start is None:
        return
    if least is not None and float(start) < float(least):
        walk.object_to(f"must be greater than or equal to {least}", (path, "initial_value"))
    if most is not None and float(start) > float(most):
        walk.object_to(f"must be less than or equal to {most}", (path, "initial_value"))


def lengths(value: Any, walk: Walk, path: Path) -> None:
    least, most = value.get("min_length") or 0, value.get("max_length") or 3000
    if least > most:
        walk.object_to("min_length must not be greater than max_length", (path, "min_length"))
    if len(value.get("initial_value") or "") > most:
        walk.object_to(f"must be less than {most + 1} characters", (path, "initial_value"))


def line_counts(value: Any, walk: Walk, path: Path) -> None:
    least, most = value.get("min_lines"), value.get("max_lines")
    if least is not None and most is not None and least > most:
        walk.object_to("min_lines must not be greater than max_lines", (path, "min_lines"))


def _offered(value: Any) -> list[Any]:
    offered = list(value.get("options") or ())
    for group in value.get("option_groups") or ():
        offered += group["options"]
    return [_plain(o) for o in offered]


def _plain(given: Any) -> Any:
    """An option without what Slack fills in, so that equal ones compare equal."""
    return given.get("value"), given.get("text", {}).get("text")
