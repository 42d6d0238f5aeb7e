"""Task cards, alone and in a plan.

Source: https://docs.slack.dev/reference/block-kit/blocks/task-card-block (2026)
"""

from typing import Any

from .parts import http_url
from .rich import rich_text
from .walk import Check, Path, Walk, each, one_of, shape, string

STATUSES = ("pending", "in_progress", "complete", "error")
MOST_TASKS = 50

source = shape(
    {"type": one_of("url"), "url": http_url(3000), "text": string(3000, shortest=1)},
)


def _card(*, alone: bool) -> Check:
    return shape(
        {
            "type": one_of("task_card"),
            "task_id": string(255, shortest=1),
            "title": string(3000, shortest=1),
            "status": one_of(*STATUSES),
        },
        {
            "block_id": string(255, shortest=1),
            "details": rich_text,
            "output": rich_text,
            "sources": each(source, most=100),
        },
        also=_not_pending if alone else None,
    )


def _not_pending(value: Any, walk: Walk, path: Path) -> None:
    if value["status"] == "pending":
        walk.object_to("pending is only allowed in a plan", (path, "status"))


def distinct_tasks(value: Any, walk: Walk, path: Path) -> None:
    """The tasks of a plan have ids of their own."""
    seen: set[str] = set()
    for index, task in enumerate(value["tasks"]):
        if task["task_id"] in seen:
            walk.object_to(
                f"task_id already exists: {task['task_id']}",
                (((path, "tasks"), index), "task_id"),
            )
        seen.add(task["task_id"])


task_card = _card(alone=True)
tasks = each(_card(alone=False), most=MOST_TASKS)
