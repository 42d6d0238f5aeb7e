"""Several workspaces, an organisation, and people of another company."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Refused, Sandbox, Team, installing
from bot.sandbox.model import ResponseUrl
from bot.sandbox.response_urls import lives_until, new_url
from tests.bot.sandbox.conftest import manifest
from tests.bot.sandbox.probe import form
from tests.bot.sandbox.refusing import refused


def client_of(slack: Sandbox, token: str) -> AsyncWebClient:
    return AsyncWebClient(token, base_url=slack.api_url)


def org_manifest() -> dict[str, Any]:
    made = manifest()
    made["settings"]["org_deploy_enabled"] = True
    made["settings"]["event_subscriptions"]["bot_events"] += [
        "team_access_granted",
        "team_access_revoked",
    ]
    return made


@pytest.fixture
async def org() -> AsyncIterator[Sandbox]:
    """An organisation of two workspaces; the app is in neither by the organisation's install."""
    async with Sandbox(org_manifest(), org="Acme Group") as started:
        started.add_workspace("Acme Labs", org="Acme Group", is_installed=False)
        yield started


def labs(slack: Sandbox) -> Team:
    return Team(slack.world.at("Acme Labs"))


async def test_each_workspace_has_its_own_people_places_and_token(slack: Sandbox) -> None:
    other = slack.add_workspace("Southwind")
    assert other.team_id != slack.team_id
    assert other.person("ana").id != slack.person("ana").id
    ours, theirs = client_of(slack, slack.bot_token), client_of(slack, other.bot_token)
    assert (await ours.auth_test())["team"] == "Northwind"
    assert (await theirs.auth_test())["team"] == "Southwind"
    posted = await theirs.chat_postMessage(channel=other.person("ana").dm, text="hello")
    assert (await other.person("ana").see("hello"))["ts"] == posted["ts"]
    assert all(m["text"] != "hello" for m in slack.person("ana").messages())


async def test_no_id_of_one_workspace_opens_anything_in_another(slack: Sandbox) -> None:
    other = slack.add_workspace("Southwind")
    theirs = client_of(slack, other.bot_token)
    said = await slack.person("ana").say("ours", channel="design")
    channel = said["channel"]
    assert await refused(theirs.chat_postMessage(channel=channel, text="x")) == "channel_not_found"
    assert await refused(theirs.conversations_info(channel=channel)) == "channel_not_found"
    assert await refused(theirs.users_info(user=slack.person("ana").id)) == "user_not_found"
    upload = await client_of(slack, slack.bot_token).files_getUploadURLExternal(
        filename="a.txt", length=1
    )
    assert await refused(theirs.files_info(file=upload["file_id"])) == "file_not_found"


async def test_an_event_names_its_workspace(slack: Sandbox) -> None:
    other = slack.add_workspace("Southwind")
    await other.person("ben").say("hi")
    event = slack.sent("message.im")[-1].args
    assert event["team_id"] == other.team_id
    assert event["authorizations"][0]["team_id"] == other.team_id
    assert event["authorizations"][0]["user_id"] == other.bot_user_id


async def test_a_workspace_without_the_app_sends_it_nothing(slack: Sandbox) -> None:
    other = slack.add_workspace("Southwind", is_installed=False)
    ana = other.person("ana")
    before = len(slack.sent("message.channels"))
    await ana.say("nobody listens", channel="general")
    assert len(slack.sent("message.channels")) == before
    with pytest.raises(Refused, match="app_not_installed"):
        await ana.say("hello", channel="dm")
    with pytest.raises(Refused, match="unknown_command"):
        await ana.command("/probe", channel="general")
    with pytest.raises(Refused, match="app_not_installed"):
        await ana.home()


async def test_uninstalling_ends_the_token_and_is_told(slack: Sandbox) -> None:
    made = manifest()
    made["settings"]["event_subscriptions"]["bot_events"] += ["app_uninstalled", "tokens_revoked"]
    async with Sandbox(made) as started:
        client = client_of(started, started.bot_token)
        started.uninstall()
        assert await refused(client.auth_test()) == "account_inactive"
        told = started.sent("tokens_revoked")[0].args["event"]
        assert told["tokens"] == {"oauth": [], "bot": [started.bot_user_id]}
        assert started.sent("app_uninstalled")
        with pytest.raises(Refused, match="app_not_installed"):
            started.uninstall()
        again = started.install()
        assert (await client_of(started, again).auth_test())["ok"]
        assert await refused(client.auth_test()) == "account_inactive"


async def test_a_revoked_bot_token_takes_the_app_with_it(slack: Sandbox) -> None:
    client = client_of(slack, slack.bot_token)
    slack.revoke_token()
    assert await refused(client.auth_test()) == "token_revoked"
    with pytest.raises(Refused, match="app_not_installed"):
        await slack.person("ana").say("hello")


async def test_scopes_only_add_up(slack: Sandbox) -> None:
    other = slack.add_workspace("Southwind", is_installed=False)
    token = other.install(scopes=["chat:write"])
    client = client_of(slack, token)
    assert await refused(client.users_list()) == "missing_scope"
    assert other.install(scopes=["users:read"]) == token
    answer = await client.users_list()
    assert answer.headers["x-oauth-scopes"] == "chat:write,users:read"


async def test_an_organisations_people_are_the_same_everywhere(org: Sandbox) -> None:
    assert labs(org).person("ana").id == org.person("ana").id
    assert labs(org).org_id == org.org_id


