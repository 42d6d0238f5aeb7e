"""Every sentence that users were promised has its conversation; the table in README.md is true."""

import ast
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROWS = re.findall(
    r"^\| (?P<sentence>[^|]+?) \| (?P<tests>`[^|]+) \|$",
    (HERE / "README.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def defined(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_the_table_has_the_sentences() -> None:
    assert len(ROWS) >= 40


@pytest.mark.parametrize(("sentence", "tests"), ROWS, ids=[row[0][:60] for row in ROWS])
def test_a_sentence_has_its_conversation(sentence: str, tests: str) -> None:
    named = re.findall(r"`([^`]+)`", tests)
    assert named
    for name in named:
        module, _, function = name.partition("::")
        path = (HERE / module).resolve()
        assert path.is_file(), f"{sentence}: no {module}"
        assert function in defined(path), f"{sentence}: no {name}"
