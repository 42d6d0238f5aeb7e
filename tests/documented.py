"""The code in a document in, the code that a test runs out."""

import re
from pathlib import Path
from types import ModuleType

DOCS = Path(__file__).parents[1] / "docs"


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of one language on a page of the documents, in their order."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def module(page: str, name: str) -> ModuleType:
    """The one block of Python on a page, as the module that it would be."""
    [code] = blocks(page, "python")
    made = ModuleType(name)
    exec(compile(code, f"{page}: {name}.py", "exec"), made.__dict__)
    return made
