"""A message that is being written: the chunks so far, as the text and blocks people see."""

from dataclasses import dataclass, field

from .wire import Json, short_id

OPEN_STATUSES = ("pending", "in_progress")
PLAN_TITLE = "Plan"


@dataclass
class Streamed:
    """How far the writing has come.

    `display` is timeline, plan or dense; `mode` is the argument that the stream was begun with,
    which every further call has to use; `stopped_by_user` says who ended it.
    """

    display: str = "timeline"
    mode: str | None = None
    is_open: bool = True
    stopped_by_user: bool = False
    title: str = PLAN_TITLE
    plan_id: str = field(default_factory=short_id)
    parts: list[Json] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(part["text"] for part in self.parts if part["type"] == "markdown")

    def take(self, chunk: Json) -> None:
        """Add one sound chunk; of a known task, `details` grow and the rest is replaced."""
        kind = chunk["type"]
        if kind == "plan_update":
            self.title = chunk["title"]
        elif kind == "blocks":
            self.parts += chunk["blocks"]
        elif kind == "task_update":
            self._task(chunk)
        elif self.parts and self.parts[-1]["type"] == "markdown":
            self.parts[-1]["text"] += chunk["text"]
        else:
            self.parts.append({"type": "markdown", "block_id": short_id(), "text": chunk["text"]})

    def close(self) -> None:
        """End it; tasks that were not brought to an end count as failed, as Slack draws them."""
        self.is_open = False
        for part in self.parts:
            if part["type"] == "task" and part["status"] in OPEN_STATUSES:
                part["status"] = "error"

    def blocks(self) -> list[Json]:
        """The blocks so far; in a plan all tasks stand where the first one stands."""
        tasks = [_card(part) for part in self.parts if part["type"] == "task"]
        shown: list[Json] = []
        for part in self.parts:
            if part["type"] != "task":
                shown.append(dict(part))
            elif self.display != "plan":
                shown.append(_card(part))
            elif all(block["type"] != "plan" for block in shown):
                shown.append(
                    {"type": "plan", "block_id": self.plan_id, "title": self.title, "tasks": tasks}
                )
        return shown

    def _task(self, chunk: Json) -> None:
        known = next((p for p in self.parts if p.get("id") == chunk["id"]), None)
        if known is None:
            self.parts.append({**chunk, "type": "task", "block_id": short_id()})
            return
        details = known.get("details", "") + (chunk.get("details") or "")
        known |= {name: value for name, value in chunk.items() if name != "type"}
        if details:
            known["details"] = details


def _card(task: Json) -> Json:
    card: Json = {
        "type": "task_card",
        "block_id": task["block_id"],
        "task_id": task["id"],
        "title": task["title"],
        "status": task["status"],
    }
    for name in ("details", "output"):
        if task.get(name):
            card[name] = _rich(task[name])
    if task.get("sources"):
        card["sources"] = task["sources"]
    return card


def _rich(text: str) -> Json:
    words: Json = {"type": "text", "text": text}
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [words]}],
    }
