"""An error code, with Slack's words for it, becomes the rule that was broken and its page."""

import re
import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from .wire import Json

_FILE = Path(__file__).with_name("rules.toml")
_ELSEWHERE = "sandbox"


@dataclass(frozen=True)
class Rule:
    """`source` is empty for a rule of the sandbox's own control interface."""

    code: str
    why: str
    source: str

    def shown(self) -> Json:
        return asdict(self)


_MESSAGES: tuple[tuple[str, str, str], ...] = (
    (r"must be less than \d+ characters", "The text is too long for this place.", "blocks"),
    (r"must be more than \d+ characters", "The text is too short, or empty.", "blocks"),
    (r"no more than \d+ items", "The list holds too many items.", "blocks"),
    (r"no fewer than \d+ items", "The list holds too few items.", "blocks"),
    (r"block_id already exists", "Every block_id of a message or view is there once.", "blocks"),
    (r"action_id already exists", "Every action_id of a block is there once.", "block-elements"),
    (r"missing required field: submit", "A modal with an input needs a submit button.", "modals"),
    (r"unsupported type", "This surface or place does not take a part of this type.", "blocks"),
    (r"invalid additional property", "Slack knows no field of this name here.", "blocks"),
    (r"missing required field", "A field that this part needs is missing.", "blocks"),
    (
        r"invalid slack file|downloading image failed",
        "Slack cannot show the image: the file is not processed or not the app's to see, or the "
        "address cannot be reached from outside.",
        "composition-objects/slack-file-object",
    ),
    (r"must have exactly one of", "These fields exclude each other, and one is needed.", "blocks"),
    (r"focus_on_load", "One element of a view may take the focus.", "block-elements"),
    (
        r"pending is only allowed|task_id already exists",
        "A task alone is begun or done, and in a plan every task_id is there once.",
        "blocks/task-card-block",
    ),
    (r"same number of cells", "All rows of a table have as many cells.", "blocks/table-block"),
    (
        r"series names|for each category|items must be unique|charts allowed",
        "A chart's series, categories and points have to agree; a message holds two charts.",
        "blocks/data-visualization-block",
    ),
    (
        r"is_collapsible",
        "Only a container that folds begins folded, and it has no line under its head.",
        "blocks/container-block",
    ),
    (r"only one table", "A message may hold one table.", "blocks/table-block"),
)


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its error code."""
    found: dict[str, Rule] = {}
    for source, group in tomllib.loads(_FILE.read_text()).items():
        for code, why in group.items():
            found[code] = Rule(code, why, "" if source == _ELSEWHERE else source)
    return found


def rule_for(reason: str) -> Rule | None:
    """The rule behind a journal entry's reason: the code, perhaps with Slack's words after it."""
    code, _, words = reason.partition(":")
    rule = rules().get(code.strip())
    if rule is None or "[json-pointer:" not in words:
        return rule
    for pattern, why, page in _MESSAGES:
        if re.search(pattern, words):
            return Rule(rule.code, why, _page(page))
    return rule


def _page(name: str) -> str:
    if name == "modals":
        return "https://docs.slack.dev/surfaces/modals"
    return f"https://docs.slack.dev/reference/block-kit/{name}"
