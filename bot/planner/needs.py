"""A text in; what it needs of a model beyond a task out: a transparent background, SVG, a draft."""

import re

from bot.domain.catalog import Catalog, Task
from bot.domain.people import Tool

_FLAGS = re.IGNORECASE
_TRANSPARENT = re.compile(
    r"(?:,\s*)?(?:\b(?:with|on|and|having|in|over)\s+)?(?:(?:an?|the)\s+)?"
    r"\b(?:transparent|see-?through)\s+(?:background|backdrop|bg|ground)\b"
    r"|(?:,\s*)?(?:\bas\s+)?(?:\ban?\s+)?\btransparent\s+png\b"
    r"|(?:,\s*)?\b(?:with\s+no|without\s+(?:an?\s+|any\s+)?|no)\s*\bbackground\b"
    r"(?![\s-]+(?:music|noises?|sounds?|vocals?|singers?|chatter|checks?|radiation|knowledge"
    r"|people|crowds?|actors?|characters?|objects?|elements?|details?|clutter|blur|text)\b)",
    _FLAGS,
)
_SVG = re.compile(
    r"(?:,\s*)?(?:\b(?:as|in|to)\s+)?(?:\b(?:an?|the)\s+)?\bsvg\b(?:\s+(?:file|format|vector)s?\b)?",
    _FLAGS,
)
_VECTOR = re.compile(
    r"\bvector\s+(?:logo|icon|illustration|graphic|image|art|mark|file)s?\b", _FLAGS
)
_DRAFT = re.compile(r"\b(?:quick|fast|cheap|rough)\s+(?:first\s+)?drafts?\s+(?:of|for)\b", _FLAGS)


def take_transparency(text: str, catalog: Catalog) -> tuple[bool | None, str]:
    """Whether a transparent background is asked for, and the text without that.

    Where no model can leave it out, the words stay: the prompt can at least say them.
    """
    found = _TRANSPARENT.search(text)
    offered = catalog.for_tool(Tool.GENERATE)
    if found is None or not any(model.has_transparency for model in offered):
        return None, text
    return True, _without(text, found)


def take_wish(text: str, catalog: Catalog) -> tuple[Task | None, str]:
    """The kind of model that is asked for beside what it shall show, and the text without that."""
    offered = {task for model in catalog.for_tool(Tool.GENERATE) for task in model.tasks}
    if Task.VECTOR in offered:
        if found := _SVG.search(text):
            return Task.VECTOR, _without(text, found)
        if _VECTOR.search(text):
            return Task.VECTOR, text
    if Task.DRAFT in offered and (found := _DRAFT.search(text)):
        return Task.DRAFT, _without(text, found)
    return None, text


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
