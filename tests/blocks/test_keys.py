"""The form with a provider's key: what it shows, what it takes, and that no key comes out of it."""

from typing import Any

import pytest

from blocks.settings import keys
from blocks.settings.keys import KeyChange, KeysView, ProviderKey

from .checked import checked_view, submitted

KEY = "sk-0123456789-4f2a"
OWN = ProviderKey("acme", "Acme", "https://acme.test/keys", hint="4f2a", has_operators=True)
NONE = ProviderKey("bolt", "Bolt", "")
LOST = ProviderKey("core", "Core", "", hint="9*_z", opens=False)
OPERATORS = ProviderKey("dune", "Dune", "", has_operators=True)
VIEW = KeysView(revision=4, takers=[OWN, NONE, LOST, OPERATORS], keyless=["sketch", "waifu2x"])


def form(chosen: str, *, key: str | None = None, deed: str | None = None) -> dict[str, Any]:
    """The state of the form for a provider, filled in."""
    values = submitted(checked_view(keys.modal(VIEW, chosen=chosen)))
    for block, name, value in (("key:", "value", key), ("key_deed", "selected_option", deed)):
        for found, entry in values.items():
            if value is not None and found.startswith(block):
                filled: Any = {"value": value} if name == "selected_option" else value
                next(iter(entry.values()))[name] = filled
    return values


@pytest.mark.parametrize(
    ("provider", "words"),
    [
        (OWN, "own key, ends in 4f2a"),
        (NONE, "no key yet"),
        (LOST, "own key, ends in 9*_z, cannot be opened any more: enter it anew"),
        (OPERATORS, "the operator's key"),
    ],
)
def test_how_a_provider_stands_is_said_in_words(provider: ProviderKey, words: str) -> None:
    assert provider.words == words
    shown = str(checked_view(keys.modal(VIEW, chosen=provider.name)))
    assert f"{words[:1].upper()}{words[1:]}"[:70] in shown


def test_the_row_names_every_provider_once() -> None:
    own, lost, *others = keys.lines(VIEW)
    assert own == "Acme: own key, ends in 4f2a"
    assert lost.startswith("Core: own key, ends in 9") and "9*_z" not in lost
    assert others == [
        "With the operator's key: Dune",
        "Without a key: sketch, waifu2x",
        "No key yet: Bolt",
    ]


@pytest.mark.parametrize(
    ("chosen", "removes", "says"),
    [
        ("acme", True, "Then the operator's key is used"),
        ("core", True, "Then its models are not offered here any more"),
        ("bolt", False, "Paste the key"),
    ],
)
def test_a_key_can_be_removed_where_there_is_one(chosen: str, removes: bool, says: str) -> None:
    shown = checked_view(keys.modal(VIEW, chosen=chosen))
    assert ("Remove our own key" in str(shown)) is removes
    assert says in str(shown)
    assert "nobody looks over your shoulder" in str(shown)
    assert shown["private_metadata"] == "4"


@pytest.mark.parametrize("chosen", ["acme", "bolt"])
def test_another_provider_or_another_try_has_an_empty_field(chosen: str) -> None:
    views = [
        checked_view(keys.modal(VIEW, chosen=chosen)),
        checked_view(keys.modal(VIEW, chosen="dune")),
        checked_view(keys.modal(VIEW, chosen=chosen, note="No.", attempt="key_1")),
        checked_view(keys.modal(VIEW, chosen=chosen, note="No.", attempt="key_2")),
    ]
    fields = [next(b for b in v["blocks"] if b.get("block_id", "")[:4] == "key:") for v in views]
    assert len({field["block_id"] for field in fields}) == 4
    assert all("initial_value" not in field["element"] for field in fields)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (form("acme", key=KEY), KeyChange(OWN, KEY)),
        (form("bolt", key=f"  {KEY}\n"), KeyChange(NONE, KEY)),
        (form("core", key="x" * keys.MOST_CHARS), KeyChange(LOST, "x" * keys.MOST_CHARS)),
        (form("acme", deed="remove"), KeyChange(OWN, None)),
        (form("core", deed="remove"), KeyChange(LOST, None)),
    ],
)
def test_what_is_entered_is_what_is_asked_for(values: dict[str, Any], expected: KeyChange) -> None:
    found = keys.parse(values, VIEW)
    assert found == expected
    assert KEY not in repr(found)


@pytest.mark.parametrize(
    ("values", "block", "words"),
    [
        (form("bolt"), "key:bolt.", "Paste the key."),
        (form("bolt", key=" \t "), "key:bolt.", "Paste the key."),
        (form("bolt", key="sk-01234567"), "key:bolt.", "at least 12 characters"),
        (form("bolt", key="x" * 401), "key:bolt.", "at most 400 characters"),
        (form("bolt", key="sk-0123 456789"), "key:bolt.", "without spaces"),
        (form("bolt", key="sk-0123\n456789"), "key:bolt.", "without spaces"),
        (form("bolt", key="sk-0123\x7f456789"), "key:bolt.", "without spaces"),
        (form("bolt", key="sk-0123–456789"), "key:bolt.", "signs of ASCII"),
        (form("acme", key=KEY, deed="remove"), "key:acme.", "leave this empty"),
        (form("acme", key=KEY, deed="sell"), "key_deed:acme", "Choose what to do."),
        ({}, "key_provider", "Choose a provider"),
        ({"key_provider": {"x": {"value": "evil"}}}, "key_provider", "Choose a provider"),
        (
            {"key_provider": {"x": {"value": "bolt"}}, "key_deed": {"x": {"value": "remove"}}},
            "key_provider",
            "no key of your own any more",
        ),
        ({"key_provider": 1, "key": {"x": {"value": KEY}}}, "key_provider", "Choose a provider"),
    ],
)
def test_what_is_wrong_stands_under_its_field(
    values: dict[str, Any], block: str, words: str
) -> None:
    found = keys.parse(values, VIEW)
    assert isinstance(found, dict)
    assert list(found) == [block]
    assert words in found[block]
    assert "0123" not in found[block]


def test_the_views_that_follow_are_valid_and_have_nothing_to_send() -> None:
    testing = checked_view(keys.testing(OWN, "key_1"))
    kept = checked_view(keys.kept(keys.kept_words(OWN, "works; 3 of 4 models of the catalog")))
    none = checked_view(keys.modal(KeysView(revision=1, takers=[])))
    assert testing["external_id"] == "key_1"
    assert "Acme: the key works; 3 of 4 models of the catalog. Saved" in str(kept)
    assert [view for view in (testing, kept, none) if "submit" in view] == []


def test_a_providers_words_are_shown_as_words() -> None:
    note = keys.problem_words("*<!channel>* says\nno")
    shown = checked_view(keys.modal(VIEW, chosen="acme", note=note))
    assert "<!channel>" not in str(shown)
    assert "<@U0BEN00001> changed the settings" in keys.changed_words("U0BEN00001")
    assert keys.changed_words("").startswith("Somebody changed")
