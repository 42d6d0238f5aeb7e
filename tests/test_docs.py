"""What the documents say is so."""

import re
from pathlib import Path

import pytest

from bot.__main__ import VERBS
from bot.config import Settings
from bot.studio.catalog import models, read_models
from bot.studio.providers import REMOTE, prepared
from tests.documented import DOCS, blocks

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


def test_every_provider_is_in_the_document_with_its_variables_and_where_to_get_a_key() -> None:
    text = (DOCS / "providers.md").read_text(encoding="utf-8")
    for kind in REMOTE:
        needed = [kind.key_variable, kind.url_variable if not kind.url else "", kind.keys_at]
        assert [name for name in needed if name and name not in text] == [], kind.name


def test_the_models_files_of_the_document_are_read_as_they_stand() -> None:
    price, model, hosted, workflow, added = blocks("providers.md", "toml")
    known = models()
    read = read_models("\n".join([price, model, hosted]), where="providers.md", known=known)
    by_id = {each.id: each for each in read}
    flare = by_id["openai/gpt-image-2.6-flare"]
    [old] = [each for each in known if each.id == flare.id]
    assert (str(flare.price_usd), flare.price_source) == ("0.045", "our contract of 2026")
    changed = {"price_usd", "price_source", "price_as_of"}
    assert flare.model_dump(exclude=changed) == old.model_dump(exclude=changed)
    assert by_id["openai/gpt-image-2-low"].options["quality"] == "low"
    assert by_id["fal/flux-2-dev"].provider == "fal"
    assert prepared(read, folder=DOCS) == read
    assert [each.id for each in read_models(added, where="providers.md")] == ["paintbox/oil-2"]
    assert workflow in (DOCS / "comfyui" / "models.toml").read_text(encoding="utf-8")
    assert prepared(read_models(workflow, where="providers.md"), folder=DOCS / "comfyui")


def test_the_example_workflows_are_read_as_they_stand() -> None:
    text = (DOCS / "comfyui" / "models.toml").read_text(encoding="utf-8")
    read = prepared(read_models(text, where="models.toml"), folder=DOCS / "comfyui")
    assert [each.id for each in read] == ["comfyui/portrait", "comfyui/restyle", "comfyui/enlarge"]
    assert all(each.options["graph"] for each in read)


def test_the_adapter_of_the_document_is_formatted_as_all_code_is() -> None:
    [code] = blocks("providers.md", "python")
    assert all(len(line) <= 100 for line in code.splitlines())
    assert "type: ignore" not in code and "Any" not in code
