"""Charts: a pie of segments, or series over the same categories.

Source: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block (2026)
"""

from typing import Any

from .walk import Check, Path, Walk, each, finite, one_of, shape, string, typed

MOST_CHARTS = 2

_label = string(20, shortest=1)


def _above_nothing(value: Any, walk: Walk, path: Path) -> None:
    before = len(walk.errors)
    finite(value, walk, path)
    if len(walk.errors) == before and value <= 0:
        walk.object_to("must be greater than 0", path)


def _distinct(value: Any, walk: Walk, path: Path) -> None:
    _categories(value, walk, path)
    if isinstance(value, list) and _repeats(value):
        walk.object_to("items must be unique", path)


def _repeats(value: list[Any]) -> bool:
    words = [item for item in value if isinstance(item, str)]
    return len(set(words)) != len(words)


def _agreeing(value: Any, walk: Walk, path: Path) -> None:
    """Series have names of their own and one point for each category."""
    if _repeats([series["name"] for series in value["series"]]):
        walk.object_to("series names must be unique", (path, "series"))
    categories = sorted(value["axis_config"]["categories"])
    for index, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != categories:
            walk.object_to(
                "must have one point for each category", (((path, "series"), index), "data")
            )


_categories = each(_label, least=1, most=20)
_segment = shape({"label": _label, "value": _above_nothing})
_point = shape({"label": _label, "value": finite})
_series = shape({"name": _label, "data": each(_point, least=1, most=20)})
_axes = shape({"categories": _distinct}, {"x_label": string(50), "y_label": string(50)})


def _over_axes(kind: str) -> Check:
    return shape(
        {
            "type": one_of(kind),
            "series": each(_series, least=1, most=12),
            "axis_config": _axes,
        },
        also=_agreeing,
    )


chart = typed(
    {
        "pie": shape({"type": one_of("pie"), "segments": each(_segment, least=1, most=12)}),
        "area": _over_axes("area"),
        "bar": _over_axes("bar"),
        "line": _over_axes("line"),
    }
)


def few_charts(value: Any, walk: Walk, path: Path) -> None:
    """A message has at most two charts."""
    walk.charts += 1
    if walk.charts > MOST_CHARTS:
        walk.object_to(f"no more than {MOST_CHARTS} charts allowed", path)
