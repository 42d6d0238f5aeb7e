"""Tables: their cells, and the bounds that hold over all tables of a message.

Source: https://docs.slack.dev/reference/block-kit/blocks/data-table-block (2026)
"""

from collections.abc import Iterator
from typing import Any

from .rich import rich_text
from .walk import Check, Path, Walk, boolean, each, finite, one_of, shape, string, typed

MOST_COLUMNS = 20
MOST_TABLE_ROWS = 100
MOST_DATA_ROWS = 201
MOST_DATA_CHARACTERS = 20_000

_words = string(20_000, shortest=1)
_raw: dict[str, Check] = {
    "raw_text": shape({"type": one_of("raw_text"), "text": _words}),
    "raw_number": shape({"type": one_of("raw_number"), "value": finite, "text": _words}),
}
_cell = typed(_raw | {"rich_text": rich_text})
_head_cell = typed(_raw)
_setting = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _perhaps_setting(value: Any, walk: Walk, path: Path) -> None:
    """A column's settings; null leaves the column as it is."""
    if value is not None:
        _setting(value, walk, path)


def _data_rows(value: Any, walk: Walk, path: Path) -> None:
    """The first row names the columns, so it has no rich text."""
    _rows(value, walk, path)
    if isinstance(value, list) and value and isinstance(value[0], list):
        for index, cell in enumerate(value[0]):
            if isinstance(cell, dict) and cell.get("type") == "rich_text":
                _head_cell(cell, walk, ((path, 0), index))


_row = each(_cell, least=1, most=MOST_COLUMNS)
_rows = each(_row, least=2, most=MOST_DATA_ROWS)
table_rows = each(_row, least=1, most=MOST_TABLE_ROWS)
column_settings = each(_perhaps_setting, most=MOST_COLUMNS)
data_rows = _data_rows


def only_table(value: Any, walk: Walk, path: Path) -> None:
    """A message has one table."""
    walk.tables += 1
    if walk.tables > 1:
        walk.object_to("only one table is allowed", path)
    _same_width(value["rows"], walk, path)


def data_table(value: Any, walk: Walk, path: Path) -> None:
    """Rows of one width, a header column that is there, and no more text than all may hold."""
    _same_width(value["rows"], walk, path)
    index = value.get("row_header_column_index")
    if index is not None and index >= len(value["rows"][0]):
        most = len(value["rows"][0]) - 1
        walk.object_to(f"must be less than or equal to {most}", (path, "row_header_column_index"))
    walk.table_length += sum(map(len, texts(value["rows"])))
    if walk.table_length > MOST_DATA_CHARACTERS:
        walk.object_to(
            f"must be less than {MOST_DATA_CHARACTERS + 1} characters in total", (path, "rows")
        )


def texts(value: Any) -> Iterator[str]:
    """Every `text` that is a string, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name == "text" and isinstance(part, str):
                yield part
            else:
                yield from texts(part)


def _same_width(rows: list[list[Any]], walk: Walk, path: Path) -> None:
    if any(len(row) != len(rows[0]) for row in rows):
        walk.object_to("rows must have the same number of cells", (path, "rows"))
