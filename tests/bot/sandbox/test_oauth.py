"""Installing by OAuth: the person's page, the code, the tokens, and their rotation."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.conftest import manifest
from tests.bot.sandbox.refusing import refused

BACK = "http://127.0.0.1:9/slack/oauth_redirect"


def with_oauth(*, rotation: bool = False, org: bool = False) -> dict[str, Any]:
    made = manifest()
    scopes = made["oauth_config"]["scopes"]
    scopes["bot"].append("canvases:read")
    scopes["bot_optional"] = ["canvases:read"]
    scopes["user"] = ["files:write"]
    made["oauth_config"]["redirect_urls"] = ["https://app.example.com/slack"]
    made["settings"]["token_rotation_enabled"] = rotation
    made["settings"]["org_deploy_enabled"] = org
    return made


async def visit(slack: Sandbox, **query: str) -> tuple[int, str]:
    """The install page as a browser gets it: its status and text."""
    asked = {"client_id": slack.client_id, "scope": "chat:write", "redirect_uri": BACK, **query}
    url = f"{slack.url}/oauth/v2/authorize"
    async with aiohttp.ClientSession() as session, session.get(url, params=asked) as answer:
        return answer.status, await answer.text()


async def decide(
    slack: Sandbox, *, decision: str = "allow", who: str = "", ticked: str = "", **query: str
) -> dict[str, str]:
    """What the browser brings back to the app."""
    asked = {
        "client_id": slack.client_id,
        "scope": "chat:write,users:read",
        "state": "s1",
        "redirect_uri": BACK,
        **query,
    }
    who = who or f"{slack.team_id}:{slack.person('ana').id}"
    form = {"decision": decision, "who": who} | ({"scope": ticked} if ticked else {})
    async with aiohttp.ClientSession() as session:
        url = f"{slack.url}/oauth/v2/authorize"
        async with session.post(url, params=asked, data=form, allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
            parts = urlsplit(answer.headers["Location"])
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


async def redeem(slack: Sandbox, code: str, **more: str) -> dict[str, Any]:
    asked = {"client_id": slack.client_id, "client_secret": slack.client_secret}
    asked |= {"code": code, "redirect_uri": BACK, **more}
    client = AsyncWebClient(base_url=slack.api_url)
    answer = await client.oauth_v2_access(**asked)
    assert isinstance(answer.data, dict)
    return answer.data


async def test_a_person_lets_the_app_in_and_it_works_there() -> None:
    async with Sandbox(with_oauth()) as slack:
        other = slack.add_workspace("Southwind", is_installed=False)
        back = await decide(slack, who=f"{other.team_id}:{other.person('ben').id}")
        assert back["state"] == "s1"
        installed = await redeem(slack, back["code"])
        assert installed["team"] == {"id": other.team_id, "name": "Southwind"}
        assert installed["authed_user"] == {"id": other.person("ben").id}
        assert installed["scope"] == "chat:write,users:read"
        assert installed["enterprise"] is None
        client = AsyncWebClient(installed["access_token"], base_url=slack.api_url)
        assert (await client.auth_test())["user_id"] == installed["bot_user_id"]
        assert "refresh_token" not in installed


async def test_the_page_shows_who_and_what() -> None:
    async with Sandbox(with_oauth()) as slack:
        status, text = await visit(slack, scope="chat:write,canvases:read")
        assert status == 200
        assert "Install Probe?" in text
        assert "chat:write" in text
        assert "Ana, in Northwind" in text
        assert "Cem" not in text  # a guest installs nothing
        assert "Dee" not in text


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "admin"}, "invalid_scope"),
        ({"user_scope": "admin"}, "invalid_scope"),
        ({"redirect_uri": "http://app.example.com/slack"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://other.example.com/slack"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://app.example.com/slackers"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://app.example.com.evil.example/slack"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://app.example.com:444/slack"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://x@app.example.com/slack"}, "bad_redirect_uri"),
        ({"redirect_uri": "http://["}, "bad_redirect_uri"),
        ({"redirect_uri": "http://localhost:x/"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://evil.example\\@localhost/"}, "bad_redirect_uri"),
    ],
)
async def test_a_wrong_link_says_so_and_goes_nowhere(query: dict[str, str], code: str) -> None:
    async with Sandbox(with_oauth()) as slack:
        status, text = await visit(slack, **query)
        assert status == 400
        assert code in text
        assert slack.refusals[-1].reason.startswith(code)


async def test_who_cancels_goes_back_with_the_refusal() -> None:
    async with Sandbox(with_oauth()) as slack:
        assert await decide(slack, decision="deny") == {"state": "s1", "error": "access_denied"}


async def test_an_optional_scope_may_be_left_out() -> None:
    async with Sandbox(with_oauth()) as slack:
        other = slack.add_workspace("Southwind", is_installed=False)
        who = f"{other.team_id}:{other.person('ana').id}"
        asked = "chat:write,canvases:read"
        left = await decide(slack, who=who, scope=asked)
        assert (await redeem(slack, left["code"]))["scope"] == "chat:write"
        kept = await decide(slack, who=who, scope=asked, ticked="canvases:read")
        assert (await redeem(slack, kept["code"]))["scope"] == asked


async def test_a_code_works_once_for_ten_minutes_at_its_own_address() -> None:
    async with Sandbox(with_oauth()) as slack:
        code = (await decide(slack))["code"]
        assert await refused(redeem(slack, code, redirect_uri=f"{BACK}x")) == "bad_redirect_uri"
        assert await refused(redeem(slack, code, client_secret="no")) == "bad_client_secret"
        assert await refused(redeem(slack, code, client_id="1.1")) == "invalid_client_id"
        await redeem(slack, code)
        assert await refused(redeem(slack, code)) == "invalid_code"
        late = (await decide(slack))["code"]
        slack.advance(601)
        assert await refused(redeem(slack, late)) == "invalid_code"
        assert await refused(redeem(slack, "x", grant_type="password")) == "invalid_grant_type"


async def test_a_user_token_comes_beside_the_bots() -> None:
    async with Sandbox(with_oauth()) as slack:
        back = await decide(slack, user_scope="files:write")
        person = (await redeem(slack, back["code"]))["authed_user"]
        assert person["scope"] == "files:write"
        client = AsyncWebClient(person["access_token"], base_url=slack.api_url)
        assert (await client.auth_test())["user_id"] == slack.person("ana").id
        post = client.chat_postMessage(channel=slack.person("ana").dm, text="x")
        assert await refused(post) == "not_allowed_token_type"


async def renewed(slack: Sandbox, refresh_token: str) -> dict[str, Any]:
    client = AsyncWebClient(base_url=slack.api_url)
    answer = await client.oauth_v2_access(
        client_id=slack.client_id,
        client_secret=slack.client_secret,
        grant_type="refresh_token",
        refresh_token=refresh_token,
    )
    assert isinstance(answer.data, dict)
    return answer.data


async def test_a_rotating_token_ends_after_twelve_hours_and_is_renewed_once() -> None:
    async with Sandbox(with_oauth(rotation=True)) as slack:
        first = await redeem(slack, (await decide(slack))["code"])
        assert first["access_token"].startswith("xoxe.xoxb-1-")
        assert first["refresh_token"].startswith("xoxe-1-")
        assert first["expires_in"] == 43_200
        second = await renewed(slack, first["refresh_token"])
        old = AsyncWebClient(first["access_token"], base_url=slack.api_url)
        assert (await old.auth_test())["ok"]
        slack.advance(3)
        again = renewed(slack, first["refresh_token"])
        assert await refused(again) == "invalid_refresh_token"
        third = await renewed(slack, second["refresh_token"])
        assert await refused(old.auth_test()) == "token_revoked"
        slack.advance(43_200)
        new = AsyncWebClient(third["access_token"], base_url=slack.api_url)
        assert await refused(new.auth_test()) == "token_expired"
        fourth = await renewed(slack, third["refresh_token"])
        new.token = fourth["access_token"]
        assert (await new.auth_test())["ok"]


async def test_two_events_at_once_may_both_renew_a_token() -> None:
    async with Sandbox(with_oauth(rotation=True)) as slack:
        first = await redeem(slack, (await decide(slack))["code"])
        one, other = [await renewed(slack, first["refresh_token"]) for _ in range(2)]
        assert one["refresh_token"] != other["refresh_token"]
        for token in (one, other):
            client = AsyncWebClient(token["access_token"], base_url=slack.api_url)
            assert (await client.auth_test())["ok"]


async def test_revoking_a_rotating_token_leaves_the_install() -> None:
    async with Sandbox(with_oauth(rotation=True)) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        assert (await client.auth_revoke())["revoked"]
        assert await refused(client.auth_test()) == "token_revoked"
        await slack.person("ana").say("still here")


async def test_a_token_from_before_rotation_is_exchanged() -> None:
    async with Sandbox(with_oauth()) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        asked = {"client_id": slack.client_id, "client_secret": slack.client_secret}
        assert await refused(client.oauth_v2_exchange(token=slack.bot_token, **asked)) == (
            "token_rotation_not_enabled"
        )


async def test_the_app_uninstalls_itself() -> None:
    async with Sandbox(with_oauth()) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        wrong = client.apps_uninstall(client_id="1.1", client_secret=slack.client_secret)
        assert await refused(wrong) == "invalid_client_id"
        await client.apps_uninstall(client_id=slack.client_id, client_secret=slack.client_secret)
        assert await refused(client.auth_test()) == "account_inactive"


async def test_an_event_context_tells_who_may_see_it() -> None:
    async with Sandbox(with_oauth()) as slack:
        await slack.person("ana").say("hello")
        context = slack.sent("message.im")[-1].args["event_context"]
        client = AsyncWebClient(base_url=slack.api_url)
        method = "apps.event.authorizations.list"
        asked = {"event_context": context, "token": slack.app_token}
        answer = await client.api_call(method, params=asked)
        assert [a["team_id"] for a in answer["authorizations"]] == [slack.team_id]
        made_up = {"event_context": "4-x", "token": slack.app_token}
        assert await refused(client.api_call(method, params=made_up)) == "invalid_event_context"


async def test_an_admin_installs_for_the_organisation() -> None:
    async with Sandbox(with_oauth(org=True), org="Acme") as slack:
        other = slack.add_workspace("Acme Labs", org="Acme", is_installed=False)
        who = f"{slack.org_id}:{slack.person('ana').id}"
        installed = await redeem(slack, (await decide(slack, who=who))["code"])
        assert installed["is_enterprise_install"] is True
        assert installed["team"] is None
        assert installed["enterprise"] == {"id": slack.org_id, "name": "Acme"}
        client = AsyncWebClient(installed["access_token"], base_url=slack.api_url)
        other.add_app()
        assert (await client.users_list(team_id=other.team_id))["ok"]


async def test_an_address_below_the_manifests_is_allowed_and_keeps_its_query() -> None:
    async with Sandbox(with_oauth()) as slack:
        assert (await visit(slack, redirect_uri="https://app.example.com/slack/back"))[0] == 200
        back = await decide(slack, redirect_uri=f"{BACK}?a=1", state="s\r\n1", decision="deny")
        assert back == {"a": "1", "state": "s\r\n1", "error": "access_denied"}


async def test_a_form_that_cannot_be_read_installs_nothing() -> None:
    async with Sandbox(with_oauth()) as slack, aiohttp.ClientSession() as session:
        asked = {"client_id": slack.client_id, "scope": "chat:write", "redirect_uri": BACK}
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        url = f"{slack.url}/oauth/v2/authorize"
        async with session.post(url, params=asked, data=b"y", headers=headers) as answer:
            assert answer.status == 400
            assert "invalid_form_data" in await answer.text()


async def test_a_secret_may_be_wrong_in_any_alphabet() -> None:
    async with Sandbox(with_oauth()) as slack:
        asked = {"client_id": slack.client_id, "client_secret": "geheimß", "code": "x"}
        url = f"{slack.api_url}oauth.v2.access"
        async with aiohttp.ClientSession() as session, session.post(url, data=asked) as answer:
            assert (await answer.json())["error"] == "bad_client_secret"


async def test_of_more_than_two_rotating_tokens_the_oldest_goes_with_a_reinstall_too() -> None:
    async with Sandbox(with_oauth(rotation=True)) as slack:
        tokens = [slack.bot_token, slack.install(), slack.install()]
        clients = [AsyncWebClient(token, base_url=slack.api_url) for token in tokens]
        assert await refused(clients[0].auth_test()) == "token_revoked"
        assert (await clients[1].auth_test())["ok"]
        assert (await clients[2].auth_test())["ok"]


async def test_a_token_that_is_renewed_for_ever_leaves_no_heap_behind() -> None:
    async with Sandbox(with_oauth(rotation=True)) as slack:
        for _ in range(700):
            slack.install()
        assert len(slack.world.store.tokens) < 600
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        assert (await client.auth_test())["ok"]


async def test_without_rotation_a_person_and_an_organisation_keep_their_token() -> None:
    async with Sandbox(with_oauth(org=True), org="Acme") as slack:
        people = [
            (await redeem(slack, (await decide(slack, user_scope="files:write"))["code"]))
            for _ in range(2)
        ]
        assert people[0]["authed_user"] == people[1]["authed_user"]
        who = f"{slack.org_id}:{slack.person('ana').id}"
        first = await redeem(slack, (await decide(slack, who=who, scope="chat:write"))["code"])
        again = await redeem(slack, (await decide(slack, who=who, scope="users:read"))["code"])
        assert again["access_token"] == first["access_token"]
        assert again["scope"] == "chat:write,users:read"


async def test_nobody_may_see_an_event_of_a_workspace_that_took_the_app_away() -> None:
    async with Sandbox(with_oauth()) as slack:
        await slack.person("ana").say("hello")
        context = slack.sent("message.im")[-1].args["event_context"]
        slack.uninstall()
        client = AsyncWebClient(base_url=slack.api_url)
        asked = {"event_context": context, "token": slack.app_token}
        answer = await client.api_call("apps.event.authorizations.list", params=asked)
        assert answer["authorizations"] == []


async def test_the_journal_keeps_no_secret() -> None:
    async with Sandbox(with_oauth(rotation=True)) as slack:
        secret = {"client_id": slack.client_id, "client_secret": slack.client_secret}
        headers = {"Authorization": f"Bearer {slack.bot_token}"}
        async with aiohttp.ClientSession(headers=headers) as session:
            url = f"{slack.api_url}oauth.v2.exchange"
            async with session.post(url, json=secret) as as_json:
                assert as_json.status == 200
            async with session.post(url, data=secret) as as_form:
                assert as_form.status == 200
        calls = slack.calls("oauth.v2.exchange")
        assert len(calls) == 2
        assert all(slack.client_secret not in str(call.shown()["request"]) for call in calls)
