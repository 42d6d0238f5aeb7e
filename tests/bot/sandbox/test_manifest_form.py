"""A manifest that Slack would not take is not taken, and the line says what is wrong."""

import copy
from typing import Any

import pytest

from bot.manifest import load_manifest
from bot.sandbox import Sandbox
from bot.sandbox.manifest_form import check_manifest
from tests.bot.sandbox.conftest import manifest

SHORTCUT = {"name": "Do", "type": "global", "callback_id": "do", "description": "Does it"}
COMMAND = {"command": "/do", "description": "Does it"}


def put(path: str, value: Any) -> dict[str, Any]:
    """The small app's manifest with one value put in."""
    made = copy.deepcopy(manifest())
    *way, last = path.split(".")
    place = made
    for key in way:
        place = place.setdefault(key, {})
    place[last] = value
    return made


@pytest.mark.parametrize("made", [manifest(), load_manifest()])
def test_a_sound_one_is_taken(made: dict[str, Any]) -> None:
    check_manifest(made)


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        ("display_information.name", "", "display_information.name"),
        ("display_information.name", "x" * 36, "display_information.name"),
        ("display_information.description", "x" * 141, "display_information.description"),
        ("display_information.long_description", "x" * 174, "display_information.long_description"),
        ("display_information.background_color", "#fffffff", "display_information.background"),
        ("display_information.colour", "#fff", "display_information.colour"),
        ("features.bot_user.display_name", "x" * 81, "features.bot_user.display_name"),
        ("features.shortcuts", [SHORTCUT | {"name": "x" * 25}], "features.shortcuts[0].name"),
        ("features.shortcuts", [SHORTCUT] * 11, "features.shortcuts"),
        ("features.shortcuts", [SHORTCUT | {"type": "local"}], "features.shortcuts[0].type"),
        ("features.slash_commands", [COMMAND] * 51, "features.slash_commands"),
        ("features.slash_commands", [COMMAND | {"command": "do"}], "slash_commands[0].command"),
        ("features.slash_commands", [COMMAND | {"usage_hint": ""}], "slash_commands[0].usage_hint"),
        ("features.slash_commands", None, "features.slash_commands: this is empty"),
        ("features.unfurl_domains", ["a.com"] * 6, "features.unfurl_domains"),
        ("features.unfurl_domains", ["A com"], "features.unfurl_domains[0]"),
        ("features.agent_view", {"agent_description": "x" * 301}, "agent_view.agent_description"),
        (
            "features.agent_view",
            {"suggested_prompts": [{"title": "a", "message": "b"}] * 5},
            "agent_view.suggested_prompts",
        ),
        ("oauth_config.scopes", {"bot": ["chat:shout"]}, "chat:shout is no scope"),
        ("oauth_config.scopes", {"bot": [], "bot_optional": ["chat:write"]}, "must be among all"),
        ("settings.event_subscriptions.bot_events", ["message.all"], "message.all is no event"),
        ("settings.event_subscriptions.bot_events", ["app_mention"] * 2, "twice"),
        ("settings.event_subscriptions.request_url", "example.com", "request_url"),
        ("settings.socket_mode_enabled", "yes", "settings.socket_mode_enabled"),
    ],
)
def test_each_rule_is_kept(path: str, value: Any, at: str) -> None:
    with pytest.raises(ValueError, match="not one that Slack takes") as caught:
        Sandbox(put(path, value))
    assert at in str(caught.value)
