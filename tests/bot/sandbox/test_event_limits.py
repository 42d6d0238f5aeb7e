"""How many events Slack delivers in an hour, and when it stops for too many failures."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.delivery.limits import Limits, Tally
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.conftest import http_manifest, manifest
from tests.bot.sandbox.endpoint import Endpoint

MINUTE = 60.0
HOUR = 3600.0


@pytest.fixture
async def slack(app: Endpoint) -> AsyncIterator[Sandbox]:
    """A Slack that delivers over HTTP, with small limits."""
    async with Sandbox(
        http_manifest(), request_url=app.url, deliveries_an_hour=5, spared_events_an_hour=20
    ) as started:
        yield started


async def say(slack: Sandbox, times: int) -> None:
    for number in range(times):
        await slack.person("ana").say(f"message {number}")
    await slack.quiet(idle_seconds=0.03)


def test_a_tally_forgets_what_is_an_hour_old() -> None:
    tally = Tally()
    for minute in (0, 0, 30, 59):
        tally.add(minute)
    assert [tally.total(minute) for minute in (59, 60, 89, 90, 119)] == [4, 2, 2, 1, 0]


def test_the_limits_are_the_documented_ones() -> None:
    limits = Limits()
    taken = [limits.take("T1", now=number / 10) for number in range(30_001)]
    assert taken == [True] * 30_000 + [False]
    assert limits.take("T2", now=3000)
    assert limits.take("T1", now=HOUR + MINUTE)


@pytest.mark.parametrize(
    ("events", "failed", "is_off"),
    [
        (999, 999, False),  # under 1,000 events in the hour an app is spared
        (1000, 1000, True),
        (1000, 951, True),  # 95.1 %
        (1000, 950, False),  # 95 % and no more
    ],
)
def test_more_than_95_of_100_failures_switch_events_off(
    events: int, failed: int, is_off: bool
) -> None:
    limits = Limits()
    for number in range(events):
        limits.note(0, is_first=True, is_failed=number >= events - failed)
    assert limits.is_switched_off is is_off


def test_failures_of_another_hour_do_not_count() -> None:
    limits = Limits()
    for _ in range(999):
        limits.note(0, is_first=True, is_failed=True)
    assert not limits.note(HOUR, is_first=True, is_failed=True)


def test_retries_are_attempts_but_no_events() -> None:
    limits = Limits()
    for number in range(3996):
        limits.note(0, is_first=number % 4 == 0, is_failed=True)
    assert not limits.is_switched_off


async def test_beyond_the_limit_the_app_hears_once_a_minute_that_it_is_limited(
    slack: Sandbox, app: Endpoint
) -> None:
    await say(slack, 8)
    assert len(app.of("message")) == 5
    (told,) = app.of("app_rate_limited")
    assert told.payload == {
        "token": "sandbox-verification",
        "type": "app_rate_limited",
        "team_id": slack.team_id,
        "minute_rate_limited": int(slack.world.clock.now() // 60) * 60,
        "api_app_id": slack.world.app.id,
    }
    limited = [e for e in slack.sent("message.im") if e.reason.startswith("app_rate_limited")]
    assert len(limited) == 3
    slack.advance(MINUTE)
    await say(slack, 2)
    assert len(app.of("app_rate_limited")) == 2
    slack.advance(HOUR + MINUTE)
    await say(slack, 1)
    assert len(app.of("message")) == 6


async def test_the_limit_holds_over_sockets_too() -> None:
    async with Sandbox(manifest(), deliveries_an_hour=2) as slack, Answering(slack) as app:
        await say(slack, 4)
        kinds = [payload["type"] for payload in app.payloads]
    assert kinds == ["event_callback"] * 2 + ["app_rate_limited"]


async def test_an_app_that_fails_too_often_gets_no_more_events(app: Endpoint) -> None:
    app.status(500, x_slack_no_retry="1")
    async with Sandbox(http_manifest(), request_url=app.url, spared_events_an_hour=10) as slack:
        await say(slack, 10)
        assert slack.refusals[-1].reason.startswith("subscriptions_disabled")
        await say(slack, 1)
        assert len(app.of("message")) == 10
        assert slack.sent("message.im")[-1].reason.startswith("subscriptions_disabled")
        app.status(200)
        await slack.person("ana").command("/probe")  # interactions are not switched off
        slack.resume_events()
        await say(slack, 1)
        assert len(app.of("message")) == 11


async def test_silence_on_a_socket_is_a_failure_too() -> None:
    async with (
        Sandbox(manifest(), spared_events_an_hour=1) as slack,
        Answering(slack, silent=True) as app,
    ):
        await slack.person("ana").say("hello")
        await app.frame("events_api")
        slack.advance(3)
        await asyncio.sleep(0)
        assert slack.world.delivery.limits.is_switched_off


async def test_a_reset_begins_a_new_hour(slack: Sandbox, app: Endpoint) -> None:
    await say(slack, 6)
    slack.world.reset()
    await say(slack, 1)
    assert len(app.of("message")) == 6
