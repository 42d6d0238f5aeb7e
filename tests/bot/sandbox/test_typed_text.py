"""What people type and do, and what the app sends, as each arrives at the other."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, acts
from tests.bot.sandbox.conftest import manifest
from tests.bot.sandbox.probe import Probe


@pytest.mark.parametrize(
    ("typed", "arrives"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("@ben look", "<@U0BEN00001> look"),
        ("<@U0BEN00001> look", "<@U0BEN00001> look"),
        ("#design", "<#C0DESIGN01|>"),
        ("@here", "<!here>"),
        ("@nobody #nowhere", "@nobody #nowhere"),
        ("see https://example.com/a?b=1&c=2.", "see <https://example.com/a?b=1&amp;c=2>."),
        ("me@example.com", "<mailto:me@example.com|me@example.com>"),
    ],
)
async def test_what_is_typed_arrives_as_slack_sends_it(
    slack: Sandbox, probe: Probe, typed: str, arrives: str
) -> None:
    ana = slack.person("ana")
    await ana.say(typed)
    await ana.see("Press")
    assert probe.heard[0]["text"] == arrives
    assert probe.heard[0]["blocks"][0]["type"] == "rich_text"


async def test_what_the_app_sends_stays_as_sent(slack: Sandbox, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0DESIGN01", text="*hello* <@U0BEN00001> a < b")
    posted = await slack.person("ana").see("hello", channel="design")
    assert posted["text"] == "*hello* <@U0BEN00001> a < b"


async def test_a_mention_is_told_twice_under_two_ids(slack: Sandbox, probe: Probe) -> None:
    ana = slack.person("ana")
    await ana.say("@probe hello", channel="design")
    await ana.see("Press", channel="design")
    told = slack.sent("app_mention") + slack.sent("message.channels")[:1]
    assert len({entry.request["event_id"] for entry in told}) == 2
    assert len({entry.request["event"]["ts"] for entry in told}) == 1


async def test_an_event_that_is_not_subscribed_is_not_sent(slack: Sandbox, probe: Probe) -> None:
    ana = slack.person("ana")
    said = await ana.say("look", channel="design")
    await ana.react(said, "eyes")
    await ana.see("Press", channel="design")
    assert slack.sent("reaction_added") == []


@pytest.mark.parametrize(("without", "told"), [("", 1), ("channels:read", 0)])
async def test_who_joins_is_told_to_an_app_that_may_read_channels(without: str, told: int) -> None:
    plan = manifest(without=without)
    plan["settings"]["event_subscriptions"]["bot_events"].append("member_joined_channel")
    async with Sandbox(plan) as slack:
        channel = slack.world.workspace.channels["C0DESIGN01"]
        acts.join(slack.world, channel, slack.person("cem").id)
        assert len(slack.sent("member_joined_channel")) == told
