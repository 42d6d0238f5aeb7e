"""What flows about canvases say and read, beside the conversation."""

from typing import Any

from blocks import replies
from bot.answers import documents, insertions
from bot.domain.ids import new_id
from bot.domain.insertions import Insertion
from bot.domain.proposals import ItemSource
from bot.domain.requests import DocumentPlan, InsertPlan, Request, RequestState, Source
from bot.errors import UserError
from bot.sandbox.person import Person as Somebody
from storage import insertions as rows
from storage import requests
from tests.conftest import Studio
from tests.flows.reading import newest

DESIGN = "C0DESIGN01"
SENTENCE = "Create images for each section of this Compose document and insert them."
PLAN = "Intro.\n\n## Hero\n\nA ceramic mug on a plinth.\n\n## Social\n\n- [ ] a fox\n\nLast words."


async def plan_of_channel(studio: Studio, markdown: str = PLAN) -> str:
    """The design channel's own canvas, "Launch plan"; its id."""
    return await studio.ana.write_canvas("Launch plan", markdown, channel="design")


async def ask_for_images(
    studio: Studio,
    *,
    who: Somebody | None = None,
    channel: str = "design",
    canvas_id: str | None = None,
    is_inserting: bool = True,
    thread_ts: str | None = None,
) -> Request:
    """Ask for images of a canvas, as the planner understands it."""
    request = await _asked(studio, SENTENCE, who=who, channel=channel, thread_ts=thread_ts)
    plan = DocumentPlan(canvas_id=canvas_id, is_inserting=is_inserting, text=SENTENCE)
    await _answer(studio, request, plan)
    return request


async def ask_to_insert(
    studio: Studio,
    *image_ids: str,
    heading: str = "",
    canvas_id: str | None = None,
    who: Somebody | None = None,
    channel: str = "design",
) -> Request:
    """Ask to put images into a canvas, as the planner understands it."""
    request = await _asked(studio, "insert it", who=who, channel=channel, thread_ts=None)
    sources = tuple(ItemSource(image_id=image_id) for image_id in image_ids)
    plan = InsertPlan(sources=sources, canvas_id=canvas_id, heading=heading)
    await _answer(studio, request, plan)
    return request


async def insertions_now(studio: Studio) -> list[Insertion]:
    """The insertions of the newest proposal."""
    proposal = await newest(studio)
    return await studio.services.store.run(
        rows.of_items, [item.id for item in proposal.items], team_id=proposal.team_id
    )


def pictures(markdown: str) -> list[str]:
    """The lines of a canvas that are pictures."""
    return [line for line in markdown.splitlines() if line.startswith("![")]


async def _asked(
    studio: Studio, text: str, *, who: Somebody | None, channel: str, thread_ts: str | None
) -> Request:
    person = who or studio.ana
    spoken = "thanks" if channel == "dm" else text
    said: dict[str, Any] = await person.say(spoken, channel=channel, thread_ts=thread_ts)
    request = Request(
        id=new_id("req"),
        team_id=studio.slack.team_id,
        user_id=person.id,
        channel_id=said["channel"],
        ts=f"planned:{said['ts']}",
        thread_ts=thread_ts or said["ts"],
        text=text,
        source=Source.MENTION,
        created_at=studio.services.now(),
    )
    await studio.services.store.note(requests.record, request, event_id=None)
    return request


async def _answer(studio: Studio, request: Request, plan: DocumentPlan | InsertPlan) -> None:
    services = studio.services
    person = await services.slack.person(request.user_id, team_id=request.team_id)
    try:
        if isinstance(plan, DocumentPlan):
            await documents.answer(services, request, plan, person=person)
        else:
            await insertions.answer(services, request, plan, person=person)
    except UserError as error:
        await services.store.note(requests.close, request.id, RequestState.ANSWERED)
        await services.slack.whisper(
            request.channel_id,
            request.user_id,
            replies.said(error.words),
            thread_ts=request.thread_ts,
        )
