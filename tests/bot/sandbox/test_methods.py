"""The methods there are: as Slack has them, and as the page about them says."""

import re
from pathlib import Path

import pytest

from bot.sandbox.api.call import Method
from bot.sandbox.api.methods import METHODS
from bot.sandbox.api.rates import Tier
from tests.bot.sandbox.slack_methods import METHODS as SLACKS

PAGE = Path(__file__).parents[3] / "docs" / "sandbox-methods.md"
NUMBERED = {Tier.ONE: "1", Tier.TWO: "2", Tier.THREE: "3", Tier.FOUR: "4", Tier.NONE: "none"}
OURS = {
    "apps.connections.open": "connections:write",
    "apps.event.authorizations.list": "authorizations:read",
    "files.sharedPublicURL": "files:write",
}
"""Scopes of tokens that are not a bot's, which Slack's list of a bot's scopes leaves out."""


def tier(method: Method) -> str:
    return NUMBERED.get(method.tier, "special")


@pytest.mark.parametrize("name", sorted(set(SLACKS) & set(METHODS)))
def test_tier_and_scopes_are_slacks(name: str) -> None:
    slacks_tier, scopes = SLACKS[name]
    assert tier(METHODS[name]) == slacks_tier
    assert set(METHODS[name].scopes) == set(OURS.get(name, scopes).split())


def test_the_page_has_a_row_for_each_method() -> None:
    rows = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            name, *cells = [cell.strip() for cell in line.strip("|").split("|")]
            rows[name.strip("`")] = cells
    assert list(rows) == sorted(METHODS)
    for name, (counted, scopes, form, gaps) in rows.items():
        method = METHODS[name]
        assert counted == tier(method), name
        assert re.findall(r"`([^`]+)`", scopes) == list(method.scopes), name
        assert form == ("form" if method.form_only else "form, JSON"), name
        assert gaps, name
