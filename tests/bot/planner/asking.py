"""Says something to the planner as a person would, and hands back what it planned."""

from datetime import UTC, datetime

from bot.domain.catalog import Catalog
from bot.domain.requests import Plan, PlannedItem, ProposePlan, ReplyPlan, Request, Source
from bot.planner.rules import plan
from bot.studio.catalog import catalog

US = "U0BOT"
OFFERED: Catalog = catalog(["sketch"])


def request(text: str, *, source: Source = Source.DM, channel_id: str = "D1") -> Request:
    return Request(
        id="req_1",
        team_id="T1",
        user_id="U1",
        channel_id=channel_id,
        ts="1.1",
        thread_ts=None,
        text=text,
        source=source,
        created_at=datetime(2026, 11, 24, tzinfo=UTC),
    )


def planned(text: str) -> Plan:
    return plan(request(text), catalog=OFFERED, bot_user_id=US)


def item(text: str) -> PlannedItem:
    understood = planned(text)
    assert isinstance(understood, ProposePlan), understood
    return understood.items[0]


def reply(text: str) -> ReplyPlan:
    understood = planned(text)
    assert isinstance(understood, ReplyPlan), understood
    return understood
