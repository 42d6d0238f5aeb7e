"""User groups, the list of files by what they are, snippets, and links for the whole world."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.model import Token
from tests.bot.sandbox.conftest import manifest
from tests.bot.sandbox.refusing import refused

ANA, BEN = "U0ANA00001", "U0BEN00001"


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    plan = manifest()
    plan["oauth_config"]["scopes"]["bot"].append("usergroups:read")
    async with Sandbox(plan) as started:
        yield started


async def test_groups_are_listed_with_what_was_asked_for(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    group = slack.add_usergroup("Everybody", handle="all", users=["ana", "ben", "cem"])
    plain = (await client.usergroups_list())["usergroups"]
    assert [one["handle"] for one in plain] == ["designers", "all"]
    assert "users" not in plain[0]
    full = await client.usergroups_list(include_users=True, include_count=True)
    assert full["usergroups"][0]["users"] == [ANA, BEN]
    assert full["usergroups"][1]["user_count"] == 3
    assert len((await client.usergroups_users_list(usergroup=group))["users"]) == 3


async def test_a_group_that_is_off_is_there_for_those_who_ask(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    slack.world.workspace.usergroups["S0DESIGN01"].disabled = True
    assert (await client.usergroups_list())["usergroups"] == []
    assert len((await client.usergroups_list(include_disabled=True))["usergroups"]) == 1
    call = client.usergroups_users_list(usergroup="S0DESIGN01")
    assert await refused(call) == "no_such_subteam"
    asked = await client.usergroups_users_list(usergroup="S0DESIGN01", include_disabled=True)
    assert asked["users"] == [ANA, BEN]
    assert await refused(client.usergroups_users_list(usergroup="S0NOTHING1")) == "no_such_subteam"


async def test_files_are_listed_by_kind_owner_and_time(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana")
    await ana.say("see", channel="design", files=[b"words"])
    await client.files_upload_v2(content="words", filename="a.txt", channel="C0DESIGN01")
    await ana.see(lambda m: bool(m.get("files")) and "bot_id" in m, channel="design")

    async def listed(**args: Any) -> int:
        return len((await client.files_list(**args))["files"])

    assert await listed() == 2
    assert await listed(user=ana.id) == 1
    assert await listed(types="images") == 1
    assert await listed(types="pdfs,zips") == 0
    assert await listed(types="all,images") == 2
    assert await listed(ts_to="1000") == 0
    assert await listed(ts_from="1000") == 2
    assert await refused(client.files_list(types="poems")) == "unknown_type"
    assert await refused(client.files_list(user="U0NOBODY01")) == "user_not_found"


async def test_a_snippet_has_a_known_type_and_a_megabyte(client: AsyncWebClient) -> None:
    async def place(snippet_type: str, length: int) -> Any:
        return await client.files_getUploadURLExternal(
            filename="a.py", length=length, snippet_type=snippet_type
        )

    assert (await place("python", 1_000_000))["ok"]
    assert await refused(place("poem", 1)) == "unknown_snippet_type"
    assert await refused(place("python", 1_000_001)) == "snippet_too_large"


async def test_only_a_person_opens_a_file_to_the_world(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana")
    said = await ana.say("see", channel="design", files=[b"words"])
    file_id = said["files"][0]["id"]
    call = client.files_sharedPublicURL(file=file_id)
    assert await refused(call) == "not_allowed_token_type"
    slack.world.store.tokens["xoxp-ana"] = Token("user", slack.team_id, ("files:write",))
    hers = AsyncWebClient("xoxp-ana", base_url=slack.api_url)
    opened = await hers.files_sharedPublicURL(file=file_id)
    assert opened["file"]["public_url_shared"]
    assert opened["file"]["permalink_public"].startswith(slack.url)
    assert await refused(hers.files_sharedPublicURL(file=file_id)) == "already_public"
    assert await refused(hers.files_sharedPublicURL(file="F0NOTHING1")) == "file_not_found"
