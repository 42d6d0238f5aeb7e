"""What the documents say is so."""

import re
from pathlib import Path

import pytest

from bot.__main__ import VERBS
from bot.config import Settings

ROOT = Path(__file__).parents[1]


def variables() -> set[str]:
    """The environment variable of every setting."""
    named = set()
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        choices = getattr(alias, "choices", None)
        named.add(str(choices[0]) if choices else f"STUDIO_{name.upper()}")
    return named


def test_every_setting_is_in_the_table_and_every_row_is_a_setting() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == variables()


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))])
def test_every_link_and_every_named_place_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [target for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
    places = re.findall(r"`((?:bot|blocks|storage|tests|docs)/[\w/.]+)`", text)
    missing = [link for link in links if not (page.parent / link.partition("#")[0]).exists()]
    missing += [place for place in places if not (ROOT / place).exists()]
    assert missing == []


def test_every_verb_that_the_readme_types_exists() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"studio (check|run|demo|sandbox|migrate)\b", text)) <= set(VERBS)
