"""Links to the app's domains: when it is told of them, and the previews that it may give."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.conftest import manifest

Json = dict[str, Any]
DESIGN = "C0DESIGN01"
URL = "https://files.example.com/a?b=1&c=2"
PREVIEW = {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "A preview"}}]}


def unfurling(*, without: str = "") -> Json:
    """The manifest of an app with domains of its own."""
    plan = manifest()
    plan["features"]["unfurl_domains"] = ["example.com", "docs.example.org"]
    scopes = plan["oauth_config"]["scopes"]["bot"]
    scopes += [scope for scope in ("links:read", "links:write") if scope != without]
    plan["settings"]["event_subscriptions"]["bot_events"].append("link_shared")
    return plan


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(unfurling()) as started:
        yield started


async def test_a_link_to_its_domain_is_told_from_anywhere(slack: Sandbox) -> None:
    async with Answering(slack) as app:
        said = await slack.person("ana").say(f"see {URL} now", channel="general")
        frame = await app.until(lambda f: f.get("payload", {}).get("event", {}).get("links"))
    event = frame["payload"]["event"]
    assert event["type"] == "link_shared"
    assert event["links"] == [{"domain": "example.com", "url": URL}]
    assert (event["channel"], event["message_ts"]) == (said["channel"], said["ts"])
    assert (event["is_bot_user_member"], event["source"]) == (False, "conversations_history")
    assert event["unfurl_id"].startswith(f"{said['channel']}.")


@pytest.mark.parametrize(
    ("text", "domains"),
    [
        ("https://example.com", ["example.com"]),
        ("http://a.example.com:8080/x", ["example.com"]),
        ("https://docs.example.org/x", ["docs.example.org"]),
        ("https://example.org", []),
        ("https://myexample.com", []),
        ("example.com", []),
        ("https://example.net", []),
        ("https://example.com https://example.com/2", ["example.com", "example.com"]),
    ],
)
async def test_a_subdomain_belongs_to_its_domain_and_not_the_other_way(
    slack: Sandbox, text: str, domains: list[str]
) -> None:
    await slack.person("ana").say(text, channel="design")
    told = [one for entry in slack.sent("link_shared") for one in entry.args["event"]["links"]]
    assert [link["domain"] for link in told] == domains


async def test_the_app_is_not_told_of_its_own_links(slack: Sandbox, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=DESIGN, text=f"<{URL}>")
    assert slack.sent("link_shared") == []
    call = client.chat_unfurl(channel=DESIGN, ts=str(posted["ts"]), unfurls={URL: PREVIEW})
    with pytest.raises(SlackApiError, match="cannot_unfurl_url"):
        await call


async def test_without_the_scope_no_links_are_told() -> None:
    async with Sandbox(unfurling(without="links:read")) as slack:
        await slack.person("ana").say(URL, channel="design")
        assert slack.sent("link_shared") == []


async def test_a_preview_is_put_under_the_message_and_changes_when_given_again(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana")
    said = await ana.say(f"see {URL} now", channel="design")
    await client.chat_unfurl(channel=DESIGN, ts=said["ts"], unfurls={URL: PREVIEW})
    seen = await ana.see("A preview", channel="design")
    assert (seen["text"], seen["user"]) == (said["text"], ana.id)
    changed = {"text": "Another preview", "color": "#3f7fc4"}
    event = slack.sent("link_shared")[0].args["event"]
    await client.chat_unfurl(
        unfurl_id=event["unfurl_id"], source=event["source"], unfurls={URL: changed}
    )
    [attachment] = (await ana.see("Another preview", channel="design"))["attachments"]
    assert (attachment["from_url"], attachment["is_app_unfurl"]) == (URL, True)
    assert "blocks" not in attachment


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"channel": None}, "missing_channel"),
        ({"ts": None}, "missing_ts"),
        ({"unfurls": None}, "missing_unfurls"),
        ({"unfurls": {}}, "missing_unfurls"),
        ({"unfurls": []}, "invalid_unfurls_format"),
        ({"unfurls": "{"}, "invalid_unfurls_format"),
        ({"unfurls": {"https://example.com/other": PREVIEW}}, "cannot_unfurl_message"),
        ({"unfurls": {URL: "x"}}, "cannot_parse_attachment"),
        ({"unfurls": {URL: {"blocks": [{"type": "bogus"}]}}}, "cannot_parse_attachment"),
        ({"unfurls": {URL: PREVIEW | {"hide_color": True}}}, "cannot_parse_attachment"),
        ({"channel": "C0NOWHERE1"}, "cannot_find_channel"),
        ({"ts": "1111111111.000001"}, "cannot_find_message"),
        ({"channel": None, "ts": None, "unfurl_id": "x"}, "missing_source"),
        ({"channel": None, "ts": None, "source": "composer"}, "missing_unfurl_id"),
        ({"unfurl_id": "x", "source": "elsewhere"}, "invalid_source"),
        ({"unfurl_id": "x", "source": "conversations_history"}, "invalid_unfurl_id"),
        ({"metadata": {"entities": []}}, "error_processing_metadata"),
    ],
)
async def test_what_cannot_be_previewed_is_refused(
    slack: Sandbox, client: AsyncWebClient, change: Json, code: str
) -> None:
    said = await slack.person("ana").say(URL, channel="design")
    sound: Json = {"channel": DESIGN, "ts": said["ts"], "unfurls": {URL: PREVIEW}}
    args = {name: value for name, value in (sound | change).items() if value is not None}
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("chat.unfurl", json=args)
    assert caught.value.response["error"] == code


async def test_without_domains_nothing_is_unfurled(client: AsyncWebClient) -> None:
    plan = unfurling()
    del plan["features"]["unfurl_domains"]
    async with Sandbox(plan) as slack:
        own = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        said = await slack.person("ana").say(URL, channel="design")
        with pytest.raises(SlackApiError, match="cannot_find_service"):
            await own.chat_unfurl(channel=DESIGN, ts=said["ts"], unfurls={URL: PREVIEW})


async def test_whoever_posted_the_link_is_invited_to_connect(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana, ben = slack.person("ana"), slack.person("ben")
    said = await ana.say(URL, channel="design")
    await client.chat_unfurl(channel=DESIGN, ts=said["ts"], user_auth_message="Connect first")
    await client.chat_unfurl(channel=DESIGN, ts=said["ts"], user_auth_url="https://example.com/in")
    assert (await ana.see_notice("Connect first"))["channel"] == DESIGN
    await ana.see_notice("<https://example.com/in>")
    assert ben.notices() == []
