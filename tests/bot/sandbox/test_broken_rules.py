"""Each rule of Slack's that can be broken is broken by a test that is there."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.bot.sandbox.broken_rules import RULES, Rule

HERE = Path(__file__).parent


@cache
def names_in(file: str) -> set[str]:
    """The names of the tests in one of the files here."""
    tree = ast.parse((HERE / f"{file}.py").read_text(encoding="utf-8"))
    found = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in tree.body if isinstance(node, found)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.section} {rule.words}")
def test_the_test_that_breaks_it_is_there(rule: Rule) -> None:
    assert bool(rule.tests) != bool(rule.untested)
    for test in rule.tests:
        file, _, name = test.partition("::")
        assert name.startswith("test_")
        assert name in names_in(file)


def test_no_rule_stands_twice() -> None:
    assert len({(rule.section, rule.words) for rule in RULES}) == len(RULES)