async def test_an_organisations_token_opens_the_workspaces_it_was_added_to(org: Sandbox) -> None:
    home = org.world.workspace.org
    assert home is not None
    token = installing.install_org(org.world, home, scopes=org.world.app.scopes)
    client = client_of(org, token)
    who = await client.auth_test()
    assert who["is_enterprise_install"] is True
    assert who["enterprise_id"] == home.id
    other = labs(org)
    design = next(c for c in other.world.workspace.channels.values() if c.name == "design")
    assert await refused(client.users_list(team_id=other.team_id)) == "team_access_not_granted"
    other.add_app()
    assert org.sent("team_access_granted")[-1].args["event"]["team_ids"] == [other.team_id]
    assert (await client.users_list(team_id=other.team_id))["ok"]
    assert await refused(client.users_list()) == "missing_argument"
    assert (await client.conversations_info(channel=design.id))["channel"]["name"] == "design"
    ana, ben = (other.person(name).id for name in ("ana", "ben"))
    group = client.conversations_open(users=f"{ana},{ben}")
    assert await refused(group) == "missing_scope"  # and so it knew where
    assert [t["id"] for t in (await client.api_call("auth.teams.list"))["teams"]] == [other.team_id]
    await other.person("ana").say("hello")
    event = org.sent("message.im")[-1].args
    assert event["enterprise_id"] == home.id
    assert event["authorizations"][0]["is_enterprise_install"] is True
    other.uninstall()
    assert org.sent("team_access_revoked")[-1].args["event"]["team_ids"] == [other.team_id]
    assert await refused(client.users_list(team_id=other.team_id)) == "team_access_not_granted"


async def test_an_organisations_bot_has_conversations_of_its_own(org: Sandbox) -> None:
    home = org.world.workspace.org
    assert home is not None
    single = client_of(org, org.bot_token)
    token = installing.install_org(org.world, home, scopes=org.world.app.scopes)
    before = org.person("ana").dm
    org.add_app()
    client = client_of(org, token)
    posted = await client.chat_postMessage(channel=org.person("ana").id, text="from the org")
    assert posted["channel"] == org.person("ana").dm != before
    assert org.bot_token == token
    org.uninstall()
    assert await refused(single.auth_test()) == "account_inactive"
    assert await refused(client.users_list(team_id=org.team_id)) == "team_access_not_granted"


async def test_the_control_revokes_the_token_that_opens_the_workspace(org: Sandbox) -> None:
    home = org.world.workspace.org
    assert home is not None
    token = installing.install_org(org.world, home, scopes=org.world.app.scopes)
    org.add_app()
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{org.url}/control/credentials") as answer:
            assert (await answer.json())["bot_token"] == token
        async with session.post(f"{org.url}/control/revoke", json={}) as answer:
            assert answer.status == 200
    assert await refused(client_of(org, token).auth_test()) == "token_revoked"


async def test_what_an_app_was_given_ends_when_it_is_uninstalled(slack: Sandbox) -> None:
    client, workspace = client_of(slack, slack.bot_token), slack.world.workspace
    ana = slack.person("ana")
    url = new_url(workspace, ResponseUrl(ana.id, "C0DESIGN01", lives_until(workspace)))
    trigger = workspace.new_trigger(ana.id, seconds=3)
    upload = await client.files_getUploadURLExternal(filename="a.txt", length=1)
    slack.uninstall()
    async with aiohttp.ClientSession() as session:
        async with session.post(upload["upload_url"], data=b"x") as answer:
            assert answer.status == 404
        slack.install()
        async with session.post(url, json={"text": "still here"}) as answer:
            assert answer.status == 404
    opening = client_of(slack, slack.bot_token).views_open(trigger_id=trigger, view=form())
    assert await refused(opening) == "invalid_trigger_id"


async def test_an_organisation_must_be_allowed_by_the_manifest(slack: Sandbox) -> None:
    slack.add_workspace("Acme Labs", org="Acme", is_installed=False)
    (acme,) = slack.world.store.orgs.values()
    with pytest.raises(Refused, match="org_deploy_not_enabled"):
        installing.install_org(slack.world, acme, scopes=["chat:write"])
    with pytest.raises(Refused, match="app_not_installed"):
        labs(slack).add_app()


async def test_people_of_another_company_are_told_apart(slack: Sandbox) -> None:
    client = client_of(slack, slack.bot_token)
    dee = slack.person("dee")
    shown = (await client.users_info(user=dee.id))["user"]
    assert shown["team_id"] != slack.team_id
    assert shown["is_stranger"] is False
    far = slack.add_person("Far Away", of_team="T0FARAWAY1")
    assert (await client.users_info(user=far.id))["user"]["is_stranger"] is True
    said = await dee.say("hello", channel="partners")
    event = slack.sent("message.channels")[-1].args
    assert event["is_ext_shared_channel"] is True
    assert event["event"]["user_team"] == shown["team_id"]
    assert said["team"] == shown["team_id"]
    with pytest.raises(Refused, match="not_for_external_people"):
        await dee.command("/probe", channel="partners")
    with pytest.raises(Refused, match="channel_not_found"):
        await dee.say("hello", channel="launch")


async def test_guests_admins_and_owners_are_marked(slack: Sandbox) -> None:
    client = client_of(slack, slack.bot_token)
    slack.add_person("Owner One", is_owner=True, is_admin=True)
    slack.add_person("Guest One", is_guest=True)
    flags = {
        user["real_name"]: (user["is_admin"], user["is_owner"], user["is_restricted"])
        for user in (await client.users_list())["members"]
    }
    assert flags["Ana"] == (True, True, False)
    assert flags["Ben"] == (False, False, False)
    assert flags["Cem"] == (False, False, True)
    assert flags["Owner One"] == (True, True, False)
    assert flags["Guest One"] == (False, False, True)


async def test_two_workspaces_of_one_name_are_refused(slack: Sandbox) -> None:
    slack.add_workspace("South Wind")
    for name in ("northwind", "south-wind"):
        with pytest.raises(Refused, match="name_taken"):
            slack.add_workspace(name)
