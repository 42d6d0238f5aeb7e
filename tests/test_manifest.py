"""The manifest is one that Slack takes, and asks for just what is in use."""

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.listeners import IMAGE_COMMAND
from bot.manifest import load_manifest

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("STUDIO_SHARED", ROOT.parent / "shared")) / "slack"

SCOPE_OF_CALL = {
    "app_mentions:read": 'app.event("app_mention"',
    "assistant:write": "agent_view",
    "canvases:read": "canvases_getContent",
    "canvases:write": "canvases_edit",
    "channels:history": "conversations_replies",
    "groups:history": "conversations_replies",
    "im:history": "conversations_replies",
    "channels:read": "conversations_info",
    "groups:read": "conversations_members",
    "im:write": "conversations_open",
    "chat:write": "chat_postMessage",
    "commands": "app.command(",
    "files:read": "files_info",
    "files:write": "files_getUploadURLExternal",
    "users:read": "users_info",
}
"""Each scope with the place in our source that needs it."""


def shared(name: str) -> dict[str, Any]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not beside this checkout; Slack's own schema is not copied here")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_slacks_own_schema_takes_it() -> None:
    jsonschema.validate(load_manifest(), shared("manifest.schema.2.0.0.json"))


def test_every_scope_and_event_has_a_name_that_slack_knows() -> None:
    names, manifest = shared("manifest_names.json"), load_manifest()
    assert set(manifest["oauth_config"]["scopes"]["bot"]) <= set(names["bot_scopes"])
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    assert events <= {event for key in names for event in names[key]}


def test_every_scope_is_one_that_our_code_uses() -> None:
    sources = [ROOT / "manifest.yml", *(ROOT / "bot").rglob("*.py")]
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in sources if "sandbox" not in path.parts
    )
    scopes = set(load_manifest()["oauth_config"]["scopes"]["bot"])
    assert scopes == set(SCOPE_OF_CALL)
    assert [scope for scope, use in SCOPE_OF_CALL.items() if use not in code] == []


def test_the_page_of_scopes_gives_a_reason_for_each() -> None:
    text = (ROOT / "docs" / "scopes.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w:]+)` \| (.+) \|$", text, re.MULTILINE))
    assert set(rows) == set(load_manifest()["oauth_config"]["scopes"]["bot"])
    assert all(len(reason) > 10 for reason in rows.values())


def test_every_event_is_listened_to_and_every_listener_is_subscribed() -> None:
    page = (ROOT / "bot" / "listeners" / "__init__.py").read_text(encoding="utf-8")
    listened = set(re.findall(r'app\.event\("(\w+)"', page))
    manifest = load_manifest()
    subscribed = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    assert {event.partition(".")[0] for event in subscribed} == listened
    assert [each["command"] for each in manifest["features"]["slash_commands"]] == [IMAGE_COMMAND]
