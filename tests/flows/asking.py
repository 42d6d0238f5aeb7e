"""Batches, edits and upscales asked for without words: plans of a test's own, made proposals."""

from collections.abc import Sequence
from typing import Any

from bot import asks
from bot.domain.catalog import Aspect
from bot.domain.ids import new_id
from bot.domain.people import Tool
from bot.domain.proposals import ItemSource
from bot.domain.requests import Plan, PlannedItem, ProposePlan, Request, Source
from bot.sandbox.person import Person
from storage import requests
from tests.conftest import Studio

CONCEPTS = "Make three homepage hero image concepts for this product launch"
TITLES = ("sunrise desk", "team at work", "paper plane")


def planned(title: str, **changes: Any) -> PlannedItem:
    """One image as a planner would have it."""
    values: dict[str, Any] = {
        "title": title,
        "prompt": f"Wide photo: {title}.",
        "original": CONCEPTS,
        "model_id": "sketch/compose",
        "model_reason": "chosen for drafts",
        "style_id": "photo",
        "aspect": Aspect.WIDE,
        "count": 1,
    }
    return PlannedItem(**values | changes)


async def ask(
    studio: Studio,
    plan: Plan,
    *,
    channel: str = "dm",
    thread_ts: str | None = None,
    text: str = CONCEPTS,
    who: Person | None = None,
) -> Request:
    """Have somebody (Ana) ask, understood as this plan, in a thread; by default a new one."""
    person = who or studio.ana
    if thread_ts is None:
        said = await person.say("thanks", channel=channel)
        await studio.slack.quiet()
        channel_id, thread_ts = said["channel"], said["ts"]
    else:
        channel_id = str(person.messages(channel)[-1]["channel"])
    request = Request(
        id=new_id("req"),
        team_id=studio.slack.team_id,
        user_id=person.id,
        channel_id=channel_id,
        ts=f"test:{new_id('x')}",
        thread_ts=thread_ts,
        text=text,
        source=Source.ACTION,
        created_at=studio.services.now(),
    )
    await studio.services.store.run(requests.record, request, event_id=None)
    await asks.carry_out(studio.services, request, plan)
    return request


async def propose(
    studio: Studio,
    items: Sequence[PlannedItem],
    *,
    tool: Tool = Tool.GENERATE,
    channel: str = "dm",
) -> Request:
    """Have Ana ask in a thread of hers, understood as these items."""
    return await ask(studio, ProposePlan(tool=tool, items=tuple(items)), channel=channel)


async def propose_concepts(studio: Studio, **changes: Any) -> dict[str, Any]:
    """The three concepts as one batch; its card."""
    await propose(studio, [planned(title, **changes) for title in TITLES])
    return await studio.ana.see("Approve all")


def source(image_id: str, *, file_id: str = "", title: str = "Mug") -> ItemSource:
    """A picture of the gallery to work on."""
    return ItemSource(image_id=image_id, slack_file_id=file_id, title=title)
